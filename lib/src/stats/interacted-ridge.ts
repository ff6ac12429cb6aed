/** Ridge regression on a few regressors whose coefficients are linear in many inputs, for rows that arrive one by one. */

import { recursiveOls } from "./recursive-ols.js";

/** Rows of y = sum_k f_k (b_k + sum_d c_kd z_d) + error. */
export interface InteractedRows {
  /** Regressors, K. */
  readonly k: number;
  /** Inputs, D. */
  readonly d: number;
  /** [n x K] */
  readonly f: Float64Array;
  /** [n x D], finite where y is. */
  readonly z: ArrayLike<number>;
  /** [n]; a row whose y is NaN is left out. */
  readonly y: Float64Array;
}

/** A ridge regression that grows row by row. */
export interface InteractedRidge {
  /** Takes the row of this number. */
  readonly add: (row: number) => void;
  /** b [K], then the c of every regressor [K x D], none with a penalty of Infinity; all NaN where rows do not tell them. */
  readonly coefficients: () => ArrayLike<number>;
}

/** Least penalty, a share of the rows, at which cross products are as exact as rotations of the rows themselves. */
const LEAST = 1e-3;

/**
 * The coefficients that minimise the sum of squared errors plus a penalty times the sum of c^2, over given rows: cross products
 * are summed once for all penalties.
 *
 * @param taken numbers of the rows
 */
export function ridgeCoefficients(
  rows: InteractedRows,
  taken: readonly number[],
): (penalty: number) => ArrayLike<number> {
  const known = taken.filter((row) => !Number.isNaN(rows.y[row]));
  const n = known.length;
  let tall: ((penalty: number) => Float64Array) | undefined;
  return (penalty) => {
    if (isTall(rows, n) && isExact(penalty, n)) {
      tall ??= normalEquations(rows, known);
      return tall(penalty);
    }
    const ridge = interactedRidge(rows, penalty, n);
    known.forEach(ridge.add);
    return ridge.coefficients();
  };
}

/**
 * The same for rows that arrive one by one: by rotations where rows are many, whose cost per row is three times the square of
 * the coefficients; in the rows, where they are fewer.
 *
 * @param n rows of the first estimate
 */
export function interactedRidge(rows: InteractedRows, penalty: number, n: number): InteractedRidge {
  return isTall(rows, n) || !isExact(penalty, n)
    ? rotatedRidge(rows, penalty)
    : wideRidge(rows, penalty);
}

const isTall = ({ k, d }: InteractedRows, n: number): boolean => n >= k * (1 + d);

const isExact = (penalty: number, n: number): boolean => penalty >= LEAST * n && penalty < Infinity;

/** By Givens rotations of the rows: for any penalty. */
export function rotatedRidge(rows: InteractedRows, penalty: number): InteractedRidge {
  const { k: K, y } = rows;
  const D = penalty === Infinity ? 0 : rows.d;
  const size = K * (1 + D);
  const penalties = Array.from({ length: size }, (_, j) => (j < K ? 0 : penalty));
  const ols = recursiveOls(size, penalties);
  const regressors = new Float64Array(size);
  return {
    add(row) {
      interact(rows, row, D, regressors);
      ols.add(regressors, y[row]!);
    },
    coefficients: ols.coefficients,
  };
}

/** By cross products, whose Cholesky factor takes a third of the cube of the coefficients for each penalty. */
function normalEquations(
  rows: InteractedRows,
  taken: readonly number[],
): (penalty: number) => Float64Array {
  const { k: K, d: D, f, y } = rows;
  const size = K * (1 + D);
  const regressors = new Float64Array(size);
  // Rows of X'X through the diagonal, and X'y.
  const products = Array.from({ length: size }, (_, i) => new Float64Array(i + 1));
  const moments = new Float64Array(size);
  const alone = recursiveOls(K);
  for (const row of taken) {
    interact(rows, row, D, regressors);
    for (let i = 0; i < size; i++) {
      const own = products[i]!;
      const value = regressors[i]!;
      for (let j = 0; j <= i; j++) own[j]! += value * regressors[j]!;
      moments[i]! += value * y[row]!;
    }
    alone.add(f, y[row]!, row * K);
  }
  // Only the regressors themselves can be collinear: all else has a penalty.
  const regular = !Number.isNaN(alone.coefficients()[0]);
  return (penalty) => {
    if (!regular) return new Float64Array(size).fill(NaN);
    const factor: Float64Array[] = [];
    const out = moments.slice();
    for (let i = 0; i < size; i++) {
      const own = products[i]!.slice();
      for (let j = 0; j < i; j++) own[j] = (own[j]! - dot(own, factor[j]!, j)) / factor[j]![j]!;
      own[i] = Math.sqrt(own[i]! + (i < K ? 0 : penalty) - dot(own, own, i));
      out[i] = (out[i]! - dot(own, out, i)) / own[i]!;
      factor.push(own);
    }
    backSubstitute(factor, out);
    return out;
  };
}

