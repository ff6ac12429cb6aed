import { returnsOf } from "../panel/panel.js";
import type { Panel } from "../types.js";
import type { Table } from "./table.js";

/**
 * Log returns of every series, one row per period; the first five on screen.
 *
 * @param sample what the data are, for the caption
 * @example
 * tableReturns(onePair([0.02], [0.01]), "monthly").rows; // [["2000-01-31", 0.02, 0.01]]
 */
export function tableReturns(panel: Panel, sample: string): Table {
  const { dates, names, values } = returnsOf(panel);
  const S = names.length;
  return {
    id: "returns",
    caption: `Log returns, decimals (0.01 = 1 %); ${sample}`,
    columns: [
      { key: "date", head: "Date" },
      ...names.map((name) => ({ key: name, head: name, decimals: 4 })),
    ],
    rows: dates.map((date, t) => [date, ...values.subarray(t * S, (t + 1) * S)]),
    shown: 5,
  };
}
