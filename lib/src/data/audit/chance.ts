/** How far chance goes: thresholds that follow from the length of a series and an accepted rate of false findings. */

import { normalQuantile, studentTQuantile } from "../../stats/distributions.js";
import { NORMAL_MAD } from "../../stats/robust.js";

/** Degrees of freedom of the returns that are taken for ordinary: kurtosis is infinite, as tails of asset returns have it. */
const TAILS = 4;

/**
 * Distance from the median, in robust standard deviations, beyond which the largest of n returns lies with a chance of at
 * most `falseAlarms` if they are Student t with 4 degrees of freedom.
 *
 * @example
 * outlierBound(83, 0.01); // 13.5013674
 * @see Praetz (1972), The distribution of share price changes
 */
export function outlierBound(n: number, falseAlarms: number): number {
  const robustScale = NORMAL_MAD * studentTQuantile(0.75, TAILS);
  return -studentTQuantile(falseAlarms / (2 * n), TAILS) / robustScale;
}

/**
 * Shortest run of events that n trials hold with a chance of at most `falseAlarms`: n rate^k <= falseAlarms.
 *
 * @param rate chance of the event in one trial, below 1
 * @example
 * runBound(83, 1 / 84, 0.01); // 3
 */
export function runBound(n: number, rate: number, falseAlarms: number): number {
  return Math.max(1, Math.ceil(Math.log(falseAlarms / n) / Math.log(rate)));
}

/** What a standard normal value exceeds with a chance of `falseAlarms`: for statistics that are normal in large samples. */
export function normalBound(falseAlarms: number): number {
  return normalQuantile(1 - falseAlarms);
}
