/** Estimators without trained networks on worker threads, where a panel is large: the same bits whatever the threads. */

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Estimator } from "../../betas/estimator.js";
import type { LadderOptions } from "../../betas/ladder.js";
import type { BetaPath } from "../../types.js";
import { onInterrupt, serve } from "../simd/pool.js";
import type { PathReply, PathRequest } from "./path-worker.js";

/** From so many betas on, a path takes longer than its way to a thread and back. */
const LARGE = 100_000;
/** Milliseconds that a thread waits for the next path. */
const IDLE = 1000;

/** The ladder that estimators are of. */
export interface LadderPlace {
  readonly markets: number;
  readonly options: LadderOptions;
}

/**
 * The same estimators; of large panels they are estimated on threads, as many at once as there are cores, so that whoever wants
 * several asks for them together, and without HC3 intervals: the time of these grows with the square of the dates.
 *
 * @param estimators of `classicalLadder(markets, options)`, or the amortised one
 * @param large betas (dates x coins x markets) of the smallest panel that is
 */
export const onThreads = (
  estimators: readonly Estimator[],
  place: LadderPlace,
  large: number = LARGE,
): Estimator[] =>
  estimators.map((estimator) => ({
    ...estimator,
    beside: true,
    estimate(panel, split, update) {
      const { dates, coins, markets } = panel;
      if (dates.length * coins.length * markets.length < large)
        return estimator.estimate(panel, split, update);
      const options = { ...place.options, intervals: false };
      return threadPath({ ...place, options, id: estimator.id, panel, split, update });
    },
  }));

interface Waiting {
  readonly request: PathRequest;
  readonly resolve: (path: BetaPath) => void;
  readonly reject: (reason: unknown) => void;
}

const waiting: Waiting[] = [];
const idle: Worker[] = [];
let busy = 0;
let end: NodeJS.Timeout | undefined;

/** Betas of an estimator, from a thread; its errors are those of the estimator. */
export async function threadPath(request: PathRequest): Promise<BetaPath> {
  // A later turn: in the synchronous part of a notebook cell, a listener would let SIGINT kill the kernel.
  await new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve, reject) => {
    waiting.push({ request, resolve, reject });
    hire();
  });
}

/** Gives paths that wait to threads, while there are cores for these. */
function hire(): void {
  while (busy < availableParallelism() && waiting.length > 0) {
    clearTimeout(end);
    busy++;
    const file = new URL("../../../dist/models/threads/path-worker.js", import.meta.url);
    employ(idle.pop() ?? new Worker(file, { stdout: true, stderr: true }));
  }
}

/** A thread that takes one path after the other until none waits; after a failure it ends. */
function employ(worker: Worker): void {
  let current: Waiting | undefined;
  const over = (failed: boolean) => {
    stop();
    forget();
    busy--;
    if (failed) void worker.terminate();
    else idle.push(worker);
    clearTimeout(end);
    end = setTimeout(() => {
      for (const rest of idle.splice(0)) void rest.terminate();
    }, IDLE).unref();
    hire();
  };
  const fail = (reason: unknown) => {
    current?.reject(reason);
    over(true);
  };
  const send = () => {
    current = waiting.shift();
    if (current) worker.postMessage(current.request);
    else over(false);
  };
  const take = (reply: PathReply) => {
    if ("failed" in reply) current!.reject(reply.failed);
    else current!.resolve(reply.path);
  };
  const interrupt = (reason: unknown) => {
    for (const { reject } of waiting.splice(0)) reject(reason);
    fail(reason);
  };
  const forget = onInterrupt(undefined, interrupt);
  const stop = serve<PathReply>(worker, { send, take, fail });
}
