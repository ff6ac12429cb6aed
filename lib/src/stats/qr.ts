/** QR of regressors whose columns are brought to length one: whether they are collinear must not depend on their units. */

import { Matrix, QrDecomposition } from "ml-matrix";

export interface ScaledQr {
  /** Of X with columns of length one. */
  readonly qr: QrDecomposition;
  /** Of the columns of X [k]. */
  readonly lengths: readonly number[];
}

/**
 * X = Q R diag(lengths), or undefined where the columns are collinear, zero or NaN.
 *
 * @param x X [n x k], n of at least k
 */
export function scaledQr(x: ArrayLike<number>, n: number, k: number): ScaledQr | undefined {
  const matrix = Matrix.from1DArray(n, k, Array.from(x));
  const lengths = Array.from({ length: k }, (_, j) =>
    Math.sqrt(matrix.getColumn(j).reduce((sum, v) => sum + v ** 2, 0)),
  );
  lengths.forEach((length, j) => {
    matrix.mulColumn(j, 1 / length);
  });
  const qr = new QrDecomposition(matrix);
  const pivots = qr.upperTriangularMatrix.diagonal().map(Math.abs);
  return Math.min(...pivots) > 1e-12 ? { qr, lengths } : undefined;
}
