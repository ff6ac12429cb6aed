/** GARCH(1,1) by quasi-maximum likelihood, with exact derivatives: the same fit on every call. */

import { inverse, Matrix } from "ml-matrix";
import { checkFinite } from "../check.js";
import { minimize } from "./bfgs.js";
import { logistic, logit } from "./logistic.js";
import { mean } from "./moments.js";

/** y_t = mu + e_t, h_t = omega + alpha e_t-1^2 + beta h_t-1. */
export interface GarchParameters {
  readonly mu: number;
  readonly omega: number;
  readonly alpha: number;
  readonly beta: number;
}

/** Standard errors of mu, omega, alpha and beta [4]; NaN where the likelihood still rises at a bound. */
export interface GarchErrors {
  /** Of the inverse Hessian. */
  readonly hessian: readonly number[];
  /** Of the outer product of the scores. */
  readonly opg: readonly number[];
  /** Robust to other distributions than the normal, the sandwich of both. */
  readonly qml: readonly number[];
}

/** Parameters of greatest likelihood. */
export interface GarchFit extends GarchParameters {
  readonly logLikelihood: number;
  readonly standardErrors: GarchErrors;
}

/** Variances and standardised returns of a series, given the parameters. */
export interface GarchFilter {
  /** Conditional variances [n + 1]; the last is of the row to come. */
  readonly variances: Float64Array;
  /** (y - mu) / sqrt(h) [n] */
  readonly standardized: Float64Array;
  /** Normal, with log 2 pi. */
  readonly logLikelihood: number;
}

const K = 4;
/** Rows below which four parameters are noise. */
const LEAST_ROWS = 20;
/** Share of a squared level that rounding can leave as variance. */
const ROUNDING = 1e-24;
/** Steps of Newton after the search: three double its digits to all of them. */
const POLISHES = 8;
/** Largest slope of the log-likelihood that counts as none. */
const FLAT = 1e-5;
/** alpha + beta and alpha / (alpha + beta) at which searches begin. */
const STARTS = [
  [0.98, 0.05],
  [0.9, 0.2],
  [0.5, 0.5],
] as const;

/**
 * Conditional variances with e_0^2 = h_0 = mean(e^2).
 *
 * @param y returns [n], any unit
 * @param sample rows that the first variance is of: the first `sample`; all by default
 * @throws RangeError if a value is missing
 * @example
 * garchFilter([1, -1, 2], { mu: 0, omega: 0.5, alpha: 0.25, beta: 0.5 }).variances; // [2, 1.75, 1.625, 2.3125]
 * @see Bollerslev (1986), Journal of Econometrics 31; Fiorentini, Calzolari and Panattoni (1996), JAE 11: the start
 */
export function garchFilter(
  y: ArrayLike<number>,
  { mu, omega, alpha, beta }: GarchParameters,
  { sample = y.length }: { readonly sample?: number } = {},
): GarchFilter {
  checkFinite("garchFilter", "y", y);
  const e = Float64Array.from(y, (value) => value - mu);
  const variances = new Float64Array(e.length + 1);
  const start = mean(e.subarray(0, sample).map((v) => v * v));
  let logLikelihood = 0;
  for (let t = 0; t <= e.length; t++) {
    const [square, before] = t === 0 ? [start, start] : [e[t - 1]! ** 2, variances[t - 1]!];
    variances[t] = omega + alpha * square + beta * before;
    if (t < e.length) logLikelihood += logDensity(e[t]!, variances[t]!);
  }
  const standardized = e.map((v, t) => v / Math.sqrt(variances[t]!));
  return { variances, standardized, logLikelihood };
}

/**
 * Parameters of greatest normal likelihood under omega > 0, alpha, beta >= 0 and alpha + beta < 1.
 *
 * BFGS from three starts, of which the highest end counts; then Newton's steps with the exact Hessian.
 *
 * @param y returns [n], any unit; at least 20
 * @throws RangeError if a value is missing, the rows are too few, or y does not vary
 * @example
 * const draw = stream("calm and storm");
 * const { alpha, beta } = garch(Array.from({ length: 400 }, (_, t) => draw.normal() * (t % 200 < 100 ? 1 : 2)));
 * alpha + beta; // 0.9790
 * @see Bollerslev (1986), Journal of Econometrics 31; Bollerslev and Wooldridge (1992), Econometric Reviews 11: robust errors
 */
export function garch(y: ArrayLike<number>): GarchFit {
  checkFinite("garch", "y", y);
  const level = mean(y);
  const variance = mean(Float64Array.from(y, (value) => (value - level) ** 2));
  if (y.length < LEAST_ROWS || !(variance > ROUNDING * level ** 2))
    throw new RangeError(
      `garch: y must have at least ${LEAST_ROWS} values that vary, got ${y.length} with variance ${variance}; lengthen it`,
    );
  // In units of its deviation, so that one rule for steps and slopes fits every series.
  const unit = Math.sqrt(variance);
  const z = Float64Array.from(y, (value) => (value - level) / unit);
  const objective = (free: Float64Array) => {
    const { theta, jacobian } = bounded(free);
    const { logLikelihood, gradient } = likelihood(z, theta, false);
    const slope = jacobian.map((row) => -row.reduce((sum, d, j) => sum + d * gradient[j]!, 0));
    return { value: -logLikelihood, gradient: slope };
  };
  const ends = STARTS.map(([persistence, share]) =>
    minimize(objective, [0, Math.log(1 - persistence), logit(persistence), logit(share)]),
  );
  const best = ends.reduce((least, end) => (end.value < least.value ? end : least));
  const theta = polished(z, bounded(best.at).theta);
  const [mu, omega, alpha, beta] = theta as [number, number, number, number];
  const scale = [unit, variance, 1, 1];
  const { logLikelihood } = likelihood(z, theta, false);
  return {
    ...{ mu: level + unit * mu, omega: variance * omega, alpha, beta },
    logLikelihood: logLikelihood - y.length * Math.log(unit),
    standardErrors: errorsOf(z, theta, scale),
  };
}

