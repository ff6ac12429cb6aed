/** Sums over a moving window that are as exact as fresh ones. */

/**
 * Sum of the last `lookback` rows at every row, of fewer at the start.
 *
 * Nothing is subtracted, so no rounding error outlives its window: rows are cut into blocks of `lookback`, and a window is the
 * end of one block (summed backward) plus the head of the next (summed forward). The cost per row does not depend on the lookback.
 *
 * @param values [T x width], finite
 * @returns [T x width]
 * @example
 * movingSums([1, 2, 3, 4], 1, 3); // [1, 3, 6, 9]
 * @see van Herk (1992), the same decomposition for minima and maxima
 */
export function movingSums(
  values: ArrayLike<number>,
  width: number,
  lookback: number,
): Float64Array {
  const size = lookback * width;
  const ends = Float64Array.from(values);
  for (let at = values.length - width - 1; at >= 0; at--)
    if ((at + width) % size >= width) ends[at]! += ends[at + width]!;
  const sums = Float64Array.from(values);
  for (let at = width; at < values.length; at++)
    if (at % size >= width) sums[at]! += sums[at - width]!;
  // A window that starts with a block is that block, whole already.
  for (let at = values.length - 1; at >= size; at--) {
    const start = at - size + width;
    if (start % size >= width) sums[at]! += ends[start]!;
  }
  return sums;
}
