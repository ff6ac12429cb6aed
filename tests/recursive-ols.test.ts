/** Least squares row by row, against the regression of all rows. */

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { leastSquares } from "../lib/src/stats/ols.js";
import { recursiveOls } from "../lib/src/stats/recursive-ols.js";
import { expectClose, RUNS } from "./support/helpers.js";

const NOTHING = [Number.NaN, Number.NaN];

/** A table of n rows of k regressors and their responses, seeded. */
function seeded(n: number, k: number) {
  const draw = stream("recursiveOls", n, k);
  const numbers = (length: number) => Array.from({ length }, () => 2 * draw.uniform() - 1);
  return { x: numbers(n * k), y: numbers(n) };
}

/** All rows of a table, one by one. */
function grown(
  x: readonly number[],
  y: readonly number[],
  penalty?: number | readonly number[],
): number[] {
  const k = x.length / y.length;
  const ols = recursiveOls(k, penalty);
  y.forEach((value, row) => {
    ols.add(x, value, row * k);
  });
  return ols.coefficients();
}

describe("recursiveOls", () => {
  it("is sum(xy) / sum(x^2) for one regressor, without an intercept", () => {
    const ols = recursiveOls(1);
    ols.add([1], 3);
    expectClose(ols.coefficients(), [3]);
    ols.add([2], 1);
    expectClose(ols.coefficients(), [5 / 5]);
    ols.add([3], 4);
    expectClose(ols.coefficients(), [17 / 14]);
  });

  it("finds intercept and slope where a regressor is one throughout", () => {
    expectClose(grown([1, 0, 1, 1, 1, 2], [5, 3, 1]), [5, -2]);
  });

  it.each([1, 2, 3, 5])(
    "is the least-squares fit of the rows so far, at every row, with %d regressors",
    (k) => {
      const { x, y } = seeded(40, k);
      const ols = recursiveOls(k);
      y.forEach((value, row) => {
        ols.add(x, value, row * k);
        expect(ols.rows()).toBe(row + 1);
        if (row + 1 >= k)
          expectClose(
            ols.coefficients(),
            leastSquares(x.slice(0, (row + 1) * k), y.slice(0, row + 1)),
          );
      });
    },
  );

  it("is as exact as least squares at every row of NIST's ill-conditioned Longley data, and certified at the last", () => {
    const { columns, rows, certified } = JSON.parse(
      readFileSync(new URL("fixtures/longley.json", import.meta.url), "utf8"),
    ) as {
      columns: string[];
      rows: number[][];
      certified: Record<string, number>;
    };
    const x = rows.flatMap((row) => [1, ...row.slice(1)]);
    const y = rows.map((row) => row[0]!);
    const ols = recursiveOls(7);
    y.forEach((value, row) => {
      ols.add(x, value, row * 7);
      if (row >= 6)
        expectClose(
          ols.coefficients(),
          leastSquares(x.slice(0, (row + 1) * 7), y.slice(0, row + 1)),
        );
    });
    expectClose(
      ols.coefficients(),
      ["CONSTANT", ...columns.slice(1)].map((name) => certified[name]!),
    );
  });

  it("does not depend on the order of the rows", () => {
    const { x, y } = seeded(20, 3);
    const order = [...stream("order").permutation(20)];
    expectClose(
      grown(
        order.flatMap((row) => x.slice(3 * row, 3 * row + 3)),
        order.map((row) => y[row]!),
      ),
      grown(x, y),
    );
  });

  it("scales inversely with a regressor's unit, however small or large", () => {
    const units = fc.integer({ min: -40, max: 40 }).map((e) => 10 ** e);
    const { x, y } = seeded(12, 2);
    const [a, b] = leastSquares(x, y);
    fc.assert(
      fc.property(units, units, (u, v) => {
        const scaled = grown(
          x.map((value, i) => value * (i % 2 === 0 ? u : v)),
          y,
        );
        expectClose([scaled[0]! * u, scaled[1]! * v], [a!, b!]);
      }),
      RUNS,
    );
  });

  it("reads its row from the offset on, and leaves it unchanged", () => {
    const x = Float64Array.of(9, 9, 1, 2, 2, -1, 9);
    const before = x.slice();
    const ols = recursiveOls(2);
    ols.add(x, 5, 2);
    ols.add(x, 0, 4);
    expectClose(ols.coefficients(), [1, 2]);
    expect(x).toEqual(before);
  });

  it("gives coefficients of its own: they may be written to, and may be asked for twice", () => {
    const ols = recursiveOls(1);
    ols.add([1], 2);
    const first = ols.coefficients();
    first[0] = 9;
    expect(ols.coefficients()).toEqual([2]);
  });

  it("refuses a number of regressors that is no integer of at least 1", () => {
    for (const k of [0, 1.5, Number.NaN])
      expect(() => recursiveOls(k)).toThrow(
        new RangeError(`recursiveOls: k must be an integer of at least 1, got ${k}`),
      );
  });
});

