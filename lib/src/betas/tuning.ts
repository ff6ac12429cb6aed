/** Tuning: the choice among a few candidates that the validation block makes. */

import { inRange } from "../panel/calendar.js";
import { rootMeanSquare } from "../stats/moments.js";
import type { BetaPath, DateRange, Panel } from "../types.js";
import { hedgingErrors } from "./hedging.js";

/** What candidates are compared by. */
export interface TunedOptions {
  /** Walk-forward betas of a candidate: in the block, one dated t knows returns through t - 1. */
  readonly path: (candidate: number) => BetaPath;
  /** The validation block; only coins and dates at which every candidate has a hedging error count. */
  readonly block: DateRange;
}

/**
 * The candidate whose betas hedge a block with the lowest RMSE; of equals, the first.
 *
 * @throws RangeError if there is no candidate, or no such error
 * @example
 * tuned(dollar, [6, 12, 24], {
 *   path: (halfLife) => ewmaBeta(dollar, { from: "2019-01", halfLife }),
 *   block: validation,
 * }); // 24
 */
export function tuned(
  panel: Panel,
  candidates: readonly number[],
  { path, block }: TunedOptions,
): number {
  const N = panel.coins.length;
  const errors = candidates.map((candidate) => hedgingErrors(panel, path(candidate)));
  const scores = errors.map((hedged) =>
    rootMeanSquare(
      hedged.filter(
        (_, at) =>
          inRange(panel.dates[Math.floor(at / N)]!, block) &&
          errors.every((other) => Number.isFinite(other[at])),
      ),
    ),
  );
  const best = scores.indexOf(Math.min(...scores));
  if (best < 0)
    throw new RangeError(
      `tuned: the block ${block.from} to ${block.through} must hold a date at which each of ${candidates.join(", ")} has a beta, but it holds none; lengthen the block before it, or name other candidates`,
    );
  return candidates[best]!;
}
