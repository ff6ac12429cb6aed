/** (X'X)^-1 over a moving window. */

import { invertCrossProduct } from "./cross-product.js";
import { movingSums } from "./moving-sums.js";

export interface MovingInverses {
  /** Complete rows of each window [T]. */
  readonly observations: Float64Array;
  /** (X'X)^-1 of each window [T x k x k], where `exact`. */
  readonly inverse: Float64Array;
  /** 1 where the inverse can stand in for a QR of X [T]. */
  readonly exact: Uint8Array;
}

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
      for (let j = 0; j < k; j++) products[t * size + i * k + j] = x[t * k + i]! * x[t * k + j]!;
  });
  const inverse = movingSums(products, size, lookback);
  return {
    observations: movingSums(complete.map(Number), 1, lookback),
    inverse,
    exact: Uint8Array.from(complete, (_, t) =>
      invertCrossProduct(inverse.subarray(t * size, (t + 1) * size), k) ? 1 : 0,
    ),
  };
}
