/** Heteroskedasticity-robust errors of the windows of rolling regressions, in a few passes over their rows. */

import { NEAR } from "./white.js";

/** Series of rolling regressions on the same regressors. */
export interface WindowRows {
  readonly k: number;
  /** Regressors [T x k]. */
  readonly x: Float64Array;
  /** Dependent series [T x N]. */
  readonly y: ArrayLike<number>;
  readonly dependents: number;
  /** Whether a row counts [T]. */
  readonly complete: readonly boolean[];
}

/** The windows, their estimates, and what becomes of their errors. A cell is t N + i. */
export interface WhiteWindows {
  readonly lookback: number;
  /** (X'X)^-1 of the window that ends with each row [T x k x k]. */
  readonly inverse: Float64Array;
  /** [T x N x k] */
  readonly coefficients: Float64Array;
  readonly isWanted: (cell: number) => boolean;
  readonly keep: (cell: number, covariance: Float64Array) => void;
}

/**
 * The HC3 covariance of `whiteCovariance` [k x k], but for rounding, without a regression that is laid out for it; NaN where an
 * observation has leverage 1. Leverages of a window are computed once for all its series.
 *
 * @param series numbers of the series, all complete in the rows that count
 */
export function windowWhite(
  { k, x, y, dependents: N, complete }: WindowRows,
  series: readonly number[],
  { lookback, inverse, coefficients, isWanted, keep }: WhiteWindows,
): void {
  const rows = completeRows(x, k, complete);
  const responses = series.map((i) => Float64Array.from(rows.taken, (t) => y[t * N + i]!));
  const errors = new Float64Array(rows.taken.length);
  let leverages: Leverages | undefined;
  for (let t = 0; t < complete.length; t++) {
    const wanted = [...series.entries()].filter(([, i]) => isWanted(t * N + i));
    if (wanted.length === 0) continue;
    const own = inverse.subarray(t * k * k, (t + 1) * k * k);
    leverages = leveragesOf(rows, { lookback, last: t, inverse: own }, leverages);
    for (const [s, i] of wanted) {
      const cell = t * N + i;
      const b = coefficients.subarray(cell * k, (cell + 1) * k);
      keep(cell, covarianceOf(rows, leverages, { y: responses[s]!, coefficients: b, errors }));
    }
  }
}

/** The rows that count, one after the other: what series with the same rows share. */
interface CompleteRows {
  /** Their places in the panel [n]. */
  readonly taken: readonly number[];
  /** Regressors, each by itself [k x n]. */
  readonly columns: readonly Float64Array[];
  /** Rows that count before each row of the panel [T + 1]. */
  readonly before: Int32Array;
}

/** Leverages of the rows of one window: they depend on regressors alone. */
interface Leverages {
  /** First row that counts, and the first after the window. */
  readonly from: number;
  readonly to: number;
  /** 1 less the leverage of each row; NaN where it is 1. */
  readonly room: Float64Array;
  /** (X'X)^-1 [k x k]. */
  readonly inverse: Float64Array;
  /** Rows of (X'X)^-1 X', each by itself. */
  readonly own: readonly Float64Array[];
}

/** Where regressors [T x k] are complete. */
function completeRows(x: Float64Array, k: number, complete: readonly boolean[]): CompleteRows {
  const before = new Int32Array(complete.length + 1);
  complete.forEach((counts, t) => {
    before[t + 1] = before[t]! + (counts ? 1 : 0);
  });
  const taken = complete.flatMap((counts, t) => (counts ? [t] : []));
  const columns = Array.from({ length: k }, (_, j) =>
    Float64Array.from(taken, (t) => x[t * k + j]!),
  );
  return { taken, columns, before };
}

/**
 * Leverages of the window that ends with a row of the panel, computed into the arrays of another window, if there is one.
 *
 * @param inverse (X'X)^-1 of the window [k x k]
 */
