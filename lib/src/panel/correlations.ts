/** Correlations between the series of a panel. */

import { correlation } from "../stats/correlation.js";
import type { DatedSeries } from "../types.js";
import { column } from "./panel.js";

/**
 * Correlations of all pairs of series.
 *
 * @returns [S x S]; NaN where a series has a missing value
 * @example
 * const returns = selectSeries(returnsOf(panel), ["BTC", "ETH"]);
 * correlations(returns); // [1, 0.7498, 0.7498, 1]
 */
export function correlations({ names, values }: DatedSeries): Float64Array {
  const S = names.length;
  const columns = names.map((_, i) => column(values, S, i));
  return Float64Array.from({ length: S * S }, (_, at) =>
    correlation(columns[Math.floor(at / S)]!, columns[at % S]!),
  );
}
