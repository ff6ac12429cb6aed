/** What several betas leave of the same coins on the same dates: the ground of every comparison. */

import { hedgingErrors } from "../betas/hedging.js";
import { inRange } from "../panel/calendar.js";
import { rowAt } from "../panel/panel.js";
import { mean } from "../stats/moments.js";
import type { BetaPath, DateRange, Panel } from "../types.js";

export interface CommonErrors {
  readonly dates: readonly string[];
  /** Hedging errors of each path: by coin, then by date. */
  readonly errors: readonly (readonly (readonly number[])[])[];
  /** Dates of the range that each path lacks while another has them: left out for all. */
  readonly missing: readonly number[];
}

/**
 * Hedging errors on the dates of a range on which every path has betas for all coins.
 *
 * @param paths walk-forward betas, each with the panel whose markets it hedges with; panels differ in their markets only
 * @throws RangeError in the caller's name if there is no such date
 */
export function commonErrors(
  where: string,
  paths: readonly { readonly panel: Panel; readonly path: BetaPath }[],
  range: DateRange,
): CommonErrors {
  const { dates: all, coins } = paths[0]!.panel;
  const N = coins.length;
  const errors = paths.map(({ panel, path }) => hedgingErrors(panel, path));
  const within = [...all.keys()].filter((t) => inRange(all[t]!, range));
  const complete = errors.map((of) => within.map((t) => rowAt(of, N, t).every(Number.isFinite)));
  const rows = within.filter((_, row) => complete.every((has) => has[row]));
  const known = within.map((_, row) => complete.some((has) => has[row]));
  if (rows.length === 0)
    throw new RangeError(
      `${where}: a date of ${range.from} to ${range.through} must have betas of all ${paths.length} candidates, but none has; widen the range or leave a candidate out`,
    );
  return {
    dates: rows.map((t) => all[t]!),
    errors: errors.map((of) => coins.map((_, i) => rows.map((t) => rowAt(of, N, t)[i]!))),
    missing: complete.map((has) => known.filter((known, row) => known && !has[row]).length),
  };
}

/** Mean over coins, by date. */
export function meanByDate(byCoin: readonly ArrayLike<number>[]): number[] {
  return Array.from(byCoin[0]!, (_, t) => mean(byCoin.map((of) => of[t]!)));
}

/** Squared errors, averaged over coins by date: the loss that every test takes. */
export function dateLosses(byCoin: readonly (readonly number[])[]): number[] {
  return meanByDate(byCoin.map((of) => of.map((e) => e ** 2)));
}
