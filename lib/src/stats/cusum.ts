/** CUSUM tests: whether the errors of a regression drift away, as they do after its coefficients change. */

import { inverse, Matrix } from "ml-matrix";
import { checkFinite } from "../check.js";
import { bridgePValue, recursiveCusumPValue } from "./break-distributions.js";
import { standardDeviation } from "./moments.js";
import { regression, withOnes } from "./ols.js";
import { recursiveOls } from "./recursive-ols.js";

/** Which errors are summed, and the regression. */
export interface CusumOptions {
  /**
   * recursive: one-step-ahead errors over their standard error. ols: residuals of the whole sample, which takes an intercept. score: residuals times
   * the regressor, of one regressor without intercept: the test of a beta, as residuals alone do not drift where a regressor has a mean of zero.
   */
  readonly kind: "recursive" | "ols" | "score";
  readonly intercept: boolean;
}

/** A process and its largest distance from zero. */
export interface Cusum {
  /** Cumulative sums in units of their standard deviation; the first is of the first error. */
  readonly process: Float64Array;
  /** max |W|, for recursive errors over 1 + 2 t of their boundary. */
  readonly statistic: number;
  readonly pValue: number;
}

/**
 * The CUSUM test of constant coefficients; p-values are asymptotic.
 *
 * recursive: W_j = sum of w / (s sqrt(n - k)), w_t = (y_t - x_t'b_t-1) / sqrt(1 + x_t'(X'X)^-1 x_t), s their standard deviation. ols: sum of e / (s sqrt(n)).
 * score: sum of x e / sqrt(sum (x e)^2), right under heteroskedasticity.
 *
 * @param x [n x k], or [n x (k - 1)] with an intercept
 * @param y [n], in order of time
 * @throws RangeError if a value is missing, or `ols` has no intercept, or `score` one or several regressors
 * @example
 * cusum([1, -1, 1, -1, 1, -1], [1, -1, 1, -3, 3, -3], { kind: "score", intercept: false }).statistic; // 1.2247
 * @see Brown, Durbin and Evans (1975); Ploberger and Krämer (1992); Zeileis (2005); tested against R's strucchange
 */
export function cusum(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  { kind, intercept }: CusumOptions,
): Cusum {
  const n = y.length;
  const width = x.length / n;
  checkFinite("cusum", "x", x);
  checkFinite("cusum", "y", y);
  if (kind === "ols" && !intercept)
    throw new RangeError(
      `cusum: kind ols must have an intercept, as residuals sum to zero with one only, but it has none; set intercept, or take kind score`,
    );
  if (kind === "score" && (intercept || width !== 1))
    throw new RangeError(
      `cusum: kind score must have one regressor and no intercept, but it has ${width} and ${intercept ? "one" : "none"}; take kind recursive or ols`,
    );
  if (kind === "recursive") return recursiveCusum(intercept ? withOnes(x, n, width) : x, y);
  const { residuals, sigma } = regression(x, y, { intercept });
  const terms = kind === "ols" ? residuals : residuals.map((e, t) => e * x[t]!);
  const scale =
    kind === "ols"
      ? sigma * Math.sqrt(n)
      : Math.sqrt(terms.reduce((sum, value) => sum + value ** 2, 0));
  const process = summed(terms, scale);
  const statistic = process.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { process, statistic, pValue: bridgePValue(statistic) };
}

function recursiveCusum(X: ArrayLike<number>, y: ArrayLike<number>): Cusum {
  const n = y.length;
  const k = X.length / n;
  const ols = recursiveOls(k);
  const errors: number[] = [];
  for (let t = 0; t < n; t++) {
    const row = Array.from({ length: k }, (_, j) => X[t * k + j]!);
    if (t >= k) {
      const coefficients = ols.coefficients();
      const error = row.reduce((rest, value, j) => rest - value * coefficients[j]!, y[t]!);
      errors.push(error / Math.sqrt(1 + leverage(X, row, t)));
    }
    ols.add(row, y[t]!);
  }
  checkFinite("cusum", "one-step-ahead errors", errors);
  const process = summed(errors, standardDeviation(errors, 1) * Math.sqrt(n - k));
  const statistic = process.reduce(
    (most, value, j) => Math.max(most, Math.abs(value) / (1 + (2 * (j + 1)) / (n - k))),
    0,
  );
  return { process, statistic, pValue: recursiveCusumPValue(statistic) };
}

/** x'(X'X)^-1 x over the first rows. */
function leverage(X: ArrayLike<number>, row: readonly number[], rows: number): number {
  const k = row.length;
  const known = new Matrix(
    Array.from({ length: rows }, (_, t) => row.map((__, j) => X[t * k + j]!)),
  );
  const solved = inverse(known.transpose().mmul(known)).mmul(Matrix.columnVector(row));
  return row.reduce((sum, value, j) => sum + value * solved.get(j, 0), 0);
}

function summed(terms: ArrayLike<number>, scale: number): Float64Array {
  let sum = 0;
  return Float64Array.from(terms, (value) => {
    sum += value / scale;
    return sum;
  });
}
