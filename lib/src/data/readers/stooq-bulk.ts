/** Reads Stooq's bulk text: several instruments in one file, with names in angle brackets. */

import { DataError } from "../../types.js";
import { areaBelow, readTextTable } from "./csv.js";
import { stackedTable } from "./dated-table.js";
import type { PriceFormat } from "./format.js";
import { seriesColumns } from "./price-table.js";
import { hasColumns } from "./source.js";

/** Stooq's bulk text: `<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,…`, dates YYYYMMDD; the rows of several symbols may follow each other. */
export const stooqBulk: PriceFormat = {
  name: "Stooq bulk text",
  recognises: (source) => hasColumns(source, 1, "<TICKER>", "<PER>", "<DATE>", "<CLOSE>"),
  async open(source, options) {
    const area = areaBelow(source, 1);
    const table = await readTextTable(source, area);
    const tickers = table.cells("<TICKER>");
    table.cells("<PER>").forEach((per, row) => {
      if (tickers[row] !== "" && per !== "D")
        throw new DataError(
          `${source.file}:${table.line(row)}: <PER> must be D, a day, got ${JSON.stringify(per)}; take the daily files`,
        );
    });
    const columns = seriesColumns(area, "<DATE>").filter(({ name }) =>
      /^<(OPEN|HIGH|LOW|CLOSE|VOL)>$/.test(name),
    );
    return stackedTable(table, { area, date: "<DATE>", columns, symbol: "<TICKER>" }, options);
  },
};
