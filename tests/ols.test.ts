/** Least squares, against statsmodels and Longley's data. */

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastSquares, regression } from "../lib/src/stats/ols.js";
import { RUNS } from "./support/helpers.js";
import { expectRelative, REGRESSIONS } from "./support/regressions.js";

/** Relative, against certified digits: the data's condition number leaves no more in double precision. */
const CERTIFIED = 1e-8;
/** Relative, for regressions that are well conditioned. */
const ROUNDING = 1e-9;

interface Longley {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];
  readonly certified: Readonly<Record<string, number>>;
  readonly certifiedStandardErrors: Readonly<Record<string, number>>;
  readonly certifiedResidualSd: number;
  readonly certifiedR2: number;
}

const longley: Longley = JSON.parse(
  readFileSync(new URL("fixtures/longley.json", import.meta.url), "utf8"),
);

/** n rows of two regressors that are far from collinear, and y. */
const regressions = fc
  .array(
    fc.tuple(
      fc.double({ min: 0.1, max: 1, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
    ),
    { minLength: 2, maxLength: 20 },
  )
  .map((rows) => ({
    // Alternating signs keep the two columns apart whatever is drawn.
    x: rows.flatMap(([size], i) => [size, i % 2 === 0 ? size : -size]),
    y: rows.map(([, y]) => y),
  }));

function expectClose(
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    const size = Math.max(1, Math.abs(expected[i]!));
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(tolerance * size);
  });
}

