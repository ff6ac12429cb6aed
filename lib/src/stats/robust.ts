/** Location and scale that a few wild values cannot move. */

import { quantile } from "./quantile.js";

/**
 * Median: the middle value, or the mean of the two middle ones.
 *
 * @returns NaN for an empty sample, or if a value is NaN
 * @example
 * median([1, 100, 2]); // 2
 */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  // NaN is sorted to the end.
  return Number.isNaN(sorted.at(-1)) ? Number.NaN : quantile(sorted, 0.5);
}

/** 1 / (the normal's upper quartile): makes the median absolute deviation estimate a normal's standard deviation. */
export const NORMAL_MAD = 1.482602218505602;

/**
 * Robust standard deviation, 1.4826 median(|x - median(x)|): that of a normal sample, and unmoved by up to half of the values.
 *
 * @returns NaN for an empty sample, or if a value is NaN; 0 if more than half of the values are equal
 * @example
 * robustScale([-1, 0, 1, 1000]); // 1.482602218505602
 * @see Hampel (1974), The influence curve and its role in robust estimation
 */
export function robustScale(values: ArrayLike<number>): number {
  const center = median(values);
  return NORMAL_MAD * median(Float64Array.from(values, (value) => Math.abs(value - center)));
}
