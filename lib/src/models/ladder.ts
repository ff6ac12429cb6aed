/** The ladder: every estimator of the project, from no hedge to the networks. */

import { csvEstimator } from "../betas/csv.js";
import type { Estimator } from "../betas/estimator.js";
import { classicalLadder, type LadderOptions } from "../betas/ladder.js";
import { amortisedEstimator } from "./amortised/amortised-beta.js";
import type { Start } from "./network.js";
import { type NeuralEstimatorOptions, neuralEstimator } from "./neural-estimator.js";
import { onThread } from "./threads/path-threads.js";
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
    const place = { markets, options: classicalOptions(options) };
    const kept = (untrained: Estimator) => paths(onThread(untrained, place));
    return [
      ...classicalLadder(markets, options).map(kept),
      ...options.starts.map((start) => neuralEstimator(start, trainer, options)),
      kept(amortisedEstimator()),
      ...(options.estimators ?? []).map(({ id, file }) => csvEstimator(id, file)),
    ];
  };
}

/** Every key of the classical estimators: one that is added and missing here does not compile. */
const CLASSICAL = {
  ...{ lookback: true, windows: true, halfLives: true, penalties: true },
  ...{ lags: true, refit: true, intervals: true },
} satisfies Record<keyof LadderOptions, true>;

/** What of a study's keys the classical estimators know: threads are sent nothing else. */
const classicalOptions = (options: LadderOptions): LadderOptions =>
  Object.fromEntries(
    Object.entries(options).filter(([key]) => key in CLASSICAL),
  ) as unknown as LadderOptions;
