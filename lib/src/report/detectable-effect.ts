/** How far the truth must lie from a claim's limit to be noticed: what an undecided claim leaves possible. */

import { normalQuantile, studentTQuantile } from "../stats/distributions.js";
import type { Measurement } from "./measurement.js";
import { SIGNIFICANCE } from "./verdict.js";

/** Chance with which a detectable effect is found. */
const POWER = 0.8;

/**
 * Distance of the truth from a region's end at which one test of 5 % notices it with 80 % power:
 * (t_0.975 + t_0.8) times the standard error. Corrections for many claims ask for more.
 *
 * @returns in the unit of the measurement; NaN without a standard error, 0 where nothing is estimated
 * @example
 * detectableEffect(studentMeasurement({ estimate: 0, standardError: 0.1, degreesOfFreedom: 60, n: 61, method: "t" })); // 0.2848
 * @see Bloom (1995), Minimum detectable effects, Evaluation Review 19
 */
export function detectableEffect({ standardError, degreesOfFreedom, exact }: Measurement): number {
  if (exact) return 0;
  if (Number.isNaN(standardError)) return Number.NaN;
  const quantile = (p: number) =>
    Number.isFinite(degreesOfFreedom) ? studentTQuantile(p, degreesOfFreedom) : normalQuantile(p);
  return (quantile(1 - SIGNIFICANCE / 2) + quantile(POWER)) * standardError;
}
