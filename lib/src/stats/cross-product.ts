/** Cross products of regressors, for where QR of every window would take too long. */

/** Largest condition number of a cross product that is inverted: it costs at most four of sixteen digits. */
const CONDITION = 1e4;

/**
 * X'X of X [n x k]; of a pseudo-inverse X (X'X)^-1 it is (X'X)^-1.
 *
 * @returns [k x k]
 * @example
 * crossProduct(Float64Array.of(1, 2, 3, 4), 2); // [10, 14, 14, 20]
 */
export function crossProduct(x: Float64Array, k: number): Float64Array {
  const product = new Float64Array(k * k);
  for (let row = 0; row < x.length; row += k)
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++) product[i * k + j]! += x[row + i]! * x[row + j]!;
  return product;
}

/**
 * Inverts a cross product [k x k] in place by Gauss-Jordan, and says whether the inverse can stand in for a QR of X.
 *
 * @returns false, with nothing usable in place, where the columns of X are collinear or near it, whatever their units
 */
export function invertCrossProduct(a: Float64Array, k: number): boolean {
  const scale = Array.from({ length: k }, (_, j) => Math.sqrt(a[j * k + j]!));
  const rescale = () => {
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) a[i * k + j]! /= scale[i]! * scale[j]!;
  };
  rescale();
  if (!invertPositive(a, k)) return false;
  // Eigenvalues of the scaled matrix are at most k, those of its inverse at most its trace.
  let trace = 0;
  for (let j = 0; j < k; j++) trace += a[j * k + j]!;
  rescale();
  return k * trace < CONDITION;
}

/**
 * Inverts a positive definite matrix [k x k] in place by Gauss-Jordan.
 *
 * @param pivots filled with the k pivots, whose product is the determinant
 * @returns false, with nothing usable in place, where a pivot is not above 0
 */
export function invertPositive(a: Float64Array, k: number, pivots?: Float64Array): boolean {
  for (let p = 0; p < k; p++) {
    const pivot = a[p * k + p]!;
    if (!(pivot > 0)) return false;
    if (pivots) pivots[p] = pivot;
    a[p * k + p] = 1;
    for (let j = 0; j < k; j++) a[p * k + j]! /= pivot;
    for (let i = 0; i < k; i++) {
      if (i === p) continue;
      const factor = a[i * k + p]!;
      a[i * k + p] = 0;
      for (let j = 0; j < k; j++) a[i * k + j]! -= factor * a[p * k + j]!;
    }
  }
  return true;
}
