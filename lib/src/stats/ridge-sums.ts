/** Cross products of an interacted ridge regression: what rows share is multiplied once for all of them. */

import type { InteractedRows } from "./interacted-ridge.js";
import { recursiveOls } from "./recursive-ols.js";
import { ridgeKernel } from "./ridge-kernel.js";

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
  const { k: K, f, group = 1, own = 0, y } = rows;
  const kernel = ridgeKernel(K, rows.d, own);
  const pending = groupSums(rows);
  const regressors = recursiveOls(K);
  let current = -1;
  const flush = () => {
    const sums = pending.take();
    if (!sums) return;
    const shared = f.subarray(current * group * K, (current * group + 1) * K);
    regressors.add(shared, 0);
    kernel.add({ ...sums, f: shared });
  };
  return {
    add(row) {
      if (Number.isNaN(y[row])) return;
      const next = Math.floor(row / group);
      if (next !== current) flush();
      current = next;
      pending.add(row);
    },
    coefficients(penalty) {
      flush();
      // Only the regressors themselves can be collinear: all else has a penalty.
      return Number.isNaN(regressors.coefficients()[0])
        ? new Float64Array(K * (1 + rows.d)).fill(NaN)
        : kernel.coefficients(penalty);
    },
  };
}

/** Sums of the rows of one group: products of own inputs, which with those that are shared give all. */
function groupSums({ d: D, own: O = 0, y, z }: InteractedRows) {
  const inputs = new Float64Array(D);
  const products = Array.from({ length: O }, (_, i) => new Float64Array(i + 1));
  // Sums of (1, z) and of (1, z) y, of shared inputs only when the group is taken.
  const [first, response] = [new Float64Array(1 + D), new Float64Array(1 + D)];
  let isTaken = true;
  return {
    add(row: number) {
      if (isTaken) for (const sums of [first, response, ...products]) sums.fill(0);
      isTaken = false;
      z(row, inputs);
      first[0]!++;
      response[0]! += y[row]!;
      for (let i = 0; i < O; i++) {
        const [value, own] = [inputs[i]!, products[i]!];
        for (let j = 0; j <= i; j++) own[j]! += value * inputs[j]!;
        first[1 + i]! += value;
        response[1 + i]! += value * y[row]!;
      }
    },
    /** The sums since the last were taken, if there are any. */
    take() {
      if (isTaken) return undefined;
      isTaken = true;
      for (let i = O; i < D; i++) {
        first[1 + i] = first[0]! * inputs[i]!;
        response[1 + i] = response[0]! * inputs[i]!;
      }
      return { z: inputs, first, response, products };
    },
  };
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
