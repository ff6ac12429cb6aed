/** The ridge regression whose betas move with the network's inputs. */

import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import {
  type InteractedRows,
  interactedRidge,
  ridgeCoefficients,
  rotatedRidge,
} from "../lib/src/stats/interacted-ridge.js";

/** Of the largest coefficient. */
const EXACT = 1e-11;
const PENALTIES = [0.1, 1, 10, 100];

/** n seeded rows; every seventh has no response. */
function seeded(n: number, k: number, d: number): InteractedRows {
  const { normal } = stream("interacted ridge", n, k, d);
  const draw = (length: number) => Float64Array.from({ length }, normal);
  const y = draw(n).map((value, row) => (row % 7 === 3 ? NaN : value));
  return { k, d, f: draw(n * k), z: Float32Array.from(draw(n * d)), y };
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
    const ridge = interactedRidge(rows, n, n);
    for (let row = 0; row < n; row++) {
      ridge.add(row);
      if (row >= n / 2) expectNear(ridge.coefficients(), rotated(rows, n, row + 1));
    }
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
