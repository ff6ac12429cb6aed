/** Quantiles and bootstrap intervals, known answers and coverage. */

import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { bootstrapInterval, percentileInterval } from "../lib/src/stats/bootstrap.js";
import { longRunVariance } from "../lib/src/stats/long-run-variance.js";
import { mean, standardDeviation } from "../lib/src/stats/moments.js";
import { quantile } from "../lib/src/stats/quantile.js";
import { circularResamples, type Resamples } from "../lib/src/stats/resamples.js";
import { rmseChange } from "../lib/src/stats/rmse-change.js";
import { expectClose, reference } from "./support/helpers.js";

interface Interval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly standardError: number;
}

const { lossA, lossB, draws, indices, ...expected } = reference<{
  readonly lossA: readonly number[];
  readonly lossB: readonly number[];
  readonly draws: number;
  readonly indices: readonly number[];
  readonly rmseChange: {
    readonly change: Interval;
    readonly ratio: Interval;
    readonly pValue: number;
  };
  readonly studentizedMeanOfLossA: Pick<Interval, "lower" | "upper">;
  readonly coverage: {
    readonly n: number;
    readonly phi: number;
    readonly blockLength: number;
    readonly draws: number;
    readonly level: number;
    readonly samples: number;
    readonly percentile: number;
  };
}>("bootstrap");

const resamples: Resamples = {
  rows: lossA.length,
  draws,
  indices: Uint32Array.from(indices),
};

const on =
  (values: ArrayLike<number>, statistic: (sample: number[]) => number) =>
  (rows: Uint32Array): number =>
    statistic(Array.from(rows, (row) => values[row]!));

const errorOfMean = (sample: number[]): number =>
  standardDeviation(sample, 1) / Math.sqrt(sample.length);

/** A stationary AR(1) with normal shocks and mean 0. */
function autoregression(uniform: () => number, n: number, phi: number): Float64Array {
  const x = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    // Box and Muller; 1 - u, as u can be 0.
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const shock = radius * Math.cos(2 * Math.PI * uniform());
    x[t] = t === 0 ? shock / Math.sqrt(1 - phi ** 2) : phi * x[t - 1]! + shock;
  }
  return x;
}

function expectInterval(actual: Interval, theirs: Interval): void {
  expectClose(
    [actual.estimate, actual.lower, actual.upper, actual.standardError],
    [theirs.estimate, theirs.lower, theirs.upper, theirs.standardError],
  );
}

