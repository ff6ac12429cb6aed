/** Quantiles of a sample. */

/**
 * Quantile of sorted values, linear between them: position p (n - 1), counted from 0.
 *
 * @param sorted ascending, without missing values
 * @param p from 0 to 1
 * @returns NaN for an empty sample
 * @example
 * quantile([1, 2, 4], 0.75); // 3
 * @see Hyndman and Fan (1996), definition 7; the default of R and numpy
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const [low, high] = [sorted[below], sorted[Math.ceil(position)]];
  if (low === undefined || high === undefined) return Number.NaN;
  return low + (position - below) * (high - low);
}
