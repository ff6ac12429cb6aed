/** QR of regressors whose columns are brought to length one: whether they are collinear must not depend on their units. */

import { inverse, Matrix } from "ml-matrix";

/** X = Q R diag(lengths) of n rows and k columns. */
export interface ScaledQr {
  /** Of the columns of X [k]. */
  readonly lengths: readonly number[];
  /** R [k x k], zero below its diagonal. */
  readonly upper: Float64Array;
  /** R^-1 Q'y: coefficients on the columns of length one [k]. */
  readonly solve: (y: ArrayLike<number>) => number[];
  /** Q [n x k] */
  readonly orthogonal: () => Float64Array;
}

/**
 * X = Q R diag(lengths), or undefined where the columns are collinear, zero or NaN.
 *
 * Householder reflections in the order, and to the bits, of ml-matrix's QrDecomposition, whose matrices have an array for every row:
 * of a hundred thousand rows these take fifty times as long.
 *
 * @param x X [n x k], n of at least k
 */
export function scaledQr(x: ArrayLike<number>, n: number, k: number): ScaledQr | undefined {
  const columns = Array.from({ length: k }, (_, j) =>
    Float64Array.from({ length: n }, (__, i) => x[i * k + j] as number),
  );
  const lengths = columns.map((column) => Math.sqrt(column.reduce((sum, v) => sum + v ** 2, 0)));
  columns.forEach((column, j) => {
    const scale = 1 / lengths[j]!;
    for (let i = 0; i < n; i++) column[i]! *= scale;
  });
  const diagonal = columns.map((column, j) => reflectedNorm(column, columns.slice(j + 1), j));
  if (!(Math.min(...diagonal.map(Math.abs)) > 1e-12)) return undefined;
  const upper = Float64Array.from({ length: k * k }, (_, at) => {
    const [i, j] = [Math.floor(at / k), at % k];
    if (i === j) return diagonal[i]!;
    return i < j ? columns[j]![i]! : 0;
  });
  return {
    lengths,
    upper,
    solve(y) {
      const left = Float64Array.from(y);
      columns.forEach((column, j) => {
        reflect(column, left, j);
      });
      for (let j = k - 1; j >= 0; j--) {
        left[j]! /= diagonal[j]!;
        for (let i = 0; i < j; i++) left[i]! -= left[j]! * columns[j]![i]!;
      }
      return [...left.subarray(0, k)];
    },
    orthogonal() {
      const q = Array.from({ length: k }, (_, j) => {
        const column = new Float64Array(n);
        column[j] = 1;
        return column;
      });
      for (let j = k - 1; j >= 0; j--)
        for (const column of q.slice(j)) reflect(columns[j]!, column, j);
      return Float64Array.from({ length: n * k }, (_, at) => q[at % k]![Math.floor(at / k)]!);
    },
  };
}

/** R^-1 */
export const inverseUpper = ({ upper, lengths: { length: k } }: ScaledQr): Matrix =>
  inverse(Matrix.from1DArray(k, k, [...upper]));

/** Makes a column the direction of its reflection, from row j on, and reflects the columns after it; the diagonal of R. */
function reflectedNorm(column: Float64Array, after: readonly Float64Array[], j: number): number {
  let norm = 0;
  for (let i = j; i < column.length; i++) norm = hypotenuse(norm, column[i]!);
  if (norm === 0) return 0;
  if (column[j]! < 0) norm = -norm;
  for (let i = j; i < column.length; i++) column[i]! /= norm;
  column[j]! += 1;
  for (const other of after) reflect(column, other, j);
  return -norm;
}

/** Reflects a column by the direction that another holds from row j on. */
function reflect(direction: Float64Array, column: Float64Array, j: number): void {
  let product = 0;
  for (let i = j; i < column.length; i++) product += direction[i]! * column[i]!;
  const step = -product / direction[j]!;
  for (let i = j; i < column.length; i++) column[i]! += step * direction[i]!;
}

/** sqrt(a^2 + b^2) without overflow. */
function hypotenuse(a: number, b: number): number {
  const [small, large] = Math.abs(a) > Math.abs(b) ? [b, a] : [a, b];
  if (large === 0) return 0;
  const ratio = small / large;
  return Math.abs(large) * Math.sqrt(1 + ratio * ratio);
}
