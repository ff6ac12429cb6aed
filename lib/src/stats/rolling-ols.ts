/** Rolling regressions of many series on the same regressors. */

import { checkInteger } from "../check.js";
import { type MovingInverses, movingInverses } from "./moving-inverses.js";
import { movingSums } from "./moving-sums.js";
import { fittedRegression, type Regression, withOnes } from "./ols.js";
import { whiteCovariance } from "./white.js";
import { windowDesign } from "./window-design.js";
import { windowWhite } from "./window-errors.js";

/** Window, intercept and covariance of rolling regressions. */
export interface RollingOlsOptions {
  /** Rows in the window, L. */
  readonly lookback: number;
  /** Fewest complete rows for an estimate; `lookback` by default. Below it, windows at the start are shorter. */
  readonly minObs?: number;
  readonly intercept: boolean;
  /** N, the number of dependent series; 1 by default. */
  readonly dependents?: number;
  /**
   * Of the standard errors; without it there are none. A function is called with each window's regression and takes longer:
   * `(fit) => whiteCovariance(fit, "HC1")`, `(fit) => neweyWestCovariance(fit, { lags: 4 })`, whose lags count complete rows.
   */
  readonly covariance?: "classical" | "HC3" | ((window: Regression) => ArrayLike<number>);
  /** Rows whose windows need standard errors; all by default. */
  readonly errorsAt?: (t: number) => boolean;
  /** Whether whole covariances are wanted beside the standard errors; false by default. */
  readonly covariances?: boolean;
}

/** Coefficients of every window. */
export interface RollingOls {
  /** Coefficients per series. */
  readonly k: number;
  /** [T x N x k], the intercept first; NaN where there is no estimate. */
  readonly coefficients: Float64Array;
  /** [T x N x k], where a covariance was asked for. */
  readonly standardErrors?: Float64Array;
  /** [T x N x k x k], where they were asked for. */
  readonly covariances?: Float64Array;
  /** Complete rows of each window [T x N]. */
  readonly observations: Int32Array;
}

/** Where residual squares are a smaller share of y'y, y'y - b'X'y would cancel, and residuals are summed instead. */
const CANCELS = 1e-4;

/** The arguments, checked, and the result while it is filled. */
interface Work {
  readonly T: number;
  readonly N: number;
  readonly k: number;
  readonly lookback: number;
  readonly minObs: number;
  readonly intercept: boolean;
  readonly covariance: RollingOlsOptions["covariance"];
  readonly errorsAt: (t: number) => boolean;
  /** Regressors with the ones of the intercept [T x k]. */
  readonly x: Float64Array;
  /** Whether all regressors have a value [T]. */
  readonly usable: readonly boolean[];
  readonly y: ArrayLike<number>;
  readonly coefficients: Float64Array;
  readonly standardErrors: Float64Array;
  readonly covariances: Float64Array;
  readonly observations: Int32Array;
  /** 1 where moving sums are not exact enough, or not enough, and the window has to be fitted by itself [T x N]. */
  readonly left: Uint8Array;
  /** 1 where HC3 errors are wanted from moving sums [T x N]. */
  readonly white: Uint8Array;
}

/**
 * Least squares of every dependent series over the window of the last L rows, at every row.
 *
 * The estimate at row t uses rows t - L + 1 … t: lag it for a beta that is known before t. Rows with a missing value are left
 * out. Every window has the result of `regression`: cross products are summed without subtracting (`movingSums`), those of the
 * regressors once for all series; a window where they would cancel is fitted from its residuals, and by QR where regressors are
 * nearly collinear.
 *
 * @param x regressors [T x K]
 * @param y dependent series [T x N]
 * @returns NaN where complete rows are fewer than `minObs` or than coefficients, and where regressors are collinear; standard
 * errors also where complete rows are only as many as coefficients, and where none are asked for
 * @throws RangeError if x and y have different rows, `lookback` is below the number of coefficients, or `minObs` above it
 * @example
 * rollingOls([1, 2, 1, 3], [2, 4, 3, 9], { lookback: 2, intercept: false }).coefficients; // [NaN, 2, 2.2, 3]
 */
export function rollingOls(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: RollingOlsOptions,
): RollingOls {
  const { lookback, minObs = lookback, intercept, covariance, errorsAt = () => true } = options;
  const N = options.dependents ?? 1;
  checkInteger("rollingOls", "dependents", N, 1);
  const T = y.length / N;
  const K = x.length / T;
  if (!Number.isInteger(T) || !Number.isInteger(K) || K < 1)
    throw new RangeError(
      `rollingOls: x and y must have the same rows, but y has ${y.length} numbers for ${N} series, and x has ${x.length}; put both on one date index`,
    );
  const k = K + (intercept ? 1 : 0);
  checkInteger("rollingOls", "lookback", lookback, k);
  checkInteger("rollingOls", "minObs", minObs, 1);
  if (minObs > lookback)
    throw new RangeError(
      `rollingOls: minObs must be at most lookback, ${lookback}, got ${minObs}; widen the window`,
    );
  const design = intercept ? withOnes(x, T, K) : Float64Array.from(x);
  const work: Work = {
    T,
    N,
    k,
    lookback,
    minObs,
    intercept,
    covariance,
    errorsAt,
    x: design,
    usable: Array.from({ length: T }, (_, t) =>
      design.subarray(t * k, (t + 1) * k).every(Number.isFinite),
    ),
    y,
    coefficients: new Float64Array(T * N * k).fill(NaN),
    standardErrors: new Float64Array(covariance ? T * N * k : 0).fill(NaN),
    covariances: new Float64Array(options.covariances ? T * N * k * k : 0).fill(NaN),
    observations: new Int32Array(T * N),
    left: new Uint8Array(T * N),
    white: new Uint8Array(T * N),
  };
  const shared = movingInverses(design, work.usable, k, lookback);
  const balanced: number[] = [];
  for (let i = 0; i < N; i++) if (fitBySums(work, i, shared)) balanced.push(i);
  if (covariance === "HC3") keepWhite(work, balanced, shared);
  for (let t = 0; t < T; t++) fitWindows(work, t);
  const { coefficients, standardErrors, covariances, observations } = work;
  return {
    k,
    coefficients,
    ...(covariance ? { standardErrors } : {}),
    ...(options.covariances ? { covariances } : {}),
    observations,
  };
}

