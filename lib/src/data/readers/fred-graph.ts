import { readTextTable } from "./csv.js";
import type { PriceFormat } from "./format.js";

/** FRED's fredgraph.csv: DATE (until 2024) or observation_date, then one column per series id; "." or empty is missing. */
export const fredGraph: PriceFormat = {
  name: "FRED graph CSV",
  recognises: (head) => /^(DATE|observation_date),/.test(head[0] ?? ""),
  read: async (source) => ({
    table: await readTextTable(source, 1),
    dateColumn: source.head[0]!.split(",")[0]!,
  }),
};
