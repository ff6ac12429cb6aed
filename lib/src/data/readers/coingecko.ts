import { areaBelow } from "./csv.js";
import type { PriceFormat } from "./format.js";
import { priceTable, seriesColumns } from "./price-table.js";
import { hasColumns } from "./source.js";

/**
 * CoinGecko's CSV export: one row per day stamped 00:00 UTC with the price at that instant. It ends the day before, by
 * which it is dated here: the row of D is what Yahoo calls the close of D - 1.
 */
export const coinGecko: PriceFormat = {
  name: "CoinGecko CSV",
  recognises: (source) => hasColumns(source, 1, "snapped_at", "price"),
  open(source, options) {
    const area = areaBelow(source, 1);
    const columns = seriesColumns(area, "snapped_at", {
      clock: "24:00 UTC",
      dayShift: -1,
    });
    return priceTable(source, { area, date: "snapped_at", columns }, options);
  },
};
