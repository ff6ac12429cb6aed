/** One thread that simulates training rows, chunk by chunk, as they are asked for. */

import { parentPort } from "node:worker_threads";
import { simulatedRows } from "./rows.js";

/** A chunk of a use of the prior. */
export interface RowsRequest {
  readonly use: string;
  readonly chunk: number;
}

parentPort?.on("message", ({ use, chunk }: RowsRequest) => {
  const rows = simulatedRows(use, chunk);
  const { features, experts, targets } = rows;
  const moved = [features, experts, targets].map(({ buffer }) => buffer as ArrayBuffer);
  parentPort?.postMessage({ chunk, rows }, moved);
});
