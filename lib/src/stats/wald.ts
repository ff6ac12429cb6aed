/** Whether several coefficients of a regression are all zero. */

import { checkSameLength } from "../check.js";
import { fSurvival } from "./distributions.js";
import type { Regression } from "./ols.js";
import { scaledQr } from "./qr.js";

/** Result of a Wald test. */
export interface WaldTest {
  /** b' V^-1 b / q for the q coefficients b with covariance V. */
  readonly statistic: number;
  /** By the F distribution with q and n - k degrees of freedom. */
  readonly pValue: number;
}

/**
 * Wald test, as an F statistic, that some coefficients are all zero; of one coefficient it is its t squared.
 *
 * @param covariance [k x k], classical, or by `whiteCovariance` or `neweyWestCovariance`
 * @param tested positions of the coefficients, the intercept being 0
 * @returns NaN where the covariance is, or is singular
 * @throws RangeError if the covariance is not k x k, or nothing is tested
 * @example
 * const x = [0, 1, 2, 3, 4, 5];
 * const fit = regression(x, [1, 3, 5, 8, 9, 10], { intercept: true });
 * waldTest(fit, fit.covariance, [1]); // { statistic: 140.5161, pValue: 0.0003 }
 * inference(fit, fit.covariance, 0.95).tStats[1]! ** 2; // 140.5161
 * @see tested against statsmodels' f_test with its HAC covariance
 */
export function waldTest(
  { coefficients, degreesOfFreedom, k }: Regression,
  covariance: ArrayLike<number>,
  tested: readonly number[],
): WaldTest {
  checkSameLength("waldTest", { covariance, "k x k": { length: k ** 2 } });
  const q = tested.length;
  if (q === 0 || tested.some((j) => !(Number.isInteger(j) && j >= 0 && j < k)))
    throw new RangeError(
      `waldTest: tested must be positions of the ${k} coefficients, 0 to ${k - 1}, got ${q === 0 ? "none" : tested.join(", ")}; name those to be tested`,
    );
  const V = tested.flatMap((i) => tested.map((j) => covariance[i * k + j]!));
  const b = tested.map((j) => coefficients[j]!);
  const scaled = scaledQr(V, q, q);
  if (!scaled) return { statistic: NaN, pValue: NaN };
  const solved = scaled.solve(b);
  const distance = b.reduce((sum, v, i) => sum + (v * solved[i]!) / scaled.lengths[i]!, 0);
  const statistic = distance / q;
  return {
    statistic,
    pValue: fSurvival(statistic, q, degreesOfFreedom),
  };
}
