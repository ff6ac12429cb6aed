/** What the network sees of a bank: 217 numbers without scale and without the number of markets. */

import {
  coinVariance,
  EXPERTS,
  FILTERS,
  type FilterBank,
  LOSS_HALF_LIVES,
  noiseVariance,
  REFERENCE,
  recentNoise,
  SLOW,
  TERMS,
} from "../../betas/filter-bank.js";

/** Numbers per row. */
export const FEATURES: number = LOSS_HALF_LIVES.length * EXPERTS + 2 * FILTERS - 1 + 11 + 2 * TERMS;

/** Rows between two scores that are multiplied, less one. */
const LAGS: readonly number[] = [0, 1, 2];
/** Rows that a half-life of one counts, 1 / ln 2. */
const ROWS_PER_HALF_LIFE = 14_427 / 10_000;

/** Running signs of instability beside a bank. */
export interface Signs {
  /** Recent market variance over its mean, and recent fourth power of the noise over its square. */
  marketVariance: number;
  kurtosis: number;
  /** Sum of squared products of neighbouring scores, and the greatest cumulative score. */
  products: number;
  peak: number;
  /** Sums of products of scores one to three rows apart [3], and of what the state terms have gained [4]. */
  readonly autocorrelation: Float64Array;
  readonly termGains: Float64Array;
  /** Last scores, newest first [3 x K]. */
  readonly lastScores: Float64Array;
  /** Room for the scores of a row [K]. */
  readonly scores: Float64Array;
  /** Sum of the scores, and their recent sum [K]. */
  readonly cumulative: Float64Array;
  readonly recent: Float64Array;
}

/** Signs before the first row. */
export function signs(markets: number): Signs {
  return {
    marketVariance: 1,
    kurtosis: 3,
    products: 0,
    peak: 0,
    autocorrelation: new Float64Array(LAGS.length),
    termGains: new Float64Array(TERMS),
    lastScores: new Float64Array(LAGS.length * markets),
    scores: new Float64Array(markets),
    cumulative: new Float64Array(markets),
    recent: new Float64Array(markets),
  };
}

const clip = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, value));

/** Takes in a row after `predict` of the bank and before its `learn`. */
export function watch(sign: Signs, bank: FilterBank, x: Float64Array, at: number, y: number): void {
  const { markets: K, marketVariances } = bank;
  const noise = noiseVariance(bank);
  const error = residual(bank, REFERENCE, x, at, y);
  watchTerms(sign, bank, x, at, residual(bank, SLOW, x, at, y) / Math.sqrt(noise));
  let square = 0;
  let cumulative = 0;
  const products = [0, 0, 0];
  for (let k = 0; k < K; k++) {
    const f = x[at + k]!;
    square += f ** 2 / marketVariances[k]! / K;
    const score = clip((f * error) / Math.sqrt(noise * marketVariances[k]!), -5, 5);
    for (const lag of LAGS) products[lag]! += (score * sign.lastScores[lag * K + k]!) / K;
    sign.scores[k] = score;
    sign.cumulative[k]! += score;
    cumulative += sign.cumulative[k]! ** 2 / K;
    sign.recent[k] = 0.9 * sign.recent[k]! + score * Math.sqrt(0.19);
  }
  sign.products += products[0]! ** 2;
  for (const lag of LAGS) sign.autocorrelation[lag]! += products[lag]!;
  sign.peak = Math.max(sign.peak, Math.sqrt(cumulative));
  sign.lastScores.copyWithin(K, 0);
  sign.lastScores.set(sign.scores);
  const ratio = error ** 2 / noise;
  sign.kurtosis = 0.98 * sign.kurtosis + 0.02 * Math.min(ratio ** 2, 60);
  sign.marketVariance = 0.93 * sign.marketVariance + 0.07 * Math.min(square, 12);
}

