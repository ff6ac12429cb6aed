/** Ordinary least squares by QR: the normal equations would square the condition number. */

import { Matrix, QrDecomposition } from "ml-matrix";

/**
 * Coefficients (X'X)^-1 X'y of a regression without intercept; put a column of ones into X for one.
 *
 * @param x X [n x k]
 * @param y [n]
 * @returns k coefficients; all NaN if n < k
 * @throws RangeError if x does not have n rows of k >= 1 numbers, or the regressors are collinear
 * @example
 * leastSquares([1, 2], [2, 4]); // [2]
 * @see tested against the certified values of NIST's Longley data
 */
export function leastSquares(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): number[] {
  const n = y.length;
  const k = x.length / n;
  if (!Number.isInteger(k) || k < 1)
    throw new RangeError(
      `leastSquares: x must have a row of regressors for each of the ${n} values of y, but it has ${x.length} numbers`,
    );
  if (n < k) return new Array<number>(k).fill(Number.NaN);
  const matrix = Matrix.from1DArray(n, k, Array.from(x));
  // Columns of length one: whether regressors are collinear must not depend on their units.
  const lengths = Array.from({ length: k }, (_, j) =>
    Math.sqrt(matrix.getColumn(j).reduce((sum, v) => sum + v ** 2, 0)),
  );
  lengths.forEach((length, j) => {
    matrix.mulColumn(j, 1 / length);
  });
  const qr = new QrDecomposition(matrix);
  const pivots = qr.upperTriangularMatrix.diagonal().map(Math.abs);
  if (!(Math.min(...pivots) > 1e-12))
    throw new RangeError(
      `leastSquares: the ${k} regressors must not be collinear, but over these ${n} rows they are (or one is zero or NaN); leave one out`,
    );
  return qr
    .solve(Matrix.columnVector(Array.from(y)))
    .to1DArray()
    .map((b, j) => b / lengths[j]!);
}