const logDensity = (e: number, h: number): number =>
  -0.5 * (Math.log(2 * Math.PI) + Math.log(h) + (e * e) / h);

/** mu, omega, alpha and beta from free variables, with the derivative of each [4] by each free one. */
function bounded([mu, logOmega, u, v]: ArrayLike<number> & Iterable<number>) {
  const [persistence, share] = [logistic(u!), logistic(v!)];
  const omega = Math.exp(logOmega!);
  const [du, dv] = [persistence * (1 - persistence), share * (1 - share)];
  const theta = [mu!, omega, persistence * share, persistence * (1 - share)];
  const jacobian = [
    [1, 0, 0, 0],
    [0, omega, 0, 0],
    [0, 0, du * share, du * (1 - share)],
    [0, 0, persistence * dv, -persistence * dv],
  ];
  return { theta, jacobian };
}

/** Log-likelihood with its gradient [4]; with `second`, Hessian and outer product of the scores [4 x 4] too. */
function likelihood(y: Float64Array, theta: readonly number[], second: boolean) {
  const [mu, omega, alpha, beta] = theta as [number, number, number, number];
  const level = mean(y) - mu;
  let h = mean(y.map((value) => (value - mu) ** 2));
  // The squared error before, its first and its second derivative by mu: of the mean at first.
  let [square, slope] = [h, -2 * level];
  const curve = 2;
  const d = new Float64Array([slope, 0, 0, 0]);
  const D = new Float64Array(K * K);
  D[0] = curve;
  let logLikelihood = 0;
  const [gradient, score] = [new Float64Array(K), new Float64Array(K)];
  const [hessian, outer] = [new Float64Array(K * K), new Float64Array(K * K)];
  for (const value of y) {
    if (second) bend(D, d, theta, slope);
    for (let i = 0; i < K; i++) d[i]! *= beta;
    d[0]! += alpha * slope;
    d[1]! += 1;
    d[2]! += square;
    d[3]! += h;
    h = omega + alpha * square + beta * h;
    const e = value - mu;
    [square, slope] = [e * e, -2 * e];
    logLikelihood += logDensity(e, h);
    const surprise = (1 - square / h) / h;
    for (let i = 0; i < K; i++) {
      score[i] = -0.5 * (surprise * d[i]! + (i === 0 ? slope / h : 0));
      gradient[i]! += score[i]!;
    }
    for (let at = 0; second && at < K * K; at++) {
      const [i, j] = [at >> 2, at & 3];
      const own = (i === 0 ? slope * d[j]! : 0) + (j === 0 ? slope * d[i]! : 0);
      const twice = (((2 * square) / h - 1) * d[i]! * d[j]! - own) / (h * h);
      hessian[at]! -= 0.5 * (surprise * D[at]! + twice + (at === 0 ? curve / h : 0));
      outer[at]! += score[i]! * score[j]!;
    }
  }
  const square4 = (values: Float64Array) => Matrix.from1DArray(K, K, Array.from(values));
  return { logLikelihood, gradient, hessian: square4(hessian), outer: square4(outer) };
}

/** Second derivatives of the variance [4 x 4], a row on: d are the first ones, `slope` is of the squared error, of the row before. */
function bend(D: Float64Array, d: Float64Array, theta: readonly number[], slope: number): void {
  const [, , alpha, beta] = theta as [number, number, number, number];
  for (let at = 0; at < K * K; at++) D[at]! *= beta;
  D[0]! += 2 * alpha;
  D[2]! += slope;
  D[8]! += slope;
  for (let i = 0; i < K; i++) {
    D[i * K + 3]! += d[i]!;
    D[3 * K + i]! += d[i]!;
  }
}

/** Newton's steps as long as they stay inside the bounds and do not lower the likelihood. */
function polished(y: Float64Array, start: readonly number[]): readonly number[] {
  let theta = start;
  let here = likelihood(y, theta, true);
  for (let step = 0; step < POLISHES; step++) {
    const move = inverse(here.hessian).mmul(Matrix.columnVector(Array.from(here.gradient)));
    const next = theta.map((value, i) => value - move.get(i, 0));
    const [, omega, alpha, beta] = next as [number, number, number, number];
    if (!(omega > 0 && alpha >= 0 && beta >= 0 && alpha + beta < 1)) break;
    const there = likelihood(y, next, true);
    if (!(there.logLikelihood >= here.logLikelihood - 1e-9)) break;
    [theta, here] = [next, there];
  }
  return theta;
}

function errorsOf(y: Float64Array, theta: readonly number[], scale: readonly number[]) {
  const { gradient, hessian, outer } = likelihood(y, theta, true);
  const none = new Array<number>(K).fill(NaN);
  if (gradient.some((slope) => Math.abs(slope) > FLAT))
    return { hessian: none, opg: none, qml: none };
  const bread = inverse(Matrix.mul(hessian, -1));
  const errors = (covariance: Matrix) =>
    covariance.diagonal().map((v, i) => scale[i]! * Math.sqrt(v));
  return {
    hessian: errors(bread),
    opg: errors(inverse(outer)),
    qml: errors(bread.mmul(outer).mmul(bread)),
  };
}
