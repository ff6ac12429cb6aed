/** Printed numbers of the report against recomputed ones. */

import { seriesOf } from "../panel/panel.js";
import type { DatedSeries } from "../types.js";

/** One printed series against one recomputed. */
export interface ReportedComparison {
  readonly series: string;
  /** Absolute differences by printed date; NaN where either has no value. */
  readonly differences: readonly number[];
  /** Dates with both values. */
  readonly n: number;
  /** Largest of the differences; NaN if n is 0. */
  readonly largest: number;
  /** True if every recomputed value rounds to the printed one, four decimals; false if n is 0. */
  readonly agrees: boolean;
}

/**
 * Every printed series against the recomputed one of the same name, on the printed dates.
 *
 * @returns in the order of the printed columns
 * @example
 * const printed = await readDated(shippedFile("reported/returns.csv"));
 * const gold = compareReported(printed, returnsOf(panel)).find(({ series }) => series === "GOLD")!;
 * [gold.n, gold.agrees, gold.largest]; // [5, false, 0.0081]
 */
export function compareReported(
  printed: DatedSeries,
  recomputed: DatedSeries,
): ReportedComparison[] {
  return printed.names.map((series) => {
    const values = recomputed.names.includes(series)
      ? seriesOf(recomputed, series)
      : new Float64Array();
    const differences = Array.from(seriesOf(printed, series), (value, t) =>
      Math.abs(value - (values[recomputed.dates.indexOf(printed.dates[t]!)] ?? Number.NaN)),
    );
    const seen = differences.filter((d) => !Number.isNaN(d));
    const n = seen.length;
    const largest = n === 0 ? Number.NaN : Math.max(...seen);
    // Half a unit of the fourth decimal, and an allowance for the decimal's own rounding.
    const agrees = n > 0 && largest <= 0.00005 + 1e-12;
    return { series, differences, n, largest, agrees };
  });
}
