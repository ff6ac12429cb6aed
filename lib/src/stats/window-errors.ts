/** Heteroskedasticity-robust errors of one window of a rolling regression, in a single pass over its rows. */

import { NEAR } from "./white.js";

/** One series of rolling regressions. */
export interface WindowRows {
  readonly k: number;
  /** Regressors [T x k]. */
  readonly x: Float64Array;
  /** Dependent series [T x N], of which one is meant. */
  readonly y: ArrayLike<number>;
  readonly dependents: number;
  readonly series: number;
  /** Whether a row counts [T]. */
  readonly complete: readonly boolean[];
}

/** The last row of a window and how many it has, with its coefficients [k] and (X'X)^-1 [k x k]. */
export interface Window {
  readonly lookback: number;
  readonly last: number;
  readonly coefficients: Float64Array;
  readonly inverse: Float64Array;
}

/**
 * The HC3 covariance of `whiteCovariance`, but for rounding, without a regression that is laid out for it.
 *
 * @returns [k x k]; NaN where an observation has leverage 1
 */
export function windowWhite(rows: WindowRows, window: Window): Float64Array {
  return rows.k === 1 ? Float64Array.of(varianceOfOne(rows, window)) : covariance(rows, window);
}

function varianceOfOne(
  { x, y, dependents, series, complete }: WindowRows,
  { lookback, last, coefficients, inverse }: Window,
): number {
  const [b, v] = [coefficients[0]!, inverse[0]!];
  let sum = 0;
  for (let row = Math.max(0, last - lookback + 1); row <= last; row++) {
    if (!complete[row]) continue;
    const f = x[row]!;
    const room = 1 - v * f * f;
    const part = room > NEAR ? (f * (y[row * dependents + series]! - b * f)) / room : Number.NaN;
    sum += part * part;
  }
  return v * v * sum;
}

function covariance(
  { k, x, y, dependents, series, complete }: WindowRows,
  { lookback, last, coefficients, inverse }: Window,
): Float64Array {
  const out = new Float64Array(k * k);
  const own = new Float64Array(k);
  for (let row = Math.max(0, last - lookback + 1); row <= last; row++) {
    if (!complete[row]) continue;
    let [room, error] = [1, y[row * dependents + series]!];
    for (let i = 0; i < k; i++) {
      let sum = 0;
      for (let j = 0; j < k; j++) sum += inverse[i * k + j]! * x[row * k + j]!;
      own[i] = sum;
      room -= sum * x[row * k + i]!;
      error -= coefficients[i]! * x[row * k + i]!;
    }
    const ratio = room > NEAR ? error / room : Number.NaN;
    for (let i = 0; i < k; i++) {
      const scaled = ratio * ratio * own[i]!;
      for (let j = i; j < k; j++) out[i * k + j]! += scaled * own[j]!;
    }
  }
  for (let i = 0; i < k; i++) for (let j = 0; j < i; j++) out[i * k + j] = out[j * k + i]!;
  return out;
}
