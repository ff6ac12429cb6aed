/** What a new vintage of the data changes. */

import { seriesOf } from "../panel/panel.js";
import type { DatedSeries } from "../types.js";

/** Half a unit of the fourth decimal, to which the report prints: smaller moves count as rounding. */
export const ROUNDING = 5e-5;

/** One value that is another now; decimals, like the returns. */
export interface Move {
  readonly date: string;
  readonly was: number;
  readonly is: number;
}

/** One column of a file, old against new. */
export interface ColumnDrift {
  readonly file: string;
  readonly column: string;
  /** Periods for which both have a value. */
  readonly compared: number;
  /** Those that moved by at least `ROUNDING`, by date. */
  readonly moves: readonly Move[];
  /** The first of the largest moves. */
  readonly largest: Move | undefined;
  /** Values that were not there before: of new periods, new columns, or filled cells. */
  readonly added: number;
  /** Values that are there no more. */
  readonly gone: number;
}

/**
 * Differences of two vintages, value by value on their dates: a column or row that only one of them has is counted by its
 * values, and NaN is no value.
 *
 * @param file name for the result
 * @returns one entry per column, the new file's first
 * @example
 * const before = returnsOf(panel);
 * const after = { ...before, values: before.values.with(0, 0.5) };
 * panelDrift("monthly.csv", before, after)[0]!.moves; // [{ date: "2018-01-31", was: -0.3257, is: 0.5 }]
 */
export function panelDrift(file: string, before: DatedSeries, after: DatedSeries): ColumnDrift[] {
  const dates = [...new Set([...before.dates, ...after.dates])].sort();
  return [...new Set([...after.names, ...before.names])].map((column) => {
    const [old, now] = [valuesOf(before, column), valuesOf(after, column)];
    const both = dates.filter((date) => old.has(date) && now.has(date));
    const moves = both
      .map((date) => ({ date, was: old.get(date)!, is: now.get(date)! }))
      .filter((move) => size(move) >= ROUNDING);
    return {
      file,
      column,
      compared: both.length,
      moves,
      largest: moves.reduce<Move | undefined>(
        (most, move) => (most && size(most) >= size(move) ? most : move),
        undefined,
      ),
      added: now.size - both.length,
      gone: old.size - both.length,
    };
  });
}

const size = ({ was, is }: Move): number => Math.abs(is - was);

/** Values of a column by date, without NaN; none if there is no such column. */
function valuesOf(dated: DatedSeries, column: string): Map<string, number> {
  if (!dated.names.includes(column)) return new Map();
  const values = seriesOf(dated, column);
  const entries = dated.dates.map((date, t) => [date, values[t]!] as const);
  return new Map(entries.filter(([, v]) => !Number.isNaN(v)));
}
