/** Betas from months of coins that are shifted by a day. */

import type { ShiftedBeta } from "../comparing/shifted-betas.js";
import { type Table, tableOf } from "./table.js";

/**
 * Each market, period and shift in a line.
 *
 * @example
 * tableShiftedBetas([], "monthly").columns.length; // 9
 */
export function tableShiftedBetas(rows: readonly ShiftedBeta[], sample: string): Table {
  return {
    id: "shifted-betas",
    caption: `Pooled betas if the coins' months end a day earlier or later than the markets'; ${sample}`,
    ...tableOf(rows, [
      { key: "market", head: "Market", value: ({ market }) => market },
      { key: "period", head: "Period", value: ({ period }) => period },
      { key: "shift", head: "Days", decimals: 0, value: ({ shift }) => shift },
      { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
      { key: "beta", head: "β", decimals: 2, value: ({ beta }) => beta },
      { key: "standardError", head: "Se", decimals: 2, value: (row) => row.standardError },
      { key: "betaLower", head: "95 % from", decimals: 2, value: ({ betaLower }) => betaLower },
      { key: "betaUpper", head: "to", decimals: 2, value: ({ betaUpper }) => betaUpper },
      { key: "correlation", head: "Correlation", decimals: 2, value: (row) => row.correlation },
    ]),
    notes: [
      "Months are sums of returns between days on which all series have a price; a day is the next of these. Coins close at 24:00 UTC and the dollar is fixed at noon. They are less than a day apart, so that a shift by a whole day exaggerates the difference.",
    ],
  };
}
