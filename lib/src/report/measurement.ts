/** A measured number with its interval, and how likely it is that the truth lies beyond any other number. */

import { rowAt } from "../panel/panel.js";
import { percentileInterval, percentilePValue } from "../stats/bootstrap.js";
import { studentTQuantile, twoSidedP } from "../stats/distributions.js";
import { inference } from "../stats/inference.js";
import { mean, standardDeviation } from "../stats/moments.js";
import { neweyWestCovariance } from "../stats/newey-west.js";
import { regression } from "../stats/ols.js";
import { circularResamples } from "../stats/resamples.js";

/** Coverage of the intervals of measurements. */
export const LEVEL = 0.95;

/** An estimate with its interval. */
export interface Measurement {
  readonly estimate: number;
  /** Ends of the 95 % interval; NaN where there is none. */
  readonly lower: number;
  readonly upper: number;
  /** Dates, or networks: what the interval is made from; of two groups, the smaller. */
  readonly n: number;
  /** Name of the interval's method. */
  readonly method: string;
  /** Two-sided p-value of the truth being this number: below 0.05 where the interval leaves it out. */
  readonly pValue: (truth: number) => number;
  /** The interval of another coverage, for example 0.9. */
  readonly interval: (level: number) => { readonly lower: number; readonly upper: number };
  /** Standard error of the estimate: over the draws where it is bootstrapped; NaN where there is none. */
  readonly standardError: number;
  /** Degrees of freedom of Student's t; Infinity where the error is taken for a normal one. */
  readonly degreesOfFreedom: number;
  /** True for arithmetic on what is printed or in the sample itself: nothing is estimated, so that nothing is uncertain. */
  readonly exact: boolean;
}

/** How a bootstrap draws. */
export interface BootstrapMeasure {
  readonly draws: number;
  readonly seed: number;
  /** Periods per block; see `defaultBlockLength`. */
  readonly blockLength: number;
  /** Dates that count, where they are fewer than the rows: those of the smaller of two groups. */
  readonly n?: number;
  /** Whether the draws are moved so that their mean is the estimate: for statistics that draws exaggerate, such as R²; of several, by place. */
  readonly recentred?: boolean | ((statistic: number) => boolean);
}

/**
 * Any statistic of whole dates, with a percentile interval of the circular block bootstrap.
 *
 * The p-value turns the interval round, `percentilePValue`.
 *
 * @param rows dates of the sample
 * @param statistic of row numbers from 0, some more than once
 * @throws RangeError if the block length is not from 1 to the rows
 * @example
 * const months = [0.01, 0.03, -0.02, 0.04];
 * const average = (rows: Uint32Array) => mean(Array.from(rows, (row) => months[row]!));
 * bootstrapMeasurement(4, average, { draws: 999, seed: 1, blockLength: 2 }).estimate; // 0.015
 * @see Efron and Tibshirani (1993), An Introduction to the Bootstrap
 */
export function bootstrapMeasurement(
  rows: number,
  statistic: (rows: Uint32Array) => number,
  options: BootstrapMeasure,
): Measurement {
  return bootstrapMeasurements(rows, (drawn) => [statistic(drawn)], options)[0]!;
}

/** The same for several statistics at once, which share their draws. */
export function bootstrapMeasurements(
  rows: number,
  statistics: (rows: Uint32Array) => readonly number[],
  { draws, seed, blockLength, n = rows, recentred }: BootstrapMeasure,
): Measurement[] {
  const { indices } = circularResamples(rows, { draws, seed, blockLength });
  const own = statistics(Uint32Array.from({ length: rows }, (_, t) => t));
  const drawn = own.map(() => new Float64Array(draws));
  for (let b = 0; b < draws; b++)
    statistics(rowAt(indices, rows, b)).forEach((value, s) => {
      drawn[s]![b] = value;
    });
  return own.map((estimate, s) => {
    const samples = drawn[s]!;
    const moved = typeof recentred === "function" ? recentred(s) : recentred;
    const method = `${moved ? "recentred " : ""}bootstrap, blocks of ${blockLength}`;
    const shift = moved ? estimate - mean(samples.filter(Number.isFinite)) : 0;
    const values = samples.map((value) => value + shift);
    const { lower, upper, standardError } = percentileInterval(estimate, values, LEVEL);
    return {
      estimate,
      lower,
      upper,
      n,
      method,
      pValue: (truth) => percentilePValue(values, truth),
      interval: (level) => percentileInterval(estimate, values, level),
      standardError,
      degreesOfFreedom: Number.POSITIVE_INFINITY,
      exact: false,
    };
  });
}

