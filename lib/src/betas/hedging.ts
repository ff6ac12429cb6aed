/** Hedging errors: what a beta leaves of a coin's return. */

import { checkSameAxis } from "../check.js";
import { inRange } from "../panel/calendar.js";
import { coinLives } from "../panel/lives.js";
import { rootMeanSquare } from "../stats/moments.js";
import type { BetaPath, DateRange, Panel } from "../types.js";

/**
 * Hedging errors r[i,t] - sum_k beta[i,k,t] f[k,t], with the market returns of t itself.
 *
 * @param panel log returns on the path's dates, coins and markets
 * @returns [T x N]; NaN where the path has no beta, or the coin no return
 * @throws RangeError if the path is fitted (it saw the returns it would be scored on), or its axes are not the panel's
 * @example
 * hedgingErrors(onePair([0.02], [0.01]), zeroBeta(onePair([0.02], [0.01]))); // [0.02]
 */
export function hedgingErrors(panel: Panel, path: BetaPath): Float64Array {
  if (path.kind !== "walkForward")
    throw new RangeError(
      `hedgingErrors: path must be walkForward, got ${path.kind}; a fitted beta saw the returns it would be scored on`,
    );
  for (const axis of ["dates", "coins", "markets"] as const)
    checkSameAxis("hedgingErrors", axis, {
      path: path[axis],
      panel: panel[axis],
    });
  const K = panel.markets.length;
  const N = panel.coins.length;
  return panel.coinLogReturns.map((coinReturn, at) => {
    let error = coinReturn;
    for (let k = 0; k < K; k++)
      error -= path.values[at * K + k]! * panel.marketLogReturns[Math.floor(at / N) * K + k]!;
    return error;
  });
}

/**
 * Hedging RMSE over the coin-dates of a date range, in log returns.
 *
 * Left out are dates on which a coin has no return, and those of a coin that begins after the panel until its first beta.
 *
 * @returns NaN if any other beta is missing within the range, or the range holds no return
 * @example
 * hedgingRmse(dollar, pooled, validation); // 0.2353
 */
export function hedgingRmse(panel: Panel, path: BetaPath, range: DateRange): number {
  const N = panel.coins.length;
  const errors = hedgingErrors(panel, path);
  const from = coinLives(panel).map(({ first }, i) => {
    let t = first;
    while (first > 0 && t < panel.dates.length && Number.isNaN(errors[t * N + i]!)) t++;
    return t;
  });
  return rootMeanSquare(
    errors.filter((_, at) => {
      const t = Math.floor(at / N);
      const there = t >= from[at % N]! && !Number.isNaN(panel.coinLogReturns[at]!);
      return there && inRange(panel.dates[t]!, range);
    }),
  );
}
