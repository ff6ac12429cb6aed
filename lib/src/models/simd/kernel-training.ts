/** Training in the calling thread, without threads and files: what a browser can do. */

import {
  checkTraining,
  epochOrder,
  type TrainedNetwork,
  type Trainer,
  type TrainingData,
  type TrainingJob,
  type TrainOptions,
} from "../trainer.js";
import { type PlainJob, type SimdKernel, simdKernel } from "./kernel.js";

/**
 * The `train` of `simdTrainer` in the calling thread, from the kernel's code: the same bits. It calls `onTrained` in the order
 * of the jobs.
 *
 * @param code of the kernel, `kernelCode()`
 * @throws WebAssembly.CompileError where there is no SIMD
 * @example
 * const { data } = preparePanel(dollar, network);
 * const train = kernelTraining(kernelCode());
 * const trained = await train(data, trainingJobs(preparePanel(dollar, network), network));
 * trained.map(({ bestEpoch }) => bestEpoch); // [9, 0]
 */
export function kernelTraining(code: Uint8Array): Trainer["train"] {
  const kernel = simdKernel(new WebAssembly.Module(code));
  return async (data, jobs, options = {}) => {
    checkTraining(data, jobs);
    const rows = data.inSample.coinReturns.length;
    const plain = jobs.map((job) => plainJob(job, rows));
    return trainHere(kernel, { data, jobs: plain }, options);
  };
}

/** Trains jobs one after the other. */
export function trainHere(
  kernel: SimdKernel,
  { data, jobs }: { readonly data: TrainingData; readonly jobs: readonly PlainJob[] },
  { onProgress, onTrained, signal }: TrainOptions,
): TrainedNetwork[] {
  return jobs.map((job, i) => {
    signal?.throwIfAborted();
    const network = kernel.train(data, job);
    onTrained?.(i, network);
    onProgress?.(i + 1, jobs.length);
    return network;
  });
}

/** A job as it crosses to a worker: the order of its batches is laid out for all epochs. */
export function plainJob(job: TrainingJob, rows: number): PlainJob {
  const { batches, patience = 0, weightDecay = 0, epochs, keep } = job;
  const order = new Uint32Array(batches ? epochs * rows : 0);
  if (batches)
    for (let epoch = 1; epoch <= epochs; epoch++)
      order.set(epochOrder(job, epoch, rows), (epoch - 1) * rows);
  return {
    label: job.label,
    shape: job.shape,
    startWeights: job.startWeights,
    learningRate: job.learningRate,
    epochs,
    patience: keep === "last" ? -1 : patience,
    weightDecay,
    batchSize: batches?.size ?? 0,
    order,
  };
}