/**
 * In the rows: for more coefficients than those.
 *
 * With c = X'a, the errors y - Fb have covariance A = XX' + penalty: b is their generalised least squares, and a = A^-1 (y - Fb).
 * A row of X is the product of f and z, so that XX' is FF' times ZZ', element by element. A grows by a row of its Cholesky
 * factor L, and L^-1 (F, y) by a row that `recursiveOls` takes.
 */
function wideRidge(rows: InteractedRows, penalty: number): InteractedRidge {
  const { k: K, d: D, f, z, y } = rows;
  const inputs: Float64Array[] = [];
  const regressors: Float64Array[] = [];
  /** Rows of L, of L^-1 F and of L^-1 y. */
  const factor: Float64Array[] = [];
  const whitened: Float64Array[] = [];
  const responses: number[] = [];
  const ols = recursiveOls(K);
  return {
    add(row) {
      if (Number.isNaN(y[row])) return;
      const n = factor.length;
      const ownInputs = Float64Array.from({ length: D }, (_, d) => z[row * D + d]!);
      const ownRegressors = f.slice(row * K, (row + 1) * K);
      inputs.push(ownInputs);
      regressors.push(ownRegressors);
      const own = new Float64Array(n + 1);
      const white = ownRegressors.slice();
      let response = y[row]!;
      for (let i = 0; i <= n; i++)
        own[i] = dot(ownRegressors, regressors[i]!, K) * dot(ownInputs, inputs[i]!, D);
      for (let i = 0; i < n; i++) {
        const value = (own[i]! - dot(own, factor[i]!, i)) / factor[i]![i]!;
        own[i] = value;
        for (let k = 0; k < K; k++) white[k]! -= value * whitened[i]![k]!;
        response -= value * responses[i]!;
      }
      const pivot = Math.sqrt(own[n]! + penalty - dot(own, own, n));
      own[n] = pivot;
      factor.push(own);
      whitened.push(white.map((value) => value / pivot));
      responses.push(response / pivot);
      ols.add(whitened[n]!, responses[n]!);
    },
    coefficients() {
      const b = ols.coefficients();
      const out = Float64Array.of(...b, ...new Float64Array(K * D));
      const a = Float64Array.from(responses, (value, i) => value - dot(b, whitened[i]!, K));
      backSubstitute(factor, a);
      a.forEach((value, i) => {
        for (let k = 0; k < K; k++) {
          const scaled = value * regressors[i]![k]!;
          for (let d = 0; d < D; d++) out[K + k * D + d]! += scaled * inputs[i]![d]!;
        }
      });
      return out;
    },
  };
}

/** Row of the regression in b and c: f, then f_k z of every regressor. */
function interact(rows: InteractedRows, row: number, D: number, out: Float64Array): void {
  const { k: K, f, z } = rows;
  for (let k = 0; k < K; k++) {
    const own = f[row * K + k]!;
    out[k] = own;
    for (let d = 0; d < D; d++) out[K + k * D + d] = own * z[row * rows.d + d]!;
  }
}

/** Solves L'x = b in place, for the rows of L through the diagonal. */
function backSubstitute(factor: readonly Float64Array[], x: Float64Array): void {
  for (let i = x.length - 1; i >= 0; i--) {
    const own = factor[i]!;
    const value = x[i]! / own[i]!;
    x[i] = value;
    for (let j = 0; j < i; j++) x[j]! -= value * own[j]!;
  }
}

/** Sum of the first n products, in four sums that need not wait for one another. */
function dot(a: ArrayLike<number>, b: ArrayLike<number>, n: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < n; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}