function residual(
  bank: FilterBank,
  expert: number,
  x: Float64Array,
  at: number,
  y: number,
): number {
  const K = bank.markets;
  let error = y;
  for (let k = 0; k < K; k++) error -= x[at + k]! * bank.betas[expert * K + k]!;
  return error;
}

/** What each state term would have taken off the slow expert's squared error, in units of the noise. */
function watchTerms(
  { termGains }: Signs,
  bank: FilterBank,
  x: Float64Array,
  at: number,
  error: number,
): void {
  const K = bank.markets;
  const unit = 1 / Math.sqrt(noiseVariance(bank));
  for (let m = 0; m < TERMS; m++) {
    let term = 0;
    for (let k = 0; k < K; k++) term += x[at + k]! * bank.terms[m * K + k]! * unit;
    termGains[m]! += clip(error ** 2 - (error - term) ** 2, -12, 12);
  }
}

/**
 * Writes the features of the next row, after `predict` of the bank.
 *
 * By expert, half-life first: gain over least squares over the root of four times the rows that count; by filter: its distance
 * from least squares, then from zero, in its own standard deviations; then eleven signs of the series and eight of the terms.
 */
export function writeFeatures(
  bank: FilterBank,
  sign: Signs,
  to: Float32Array | Float64Array,
  at: number,
): void {
  const { gains, rows } = bank;
  let next = at;
  for (let h = 0; h < LOSS_HALF_LIVES.length; h++) {
    const scale = 1 / Math.sqrt(4 * Math.min(rows + 1, LOSS_HALF_LIVES[h]! * ROWS_PER_HALF_LIFE));
    for (let j = 0; j < EXPERTS; j++) to[next++] = clip(gains[h * EXPERTS + j]! * scale, -6, 6);
  }
  for (let j = 1; j < FILTERS; j++) to[next++] = clip(distance(bank, j, 1), 0, 8);
  for (let j = 0; j < FILTERS; j++) to[next++] = Math.log(1 + clip(distance(bank, j, 0), 0, 12));
  writeSigns(bank, sign, to, next);
}

/** Root mean square over markets of a filter's betas, or of their difference from least squares, over their errors. */
function distance({ markets: K, filtered, variances }: FilterBank, j: number, ols: number): number {
  let sum = 0;
  for (let k = 0; k < K; k++) {
    const difference = filtered[j * K + k]! - ols * filtered[k]!;
    sum += difference ** 2 / variances[(j * K + k) * K + k]!;
  }
  return Math.sqrt(sum / K);
}

function writeSigns(
  bank: FilterBank,
  sign: Signs,
  to: Float32Array | Float64Array,
  at: number,
): void {
  const { markets: K, rows, states } = bank;
  const noise = noiseVariance(bank);
  let next = at;
  to[next++] = Math.log(rows / 50);
  to[next++] = 4 / Math.sqrt(rows);
  to[next++] = Math.log(recentNoise(bank) / noise);
  to[next++] = Math.log(clip(sign.marketVariance, 0.05, 20));
  to[next++] = Math.log(clip(sign.kurtosis, 1, 40) / 3);
  to[next++] = Math.log(clip(noise / coinVariance(bank), 0.02, 1.5));
  const root = Math.sqrt(sign.products + 1e-9);
  for (const sum of sign.autocorrelation) to[next++] = clip(sum / root, -6, 6);
  to[next++] = clip(sign.peak / Math.sqrt(rows + 1), 0, 8);
  let recent = 0;
  for (let k = 0; k < K; k++) recent += sign.recent[k]! ** 2 / K;
  to[next++] = clip(Math.sqrt(recent), 0, 8);
  for (let m = 0; m < TERMS; m++)
    to[next++] = clip(sign.termGains[m]! / Math.sqrt(rows + 1), -6, 6);
  for (let m = 0; m < TERMS; m++) {
    let size = 0;
    for (let k = 0; k < K; k++) size += Math.abs(states[m * K + k]!) / K;
    to[next++] = clip(size, 0, 2);
  }
}
