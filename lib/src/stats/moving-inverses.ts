/** (X'X)^-1 over a moving window. */

import { movingSums } from "./moving-sums.js";

export interface MovingInverses {
  /** Complete rows of each window [T]. */
  readonly observations: Float64Array;
  /** (X'X)^-1 of each window [T x k x k], where `exact`. */
  readonly inverse: Float64Array;
  /** 1 where X'X is so well conditioned that its inverse can stand in for a QR of X [T]. */
  readonly exact: Uint8Array;
}

/** Largest condition number of a cross product that is inverted: it costs at most four of sixteen digits. */
const CONDITION = 1e4;

/**
 * The inverse cross product of the complete rows among the last `lookback`, at every row.
 *
 * @param x X [T x k], finite where complete
 */
export function movingInverses(
  x: Float64Array,
  complete: readonly boolean[],
  k: number,
  lookback: number,
): MovingInverses {
  const size = k * k;
  const products = new Float64Array(complete.length * size);
  complete.forEach((isComplete, t) => {
    if (!isComplete) return;
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++)
        products[t * size + i * k + j] = x[t * k + i]! * x[t * k + j]!;
  });
  const inverse = movingSums(products, size, lookback);
  return {
    observations: movingSums(complete.map(Number), 1, lookback),
    inverse,
    exact: Uint8Array.from(complete, (_, t) =>
      invert(inverse.subarray(t * size, (t + 1) * size), k) ? 1 : 0,
    ),
  };
}

/** Inverts a cross product in place by Gauss-Jordan; false where it is not well conditioned, whatever the columns' units. */
function invert(a: Float64Array, k: number): boolean {
  const scale = Array.from({ length: k }, (_, j) => Math.sqrt(a[j * k + j]!));
  const rescale = () => {
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++) a[i * k + j]! /= scale[i]! * scale[j]!;
  };
  rescale();
  for (let p = 0; p < k; p++) {
    const pivot = a[p * k + p]!;
    if (!(pivot > 0)) return false;
    a[p * k + p] = 1;
    for (let j = 0; j < k; j++) a[p * k + j]! /= pivot;
    for (let i = 0; i < k; i++) {
      if (i === p) continue;
      const factor = a[i * k + p]!;
      a[i * k + p] = 0;
      for (let j = 0; j < k; j++) a[i * k + j]! -= factor * a[p * k + j]!;
    }
  }
  // Eigenvalues of the scaled matrix are at most k, those of its inverse at most its trace.
  let trace = 0;
  for (let j = 0; j < k; j++) trace += a[j * k + j]!;
  rescale();
  return k * trace < CONDITION;
}
