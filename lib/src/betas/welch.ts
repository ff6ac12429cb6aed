/** Welch's slope-winsorised beta: a day can say no more of a beta than that it is very high or very low. */

import type { BetaPath, Panel } from "../types.js";
import { ewmaBeta } from "./ewma.js";
import type { ExpandingOptions } from "./regression-betas.js";

/** Sample, bounds and decay of Welch's beta. */
export interface WelchOptions extends ExpandingOptions {
  /** How far from one the slope of a single day may lie; 3 by default, from -2 to 4. */
  readonly width?: number;
  /** Periods in which the weight of a return halves; 128 log 2, 89 days, by default. */
  readonly halfLife?: number;
}

/**
 * Exponentially weighted least squares of winsorised returns: r is drawn into the range between (1 - width) f and (1 + width) f
 * of its own day. With 95 % HC3 intervals of that regression.
 *
 * The beta at t uses the dates from `from` through t - 1. Without intercept, as all betas of the ladder; Welch has one, which
 * days' means make irrelevant.
 *
 * @param panel log returns of coins and one market, decimals per period; rows with a missing return are left out
 * @returns [T x N x 1] betas; NaN until a coin has `minObs` rows
 * @throws RangeError if the panel has several markets, `width` is not above 0, or as `ewmaBeta` does
 * @example
 * welchBeta(onePair([0.09, 0.01, 0], [0.01, 0.01, 0]), { from: "2000-01", halfLife: Infinity }).values; // [NaN, 4, 2.5]
 * @see Welch (2022), Simply better market betas, Critical Finance Review 11: width 3, decay 2/256 a day
 */
export function welchBeta(panel: Panel, options: WelchOptions): BetaPath {
  const { width = 3, halfLife = 128 * Math.LN2, ...sample } = options;
  const { coins, markets } = panel;
  if (markets.length !== 1)
    throw new RangeError(
      `welchBeta: the panel must have one market, got ${markets.length} (${markets.join(", ")}); select one`,
    );
  if (!(width > 0)) throw new RangeError(`welchBeta: width must be above 0, got ${width}`);
  const N = coins.length;
  const bounded = panel.coinLogReturns.map((r, at) => {
    const f = panel.marketLogReturns[Math.floor(at / N)]!;
    const [near, far] = [(1 - width) * f, (1 + width) * f];
    return Math.min(Math.max(r, Math.min(near, far)), Math.max(near, far));
  });
  return ewmaBeta({ ...panel, coinLogReturns: bounded }, { ...sample, halfLife });
}
