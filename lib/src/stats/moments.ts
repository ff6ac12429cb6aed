/** Moments of a sample. NaN in, NaN out. */

import { checkInteger } from "../check.js";

/**
 * Arithmetic mean, sum(x) / n; NaN for an empty sample.
 *
 * @example
 * mean([1, 2, 6]); // 3
 */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/**
 * Standard deviation around the mean, sqrt(sum((x - mean)^2) / (n - ddof)).
 *
 * @param ddof 1 for the sample convention, 0 for the population's
 * @example
 * standardDeviation([1, 3], 1); // 1.4142135623730951
 */
export function standardDeviation(values: ArrayLike<number>, ddof: 0 | 1): number {
  if (values.length <= ddof) return Number.NaN;
  const center = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += ((values[i] as number) - center) ** 2;
  return Math.sqrt(sum / (values.length - ddof));
}

/** Highest value, NaN if one is, -Infinity of none: of any number of values, which arguments cannot be. */
export function highest(values: Iterable<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) most = Math.max(most, value);
  return most;
}

/** Lowest value, NaN if one is, Infinity of none. */
export function lowest(values: Iterable<number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const value of values) least = Math.min(least, value);
  return least;
}

/**
 * Uncentred root mean square, sqrt(sum(x^2) / n).
 *
 * @example
 * rootMeanSquare([3, 4, 0, 0]); // 2.5
 */
export function rootMeanSquare(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2;
  return Math.sqrt(sum / values.length);
}

/** Moments of one sample, each by the name of its convention. */
export interface SampleMoments {
  readonly n: number;
  readonly mean: number;
  /** sqrt(m2), where mk = sum((x - mean)^k) / n. */
  readonly populationSd: number;
  /** sqrt(m2 n / (n - 1)). */
  readonly sampleSd: number;
  /** Skewness m3 / m2^(3/2). */
  readonly g1: number;
  /** Adjusted skewness g1 sqrt(n (n - 1)) / (n - 2), as in SAS, SPSS, Excel and pandas. */
  readonly G1: number;
  /** Kurtosis m4 / m2^2, not in excess of the normal's. */
  readonly b2: number;
  /** Excess kurtosis b2 - 3. */
  readonly g2: number;
  /** Adjusted excess kurtosis ((n + 1) g2 + 6) (n - 1) / ((n - 2) (n - 3)), as in SAS, SPSS, Excel and pandas. */
  readonly G2: number;
  /** The "sample" kurtosis of R's PerformanceAnalytics: G2 + 3 (n - 1)^2 / ((n - 2) (n - 3)), which is not G2 + 3. */
  readonly sampleKurtosis: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Mean, standard deviations, skewness and kurtosis of a sample, in every convention in use.
 *
 * @returns all but n are NaN if a value is missing; shape is NaN for a constant sample, and where n is too small for it:
 * below 3 for G1, below 4 for G2 and the sample kurtosis
 * @example
 * sampleMoments([1, 2, 3, 6]).g1; // 0.6872431934890912
 * @see Joanes and Gill (1998), Comparing measures of sample skewness and kurtosis
 */
export function sampleMoments(values: ArrayLike<number>): SampleMoments {
  const n = values.length;
  const center = mean(values);
  let [m2, m3, m4] = [0, 0, 0];
  let [min, max] = n > 0 ? [Infinity, -Infinity] : [Number.NaN, Number.NaN];
  for (let i = 0; i < n; i++) {
    const value = values[i] as number;
    const square = (value - center) ** 2;
    m2 += square / n;
    m3 += (square * (value - center)) / n;
    m4 += square ** 2 / n;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  // The mean of equal values may be off by rounding, and its square must not pass for a variance.
  const shape = min < max ? 1 : Number.NaN;
  const g1 = (shape * m3) / (m2 * Math.sqrt(m2));
  const b2 = (shape * m4) / m2 ** 2;
  const g2 = b2 - 3;
  const third = n > 2 ? 1 / (n - 2) : Number.NaN;
  const fourth = n > 3 ? third / (n - 3) : Number.NaN;
  const G2 = ((n + 1) * g2 + 6) * (n - 1) * fourth;
  return {
    n,
    mean: center,
    populationSd: standardDeviation(values, 0),
    sampleSd: standardDeviation(values, 1),
    g1,
    G1: g1 * Math.sqrt(n * (n - 1)) * third,
    b2,
    g2,
    G2,
    sampleKurtosis: G2 + 3 * (n - 1) ** 2 * fourth,
    min,
    max,
  };
}

/** What a sample of n values can show at all, and what a normal sample of this size shows. */
export interface SmallSampleMoments {
  /** No sample has a larger |g1|: (n - 2) / sqrt(n - 1). */
  readonly largestG1: number;
  /** No sample has a larger b2: n - 2 + 1 / (n - 1). */
  readonly largestB2: number;
  /** Expected b2 of a normal sample, 3 (n - 1) / (n + 1): 2.54 at n = 12, not 3. */
  readonly normalB2: number;
  /** Exact standard deviations over normal samples; g2 has that of b2. */
  readonly standardErrors: {
    readonly g1: number;
    readonly G1: number;
    readonly b2: number;
    readonly G2: number;
  };
}

/**
 * Bounds of skewness and kurtosis at sample size n, and their mean and standard errors under normality.
 *
 * @returns NaN where a moment is not defined: G1 needs n of at least 3, G2 of at least 4
 * @throws RangeError if n is not an integer of at least 2
 * @example
 * smallSampleMoments(12).normalB2; // 2.5384615384615383
 * @see Wilkins (1944) and Dalen (1987) for the bounds, Fisher (1930) for the standard errors
 */
export function smallSampleMoments(n: number): SmallSampleMoments {
  checkInteger("smallSampleMoments", "n", n, 2);
  const g1 = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  const b2 = Math.sqrt((24 * n * (n - 2) * (n - 3)) / ((n + 3) * (n + 5))) / (n + 1);
  const third = n > 2 ? 1 / (n - 2) : Number.NaN;
  const fourth = n > 3 ? third / (n - 3) : Number.NaN;
  return {
    largestG1: (n - 2) / Math.sqrt(n - 1),
    largestB2: n - 2 + 1 / (n - 1),
    normalB2: (3 * (n - 1)) / (n + 1),
    standardErrors: {
      g1,
      G1: g1 * Math.sqrt(n * (n - 1)) * third,
      b2,
      G2: b2 * (n + 1) * (n - 1) * fourth,
    },
  };
}
