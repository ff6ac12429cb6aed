/** Ordinary least squares by QR: the normal equations would square the condition number. */

import { crossProduct } from "./cross-product.js";
import { standardDeviation } from "./moments.js";
import { inverseUpper, scaledQr } from "./qr.js";

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
export function leastSquares(x: ArrayLike<number>, y: ArrayLike<number>): number[] {
  const n = y.length;
  const k = columns("leastSquares", x, n);
  if (n < k) return new Array<number>(k).fill(Number.NaN);
  const scaled = scaledQr(x, n, k);
  if (!scaled) throw collinear("leastSquares", n, k);
  return scaled.solve(y).map((b, j) => b / scaled.lengths[j]!);
}

/** The regressors of a regression, ready for any y. */
export interface RegressionDesign {
  /** Whether the first of the k regressors is a column of ones. */
  readonly intercept: boolean;
  readonly n: number;
  readonly k: number;
  /** X [n x k], with the ones of the intercept. */
  readonly x: Float64Array;
  /** X (X'X)^-1 [n x k]: what each observation's y adds to each coefficient. */
  readonly pseudoInverse: Float64Array;
}

/** A fitted regression with what every covariance of its coefficients needs. */
export interface Regression extends RegressionDesign {
  /** [k], the intercept first. */
  readonly coefficients: readonly number[];
  /** y - Xb [n] */
  readonly residuals: Float64Array;
  /** n - k */
  readonly degreesOfFreedom: number;
  /** sqrt(residual sum of squares / (n - k)) */
  readonly sigma: number;
  /** 1 - residual sum of squares / sum((y - mean)^2); can be below 0 without an intercept. */
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
 * @returns NaN throughout where a value is missing or n < k (the pseudo-inverse, where one of x is); with n = k, covariance and sigma are NaN; residuals that are
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
  const alone = intercept && x.length === 0;
  const given = alone ? 0 : columns("regression", x, n);
  const rows = intercept ? withOnes(x, n, given) : Float64Array.from(x);
  const k = given + (intercept ? 1 : 0);
  const design = regressionDesign(rows, n, k, intercept);
  if (!design) throw collinear("regression", n, k);
  return fittedRegression(design, y);
}

/** [n x (k + 1)]: a one before each row of x [n x k]. */
export function withOnes(x: ArrayLike<number>, n: number, k: number): Float64Array {
  const rows = new Float64Array(n * (k + 1)).fill(1);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < k; j++) rows[i * (k + 1) + 1 + j] = x[i * k + j] as number;
  return rows;
}

/** The design of X [n x k]; its pseudo-inverse is NaN where a value is missing or n < k; undefined if X is collinear. */
export function regressionDesign(
  x: Float64Array,
  n: number,
  k: number,
  intercept: boolean,
): RegressionDesign | undefined {
  if (n < k || !x.every(Number.isFinite))
    return { intercept, n, k, x, pseudoInverse: x.map(() => NaN) };
  const scaled = scaledQr(x, n, k);
  if (!scaled) return undefined;
  // X = Q R D with D the lengths of the columns: X (X'X)^-1 = Q R^-1' D^-1.
  const { lengths } = scaled;
  const root = inverseUpper(scaled);
  const q = scaled.orthogonal();
  const pseudoInverse = new Float64Array(n * k);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (let m = 0; m < k; m++) sum += q[i * k + m]! * root.get(j, m);
      pseudoInverse[i * k + j] = sum / lengths[j]!;
    }
  return { intercept, n, k, x, pseudoInverse };
}

/** Least squares of y on a design; NaN throughout where a value is missing. */
export function fittedRegression(design: RegressionDesign, y: ArrayLike<number>): Regression {
  const { n, k, x, pseudoInverse } = design;
  const coefficients = new Array<number>(k).fill(n < k ? NaN : 0);
  const residuals = Float64Array.from(y);
  // The second pass takes out what the rounding of the pseudo-inverse has left.
  for (let pass = 0; pass < 2; pass++) {
    for (let i = 0; i < n; i++)
      for (let j = 0; j < k; j++) coefficients[j]! += pseudoInverse[i * k + j]! * residuals[i]!;
    for (let i = 0; i < n; i++) {
      residuals[i] = y[i] as number;
      for (let j = 0; j < k; j++) residuals[i]! -= coefficients[j]! * x[i * k + j]!;
    }
  }
  const total = sumOfSquares(y);
  const spread = n * standardDeviation(y, 0) ** 2;
  // Rounding errors of a perfect fit must not pass for an error variance.
  if (sumOfSquares(residuals) <= ROUNDING * total) residuals.fill(0);
  const errors = sumOfSquares(residuals);
  const degreesOfFreedom = n - k;
  const variance = degreesOfFreedom > 0 ? errors / degreesOfFreedom : NaN;
  return {
    ...design,
    coefficients,
    residuals,
    degreesOfFreedom,
    sigma: Math.sqrt(variance),
    r2Centred: spread > ROUNDING * total ? 1 - errors / spread : NaN,
    r2Uncentred: 1 - errors / total,
    covariance: crossProduct(pseudoInverse, k).map((v) => variance * v),
  };
}

/** The number of columns of x, which has n rows. */
function columns(where: string, x: ArrayLike<number>, n: number): number {
  const k = x.length / n;
  if (!Number.isInteger(k) || k < 1)
    throw new RangeError(
      `${where}: x must have a row of regressors for each of the ${n} values of y, but it has ${x.length} numbers`,
    );
  return k;
}

function collinear(where: string, n: number, k: number): RangeError {
  return new RangeError(
    `${where}: the ${k} regressors must not be collinear, but over these ${n} rows they are (or one is zero or NaN); leave one out`,
  );
}

function sumOfSquares(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2;
  return sum;
}
