import type { Estimator } from "../betas/estimator.js";
import { classicalLadder, type LadderOptions } from "../betas/ladder.js";
import type { Start } from "./network.js";
import {
  type NeuralEstimatorOptions,
  neuralEstimator,
} from "./neural-estimator.js";
import type { Trainer } from "./trainer.js";

/**
 * Every estimator that applies to a number of markets, in the order of the tables: nulls, classical, neural.
 *
 * @param options of the networks and of the classical estimators; a study has them
 */
export function ladder(
  markets: number,
  trainer: Trainer,
  options: NeuralEstimatorOptions &
    LadderOptions & { readonly starts: readonly Start[] },
): Estimator[] {
  return [
    ...classicalLadder(markets, options),
    ...options.starts.map((start) => neuralEstimator(start, trainer, options)),
  ];
}
