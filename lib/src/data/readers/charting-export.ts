/** Reads the export of a charting platform: a line of symbols above the names. */

import { areaBelow } from "./csv.js";
import type { PriceFormat } from "./format.js";
import { priceTable, seriesColumns } from "./price-table.js";
import { hasColumns } from "./source.js";

/** A charting platform's export: `Symbol: VDE,,,,,Study: …` in line 1, names in line 2; dates are ISO or M/D/YY. */
export const chartingExport: PriceFormat = {
  name: "charting-platform export",
  recognises: (source) =>
    /^"?Symbol: /.test(source.head[0] ?? "") && hasColumns(source, 2, "Date Time"),
  open(source, options) {
    const area = areaBelow(source, 2);
    const symbol = /Symbol: *([^,;"]+)/.exec(source.head[0]!)![1]!.trim();
    const columns = seriesColumns(area, "Date Time", { symbol });
    return priceTable(source, { area, date: "Date Time", columns, order: "MDY" }, options);
  },
};
