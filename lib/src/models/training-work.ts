/** How much work a network is, whoever trains it. */

import type { TrainingData, TrainingJob } from "./trainer.js";

/**
 * Multiply-adds of a job's training, about: epochs x (3 x fitting rows + validation rows) x weights.
 *
 * @example
 * const prepared = preparePanel(dollar, network);
 * trainingWork(prepared.data, trainingJobs(prepared, network)[0]!); // 2520000
 */
export function trainingWork(
  { inSample, validation }: TrainingData,
  { epochs, startWeights }: Pick<TrainingJob, "epochs" | "startWeights">,
): number {
  const rows = 3 * inSample.coinReturns.length + validation.coinReturns.length;
  return epochs * rows * startWeights.length;
}
