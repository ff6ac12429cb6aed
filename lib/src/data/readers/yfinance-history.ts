import { readTextTable } from "./csv.js";
import type { PriceFormat } from "./format.js";

/**
 * yfinance `Ticker.history().to_csv()`, and Yahoo's former website download: one header line, a date (with time
 * and offset) under Date.
 */
export const yfinanceHistory: PriceFormat = {
  name: "yfinance history",
  recognises: (head) =>
    /^"?Date"?,(.*,)?"?(Open|Close)"?(,|$)/.test(head[0] ?? ""),
  read: async (source) => ({
    table: await readTextTable(source, 1),
    dateColumn: "Date",
  }),
};
