/** The ladder: every estimator of the project, from no hedge to the networks. */

import type { Estimator } from "../betas/estimator.js";
import { classicalLadder, type LadderOptions } from "../betas/ladder.js";
import { amortisedEstimator } from "./amortised/amortised-beta.js";
import type { Start } from "./network.js";
import { type NeuralEstimatorOptions, neuralEstimator } from "./neural-estimator.js";
import type { Trainer } from "./trainer.js";

/**
 * Every estimator, in the order of the tables: nulls, classical, networks trained on the panel, the amortised one.
 *
 * @param options of the networks and of the classical estimators; a study has them
 * @returns the estimators that apply to a number of markets
 * @example
 * ladder(trainer, study)(1).map(({ id }) => id).slice(-3); // ["neural-glorot", "neural-ols", "amortised"]
 */
export function ladder(
  trainer: Trainer,
  options: NeuralEstimatorOptions & LadderOptions & { readonly starts: readonly Start[] },
): (markets: number) => Estimator[] {
  const { paths = (estimator: Estimator) => estimator } = trainer;
  return (markets) => [
    ...classicalLadder(markets, options).map(paths),
    ...options.starts.map((start) => neuralEstimator(start, trainer, options)),
    amortisedEstimator(),
  ];
}
