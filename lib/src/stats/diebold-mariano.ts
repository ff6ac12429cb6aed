/** Whether two forecasts are equally good, by their losses. */

import { checkFinite, checkInteger, checkSameLength } from "../check.js";
import { twoSidedP } from "./distributions.js";
import { longRunVariance } from "./long-run-variance.js";
import { mean } from "./moments.js";

/** Horizon and variance of Diebold and Mariano's test. */
export interface DieboldMarianoOptions {
  /** Periods ahead of the forecasts, h; 1 for hedging errors. */
  readonly horizon: number;
  /** Autocovariances of the long-run variance: in full (`acf`) or with Bartlett weights (`bartlett`). */
  readonly variance: "acf" | "bartlett";
  /** Their last lag: h - 1 by default, the test as published; more where losses may be serially dependent beyond. */
  readonly lags?: number;
}

/** Result of Diebold and Mariano's test. */
export interface DieboldMariano {
  /** Mean loss differential: below 0 where the first forecast is better. */
  readonly mean: number;
  readonly statistic: number;
  /** Two-sided, Student t with n - 1 degrees of freedom. */
  readonly pValue: number;
  /** The horizon of the test: 1 after the fallback. */
  readonly horizon: number;
}

/** Share of the largest loss within which differences are rounding, if all are. */
const ROUNDING = 1e-12;

/**
 * Loss differential lossA - lossB: below 0 where the first forecast is better.
 *
 * @returns [n]; NaN where a loss is missing; 0 throughout for losses that are the same but for rounding, as those of one beta
 * computed in two ways
 * @throws RangeError if the lengths differ
 * @example
 * lossDifferential([4, 1], [1, 1]); // [3, 0]
 */
export function lossDifferential(lossA: ArrayLike<number>, lossB: ArrayLike<number>): Float64Array {
  checkSameLength("lossDifferential", { lossA, lossB });
  const differential = Float64Array.from(lossA, (loss, t) => loss - lossB[t]!);
  let largest = 0;
  for (let t = 0; t < lossA.length; t++) largest = Math.max(largest, lossA[t]!, lossB[t]!);
  const same = differential.every((d) => Math.abs(d) <= ROUNDING * largest);
  return same ? differential.fill(0) : differential;
}

/**
 * Diebold-Mariano test of equal expected loss, with the correction of Harvey, Leybourne and Newbold:
 * mean / sqrt(v / n) sqrt((n + 1 - 2h + h (h - 1) / n) / n), v the long-run variance.
 *
 * The sum `acf` can be negative beyond lag 0; then the test is made as at h = 1, and the result says so. Not meant for
 * nested models, whose differential vanishes under the null: see `clarkWest`.
 *
 * @param differential from `lossDifferential`, averaged over coins by month, in order of time [n]
 * @returns NaN statistic and p-value where the differential does not vary, as between a forecast and itself
 * @throws RangeError if the horizon is not an integer from 1 to n - 1, lags not one of at least 0, or a value is missing
 * @example
 * dieboldMariano([0.3, 0.1, 0.2, 0.4], { horizon: 1, variance: "acf" });
 * // { mean: 0.25, statistic: 3.8730, pValue: 0.0305, horizon: 1 }
 * @see Diebold and Mariano (1995), JBES 13; Harvey, Leybourne and Newbold (1997), International Journal of Forecasting 13
 */
export function dieboldMariano(
  differential: ArrayLike<number>,
  { horizon, variance, lags = horizon - 1 }: DieboldMarianoOptions,
): DieboldMariano {
  const n = differential.length;
  checkInteger("dieboldMariano", "horizon", horizon, 1);
  if (horizon >= n)
    throw new RangeError(
      `dieboldMariano: horizon must be below the ${n} values of the differential, got ${horizon}; lengthen the sample`,
    );
  checkInteger("dieboldMariano", "lags", lags, 0);
  checkFinite("dieboldMariano", "differential", differential);
  const v = longRunVariance(differential, lags, variance);
  if (!(v > 0) && lags > 0) return dieboldMariano(differential, { horizon: 1, variance });
  const average = mean(differential);
  const correction = (n + 1 - 2 * horizon + (horizon * (horizon - 1)) / n) / n;
  const statistic = v > 0 ? average * Math.sqrt((n / v) * correction) : Number.NaN;
  return {
    mean: average,
    statistic,
    pValue: twoSidedP(statistic, n - 1),
    horizon,
  };
}
