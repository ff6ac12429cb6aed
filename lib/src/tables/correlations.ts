/** Correlations of all pairs. */

import { rowAt } from "../panel/panel.js";
import type { Table } from "./table.js";

/**
 * Correlations of all pairs, the lower triangle.
 *
 * @example
 * const { names } = returnsOf(panel);
 * tableCorrelations(names, correlations(returnsOf(panel)), "monthly").rows[1];
 * // ["ETH", 0.7498, 1, null, null, null, null, null, null]
 */
export function tableCorrelations(
  names: readonly string[],
  values: Float64Array,
  sample: string,
): Table {
  return {
    id: "correlations",
    caption: `Correlations of log returns; ${sample}`,
    columns: [
      { key: "series", head: "Series" },
      ...names.map((name) => ({ key: name, head: name, decimals: 2 })),
    ],
    rows: names.map((name, i) => [
      name,
      ...Array.from(rowAt(values, names.length, i), (value, j) => (j <= i ? value : null)),
    ]),
  };
}
