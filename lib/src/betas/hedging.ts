/** Hedging errors: what a beta leaves of a coin's return. */

import { checkSameAxis } from "../check.js";
import { inRange } from "../panel/calendar.js";
import { rootMeanSquare } from "../stats/moments.js";
import type { BetaPath, DateRange, Panel } from "../types.js";

/**
 * Hedging errors r[i,t] - sum_k beta[i,k,t] f[k,t], with the market returns of t itself.
 *
 * @param panel log returns on the path's dates, coins and markets
 * @returns [T x N]; NaN where the path has no beta
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
 * Hedging RMSE over the coin-months of a date range, in log returns.
 *
 * @returns NaN if a beta is missing within the range, or the range holds no date
 * @example
 * hedgingRmse(dollar, pooled, validation); // 0.2353
 */
export function hedgingRmse(panel: Panel, path: BetaPath, range: DateRange): number {
  const N = panel.coins.length;
  return rootMeanSquare(
    hedgingErrors(panel, path).filter((_, at) => inRange(panel.dates[Math.floor(at / N)]!, range)),
  );
}
