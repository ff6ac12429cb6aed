/** Means of series over the rows that a bootstrap draws: all that tests of mean losses or mean returns need. */

import { checkFinite, checkSameLength } from "../check.js";
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
  const S = all.length;
  const { rows: n, draws: B, indices } = resamples;
  checkResamples(where, resamples, all[0]?.length ?? 0);
  const draws = new Float64Array(B * S);
  // Four series at a time, as each addition to one sum has to wait for the last: measured three times as fast as one.
  for (let s = 0; s < S; s += 4) {
    const x0 = all[s]!;
    const [x1 = x0, x2 = x0, x3 = x0] = all.slice(s + 1, s + 4);
    for (let b = 0; b < B; b++) {
      let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
      for (let at = b * n; at < (b + 1) * n; at++) {
        const row = indices[at]!;
        sum0 += x0[row]!;
        sum1 += x1[row]!;
        sum2 += x2[row]!;
        sum3 += x3[row]!;
      }
      draws[b * S + s] = sum0 / n;
      if (s + 1 < S) draws[b * S + s + 1] = sum1 / n;
      if (s + 2 < S) draws[b * S + s + 2] = sum2 / n;
      if (s + 3 < S) draws[b * S + s + 3] = sum3 / n;
    }
  }
  return { means: Float64Array.from(all, mean), draws };
}

/** Names for series that have none, as messages show them: "model 0", "model 1" … */
export function numbered(
  what: string,
  series: readonly ArrayLike<number>[],
): Record<string, ArrayLike<number>> {
  return Object.fromEntries(series.map((s, i) => [`${what} ${i}`, s]));
}
