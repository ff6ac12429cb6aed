import { areaBelow } from "./csv.js";
import type { PriceFormat } from "./format.js";
import { priceTable } from "./price-table.js";
import { hasColumns } from "./source.js";

/**
 * Investing.com: quoted cells, newest first, thousands commas; Price is the close. Its editions write dates as month/day/year or
 * day/month/year: the rows decide.
 */
export const investing: PriceFormat = {
  name: "Investing.com CSV",
  recognises: (source) => hasColumns(source, 1, "Date", "Price", "Change %"),
  open: (source, options) =>
    priceTable(source, { area: areaBelow(source, 1), date: "Date", thousands: true }, options),
};
