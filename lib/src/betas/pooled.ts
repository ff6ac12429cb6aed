/** The pooled constant, the second null: one beta per market for all coins. */

import { recursiveOls } from "../stats/recursive-ols.js";
import type { BetaPath, Panel } from "../types.js";
import { type ExpandingOptions, expandingBetas } from "./expanding.js";

/**
 * Pooled constant: least squares without intercept, (F'F)^-1 F'r, stacked over coins.
 *
 * The beta at t uses the dates from `from` through t - 1. Frozen after a block it is `heldBeta(pooledBeta(...), block)`.
 *
 * @param panel log returns, decimals per period; rows with a missing return are left out
 * @returns [T x N x K] betas, the same for all coins; NaN until there are `minObs` rows
 * @throws RangeError if the markets are collinear
 * @example
 * pooledBeta(onePair([0.02, -0.04, 0.01], [0.01, -0.02, 0.03]), { from: "2000-01" }).values; // [NaN, 2, 2]
 */
export function pooledBeta(panel: Panel, options: ExpandingOptions): BetaPath {
  const all = recursiveOls(panel.markets.length);
  return expandingBetas("pooledBeta", panel, options, () => all);
}
