/** The panel's returns. */

import { returnsOf } from "../panel/panel.js";
import type { Panel } from "../types.js";
import { datedTable } from "./dated.js";
import type { Table } from "./table.js";

/**
 * Log returns of every series, one row per period; the first five on screen.
 *
 * @param sample what the data are, for the caption
 * @example
 * tableReturns(onePair([0.02], [0.01]), "monthly").rows; // [["2000-01-31", 0.02, 0.01]]
 */
export function tableReturns(panel: Panel, sample: string): Table {
  return {
    id: "returns",
    caption: `Log returns, decimals (0.01 = 1 %); ${sample}`,
    ...datedTable(returnsOf(panel)),
  };
}
