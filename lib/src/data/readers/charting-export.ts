import { readTextTable } from "./csv.js";
import type { PriceFormat } from "./format.js";

/** A charting platform's export: `Symbol: VDE,,,,,Study: …` in line 1, `Date Time,Open,High,Low,Close,Volume` in line 2. */
export const chartingExport: PriceFormat = {
  name: "charting-platform export",
  recognises: (head) =>
    /^Symbol: /.test(head[0] ?? "") && /^Date Time,/.test(head[1] ?? ""),
  read: async (source) => ({
    table: await readTextTable(source, 2),
    dateColumn: "Date Time",
  }),
};