describe("quantile", () => {
  it("is linear between the sorted values, their ends included", () => {
    expect(quantile([1, 2, 4], 0)).toBe(1);
    expect(quantile([1, 2, 4], 0.5)).toBe(2);
    expect(quantile([1, 2, 4], 0.75)).toBe(3);
    expect(quantile([1, 2, 4], 1)).toBe(4);
    expect(quantile([5], 0.3)).toBe(5);
  });

  it("is NaN for an empty sample", () => {
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe("bootstrapInterval", () => {
  it("has numpy's percentiles of the statistic over the draws", () => {
    const rmse = (sample: number[]) => Math.sqrt(mean(sample));
    const change = (rows: Uint32Array) => on(lossA, rmse)(rows) - on(lossB, rmse)(rows);
    expectInterval(
      bootstrapInterval(change, resamples, { level: 0.9 }),
      expected.rmseChange.change,
    );
  });

  it("has numpy's studentized ends where a standard error is given", () => {
    const { lower, upper } = bootstrapInterval(on(lossA, mean), resamples, {
      level: 0.9,
      standardError: on(lossA, errorOfMean),
    });
    expectClose(
      [lower, upper],
      [expected.studentizedMeanOfLossA.lower, expected.studentizedMeanOfLossA.upper],
    );
  });

  it("moves and stretches with the statistic, percentile and studentized", () => {
    const moved = lossA.map((loss) => 3 * loss + 1);
    for (const studentized of [false, true]) {
      const intervalOf = (values: readonly number[]) =>
        bootstrapInterval(on(values, mean), resamples, {
          level: 0.9,
          ...(studentized ? { standardError: on(values, errorOfMean) } : {}),
        });
      const [own, other] = [intervalOf(lossA), intervalOf(moved)];
      expectClose(
        [other.estimate, other.lower, other.upper],
        [3 * own.estimate + 1, 3 * own.lower + 1, 3 * own.upper + 1],
      );
    }
  });

  it("hands each statistic whole draws, and the sample's own rows for the estimate", () => {
    const seen: number[][] = [];
    const tiny = { rows: 2, draws: 2, indices: Uint32Array.of(1, 1, 0, 1) };
    const statistic = (rows: Uint32Array) => seen.push([...rows]);
    bootstrapInterval(statistic, tiny, { level: 0.9 });
    expect(seen).toEqual([
      [0, 1],
      [1, 1],
      [0, 1],
    ]);
  });

  it("leaves out and counts draws on which the statistic is not finite", () => {
    const tiny = {
      rows: 2,
      draws: 3,
      indices: Uint32Array.of(1, 1, 0, 1, 0, 0),
    };
    const spread = (rows: Uint32Array) => (rows[0] === rows[1] ? Number.NaN : 5);
    expect(bootstrapInterval(spread, tiny, { level: 0.9 })).toMatchObject({
      estimate: 5,
      lower: 5,
      upper: 5,
      leftOut: 2,
    });
  });

  it("has NaN ends where the statistic of the sample itself is missing", () => {
    const never = bootstrapInterval(() => Number.NaN, resamples, {
      level: 0.9,
    });
    expect([never.estimate, never.lower, never.upper]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    const { lower } = percentileInterval(Number.NaN, Float64Array.of(1, 2), 0.9);
    expect(lower).toBeNaN();
  });

  it("covers the mean of AR(1) series as often as arch does, which is less often than it says", () => {
    const { n, phi, blockLength, level, ...theirs } = expected.coverage;
    const samples = 2000;
    const { uniform } = stream("coverage");
    let covered = 0;
    for (let sample = 0; sample < samples; sample++) {
      const x = autoregression(uniform, n, phi);
      const average = (rows: Uint32Array) => {
        let sum = 0;
        for (let t = 0; t < n; t++) sum += x[rows[t]!]!;
        return sum / n;
      };
      const drawn = circularResamples(n, {
        blockLength,
        draws: theirs.draws,
        seed: sample,
      });
      const { lower, upper } = bootstrapInterval(average, drawn, { level });
      if (lower <= 0 && 0 <= upper) covered++;
    }
    // Four Monte Carlo standard errors of the difference: 0.030.
    const p = theirs.percentile;
    const tolerance = 4 * Math.sqrt(p * (1 - p) * (1 / samples + 1 / theirs.samples));
    expect(Math.abs(covered / samples - p)).toBeLessThan(tolerance);
    expect(p).toBeLessThan(0.9);
  });

  it("covers it more often when studentized by a standard error that allows for dependence", () => {
    const { n, phi, blockLength, level } = expected.coverage;
    const samples = 500;
    const { uniform } = stream("coverage, studentized");
    let covered = 0;
    for (let sample = 0; sample < samples; sample++) {
      const x = autoregression(uniform, n, phi);
      const drawn = circularResamples(n, {
        blockLength,
        draws: 199,
        seed: sample,
      });
      const { lower, upper } = bootstrapInterval(on(x, mean), drawn, {
        level,
        standardError: on(x, (rows) => Math.sqrt(longRunVariance(rows, 3, "bartlett") / n)),
      });
      if (lower <= 0 && 0 <= upper) covered++;
    }
    // Measured 0.927 in 2,000 samples; four standard errors of 500 are 0.047.
    expect(Math.abs(covered / samples - 0.927)).toBeLessThan(0.047);
  });

  it("refuses a level that is not a share, and malformed resamples", () => {
    for (const level of [0, 1, 95, Number.NaN])
      expect(() => bootstrapInterval(on(lossA, mean), resamples, { level })).toThrow(
        /level must be between 0 and 1, got .*; write 0.95 for 95 %/,
      );
    expect(() =>
      bootstrapInterval(on(lossA, mean), { ...resamples, draws: draws + 1 }, { level: 0.9 }),
    ).toThrow(/^bootstrapInterval: resamples must be 100 draws/);
  });
});

describe("rmseChange", () => {
  const found = rmseChange(lossA, lossB, { resamples, level: 0.9 });

  it("agrees with numpy on the same rows", () => {
    expectInterval(found.change, expected.rmseChange.change);
    expectInterval(found.ratio, expected.rmseChange.ratio);
    expectClose(found.pValue, expected.rmseChange.pValue);
  });

  it("turns its sign, and inverts its ratio's estimate, when the forecasts change places", () => {
    const other = rmseChange(lossB, lossA, { resamples, level: 0.9 });
    expectClose(
      [other.change.estimate, other.change.lower, other.change.upper],
      [-found.change.estimate, -found.change.upper, -found.change.lower],
    );
    expectClose(other.ratio.estimate, 1 / found.ratio.estimate);
    expect(other.pValue).toBe(found.pValue);
  });

  it("finds no change between identical losses: 0, ratio 1, p-value 1", () => {
    const same = rmseChange(lossA, lossA, { resamples, level: 0.95 });
    expect(same.pValue).toBe(1);
    expect(same.change).toMatchObject({ estimate: 0, lower: 0, upper: 0 });
    expect(same.ratio).toMatchObject({ estimate: 1, lower: 1, upper: 1 });
  });

  it("has a p-value of 2 / (B + 1) where every draw speaks for one side", () => {
    const half = lossA.map((loss) => loss / 4);
    const { ratio, pValue } = rmseChange(lossA, half, { resamples, level: 0.9 });
    expectClose([ratio.estimate, ratio.lower, ratio.upper], [2, 2, 2]);
    expect(pValue).toBe(2 / (draws + 1));
  });

  it("finds a change between equal forecasts in 7 to 8 % of samples of 47 months at 5 %", () => {
    const samples = 2000;
    const { uniform } = stream("equal forecasts");
    let rejected = 0;
    for (let sample = 0; sample < samples; sample++) {
      const common = autoregression(uniform, 47, 0);
      const squared = () => autoregression(uniform, 47, 0).map((e, t) => (common[t]! + e / 2) ** 2);
      const drawn = circularResamples(47, {
        blockLength: 3,
        draws: 399,
        seed: sample,
      });
      const { pValue } = rmseChange(squared(), squared(), { resamples: drawn, level: 0.95 });
      if (pValue <= 0.05) rejected++;
    }
    // Four Monte Carlo standard errors: 0.023.
    expect(Math.abs(rejected / samples - 0.075)).toBeLessThan(0.023);
  });

  it("has a ratio of NaN where no forecast makes an error", () => {
    const none = lossA.map(() => 0);
    const { ratio, change } = rmseChange(none, none, { resamples, level: 0.9 });
    expect(change.estimate).toBe(0);
    expect([ratio.estimate, ratio.lower]).toEqual([Number.NaN, Number.NaN]);
    expect(ratio.leftOut).toBe(draws);
  });

  it("refuses losses of other lengths, missing ones, negative ones, and resamples of other months", () => {
    const change = (a: readonly number[], b: readonly number[]) => () =>
      rmseChange(a, b, { resamples, level: 0.9 });
    expect(change(lossA, lossB.slice(1))).toThrow(
      "rmseChange: arrays must have one length, but lossA has 40, lossB has 39",
    );
    expect(change(lossA, lossB.with(3, Number.NaN))).toThrow(
      "rmseChange: lossB must be finite, got NaN at index 3; leave out rows with missing values first",
    );
    expect(change(lossA.with(2, -0.1), lossB)).toThrow(
      "rmseChange: lossA must be squared errors, got -0.1 at index 2; square the errors first",
    );
    expect(change(lossA.slice(1), lossB.slice(1))).toThrow(
      /^rmseChange: resamples must be 99 draws of the sample's 39 rows/,
    );
  });
});