function leveragesOf(
  { columns, before }: CompleteRows,
  window: { readonly lookback: number; readonly last: number; readonly inverse: Float64Array },
  room: Leverages | undefined,
): Leverages {
  const { lookback, last, inverse } = window;
  const [k, n] = [columns.length, columns[0]!.length];
  const to = before[last + 1]!;
  const from = before[Math.max(0, last - lookback + 1)]!;
  const space = room ?? {
    room: new Float64Array(n),
    own: columns.map(() => new Float64Array(n)),
  };
  const free = space.room.fill(1, from, to);
  for (let i = 0; i < k; i++) {
    const own = space.own[i]!;
    const column = columns[i]!;
    own.fill(0, from, to);
    for (let j = 0; j < k; j++) {
      const [weight, other] = [inverse[i * k + j]!, columns[j]!];
      for (let row = from; row < to; row++) own[row]! += weight * other[row]!;
    }
    for (let row = from; row < to; row++) free[row]! -= own[row]! * column[row]!;
  }
  for (let row = from; row < to; row++) if (!(free[row]! > NEAR)) free[row] = Number.NaN;
  return { ...space, from, to, inverse };
}

/**
 * The covariance of one series over a window; of one or two regressors in one pass.
 *
 * @param fit its values in the rows that count, its coefficients, and room for as many errors
 */
function covarianceOf(
  { columns }: CompleteRows,
  { from, to, room, own, inverse }: Leverages,
  fit: {
    readonly y: Float64Array;
    readonly coefficients: Float64Array;
    readonly errors: Float64Array;
  },
): Float64Array {
  const { y, coefficients, errors } = fit;
  const k = columns.length;
  const [b, first] = [coefficients[0]!, columns[0]!];
  if (k === 1) {
    let sum = 0;
    for (let row = from; row < to; row++) {
      const part = (first[row]! * (y[row]! - b * first[row]!)) / room[row]!;
      sum += part * part;
    }
    return Float64Array.of(inverse[0]! * inverse[0]! * sum);
  }
  if (k === 2) {
    const [c, second] = [coefficients[1]!, columns[1]!];
    const [a0, a1] = [own[0]!, own[1]!];
    let sum00 = 0;
    let sum01 = 0;
    let sum11 = 0;
    for (let row = from; row < to; row++) {
      const ratio = (y[row]! - b * first[row]! - c * second[row]!) / room[row]!;
      const square = ratio * ratio;
      sum00 += square * a0[row]! * a0[row]!;
      sum01 += square * a0[row]! * a1[row]!;
      sum11 += square * a1[row]! * a1[row]!;
    }
    return Float64Array.of(sum00, sum01, sum01, sum11);
  }
  for (let row = from; row < to; row++) errors[row] = y[row]! - b * first[row]!;
  for (let j = 1; j < k; j++) {
    const [b, column] = [coefficients[j]!, columns[j]!];
    for (let row = from; row < to; row++) errors[row]! -= b * column[row]!;
  }
  for (let row = from; row < to; row++) {
    const ratio = errors[row]! / room[row]!;
    errors[row] = ratio * ratio;
  }
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++) weightedProducts({ from, to, weights: errors, own, i, out });
  return out;
}

/** Row and column i of the sums of weighted products, from the diagonal on. */
function weightedProducts({
  from,
  to,
  weights,
  own,
  i,
  out,
}: Pick<Leverages, "from" | "to" | "own"> & {
  readonly weights: Float64Array;
  readonly i: number;
  readonly out: Float64Array;
}): void {
  const k = own.length;
  const a = own[i]!;
  // Four sums at a time, as each addition to one sum has to wait for the last.
  for (let j = i; j < k; j += 4) {
    const x0 = own[j]!;
    const [x1 = x0, x2 = x0, x3 = x0] = own.slice(j + 1, j + 4);
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let row = from; row < to; row++) {
      const weighted = weights[row]! * a[row]!;
      sum0 += weighted * x0[row]!;
      sum1 += weighted * x1[row]!;
      sum2 += weighted * x2[row]!;
      sum3 += weighted * x3[row]!;
    }
    [sum0, sum1, sum2, sum3].slice(0, k - j).forEach((sum, at) => {
      out[i * k + j + at] = sum;
      out[(j + at) * k + i] = sum;
    });
  }
}
