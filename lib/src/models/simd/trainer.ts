/** The fast trainer: a WebAssembly SIMD kernel on all cores, the same bits whatever their number. */

import { checkInteger } from "../../check.js";
import { STUDY_LIMITS } from "../../limits.js";
import { checkTraining, type Trainer, type TrainingData } from "../trainer.js";
import { trainingWork } from "../training-work.js";
import { type PlainJob, type SimdKernel, simdKernel } from "./kernel.js";
import { kernelHash, kernelModule } from "./kernel-file.js";
import { plainJob, trainHere } from "./kernel-training.js";
import { standingPool } from "./pool.js";

/** How many threads train. */
export interface SimdOptions {
  /** Worker threads; one per core by default. */
  readonly threads?: number;
}

/**
 * A trainer with the meaning of `tfjsTrainer` and about a hundred times its speed; threads wait a second for the next call.
 *
 * Arithmetic is float32. sigmoid and tanh are within 2.5e-7 of the exact functions.
 *
 * @throws RangeError if `threads` is not an integer of at least 1
 * @example
 * const alone = await fitNeuralBeta(dollar, simdTrainer({ threads: 1 }), network);
 * alone.networks[0]!.validationLoss.at(-1) === fit.networks[0]!.validationLoss.at(-1);
 * // true: the same bits on any number of threads
 */
export function simdTrainer({ threads }: SimdOptions = {}): Trainer {
  if (threads !== undefined)
    checkInteger("simdTrainer", "threads", threads, 1, STUDY_LIMITS.threads);
  const run = standingPool(threads);
  let here: SimdKernel | undefined;
  return {
    id: `simd ${kernelHash()}`,
    async train(data, jobs, options = {}) {
      checkTraining(data, jobs);
      const rows = data.inSample.coinReturns.length;
      const plain = jobs.map((job) => plainJob(job, rows));
      if (threads !== undefined || work(plain, data) >= FEW) return run(data, plain, options);
      here ??= simdKernel(kernelModule());
      return trainHere(here, { data, jobs: plain }, options);
    },
  };
}

/** Multiply-adds of about the time that threads take to start: fewer are trained in the calling thread. */
const FEW = 1e9;

const work = (jobs: readonly PlainJob[], data: TrainingData): number =>
  jobs.reduce((sum, job) => sum + trainingWork(data, job), 0);
