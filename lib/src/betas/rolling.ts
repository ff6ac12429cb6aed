/** Rolling OLS beta: the benchmark that practitioners begin with. */

import { checkInteger } from "../check.js";
import type { BetaPath, Panel } from "../types.js";
import { type DatesOptions, type IntervalOptions, regressionBetas } from "./regression-betas.js";

/** The window of rolling betas. */
export interface RollingOptions extends IntervalOptions, DatesOptions {
  /** Periods in the window, all before the date of the estimate. */
  readonly lookback: number;
  /** Fewest complete rows for an estimate; `lookback` by default. Below it, windows at the start are shorter. */
  readonly minObs?: number;
}

/**
 * Least squares without intercept per coin over a rolling window, (F'F)^-1 F'r, with 95 % HC3 intervals.
 *
 * The beta at t uses periods t - lookback … t - 1.
 *
 * @param panel log returns, decimals per period; rows with a missing return are left out
 * @returns [T x N x K] betas; NaN where complete rows are fewer than `minObs`
 * @throws RangeError if `lookback` is not an integer of at least K, `minObs` not one of K to `lookback`, or the markets are
 * collinear
 * @example
 * rollingBeta(onePair([0.02, -0.04, 0.06, 0.01], [0.01, -0.02, 0.03, 0]), { lookback: 3 }).values; // [NaN, NaN, NaN, 2]
 * @see report, Overview: the classical benchmark
 */
export function rollingBeta(panel: Panel, options: RollingOptions): BetaPath {
  const { lookback, minObs = lookback } = options;
  checkInteger("rollingBeta", "lookback", lookback, panel.markets.length);
  if (minObs > lookback)
    throw new RangeError(
      `rollingBeta: minObs must be at most lookback, ${lookback}, got ${minObs}; widen the window`,
    );
  return regressionBetas("rollingBeta", panel, { ...options, minObs });
}
