/** Moments of a sample. NaN in, NaN out. */

/** Arithmetic mean, sum(x) / n; NaN for an empty sample. */
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
export function standardDeviation(
  values: ArrayLike<number>,
  ddof: 0 | 1,
): number {
  const center = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++)
    sum += ((values[i] as number) - center) ** 2;
  return Math.sqrt(sum / (values.length - ddof));
}

/** Uncentred root mean square, sqrt(sum(x^2) / n). */
export function rootMeanSquare(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2;
  return Math.sqrt(sum / values.length);
}
