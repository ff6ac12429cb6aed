/** Autocovariances, and the variance of a mean under dependence. */

import { mean } from "./moments.js";

/**
 * Autocovariances of lags 0 … lags: sum_t (x_t - mean)(x_{t+j} - mean) / n, over n at every lag.
 *
 * @returns [lags + 1]; 0 beyond lag n - 1; all NaN where a value is missing
 * @example
 * autocovariances([1, 2, 3], 1); // [0.6666666666666666, 0]
 */
export function autocovariances(values: ArrayLike<number>, lags: number): Float64Array {
  const center = mean(values);
  return Float64Array.from({ length: lags + 1 }, (_, lag) => autocovariance(values, center, lag));
}

function autocovariance(values: ArrayLike<number>, center: number, lag: number): number {
  const n = values.length;
  let sum = 0;
  for (let t = 0; t + lag < n; t++) sum += (values[t]! - center) * (values[t + lag]! - center);
  return sum / n;
}

/**
 * Long-run variance g_0 + 2 sum_j w_j g_j of the autocovariances g, over n: the variance of sqrt(n) times the mean.
 *
 * @param weights `acf`: all lags count in full, so that the sum can be negative; `bartlett`: w_j = 1 - j / (lags + 1), never negative
 * @returns exactly 0 where the values do not vary (`isConstant`); NaN where one is missing
 * @see Newey and West (1987), Econometrica 55, for the weights
 */
export function longRunVariance(
  values: ArrayLike<number>,
  lags: number,
  weights: "acf" | "bartlett",
): number {
  if (isConstant(values)) return 0;
  const center = mean(values);
  let sum = autocovariance(values, center, 0);
  for (let lag = 1; lag <= lags; lag++) {
    const weight = weights === "acf" ? 1 : 1 - lag / (lags + 1);
    sum += 2 * weight * autocovariance(values, center, lag);
  }
  return sum;
}

/** Whether the values differ by no more than rounding, 1e-12 of the largest; false where one is missing. */
export function isConstant(values: ArrayLike<number>): boolean {
  let [lowest, highest] = [Infinity, -Infinity];
  for (let t = 0; t < values.length; t++) {
    lowest = Math.min(lowest, values[t]!);
    highest = Math.max(highest, values[t]!);
  }
  const largest = Math.max(Math.abs(lowest), Math.abs(highest));
  return highest - lowest <= 1e-12 * largest;
}
