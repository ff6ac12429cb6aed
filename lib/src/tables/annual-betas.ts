/** Annual mean betas. */

import type { AnnualBeta } from "../comparing/annual-betas.js";
import { kindName } from "./betas.js";
import { type Table, tableOf } from "./table.js";

/**
 * Annual mean betas; the first on screen.
 *
 * @example
 * tableAnnualBetas(annualBetas(fits.map(networkBetas)), "two seeds").rows[0]!.slice(0, 4); // ["2019", "BTC", "FIAT", "FIAT"]
 */
export function tableAnnualBetas(rows: readonly AnnualBeta[], sample: string): Table {
  return {
    id: "annual-betas",
    caption: `Annual mean betas with the lowest and highest over seeds; ${sample}`,
    ...tableOf(rows, [
      { key: "year", head: "Year", value: ({ year }) => year },
      { key: "coin", head: "Coin", value: ({ coin }) => coin },
      { key: "market", head: "Market", value: ({ market }) => market },
      { key: "marketSet", head: "Markets", fileOnly: true, value: ({ marketSet }) => marketSet },
      { key: "start", head: "Start", value: ({ start }) => start },
      { key: "kind", head: "Kind", value: ({ kind }) => kindName(kind) },
      { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
      { key: "beta", head: "Mean β", decimals: 4, value: (row) => row.beta.mean },
      { key: "lower", head: "Lowest seed", decimals: 4, value: (row) => row.beta.lowest },
      { key: "upper", head: "Highest seed", decimals: 4, value: (row) => row.beta.highest },
    ]),
    notes: [
      "n: dates of the year. fitted: the networks were fitted on these dates, or their epoch chosen on them.",
    ],
    shown: 12,
  };
}
