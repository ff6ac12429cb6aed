/** The design of one window of rolling regressions, for windows that are fitted by themselves. */

import { crossProduct, invertCrossProduct } from "./cross-product.js";
import { type RegressionDesign, regressionDesign } from "./ols.js";

interface Regressors {
  readonly k: number;
  /** With the ones of the intercept [T x k]. */
  readonly x: Float64Array;
  readonly intercept: boolean;
}

/** Undefined where the regressors are collinear over the rows. */
export function windowDesign(
  { k, x: all, intercept }: Regressors,
  rows: readonly number[],
): RegressionDesign | undefined {
  const n = rows.length;
  const x = new Float64Array(n * k);
  rows.forEach((row, at) => {
    x.set(all.subarray(row * k, (row + 1) * k), at * k);
  });
  const inverse = crossProduct(x, k);
  if (!invertCrossProduct(inverse, k)) return regressionDesign(x, n, k, intercept);
  const pseudoInverse = new Float64Array(n * k);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < k; j++)
      for (let l = 0; l < k; l++) pseudoInverse[i * k + j]! += x[i * k + l]! * inverse[l * k + j]!;
  return { intercept, n, k, x, pseudoInverse };
}
