/** Vasicek's beta: each coin's own estimate, drawn to the pooled constant the more, the less exact it is. */

import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { checkInteger } from "../check.js";
import { betaOffset, rowAt } from "../panel/panel.js";
import { rollingOls } from "../stats/rolling-ols.js";
import type { BetaPath, Panel } from "../types.js";
import { pooledBeta } from "./pooled.js";
import type { ExpandingOptions } from "./regression-betas.js";
import { firstRow, wantedDates } from "./rows.js";

/** Sample and prior of Vasicek's beta. */
export interface VasicekOptions extends ExpandingOptions {
  /**
   * coins: normal with the pooled constant as mean and the covariance of the coins' estimates around it. own: the coin's
   * estimate from the dates before the window, with its covariance. "coins" by default.
   */
  readonly prior?: "coins" | "own";
  /** Periods in the window of a coin's estimate; all since `from` by default. The prior "own" needs it. */
  readonly lookback?: number;
  /** Multiplies the prior's covariance: 0 gives the prior's mean, Infinity the coin's own estimate. 1 by default. */
  readonly priorScale?: number;
}

/** Normal, of K betas. */
interface Normal {
  readonly mean: readonly number[];
  readonly covariance: Matrix;
}

/**
 * Posterior mean p + B (B + V)^-1 (b - p) of the betas of a coin, with posterior standard deviations as standard errors.
 *
 * b and V are the coin's no-intercept least squares and its classical covariance, p and B mean and covariance of the prior;
 * with one market, the mean of b and p weighted by 1 / V and 1 / B. As in the original, B is the raw spread of the estimates,
 * (sum of (b_i - p)(b_i - p)') / (N - 1), sampling errors included: it draws too little rather than too much. With fewer than
 * two coins there is no spread, and b stands.
 *
 * The beta at t uses the dates from `from` through t - 1.
 *
 * @param panel log returns, decimals per period; rows with a missing return are left out
 * @returns [T x N x K] betas; NaN until a coin has `minObs` rows, K + 1 by default, as V needs a degree of freedom; with the
 * prior "own" also until there are as many before the window
 * @throws RangeError if `lookback` is missing for the prior "own" or below K + 1, or the markets are collinear
 * @example
 * // With no spread between the coins, the pooled constant is left.
 * vasicekBeta(dollar, { from: "2019-01", priorScale: 0 }).values.at(-1); // -4.0337
 * pooledBeta(dollar, { from: "2019-01" }).values.at(-1); // -4.0337
 * @see Vasicek (1973), A note on using cross-sectional information in Bayesian estimation of security betas
 */
export function vasicekBeta(panel: Panel, options: VasicekOptions): BetaPath {
  const where = "vasicekBeta";
  const { dates, coins, markets } = panel;
  const [T, N, K] = [dates.length, coins.length, markets.length];
  const { from, prior = "coins", lookback = Infinity, priorScale = 1 } = options;
  const { minObs = K + 1 } = options;
  checkInteger(where, "minObs", minObs, K + 1);
  if (lookback !== Infinity) checkInteger(where, "lookback", lookback, minObs);
  else if (prior === "own")
    throw new RangeError(
      `${where}: lookback must be given for the prior own, which is of the dates before the window; name a lookback`,
    );
  if (!(priorScale >= 0))
    throw new RangeError(`${where}: priorScale must be at least 0, got ${priorScale}`);
  const start = firstRow(where, panel, from);
  const pooled = pooledBeta(panel, { from }).values;
  const values = new Float64Array(T * N * K).fill(NaN);
  const standardErrors = values.slice();
  const estimates = ownEstimates(panel, start, { lookback, minObs });
  const earlier =
    prior === "own" ? ownEstimates(panel, start, { lookback: Infinity, minObs }) : undefined;
  const isWanted = wantedDates(panel, options);
  for (let t = start + 1; t < T; t++) {
    if (!isWanted(t)) continue;
    const own = estimates(t);
    const before = earlier?.(Math.max(start, t - lookback));
    const around = acrossCoins(own, rowAt(pooled, N * K, t).subarray(0, K));
    own.forEach((estimate, i) => {
      const belief = before ? before[i] : around;
      if (!estimate || (before && !belief)) return;
      const { mean, covariance } = posterior(estimate, belief, priorScale);
      const at = betaOffset(panel, t, i, 0);
      values.set(mean, at);
      standardErrors.set(covariance.diagonal().map(Math.sqrt), at);
    });
  }
  return { dates, coins, markets, values, standardErrors, kind: "walkForward" };
}

/** Least squares of each coin over the window of the last dates, by the date before which it is known. */
function ownEstimates(
  panel: Panel,
  start: number,
  { lookback, minObs }: { readonly lookback: number; readonly minObs: number },
): (t: number) => (Normal | undefined)[] {
  const { dates, coins, markets, coinLogReturns, marketLogReturns } = panel;
  const [N, K] = [coins.length, markets.length];
  const rows = dates.length - start;
  const { coefficients, covariances } = rollingOls(
    marketLogReturns.subarray(start * K),
    coinLogReturns.subarray(start * N),
    {
      lookback: lookback === Infinity ? Math.max(rows, minObs) : lookback,
      minObs,
      intercept: false,
      dependents: N,
      covariance: "classical",
      covariances: true,
    },
  );
  return (t) =>
    coins.map((_, i) => {
      const at = betaOffset(panel, t - 1 - start, i, 0);
      const mean = Array.from(coefficients.subarray(at, at + K));
      // Too few complete rows, or collinear ones.
      if (at < 0 || Number.isNaN(mean[0])) return undefined;
      const covariance = Array.from(covariances!.subarray(at * K, (at + K) * K));
      return { mean, covariance: Matrix.from1DArray(K, K, covariance) };
    });
}

/** One prior for all coins: around the pooled constant, as wide as the estimates are apart; none for a coin alone. */
function acrossCoins(
  estimates: readonly (Normal | undefined)[],
  pooled: ArrayLike<number>,
): Normal | undefined {
  const mean = Array.from(pooled);
  const known = estimates.filter((estimate) => estimate !== undefined);
  if (known.length < 2) return undefined;
  const covariance = Matrix.zeros(mean.length, mean.length);
  for (const estimate of known) {
    const apart = Matrix.columnVector(mean.map((p, k) => estimate.mean[k]! - p));
    covariance.add(apart.mmul(apart.transpose()));
  }
  covariance.div(known.length - 1);
  return { mean, covariance };
}

/** Of a normal estimate under a normal prior, whose covariance may be singular. */
function posterior(estimate: Normal, prior: Normal | undefined, scale: number): Normal {
  const V = estimate.covariance;
  // A boundless prior says nothing, and a perfect fit needs none.
  if (!prior || scale === Infinity || V.trace() === 0) return estimate;
  const B = Matrix.mul(prior.covariance, scale);
  const cholesky = new CholeskyDecomposition(Matrix.add(B, V));
  const gain = cholesky.solve(B).transpose();
  const apart = prior.mean.map((p, k) => estimate.mean[k]! - p);
  const drawn = gain.mmul(Matrix.columnVector(apart)).to1DArray();
  return {
    mean: prior.mean.map((p, k) => p + drawn[k]!),
    covariance: gain.mmul(V),
  };
}
