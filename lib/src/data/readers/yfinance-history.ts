import { cellsOf } from "./cells.js";
import { areaBelow } from "./csv.js";
import type { PriceFormat } from "./format.js";
import { priceTable, seriesColumns } from "./price-table.js";
import { hasColumns, namesAt } from "./source.js";

/**
 * yfinance `Ticker.history().to_csv()`: the date carries a time and an offset, of which the first ten characters are the
 * trading day; Close is adjusted for splits and dividends unless that was switched off.
 */
export const yfinanceHistory: PriceFormat = {
  name: "yfinance history",
  recognises: (source) => hasColumns(source, 1, "Date", "Close", "Dividends", "Stock Splits"),
  open(source, options) {
    const area = areaBelow(source, 1);
    const at = namesAt(source, 1).indexOf("Date");
    const first = cellsOf(source.head[1] ?? "", source.separator)[at] ?? "";
    const offset = /[+-]\d{2}:\d{2}$/.exec(first.slice(10))?.[0];
    const columns = seriesColumns(area, "Date", offset ? { clock: `UTC${offset}` } : {});
    return priceTable(source, { area, date: "Date", columns }, options);
  },
};
