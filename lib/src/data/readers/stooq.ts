import { areaBelow } from "./csv.js";
import type { PriceFormat } from "./format.js";
import { priceTable } from "./price-table.js";
import { hasColumns, namesAt } from "./source.js";

const FIELDS = ["Date", "Open", "High", "Low", "Close"];

/** Stooq's download for one symbol, as others also write it: Date, Open, High, Low, Close, and Volume where there is one. */
export const stooq: PriceFormat = {
  name: "Stooq CSV",
  recognises: (source) =>
    hasColumns(source, 1, ...FIELDS) &&
    namesAt(source, 1).every((n) => FIELDS.includes(n) || n === "Volume"),
  open: (source, options) =>
    priceTable(source, { area: areaBelow(source, 1), date: "Date" }, options),
};
