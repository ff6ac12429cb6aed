/** Recurrent networks on worker threads, and kept on disk: the same bits whatever the threads, and whether read or trained. */

import { availableParallelism } from "node:os";
import { deserialize, serialize } from "node:v8";
import type { Worker } from "node:worker_threads";
import type { Progress } from "../../types.js";
import { codeHash, contentHash } from "../cache/content-hash.js";
import { counts } from "../cache/counts.js";
import { recordStore } from "../cache/store.js";
import { CACHE_LIMIT } from "../cache/trainer.js";
import { onInterrupt, serve } from "../simd/pool.js";
import { standingThreads } from "../threads/standing.js";
import type { RecurrentJob, RecurrentNetwork } from "./training.js";
import type { RecurrentReply, RecurrentRequest } from "./worker.js";

/** Threads, and the folder of a cache. */
export interface RecurrentThreads extends Progress {
  /** One per core by default. */
  readonly threads?: number;
  /** Folder in which networks are kept; none by default. */
  readonly cache?: string;
}

/**
 * Trains networks, or reads those that a cache has.
 *
 * A network is known by everything that it depends on: the job, and the code.
 *
 * @returns in the order of the jobs
 */
export async function trainRecurrents(
  jobs: readonly RecurrentJob[],
  { threads = availableParallelism(), cache, onProgress }: RecurrentThreads = {},
): Promise<RecurrentNetwork[]> {
  const store = cache === undefined ? undefined : recordStore(cache, CACHE_LIMIT);
  const group = contentHash([codeHash(), "recurrent"]);
  const keys = store ? jobs.map((job) => contentHash(job)) : [];
  const kept = store?.read(group);
  const networks = jobs.map((_, i) => {
    const body = kept?.get(keys[i]!);
    return body && (deserialize(body) as RecurrentNetwork);
  });
  const missing = [...jobs.keys()].filter((i) => !networks[i]);
  counts.read += jobs.length - missing.length;
  counts.trained += missing.length;
  let done = jobs.length - missing.length;
  if (done > 0) onProgress?.(done, jobs.length);
  if (missing.length === 0) return networks as RecurrentNetwork[];
  const file = store?.open(group);
  try {
    await onThreads({ missing, jobs }, Math.min(threads, missing.length), ({ at, network }) => {
      networks[at] = network;
      file?.write(keys[at]!, serialize(network));
      onProgress?.(++done, jobs.length);
    });
  } finally {
    file?.close();
  }
  return networks as RecurrentNetwork[];
}

const { hire, release } = standingThreads("recurrent/worker.js");

/** The call that was made last: calls take turns, each with as many threads as cores. */
let last: Promise<void> = Promise.resolve();

async function onThreads(
  {
    missing,
    jobs,
  }: { readonly missing: readonly number[]; readonly jobs: readonly RecurrentJob[] },
  threads: number,
  keep: (reply: RecurrentReply) => void,
): Promise<void> {
  // Registered in a later turn: in the synchronous part of a notebook cell, a listener would let SIGINT kill the kernel.
  await new Promise((resolve) => setImmediate(resolve));
  const before = last;
  let passOn = () => {};
  last = new Promise((resolve) => {
    passOn = resolve;
  });
  const workers: Worker[] = [];
  const cleanUps: (() => void)[] = [];
  let next = 0;
  let done = 0;
  let over = false;
  try {
    await new Promise<void>((resolve, reject) => {
      // An interrupt ends a call that still waits, too.
      cleanUps.push(onInterrupt(undefined, reject));
      const send = (worker: Worker) => {
        const at = missing[next++];
        if (at !== undefined) worker.postMessage({ at, job: jobs[at]! } satisfies RecurrentRequest);
      };
      const take = (reply: RecurrentReply) => {
        keep(reply);
        if (++done === missing.length) resolve();
      };
      const begin = () => {
        if (over) return;
        workers.push(...Array.from({ length: threads }, hire));
        for (const worker of workers) cleanUps.push(serve(worker, { send, take, fail: reject }));
      };
      before.then(begin).catch(reject);
    });
    release(workers);
  } catch (error) {
    await Promise.all(workers.map((worker) => worker.terminate()));
    throw error;
  } finally {
    over = true;
    for (const cleanUp of cleanUps) cleanUp();
    // A call that ends while it waits gives no turn away that is another's.
    void before.then(passOn);
  }
}
