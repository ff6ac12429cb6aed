/** Exponentially weighted beta: recent returns count more. */

import type { BetaPath, Panel } from "../types.js";
import {
  type ExpandingOptions,
  type IntervalOptions,
  regressionBetas,
} from "./regression-betas.js";
import { firstRow } from "./rows.js";

/** Sample and half-life of the exponentially weighted beta. */
export interface EwmaOptions extends ExpandingOptions, IntervalOptions {
  /** Periods in which the weight of a return halves; Infinity weighs all alike, as `historicalBeta` does. */
  readonly halfLife: number;
}

/** Weights may span as many powers of two as double precision holds beside their squares. */
export const HALVINGS = 900;

/**
 * Least squares without intercept per coin with weights 2^(-age / halfLife), (F'WF)^-1 F'Wr, with 95 % HC3 intervals.
 *
 * The beta at t uses the dates from `from` through t - 1; age is in dates, those with a missing return included. The intervals
 * are of the weighted mean of past betas; their degrees of freedom are (sum w)^2 / sum w^2 - K.
 *
 * @param panel log returns, decimals per period; rows with a missing return are left out
 * @returns [T x N x K] betas; NaN until a coin has `minObs` rows
 * @throws RangeError if the half-life is not above 0, or is shorter than 1/900 of the panel; or if the markets are collinear
 * @example
 * ewmaBeta(onePair([0.02, 0.01, 0], [0.01, 0.01, 0]), { from: "2000-01", halfLife: 1 }).values; // [NaN, 2, 4/3]
 * @see RiskMetrics (1996), Technical Document, section 5.2: the weights
 */
export function ewmaBeta(panel: Panel, options: EwmaOptions): BetaPath {
  const { from, halfLife, minObs = panel.markets.length } = options;
  const rows = panel.dates.length - firstRow("ewmaBeta", panel, from);
  if (!(halfLife >= rows / HALVINGS && halfLife > 0))
    throw new RangeError(
      `ewmaBeta: halfLife must be above 0 and at least 1/${HALVINGS} of the ${rows} periods, got ${halfLife}; lengthen it`,
    );
  return regressionBetas("ewmaBeta", panel, { ...options, minObs });
}
