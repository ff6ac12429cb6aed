/** One thread of the pool: trains the jobs it is sent on the data it was sent last. */

import { parentPort, workerData } from "node:worker_threads";
import type { TrainedNetwork, TrainingData } from "../trainer.js";
import { blockOf, mapBlocks, type PlainBlock } from "../training-block.js";
import { type PlainJob, simdKernel } from "./kernel.js";

/** Both blocks as they cross to a thread. */
export type SentData = Readonly<Record<keyof TrainingData, PlainBlock>>;

/** What the pool sends: jobs and where they stand in the queue, with the data when they are new. */
export interface WorkerRequest {
  readonly data?: SentData;
  readonly first: number;
  readonly jobs: readonly PlainJob[];
}

/** What comes back; `failed` is the label of the job that threw. */
export type WorkerReply =
  | { readonly first: number; readonly networks: readonly TrainedNetwork[] }
  | { readonly failed: string; readonly message: string };

const kernel = simdKernel(workerData as WebAssembly.Module);
let data: TrainingData | undefined;

parentPort?.on("message", (request: WorkerRequest) => {
  data = request.data ? mapBlocks(request.data, blockOf) : data;
  const networks: TrainedNetwork[] = [];
  for (const job of request.jobs) {
    try {
      networks.push(kernel.train(data!, job));
    } catch (error) {
      parentPort?.postMessage({
        failed: job.label,
        message: (error as Error).message,
      } satisfies WorkerReply);
      return;
    }
  }
  parentPort?.postMessage({
    first: request.first,
    networks,
  } satisfies WorkerReply);
});
