/** Correlation and pooled beta by period. */

import type { BetaPeriod } from "../comparing/beta-breaks.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

const COLUMNS: readonly RowColumn<BetaPeriod>[] = [
  { key: "market", head: "Market", value: ({ market }) => market },
  { key: "period", head: "Period", value: ({ period }) => period },
  { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
  { key: "correlation", head: "Correlation", decimals: 2, value: (row) => row.correlation },
  { key: "correlationLower", head: "from", decimals: 2, value: (row) => row.correlationLower },
  { key: "correlationUpper", head: "to", decimals: 2, value: (row) => row.correlationUpper },
  { key: "meanCorrelation", head: "of coins", decimals: 2, value: (row) => row.meanCorrelation },
  { key: "beta", head: "Pooled β", decimals: 2, value: ({ beta }) => beta },
  { key: "standardError", head: "s.e.", decimals: 2, value: (row) => row.standardError },
  { key: "betaLower", head: "from", decimals: 2, value: ({ betaLower }) => betaLower },
  { key: "betaUpper", head: "to", decimals: 2, value: ({ betaUpper }) => betaUpper },
];

/**
 * How the coins' mean return goes with each market, period by period.
 *
 * @example
 * const periods = [{ name: "2018 to 2019", range: { from: "2018", through: "2019" } }];
 * tableBetaPeriods(betaPeriods(panel, "EQUITY", periods), "monthly").rows.length; // 1
 */
export function tableBetaPeriods(rows: readonly BetaPeriod[], sample: string): Table {
  return {
    id: "beta-periods",
    caption: `Correlation of the coins' mean return with each market, and pooled beta, by period; log returns, ${sample}`,
    ...tableOf(rows, COLUMNS),
    notes: [
      "Correlation with the coins' mean return, with Fisher's 95 % interval; of coins: mean of the coins' own correlations. Pooled β: least squares without intercept, the same for all coins, with Newey and West's (1987) standard error and 95 % interval by Student's t.",
    ],
  };
}
