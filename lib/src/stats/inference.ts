/** What a regression says of its coefficients, given a covariance of them. */

import { checkSameLength } from "../check.js";
import { studentTQuantile, twoSidedP } from "./distributions.js";
import type { Regression } from "./ols.js";

/** Coefficients with their standard errors, tests and intervals; all [k]. */
export interface Inference {
  readonly coefficients: readonly number[];
  readonly standardErrors: readonly number[];
  readonly tStats: readonly number[];
  /** Two-sided, of coefficient = 0, by Student's t. */
  readonly pValues: readonly number[];
  /** Ends of the confidence intervals. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** n - k, of the t distribution. */
  readonly degreesOfFreedom: number;
}

/**
 * Standard errors, t-statistics, p-values and confidence intervals of the coefficients, with t(n - k).
 *
 * @param covariance [k x k], classical, or by `whiteCovariance` or `neweyWestCovariance`
 * @param level of the intervals, 0.95 for 95 %
 * @returns NaN where the covariance is; a perfect fit has standard error 0 and no t
 * @throws RangeError if the covariance is not k x k
 * @example
 * const fit = regression([0, 1, 2, 3], [1, 3, 5, 8], { intercept: true });
 * inference(fit, fit.covariance, 0.95).tStats; // [2.4689, 13.2791]
 */
export function inference(
  { coefficients, degreesOfFreedom, k }: Regression,
  covariance: ArrayLike<number>,
  level: number,
): Inference {
  checkSameLength("inference", {
    covariance,
    "k x k": { length: k ** 2 },
  });
  const standardErrors = coefficients.map((_, j) => Math.sqrt(covariance[j * (k + 1)] as number));
  const tStats = coefficients.map((b, j) =>
    standardErrors[j] === 0 ? NaN : b / standardErrors[j]!,
  );
  const df = degreesOfFreedom > 0 ? degreesOfFreedom : NaN;
  const width = studentTQuantile((1 + level) / 2, df);
  return {
    coefficients,
    standardErrors,
    tStats,
    pValues: tStats.map((t) => twoSidedP(t, df)),
    lower: coefficients.map((b, j) => b - width * standardErrors[j]!),
    upper: coefficients.map((b, j) => b + width * standardErrors[j]!),
    degreesOfFreedom,
  };
}
