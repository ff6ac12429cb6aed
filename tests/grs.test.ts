/** The test of Gibbons, Ross and Shanken, against its reference. */

import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { normalQuantile } from "../lib/src/stats/distributions.js";
import { grsTest } from "../lib/src/stats/grs.js";
import { inference } from "../lib/src/stats/inference.js";
import { regression } from "../lib/src/stats/ols.js";
import { reference } from "./support/helpers.js";
import { expectRelative } from "./support/regressions.js";

const { cases } = reference<{
  readonly cases: readonly {
    readonly T: number;
    readonly N: number;
    readonly K: number;
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly statistic: number;
    readonly pValue: number;
    readonly alphas: readonly number[];
  }[];
}>("grs");

/** Rows of n times a square matrix: the same space in other coordinates. */
function mixed(values: readonly number[], n: number): number[] {
  return values.map((value, at) => {
    const [row, column] = [at - (at % n), at % n];
    return 2 * value + values[row + ((column + 1) % n)]! / (column + 2);
  });
}

describe("grsTest", () => {
  it.each(cases)(
    "has the statistic of means and covariances: $T months, $N portfolios, $K factors",
    ({ T, N, K, x, y, ...theirs }) => {
      const ours = grsTest(x, y, N);
      expectRelative([ours.statistic, ours.pValue], [theirs.statistic, theirs.pValue]);
      expectRelative(ours.alphas, theirs.alphas);
      expect(ours.degreesOfFreedom).toEqual([N, T - N - K]);
    },
  );

  it("is the squared t of alpha for one portfolio, with the same p", () => {
    for (const { T, N, x, y } of cases) {
      const first = Array.from({ length: T }, (_, t) => y[t * N]!);
      const fit = regression(x, first, { intercept: true });
      const { tStats, pValues } = inference(fit, fit.covariance, 0.95);
      const { statistic, pValue } = grsTest(x, first, 1);
      expectRelative([statistic, pValue], [tStats[0]! ** 2, pValues[0]!], 1e-10);
    }
  });

  it("is the same for other combinations of the portfolios, and of the factors", () => {
    for (const { N, K, x, y, statistic } of cases) {
      expectRelative([grsTest(x, mixed(y, N), N).statistic], [statistic]);
      expectRelative([grsTest(mixed(x, K), y, N).statistic], [statistic]);
    }
  });

  it("rejects a true model in five of a hundred normal samples at the 5 % level", () => {
    const draw = stream("grsTest");
    const normal = () => normalQuantile(draw.uniform());
    let rejections = 0;
    for (let run = 0; run < 2000; run++) {
      const x = Array.from({ length: 24 }, () => 0.3 + normal());
      const y = x.flatMap((f) => [f + normal(), 0.5 * f + normal(), normal()]);
      if (grsTest(x, y, 3).pValue < 0.05) rejections++;
    }
    // Four standard errors of 2,000 draws are 0.0195.
    expect(Math.abs(rejections / 2000 - 0.05)).toBeLessThan(0.0195);
  });

  it("is NaN where a value is missing, and where rows are no more than portfolios and factors", () => {
    const [x, y] = [
      [1, 2, 4, 3],
      [1, 3, 2, 5, 4, 4, 7, 2],
    ];
    for (const test of [
      grsTest(x, [1, Number.NaN, 2, 5, 4, 4, 7, 2], 2),
      grsTest([1, 2, Number.NaN, 3], y, 2),
      grsTest(x.slice(0, 3), y.slice(0, 6), 2),
    ]) {
      expect(test.statistic).toBeNaN();
      expect(test.pValue).toBeNaN();
    }
    expect(grsTest(x, y, 2).statistic).toBeGreaterThan(0);
  });

  it("refuses collinear factors, portfolios that are combinations, and arrays of different rows", () => {
    const x = [1, 2, 4, 3, 0, 1];
    const y = [2, 1, 5, 3, 3, 2];
    expect(() => grsTest([1, 1, 1, 1, 1, 1], y, 1)).toThrow(
      /^grsTest: the 1 factors must be collinear neither .*; leave one out$/,
    );
    const copies = y.flatMap((v, t) => [v, 2 * v + x[t]!]);
    expect(() => grsTest(x, copies, 2)).toThrow(
      /^grsTest: no portfolio may be a combination of the other 1 and the factors, .*; leave it out$/,
    );
    expect(() =>
      grsTest(
        x,
        x.map((v) => 2 * v),
        1,
      ),
    ).toThrow(RangeError);
    expect(() => grsTest(x, [1, 2, 3, 4, 5], 1)).toThrow(
      /^grsTest: factors and excessReturns must have the same rows, .*; put both on one date index$/,
    );
    expect(() => grsTest(x, y, 0)).toThrow(RangeError);
  });
});
