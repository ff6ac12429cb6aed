/** The report's network in raw units: the inputs are log returns, and the output is the beta. */

import { marketNames, selectMarkets } from "../panel/panel.js";
import type { Panel, Split } from "../types.js";
import { fitNeuralBeta, type NeuralFit } from "./neural-beta.js";
import type { Trainer } from "./trainer.js";

/** How many `rawNetworks` are. */
export const RAW_NETWORKS = 200;

/** What a study says of the networks: the first market of its baseline is theirs. */
export interface RawNetworksOptions {
  readonly baseline: { readonly marketSet: string };
  readonly lookback: number;
  readonly split: Split;
  readonly seed: number;
}

/** The networks, with the one market that they hedge with. */
export interface RawNetworks {
  readonly panel: Panel;
  readonly fit: NeuralFit;
}

/**
 * Two hundred networks of the report's configuration for FIAT (four tanh units, rate 0.001), a hundred epochs from Glorot starts.
 *
 * @example
 * const { panel: hedged, fit } = await rawNetworks(panel, trainer, study);
 * [hedged.markets, fit.networks.length]; // [["FIAT"], 200]
 * @see report, Step 4
 */
export async function rawNetworks(
  panel: Panel,
  trainer: Trainer,
  { baseline, lookback, split, seed }: RawNetworksOptions,
): Promise<RawNetworks> {
  const hedged = selectMarkets(panel, marketNames(baseline.marketSet).slice(0, 1));
  const fit = await fitNeuralBeta(hedged, trainer, {
    ...{ hidden: 4, learningRate: 0.001, activation: "tanh", lookback, split, seed },
    ...{ scaling: "raw", start: "glorot", epochs: 100, replicates: RAW_NETWORKS },
  });
  return { panel: hedged, fit };
}