describe("a row with a missing value", () => {
  it.each([
    ["response", [1, 2], Number.NaN],
    ["first regressor", [Number.NaN, 2], 1],
    ["last regressor", [1, Number.NaN], 1],
    ["response without bound", [1, 2], Number.POSITIVE_INFINITY],
    ["regressor without bound", [Number.NEGATIVE_INFINITY, 2], 1],
    ["regressor that is not there", [1], 1],
  ])("is left out and not counted: %s", (_, x, y) => {
    const table = seeded(6, 2);
    const ols = recursiveOls(2);
    table.y.forEach((value, row) => {
      ols.add(table.x, value, 2 * row);
      ols.add(x, y);
    });
    expect(ols.rows()).toBe(6);
    expect(ols.coefficients()).toEqual(grown(table.x, table.y));
  });
});

describe("coefficients that are not determined", () => {
  it("are NaN while rows are fewer than regressors", () => {
    const ols = recursiveOls(2);
    expect(ols.coefficients()).toEqual(NOTHING);
    ols.add([1, 2], 3);
    expect(ols.coefficients()).toEqual(NOTHING);
    ols.add([2, 1], 3);
    expectClose(ols.coefficients(), [1, 1]);
  });

  it.each([
    ["a multiple of another", [1, 2, 2, 4, 3, 6]],
    ["a multiple in units ten orders away", [1, 2e10, 2, 4e10, 3, 6e10]],
    ["a multiple that is not a binary fraction", [0.1, 0.3, 0.7, 2.1, 0.3, 0.9]],
    ["zero throughout, the last", [1, 0, 2, 0, 3, 0]],
    ["zero throughout, the first", [0, 1, 0, 2, 0, 3]],
  ])("are NaN where a regressor is %s", (_, x) => {
    expect(grown(x, [1, 2, 3])).toEqual(NOTHING);
    expect(() => leastSquares(x, [1, 2, 3])).toThrow("collinear");
  });

  it("are determined again by a row that keeps the regressors apart", () => {
    const [x, y] = [
      [1, 2, 2, 4, 3, 6, 1, -1],
      [1, 2, 3, 4],
    ];
    expect(grown(x.slice(0, 6), y.slice(0, 3))).toEqual(NOTHING);
    expectClose(grown(x, y), leastSquares(x, y));
  });
});

describe("penalty", () => {
  it("is added to the sum of squares: sum(xy) / (sum(x^2) + penalty)", () => {
    expectClose(grown([1, 2, 3], [3, 1, 4], 6), [17 / 20]);
  });

  it("gives the ridge regression (X'X + penalty I)^-1 X'y", () => {
    const { x, y } = seeded(15, 2);
    const sum = (term: (row: number) => number) =>
      y.reduce((total, _, row) => total + term(row), 0);
    const penalty = 0.7;
    const [a, b, c] = [
      sum((i) => x[2 * i]! ** 2) + penalty,
      sum((i) => x[2 * i]! * x[2 * i + 1]!),
      sum((i) => x[2 * i + 1]! ** 2) + penalty,
    ];
    const [p, q] = [sum((i) => x[2 * i]! * y[i]!), sum((i) => x[2 * i + 1]! * y[i]!)];
    const determinant = a * c - b ** 2;
    expectClose(grown(x, y, penalty), [
      (c * p - b * q) / determinant,
      (a * q - b * p) / determinant,
    ]);
  });

  it("of zero is least squares", () => {
    const { x, y } = seeded(15, 3);
    expect(grown(x, y, 0)).toEqual(grown(x, y));
  });

  it("determines coefficients where rows are too few or regressors collinear", () => {
    expect(recursiveOls(2, 1).coefficients()).toEqual([0, 0]);
    expectClose(grown([1, 2], [6], 1), [1, 2]);
    expectClose(grown([1, 1, 1, 1], [1, 1], 1), [2 / 5, 2 / 5]);
  });

  it("per coefficient draws only its own to zero: x'(y - Xb) is the penalty times b", () => {
    const { x, y } = seeded(15, 3);
    const penalties = [0, 7, 0.5];
    const b = grown(x, y, penalties);
    penalties.forEach((penalty, j) => {
      const product = y.reduce((sum, value, row) => {
        const fitted = b.reduce((f, v, i) => f + v * x[3 * row + i]!, 0);
        return sum + (value - fitted) * x[3 * row + j]!;
      }, 0);
      expect(product).toBeCloseTo(penalty * b[j]!, 12);
    });
    expect(grown(x, y, [2, 2, 2])).toEqual(grown(x, y, 2));
    expect(recursiveOls(2, [0, 1]).coefficients()).toEqual(NOTHING);
  });

  it.each([
    ["too few", [1]],
    ["below zero", [1, -1]],
    ["without bound", [0, Number.POSITIVE_INFINITY]],
    ["no numbers", Number.NaN],
  ])("is refused where they are %s", (_, penalty) => {
    expect(() => recursiveOls(2, penalty)).toThrow(
      /^recursiveOls: penalty must be a finite number of at least 0, or 2 of them, got .*; leave out/,
    );
  });
});