describe("leastSquares", () => {
  it("gives the certified coefficients of NIST's ill-conditioned Longley data", () => {
    const x = longley.rows.flatMap((row) => [1, ...row.slice(1)]);
    const y = longley.rows.map((row) => row[0]!);
    const coefficients = leastSquares(x, y);
    const names = ["CONSTANT", ...longley.columns.slice(1)];
    expect(coefficients).toHaveLength(names.length);
    names.forEach((name, j) => {
      const certified = longley.certified[name]!;
      expect(Math.abs(coefficients[j]! / certified - 1), name).toBeLessThanOrEqual(CERTIFIED);
    });
  });

  it("is sum(xy) / sum(x^2) for one regressor, without an intercept", () => {
    expectClose(leastSquares([1, 2, 3], [3, 1, 4]), [17 / 14], ROUNDING);
    expectClose(leastSquares([1, 2], [2, 4]), [2], ROUNDING);
  });

  it("finds intercept and slope where X has a column of ones", () => {
    expectClose(leastSquares([1, 0, 1, 1, 1, 2], [5, 3, 1]), [5, -2], ROUNDING);
  });

  it("leaves residuals that are orthogonal to every regressor", () => {
    fc.assert(
      fc.property(regressions, ({ x, y }) => {
        const b = leastSquares(x, y);
        for (const j of [0, 1]) {
          const product = y.reduce((sum, value, i) => {
            const fitted = b[0]! * x[2 * i]! + b[1]! * x[2 * i + 1]!;
            return sum + (value - fitted) * x[2 * i + j]!;
          }, 0);
          expect(Math.abs(product)).toBeLessThanOrEqual(ROUNDING);
        }
      }),
      RUNS,
    );
  });

  it("scales inversely with a regressor's unit, however small or large", () => {
    const units = fc.integer({ min: -40, max: 40 }).map((e) => 10 ** e);
    fc.assert(
      fc.property(regressions, units, units, ({ x, y }, u, v) => {
        const scaled = leastSquares(
          x.map((value, i) => value * (i % 2 === 0 ? u : v)),
          y,
        );
        expectClose([scaled[0]! * u, scaled[1]! * v], leastSquares(x, y), ROUNDING);
      }),
      RUNS,
    );
  });

  it("gives the weighted sum of the coefficients for a weighted sum of two y", () => {
    fc.assert(
      fc.property(regressions, ({ x, y }) => {
        const other = y.map((value, i) => value ** 2 - i / 10);
        const sum = y.map((value, i) => 2 * value - 3 * other[i]!);
        const [a, b] = [leastSquares(x, y), leastSquares(x, other)];
        expectClose(
          leastSquares(x, sum),
          a.map((value, j) => 2 * value - 3 * b[j]!),
          ROUNDING,
        );
      }),
      RUNS,
    );
  });

  it("is NaN where rows are fewer than regressors, or y has a missing value", () => {
    expect(leastSquares([1, 2, 3], [1])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(leastSquares([1, 2], [1, Number.NaN])).toEqual([Number.NaN]);
  });

  it.each([
    ["a multiple of another", [1, 2, 2, 4, 3, 6]],
    ["a multiple in units ten orders away", [1, 2e10, 2, 4e10, 3, 6e10]],
    ["zero throughout", [1, 0, 2, 0, 3, 0]],
    ["not a number somewhere", [1, 5, 2, Number.NaN, 3, 1]],
  ])("refuses a regressor that is %s", (_, x) => {
    expect(() => leastSquares(x, [1, 2, 3])).toThrow(
      /^leastSquares: the 2 regressors must not be collinear.*; leave one out$/,
    );
  });

  it("refuses x that is not a table of n rows", () => {
    expect(() => leastSquares([1, 2, 3], [1, 2])).toThrow(
      /^leastSquares: x must have a row of regressors for each of the 2 values of y, but it has 3 numbers$/,
    );
    expect(() => leastSquares([], [1, 2])).toThrow(RangeError);
    expect(() => leastSquares([], [])).toThrow(RangeError);
  });

  it("leaves its inputs unchanged", () => {
    const x = Float64Array.of(1, 1, 1, 2, 1, 3);
    const y = Float64Array.of(1, 2, 4);
    const before = [x.slice(), y.slice()];
    leastSquares(x, y);
    expect([x, y]).toEqual(before);
  });
});

describe("regression", () => {
  it("gives the certified standard errors, residual deviation and R2 of NIST's Longley data", () => {
    const x = longley.rows.flatMap((row) => row.slice(1));
    const y = longley.rows.map((row) => row[0]!);
    const fit = regression(x, y, { intercept: true });
    expectRelative(fit.coefficients, Object.values(longley.certified), CERTIFIED);
    expectRelative(
      fit.coefficients.map((_, j) => Math.sqrt(fit.covariance[j * 8]!)),
      Object.values(longley.certifiedStandardErrors),
      CERTIFIED,
    );
    expectRelative(
      [fit.sigma, fit.r2Centred],
      [longley.certifiedResidualSd, longley.certifiedR2],
      CERTIFIED,
    );
    expect(fit.degreesOfFreedom).toBe(9);
  });

  it.each(REGRESSIONS)(
    "has statsmodels' coefficients, sigma, both R2 and classical covariance: $name",
    ({ fit, statsmodels }) => {
      expectRelative(fit.coefficients, statsmodels.coefficients, ROUNDING);
      expectRelative(fit.covariance, statsmodels.covariances.classical!, ROUNDING);
      const { sigma, r2Centred, r2Uncentred, statsmodelsR2 } = statsmodels;
      expectRelative(
        [fit.sigma, fit.r2Centred, fit.r2Uncentred],
        [sigma, r2Centred, r2Uncentred],
        ROUNDING,
      );
      // statsmodels prints the centred one with an intercept, the uncentred one without.
      const printed = fit.intercept ? fit.r2Centred : fit.r2Uncentred;
      expectRelative([printed], [statsmodelsR2], ROUNDING);
    },
  );

  it("has the coefficients of leastSquares with a column of ones, and a pseudo-inverse that makes them of y", () => {
    fc.assert(
      fc.property(regressions, ({ x, y }) => {
        const fit = regression(x, y, { intercept: false });
        expectClose(fit.coefficients, leastSquares(x, y), ROUNDING);
        const made = [0, 1].map((j) =>
          y.reduce((sum, v, i) => sum + v * fit.pseudoInverse[2 * i + j]!, 0),
        );
        expectClose(made, fit.coefficients, ROUNDING);
      }),
      RUNS,
    );
    const [x, y] = [
      [0.5, 2, 3, 7, 1],
      [5, 3, 1, 0, 2],
    ];
    const ones = x.flatMap((v) => [1, v]);
    const fit = regression(x, y, { intercept: true });
    expectClose(fit.coefficients, leastSquares(ones, y), ROUNDING);
    expect([...fit.x]).toEqual(ones);
  });

  it("is mean and deviation with an intercept alone", () => {
    const fit = regression([], [2, 4, 9], { intercept: true });
    expectClose(fit.coefficients, [5], ROUNDING);
    expectClose([fit.sigma], [Math.sqrt(13)], ROUNDING);
    expectClose([...fit.covariance], [13 / 3], ROUNDING);
    expectClose([fit.r2Centred], [0], ROUNDING);
  });

  it("is NaN throughout where a value is missing, or rows are fewer than coefficients", () => {
    const cases = [
      regression([1, Number.NaN, 3], [1, 2, 4], { intercept: true }),
      regression([1, 2, 3], [1, 2, Number.NaN], { intercept: true }),
      regression([1], [1], { intercept: true }),
      regression([], [], { intercept: true }),
    ];
    expect(cases.map((fit) => Number.isNaN(fit.pseudoInverse[0]))).toEqual([
      true,
      false, // x is complete
      true,
      false, // there is none
    ]);
    for (const { n, k, intercept, x, degreesOfFreedom, pseudoInverse, ...rest } of cases)
      for (const [name, value] of Object.entries(rest))
        for (const number of typeof value === "number" ? [value] : value)
          expect(number, name).toBeNaN();
  });

  it("has coefficients but no sigma and no covariance where rows are as many as coefficients", () => {
    const fit = regression([0, 1], [1, 3], { intercept: true });
    expectClose(fit.coefficients, [1, 2], ROUNDING);
    expect(fit.degreesOfFreedom).toBe(0);
    expect(fit.sigma).toBeNaN();
    expect([...fit.covariance]).toEqual([NaN, NaN, NaN, NaN]);
  });

  it("takes residuals that are rounding errors for the zeros they are", () => {
    const x = Array.from({ length: 30 }, (_, i) => Math.sin(i) / 7);
    const fit = regression(
      x,
      x.map((v) => 0.1 + v / 3),
      { intercept: true },
    );
    expect(fit.residuals.every((e) => e === 0)).toBe(true);
    expect([fit.sigma, fit.r2Centred]).toEqual([0, 1]);
  });

  it("has no centred R2 for a constant y", () => {
    const fit = regression([1, 2, 4, 7, 3], new Array(5).fill(0.1), {
      intercept: true,
    });
    expect(fit.r2Centred).toBeNaN();
    expectClose(fit.coefficients, [0.1, 0], ROUNDING);
  });

  it("refuses collinear regressors, a constant beside an intercept, and tables that do not fit", () => {
    const y = [1, 2, 4];
    expect(() => regression([2, 2, 2], y, { intercept: true })).toThrow(
      /^regression: the 2 regressors must not be collinear.*; leave one out$/,
    );
    expect(() => regression([1, 2], y, { intercept: true })).toThrow(
      /^regression: x must have a row of regressors for each of the 3 values/,
    );
    expect(() => regression([], y, { intercept: false })).toThrow(RangeError);
  });
});
