/** Betas that walk at random: the filter and its variances, against statsmodels. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { column } from "../lib/src/panel/panel.js";
import { rootMeanSquare } from "../lib/src/stats/moments.js";
import { randomWalkFilter, randomWalkVariances } from "../lib/src/stats/random-walk.js";
import { recursiveOls } from "../lib/src/stats/recursive-ols.js";
import { STUDY } from "../lib/src/study.js";
import { RUNS, reference, studyPanel } from "./support/helpers.js";

/** Relative, against statsmodels' filter. */
const FILTERED = 1e-8;
/** Relative: a search without gradients finds a variance no better, and its likelihood so well. */
const [SEARCHED, HEIGHT] = [1e-4, 1e-9];
const ROUNDING = 1e-9;

interface Case {
  readonly name: string;
  readonly k: number;
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
  /** Variances of the observation and of each state. */
  readonly given: readonly number[];
  readonly filtered: {
    readonly logLikelihood: number;
    readonly coefficients: readonly number[];
    readonly variances: readonly number[];
  };
  readonly estimated: {
    readonly logLikelihood: number;
    readonly variances: readonly number[];
  };
  readonly recursive?: readonly number[];
}

const cases = reference<{ readonly cases: readonly Case[] }>("random-walk").cases.map((given) => ({
  ...given,
  y: given.y.map((v) => v ?? NaN),
}));

const named = (name: string) => cases.find((given) => given.name === name)!;

const variancesOf = ([observation, ...states]: readonly number[]) => ({
  observation: observation!,
  states,
});

/** Pairs of 0 … k - 1. */
const pairs = (k: number) =>
  Array.from({ length: k * k }, (_, at) => [at % k, Math.floor(at / k)] as const).filter(
    ([a, b]) => a < b,
  );

const relative = (a: number, b: number) => Math.abs(a / b - 1);

