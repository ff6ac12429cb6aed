/** The ridge regression whose betas move with the network's inputs. */

import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import {
  type InteractedRows,
  interactedRidge,
  ridgeCoefficients,
  rotatedRidge,
} from "../lib/src/stats/interacted-ridge.js";
import { ridgeSums } from "../lib/src/stats/ridge-sums.js";

/** Of the largest coefficient. */
const EXACT = 1e-11;
const PENALTIES = [0.1, 1, 10, 100];

/** n seeded rows; every seventh has no response. */
function seeded(n: number, k: number, d: number): InteractedRows {
  const { normal } = stream("interacted ridge", n, k, d);
  const draw = (length: number) => Float64Array.from({ length }, normal);
  const y = draw(n).map((value, row) => (row % 7 === 3 ? NaN : value));
  const [f, z] = [draw(n * k), Float32Array.from(draw(n * d))];
  return { k, d, f, z: (row, out) => out.set(z.subarray(row * d, (row + 1) * d)), y };
}

/** The slow obvious way: one rotation per coefficient and row, anew for every penalty and every number of rows. */
function rotated(rows: InteractedRows, penalty: number, through = rows.y.length): number[] {
  const ridge = rotatedRidge(rows, penalty);
  for (let row = 0; row < through; row++) ridge.add(row);
  return Array.from(ridge.coefficients());
}

function expectNear(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  expected.forEach((value, j) => {
    expect(Math.abs(found[j]! - value)).toBeLessThan(EXACT * largest);
  });
}

const SHAPES = [
  ["more rows than coefficients", 120, 2, 9],
  ["more coefficients than rows", 40, 3, 30],
] as const;

describe.each(SHAPES)("interactedRidge, %s", (_, n, k, d) => {
  const rows = seeded(n, k, d);

  it("has the coefficients of a regression in all products of regressors and inputs, at every row", () => {
    const ridge = interactedRidge(rows, n, { n });
    for (let row = 0; row < n; row++) {
      ridge.add(row);
      if (row >= n / 2) expectNear(ridge.coefficients(), rotated(rows, n, row + 1));
    }
  });

  it("has them where rows outgrow a penalty that was large for the first", () => {
    const [few, penalty] = [2, 0.01];
    const ridge = interactedRidge(rows, penalty, { n: few });
    for (let row = 0; row < n; row++) ridge.add(row);
    expect(Array.from(ridge.coefficients())).toEqual(rotated(rows, penalty));
  });

  it("has them for every penalty from one sum of products, without a penalty too", () => {
    const numbers = Array.from({ length: n }, (_row, row) => row);
    const coefficients = ridgeCoefficients(rows, numbers);
    for (const share of PENALTIES) expectNear(coefficients(share * n), rotated(rows, share * n));
    expect(Array.from(coefficients(0))).toEqual(rotated(rows, 0));
  });

  it("is the regression on the regressors alone where the penalty is boundless", () => {
    const numbers = Array.from({ length: n }, (_row, row) => row);
    const found = ridgeCoefficients(rows, numbers)(Infinity);
    expect(Array.from(found)).toEqual(rotated({ ...rows, d: 0 }, 0));
  });

  it("is NaN where one regressor is another one twice", () => {
    const f = rows.f.map((value, at) => (at % k === 1 ? 2 * rows.f[at - 1]! : value));
    const numbers = Array.from({ length: n }, (_row, row) => row);
    const found = ridgeCoefficients({ ...rows, f }, numbers)(n);
    expect(Array.from(found).every(Number.isNaN)).toBe(true);
  });
});

/** Seven rows a date: they share regressors, and all inputs but their own first three. */
function grouped(dates: number, k: number, d: number): InteractedRows {
  const rows = seeded(7 * dates, k, d);
  const first = (row: number) => row - (row % 7);
  const inputs = new Float64Array(d);
  return {
    ...rows,
    ...{ group: 7, own: 3 },
    f: rows.f.map((_, at) => rows.f[first(Math.floor(at / k)) * k + (at % k)]!),
    z(row, out) {
      rows.z(row, inputs);
      rows.z(first(row), out);
      out.set(inputs.subarray(0, 3));
    },
  };
}

describe("ridgeSums", () => {
  it.each([1, 2, 3])(
    "on %i regressors has the coefficients of rotated rows at every date and penalty",
    (k) => {
      const rows = grouped(40, k, 8);
      const sums = ridgeSums(rows);
      for (let row = 0; row < 280; row++) {
        sums.add(row);
        // Within a date too: what is still to come joins what was flushed.
        if (row > 200 && row % 5 === 0)
          for (const penalty of PENALTIES)
            expectNear(sums.coefficients(penalty), rotated(rows, penalty, row + 1));
      }
    },
  );

  it("is what very many rows are estimated by, where estimates are few", () => {
    const rows = grouped(3000, 2, 120);
    const n = rows.y.length;
    const size = 2 * 121;
    expect(n * size * size).toBeGreaterThan(1e9);
    const [fast, often] = [n, 7].map((between) => {
      const ridge = interactedRidge(rows, n, { n, between });
      for (let row = 0; row < 2000; row++) ridge.add(row);
      return Array.from(ridge.coefficients());
    });
    const sums = ridgeSums(rows);
    for (let row = 0; row < 2000; row++) sums.add(row);
    expect(fast).toEqual(Array.from(sums.coefficients(n)));
    expectNear(fast!, often!);
  });
});
