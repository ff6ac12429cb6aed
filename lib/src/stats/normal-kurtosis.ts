/** How large a kurtosis is by chance: normal samples of the same size. */

import { checkInteger, checkSizes } from "../check.js";
import { STUDY_LIMITS } from "../limits.js";
import { stream } from "../random.js";
import { sampleMoments } from "./moments.js";

/** How many normal samples are drawn. */
export interface NormalKurtosisOptions {
  /** Samples to draw. */
  readonly draws: number;
  readonly seed: number;
}

/**
 * Kurtosis b2 = m4 / m2^2 of samples of n independent normal numbers, by simulation.
 *
 * @returns one value per sample, ascending
 * @throws RangeError if n is below 2 or there is no draw
 * @example
 * shareAbove(normalKurtosis(12, { draws: 10_000, seed: 1 }), 3); // 0.2122: a kurtosis above 3 in every fifth sample
 */
export function normalKurtosis(n: number, { draws, seed }: NormalKurtosisOptions): Float64Array {
  checkInteger("normalKurtosis", "n", n, 2);
  checkInteger("normalKurtosis", "draws", draws, 1, STUDY_LIMITS.draws);
  checkSizes("normalKurtosis", { n, draws });
  const from = stream(seed, "normalKurtosis", n);
  const sample = new Float64Array(n);
  return Float64Array.from({ length: draws }, () => {
    for (let i = 0; i < n; i++) sample[i] = from.normal();
    return sampleMoments(sample).b2;
  }).sort();
}

/**
 * Share of values above a limit; NaN for no values or no limit.
 *
 * @example
 * shareAbove([1, 2, 3, 4], 2); // 0.5
 */
export function shareAbove(values: ArrayLike<number>, limit: number): number {
  if (Number.isNaN(limit)) return Number.NaN;
  let above = 0;
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > limit) above++;
  return above / values.length;
}
