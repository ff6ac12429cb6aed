/** P-values of several means at once that know how the means go together. */

import { checkFinite, checkSameLength } from "../check.js";
import { longRunVariance } from "./long-run-variance.js";
import { mean } from "./moments.js";
import { numbered, resampledMeans } from "./resampled-means.js";
import type { Resamples } from "./resamples.js";

/** Draws, and lags of the long-run variance. */
export interface RomanoWolfOptions {
  readonly resamples: Resamples;
  readonly lags: number;
}

/**
 * Romano and Wolf's step-down p-values that each of several means is zero, two-sided: rejecting where they are at most a keeps the chance of any false rejection at
 * a, with less loss than Holm where series go together.
 *
 * t = mean / sqrt(v / n), v with Bartlett weights; a draw's is (its mean - the sample's) / the same error. The i-th largest |t| is held against the largest |t*| of
 * those not larger than it: (1 + count) / (B + 1), never below the one before.
 *
 * @param series differences of losses by date, S of n each
 * @returns [S] in the order given; NaN where a series does not vary
 * @throws RangeError if lengths differ, a value is missing, or the resamples are not of these dates
 * @example
 * const resamples = circularResamples(4, { blockLength: 1, draws: 999, seed: 1 });
 * romanoWolfPValues([[1, 2, 1, 2], [0.1, -1, 1, 0]], { resamples, lags: 0 }); // [0.0010, 0.8860]
 * @see Romano and Wolf (2005), Econometrica 73; (2016), Statistics and Probability Letters 113
 */
export function romanoWolfPValues(
  series: readonly ArrayLike<number>[],
  { resamples, lags }: RomanoWolfOptions,
): Float64Array {
  const named = numbered("series", series);
  checkSameLength("romanoWolfPValues", named);
  const adjusted = new Float64Array(series.length).fill(Number.NaN);
  for (const [name, values] of Object.entries(named))
    checkFinite("romanoWolfPValues", name, values);
  const errors = series.map((values) =>
    Math.sqrt(longRunVariance(values, lags, "bartlett") / values.length),
  );
  const varying = [...series.keys()].filter((s) => errors[s]! > 0);
  if (varying.length === 0) return adjusted;
  const { draws } = resampledMeans("romanoWolfPValues", named, resamples);
  const S = series.length;
  const means = series.map(mean);
  const statistics = means.map((m, s) => Math.abs(m) / errors[s]!);
  const ranked = varying.sort((a, b) => statistics[b]! - statistics[a]!);
  const counts = ranked.map(() => 0);
  for (let b = 0; b < resamples.draws; b++) {
    let largest = 0;
    for (let i = ranked.length - 1; i >= 0; i--) {
      const s = ranked[i]!;
      largest = Math.max(largest, Math.abs(draws[b * S + s]! - means[s]!) / errors[s]!);
      if (largest >= statistics[s]!) counts[i]!++;
    }
  }
  let before = 0;
  ranked.forEach((s, i) => {
    before = Math.max(before, (1 + counts[i]!) / (resamples.draws + 1));
    adjusted[s] = before;
  });
  return adjusted;
}
