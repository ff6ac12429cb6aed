/** The report's network in raw units: the inputs are log returns, and the output is the beta. */

import { marketNames, selectMarkets } from "../panel/panel.js";
import type { Panel, Split } from "../types.js";
import { fitNeuralBeta, type NeuralFit } from "./neural-beta.js";
import type { Trainer } from "./trainer.js";

/** What a study says of the networks: the first market of its baseline is theirs. */
export interface RawNetworksOptions {
  readonly baseline: { readonly marketSet: string };
  readonly lookback: number;
  readonly split: Split;
  readonly seed: number;
  /** Minutes that pay for the networks, whose number and epochs are then those of the study. */
  readonly budget?: number;
  readonly grid: { readonly replicates: number };
  readonly epochs: number;
}

/**
 * Networks and epochs of the report's Step 4, or as many as a study with a budget trains of a configuration.
 *
 * @example
 * rawNetworkCounts(study); // { replicates: 200, epochs: 100 }
 */
export function rawNetworkCounts({
  budget,
  grid,
  epochs,
}: Pick<RawNetworksOptions, "budget" | "grid" | "epochs">): {
  readonly replicates: number;
  readonly epochs: number;
} {
  return budget === undefined
    ? { replicates: 200, epochs: 100 }
    : { replicates: grid.replicates, epochs: Math.min(100, epochs) };
}

/** The networks, with the one market that they hedge with. */
export interface RawNetworks {
  readonly panel: Panel;
  readonly fit: NeuralFit;
  readonly epochs: number;
}

/**
 * Networks of the report's configuration for FIAT (four tanh units, rate 0.001) from Glorot starts.
 *
 * They are two hundred with a hundred epochs, or what the study's budget pays for.
 *
 * @example
 * const { panel: hedged, fit } = await rawNetworks(panel, trainer, study);
 * [hedged.markets, fit.networks.length]; // [["FIAT"], 200]
 * @see report, Step 4
 */
export async function rawNetworks(
  panel: Panel,
  trainer: Trainer,
  options: RawNetworksOptions,
): Promise<RawNetworks> {
  const { baseline, lookback, split, seed } = options;
  const counts = rawNetworkCounts(options);
  const hedged = selectMarkets(panel, marketNames(baseline.marketSet).slice(0, 1));
  const fit = await fitNeuralBeta(hedged, trainer, {
    ...{ hidden: 4, learningRate: 0.001, activation: "tanh", lookback, split, seed },
    ...{ scaling: "raw", start: "glorot", ...counts },
  });
  return { panel: hedged, fit, epochs: counts.epochs };
}
