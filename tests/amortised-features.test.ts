/** What the amortised network sees of a bank: signs and features of made-up states, each at its bounds too, by their formulas. */

import { describe, expect, it } from "vitest";
import { type FilterBank, filterBank, REFERENCE, SLOW } from "../lib/src/betas/filter-bank.js";
import {
  FEATURES,
  type Signs,
  signs,
  watch,
  writeFeatures,
} from "../lib/src/models/amortised/features.js";

const K = 2;
const held = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** A bank on two markets after six rows, with a noise variance of 4 and market variances of 1 and 0.25. */
function madeUpBank(): FilterBank {
  const five = (count: number) => new Float64Array(5 * count).fill(1);
  const bank = filterBank(five(K), five(1), K);
  bank.rows = 6;
  bank.noise.set([36, 90, 6]);
  bank.marketVariances.set([1, 0.25]);
  bank.betas.set([0.5, -1], REFERENCE * K);
  bank.betas.set([1, 2], SLOW * K);
  bank.terms.set([1, 0, 0.5, 0.5, -2, 1, 0, 3]);
  return bank;
}

/** Rows of both markets and the series: ordinary ones, then one that is far out in everything. */
const ROWS = [
  [0.2, 0.1, 0.5],
  [1, -0.5, 2],
  [-1.5, 0.25, 1],
  [0.5, 1, -3],
  [1, 1, 1],
  [5, 4, 60],
] as const;

describe("signs", () => {
  it("are those of a calm series before the first row", () => {
    const { marketVariance, kurtosis, products, peak, lastScores } = signs(K);
    expect([marketVariance, kurtosis, products, peak]).toEqual([1, 3, 0, 0]);
    expect(lastScores).toHaveLength(3 * K);
  });

  it("follow scores, their products and sums, kurtosis, market variance and what terms would have gained", () => {
    const bank = madeUpBank();
    const sign = signs(K);
    const scores: number[][] = [];
    let [marketVariance, kurtosis, products, peak] = [1, 3, 0, 0];
    const [gains, lagged, recent] = [
      [0, 0, 0, 0],
      [0, 0, 0],
      [0, 0],
    ];
    for (const row of ROWS) {
      const [f, g, r] = row;
      watch(sign, bank, Float64Array.of(9, f, g), 1, r);
      const error = r - 0.5 * f + g;
      const slow = (r - f - 2 * g) / 2;
      [
        [1, 0],
        [0.5, 0.5],
        [-2, 1],
        [0, 3],
      ].forEach(([a, b], m) => {
        gains[m]! += held(slow ** 2 - (slow - (f * a! + g * b!) / 2) ** 2, -12, 12);
      });
      // Over the root of noise times market variance: 2 and 1.
      scores.unshift([held((f * error) / 2, -5, 5), held(g * error, -5, 5)]);
      const [now, ...past] = scores as [number[], ...number[][]];
      const product = (lag: number) => sum(now.map((s, k) => (s * (past[lag]?.[k] ?? 0)) / K));
      products += product(0) ** 2;
      for (const lag of [0, 1, 2]) lagged[lag]! += product(lag);
      const total = [0, 1].map((k) => sum(scores.map((s) => s[k]!)));
      peak = Math.max(peak, Math.hypot(...total) / Math.sqrt(K));
      for (const k of [0, 1]) recent[k] = 0.9 * recent[k]! + now[k]! * Math.sqrt(1 - 0.9 ** 2);
      kurtosis = 0.98 * kurtosis + 0.02 * Math.min((error ** 2 / 4) ** 2, 60);
      marketVariance = 0.93 * marketVariance + 0.07 * Math.min((f ** 2 + g ** 2 / 0.25) / 2, 12);
      const found = [sign.marketVariance, sign.kurtosis, sign.products, sign.peak];
      const wanted = [marketVariance, kurtosis, products, peak];
      [...found, ...sign.termGains, ...sign.autocorrelation, ...sign.recent].forEach((value, i) => {
        expect(value).toBeCloseTo([...wanted, ...gains, ...lagged, ...recent][i]!, 10);
      });
    }
  });
});

