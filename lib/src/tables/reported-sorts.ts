import type { ReportedSort } from "../report/reported-sorts.js";
import type { Table } from "./table.js";

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
    columns: [
      { key: "date", head: "Date" },
      { key: "market", head: "Market" },
      { key: "quantile", head: "Quartile", decimals: 0 },
      { key: "meanBeta", head: "Mean β", decimals: 4 },
      { key: "excessReturn", head: "Excess", decimals: 4 },
      { key: "coin", head: "Coin" },
      { key: "coinExcess", head: "Coin's excess", decimals: 4 },
      { key: "difference", head: "|difference|", decimals: 4 },
      { key: "nextDifference", head: "next coin", decimals: 4 },
      { key: "ourCoins", head: "Ours" },
      { key: "ourMeanBeta", head: "Mean β", decimals: 4 },
      { key: "ourExcessReturn", head: "Excess", decimals: 4 },
    ],
    rows: matches.map((match) => [
      match.date,
      match.market,
      match.quantile,
      match.meanBeta,
      match.excessReturn,
      match.coin,
      match.coinExcess,
      match.difference,
      match.nextDifference,
      match.ourCoins.join("+"),
      match.ourMeanBeta,
      match.ourExcessReturn,
    ]),
    notes: [
      "The report does not name the coins. next coin: the absolute difference of the second nearest; the larger, the surer the coin.",
    ],
  };
}
