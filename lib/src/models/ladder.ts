/** The ladder: every estimator of the project, from no hedge to the networks. */

import { csvEstimator } from "../betas/csv.js";
import type { Estimator } from "../betas/estimator.js";
import { classicalLadder, type LadderOptions } from "../betas/ladder.js";
import { amortisedEstimator } from "./amortised/amortised-beta.js";
import type { Start } from "./network.js";
import { type NeuralEstimatorOptions, neuralEstimator } from "./neural-estimator.js";
import { onThreads } from "./threads/path-threads.js";
import type { Trainer } from "./trainer.js";

/** Betas that another program has estimated, as an estimator of the ladder: see `csvEstimator`. */
export interface EstimatorFile {
  readonly id: string;
  /** Path of the CSV file. */
  readonly file: string;
}

/** What the ladder is made of: a study has these keys. */
export interface WholeLadderOptions extends NeuralEstimatorOptions, LadderOptions {
  readonly starts: readonly Start[];
  /** Files of betas; none by default. */
  readonly estimators?: readonly EstimatorFile[];
}

/**
 * Every estimator, in the order of the tables: nulls, classical, networks trained on the panel, the amortised one, files of betas.
 *
 * @param options of the networks and of the classical estimators, and the files; a study has them
 * @returns the estimators that apply to a number of markets
 * @example
 * ladder(trainer, study)(1).map(({ id }) => id).slice(-3); // ["neural-glorot", "neural-ols", "amortised"]
 */
export function ladder(
  trainer: Trainer,
  options: WholeLadderOptions,
): (markets: number) => Estimator[] {
  const { paths = (estimator: Estimator) => estimator } = trainer;
  return (markets) => {
    const untrained = [...classicalLadder(markets, options), amortisedEstimator()];
    const place = { markets, options: classicalOptions(options) };
    const kept = onThreads(untrained, place).map((estimator) => paths(estimator));
    return [
      ...kept.slice(0, -1),
      ...options.starts.map((start) => neuralEstimator(start, trainer, options)),
      ...kept.slice(-1),
      ...(options.estimators ?? []).map(({ id, file }) => csvEstimator(id, file)),
    ];
  };
}

/** What of a study's keys the classical estimators know: threads are sent nothing else. */
function classicalOptions(options: LadderOptions): LadderOptions {
  const keys = ["lookback", "windows", "halfLives", "penalties", "lags", "refit", "intervals"];
  return Object.fromEntries(
    Object.entries(options).filter(([key]) => keys.includes(key)),
  ) as unknown as LadderOptions;
}
