/**
 * Least squares that takes its rows one by one: the triangular factor of a QR decomposition, updated by Givens rotations.
 * As stable as `leastSquares` at every row, where solving anew would cost the square of the rows; no library at hand updates.
 */

import { checkInteger } from "../check.js";

/** A regression that grows row by row. */
export interface RecursiveOls {
  /** Takes one row of regressors, from `offset` on, and its response; a row with a missing value is left out. */
  readonly add: (x: ArrayLike<number>, y: number, offset?: number) => void;
  /** Rows taken so far. */
  readonly rows: () => number;
  /** k coefficients; all NaN if there are fewer rows than coefficients without penalty, or the regressors are collinear. */
  readonly coefficients: () => number[];
}

/**
 * A regression without intercept that grows by rows, (X'X + diag(penalty))^-1 X'y.
 *
 * @param k regressors
 * @param penalty added to the diagonal of X'X, for ridge regression: one for all coefficients, or one for each
 * @throws RangeError if k is not an integer of at least 1, or a penalty not a finite number of at least 0
 * @example
 * const ols = recursiveOls(1);
 * ols.add([1], 2);
 * ols.add([2], 4);
 * ols.coefficients(); // [2]
 * @see Gentleman (1974), Applied Statistics 23: Basic procedures for large, sparse or weighted linear least squares problems
 */
export function recursiveOls(k: number, penalty: number | readonly number[] = 0): RecursiveOls {
  checkInteger("recursiveOls", "k", k, 1);
  const penalties = typeof penalty === "number" ? new Array<number>(k).fill(penalty) : penalty;
  if (penalties.length !== k || !penalties.every((p) => p >= 0 && p < Infinity))
    throw new RangeError(
      `recursiveOls: penalty must be a finite number of at least 0, or ${k} of them, got ${penalty}; leave out a regressor instead of penalising it without bound`,
    );
  const width = k + 1;
  // R beside Q'y, row by row.
  const factor = new Float64Array(k * width);
  for (let j = 0; j < k; j++) factor[j * width + j] = Math.sqrt(penalties[j]!);
  const row = new Float64Array(width);
  let rows = 0;
  const regular = (): boolean => {
    for (let j = 0; j < k; j++) {
      let length = 0;
      for (let i = 0; i <= j; i++) length += factor[i * width + j]! ** 2;
      // Relative to the column: whether regressors are collinear must not depend on their units.
      if (!(Math.abs(factor[j * width + j]!) > 1e-12 * Math.sqrt(length))) return false;
    }
    return true;
  };
  return {
    add(x, y, offset = 0) {
      let finite = Number.isFinite(y);
      for (let j = 0; j < k; j++) {
        row[j] = x[offset + j]!;
        finite &&= Number.isFinite(row[j]);
      }
      if (!finite) return;
      row[k] = y;
      rows++;
      for (let j = 0; j < k; j++) {
        const start = j * width;
        const [a, b] = [factor[start + j]!, row[j]!];
        if (b === 0) continue;
        const length = Math.sqrt(a ** 2 + b ** 2);
        const cos = a / length;
        const sin = b / length;
        for (let c = j; c < width; c++) {
          const above = factor[start + c]!;
          const below = row[c]!;
          factor[start + c] = cos * above + sin * below;
          row[c] = cos * below - sin * above;
        }
      }
    },
    rows: () => rows,
    coefficients() {
      const out = new Array<number>(k).fill(Number.NaN);
      if (!regular()) return out;
      for (let j = k - 1; j >= 0; j--) {
        let sum = factor[j * width + k]!;
        for (let c = j + 1; c < k; c++) sum -= factor[j * width + c]! * out[c]!;
        out[j] = sum / factor[j * width + j]!;
      }
      return out;
    },
  };
}
