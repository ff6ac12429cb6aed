/** What the report calls the excess return of a portfolio. */

import { checkSameAxis } from "../check.js";
import { marketReturns, rowAt } from "../panel/panel.js";
import type { Panel } from "../types.js";
import type { PortfolioReturns } from "./returns.js";
import { exposure, type Portfolio } from "./weights.js";

/** Portfolios of the report's sort: its four coins make four "quartiles" of one coin each. */
export const REPORT_QUANTILES = 4;

/**
 * Returns by the report's definition: sum_i w[i,t] (r[i,t] - f[t]), the coin's log return minus that of the market it was
 * sorted on.
 *
 * It is no return that somebody could have earned over a riskless one: the market is not riskless, log returns do not add up
 * over coins, and the same coin has another "excess return" in each market's sort. It is here to be set beside the
 * report's rows. In a long-short portfolio the market cancels.
 *
 * @param panel log returns on the portfolio's dates and coins
 * @returns excess returns in logs; turnover, net returns and growth NaN, for nothing is held
 * @throws RangeError if the axes differ, or the panel has no such market
 * @example
 * const quartiles = quantilePortfolios(betaSort(dollar, path, { market: "FIAT", quantiles: 4, fewest: 1 }));
 * const { dates, excessReturns } = reportReturns(dollar, quartiles[0]!, "FIAT");
 * excessReturns[dates.indexOf("2023-01-31")]; // 0.3023: ETH in January 2023, 0.3032 in the report
 * @see report, Step 9
 */
export function reportReturns(
  panel: Panel,
  portfolio: Portfolio,
  market: string,
): PortfolioReturns {
  const { name, dates, coins, weights, betas } = portfolio;
  for (const axis of ["dates", "coins"] as const)
    checkSameAxis("reportReturns", axis, {
      portfolio: portfolio[axis],
      panel: panel[axis],
    });
  const over = excessOverMarket(panel, market);
  const nothing = new Float64Array(dates.length).fill(Number.NaN);
  return {
    name,
    dates,
    betas,
    excessReturns: Float64Array.from(dates, (_, t) =>
      exposure(rowAt(weights, coins.length, t), rowAt(over, coins.length, t)),
    ),
    turnover: nothing,
    netReturns: nothing,
    growth: nothing,
  };
}

/**
 * Log return of every coin minus that of a market [T x N].
 *
 * @throws RangeError if the panel has no such market
 * @example
 * excessOverMarket(onePair([0.05, -0.02], [0.01, 0.01]), "MARKET"); // [0.04, -0.03]
 */
export function excessOverMarket(panel: Panel, market: string): Float64Array {
  const { coins, coinLogReturns } = panel;
  const f = marketReturns(panel, market);
  return coinLogReturns.map((r, at) => r - f[Math.floor(at / coins.length)]!);
}
