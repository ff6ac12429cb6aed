/** Estimators without trained networks on worker threads, where a panel is large: the same bits whatever the threads. */

import { availableParallelism } from "node:os";
import type { Worker } from "node:worker_threads";
import type { Estimator } from "../../betas/estimator.js";
import type { LadderOptions } from "../../betas/ladder.js";
import type { BetaPath } from "../../types.js";
import { onInterrupt, serve } from "../simd/pool.js";
import type { PathReply, PathRequest } from "./path-worker.js";
import { standingThreads } from "./standing.js";

/** From so many betas on, a path takes longer than its way to a thread and back. */
const LARGE = 100_000;

/** The ladder that an estimator is of. */
export interface LadderPlace {
  readonly markets: number;
  readonly options: LadderOptions;
}

/**
 * The same estimator; of large panels its paths are made on threads, as many at once as there are cores, so that whoever wants
 * several asks for them together, and without intervals: the time of HC3's grows with the square of the dates, and those of Kalman's filter take three times the memory of its betas.
 *
 * @param estimator of `classicalLadder(markets, options)`, or the amortised one
 * @param large betas (dates x coins x markets) of the smallest panel that is
 */
export const onThread = (
  estimator: Estimator,
  place: LadderPlace,
  large: number = LARGE,
): Estimator => ({
  ...estimator,
  beside: true,
  estimate(panel, split, update) {
    const { dates, coins, markets } = panel;
    if (dates.length * coins.length * markets.length < large)
      return estimator.estimate(panel, split, update);
    const options = { ...place.options, intervals: false };
    return threadPath({ ...place, options, id: estimator.id, panel, split, update });
  },
});

interface Waiting {
  readonly request: PathRequest;
  readonly resolve: (path: BetaPath) => void;
  readonly reject: (reason: unknown) => void;
}

const { hire, release } = standingThreads("threads/path-worker.js");
const waiting: Waiting[] = [];
let busy = 0;

/** Betas of an estimator, from a thread; its errors are those of the estimator. */
export async function threadPath(request: PathRequest): Promise<BetaPath> {
  // A later turn: in the synchronous part of a notebook cell, a listener would let SIGINT kill the kernel.
  await new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve, reject) => {
    waiting.push({ request, resolve, reject });
    begin();
  });
}

/** Gives paths that wait to threads, while there are cores for these. */
function begin(): void {
  while (busy < availableParallelism() && waiting.length > 0) {
    busy++;
    employ(hire());
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
    else release([worker]);
    begin();
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
