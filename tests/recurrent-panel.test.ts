/** Recurrent networks on small panels: shapes, windows and scales, by hand and by plain regressions. */

import { inverse, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { inputWidth, recurrentStart, weightPlaces } from "../lib/src/models/recurrent/network.js";
import {
  completeCoinRows,
  panelWindows,
  recurrentScale,
} from "../lib/src/models/recurrent/panel-windows.js";
import { windowInto } from "../lib/src/models/recurrent/windows.js";
import { stream } from "../lib/src/random.js";
import type { Panel } from "../lib/src/types.js";

/** Numbers that passed through float32. */
const FLOAT = 1e-6;
const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a).toHaveLength(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
};

describe("a shape", () => {
  const nb = { head: "nb", hidden: 4, markets: 2, lookback: 3, residuals: false } as const;
  const nbi = { ...nb, head: "nbi" } as const;

  it("has an even number of inputs: markets and coin, with residuals as many again", () => {
    const width = (markets: number, residuals: boolean) =>
      inputWidth({ ...nb, markets, residuals });
    expect([1, 2, 3].map((markets) => width(markets, false))).toEqual([2, 4, 4]);
    expect([1, 2, 3].map((markets) => width(markets, true))).toEqual([4, 6, 8]);
  });

  it("has weights of inputs, states and biases, then those of its head", () => {
    // 3 x 4 x 4 of the inputs, 3 x 4 x 4 of the states, 4 x 4 biases.
    const body = { recurrent: 48, biases: 96, head: 112 };
    // NB: a slope of every unit and a bias, by market.
    expect(weightPlaces(nb)).toEqual({ ...body, count: 112 + 2 * 5 });
    // NBI: a slope of every unit and a bias; two means and two precisions.
    expect(weightPlaces(nbi)).toEqual({ ...body, count: 112 + 5 + 4 });
  });

  it.each([nb, nbi])("starts uniform within 1 / 2, the slopes of $head within a tenth", (shape) => {
    const start = recurrentStart(shape, 9, [0.7, -2]);
    const chance = stream(9, "recurrent", "start");
    const next = (bound: number) => bound * (2 * chance.uniform() - 1);
    const body = Array.from({ length: 112 }, () => next(0.5));
    const slopes = Array.from({ length: shape.head === "nb" ? 8 : 4 }, () => next(0.05));
    // Biases of NB are the prior; a row weighs softplus(bias) = 1, and precisions are exp(0) = 1.
    const rest = shape.head === "nb" ? [0.7, -2] : [Math.log(Math.E - 1), 0.7, -2, 0, 0];
    expect(furthest(start, [...body, ...slopes, ...rest])).toBeLessThan(FLOAT);
  });
});

describe("windows on two markets", () => {
  const L = 5;
  const chance = stream(4, "rows of two markets");
  const x = Float64Array.from({ length: 2 * L }, () => chance.normal());
  const y = Float64Array.from({ length: L }, () => chance.normal());
  const shape = { head: "nbi", markets: 2, hidden: 2, lookback: L } as const;

  it("are rows of both markets and the coin, padded, oldest first", () => {
    const to = new Float32Array(4 * L);
    windowInto(to, { ...shape, residuals: false }, { x, y, prior: [0, 0] });
    const rows = Array.from(y, (r, t) => [x[2 * t]!, x[2 * t + 1]!, r, 0]);
    expect(furthest(to, rows.flat())).toBeLessThan(FLOAT);
  });

  it("have residuals of the regression on the newer rows, newest first", () => {
    const to = new Float32Array(6 * L);
    const prior = [0.7, -0.3];
    windowInto(to, { ...shape, residuals: true }, { x, y, prior });
    const rows = Array.from({ length: L }, (_, at) => {
      const t = L - 1 - at;
      const row = Matrix.rowVector([x[2 * t]!, x[2 * t + 1]!]);
      let [precision, sum] = [Matrix.eye(2), Matrix.columnVector(prior)];
      for (let s = t + 1; s < L; s++) {
        const newer = Matrix.columnVector([x[2 * s]!, x[2 * s + 1]!]);
        precision = precision.add(newer.mmul(newer.transpose()));
        sum = sum.add(Matrix.mul(newer, y[s]!));
      }
      const C = inverse(precision);
      const scale = Math.sqrt(1 + row.mmul(C).mmul(row.transpose()).get(0, 0));
      const e = (y[t]! - row.mmul(C).mmul(sum).get(0, 0)) / scale;
      const fits = row.to1DArray().map((f) => (e * f) / scale);
      return [...row.to1DArray(), y[t]!, Math.log(1 + e ** 2), ...fits];
    });
    expect(furthest(to, rows.flat())).toBeLessThan(FLOAT);
  });
});

