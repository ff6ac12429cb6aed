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
export function windowInto(
  to: Float32Array,
  shape: RecurrentShape,
  { x, y, prior }: WindowRows,
): void {
  const { lookback: L, markets: K, residuals } = shape;
  const I = inputWidth(shape);
  const residual = residuals ? backwardResidual(prior) : undefined;
  for (let l = 0; l < L; l++) {
    const row = residuals ? L - 1 - l : l;
    const own = x.subarray(row * K, (row + 1) * K);
    const at = l * I;
    to.set(own, at);
    to[at + K] = y[row]!;
    if (!residual) continue;
    const { e, scale } = residual(own, y[row]!);
    to[at + K + 1] = Math.log(1 + e ** 2);
    for (let k = 0; k < K; k++) to[at + K + 2 + k] = (e * own[k]!) / scale;
  }
}

/** Standardised residuals of a recursive least squares, row by row. */
function backwardResidual(prior: readonly number[]) {
  const K = prior.length;
  const b = Float64Array.from(prior);
  const C = Float64Array.from({ length: K * K }, (_, at) => (at % (K + 1) === 0 ? 1 : 0));
  const Cx = new Float64Array(K);
  return (x: Float64Array, y: number) => {
    let v = 1;
    let error = y;
    for (let k = 0; k < K; k++) {
      Cx[k] = 0;
      for (let j = 0; j < K; j++) Cx[k]! += C[k * K + j]! * x[j]!;
      v += x[k]! * Cx[k]!;
      error -= x[k]! * b[k]!;
    }
    for (let k = 0; k < K; k++) {
      b[k]! += (Cx[k]! * error) / v;
      for (let j = 0; j < K; j++) C[k * K + j]! -= (Cx[k]! * Cx[j]!) / v;
    }
    const scale = Math.sqrt(v);
    return { e: error / scale, scale };
  };
}
