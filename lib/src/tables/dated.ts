/** Series by date, as columns beside each other. */

import { rowAt } from "../panel/panel.js";
import type { DatedSeries } from "../types.js";
import type { Table } from "./table.js";

/** One row per period, one column per series; the first five on screen. */
export function datedTable({
  dates,
  names,
  values,
}: DatedSeries): Pick<Table, "columns" | "rows" | "shown"> {
  return {
    columns: [
      { key: "date", head: "Date" },
      ...names.map((name) => ({ key: name, head: name, decimals: 4 })),
    ],
    rows: dates.map((date, t) => [date, ...rowAt(values, names.length, t)]),
    shown: 5,
  };
}
