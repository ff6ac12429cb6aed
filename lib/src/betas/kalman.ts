/** Kalman beta: betas that walk at random, filtered. */

import { betaOffset, coinReturns, marketReturns, rowAt } from "../panel/panel.js";
import { beginsBlock } from "../panel/walk-forward.js";
import { normalQuantile } from "../stats/distributions.js";
import { rootMeanSquare } from "../stats/moments.js";
import {
  type RandomWalkEstimate,
  type RandomWalkFilter,
  randomWalkFilter,
  randomWalkVariances,
} from "../stats/random-walk.js";
import type { BetaPath, Panel } from "../types.js";
import type { FittedOptions } from "./estimator.js";
import type { IntervalOptions } from "./regression-betas.js";
import { blockRows, refuseCollinear } from "./rows.js";

/**
 * Betas of r[t] = sum_k beta[k,t] f[k,t] + e[t], beta[k,t+1] = beta[k,t] + u[k,t], per coin, predicted one date ahead, with
 * standard errors and 95 % intervals.
 *
 * The first betas are diffuse, exactly. The K + 1 variances are of greatest likelihood: frozen, on the fitting block; updated,
 * anew before every date, or before the first of every block of `refit`, on all returns since the fitting block's first date. The filter runs on with the returns through t - 1 either
 * way. Errors and intervals take the variances as known.
 *
 * @param panel log returns, decimals per period; over a missing return, betas walk on
 * @returns [T x N x K] betas; NaN through the end of the fitting block, and for a coin with fewer than 2K + 1 complete rows there
 * (updated: so far)
 * @throws RangeError if the fitting block holds no date, or the markets are collinear
 * @example
 * const kalman = kalmanBeta(dollar, { fit: inSample, update: "frozen" });
 * betaSeries(kalman, "BTC", "FIAT")[0]; // { date: "2022-01-31", beta: -3.5035, lower: -8.2058, upper: 1.1989 }
 * @see Durbin and Koopman (2012), Time Series Analysis by State Space Methods, sections 3.6 and 5.2
 */
export function kalmanBeta(panel: Panel, options: FittedOptions & IntervalOptions): BetaPath {
  const { fit, update, refit = "periodically", intervals = true } = options;
  const { dates, coins, markets } = panel;
  const [T, N, K] = [dates.length, coins.length, markets.length];
  const { first, after } = blockRows("kalmanBeta", panel, fit);
  // Markets in units of the fitting block, so that the filter can tell whether rows are collinear.
  const units = markets.map((market) => {
    const block = marketReturns(panel, market).subarray(first, after);
    return rootMeanSquare(block.filter(Number.isFinite)) || 1;
  });
  const x = panel.marketLogReturns.subarray(first * K).map((f, at) => f / units[at % K]!);
  const values = new Float64Array(T * N * K).fill(NaN);
  const standardErrors = values.slice();
  let enough = false;
  for (const [i, name] of coins.entries()) {
    const y = coinReturns(panel, name).subarray(first);
    let variances: RandomWalkEstimate | undefined;
    let filtered: RandomWalkFilter | undefined;
    for (let t = after; t < T; t++) {
      // Rows count from the block's first date; row t - first is predicted from those before it.
      const row = t - first;
      if (t === after || (update === "updated" && beginsBlock(dates, t, refit))) {
        const [markets, coin] = [x.subarray(0, row * K), y.subarray(0, row)];
        variances = randomWalkVariances(markets, coin, K);
        enough ||= variances.rows > 2 * K;
        // Variances that are updated before every date serve the next row only, others all that follow.
        const next = update === "updated" && refit === "periodically";
        const [f, r] = next ? [markets, coin] : [x, y];
        filtered = Number.isNaN(variances.observation)
          ? undefined
          : randomWalkFilter(f, r, { k: K, ...variances });
      }
      if (!filtered) continue;
      for (let k = 0; k < K; k++) {
        const at = betaOffset(panel, t, i, k);
        values[at] = rowAt(filtered.coefficients, K, row)[k]! / units[k]!;
        standardErrors[at] = rowAt(filtered.standardErrors, K, row)[k]! / units[k]!;
      }
    }
  }
  const path = { dates, coins, markets, values, kind: "walkForward" } as const;
  if (enough) refuseCollinear("kalmanBeta", path, fit.from);
  if (!intervals) return path;
  const width = normalQuantile(0.975);
  const bound = (sign: 1 | -1): Float64Array =>
    values.map((b, at) => b + sign * width * standardErrors[at]!);
  return {
    ...path,
    standardErrors,
    band: { interval: "kalman", lower: bound(-1), upper: bound(1) },
  };
}
