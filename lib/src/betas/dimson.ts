/** Dimson's beta: what a coin does late counts too. */

import { checkInteger } from "../check.js";
import { rowAt } from "../panel/panel.js";
import type { BetaPath, Panel } from "../types.js";
import { laggedMarkets } from "./lagged-markets.js";
import {
  type ExpandingOptions,
  type IntervalOptions,
  regressionBetas,
} from "./regression-betas.js";

/** Sample and lags of Dimson's beta. */
export interface DimsonOptions extends ExpandingOptions, IntervalOptions {
  /** Earlier periods of the markets that a coin may still react to; 1 by default. */
  readonly lags?: number;
}

/**
 * Sum of the betas on the markets of the same and of earlier periods, with 95 % HC3 intervals.
 *
 * Expanding least squares without intercept per coin of r[t] on f[t], f[t-1], …, f[t-lags]; the beta at t uses coin returns from
 * `from` through t - 1, and markets up to `lags` periods before `from`. Dimson's leads are left out: they mend coins that trade
 * before their market, and coins trade around the clock.
 *
 * @param panel log returns, decimals per period; rows with a missing return are left out
 * @returns [T x N x K] betas; NaN until a coin has `minObs` rows, K (1 + lags) by default
 * @throws RangeError if `lags` is not an integer of at least 0, or the markets and their lags are collinear
 * @example
 * dimsonBeta(onePair([0, 0.02, 0.03, 0.05], [0.01, 0.01, 0.02, 0.03]), { from: "2000-01" }).values; // [NaN, NaN, NaN, 2]
 * @see Dimson (1979), Risk measurement when shares are subject to infrequent trading
 */
export function dimsonBeta(panel: Panel, options: DimsonOptions): BetaPath {
  const { lags = 1, ...sample } = options;
  checkInteger("dimsonBeta", "lags", lags, 0);
  const { dates, coins, markets } = panel;
  const [N, K] = [coins.length, markets.length];
  const width = K * (1 + lags);
  const changes = laggedMarkets(panel, lags);
  const path = regressionBetas("dimsonBeta", changes, { minObs: width, ...sample });
  const sums = (values: Float64Array): Float64Array =>
    Float64Array.from(
      { length: dates.length * N * K },
      (_, at) => rowAt(values, width, Math.floor(at / K))[at % K]!,
    );
  const { standardErrors, band, values, kind } = path;
  const summed: BetaPath = { dates, coins, markets, values: sums(values), kind };
  if (!standardErrors || !band) return summed;
  const { interval, lower, upper } = band;
  return {
    ...summed,
    standardErrors: sums(standardErrors),
    band: { interval, lower: sums(lower), upper: sums(upper) },
  };
}
