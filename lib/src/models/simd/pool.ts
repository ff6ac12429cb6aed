/** Worker threads over one queue of training jobs. The order of results is that of the jobs, whatever the threads. */

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { packageFile } from "../../package-file.js";
import type { TrainedNetwork, TrainingData, TrainOptions } from "../trainer.js";
import { mapBlocks, plainBlock } from "../training-block.js";
import type { PlainJob } from "./kernel.js";
import { kernelModule } from "./kernel-file.js";
import type { SentData, WorkerReply, WorkerRequest } from "./worker.js";

export interface Pool {
  /**
   * Trains all jobs on the same data; one call at a time. After a failure threads may be in the middle of a job: close
   * the pool.
   */
  readonly run: (
    data: TrainingData,
    jobs: readonly PlainJob[],
    options: TrainOptions,
  ) => Promise<TrainedNetwork[]>;
  /** Ends the threads; safe to call twice. */
  readonly close: () => Promise<void>;
}

/**
 * Jobs per message: many while many are left, as a message costs as much as a small network, and fewer towards the end, so that
 * threads do not finish far apart.
 */
const chunk = (left: number): number => Math.min(32, Math.max(2, Math.ceil(left / 16)));

/**
 * Starts threads.
 *
 * @param threads how many; one per core by default
 */
export function openPool(threads: number = availableParallelism()): Pool {
  const file = packageFile("dist/models/simd/worker.js");
  const module = kernelModule();
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(file, {
      workerData: module,
      stdout: true,
      stderr: true,
    });
    // An idle pool does not keep the process alive.
    worker.unref();
    return worker;
  });
  const close = async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  return {
    close,
    run: (data, jobs, options) => runQueue(workers, { data: shared(data), jobs }, options),
  };
}

/** Milliseconds that threads wait for the next call: a search is many calls, and a start costs as much as fifty small networks. */
const IDLE = 1000;

/** Runs jobs on threads that stay for the next call; after a failure they end at once. */
export function standingPool(threads?: number): Pool["run"] {
  let idle: Pool | undefined;
  let end: NodeJS.Timeout | undefined;
  return async (data, jobs, options) => {
    clearTimeout(end);
    const pool = idle ?? openPool(threads);
    idle = undefined;
    try {
      const networks = await pool.run(data, jobs, options);
      await (idle as Pool | undefined)?.close();
      idle = pool;
      end = setTimeout(() => {
        idle = undefined;
        void pool.close();
      }, IDLE).unref();
      return networks;
    } catch (error) {
      await pool.close();
      throw error;
    }
  };
}

async function runQueue(
  workers: readonly Worker[],
  { data, jobs }: { readonly data: SentData; readonly jobs: readonly PlainJob[] },
  { onProgress, onTrained, signal }: TrainOptions,
): Promise<TrainedNetwork[]> {
  const networks = new Array<TrainedNetwork>(jobs.length);
  let done = 0;
  // Registered in a later turn: in the synchronous part of a notebook cell, a listener would let SIGINT kill the kernel.
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
  const cleanUps: (() => void)[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      cleanUps.push(onInterrupt(signal, reject));
      const keep = ({ first, networks: trained }: Trained) => {
        done += trained.length;
        trained.forEach((network, i) => {
          networks[first + i] = network;
          onTrained?.(first + i, network);
        });
        onProgress?.(done, jobs.length);
        if (done === jobs.length) resolve();
      };
      const send = sender(data, jobs);
      const take = (reply: WorkerReply) => {
        if ("failed" in reply) throw new Error(`train (${reply.failed}): ${reply.message}`);
        keep(reply);
      };
      for (const worker of workers) cleanUps.push(serve(worker, { send, take, fail: reject }));
      if (jobs.length === 0) resolve();
    });
    return networks;
  } finally {
    for (const cleanUp of cleanUps) cleanUp();
  }
}

/** Fails when SIGINT comes, or the caller's signal; returns what ends the watch. */
export function onInterrupt(
  signal: AbortSignal | undefined,
  fail: (reason: unknown) => void,
): () => void {
  const interrupt = () => fail(new Error("training was interrupted"));
  const abort = () => fail(signal?.reason);
  process.once("SIGINT", interrupt);
  signal?.addEventListener("abort", abort);
  return () => {
    process.off("SIGINT", interrupt);
    signal?.removeEventListener("abort", abort);
  };
}

/** Sends a thread the next jobs of the queue, if there are any; the data only with its first. */
function sender(
  data: SentData,
  jobs: readonly PlainJob[],
): (worker: Worker, isFirst: boolean) => void {
  let next = 0;
  return (worker, isFirst) => {
    if (next >= jobs.length) return;
    const request: WorkerRequest = {
      ...(isFirst ? { data } : {}),
      first: next,
      jobs: jobs.slice(next, next + chunk(jobs.length - next)),
    };
    next += request.jobs.length;
    worker.postMessage(request);
  };
}

type Trained = Exclude<WorkerReply, { readonly failed: string }>;

interface Service<Reply> {
  readonly send: (worker: Worker, isFirst: boolean) => void;
  /** What it throws is a failure. */
  readonly take: (reply: Reply) => void;
  readonly fail: (reason: unknown) => void;
}

/** Gives a thread jobs until there are none; returns what ends its service. */
export function serve<Reply>(worker: Worker, { send, take, fail }: Service<Reply>): () => void {
  const onMessage = (reply: Reply): void => {
    try {
      take(reply);
    } catch (error) {
      fail(error);
      return;
    }
    send(worker, false);
  };
  const onEnd = () => fail(new Error("a training thread ended before its jobs were done"));
  worker.on("message", onMessage).once("error", fail).once("exit", onEnd);
  worker.ref();
  send(worker, true);
  return () => {
    worker.off("message", onMessage).off("error", fail).off("exit", onEnd).unref();
  };
}

/** The same data in memory that all threads see; series that windows are cut from are so short that each has its own. */
function shared(data: TrainingData): SentData {
  const copy = (values: Float32Array): Float32Array => {
    const view = new Float32Array(new SharedArrayBuffer(values.byteLength));
    view.set(values);
    return view;
  };
  return mapBlocks(data, (block) => {
    const { cut, inputs, coinReturns, marketReturns } = plainBlock(block);
    return {
      ...(cut ? { cut } : { inputs: copy(inputs!) }),
      coinReturns: copy(coinReturns),
      marketReturns: copy(marketReturns),
    };
  });
}
