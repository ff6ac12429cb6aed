/** Correlations between the series of a panel. */

import { correlation } from "../stats/correlation.js";
import type { DatedSeries } from "../types.js";
import { column } from "./panel.js";

/**
 * Correlations of all pairs of series, each on the dates on which both have a value.
 *
 * @returns [S x S]; NaN where there are fewer than two such dates
 * @example
 * const returns = selectSeries(returnsOf(panel), ["BTC", "ETH"]);
 * correlations(returns); // [1, 0.7498, 0.7498, 1]
 */
export function correlations({ names, values }: DatedSeries): Float64Array {
  const S = names.length;
  const columns = names.map((_, i) => column(values, S, i));
  return Float64Array.from({ length: S * S }, (_, at) => {
    const [x, y] = [columns[Math.floor(at / S)]!, columns[at % S]!];
    const both = (_value: number, t: number) => !Number.isNaN(x[t]!) && !Number.isNaN(y[t]!);
    return correlation(x.filter(both), y.filter(both));
  });
}
