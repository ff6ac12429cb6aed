/**
 * Least squares that takes its rows one by one: the triangular factor of a QR decomposition, updated by Givens rotations.
 * As stable as `leastSquares` at every row, where solving anew would cost the square of the rows; no library at hand updates.
 */

import { checkInteger } from "../check.js";

export interface RecursiveOls {
  /** Takes one row of regressors, from `offset` on, and its response; a row with a missing value is left out. */
  readonly add: (x: ArrayLike<number>, y: number, offset?: number) => void;
  /** Multiplies the weight of all rows so far, and of the penalty, for exponential weights; above 0, at most 1. */
  readonly discount: (factor: number) => void;
  /** Rows taken so far. */
  readonly rows: () => number;
  /** k coefficients; all NaN if the regressors are collinear, as they are with fewer rows than k and no penalty. */
  readonly coefficients: () => number[];
}

/**
 * A regression without intercept that grows by rows, (X'WX)^-1 X'Wy.
 *
 * @param k regressors
 * @param penalty added to every diagonal element of X'X, for ridge regression
 * @throws RangeError if k is not an integer of at least 1, the penalty is negative, or a discount is not from (0, 1]
 * @example
 * const ols = recursiveOls(1);
 * ols.add([1], 2);
 * ols.add([2], 4);
 * ols.coefficients(); // [2]
 * @see Gentleman (1974), Applied Statistics 23: Basic procedures for large, sparse or weighted linear least squares problems
 */
export function recursiveOls(k: number, penalty: number = 0): RecursiveOls {
  checkInteger("recursiveOls", "k", k, 1);
  if (!(penalty >= 0))
    throw new RangeError(
      `recursiveOls: penalty must be a number of at least 0, got ${penalty}`,
    );
  const width = k + 1;
  // R beside Q'y, row by row.
  const factor = new Float64Array(k * width);
  for (let j = 0; j < k; j++) factor[j * width + j] = Math.sqrt(penalty);
  const row = new Float64Array(width);
  let rows = 0;
  const regular = (): boolean => {
    for (let j = 0; j < k; j++) {
      let length = 0;
      for (let i = 0; i <= j; i++) length += factor[i * width + j]! ** 2;
      // Relative to the column: whether regressors are collinear must not depend on their units.
      if (!(Math.abs(factor[j * width + j]!) > 1e-12 * Math.sqrt(length)))
        return false;
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
        const [a, b] = [factor[j * width + j]!, row[j]!];
        if (b === 0) continue;
        const length = Math.sqrt(a ** 2 + b ** 2);
        const [cos, sin] = [a / length, b / length];
        for (let c = j; c < width; c++) {
          const above = factor[j * width + c]!;
          factor[j * width + c] = cos * above + sin * row[c]!;
          row[c] = cos * row[c]! - sin * above;
        }
      }
    },
    discount(weight) {
      if (!(weight > 0 && weight <= 1))
        throw new RangeError(
          `recursiveOls: a discount must lie above 0 and be at most 1, got ${weight}`,
        );
      const root = Math.sqrt(weight);
      for (let i = 0; i < factor.length; i++) factor[i] = factor[i]! * root;
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