describe("features", () => {
  /** All of them by their formulas, for numbers that may lie beyond their bounds. */
  function expected(bank: FilterBank, sign: Signs): number[] {
    const rows = bank.rows;
    const gains = [12, 48, Infinity].flatMap((halfLife, h) => {
      const counted = Math.min(rows + 1, (halfLife * 14_427) / 10_000);
      return Array.from({ length: 57 }, (_, j) =>
        held(bank.gains[h * 57 + j]! / Math.sqrt(4 * counted), -6, 6),
      );
    });
    const distance = (j: number, from: readonly number[]) =>
      Math.sqrt(
        sum(
          [0, 1].map((k) => {
            const variance = bank.variances[j * K * K + k * (K + 1)]!;
            return (bank.filtered[j * K + k]! - from[k]!) ** 2 / variance;
          }),
        ) / K,
      );
    const ols = [...bank.filtered.subarray(0, K)];
    const filters = Array.from({ length: 14 }, (_, j) => j);
    const root = Math.sqrt(sign.products + 1e-9);
    const perRow = (value: number) => value / Math.sqrt(rows + 1);
    const [noise, coin] = [bank.noise[0]! / (rows + 3), bank.noise[1]! / (rows + 3)];
    return [
      ...gains,
      ...filters.slice(1).map((j) => Math.min(8, distance(j, ols))),
      ...filters.map((j) => Math.log(1 + Math.min(12, distance(j, [0, 0])))),
      Math.log(rows / 50),
      4 / Math.sqrt(rows),
      Math.log(bank.noise[2]! / noise),
      Math.log(held(sign.marketVariance, 0.05, 20)),
      Math.log(held(sign.kurtosis, 1, 40) / 3),
      Math.log(held(noise / coin, 0.02, 1.5)),
      ...[...sign.autocorrelation].map((c) => held(c / root, -6, 6)),
      Math.min(8, perRow(sign.peak)),
      Math.min(8, Math.hypot(...sign.recent) / Math.sqrt(K)),
      ...[...sign.termGains].map((gain) => held(perRow(gain), -6, 6)),
      ...[0, 1, 2, 3].map((m) =>
        Math.min(2, sum([0, 1].map((k) => Math.abs(bank.states[m * K + k]!) / K))),
      ),
    ];
  }

  /** A bank and signs whose numbers are so large, by place one more than the last, alternately below zero. */
  function states(size: number, rows: number, ratios: readonly [coin: number, kurtosis: number]) {
    const bank = madeUpBank();
    const sign = signs(K);
    const spread = (values: Float64Array, step: number) =>
      values.forEach((_, i) => {
        values[i] = (i % 2 === 0 ? 1 : -1) * size * (step + (i % 7));
      });
    bank.rows = rows;
    bank.noise.set([4 * (rows + 3), ratios[0] * 4 * (rows + 3), 6]);
    bank.variances.forEach((_, i) => {
      bank.variances[i] = 1 + (i % 5);
    });
    for (const values of [bank.gains, bank.filtered]) spread(values, 0.5);
    spread(bank.states, 0.05);
    for (const values of [sign.autocorrelation, sign.termGains, sign.recent]) spread(values, 0.3);
    // A series whose neighbouring scores have no products yet.
    const products = ratios[0] < 1 ? 0 : Math.abs(size);
    Object.assign(sign, { products, peak: 3 * Math.abs(size), kurtosis: ratios[1] });
    sign.marketVariance = ratios[1];
    return { bank, sign };
  }

  it.each([
    ["within their bounds", states(0.2, 30, [2, 2.5])],
    ["far outside, for a calm series", states(100, 16, [0.1, 0.01])],
    ["far outside, for a wild series", states(-100, 200, [1000, 200])],
    ["between half-lives", states(4, 40, [1, 30])],
  ])("are 217 numbers by their formulas %s", (_, { bank, sign }) => {
    const to = new Float64Array(FEATURES + 2);
    writeFeatures(bank, sign, to, 1);
    const wanted = expected(bank, sign);
    expect(wanted).toHaveLength(217);
    expect(FEATURES).toBe(217);
    const furthest = wanted.map((value, i) => Math.abs(to[1 + i]! - value));
    expect(Math.max(...furthest)).toBeLessThan(1e-9);
    expect([to[0], to.at(-1)]).toEqual([0, 0]);
  });
});
