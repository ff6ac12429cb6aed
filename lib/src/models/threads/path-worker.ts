/** One thread that estimates betas of built-in estimators, one path after the other, as they are sent. */

import { parentPort } from "node:worker_threads";
import type { Update } from "../../betas/estimator.js";
import { classicalLadder, type LadderOptions } from "../../betas/ladder.js";
import type { BetaPath, Panel, Split } from "../../types.js";
import { amortisedEstimator } from "../amortised/amortised-beta.js";

/** An estimator of the ladder by its name, and what it is asked for. */
export interface PathRequest {
  readonly id: string;
  readonly markets: number;
  readonly options: LadderOptions;
  readonly panel: Panel;
  readonly split: Split;
  readonly update: Update;
}

/** Its betas, or why there are none. */
export type PathReply = { readonly path: BetaPath } | { readonly failed: unknown };

async function estimated({ id, markets, options, ...asked }: PathRequest): Promise<BetaPath> {
  const estimators = [...classicalLadder(markets, options), amortisedEstimator()];
  const { panel, split, update } = asked;
  return estimators.find((own) => own.id === id)!.estimate(panel, split, update);
}

parentPort?.on("message", (request: PathRequest) => {
  estimated(request).then(
    (path) => parentPort?.postMessage({ path } satisfies PathReply, buffersOf(path)),
    (failed: unknown) => parentPort?.postMessage({ failed } satisfies PathReply),
  );
});

/** Arrays that are handed over instead of copied. */
const buffersOf = ({ values, standardErrors, band }: BetaPath): ArrayBuffer[] => [
  ...new Set(
    [values, standardErrors, band?.lower, band?.upper].flatMap((array) =>
      array ? [array.buffer as ArrayBuffer] : [],
    ),
  ),
];
