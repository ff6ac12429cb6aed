/** Dates that the rows of a long table are of, where all would be too many. */

import { beginsBlock } from "../panel/walk-forward.js";

/** Rows above which only some dates are kept: files of millions are read by nobody, and a report holds them in memory. */
const MOST = 150_000;

/** Blocks of which the last date is kept, the finest first, and what a note calls them. */
const BLOCKS = [
  ["monthly", "month"],
  ["quarterly", "quarter"],
  ["yearly", "year"],
] as const;

/** The dates that have rows. */
export type KeptDates = ReadonlySet<string>;

/**
 * All dates, or the last one of each month, quarter or year: the finest whose rows are few enough, or years.
 *
 * @param dates in any order, some more than once
 * @param rowsOn how many rows some dates have
 * @param most rows of a table
 * @returns with a note of what is left out, if anything is
 * @example
 * const days = ["2024-01-30", "2024-01-31", "2024-02-29"];
 * [...fittingDates(days, (kept) => kept.size, 2).kept]; // ["2024-01-31", "2024-02-29"]
 */
export function fittingDates(
  dates: readonly string[],
  rowsOn: (kept: KeptDates) => number,
  most: number = MOST,
): { readonly kept: KeptDates; readonly left: readonly string[] } {
  const all = new Set(dates);
  const rows = rowsOn(all);
  if (rows <= most) return { kept: all, left: [] };
  const sorted = [...all].sort();
  const lastOf = (block: (typeof BLOCKS)[number][0]) =>
    new Set(sorted.filter((_, t) => t + 1 === sorted.length || beginsBlock(sorted, t + 1, block)));
  const [block, name] = BLOCKS.find(([finest]) => rowsOn(lastOf(finest)) <= most) ?? BLOCKS[2];
  const note = `Rows are of the last date of each ${name}: all dates have ${rows.toLocaleString("en")} rows, more than ${most.toLocaleString("en")}.`;
  return { kept: lastOf(block), left: [note] };
}
