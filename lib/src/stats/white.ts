/** White's covariance of regression coefficients: right under heteroskedastic errors. */

import type { Regression } from "./ols.js";

/** What is done to residuals, which are smaller than errors: nothing; n / (n - k); by 1 - h; by its square. */
export type WhiteKind = "HC0" | "HC1" | "HC2" | "HC3";

/** Leverages nearer to 1 than this leave a residual of rounding errors only. */
export const NEAR = 1e-10;

/**
 * (X'X)^-1 X' diag(w_i e_i^2) X (X'X)^-1 with w_i of 1, n / (n - k), 1 / (1 - h_i) or 1 / (1 - h_i)^2, h_i the leverage.
 *
 * @returns [k x k]; NaN where the regression is, where n = k, and for HC2 and HC3 where an observation has leverage 1, so
 * that its error leaves no trace in the residuals
 * @example
 * const fit = regression([1, 2], [1, 3], { intercept: false });
 * whiteCovariance(fit, "HC0"); // [0.0128]
 * @see White (1980); MacKinnon and White (1985); Long and Ervin (2000), who advise HC3 for n below 250
 */
export function whiteCovariance(fit: Regression, kind: WhiteKind): Float64Array {
  const { n, k, degreesOfFreedom, x, pseudoInverse, residuals } = fit;
  const covariance = new Float64Array(k * k);
  for (let t = 0; t < n; t++) {
    let room = 1;
    for (let j = 0; j < k; j++) room -= pseudoInverse[t * k + j]! * x[t * k + j]!;
    if (!(room > NEAR)) room = NaN;
    let weighted = residuals[t]! ** 2;
    if (kind === "HC1") weighted *= n / degreesOfFreedom;
    if (kind === "HC2") weighted /= room;
    if (kind === "HC3") weighted /= room ** 2;
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++)
        covariance[i * k + j]! += weighted * pseudoInverse[t * k + i]! * pseudoInverse[t * k + j]!;
  }
  return degreesOfFreedom > 0 ? covariance : covariance.fill(NaN);
}
