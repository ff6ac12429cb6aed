/** Which dates an estimator uses, and whether its markets can be told apart there. */

import { inRange } from "../panel/calendar.js";
import type { BetaPath, DateRange, Panel } from "../types.js";

/**
 * Index of the first date from which returns are used.
 *
 * @throws RangeError if there is none
 */
export function firstRow(where: string, { dates }: Panel, from: string): number {
  const first = dates.findIndex((date) => date >= from);
  if (first < 0)
    throw new RangeError(
      `${where}: from must not lie after the panel, which has ${dates[0]} to ${dates.at(-1)}, got ${from}; choose an earlier date`,
    );
  return first;
}

/** Whether the date of an index needs a beta; all dates do by default. */
export function wantedDates(
  { dates }: Panel,
  { dates: wanted }: { readonly dates?: DateRange },
): (t: number) => boolean {
  if (!wanted) return () => true;
  const inside = dates.map((date) => inRange(date, wanted));
  return (t) => inside[t] ?? false;
}

/**
 * Indices of the first date of a block and of the first one after it.
 *
 * @throws RangeError if the block holds no date
 */
export function blockRows(
  where: string,
  panel: Panel,
  { from, through }: DateRange,
): { readonly first: number; readonly after: number } {
  const { dates } = panel;
  const first = firstRow(where, panel, from);
  const later = dates.findIndex((date) => date.slice(0, through.length) > through);
  const after = later < 0 ? dates.length : later;
  if (after <= first)
    throw new RangeError(
      `${where}: the fitting block ${from} to ${through} must hold a date of the panel, which has ${dates[0]} to ${dates.at(-1)}; move the block`,
    );
  return { first, after };
}

/** Throws a RangeError if a path that had rows enough has no beta at all. */
export function refuseCollinear(
  where: string,
  { dates, markets, values }: Pick<BetaPath, "dates" | "markets" | "values">,
  from: string,
): void {
  // Few dates leave any markets collinear, whatever the coins: only longer samples say that they are.
  const dated = dates.slice(0, -1).filter((date) => date >= from).length;
  if (dated > markets.length && values.every(Number.isNaN))
    throw new RangeError(
      `${where}: the markets ${markets.join(", ")} must not be collinear, but they are in every period${from ? ` from ${from} on` : ""} (or one is zero); leave one out`,
    );
}
