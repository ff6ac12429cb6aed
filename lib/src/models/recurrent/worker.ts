/** One thread that trains recurrent networks, one after the other, as they are sent. */

import { parentPort } from "node:worker_threads";
import { type RecurrentJob, type RecurrentNetwork, trainRecurrent } from "./training.js";

/** A job and its place. */
export interface RecurrentRequest {
  readonly at: number;
  readonly job: RecurrentJob;
}

/** A network and its place. */
export interface RecurrentReply {
  readonly at: number;
  readonly network: RecurrentNetwork;
}

parentPort?.on("message", ({ at, job }: RecurrentRequest) => {
  parentPort?.postMessage({ at, network: trainRecurrent(job) } satisfies RecurrentReply);
});
