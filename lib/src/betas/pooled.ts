/** The pooled constant, the second null: one beta per market for all coins. */

import { checkInteger } from "../check.js";
import { recursiveOls } from "../stats/recursive-ols.js";
import type { BetaPath, Panel } from "../types.js";
import type { ExpandingOptions } from "./regression-betas.js";
import { firstRow, refuseCollinear, wantedDates } from "./rows.js";

/**
 * Pooled constant: least squares without intercept, (F'F)^-1 F'r, stacked over coins.
 *
 * The beta at t uses the dates from `from` through t - 1. Frozen after a block it is `heldBeta(pooledBeta(...), block)`.
 *
 * @param panel log returns, decimals per period; rows with a missing return are left out
 * @returns [T x N x K] betas, the same for all coins; NaN until there are `minObs` rows, and outside `dates`
 * @throws RangeError if the markets are collinear
 * @example
 * pooledBeta(onePair([0.02, -0.04, 0.01], [0.01, -0.02, 0.03]), { from: "2000-01" }).values; // [NaN, 2, 2]
 */
export function pooledBeta(panel: Panel, options: ExpandingOptions): BetaPath {
  const { dates, coins, markets, coinLogReturns, marketLogReturns } = panel;
  const [N, K] = [coins.length, markets.length];
  const { from, minObs = K } = options;
  checkInteger("pooledBeta", "minObs", minObs, K);
  const ols = recursiveOls(K);
  const scaled = new Float64Array(K);
  let rows = 0;
  /** The rows of a date share their markets: n of them count as one that is sqrt(n) times as long. */
  const add = (t: number) => {
    let n = 0;
    let sum = 0;
    for (let at = t * N; at < (t + 1) * N; at++)
      if (Number.isFinite(coinLogReturns[at])) {
        n++;
        sum += coinLogReturns[at]!;
      }
    if (n === 0) return;
    const length = Math.sqrt(n);
    for (let k = 0; k < K; k++) scaled[k] = marketLogReturns[t * K + k]! * length;
    if (!scaled.every(Number.isFinite)) return;
    rows += n;
    ols.add(scaled, sum / length);
  };
  const isWanted = wantedDates(panel, options);
  let seen = firstRow("pooledBeta", panel, from);
  const values = new Float64Array(dates.length * N * K).fill(NaN);
  for (let t = seen; t < dates.length; t++) {
    if (!isWanted(t)) continue;
    for (; seen < t; seen++) add(seen);
    if (rows < minObs) continue;
    const beta = ols.coefficients();
    for (let at = t * N * K; at < (t + 1) * N * K; at += K) values.set(beta, at);
  }
  // Whether markets are collinear is asked of all rows, whatever dates are wanted.
  for (; seen < dates.length - 1; seen++) add(seen);
  const last = Float64Array.from(ols.coefficients());
  if (rows >= minObs) refuseCollinear("pooledBeta", { dates, markets, values: last }, from);
  return { dates, coins, markets, values, kind: "walkForward" };
}
