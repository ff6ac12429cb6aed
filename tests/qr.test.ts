/** QR of columns of length one: the bits of ml-matrix's decomposition, and the identities of any. */

import { Matrix, QrDecomposition } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { inverseUpper, scaledQr } from "../lib/src/stats/qr.js";

/** Regressors of very different units [n x k], and y. */
function numbers(n: number, k: number) {
  const draw = stream("qr", n, k);
  const x = Float64Array.from(
    { length: n * k },
    (_, at) => (draw.uniform() - 0.4) * 10 ** (at % k),
  );
  return { x, y: Float64Array.from({ length: n }, () => draw.uniform() - 0.5) };
}

function expectUnit(matrix: Matrix, digits: number): void {
  const apart = Matrix.sub(matrix, Matrix.eye(matrix.rows)).to1DArray().map(Math.abs);
  expect(Math.max(...apart)).toBeLessThan(10 ** -digits);
}

describe.each([
  [1, 1],
  [3, 3],
  [12, 2],
  [60, 5],
  [500, 7],
])("%d rows of %d regressors", (n, k) => {
  const { x, y } = numbers(n, k);
  const scaled = scaledQr(x, n, k)!;
  const columns = Matrix.from1DArray(n, k, [...x]);
  scaled.lengths.forEach((length, j) => {
    columns.mulColumn(j, 1 / length);
  });
  const theirs = new QrDecomposition(columns);

  it("have the bits of ml-matrix", () => {
    expect([...scaled.upper]).toEqual(theirs.upperTriangularMatrix.to1DArray());
    expect([...scaled.orthogonal()]).toEqual(theirs.orthogonalMatrix.to1DArray());
    expect(scaled.solve(y)).toEqual(theirs.solve(Matrix.columnVector([...y])).to1DArray());
    const root = inverseUpper(scaled);
    expectUnit(root.mmul(Matrix.from1DArray(k, k, [...scaled.upper])), 9);
  });

  it("are Q R with columns of length one in Q", () => {
    const q = Matrix.from1DArray(n, k, [...scaled.orthogonal()]);
    const product = q.mmul(Matrix.from1DArray(k, k, [...scaled.upper]));
    for (let i = 0; i < n; i++)
      for (let j = 0; j < k; j++) expect(product.get(i, j)).toBeCloseTo(columns.get(i, j), 12);
    expectUnit(q.transpose().mmul(q), 12);
  });
});

it("is undefined where columns are collinear, zero or NaN", () => {
  expect(scaledQr([1, 2, 2, 4, 3, 6], 3, 2)).toBeUndefined();
  expect(scaledQr([1, 0, 2, 0, 3, 0], 3, 2)).toBeUndefined();
  expect(scaledQr([1, 2, Number.NaN], 3, 1)).toBeUndefined();
});

it("finds the length of 3 and 4, and does not overflow", () => {
  const far = scaledQr([3e200, 4e200], 2, 1);
  expect(scaledQr([3, 4], 2, 1)!.lengths).toEqual([5]);
  // Squares of such numbers are infinite: they count as no regressor.
  expect(far).toBeUndefined();
});
