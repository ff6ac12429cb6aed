/** What a bank of filters learns from a row: losses, state terms, and the filters themselves. */

import {
  COIN_SQUARES,
  EXPERTS,
  FILTERS,
  type FilterBank,
  KEPT_RETURNS,
  LOSS_HALF_LIVES,
  noiseVariance,
  RECENT,
  REFERENCE,
  SLOW,
  SQUARES,
  STEP_VARIANCES,
  TERMS,
} from "./filter-bank.js";

const DECAYS = LOSS_HALF_LIVES.map((rows) => Math.exp(-Math.LN2 / rows));

/** Takes in the row that `predict` was for: market returns x [K] from `at` on, and the return y of the series. */
export function learn(bank: FilterBank, x: Float64Array, at: number, y: number): void {
  const { markets: K, betas, errors, noise, rows } = bank;
  for (let j = 0; j < EXPERTS; j++) {
    let error = y;
    for (let k = 0; k < K; k++) error -= x[at + k]! * betas[j * K + k]!;
    errors[j] = error;
  }
  const variance = noiseVariance(bank);
  learnGains(bank, variance);
  learnTerms(bank, x, at, variance);
  learnFilters(bank, x, at, y, variance);
  const square = Math.min(errors[REFERENCE]! ** 2, 12 * variance);
  noise[SQUARES]! += square;
  noise[COIN_SQUARES]! += y ** 2;
  noise[RECENT] = 0.93 * noise[RECENT]! + 0.07 * square;
  bank.lastReturns.copyWithin(K, 0, (KEPT_RETURNS - 1) * K);
  for (let k = 0; k < K; k++) {
    const f = x[at + k]!;
    bank.lastReturns[k] = f;
    bank.recentMarkets[k] =
      0.85 * bank.recentMarkets[k]! + 0.15 * Math.min(f ** 2 / bank.marketVariances[k]!, 12);
    bank.marketSquares[k]! += f ** 2;
  }
  bank.rows = rows + 1;
}

function learnGains({ gains, errors }: FilterBank, variance: number): void {
  const [fast, slow] = [DECAYS[0]!, DECAYS[1]!];
  const inverse = 1 / variance;
  const ols = errors[0]! ** 2;
  for (let j = 0; j < EXPERTS; j++) {
    let gain = (ols - errors[j]! ** 2) * inverse;
    gain = gain > 12 ? 12 : gain < -12 ? -12 : gain;
    gains[j] = fast * gains[j]! + gain;
    gains[EXPERTS + j] = slow * gains[EXPERTS + j]! + gain;
    gains[2 * EXPERTS + j]! += gain;
  }
}

/** Regresses the slow expert's error on state times market, large errors with less weight. */
function learnTerms(bank: FilterBank, x: Float64Array, at: number, variance: number): void {
  const { markets: K, errors, states, termSums } = bank;
  const error = errors[SLOW]!;
  const weight = Math.min(1, (3 * Math.sqrt(variance)) / (Math.abs(error) + 1e-30));
  for (let m = 0; m < TERMS; m++) {
    for (let k = 0; k < K; k++) {
      const cell = m * K + k;
      const product = x[at + k]! * states[cell]!;
      termSums[cell]! += weight * product * error;
      termSums[TERMS * K + cell]! += weight * product ** 2;
    }
  }
}

/** Kalman's update of every filter, and its step. */
function learnFilters(
  bank: FilterBank,
  x: Float64Array,
  at: number,
  y: number,
  variance: number,
): void {
  const { markets: K, filtered, variances, marketVariances, noise, scratch } = bank;
  const steps = STEP_VARIANCES.length;
  const robustNoise = 0.3 * variance + 0.7 * noise[RECENT]!;
  for (let j = 0; j < FILTERS; j++) {
    const robust = j >= steps;
    const q = STEP_VARIANCES[robust ? j - steps : j]! * variance;
    let error = y;
    let signal = 0;
    for (let k = 0; k < K; k++) {
      let sum = 0;
      for (let m = 0; m < K; m++) sum += variances[(j * K + k) * K + m]! * x[at + m]!;
      scratch[k] = sum;
      signal += sum * x[at + k]!;
      error -= filtered[j * K + k]! * x[at + k]!;
    }
    let total = signal + variance;
    if (robust) {
      const plain = signal + robustNoise;
      total = signal + robustNoise * Math.max(1, error ** 2 / (5 * plain));
    }
    for (let k = 0; k < K; k++) {
      const gain = scratch[k]! / total;
      filtered[j * K + k]! += gain * error;
      for (let m = 0; m < K; m++) variances[(j * K + k) * K + m]! -= gain * scratch[m]!;
      variances[(j * K + k) * K + k]! += q / marketVariances[k]!;
    }
  }
}
