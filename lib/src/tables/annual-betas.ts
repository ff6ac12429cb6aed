import type { AnnualBeta } from "../comparing/annual-betas.js";
import type { Table } from "./table.js";

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
    columns: [
      { key: "year", head: "Year" },
      { key: "coin", head: "Coin" },
      { key: "market", head: "Market" },
      { key: "marketSet", head: "Markets", fileOnly: true },
      { key: "start", head: "Start" },
      { key: "kind", head: "Kind" },
      { key: "n", head: "n", decimals: 0 },
      { key: "beta", head: "Mean β", decimals: 4 },
      { key: "lower", head: "Lowest seed", decimals: 4 },
      { key: "upper", head: "Highest seed", decimals: 4 },
    ],
    rows: rows.map(({ beta, ...row }) => [
      row.year,
      row.coin,
      row.market,
      row.marketSet,
      row.start,
      row.kind,
      row.n,
      beta.mean,
      beta.lowest,
      beta.highest,
    ]),
    notes: [
      "n: dates of the year. fitted: the networks were fitted on these dates, or their epoch chosen on them.",
    ],
    shown: 12,
  };
}
