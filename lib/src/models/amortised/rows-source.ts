/** Threads that simulate ahead of the training: chunks come in order, whatever the number of threads. */

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { packageFile } from "../../package-file.js";
import type { Rows } from "./rows.js";
import type { RowsRequest } from "./rows-worker.js";

/** Chunks of one use of the prior, in order. */
export interface RowsSource {
  readonly next: () => Promise<Rows>;
  /** Ends the threads. */
  readonly close: () => Promise<void>;
}

/**
 * Starts threads that simulate `chunks` chunks.
 *
 * @param ahead most chunks that wait to be taken, which bounds the memory
 */
export function rowsSource(
  use: string,
  chunks: number,
  ahead: number,
  threads: number = availableParallelism(),
): RowsSource {
  const file = packageFile("dist/models/amortised/rows-worker.js");
  const waiting = new Map<
    number,
    { resolve: (rows: Rows) => void; reject: (why: Error) => void }
  >();
  const ready = new Map<number, Rows>();
  const idle: Worker[] = [];
  let failure: Error | undefined;
  let asked = 0;
  let taken = 0;
  const send = () => {
    while (idle.length > 0 && asked < Math.min(chunks, taken + ahead))
      idle.pop()!.postMessage({ use, chunk: asked++ } satisfies RowsRequest);
  };
  const fail = (error: Error) => {
    failure = error;
    for (const { reject } of waiting.values()) reject(error);
  };
  const workers = Array.from({ length: Math.min(threads, chunks) }, () => {
    const worker = new Worker(file, { stdout: true, stderr: true });
    worker.on("error", fail).on("message", ({ chunk, rows }: { chunk: number; rows: Rows }) => {
      const waits = waiting.get(chunk);
      waiting.delete(chunk);
      if (waits) waits.resolve(rows);
      else ready.set(chunk, rows);
      idle.push(worker);
      send();
    });
    idle.push(worker);
    return worker;
  });
  send();
  return {
    next() {
      const chunk = taken++;
      send();
      const rows = ready.get(chunk);
      ready.delete(chunk);
      if (rows) return Promise.resolve(rows);
      if (failure) return Promise.reject(failure);
      return new Promise((resolve, reject) => waiting.set(chunk, { resolve, reject }));
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
