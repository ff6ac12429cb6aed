/** Standard error of a statistic from its values with one observation left out at a time. */

import { mean } from "./moments.js";

/**
 * Jackknife standard error, sqrt((m - 1) / m sum (value_(-s) - mean)^2).
 *
 * @param values of the statistic without each of the m observations in turn
 * @returns NaN for fewer than two
 * @example
 * jackknifeError([1.5, 2, 2.5]); // 0.5774: of the mean of 3, 2 and 1
 * @see Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 11
 */
export function jackknifeError(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(((values.length - 1) / values.length) * squares);
}
