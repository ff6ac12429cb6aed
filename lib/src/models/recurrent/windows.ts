/** Rows before a date as a recurrent network takes them. */

import { inputWidth, type RecurrentShape } from "./network.js";

/** Rows of a window, oldest first, in units in which markets, and the coin's own risk, have variance 1. */
export interface WindowRows {
  /** Returns of the markets [L x K]. */
  readonly x: Float64Array;
  /** Returns of the coin [L]. */
  readonly y: Float64Array;
  /** Mean of the betas before anything is known [K]; their variance is 1. */
  readonly prior: readonly number[];
}

/**
 * Writes a window: by row the markets' returns and the coin's, oldest first; with residuals newest first, each row followed by log(1 + e²) and
 * e x / sqrt(v), e = (y - x b) / sqrt(v), v = 1 + x C x, where b and C are the posterior mean and variance by the newer rows alone. Where beta has jumped, older rows do not fit the newer.
 *
 * @param to [L x I], zero before
 */
export function windowInto(to: Float32Array, shape: RecurrentShape, rows: WindowRows): void {
  const { lookback: L, markets: K, residuals } = shape;
  const { x, y } = rows;
  const I = inputWidth(shape);
  // No views of rows: a round has millions of them.
  for (let row = 0; row < L; row++) {
    const at = I * (residuals ? L - 1 - row : row);
    for (let k = 0; k < K; k++) to[at + k] = x[row * K + k]!;
    to[at + K] = y[row]!;
  }
  if (residuals) residualsInto(to, shape, rows);
}

/** Writes what a recursive least squares, from the newest row to the oldest, makes of each row. */
function residualsInto(to: Float32Array, shape: RecurrentShape, { x, y, prior }: WindowRows): void {
  const { lookback: L, markets: K } = shape;
  const I = inputWidth(shape);
  const b = Float64Array.from(prior);
  // The identity: every K + 1st number is 1.
  const C = Float64Array.from({ length: K * K }, (_, at) => (at % (K + 1) === 0 ? 1 : 0));
  const Cx = new Float64Array(K);
  for (let row = L - 1, at = 0; row >= 0; row--, at += I) {
    let v = 1;
    let error = y[row]!;
    for (let k = 0; k < K; k++) {
      Cx[k] = 0;
      for (let j = 0; j < K; j++) Cx[k]! += C[k * K + j]! * x[row * K + j]!;
      v += x[row * K + k]! * Cx[k]!;
      error -= x[row * K + k]! * b[k]!;
    }
    for (let k = 0; k < K; k++) {
      b[k]! += (Cx[k]! * error) / v;
      for (let j = 0; j < K; j++) C[k * K + j]! -= (Cx[k]! * Cx[j]!) / v;
    }
    const scale = Math.sqrt(v);
    const e = error / scale;
    to[at + K + 1] = Math.log(1 + e ** 2);
    for (let k = 0; k < K; k++) to[at + K + 2 + k] = (e * x[row * K + k]!) / scale;
  }
}
