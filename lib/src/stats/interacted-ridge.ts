/** Ridge regression on a few regressors whose coefficients are linear in many inputs, for rows that arrive one by one. */

import { recursiveOls } from "./recursive-ols.js";
import { type RidgeSums, ridgeSums } from "./ridge-sums.js";
import { type RowProducts, rowProducts, wideRidge } from "./wide-ridge.js";

/** Rows of y = sum_k f_k (b_k + sum_d c_kd z_d) + error. */
export interface InteractedRows {
  /** Regressors, K. */
  readonly k: number;
  /** Inputs, D. */
  readonly d: number;
  /** [n x K] */
  readonly f: Float64Array;
  /** Writes the D inputs of a row, finite where y is. */
  readonly z: (row: number, out: Float64Array) => void;
  /** Rows of a group, one after the other, which share f and all inputs but their first `own`; 1 and 0 by default. */
  readonly group?: number;
  readonly own?: number;
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

/** Rows times the square of the coefficients from which rotations take tenths of a second, and cross products less. */
const MANY = 1e8;

/** Coefficients for each row that takes as long to rotate as their sums to solve, measured for a hundred to two thousand of them. */
const CUBE = 64;

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
  let tall: RidgeSums | undefined;
  let wide: RowProducts | undefined;
  const estimate = (ridge: InteractedRidge) => {
    known.forEach(ridge.add);
    return ridge.coefficients();
  };
  return (penalty) => {
    if (!isExact(penalty, n)) return estimate(rotatedRidge(rows, penalty));
    if (!isTall(rows, n)) {
      wide ??= rowProducts(rows);
      return estimate(wideRidge(wide, penalty));
    }
    if (!tall) {
      tall = ridgeSums(rows);
      known.forEach(tall.add);
    }
    return tall.coefficients(penalty);
  };
}

/** What an estimate is expected to have. */
interface Expected {
  /** Rows of the first estimate. */
  readonly n: number;
  /** Rows from each estimate to the next; as many as the first has by default. */
  readonly between?: number;
}

/**
 * The same for rows that arrive one by one: by cross products where rows are very many and estimates few, by rotations where they are
 * many, whose cost per row is three times the square of the coefficients; in the rows, where they are fewer. Rows that outgrow the
 * penalty are rotated from then on.
 */
export function interactedRidge(
  rows: InteractedRows,
  penalty: number,
  { n, between = n }: Expected,
): InteractedRidge {
  if (!isExact(penalty, n)) return rotatedRidge(rows, penalty);
  const size = sizeOf(rows);
  if (!isTall(rows, n)) return whileExact(rows, penalty, wideRidge(rowProducts(rows), penalty));
  if (n * size * size < MANY || between < size / CUBE) return rotatedRidge(rows, penalty);
  const { add, coefficients } = ridgeSums(rows);
  return whileExact(rows, penalty, { add, coefficients: () => coefficients(penalty) });
}

/** A ridge as long as its penalty is exact for the rows taken, then rotations of them all. */
function whileExact(
  rows: InteractedRows,
  penalty: number,
  first: InteractedRidge,
): InteractedRidge {
  const taken: number[] = [];
  let ridge = first;
  return {
    add(row) {
      if (!Number.isNaN(rows.y[row])) taken.push(row);
      if (ridge === first && !isExact(penalty, taken.length)) {
        ridge = rotatedRidge(rows, penalty);
        taken.forEach(ridge.add);
      } else ridge.add(row);
    },
    coefficients: () => ridge.coefficients(),
  };
}

const sizeOf = ({ k, d }: InteractedRows): number => k * (1 + d);

const isTall = (rows: InteractedRows, n: number): boolean => n >= sizeOf(rows);

const isExact = (penalty: number, n: number): boolean => penalty >= LEAST * n && penalty < Infinity;

/** By Givens rotations of the rows: for any penalty. */
export function rotatedRidge(rows: InteractedRows, penalty: number): InteractedRidge {
  const { k: K, y } = rows;
  const D = penalty === Infinity ? 0 : rows.d;
  const size = K * (1 + D);
  const penalties = Array.from({ length: size }, (_, j) => (j < K ? 0 : penalty));
  const ols = recursiveOls(size, penalties);
  const regressors = new Float64Array(size);
  const inputs = new Float64Array(rows.d);
  return {
    add(row) {
      if (Number.isNaN(y[row])) return;
      if (D > 0) rows.z(row, inputs);
      interact(rows, row, inputs.subarray(0, D), regressors);
      ols.add(regressors, y[row]!);
    },
    coefficients: ols.coefficients,
  };
}

/** Row of the regression in b and c: f, then f_k z of every regressor. */
function interact(
  { k: K, f }: InteractedRows,
  row: number,
  z: Float64Array,
  out: Float64Array,
): void {
  for (let k = 0; k < K; k++) {
    const own = f[row * K + k]!;
    out[k] = own;
    for (let d = 0; d < z.length; d++) out[K + k * z.length + d] = own * z[d]!;
  }
}
