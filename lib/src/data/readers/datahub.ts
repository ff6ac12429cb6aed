import { areaBelow } from "./csv.js";
import type { PriceFormat } from "./format.js";
import { priceTable } from "./price-table.js";
import { hasColumns, namesAt } from "./source.js";

/**
 * DataHub's `Date,Price`, by day, by month (1833-01) or with months dated by their fifteenth. Its monthly files hold averages: do
 * not mix them with prices of month ends.
 */
export const dataHub: PriceFormat = {
  name: "DataHub CSV",
  recognises: (source) => hasColumns(source, 1, "Date", "Price") && namesAt(source, 1).length === 2,
  open: (source, options) =>
    priceTable(source, { area: areaBelow(source, 1), date: "Date" }, options),
};
