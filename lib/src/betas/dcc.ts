/** Beta of dynamic conditional correlations: GARCH variances and DCC correlations of a coin and its markets. */

import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { checkInteger } from "../check.js";
import { betaOffset, coinReturns, marketReturns, rowAt } from "../panel/panel.js";
import { beginsBlock } from "../panel/walk-forward.js";
import { dcc, dccFilter } from "../stats/dcc.js";
import type { DccRecursion } from "../stats/dcc-walk.js";
import { type GarchParameters, garch, garchFilter } from "../stats/garch.js";
import type { BetaPath, Panel } from "../types.js";
import type { FittedOptions } from "./estimator.js";
import { blockRows } from "./rows.js";

/** Recursion and sample of the DCC beta. */
export interface DccBetaOptions extends FittedOptions {
  /** Engle's by default. */
  readonly recursion?: DccRecursion;
  /** Complete rows that the parameters need; 250 by default, a year of days. */
  readonly minObs?: number;
}

/**
 * Betas H_ff^-1 H_fr of each coin, H = D R D: D from GARCH(1,1) of every series with a mean, R from DCC(1,1) of what they leave.
 *
 * Parameters are by two-step quasi-maximum likelihood with correlation targeting: frozen, on the fitting block; updated, anew
 * before the first date of every block of `refit` (a year by default) on all returns since the fitting block's first. The
 * variances and correlations run on with the returns through t - 1.
 *
 * @param panel log returns, decimals per period; rows in which the coin or a market is missing are passed over
 * @returns [T x N x K] betas; NaN through the end of the fitting block, and for a coin with fewer than `minObs` complete rows there
 * (updated: so far)
 * @throws RangeError if the fitting block holds no date, `minObs` is below 20, or a series stands still throughout
 * @example
 * const days = selectMarkets(await readPanel(dailySource), ["EQUITY"]);
 * const frozen = dccBeta(days, { fit: { from: "2017-11", through: "2020-12" }, update: "frozen" });
 * meanBeta(frozen, "EQUITY"); // 1.1846
 * @see Engle (2002), JBES 20; Engle (2016), Journal of Financial Econometrics 14: betas; Aielli (2013), JBES 31: cDCC
 */
export function dccBeta(panel: Panel, options: DccBetaOptions): BetaPath {
  const { fit, update, refit = "yearly", recursion = "dcc", minObs = 250 } = options;
  checkInteger("dccBeta", "minObs", minObs, 20);
  const { dates, coins, markets } = panel;
  const [T, K] = [dates.length, markets.length];
  const { first, after } = blockRows("dccBeta", panel, fit);
  const values = new Float64Array(T * coins.length * K).fill(NaN);
  const factors = markets.map((market) => marketReturns(panel, market));
  for (const [i, coin] of coins.entries()) {
    const series = [coinReturns(panel, coin), ...factors];
    const complete = [...dates.keys()].filter(
      (t) => t >= first && series.every((returns) => Number.isFinite(returns[t])),
    );
    const returns = series.map((whole) => Float64Array.from(complete, (t) => whole[t]!));
    let betaAfter: ((rows: number) => Float64Array) | undefined;
    for (let t = after, rows = 0; t < T; t++) {
      while (complete[rows]! < t) rows++;
      const anew = t === after || (update === "updated" && beginsBlock(dates, t, refit));
      if (anew && rows >= minObs) betaAfter = filteredBetas(returns, rows, recursion);
      if (betaAfter) values.set(betaAfter(rows), betaOffset(panel, t, i, 0));
    }
  }
  return { dates, coins, markets, values, kind: "walkForward" };
}

/** Fits of the samples met last: coins share their markets, and both recursions all series. */
const FITS = new Map<string, GarchParameters>();
const MOST_FITS = 256;

function fittedGarch(sample: Float64Array): GarchParameters {
  const key = sample.join();
  const found = FITS.get(key) ?? garch(sample);
  FITS.delete(key);
  FITS.set(key, found);
  if (FITS.size > MOST_FITS) FITS.delete(FITS.keys().next().value!);
  return found;
}

/** Betas after any number of rows, by parameters of the first `sample`; series are the coin and its markets, without gaps. */
function filteredBetas(
  series: readonly Float64Array[],
  sample: number,
  recursion: DccRecursion,
): (rows: number) => Float64Array {
  const m = series.length;
  const filters = series.map((y) => garchFilter(y, fittedGarch(y.subarray(0, sample)), { sample }));
  const z = Float64Array.from({ length: series[0]!.length * m }, (_, at) => {
    return filters[at % m]!.standardized[Math.floor(at / m)]!;
  });
  const parameters = dcc(z.subarray(0, sample * m), { series: m, recursion });
  const { correlations } = dccFilter(z, parameters, { series: m, recursion, sample });
  return (rows) => {
    const R = Matrix.from1DArray(m, m, Array.from(rowAt(correlations, m * m, rows)));
    const among = R.subMatrix(1, m - 1, 1, m - 1);
    const partial = new CholeskyDecomposition(among).solve(R.subMatrix(1, m - 1, 0, 0));
    const deviation = filters.map(({ variances }) => Math.sqrt(variances[rows]!));
    return Float64Array.from(
      partial.to1DArray(),
      (v, k) => (v * deviation[0]!) / deviation[k + 1]!,
    );
  };
}
