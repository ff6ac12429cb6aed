/** What portfolios earn, what their trading costs, and what becomes of one unit of wealth. */

import { checkSameAxis, checkSameLength } from "../check.js";
import { rowAt } from "../panel/panel.js";
import { simpleReturns } from "../panel/returns.js";
import type { Panel } from "../types.js";
import { exposure, type Portfolio } from "./weights.js";

/** What trading costs. */
export interface PortfolioOptions {
  /** Risk-free simple returns on the same dates [T]. */
  readonly riskFree: ArrayLike<number>;
  /** Cost of a trade as a share of what is bought or sold, for example 0.002 for 20 basis points; 0 is free trading. */
  readonly cost: number;
}

/** Returns of one portfolio; NaN on dates without a sort, and where the return of a coin that is held is missing. */
export interface PortfolioReturns {
  readonly name: string;
  readonly dates: readonly string[];
  /** Beta on the sort's market, known before the date [T]. */
  readonly betas: Float64Array;
  /** Simple returns over the risk-free return, before costs [T]. */
  readonly excessReturns: Float64Array;
  /** Sum of what was bought and what was sold just before the date, as a share of wealth [T]. */
  readonly turnover: Float64Array;
  /** excessReturns - cost * turnover [T] */
  readonly netReturns: Float64Array;
  /** One unit of wealth after the date, before costs: 1 + riskFree + excessReturns [T]. */
  readonly growth: Float64Array;
}

/**
 * Returns of a portfolio: e_t = sum_i w[i,t] (R[i,t] - RF_t) with simple returns R = exp(r) - 1.
 *
 * What is not in coins is in bills, so that this is the excess return whatever the weights sum to. The weights of t-1 drift
 * to w[i,t-1] (1 + R[i,t-1]) / (1 + RF_t-1 + e_t-1) before they are traded to those of t; the turnover is the sum of the
 * absolute changes. The first portfolio, one after a gap, and one after a loss of everything are bought from cash. Short
 * positions cost no fee beyond the trade.
 *
 * @param panel log returns on the portfolio's dates and coins
 * @throws RangeError if the axes differ, or cost is below 0 or missing
 * @example
 * const { riskFree } = factorsOn(factors, dollar);
 * const { turnover } = portfolioReturns(dollar, longShortPortfolio(sort), { riskFree, cost: 0.002 });
 * turnover[0]; // 2: the first portfolio is bought from cash
 * @see DeMiguel, Garlappi and Uppal (2009), Optimal versus naive diversification, for turnover
 */
export function portfolioReturns(
  panel: Panel,
  portfolio: Portfolio,
  { riskFree, cost }: PortfolioOptions,
): PortfolioReturns {
  const { name, dates, coins, weights, betas } = portfolio;
  for (const axis of ["dates", "coins"] as const)
    checkSameAxis("portfolioReturns", axis, {
      portfolio: portfolio[axis],
      panel: panel[axis],
    });
  checkSameLength("portfolioReturns", { dates, riskFree });
  if (!(cost >= 0))
    throw new RangeError(
      `portfolioReturns: cost must be a share of at least 0, got ${cost}; 0.002 is 20 basis points`,
    );
  const N = coins.length;
  const simple = simpleReturns(panel.coinLogReturns);
  const excessReturns = Float64Array.from(dates, (_, t) => {
    const over = rowAt(simple, N, t).map((r) => r - riskFree[t]!);
    return exposure(rowAt(weights, N, t), over);
  });
  const growth = excessReturns.map((e, t) => 1 + riskFree[t]! + e);
  const turnover = growth.map((_, t) => {
    const before = growth[t - 1] ?? Number.NaN;
    let sum = 0;
    for (let at = t * N; at < (t + 1) * N; at++) {
      // A coin that was not held may have no return.
      const held = before > 0 && weights[at - N] !== 0;
      const drifted = held ? (weights[at - N]! * (1 + simple[at - N]!)) / before : 0;
      sum += Math.abs(weights[at]! - drifted);
    }
    return sum;
  });
  return {
    name,
    dates,
    betas,
    excessReturns,
    turnover,
    netReturns: excessReturns.map((e, t) => e - cost * turnover[t]!),
    growth,
  };
}
