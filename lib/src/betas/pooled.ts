/** The pooled constant, the second null: one beta per market for all coins. */

import { inRange } from "../panel/calendar.js";
import { leastSquares } from "../stats/ols.js";
import {
  type BetaPath,
  betaPath,
  type DateRange,
  type Panel,
} from "../types.js";

/**
 * Frozen pooled constant: least squares without intercept, (F'F)^-1 F'r, stacked over coins.
 *
 * Uses the dates of the block `fit` and no others, and is an estimate for every date after it.
 *
 * @param panel log returns, decimals per period
 * @returns [T x N x K] betas; NaN until the block is over
 * @throws RangeError if the block holds no date, or the markets are collinear over it
 * @example
 * pooledBeta(onePair([0.02, -0.04, 0.01], [0.01, -0.02, 0.03]), { from: "2000-01", through: "2000-02" }).values; // [NaN, NaN, 2]
 */
export function pooledBeta(panel: Panel, fit: DateRange): BetaPath {
  const { dates, coins, markets, coinLogReturns, marketLogReturns } = panel;
  const N = coins.length;
  const K = markets.length;
  const y: number[] = [];
  const x: number[] = [];
  dates.forEach((date, t) => {
    if (!inRange(date, fit)) return;
    for (let i = 0; i < N; i++) {
      y.push(coinLogReturns[t * N + i]!);
      x.push(...marketLogReturns.subarray(t * K, (t + 1) * K));
    }
  });
  if (y.length === 0)
    throw new RangeError(
      `pooledBeta: the block ${fit.from} to ${fit.through} must hold a date of the panel, which has ${dates[0]} to ${dates.at(-1)}; move the block`,
    );
  const betas = leastSquares(x, y);
  const none = new Array<number>(K).fill(Number.NaN);
  return betaPath(panel, "walkForward", (_coin, t) =>
    dates[t]!.slice(0, fit.through.length) > fit.through ? betas : none,
  );
}
