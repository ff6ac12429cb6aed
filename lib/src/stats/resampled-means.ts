/** Means of series over the rows that a bootstrap draws: all that tests of mean losses or mean returns need. */

import { checkFinite, checkSameLength } from "../check.js";
import { DOUBLE, eight, sharedKernel } from "./kernel.js";
import { mean } from "./moments.js";
import { checkResamples, type Resamples } from "./resamples.js";

export interface ResampledMeans {
  /** Means over the sample's own rows [S]. */
  readonly means: Float64Array;
  /** Means over the rows of each draw [B x S]. */
  readonly draws: Float64Array;
}

/**
 * Means of S series over their own rows and over those of each draw, the same rows for all series.
 *
 * @param series S named series of n numbers each
 * @throws RangeError if their lengths differ, a value is missing, or the resamples are not of n rows; `where` leads the message
 */
export function resampledMeans(
  where: string,
  series: Readonly<Record<string, ArrayLike<number>>>,
  resamples: Resamples,
): ResampledMeans {
  checkSameLength(where, series);
  for (const [name, values] of Object.entries(series)) checkFinite(where, name, values);
  const all = Object.values(series).map((v) => Float64Array.from(v));
  const { rows: n } = resamples;
  checkResamples(where, resamples, all[0]?.length ?? 0);
  return {
    means: Float64Array.from(all, mean),
    draws: sumsOfDraws(all, resamples).map((sum) => sum / n),
  };
}

/** Indices of draws that are summed by one call: what they take of the kernel's memory. */
const TOGETHER = 1 << 18;

/** Sums [B x S] of n-row series over the rows of each draw, in the kernel: series lie side by side there. */
function sumsOfDraws(all: readonly Float64Array[], { rows: n, draws: B, indices }: Resamples) {
  const S = all.length;
  const kernel = sharedKernel();
  const { room, doubles, words } = kernel.arena();
  const width = eight(S);
  const atOnce = Math.max(1, Math.min(B, Math.floor(TOGETHER / n)));
  const [rows, taken, out] = [n * width, Math.ceil((atOnce * n) / 2), atOnce * width].map((count) =>
    room(DOUBLE * count),
  ) as [number, number, number];
  // Filled, as what lay there before, behind the last series, may be slow to add.
  const byRow = doubles(rows, n * width).fill(0);
  all.forEach((series, s) => {
    for (let t = 0; t < n; t++) byRow[t * width + s] = series[t]!;
  });
  const sums = new Float64Array(B * S);
  for (let first = 0; first < B; first += atOnce) {
    const count = Math.min(atOnce, B - first);
    words(taken, count * n).set(indices.subarray(first * n, (first + count) * n));
    kernel.sumDraws(rows, width, taken, n, count, out);
    const found = doubles(out, count * width);
    for (let b = 0; b < count; b++)
      for (let s = 0; s < S; s++) sums[(first + b) * S + s] = found[b * width + s]!;
  }
  return sums;
}

/** Names for series that have none, as messages show them: "model 0", "model 1" … */
export function numbered(
  what: string,
  series: readonly ArrayLike<number>[],
): Record<string, ArrayLike<number>> {
  return Object.fromEntries(series.map((s, i) => [`${what} ${i}`, s]));
}
