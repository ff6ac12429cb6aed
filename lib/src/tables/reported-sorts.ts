/** The report's portfolios and ours. */

import type { ReportedSort } from "../report/reported-sorts.js";
import { type Table, tableOf } from "./table.js";

/**
 * The report's sorted portfolios with the coins that they hold, and ours beside them.
 *
 * @example
 * const printed = await readRecords(shippedFile("reported/sorts.csv"));
 * tableReportedSorts(matchReportedSorts(printed, panel, []), "rolling").rows[0]!.slice(0, 6);
 * // ["2023-01-31", "FIAT", 1, -0.2916, 0.3032, "ETH"]
 */
export function tableReportedSorts(matches: readonly ReportedSort[], estimator: string): Table {
  return {
    id: "reported-sorts",
    caption: `The report's portfolios of Step 9, the coin whose log return minus the market's is nearest, and our portfolio of the same number by the report's definition (${estimator} betas); decimals per month`,
    ...tableOf(matches, [
      { key: "date", head: "Date", value: ({ date }) => date },
      { key: "market", head: "Market", value: ({ market }) => market },
      { key: "quantile", head: "Quartile", decimals: 0, value: ({ quantile }) => quantile },
      { key: "meanBeta", head: "Mean β", decimals: 4, value: ({ meanBeta }) => meanBeta },
      {
        key: "excessReturn",
        head: "Excess",
        decimals: 4,
        value: ({ excessReturn }) => excessReturn,
      },
      { key: "coin", head: "Coin", value: ({ coin }) => coin },
      {
        key: "coinExcess",
        head: "Coin's excess",
        decimals: 4,
        value: ({ coinExcess }) => coinExcess,
      },
      {
        key: "difference",
        head: "|difference|",
        decimals: 4,
        value: ({ difference }) => difference,
      },
      {
        key: "nextDifference",
        head: "next coin",
        decimals: 4,
        value: ({ nextDifference }) => nextDifference,
      },
      { key: "ourCoins", head: "Ours", value: (row) => row.ourCoins.join("+") },
      { key: "ourMeanBeta", head: "Mean β", decimals: 4, value: ({ ourMeanBeta }) => ourMeanBeta },
      {
        key: "ourExcessReturn",
        head: "Excess",
        decimals: 4,
        value: ({ ourExcessReturn }) => ourExcessReturn,
      },
    ]),
    notes: [
      "The report does not name the coins. next coin: the absolute difference of the second nearest; the larger, the surer the coin.",
    ],
  };
}
