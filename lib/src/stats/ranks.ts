/** Order instead of size: association that outliers and units cannot move. */

import { checkFinite, checkSameLength } from "../check.js";
import { correlation } from "./correlation.js";

/**
 * Ranks from 1; equal values share the mean of their ranks.
 *
 * @throws RangeError if a value is not finite: NaN has no rank
 * @example
 * ranks([10, 30, 10]); // [1.5, 3, 1.5]
 */
export function ranks(values: ArrayLike<number>): Float64Array {
  checkFinite("ranks", "values", values);
  const order = Array.from({ length: values.length }, (_, i) => i).sort(
    (i, j) => values[i]! - values[j]!,
  );
  const out = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    // Ranks from + 1 … to.
    for (let i = from; i < to; i++) out[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return out;
}

/**
 * Spearman's rank correlation: the correlation of the ranks.
 *
 * @returns NaN for fewer than two pairs, or if one side has a single value only
 * @throws RangeError if the two have different lengths, or a value is not finite
 * @example
 * rankCorrelation([1, 2, 3], [1, 10, 100]); // 1
 */
export function rankCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  checkSameLength("rankCorrelation", { x, y });
  return correlation(ranks(x), ranks(y));
}
