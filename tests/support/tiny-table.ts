/** A small table with all kinds of cells: text, numbers with decimals and without, none. */

import type { Table } from "../../lib/src/tables/table.js";

export const TINY: Table = {
  id: "tiny",
  caption: "Made-up betas, decimals",
  columns: [
    { key: "coin", head: "Coin" },
    { key: "meanBeta", head: "Mean β", decimals: 2 },
    { key: "n", head: "N", decimals: 0 },
  ],
  rows: [
    ["BTC", 0.1 + 0.2, 12],
    ["ETH", -1.005, 1234],
    ["LTC", Number.NaN, null],
  ],
  notes: ["N: months."],
};
