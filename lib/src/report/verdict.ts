/** The rule by which a claim stands or falls. */

import { FEWEST_DATES } from "../comparing/paired-tests.js";
import type { Measurement } from "./measurement.js";

/** The numbers for which a claim is true: an open interval, chosen before the measurement. */
export interface Region {
  /** -Infinity where there is no lower end. */
  readonly lower: number;
  /** Infinity where there is no upper end. */
  readonly upper: number;
}

/** Where an interval lies to a region; `open` across one of its edges, or without an interval. */
export type IntervalPlace = "inside" | "below" | "above" | "open";

/** Both ends of an interval. */
export type Interval = Pick<Measurement, "lower" | "upper">;

/**
 * Place of an interval. Regions are open: what ends on an edge is not inside, what begins there is outside.
 *
 * @example
 * intervalPlace({ lower: 2, upper: 2.5 }, { lower: 2, upper: 3 }); // "open"
 * intervalPlace({ lower: 3, upper: 4 }, { lower: 2, upper: 3 }); // "above"
 */
export function intervalPlace({ lower, upper }: Interval, region: Region): IntervalPlace {
  if (lower > region.lower && upper < region.upper) return "inside";
  if (upper <= region.lower) return "below";
  return lower >= region.upper ? "above" : "open";
}

/** How many intervals have which place. */
export interface IntervalPlaces extends Readonly<Record<IntervalPlace, number>> {
  /** Intervals in all. */
  readonly n: number;
}

/**
 * Places of intervals; rows without one, NaN, are left out.
 *
 * Intervals that share their data are no sample: a share of them is no probability.
 *
 * @example
 * intervalPlaces(gains, { lower: -0.03, upper: -0.02 }); // { n: 3, inside: 0, below: 0, above: 0, open: 3 }
 */
export function intervalPlaces(intervals: readonly Interval[], region: Region): IntervalPlaces {
  const known = intervals.filter(({ lower, upper }) => !Number.isNaN(lower + upper));
  const places = known.map((interval) => intervalPlace(interval, region));
  const count = (place: IntervalPlace) => places.filter((other) => other === place).length;
  return {
    n: known.length,
    inside: count("inside"),
    below: count("below"),
    above: count("above"),
    open: count("open"),
  };
}

/** What can be said of a claim. */
export const VERDICTS = ["supported", "not supported", "contradicted", "cannot be tested"] as const;
/** One of `VERDICTS`. */
export type Verdict = (typeof VERDICTS)[number];

/** Chance of any false verdict among the claims of a step. */
export const SIGNIFICANCE = 0.05;

/**
 * Two-sided p-value of the truth lying on the other side of the region's end: where the estimate lies inside, the larger of
 * both ends'; outside, that of the nearer end.
 *
 * @returns below 0.05 only where the 95 % interval lies wholly inside or wholly outside; NaN without an estimate, and where n
 * is below 24
 * @throws RangeError if the region is empty
 * @example
 * const found = { estimate: 0.5, standardError: 0.1, degreesOfFreedom: 60, n: 61, method: "t" };
 * regionPValue(studentMeasurement(found), { lower: 0, upper: Infinity }); // 0.000005
 */
export function regionPValue(
  { estimate, n, pValue }: Measurement,
  { lower, upper }: Region,
): number {
  if (!(lower < upper))
    throw new RangeError(
      `regionPValue: a region's lower end must be below its upper end, got ${lower} and ${upper}; exchange them`,
    );
  if (!(n >= FEWEST_DATES) || !Number.isFinite(estimate)) return Number.NaN;
  if (estimate <= lower) return pValue(lower);
  if (estimate >= upper) return pValue(upper);
  const ends = [lower, upper].filter(Number.isFinite);
  return ends.length === 0 ? 0 : Math.max(...ends.map(pValue));
}

/**
 * supported: the 95 % interval lies inside the region; contradicted: inside its complement; both only if the p-value, adjusted
 * for the number of claims of the step, is below 0.05 too; else not supported. Cannot be tested: no number, or n below 24.
 *
 * @param adjusted `regionPValue` after Holm's correction over the step's claims
 * @example
 * const found = { estimate: 0.5, standardError: 0.1, degreesOfFreedom: 60, n: 61, method: "t" };
 * verdict(studentMeasurement(found), { lower: 0, upper: Infinity }, 0.04); // "supported"
 */
export function verdict(measurement: Measurement, region: Region, adjusted: number): Verdict {
  const { estimate, n } = measurement;
  if (!(n >= FEWEST_DATES) || !Number.isFinite(estimate)) return "cannot be tested";
  if (!(adjusted < SIGNIFICANCE)) return "not supported";
  const place = intervalPlace(measurement, region);
  if (place === "inside") return "supported";
  return place === "open" ? "not supported" : "contradicted";
}
