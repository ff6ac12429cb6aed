/** Newey and West's covariance of regression coefficients: right under heteroskedastic and autocorrelated errors. */

import { inverse, Matrix } from "ml-matrix";
import { checkInteger } from "../check.js";
import { leastSquares, type Regression } from "./ols.js";

/** Lags, prewhitening and adjustment of Newey and West's covariance. */
export interface NeweyWestOptions {
  /** Autocovariances that count; `neweyWestLags(n)` by default. "automatic" chooses by the data (1994). */
  readonly lags?: number | "automatic";
  /** Whether a vector autoregression of order 1 is taken out first and put back after; false by default. */
  readonly prewhiten?: boolean;
  /** Whether the covariance is multiplied by n / (n - k); true by default. */
  readonly adjust?: boolean;
}

/**
 * The usual lag of Newey and West's 1987 estimator, floor(4 (n / 100)^(2/9)): 3 for 83 months, 4 for 100 to 272.
 *
 * @throws RangeError if n is not an integer of at least 1
 * @example
 * neweyWestLags(83); // 3
 */
export function neweyWestLags(n: number): number {
  checkInteger("neweyWestLags", "n", n, 1);
  return Math.floor(lagScale(4, n));
}

/**
 * (X'X)^-1 S (X'X)^-1, S = G_0 + sum over l = 1 ... lags of (1 - l / (lags + 1)) (G_l + G_l'), G_l = sum_t e_t e_t-l x_t x_t-l'.
 *
 * Without gaps: observations have to be in order of time, one period apart.
 *
 * @returns [k x k], positive semi-definite; NaN where the regression is, and where n = k
 * @throws RangeError if lags is not an integer from 0 to n - 1
 * @example
 * const fit = regression([1, 2, 1, 2], [1, 3, 2, 3], { intercept: false });
 * neweyWestCovariance(fit, { lags: 1 }); // [0.0067]
 * @see Newey and West (1987); Newey and West (1994) for "automatic"; Andrews and Monahan (1992) for prewhitening; numbers as in
 * R's sandwich::NeweyWest, whose defaults are automatic lags, prewhitening, no n / (n - k)
 */
export function neweyWestCovariance(fit: Regression, options: NeweyWestOptions = {}): Float64Array {
  const { n, k, degreesOfFreedom, pseudoInverse, residuals } = fit;
  const { lags, prewhiten = false, adjust = true } = options;
  if (typeof lags === "number") checkLags(lags, n);
  if (Number.isNaN(fit.sigma)) return new Float64Array(k * k).fill(NaN);
  // No errors, nothing to prewhiten.
  if (fit.sigma === 0) return new Float64Array(k * k);
  // (X'X)^-1 x_t e_t: the estimator is the long-run variance of these sums. Prewhitening commutes with (X'X)^-1.
  const parts = pseudoInverse.map((v, at) => v * residuals[Math.floor(at / k)]!);
  const { innovations, recolour } = prewhiten
    ? prewhitened(parts, k)
    : { innovations: parts, recolour: Matrix.eye(k) };
  const used =
    lags === "automatic" ? neweyWestAutomaticLags(fit, { prewhiten }) : (lags ?? neweyWestLags(n));
  const factor = adjust ? n / degreesOfFreedom : 1;
  return Float64Array.from(
    recolour
      .mmul(longRunSum(innovations, k, used))
      .mmul(recolour.transpose())
      .mul(factor)
      .to1DArray(),
  );
}

/**
 * Newey and West's automatic lag: floor(1.1447 (n (s1 / s0)^2)^(1/3)), s_q the sum over l of |l|^q times autocovariance l.
 *
 * The autocovariances are of the sum over regressors, the intercept left out, of x_t e_t, up to lag floor(4 (n / 100)^(2/9)),
 * with 3 instead of 4 after prewhitening.
 *
 * @returns NaN where the regression's sigma is, or is 0
 * @example
 * const [x, y] = ["FIAT", "BTC"].map((name) => seriesOf(returnsOf(panel), name));
 * const fit = regression(x!, y!, { intercept: true });
 * neweyWestAutomaticLags(fit); // 2
 * @see Newey and West (1994), as in R's sandwich::bwNeweyWest
 */
export function neweyWestAutomaticLags(
  { n, k, intercept, x, residuals, sigma }: Regression,
  { prewhiten = false }: Pick<NeweyWestOptions, "prewhiten"> = {},
): number {
  if (!(sigma > 0)) return NaN;
  const scores = x.map((v, at) => v * residuals[Math.floor(at / k)]!);
  const { innovations } = prewhiten ? prewhitened(scores, k) : { innovations: scores };
  const first = intercept && k > 1 ? 1 : 0;
  const sums = Array.from({ length: innovations.length / k }, (_, t) =>
    innovations.subarray(t * k + first, (t + 1) * k).reduce((a, b) => a + b, 0),
  );
  let s0 = 0;
  let s1 = 0;
  const most = Math.floor(lagScale(prewhiten ? 3 : 4, n));
  for (let lag = 0; lag <= most; lag++) {
    const sum = sums.reduce((a, v, t) => (t < lag ? a : a + v * sums[t - lag]!), 0);
    s0 += lag === 0 ? sum : 2 * sum;
    s1 += 2 * lag * sum;
  }
  return Math.floor(1.1447 * Math.exp(Math.log(n * (s1 / s0) ** 2) / 3));
}

/** c (n / 100)^(2/9); the small addend keeps whole results whole, as 36 at n = 1,968,300. */
function lagScale(c: number, n: number): number {
  return c * Math.exp((2 / 9) * Math.log(n / 100)) + 1e-12 * c;
}

function checkLags(lags: number, n: number): void {
  checkInteger("neweyWestCovariance", "lags", lags, 0);
  if (lags >= n)
    throw new RangeError(
      `neweyWestCovariance: lags must be below the number of observations, ${n}, got ${lags}; take fewer lags`,
    );
}

/** Residuals of a least-squares fit of each row on the row before, u_t = A u_t-1 + v_t, and (I - A)^-1. */
function prewhitened(
  rows: Float64Array,
  k: number,
): { readonly innovations: Float64Array; readonly recolour: Matrix } {
  const n = rows.length / k;
  const before = rows.subarray(0, (n - 1) * k);
  const after = Matrix.from1DArray(n - 1, k, Array.from(rows.subarray(k)));
  const transition = new Matrix(
    Array.from({ length: k }, (_, j) => leastSquares(before, after.getColumn(j))),
  );
  const explained = Matrix.from1DArray(n - 1, k, Array.from(before)).mmul(transition.transpose());
  return {
    innovations: Float64Array.from(after.sub(explained).to1DArray()),
    recolour: inverse(Matrix.eye(k).sub(transition)),
  };
}

/** Sum over all pairs of dates of Bartlett's weight times the outer product of their rows [k x k]. */
function longRunSum(rows: Float64Array, k: number, lags: number): Matrix {
  const n = rows.length / k;
  const sum = new Float64Array(k * k);
  for (let lag = 0; lag <= Math.min(lags, n - 1); lag++) {
    const weight = lag === 0 ? 0.5 : 1 - lag / (lags + 1);
    for (let t = lag; t < n; t++)
      for (let i = 0; i < k; i++)
        for (let j = 0; j < k; j++)
          sum[i * k + j]! += weight * rows[t * k + i]! * rows[(t - lag) * k + j]!;
  }
  const half = Matrix.from1DArray(k, k, Array.from(sum));
  return Matrix.add(half, half.transpose());
}