/**
 * The mean of a series of dates, with Newey and West's standard error (1987, the usual lag) and Student's t.
 *
 * @param lags autocovariances that count; more where the values overlap
 */
export function seriesMeasurement(values: ArrayLike<number>, lags?: number): Measurement {
  const fit = regression([], values, { intercept: true });
  const { coefficients, standardErrors, degreesOfFreedom } = inference(
    fit,
    neweyWestCovariance(fit, lags === undefined ? {} : { lags }),
    LEVEL,
  );
  return studentMeasurement({
    estimate: coefficients[0]!,
    standardError: standardErrors[0]!,
    degreesOfFreedom,
    n: values.length,
    method: "Newey-West",
  });
}

/**
 * The mean over networks that differ by their seed, with Student's t: it says nothing about other years.
 *
 * The interval narrows with the number of networks, which is ours to choose: it is the Monte Carlo error of the mean, no more.
 */
export function seedMeasurement(values: readonly number[]): Measurement {
  const n = values.length;
  const error = standardDeviation(values, 1) / Math.sqrt(n);
  return studentMeasurement({
    estimate: mean(values),
    standardError: error,
    degreesOfFreedom: n - 1,
    n,
    method: `t over ${n} networks, narrower with more of them`,
  });
}

/** An estimate whose error has Student's t. */
export interface StudentEstimate extends Pick<Measurement, "estimate" | "n" | "method"> {
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

/**
 * An estimate with a standard error, by Student's t; without an error, an interval of one point.
 *
 * @example
 * const found = { estimate: 2.5, standardError: 0.6455, degreesOfFreedom: 3, n: 4, method: "t" };
 * studentMeasurement(found).pValue(0); // 0.0305
 */
export function studentMeasurement({
  estimate,
  standardError,
  degreesOfFreedom,
  n,
  method,
}: StudentEstimate): Measurement {
  const interval = (level: number) => {
    const width = studentTQuantile((1 + level) / 2, degreesOfFreedom) * standardError;
    return { lower: estimate - width, upper: estimate + width };
  };
  return {
    estimate,
    ...interval(LEVEL),
    n,
    method,
    pValue(truth) {
      const t = (estimate - truth) / standardError;
      return Number.isNaN(t) ? 1 : twoSidedP(t, degreesOfFreedom);
    },
    interval,
    standardError,
    degreesOfFreedom,
    exact: false,
  };
}

/** A number that stands alone, for example because the report prints too few of them. */
export function loneMeasurement(estimate: number, n: number): Measurement {
  const none = { lower: Number.NaN, upper: Number.NaN };
  return {
    estimate,
    ...none,
    n,
    method: "none",
    pValue: () => Number.NaN,
    interval: () => none,
    standardError: Number.NaN,
    degreesOfFreedom: Number.NaN,
    exact: false,
  };
}

/**
 * A number that is right or wrong and has no error: a printed value against the value of the same date, a count of printed rows.
 *
 * @param n how many values it is made from
 * @example
 * exactMeasurement(0.00003, 5).interval(0.95); // { lower: 0.00003, upper: 0.00003 }
 */
export function exactMeasurement(estimate: number, n: number): Measurement {
  const point = { lower: estimate, upper: estimate };
  return {
    ...loneMeasurement(estimate, n),
    ...point,
    method: "arithmetic",
    interval: () => point,
    standardError: 0,
    exact: true,
  };
}
