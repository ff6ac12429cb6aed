/** In which units the report's network gives the betas that the report prints. */

import { ensembleBeta, learningCurves } from "../models/ensemble.js";
import type { Activation } from "../models/network.js";
import { SCALINGS, type Scaling } from "../models/network-inputs.js";
import { fitNeuralBeta } from "../models/neural-beta.js";
import type { Trainer } from "../models/trainer.js";
import { inRange } from "../panel/calendar.js";
import { betaOffset, position, selectMarkets } from "../panel/panel.js";
import { mean, standardDeviation } from "../stats/moments.js";
import { quantile } from "../stats/quantile.js";
import type { BetaPath, Panel, Progress, Split } from "../types.js";
import type { PrintedBeta } from "./printed-betas.js";
import type { ReportedConfiguration } from "./reported-search.js";

/** One pair in one scaling, over networks that differ in their seed alone. */
export interface ScalingBeta {
  readonly coin: string;
  readonly market: string;
  /** Where the market's returns are from, in a word. */
  readonly series: string;
  readonly scaling: Scaling;
  /** Mean beta that the report prints; NaN where it prints none. */
  readonly printed: number;
  readonly printedStd: number;
  /** Mean over networks of the mean beta over the printed dates. */
  readonly beta: number;
  /** Of single networks: 5 and 95 %. */
  readonly lower: number;
  readonly upper: number;
  /** Mean over networks of the standard deviation over the dates. */
  readonly std: number;
  /** True if the printed mean lies between the two quantiles. */
  readonly inside: boolean;
  /** Mean distance of a single network's mean beta from the printed one; NaN where none is printed. */
  readonly distance: number;
  /** Mean over networks of the validation RMSE at the best epoch, and what the report prints. */
  readonly valRmse: number;
  readonly printedRmse: number;
}

/** What is printed, and the networks that are trained. */
export interface ScalingBetasOptions extends Progress {
  readonly printed: readonly PrintedBeta[];
  /** The report's configurations: that of each market alone is trained. */
  readonly configurations: readonly ReportedConfiguration[];
  readonly series: string;
  /** Networks for each market and scaling. */
  readonly networks: number;
  readonly lookback: number;
  readonly split: Split;
  readonly epochs: number;
  readonly seed: number;
}

/**
 * The report's configuration of each printed market, trained from Glorot starts in every scaling.
 *
 * Betas are walk-forward: weights end with the validation block.
 *
 * @returns by market, scaling and coin
 * @throws RangeError if a printed market has no configuration
 * @example
 * const dates = study.split.outOfSample;
 * const printed = [{ coin: "BTC", market: "FIAT", mean: -0.2706, std: Number.NaN, dates }];
 * const configurations = matchReported(await readRecords(shippedFile("reported/search-best.csv")), []);
 * const options = { ...small, printed, configurations, series: "ours", networks: 20, epochs: 100 };
 * (await scalingBetas(panel, trainer, options)).map(({ scaling, inside }) => [scaling, inside]);
 * // [["raw", true], ["standardised", true], ["beta-scaled", true]]: the widest bands say least
 */
export async function scalingBetas(
  panel: Panel,
  trainer: Trainer,
  { printed, configurations, series, networks, onProgress, ...options }: ScalingBetasOptions,
): Promise<ScalingBeta[]> {
  const markets = [...new Set(printed.map(({ market }) => market))];
  const rows: ScalingBeta[] = [];
  for (const [m, market] of markets.entries()) {
    const { hidden, learningRate, activation, reported } = configurationOf(configurations, market);
    const hedged = selectMarkets(panel, [market]);
    for (const [s, scaling] of SCALINGS.entries()) {
      const { lookback, split, epochs, seed } = options;
      const fit = await fitNeuralBeta(hedged, trainer, {
        ...{ lookback, split, epochs, seed, hidden, learningRate, scaling },
        ...{ activation: activation as Activation, start: "glorot", replicates: networks },
      });
      const path = ensembleBeta(hedged, fit, "walkForward");
      const valRmse = mean(learningCurves(fit).selected);
      for (const pair of printed.filter((other) => other.market === market))
        rows.push({
          ...{ coin: pair.coin, market, series, scaling, valRmse, printedRmse: reported },
          ...compared(pair, seedBetas(path, pair)),
        });
      onProgress?.(m * SCALINGS.length + s + 1, markets.length * SCALINGS.length);
    }
  }
  return rows;
}

/** Betas of every network on the printed dates. */
function seedBetas(path: BetaPath, { coin, market, dates }: PrintedBeta): number[][] {
  const [i, k] = [
    position("scalingBetas", "coin", path.coins, coin),
    position("scalingBetas", "market", path.markets, market),
  ];
  const printed = [...path.dates.keys()].filter((t) => inRange(path.dates[t]!, dates));
  return path.seeds!.map((values) =>
    printed.map((t) => values[betaOffset(path, t, i, k)]!).filter((beta) => !Number.isNaN(beta)),
  );
}

/** Betas of single networks by date against the printed ones. */
function compared({ mean: printed, std }: PrintedBeta, byNetwork: readonly (readonly number[])[]) {
  const means = byNetwork.map(mean).sort((a, b) => a - b);
  const [lower, upper] = [quantile(means, 0.05), quantile(means, 0.95)];
  return {
    ...{ printed, printedStd: std, beta: mean(means), lower, upper },
    std: mean(byNetwork.map((betas) => standardDeviation(betas, 1))),
    inside: lower <= printed && printed <= upper,
    distance: mean(means.map((beta) => Math.abs(beta - printed))),
  };
}

function configurationOf(
  configurations: readonly ReportedConfiguration[],
  market: string,
): ReportedConfiguration {
  const found = configurations.find(({ marketSet }) => marketSet === market);
  if (found) return found;
  throw new RangeError(
    `scalingBetas: every printed market must have a configuration, but ${market} has none among ${configurations.map(({ marketSet }) => marketSet).join(", ")}; leave the market out`,
  );
}
