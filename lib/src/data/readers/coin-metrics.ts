import { areaBelow } from "./csv.js";
import type { PriceFormat } from "./format.js";
import { priceTable, seriesColumns } from "./price-table.js";
import { hasColumns, namesAt } from "./source.js";

/**
 * Coin Metrics community CSV: one row per UTC day under `time`, dozens of metrics that change over the years.
 *
 * PriceUSD of day D is the price at the end of D; ReferenceRateUSD is that at its beginning, and is dated a day earlier
 * here, so that both, and the closes of other sources, can be joined.
 */
export const coinMetrics: PriceFormat = {
  name: "Coin Metrics CSV",
  recognises: (source) =>
    hasColumns(source, 1, "time") &&
    namesAt(source, 1).some((n) => /^(PriceUSD|ReferenceRateUSD)$/.test(n)),
  open(source, options) {
    const area = areaBelow(source, 1);
    const columns = seriesColumns(area, "time", { clock: "24:00 UTC" }).map((column) =>
      column.name.startsWith("ReferenceRate") ? { ...column, dayShift: -1 } : column,
    );
    return priceTable(source, { area, date: "time", columns }, options);
  },
};
