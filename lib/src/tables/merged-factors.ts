/** The panel beside its factors. */

import type { DatedSeries } from "../types.js";
import { datedTable } from "./dated.js";
import type { Table } from "./table.js";

/**
 * The panel beside its factors, one row per period; the first five on screen.
 *
 * @param sample what the data are, for the caption
 * @example
 * const merged = mergedSeries(returnsOf(panel), factorSeries(factors));
 * tableMergedFactors(merged, "monthly").rows[0]!.length; // 15: date, eight returns, five factors, RF
 */
export function tableMergedFactors(merged: DatedSeries, sample: string): Table {
  const { dates } = merged;
  return {
    id: "merged-factors",
    caption: `Log returns of coins and markets beside simple returns of the Fama-French factors, decimals per period; ${sample}, ${dates[0]} to ${dates.at(-1)}, n = ${dates.length}`,
    ...datedTable(merged),
  };
}
