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
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

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
export const VERDICTS = ["supported", "undecided", "contradicted", "cannot be tested"] as const;
/** One of `VERDICTS`. */
export type Verdict = (typeof VERDICTS)[number];

/** Chance of any false verdict among the claims of a step, and expected share of false ones among the verdicts of the ledger. */
export const SIGNIFICANCE = 0.05;

/** Coverage of the interval whose place inside a region with two ends is two one-sided tests of 5 %. */
const EQUIVALENCE_LEVEL = 1 - 2 * SIGNIFICANCE;

/** True for a region with two ends: the claim is that something is near a number. */
const isEquivalence = ({ lower, upper }: Region): boolean =>
  Number.isFinite(lower) && Number.isFinite(upper);

/** True where nothing can be inferred: no number, or too few dates. */
const tooFew = ({ exact, n, estimate }: Measurement): boolean =>
  !Number.isFinite(estimate) || (!exact && !(n >= FEWEST_DATES));

/**
 * The interval whose place decides: of 90 % where an estimate lies in a region with two ends, as both one-sided tests have 5 %;
 * of 95 % else.
 *
 * @example
 * const found = { estimate: 0.5, standardError: 0.1, degreesOfFreedom: 60, n: 61, method: "t" };
 * decidingInterval(studentMeasurement(found), { lower: 0, upper: 1 }); // { lower: 0.3329, upper: 0.6671 }
 */
export function decidingInterval(measurement: Measurement, region: Region): Interval {
  const { estimate } = measurement;
  const within = estimate > region.lower && estimate < region.upper;
  return within && isEquivalence(region) ? measurement.interval(EQUIVALENCE_LEVEL) : measurement;
}

/**
 * p-value of the truth lying on the other side of the region's end. Outside the region, two-sided of the nearer end; inside one
 * with one end, two-sided; inside one with two ends, the larger of two one-sided ones (Schuirmann 1987).
 *
 * @returns below 0.05 only where `decidingInterval` lies wholly inside or wholly outside; NaN without an estimate, where n
 * is below 24, and where nothing is estimated
 * @throws RangeError if the region is empty
 * @example
 * const found = { estimate: 0.5, standardError: 0.1, degreesOfFreedom: 60, n: 61, method: "t" };
 * regionPValue(studentMeasurement(found), { lower: 0, upper: Infinity }); // 0.000005
 */
export function regionPValue(measurement: Measurement, region: Region): number {
  const { lower, upper } = region;
  if (!(lower < upper))
    throw new RangeError(
      `regionPValue: a region's lower end must be below its upper end, got ${lower} and ${upper}; exchange them`,
    );
  const { estimate, exact, pValue } = measurement;
  if (exact || tooFew(measurement)) return Number.NaN;
  if (estimate <= lower) return pValue(lower);
  if (estimate >= upper) return pValue(upper);
  const ends = [lower, upper].filter(Number.isFinite);
  if (ends.length === 0) return 0;
  return Math.max(...ends.map(pValue)) / ends.length;
}

/**
 * True where a region with two ends is no wider than the 90 % interval: it could not be supported wherever the estimate lay.
 *
 * @example
 * const found = { estimate: 2.5, standardError: 0.5, degreesOfFreedom: 60, n: 61, method: "t" };
 * tooNarrow(studentMeasurement(found), { lower: 2, upper: 3 }); // true
 */
export function tooNarrow(measurement: Measurement, region: Region): boolean {
  const { lower, upper } = measurement.interval(EQUIVALENCE_LEVEL);
  return isEquivalence(region) && upper - lower >= region.upper - region.lower;
}

/** p-values of a claim among others. */
export interface AdjustedPValues {
  /** `regionPValue` after Holm's correction over the claims of the step. */
  readonly holm: number;
  /** After Benjamini and Yekutieli's over the whole ledger. */
  readonly ledger: number;
}

/**
 * supported: `decidingInterval` lies inside the region; contradicted: inside its complement; both only if both adjusted p-values
 * are below 0.05. Cannot be tested: no number, n below 24, or, unless contradicted, a region that is too narrow for the sample.
 * Else undecided. What is exact is supported inside the region and contradicted outside.
 *
 * @example
 * const found = { estimate: 0.5, standardError: 0.1, degreesOfFreedom: 60, n: 61, method: "t" };
 * verdict(studentMeasurement(found), { lower: 0, upper: Infinity }, { holm: 0.04, ledger: 0.03 }); // "supported"
 */
export function verdict(
  measurement: Measurement,
  region: Region,
  { holm, ledger }: AdjustedPValues,
): Verdict {
  if (tooFew(measurement)) return "cannot be tested";
  const place = intervalPlace(decidingInterval(measurement, region), region);
  const decided = measurement.exact || (holm < SIGNIFICANCE && ledger < SIGNIFICANCE);
  if (decided && place === "inside") return "supported";
  if (decided && place !== "open") return "contradicted";
  return tooNarrow(measurement, region) ? "cannot be tested" : "undecided";
}
