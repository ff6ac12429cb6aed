import { DataError } from "../../types.js";
import { areaBelow, readTextTable } from "./csv.js";
import type { Observations, PriceColumn, PriceFormat } from "./format.js";
import { readRows, seriesColumns } from "./price-table.js";
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
    const symbols = [...new Set(tickers)].filter(Boolean);
    const fields = seriesColumns(area, "<DATE>").filter(({ name }) =>
      /^<(OPEN|HIGH|LOW|CLOSE|VOL)>$/.test(name),
    );
    const layout = { area, date: "<DATE>" };
    const read = async (wanted: readonly PriceColumn[]): Promise<Observations[]> =>
      wanted.flatMap((column) =>
        readRows(table, layout, options, [column], (row) => tickers[row] === column.symbol),
      );
    return {
      columns: symbols.flatMap((symbol) => fields.map((field) => ({ ...field, symbol }))),
      read,
    };
  },
};
