import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastSquares } from "../lib/src/stats/ols.js";
import { RUNS } from "./helpers.js";

/** Relative, against certified digits: the data's condition number leaves no more in double precision. */
const CERTIFIED = 1e-8;
/** Relative, for regressions that are well conditioned. */
const ROUNDING = 1e-9;

interface Longley {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];
  readonly certified: Readonly<Record<string, number>>;
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
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(
      tolerance * size,
    );
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
      expect(
        Math.abs(coefficients[j]! / certified - 1),
        name,
      ).toBeLessThanOrEqual(CERTIFIED);
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
        expectClose(
          [scaled[0]! * u, scaled[1]! * v],
          leastSquares(x, y),
          ROUNDING,
        );
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
    expect(leastSquares([1, 2, 3], [1])).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
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
