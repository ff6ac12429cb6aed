import { areaBelow } from "./csv.js";
import type { PriceFormat } from "./format.js";
import { priceTable } from "./price-table.js";
import { hasColumns } from "./source.js";

/** Yahoo's former website download: Close is adjusted for splits, Adj Close also for dividends; a missing row reads null. */
export const yahooWebsite: PriceFormat = {
  name: "Yahoo website CSV",
  recognises: (source) => hasColumns(source, 1, "Date", "Close", "Adj Close"),
  open: (source, options) =>
    priceTable(source, { area: areaBelow(source, 1), date: "Date" }, options),
};
