/** Cross products of an interacted ridge regression: what rows share is multiplied once for all of them. */

import { dot } from "./dot.js";
import type { InteractedRows } from "./interacted-ridge.js";
import { recursiveOls } from "./recursive-ols.js";

/** Sums that grow row by row, and the coefficients that they give at any penalty. */
export interface RidgeSums {
  readonly add: (row: number) => void;
  readonly coefficients: (penalty: number) => Float64Array;
}

/**
 * Sums of f_k f_l (1, z)(1, z)' and of f_k (1, z) y. Rows of a group share regressors and all inputs but their own first ones, so that only
 * products of these are made row by row.
 *
 * A row costs half the square of its own inputs, a group half the square of the coefficients; coefficients cost a sixth of their cube.
 */
export function ridgeSums(rows: InteractedRows): RidgeSums {
  const { k: K, f, y, group = 1 } = rows;
  const all = Array.from({ length: (K * (K + 1)) / 2 }, () => triangle(1 + rows.d));
  const moments = Array.from({ length: K }, () => new Float64Array(1 + rows.d));
  const pending = groupSums(rows);
  const regressors = recursiveOls(K);
  let current = -1;
  const flush = () => {
    if (pending.count() === 0) return;
    const own = f.subarray(current * group * K, (current * group + 1) * K);
    regressors.add(own, 0);
    for (let k = 0; k < K; k++) {
      for (let l = 0; l <= k; l++) pending.addTo(all[(k * (k + 1)) / 2 + l]!, own[k]! * own[l]!);
      pending.addMoments(moments[k]!, own[k]!);
    }
    pending.clear();
  };
  return {
    add(row) {
      if (Number.isNaN(y[row])) return;
      const own = Math.floor(row / group);
      if (own !== current) flush();
      current = own;
      pending.add(row);
    },
    coefficients(penalty) {
      flush();
      // Only the regressors themselves can be collinear: all else has a penalty.
      return Number.isNaN(regressors.coefficients()[0])
        ? new Float64Array(K * (1 + rows.d)).fill(NaN)
        : solved(all, moments, penalty);
    },
  };
}

/** Rows of a lower triangle with its diagonal. */
const triangle = (size: number): Float64Array[] =>
  Array.from({ length: size }, (_, i) => new Float64Array(i + 1));

/** Sums of the rows of one group: products of own inputs, which with those that are shared give all. */
function groupSums({ d: D, own: O = 0, y, z }: InteractedRows) {
  const inputs = new Float64Array(D);
  const outer = triangle(O);
  // Sums of (1, z) and of (1, z) y, of shared inputs as far as they are shared.
  const [first, response] = [new Float64Array(1 + D), new Float64Array(1 + D)];
  let count = 0;
  return {
    count: () => count,
    add(row: number) {
      z(row, inputs);
      count++;
      first[0] = count;
      response[0]! += y[row]!;
      for (let i = 0; i < O; i++) {
        const [value, products] = [inputs[i]!, outer[i]!];
        for (let j = 0; j <= i; j++) products[j]! += value * inputs[j]!;
        first[1 + i]! += value;
        response[1 + i]! += value * y[row]!;
      }
    },
    addTo(sums: readonly Float64Array[], weight: number) {
      for (let i = O; i < D; i++) first[1 + i] = count * inputs[i]!;
      sums[0]![0]! += weight * count;
      for (let i = 0; i < D; i++) {
        const into = sums[1 + i]!;
        if (i >= O) {
          const scaled = weight * inputs[i]!;
          for (let j = 0; j <= 1 + i; j++) into[j]! += scaled * first[j]!;
        } else {
          const products = outer[i]!;
          into[0]! += weight * first[1 + i]!;
          for (let j = 0; j <= i; j++) into[1 + j]! += weight * products[j]!;
        }
      }
    },
    addMoments(into: Float64Array, weight: number) {
      for (let i = O; i < D; i++) response[1 + i] = response[0]! * inputs[i]!;
      for (let j = 0; j <= D; j++) into[j]! += weight * response[j]!;
    },
    clear() {
      count = 0;
      first.fill(0);
      response.fill(0);
      for (const products of outer) products.fill(0);
    },
  };
}

/** Rows of a Cholesky factor that are made together: each row before them is read once for all. */
const TOGETHER = 8;

/** The coefficients by a Cholesky factor of the sums with the penalty on their diagonal, but for those of the regressors alone. */
function solved(
  all: readonly (readonly Float64Array[])[],
  moments: readonly Float64Array[],
  penalty: number,
): Float64Array {
  const K = moments.length;
  const D = moments[0]!.length - 1;
  const size = K * (1 + D);
  /** Regressor and input of a coefficient. */
  const place = (i: number) => (i < K ? [i, 0] : [Math.floor((i - K) / D), 1 + ((i - K) % D)]);
  const sumsOf = (i: number) => {
    const [k, a] = place(i) as [number, number];
    return Float64Array.from({ length: i + 1 }, (_, j) => {
      const [l, b] = place(j) as [number, number];
      const [high, low] = [Math.max(k, l), Math.min(k, l)];
      return all[(high * (high + 1)) / 2 + low]![Math.max(a, b)]![Math.min(a, b)]!;
    });
  };
  const factor: Float64Array[] = [];
  const out = new Float64Array(size);
  const eliminate = (own: Float64Array, j: number) => {
    own[j] = (own[j]! - dot(own, factor[j]!, j)) / factor[j]![j]!;
  };
  for (let first = 0; first < size; first += TOGETHER) {
    const rows = Array.from({ length: Math.min(TOGETHER, size - first) }, (_, r) =>
      sumsOf(first + r),
    );
    for (let j = 0; j < first; j++) for (const own of rows) eliminate(own, j);
    for (const [r, own] of rows.entries()) {
      const i = first + r;
      for (let j = first; j < i; j++) eliminate(own, j);
      own[i] = Math.sqrt(own[i]! + (i < K ? 0 : penalty) - dot(own, own, i));
      const [k, a] = place(i) as [number, number];
      out[i] = (moments[k]![a]! - dot(own, out, i)) / own[i]!;
      factor.push(own);
    }
  }
  backSubstitute(factor, out);
  return out;
}

/** Solves L'x = b in place, for the rows of L through the diagonal. */
export function backSubstitute(factor: readonly Float64Array[], x: Float64Array): void {
  for (let i = x.length - 1; i >= 0; i--) {
    const own = factor[i]!;
    const value = x[i]! / own[i]!;
    x[i] = value;
    for (let j = 0; j < i; j++) x[j]! -= value * own[j]!;
  }
}
