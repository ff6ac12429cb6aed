/** Threads that stay a while for the next call, and do not keep the process alive. */

import { Worker } from "node:worker_threads";
import { packageFile } from "../../package-file.js";

/** Milliseconds that a thread waits for the next call. */
const IDLE = 1000;

/** Threads of one program. */
export interface StandingThreads {
  /** A thread that waits, or a new one. */
  readonly hire: () => Worker;
  /** Lets threads wait, which are in order and whose service has ended. */
  readonly release: (workers: readonly Worker[]) => void;
}

/** @param file of the built program, below dist/models */
export function standingThreads(file: string): StandingThreads {
  const url = packageFile(`dist/models/${file}`);
  const idle: Worker[] = [];
  let end: NodeJS.Timeout | undefined;
  return {
    hire: () => idle.pop() ?? new Worker(url, { stdout: true, stderr: true }),
    release(workers) {
      idle.push(...workers);
      clearTimeout(end);
      end = setTimeout(() => {
        for (const worker of idle.splice(0)) void worker.terminate();
      }, IDLE).unref();
    },
  };
}
