import { DataError } from "../../types.js";
import { readTextTable } from "./csv.js";
import type { PriceFormat } from "./format.js";

/** yfinance `download().to_csv()`: three header lines (Price, Ticker, Date); columns in any order, named in line 1. */
export const yfinanceDownload: PriceFormat = {
  name: "yfinance download",
  recognises: (head) =>
    /^Price,/.test(head[0] ?? "") &&
    /^Ticker,/.test(head[1] ?? "") &&
    /^Date,/.test(head[2] ?? ""),
  async read(source) {
    const [, ...symbols] = source.head[1]!.trim().split(",");
    if (new Set(symbols).size > 1)
      throw new DataError(
        `${source.file}:2: holds several symbols (${[...new Set(symbols)].join(", ")}); save one symbol per file`,
      );
    // The names of line 1 stand over the data of line 4: lines 2 and 3 are replaced by nothing.
    const lines = source.text.split("\n");
    const names = `Date${lines[0]!.trim().slice("Price".length)}`;
    const text = ["", "", names, ...lines.slice(3)].join("\n");
    return {
      table: await readTextTable({ ...source, text }, 3),
      dateColumn: "Date",
    };
  },
};
