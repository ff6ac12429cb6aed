/** An interacted ridge in its rows, for more coefficients than those. */

import { dot } from "./dot.js";
import type { InteractedRidge, InteractedRows } from "./interacted-ridge.js";
import { DOUBLE, eight, rowStart, sharedKernel, statsKernel } from "./kernel.js";
import { recursiveOls } from "./recursive-ols.js";

/** Rows as they are taken, with the products of each with itself and all before: what any penalty asks of them. */
export interface RowProducts {
  readonly rows: InteractedRows;
  /** The inputs of the n-th row taken [D], and its regressors [K]. */
  readonly inputs: (n: number) => Float64Array;
  readonly regressors: readonly Float64Array[];
  /** Products of the n-th row taken, which has this number, with the first n + 1; it may be asked for by every penalty. */
  readonly products: (n: number, row: number) => Float64Array;
}

/** A row of X is the product of f and z, so that one of XX' is that of FF' times that of ZZ', element by element. */
export function rowProducts(rows: InteractedRows): RowProducts {
  const { k: K, d: D, f, z } = rows;
  const inputs = growingRows(D);
  const regressors: Float64Array[] = [];
  const known: Float64Array[] = [];
  return {
    rows,
    inputs: inputs.row,
    regressors,
    products(n, row) {
      if (n === known.length) {
        regressors.push(f.slice(row * K, (row + 1) * K));
        const own = inputs.add((out) => z(row, out));
        for (let i = 0; i <= n; i++) own[i]! *= dot(regressors[n]!, regressors[i]!, K);
        known.push(own);
      }
      return known[n]!;
    },
  };
}

/** Rows in a kernel of their own, with as much room again when they outgrow it. */
function growingRows(width: number) {
  const kernel = statsKernel();
  const bytes = DOUBLE * eight(width);
  let arena = kernel.arena();
  let [size, most, at, out] = [0, 0, 0, 0];
  const grow = () => {
    const kept = arena.bytes(at, bytes * size).slice();
    most = Math.max(64, 2 * size);
    arena = kernel.arena();
    [at, out] = [arena.room(bytes * most), arena.room(DOUBLE * most)];
    arena.bytes(at, kept.length).set(kept);
  };
  const row = (n: number) => arena.doubles(at + bytes * n, width);
  return {
    row,
    /** Its inner products with all rows through itself. */
    add(write: (row: Float64Array) => void): Float64Array {
      if (size === most) grow();
      write(row(size));
      kernel.innerProducts(at, bytes, width, size, out);
      return arena.doubles(out, ++size).slice();
    },
  };
}

/**
 * The ridge in the rows.
 *
 * With c = X'a, the errors y - Fb have covariance A = XX' + penalty: b is their generalised least squares, and a = A^-1 (y - Fb).
 * A grows by a row of its Cholesky factor L, and L^-1 (F, y) by a row that `recursiveOls` takes.
 */
export function wideRidge(
  { rows, inputs, regressors, products }: RowProducts,
  penalty: number,
): InteractedRidge {
  const { k: K, d: D, y } = rows;
  const taken: number[] = [];
  const factor = growingFactor(penalty);
  /** Rows of L^-1 F and of L^-1 y. */
  const whitened: Float64Array[] = [];
  const responses: number[] = [];
  const ols = recursiveOls(K);
  const whiten = (n: number) => {
    const own = factor.row(n);
    const white = regressors[n]!.slice();
    let response = y[taken[n]!]!;
    for (let i = 0; i < n; i++) {
      const value = own[i]!;
      for (let k = 0; k < K; k++) white[k]! -= value * whitened[i]![k]!;
      response -= value * responses[i]!;
    }
    const pivot = own[n]!;
    whitened.push(white.map((value) => value / pivot));
    responses.push(response / pivot);
    ols.add(whitened[n]!, responses[n]!);
  };
  return {
    add(row) {
      if (!Number.isNaN(y[row])) taken.push(row);
    },
    coefficients() {
      const known = whitened.length;
      factor.extend(taken.slice(known).map((row, i) => products(known + i, row)));
      for (let n = known; n < taken.length; n++) whiten(n);
      const b = ols.coefficients();
      const out = Float64Array.of(...b, ...new Float64Array(K * D));
      const a = Float64Array.from(responses, (value, i) => value - dot(b, whitened[i]!, K));
      factor.backSubstitute(a);
      a.forEach((value, i) => {
        const z = inputs(i);
        for (let k = 0; k < K; k++) {
          const scaled = value * regressors[i]![k]!;
          for (let d = 0; d < D; d++) out[K + k * D + d]! += scaled * z[d]!;
        }
      });
      return out;
    },
  };
}

/** The Cholesky factor L of a symmetric matrix plus a penalty on its diagonal, which grows by rows through the diagonal. */
function growingFactor(penalty: number) {
  let size = 0;
  /** Rows of L, as the kernel has them. */
  let triangle = new Float64Array();
  const row = (i: number) => triangle.subarray(rowStart(i), rowStart(i) + i + 1);
  return {
    row,
    extend(added: readonly Float64Array[]) {
      const kernel = sharedKernel();
      const { room, doubles } = kernel.arena();
      const all = rowStart(size + added.length);
      const at = room(DOUBLE * all);
      doubles(at, triangle.length).set(triangle);
      added.forEach((own, i) => {
        doubles(at + DOUBLE * rowStart(size + i), own.length).set(own);
      });
      kernel.extendFactor(at, size, size + added.length, penalty);
      triangle = doubles(at, all).slice();
      size += added.length;
    },
    /** Solves L'x = b in place. */
    backSubstitute(x: Float64Array) {
      for (let i = x.length - 1; i >= 0; i--) {
        const own = row(i);
        const value = x[i]! / own[i]!;
        x[i] = value;
        for (let j = 0; j < i; j++) x[j]! -= value * own[j]!;
      }
    },
  };
}
