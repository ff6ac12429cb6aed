import { areaBelow } from "./csv.js";
import type { PriceFormat } from "./format.js";
import { priceTable, seriesColumns } from "./price-table.js";
import { namesAt } from "./source.js";

/** FRED's fredgraph.csv: DATE (until 2024) or observation_date, then one column per series id; "." or empty is missing. */
export const fredGraph: PriceFormat = {
  name: "FRED graph CSV",
  recognises: (source) => namesAt(source, 1).some((n) => n === "DATE" || n === "observation_date"),
  open(source, options) {
    const area = areaBelow(source, 1);
    const date = area.names.includes("DATE") ? "DATE" : "observation_date";
    const columns = seriesColumns(area, date).map((column) => {
      const clock = CLOCKS.find(([id]) => id.test(column.name))?.[1];
      return clock ? { ...column, clock } : column;
    });
    return priceTable(source, { area, date, columns }, options);
  },
};

/** When FRED's daily values are taken, by series id. */
const CLOCKS: readonly (readonly [id: RegExp, clock: string])[] = [
  [/^CB[A-Z]+USD$/, "17:00 America/Los_Angeles"],
  [/^(DTWEX|DEX)/, "12:00 America/New_York"],
  [/^(SP500|DJIA|NASDAQCOM)$/, "16:00 America/New_York"],
];
