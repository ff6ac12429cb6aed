import { DataError } from "../../types.js";
import type { PriceFormat } from "./format.js";
import { priceTable } from "./price-table.js";
import { namesAt } from "./source.js";

/**
 * yfinance `download().to_csv()`: three header lines (Price, Ticker, Date; with group_by="ticker", Ticker comes first), columns in
 * any order, those of several symbols side by side.
 */
export const yfinanceDownload: PriceFormat = {
  name: "yfinance download",
  recognises: (source) =>
    ["Price,Ticker", "Ticker,Price"].includes(
      `${namesAt(source, 1)[0]},${namesAt(source, 2)[0]}`,
    ) && /^Date(time)?$/.test(namesAt(source, 3)[0] ?? ""),
  open(source, options) {
    const [one, two, three] = [1, 2, 3].map((line) => namesAt(source, line));
    if (three![0] !== "Date")
      throw new DataError(
        `${source.file}:3: holds rows within a day (${three![0]}); download with interval="1d"`,
      );
    const [fields, symbols] = one![0] === "Price" ? [one!, two!] : [two!, one!];
    const names = ["Date", ...fields.slice(1)];
    const columns = names.flatMap((name, at) =>
      at === 0 || name === "" ? [] : [{ name, at, symbol: symbols[at] ?? "" }],
    );
    return priceTable(source, { area: { names, above: 3 }, date: "Date", columns }, options);
  },
};
