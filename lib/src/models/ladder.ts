import type { Estimator } from "../betas/estimator.js";
import { classicalLadder } from "../betas/ladder.js";
import type { Start } from "./network.js";
import {
  type NeuralEstimatorOptions,
  neuralEstimator,
} from "./neural-estimator.js";
import type { Trainer } from "./trainer.js";

/**
 * Every estimator that applies to a number of markets, in the order of the tables: nulls, classical, neural.
 *
 * @param options of the networks; a study has them
 */
export function ladder(
  markets: number,
  trainer: Trainer,
  options: NeuralEstimatorOptions & { readonly starts: readonly Start[] },
): Estimator[] {
  return [
    ...classicalLadder(markets),
    ...options.starts.map((start) => neuralEstimator(start, trainer, options)),
  ];
}