describe("a panel of ten days", () => {
  const F1 = [1, -1, 1, -1, 1, -1, 2, 0, 4, 5];
  const F2 = [1, 1, -1, -1, 2, 2, 0, 3, 6, 7];
  const E1 = [1, -1, -1, 1, 0, 0, 0, NaN, 0, 0];
  const E2 = [NaN, 1, 1, 0, 0, 0, 0, 0, 0, 0];
  // Of A the first seven days are there, of B all but the first, of C six; eight are of the fitting block.
  const A = E1.map((e, t) => 2 * F1[t]! - F2[t]! + e);
  const B = E2.map((e, t) => F1[t]! + 0.5 * F2[t]! + e);
  const C = F1.map((f, t) => (t === 6 || t === 7 ? NaN : f));
  const byDate = (columns: readonly (readonly number[])[]) =>
    Float64Array.from(F1.flatMap((_, t) => columns.map((column) => column[t]!)));
  const panel: Panel = {
    frequency: "daily",
    dates: F1.map((_, t) => `2020-01-${String(t + 1).padStart(2, "0")}`),
    coins: ["A", "B", "C"],
    markets: ["X", "Y"],
    coinLogReturns: byDate([A, B, C]),
    marketLogReturns: byDate([F1, F2]),
  };
  const rows = completeCoinRows(panel, 0);

  it("has the rows of each coin in which it and both markets have returns", () => {
    expect(rows.map(({ at }) => at)).toEqual([
      [0, 1, 2, 3, 4, 5, 6, 8, 9],
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
      [0, 1, 2, 3, 4, 5, 8, 9],
    ]);
    expect([...rows[0]!.x.slice(12)]).toEqual([2, 0, 4, 6, 5, 7]);
    expect([...rows[1]!.y.slice(-2)]).toEqual([B[8], B[9]]);
    const gap = { ...panel, marketLogReturns: panel.marketLogReturns.slice() };
    gap.marketLogReturns[2 * 5 + 1] = NaN;
    expect(completeCoinRows(gap, 2).map(({ at }) => at)).toEqual([
      [2, 3, 4, 6, 8, 9],
      [2, 3, 4, 6, 7, 8, 9],
      [2, 3, 4, 8, 9],
    ]);
  });

  const scale = recurrentScale(rows, 8, 2)!;
  // A is the first of the longest: its squares are 10 and 12. Its residuals have squares of 4, those of B of 2.
  const m = [Math.sqrt(10 / 7), Math.sqrt(12 / 7)] as const;
  const [own, other] = [Math.sqrt(4 / 7), Math.sqrt(2 / 7)];
  const usual = Math.sqrt(3 / 7);

  it("has scales of seven rows and more before the block ends, and a usual one where they are fewer", () => {
    expect(furthest(scale.markets, m)).toBeLessThan(1e-12);
    expect(furthest(scale.coins, [own, other, usual])).toBeLessThan(1e-12);
    // Squares and products of both: 10 + 9, 12 + 20, 0 - 1; of A with its markets 20 and -12, of B 8.5 and 9.
    const S = new Matrix([
      [19 / m[0] ** 2, -1 / (m[0] * m[1])],
      [-1 / (m[0] * m[1]), 32 / m[1] ** 2],
    ]);
    const r = Matrix.columnVector([
      (20 / own + 8.5 / other) / m[0],
      (-12 / own + 9 / other) / m[1],
    ]);
    expect(furthest(scale.prior, inverse(S).mmul(r).to1DArray())).toBeLessThan(1e-9);
  });

  it("has all of a coin's rows where none is after the block, and no scale where all are few", () => {
    expect(
      furthest(recurrentScale(rows, 10, 2)!.markets, [Math.sqrt(51 / 9), Math.sqrt(97 / 9)]),
    ).toBeLessThan(1e-12);
    expect(recurrentScale(rows, 6, 2)).toBeUndefined();
  });

  it("has windows of the last three rows before each date, and what comes after them", () => {
    const shape = { head: "nb", hidden: 2, markets: 2, lookback: 3, residuals: false } as const;
    const range = { from: "2020-01-07", through: "2020-01-09" };
    const at = (targets: boolean) => panelWindows(panel, rows, { shape, scale, range, targets });
    const [known, all] = [at(true), at(false)];
    const days = (windows: typeof known) => windows.dated.map(({ coin, t }) => [coin, t]);
    // Day 8 is missing of A, days 7 and 8 of C.
    expect(days(known)).toEqual([
      ...[6, 8].map((t) => [0, t]),
      ...[6, 7, 8].map((t) => [1, t]),
      [2, 8],
    ]);
    expect(days(all)).toEqual([0, 1, 2].flatMap((coin) => [6, 7, 8].map((t) => [coin, t])));
    const row = (coin: number, t: number) => [
      F1[t]! / m[0],
      F2[t]! / m[1],
      [A, B, C][coin]![t]! / scale.coins[coin]!,
    ];
    const window = (coin: number, days: readonly number[]) =>
      days.flatMap((t) => [...row(coin, t), 0]);
    expect(furthest(known.windows.subarray(12, 24), window(0, [4, 5, 6]))).toBeLessThan(FLOAT);
    expect(furthest(all.windows.subarray(12, 24), window(0, [4, 5, 6]))).toBeLessThan(FLOAT);
    expect(furthest(known.windows.subarray(60), window(2, [3, 4, 5]))).toBeLessThan(FLOAT);
    expect(furthest(known.targets.subarray(3, 6), row(0, 8))).toBeLessThan(FLOAT);
    expect(furthest(known.targets.subarray(15), row(2, 8))).toBeLessThan(FLOAT);
    expect([...all.targets]).toEqual(Array(27).fill(0));
    // Three rows are before the fourth date: none earlier has a window.
    const early = { from: "2020-01-01", through: "2020-01-04" };
    const first = panelWindows(panel, rows, { shape, scale, range: early, targets: false });
    expect(days(first)).toEqual([
      [0, 3],
      [2, 3],
    ]);
  });
});
