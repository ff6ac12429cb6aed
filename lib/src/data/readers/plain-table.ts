import { cellsOf } from "./cells.js";
import { areaBelow } from "./csv.js";
import { looksLikeDate } from "./dates.js";
import type { PriceFormat } from "./format.js";
import { priceTable } from "./price-table.js";
import { namesAt } from "./source.js";

/**
 * Any other table of one header line whose first column, named or not, holds dates, each further column a series: DataHub's Date and Price,
 * a re-saved Date and Close, panels of prices or returns.
 */
export const plainTable: PriceFormat = {
  name: "table of dates and series",
  recognises(source) {
    const names = namesAt(source, 1);
    const first = source.head
      .slice(1)
      .map((line) => cellsOf(line, source.separator)[0]!)
      .find((cell) => cell !== "");
    return (
      names.filter(Boolean).length >= 1 &&
      names.length >= 2 &&
      !looksLikeDate(names[0]!) &&
      first !== undefined &&
      looksLikeDate(first)
    );
  },
  open(source, options) {
    const area = areaBelow(source, 1);
    return priceTable(source, { area, date: 0 }, options);
  },
};
