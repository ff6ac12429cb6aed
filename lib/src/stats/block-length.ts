/** How long the blocks of a bootstrap should be. */

import { checkFinite } from "../check.js";
import { autocovariances, isConstant } from "./long-run-variance.js";
import { mean } from "./moments.js";

/** Block lengths for the two kinds of resamples, not rounded. */
export interface BlockLengths {
  /** Mean block length for `stationaryResamples`. */
  readonly stationary: number;
  /** Block length for `circularResamples`, once rounded. */
  readonly circular: number;
}

/**
 * Block lengths that minimise the mean squared error of the bootstrap variance of the mean, estimated from the
 * autocovariances R(k).
 *
 * They are b = (2 G^2 / D)^(1/3) n^(1/3) with G = sum_k w(k/M) |k| R(k), s = sum_k w(k/M) R(k),
 * D = 2 s^2 (stationary) or 4/3 s^2 (circular), and w flat up to 1/2, then falling to 0 at 1.
 *
 * M is twice the first of five lags in a row whose autocorrelations stay within 2 sqrt(log10(n) / n), at most
 * ceil(sqrt(n)) + 5, and that where there are no such five. Two details follow Patton's programs and Python's arch, not the
 * paper: the paper would double the lag before those five, and take R(k) / R(0) for the autocorrelation, which for small n is
 * biased to zero; here the cross product is divided by the lengths of the two ends, first and last k + 1 values left out.
 *
 * @param values n numbers in order of time, for example a loss differential
 * @returns both lengths, from 1 to ceil(min(3 sqrt(n), n / 3)), not rounded; 1 where the values do not vary
 * @throws RangeError if n < 10, or a value is missing
 * @example
 * optimalBlockLength([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).circular; // 4
 * @see Politis and White (2004), Econometric Reviews 23; corrected by Patton, Politis and White (2009), 28
 */
export function optimalBlockLength(values: ArrayLike<number>): BlockLengths {
  const n = values.length;
  if (n < 10)
    throw new RangeError(
      `optimalBlockLength: at least 10 values are needed, got ${n}; choose a block length by hand`,
    );
  checkFinite("optimalBlockLength", "values", values);
  if (isConstant(values)) return { stationary: 1, circular: 1 };
  const most = Math.ceil(Math.sqrt(n)) + RUN;
  const covariances = autocovariances(values, most);
  const M = Math.min(most, 2 * firstQuietLag(values, most));
  let [g, s] = [0, covariances[0]!];
  for (let k = 1; k <= M; k++) {
    const weight = Math.min(1, 2 * (1 - k / M));
    g += 2 * weight * k * covariances[k]!;
    s += 2 * weight * covariances[k]!;
  }
  const longest = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  const length = (d: number) => Math.min(longest, Math.max(1, cubeRoot(((2 * g ** 2) / d) * n)));
  return { stationary: length(2 * s ** 2), circular: length((4 / 3) * s ** 2) };
}

/**
 * The project's block length for `circularResamples`: 3 for fewer than 60 values, where none can be estimated well;
 * else the estimate of `optimalBlockLength`, rounded.
 *
 * @param values the series whose mean matters, in order of time: one loss differential, say
 * @throws RangeError if a value is missing
 * @example
 * defaultBlockLength([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]); // 3: too few to estimate it
 */
export function defaultBlockLength(values: ArrayLike<number>): number {
  checkFinite("defaultBlockLength", "values", values);
  return values.length < 60 ? 3 : Math.round(optimalBlockLength(values).circular);
}

/** Autocorrelations in a row that have to be small: max(5, sqrt(log10(n))) is 5 for every sample that fits in a memory. */
const RUN = 5;

/** First of five lags in a row with small autocorrelations; Infinity if there is none. */
function firstQuietLag(values: ArrayLike<number>, most: number): number {
  const n = values.length;
  const center = mean(values);
  const deviations = Float64Array.from(values, (v) => v - center);
  const band = 2 * Math.sqrt(Math.log10(n) / n);
  let quiet = 0;
  for (let k = 1; k <= most; k++) {
    let [cross, late, early] = [0, 0, 0];
    for (let t = 0; t + k < n; t++) cross += deviations[t]! * deviations[t + k]!;
    for (let t = 0; t + k + 1 < n; t++) {
      early += deviations[t]! ** 2;
      late += deviations[t + k + 1]! ** 2;
    }
    quiet = Math.abs(cross) < band * Math.sqrt(late * early) ? quiet + 1 : 0;
    if (quiet === RUN) return k - RUN + 1;
  }
  return Infinity;
}

/** By logarithms: the bits of Math.cbrt differ between engines. */
function cubeRoot(x: number): number {
  return Math.exp(Math.log(x) / 3);
}
