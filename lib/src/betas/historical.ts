/** The historical beta: each coin's own constant so far. */

import type { BetaPath, Panel } from "../types.js";
import {
  type ExpandingOptions,
  type IntervalOptions,
  regressionBetas,
} from "./regression-betas.js";

/**
 * Expanding least squares without intercept per coin, (F'F)^-1 F'r, with 95 % HC3 intervals.
 *
 * The beta at t uses the dates from `from` through t - 1.
 *
 * @param panel log returns, decimals per period; rows with a missing return are left out
 * @returns [T x N x K] betas; NaN until a coin has `minObs` rows
 * @throws RangeError if the markets are collinear
 * @example
 * historicalBeta(onePair([0.02, -0.04, 0.01], [0.01, -0.02, 0.03]), { from: "2000-01" }).values; // [NaN, 2, 2]
 */
export function historicalBeta(
  panel: Panel,
  options: ExpandingOptions & IntervalOptions,
): BetaPath {
  const minObs = panel.markets.length;
  return regressionBetas("historicalBeta", panel, { minObs, ...options });
}
