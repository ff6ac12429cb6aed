/** Ordinary least squares by QR: the normal equations would square the condition number. */

import { inverse, Matrix, QrDecomposition } from "ml-matrix";
import { standardDeviation } from "./moments.js";

/** Share of a sum of squares that rounding can leave: 1e-13 squared. */
const ROUNDING = 1e-26;

/**
 * Coefficients (X'X)^-1 X'y of a regression without intercept; put a column of ones into X for one.
 *
 * @param x X [n x k]
 * @param y [n]
 * @returns k coefficients; all NaN if n < k
 * @throws RangeError if x does not have n rows of k >= 1 numbers, or the regressors are collinear
 * @example
 * leastSquares([1, 2], [2, 4]); // [2]
 * @see tested against the certified values of NIST's Longley data
 */
export function leastSquares(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): number[] {
  const k = columns("leastSquares", x, y);
  if (y.length < k) return new Array<number>(k).fill(Number.NaN);
  const { qr, lengths } = decomposition("leastSquares", x, y.length);
  return solution(qr, lengths, y);
}

/** A fitted regression with what every covariance of its coefficients needs. */
export interface Regression {
  /** Whether the first of the k coefficients is an intercept. */
  readonly intercept: boolean;
  readonly n: number;
  readonly k: number;
  /** X [n x k], with the ones of the intercept. */
  readonly x: Float64Array;
  /** X (X'X)^-1 [n x k]: what each observation's y adds to each coefficient. */
  readonly pseudoInverse: Float64Array;
  /** [k] */
  readonly coefficients: readonly number[];
  /** y - Xb [n] */
  readonly residuals: Float64Array;
  /** n - k */
  readonly degreesOfFreedom: number;
  /** sqrt(residual sum of squares / (n - k)) */
  readonly sigma: number;
  /** 1 - residual sum of squares / sum((y - mean)^2); below 0 is possible without an intercept. */
  readonly r2Centred: number;
  /** 1 - residual sum of squares / sum(y^2) */
  readonly r2Uncentred: number;
  /** Classical covariance sigma^2 (X'X)^-1 [k x k]: of independent errors of one variance. */
  readonly covariance: Float64Array;
}

/**
 * Least squares of y on x, with residuals, fit and the classical covariance.
 *
 * Other covariances take the result: `whiteCovariance`, `neweyWestCovariance`; `inference` gives t and p.
 *
 * @param x [n x k], or [n x (k - 1)] with an intercept, whose ones are added here; empty for the mean alone
 * @param y [n]
 * @returns NaN throughout where a value is missing or n < k; with n = k, covariance and sigma are NaN; residuals that are
 * rounding errors of a perfect fit are 0
 * @throws RangeError if x does not have n rows, or the regressors are collinear
 * @example
 * regression([0, 1, 2, 3], [1, 3, 5, 8], { intercept: true }).coefficients; // [0.8, 2.3]
 * @see tested against the certified values of NIST's Longley data, and statsmodels
 */
export function regression(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  { intercept }: { readonly intercept: boolean },
): Regression {
  const n = y.length;
  const ones = intercept ? 1 : 0;
  const given = intercept && x.length === 0 ? 0 : columns("regression", x, y);
  const k = given + ones;
  const design = new Float64Array(n * k).fill(1);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < given; j++)
      design[i * k + ones + j] = x[i * given + j] as number;
  const complete = [design, Array.from(y)].every((a) =>
    a.every(Number.isFinite),
  );
  if (!complete || n < k) return missing(design, n, k, intercept);
  const { qr, lengths } = decomposition("regression", design, n);
  const coefficients = solution(qr, lengths, y);
  const total = sumOfSquares(y);
  const spread = n * standardDeviation(y, 0) ** 2;
  let residuals = Float64Array.from({ length: n }, (_, i) =>
    coefficients.reduce((e, b, j) => e - b * design[i * k + j]!, y[i]!),
  );
  // Rounding errors of a perfect fit must not pass for an error variance.
  if (sumOfSquares(residuals) <= ROUNDING * total)
    residuals = new Float64Array(n);
  const errors = sumOfSquares(residuals);
  const degreesOfFreedom = n - k;
  const variance = degreesOfFreedom > 0 ? errors / degreesOfFreedom : NaN;
  // X = Q R D with columns of length one in QR: X (X'X)^-1 = Q R^-1' D^-1.
  const root = inverse(qr.upperTriangularMatrix);
  const pseudo = qr.orthogonalMatrix.mmul(root.transpose());
  const bread = root.mmul(root.transpose());
  return {
    intercept,
    n,
    k,
    x: design,
    pseudoInverse: Float64Array.from(
      design,
      (_, at) => pseudo.get(Math.floor(at / k), at % k) / lengths[at % k]!,
    ),
    coefficients,
    residuals,
    degreesOfFreedom,
    sigma: Math.sqrt(variance),
    r2Centred: spread > ROUNDING * total ? 1 - errors / spread : NaN,
    r2Uncentred: 1 - errors / total,
    covariance: Float64Array.from({ length: k * k }, (_, at) => {
      const [i, j] = [Math.floor(at / k), at % k];
      return (variance * bread.get(i, j)) / (lengths[i]! * lengths[j]!);
    }),
  };
}

/** The number of columns that x has beside y. */
function columns(
  where: string,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): number {
  const k = x.length / y.length;
  if (!Number.isInteger(k) || k < 1)
    throw new RangeError(
      `${where}: x must have a row of regressors for each of the ${y.length} values of y, but it has ${x.length} numbers`,
    );
  return k;
}

/** QR of X [n x k] with its columns brought to length one: whether they are collinear must not depend on their units. */
function decomposition(
  where: string,
  x: ArrayLike<number>,
  n: number,
): { readonly qr: QrDecomposition; readonly lengths: readonly number[] } {
  const k = x.length / n;
  const matrix = Matrix.from1DArray(n, k, Array.from(x));
  const lengths = Array.from({ length: k }, (_, j) =>
    Math.sqrt(sumOfSquares(matrix.getColumn(j))),
  );
  lengths.forEach((length, j) => {
    matrix.mulColumn(j, 1 / length);
  });
  const qr = new QrDecomposition(matrix);
  const pivots = qr.upperTriangularMatrix.diagonal().map(Math.abs);
  if (!(Math.min(...pivots) > 1e-12))
    throw new RangeError(
      `${where}: the ${k} regressors must not be collinear, but over these ${n} rows they are (or one is zero or NaN); leave one out`,
    );
  return { qr, lengths };
}

function solution(
  qr: QrDecomposition,
  lengths: readonly number[],
  y: ArrayLike<number>,
): number[] {
  return qr
    .solve(Matrix.columnVector(Array.from(y)))
    .to1DArray()
    .map((b, j) => b / lengths[j]!);
}

function sumOfSquares(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2;
  return sum;
}

function missing(
  x: Float64Array,
  n: number,
  k: number,
  intercept: boolean,
): Regression {
  const nan = (length: number) => new Float64Array(length).fill(NaN);
  return {
    intercept,
    n,
    k,
    x,
    pseudoInverse: nan(n * k),
    coefficients: [...nan(k)],
    residuals: nan(n),
    degreesOfFreedom: n - k,
    sigma: NaN,
    r2Centred: NaN,
    r2Uncentred: NaN,
    covariance: nan(k * k),
  };
}