/** Rows of two regressors that are far from collinear. */
const series = fc
  .array(
    fc.tuple(
      fc.double({ min: 0.2, max: 1, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
    ),
    { minLength: 6, maxLength: 30 },
  )
  .map((rows) => ({
    x: rows.flatMap(([size], i) => [size, i % 2 === 0 ? size : -size / 2]),
    y: rows.map(([, y]) => y),
  }));

describe("randomWalkFilter", () => {
  it.each(cases)(
    "predicts as statsmodels does, with its variances and likelihood: $name",
    ({ x, y, k, given, filtered }) => {
      const variances = variancesOf(given);
      const ours = randomWalkFilter(x, y, { k, ...variances });
      expect(ours.coefficients).toHaveLength(filtered.coefficients.length);
      let compared = 0;
      ours.coefficients.forEach((b, at) => {
        if (Number.isNaN(b)) return;
        compared++;
        const variance = ours.standardErrors[at]! ** 2;
        const theirs = filtered.variances[at]!;
        expect(Math.abs(b - filtered.coefficients[at]!)).toBeLessThanOrEqual(
          FILTERED * (1 + Math.abs(b)),
        );
        expect(relative(variance, theirs)).toBeLessThanOrEqual(FILTERED);
      });
      const missing = y.slice(0, k + 1).filter(Number.isNaN).length;
      expect(compared).toBe((y.length + 1 - k - missing) * k);
      expect(relative(ours.logLikelihood, filtered.logLikelihood)).toBeLessThanOrEqual(FILTERED);
    },
  );

  it("leaves the Nile at 798.3703 with variance 4032.158 after its last year", () => {
    const { x, y, given } = named("nile");
    const variances = variancesOf(given);
    const ours = randomWalkFilter(x, y, { k: 1, ...variances });
    expect(ours.coefficients.at(-1)!.toFixed(4)).toBe("798.3703");
    const variance = ours.standardErrors.at(-1)! ** 2 - variances.states[0]!;
    expect(variance.toFixed(3)).toBe("4032.158");
  });

  it("is the mean of the rows so far with one regressor of one and no state variance", () => {
    const { coefficients, standardErrors } = randomWalkFilter([1, 1, 1], [2, 4, 6], {
      k: 1,
      observation: 9,
      states: [0],
    });
    expect([...coefficients]).toEqual([NaN, 2, 3, expect.closeTo(4, 12)]);
    [3, 3 / Math.sqrt(2), 3 / Math.sqrt(3)].forEach((se, at) => {
      expect(standardErrors[at + 1]).toBeCloseTo(se, 12);
    });
  });

  it("without state variance has the coefficients of statsmodels' RecursiveLS", () => {
    const { x, y, k, recursive } = named("pair");
    const { coefficients } = randomWalkFilter(x, y, { k, observation: 2, states: [0, 0] });
    // RecursiveLS dates an estimate by its last row; before k rows it has none of its own.
    for (let at = k * k; at < coefficients.length; at++)
      expect(Math.abs(coefficients[at]! - recursive![at - k]!)).toBeLessThan(1e-6);
  });

  it("without state variance is recursive least squares, whatever the observation variance", () => {
    fc.assert(
      fc.property(
        series,
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        ({ x, y }, observation) => {
          const { coefficients } = randomWalkFilter(x, y, {
            k: 2,
            observation,
            states: [0, 0],
          });
          const ols = recursiveOls(2);
          y.forEach((value, t) => {
            ols.add(x, value, 2 * t);
            ols.coefficients().forEach((b, j) => {
              const filtered = coefficients[2 * (t + 1) + j]!;
              if (Number.isNaN(b)) expect(filtered).toBeNaN();
              else expect(Math.abs(filtered - b)).toBeLessThanOrEqual(ROUNDING * (1 + Math.abs(b)));
            });
          });
        },
      ),
      RUNS,
    );
  });

  it("knows only the last row when states walk without bound", () => {
    const x = [1, 2, 0.5];
    const { coefficients } = randomWalkFilter(x, [3, 8, 1], {
      k: 1,
      observation: 1,
      states: [1e12],
    });
    [3, 4, 2].forEach((b, t) => {
      expect(coefficients[t + 1]).toBeCloseTo(b, 6);
    });
  });

  it("keeps the coefficient over a missing row, and is less sure of it", () => {
    const filterOf = (y: number[]) =>
      randomWalkFilter([1, 1, NaN, 1], y, { k: 1, observation: 1, states: [0.5] });
    const { coefficients, standardErrors } = filterOf([1, 2, 3, NaN]);
    expect(coefficients[3]).toBe(coefficients[2]);
    expect(coefficients[4]).toBe(coefficients[2]);
    expect(standardErrors[3]! ** 2 - standardErrors[2]! ** 2).toBeCloseTo(0.5, 12);
    expect(standardErrors[4]! ** 2 - standardErrors[2]! ** 2).toBeCloseTo(1, 12);
  });

  it("is NaN until the rows span all directions, however many they are", () => {
    const rows = Array.from({ length: 30 }, (_, t) => Math.sin(t + 1));
    const x = [...rows.flatMap((v) => [v, v / 3]), 1, 1];
    const { coefficients } = randomWalkFilter(x, [...rows, 4], {
      k: 2,
      observation: 1,
      states: [0.1, 0.1],
    });
    expect(coefficients.slice(0, 62).every(Number.isNaN)).toBe(true);
    expect(coefficients.slice(62).every(Number.isFinite)).toBe(true);
  });

  it.each([
    ["a negative variance", { observation: 1, states: [-1] }],
    ["states of another number", { observation: 1, states: [1, 1] }],
    ["states that walk without noise", { observation: 0, states: [1] }],
    ["no number", { observation: NaN, states: [1] }],
  ])("refuses %s", (_, variances) => {
    expect(() => randomWalkFilter([1, 1], [1, 2], { k: 1, ...variances })).toThrow(
      /^randomWalkFilter: variances must be .*; without noise/,
    );
  });

  it("refuses regressors of another length", () => {
    expect(() =>
      randomWalkFilter([1, 1, 1], [1, 2], { k: 1, observation: 1, states: [1] }),
    ).toThrow(
      "randomWalkFilter: x must have 1 regressors for each of the 2 values of y, but it has 3 numbers",
    );
  });
});

describe("randomWalkVariances", () => {
  it("of the Nile are 15098.52 and 1469.18, with log-likelihood -632.54563", () => {
    const { x, y } = named("nile");
    const { observation, states, logLikelihood, rows } = randomWalkVariances(x, y, 1);
    expect(observation.toFixed(2)).toBe("15098.52");
    expect(states[0]!.toFixed(2)).toBe("1469.18");
    expect(logLikelihood.toFixed(5)).toBe("-632.54563");
    expect(rows).toBe(100);
  });

  it.each(cases)(
    "are those that a search over statsmodels' likelihood finds: $name",
    ({ x, y, k, estimated }) => {
      const ours = randomWalkVariances(x, y, k);
      [ours.observation, ...ours.states].forEach((variance, j) => {
        expect(relative(variance, estimated.variances[j]!)).toBeLessThan(SEARCHED);
      });
      expect(relative(ours.logLikelihood, estimated.logLikelihood)).toBeLessThan(HEIGHT);
    },
  );

  it.each(cases)(
    "are higher in likelihood than any variance a little off: $name",
    ({ x, y, k }) => {
      const best = randomWalkVariances(x, y, k);
      const height = (observation: number, states: readonly number[]) =>
        randomWalkFilter(x, y, { k, observation, states }).logLikelihood;
      expect(relative(height(best.observation, best.states), best.logLikelihood)).toBeLessThan(
        1e-12,
      );
      for (const factor of [0.99, 1.01]) {
        expect(height(best.observation * factor, best.states)).toBeLessThan(best.logLikelihood);
        best.states.forEach((_, j) => {
          const moved = best.states.map((v, i) => (i === j ? v * factor : v));
          expect(height(best.observation, moved)).toBeLessThan(best.logLikelihood);
        });
      }
    },
  );

  it("are no lower in likelihood than any on a grid, for the study's coins on two and four markets", async () => {
    const logs = [-24, -12, -9, -7, -6, -5, -4, -3, -2, -1, 0];
    for (const marketSet of ["FIAT+EQUITY", STUDY.markets.join("+")]) {
      const { markets, coins, ...panel } = await studyPanel(marketSet);
      const K = markets.length;
      // Months from 2019-01, markets in comparable units.
      const returns = panel.marketLogReturns.subarray(12 * K);
      const units = markets.map((_, k) => rootMeanSquare(column(returns, K, k)));
      const x = returns.map((f, at) => f / units[at % K]!);
      for (const [i, n] of [24, 48, 60].flatMap((length) =>
        coins.map((_, coin) => [coin, length] as const),
      )) {
        const y = column(panel.coinLogReturns, coins.length, i).slice(12);
        const rows = [x.subarray(0, n * K), y.subarray(0, n)] as const;
        const height = (h: number, ratios: readonly number[]) =>
          randomWalkFilter(...rows, {
            k: K,
            observation: h,
            states: ratios.map((ratio) => ratio * h),
          }).logLikelihood;
        // -2 log L(h) = m log h + S / h + what does not depend on h: S from two h, and the best h, S / m.
        const highest = (ratios: readonly number[]) => {
          const m = n - K;
          const S = 2 * (m * Math.LN2 - 2 * (height(1, ratios) - height(2, ratios)));
          return height(S / m, ratios);
        };
        const grid = pairs(K).flatMap(([first, second]) =>
          logs.flatMap((a) =>
            logs.map((b) =>
              highest(
                markets.map((_, k) => (k === first ? Math.exp(a) : k === second ? Math.exp(b) : 0)),
              ),
            ),
          ),
        );
        const { logLikelihood } = randomWalkVariances(...rows, K);
        expect(logLikelihood, `${marketSet} ${i} ${n}`).toBeGreaterThanOrEqual(
          Math.max(...grid) - 1e-6,
        );
      }
    }
  });

  it("have no state variance where the coefficient is constant and errors alternate", () => {
    const x = Array.from({ length: 40 }, (_, t) => 1 + (t % 3));
    const y = x.map((v, t) => 2 * v + (t % 2 === 0 ? 0.1 : -0.1));
    expect(randomWalkVariances(x, y, 1).states).toEqual([0]);
  });

  it("have no variance at all where the fit is perfect", () => {
    const { x } = named("pair");
    const y = named("pair").y.map((_, t) => 2 * x[2 * t]! - x[2 * t + 1]!);
    const { observation, states } = randomWalkVariances(x, y, 2);
    expect(observation).toBe(0);
    expect(states).toEqual([0, 0]);
  });

  it("grow with the square of y's unit, states with the inverse square of x's", () => {
    const { x, y } = named("pair");
    const plain = randomWalkVariances(x, y, 2);
    const scaled = randomWalkVariances(
      x.map((v) => 4 * v),
      y.map((v) => 10 * v),
      2,
    );
    expect(relative(scaled.observation, 100 * plain.observation)).toBeLessThan(1e-6);
    scaled.states.forEach((state, j) => {
      expect(relative(state, (100 / 16) * plain.states[j]!)).toBeLessThan(1e-6);
    });
  });

  it.each([
    ["rows are fewer than 2k + 1", [1, 0, 0, 1, 1, 1, 1, 2], [1, 2, 3, 4]],
    [
      "regressors are collinear",
      [0.1, 0.7, 0.3, -1.1, 0.9, 1.3].flatMap((v) => [v, 3 * v]),
      [1, 2, 3, 4, 5, 6],
    ],
    ["nothing is known", new Array(12).fill(NaN), new Array(6).fill(NaN)],
  ])("are NaN where %s", (_, x, y) => {
    expect(randomWalkVariances(x, y, 2)).toMatchObject({
      observation: NaN,
      states: [NaN, NaN],
      logLikelihood: NaN,
    });
  });
});
