/** Printed numbers of the report against recomputed ones. */

import { column } from "../panel/panel.js";
import type { JoinedReturns } from "../panel/returns.js";

/** One printed series against one recomputed. */
export interface ReportedComparison {
  readonly series: string;
  /** Dates with both values. */
  readonly n: number;
  /** Largest absolute difference between the printed and the recomputed value. */
  readonly largest: number;
  /** True if every recomputed value rounds to the printed one, four decimals; false if n is 0. */
  readonly agrees: boolean;
}

/**
 * Every series of the printed rows against the series of the same name, on the dates of the printed rows.
 *
 * @returns in the order of the printed columns; n = 0 and NaN where there is no recomputed series
 */
export function compareReported(
  printed: JoinedReturns,
  recomputed: JoinedReturns,
): ReportedComparison[] {
  return printed.names.map((series, at) => {
    const values = column(printed.logReturns, printed.names.length, at);
    const other = recomputed.names.indexOf(series);
    const differences = printed.dates.flatMap((date, t) => {
      const row = recomputed.dates.indexOf(date);
      const value =
        recomputed.logReturns[row * recomputed.names.length + other];
      return other < 0 || row < 0 || value === undefined || Number.isNaN(value)
        ? []
        : [Math.abs(values[t]! - value)];
    });
    const n = differences.length;
    const largest = n === 0 ? Number.NaN : Math.max(...differences);
    // Half a unit of the fourth decimal, and an allowance for the decimal's own rounding.
    return { series, n, largest, agrees: n > 0 && largest <= 0.00005 + 1e-12 };
  });
}