/** All windows of series i from moving sums of cross products; whether it has all rows that the regressors have. */
function fitBySums(work: Work, i: number, shared: MovingInverses): boolean {
  const { T, N, k, lookback, minObs, covariance, errorsAt, x, usable, y } = work;
  const complete = usable.map((ok, t) => ok && Number.isFinite(y[t * N + i]));
  const balanced = complete.every((ok, t) => ok === usable[t]);
  const moving = balanced ? shared : movingInverses(x, complete, k, lookback);
  const { observations, inverse, exact } = moving;
  // x_t y_t, and last y_t^2; zero in rows that are left out.
  const width = k + 1;
  const products = new Float64Array(T * width);
  complete.forEach((isComplete, t) => {
    if (!isComplete) return;
    const value = y[t * N + i] as number;
    for (let j = 0; j < k; j++) products[t * width + j] = x[t * k + j]! * value;
    products[t * width + k] = value ** 2;
  });
  const sums = movingSums(products, width, lookback);
  for (let t = 0; t < T; t++) {
    const cell = t * N + i;
    const n = observations[t]!;
    work.observations[cell] = n;
    if (n < Math.max(minObs, k)) continue;
    const total = sums[t * width + k]!;
    let errors = total;
    for (let a = 0; a < k; a++) {
      let b = 0;
      for (let c = 0; c < k; c++) b += inverse[(t * k + a) * k + c]! * sums[t * width + c]!;
      work.coefficients[cell * k + a] = b;
      errors -= b * sums[t * width + a]!;
    }
    const needsErrors = covariance !== undefined && errorsAt(t);
    const needsFit = needsErrors && typeof covariance === "function";
    if (!exact[t] || !(errors > CANCELS * total) || needsFit) work.left[cell] = 1;
    else if (needsErrors) {
      const own = inverse.subarray(t * k * k, (t + 1) * k * k);
      if (covariance === "HC3") work.white[cell] = 1;
      else keepErrors(work, cell, (at) => (errors / (n - k)) * own[at]!);
    }
  }
  if (!balanced && covariance === "HC3") keepWhite(work, [i], moving, complete);
  return balanced;
}

/** HC3 errors of series that are complete in the same rows. */
function keepWhite(
  work: Work,
  series: readonly number[],
  { observations, inverse }: MovingInverses,
  complete: readonly boolean[] = work.usable,
): void {
  const { N, k, lookback, x, y, white } = work;
  windowWhite({ k, x, y, dependents: N, complete }, series, {
    ...{ lookback, inverse, coefficients: work.coefficients },
    isWanted: (cell) => white[cell] === 1,
    keep: (cell, covariance) =>
      keepErrors(work, cell, (at) =>
        observations[Math.floor(cell / N)]! > k ? covariance[at]! : Number.NaN,
      ),
  });
}

/** Standard errors of a window, and its covariance [k x k] if it is wanted. */
function keepErrors(work: Work, cell: number, covariance: (at: number) => number): void {
  const { k, standardErrors, covariances } = work;
  for (let j = 0; j < k; j++) standardErrors[cell * k + j] = Math.sqrt(covariance(j * (k + 1)));
  if (covariances.length === 0) return;
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++)
      // The upper triangle for both: an inverse is symmetric but for rounding.
      covariances[(cell * k + i) * k + j] = covariance(Math.min(i, j) * k + Math.max(i, j));
}

/** The series whose window at row t was left, each over its complete rows; the design of all rows serves many. */
function fitWindows(work: Work, t: number): void {
  const { N, k, lookback, covariance, usable, y } = work;
  if (!work.left.subarray(t * N, (t + 1) * N).includes(1)) return;
  const rows: number[] = [];
  for (let row = Math.max(0, t - lookback + 1); row <= t; row++) if (usable[row]) rows.push(row);
  const whole = windowDesign(work, rows);
  for (let i = 0; i < N; i++) {
    const cell = t * N + i;
    if (!work.left[cell]) continue;
    const own = rows.filter((row) => Number.isFinite(y[row * N + i]));
    const design = own.length === rows.length ? whole : windowDesign(work, own);
    if (!design) {
      work.coefficients.fill(NaN, cell * k, (cell + 1) * k);
      continue;
    }
    const fit = fittedRegression(
      design,
      own.map((row) => y[row * N + i]!),
    );
    work.coefficients.set(fit.coefficients, cell * k);
    if (!covariance || !work.errorsAt(t)) continue;
    const named = covariance === "HC3" ? whiteCovariance(fit, "HC3") : fit.covariance;
    const matrix = typeof covariance === "function" ? covariance(fit) : named;
    keepErrors(work, cell, (at) => matrix[at]!);
  }
}
