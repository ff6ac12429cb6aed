/** Forecasts of a period's beta from the realised betas of the periods before it. */

import { checkInteger } from "../check.js";
import { betaOffset, rowAt } from "../panel/panel.js";
import { leastSquares } from "../stats/ols.js";
import { randomWalkFilter, randomWalkVariances } from "../stats/random-walk.js";
import type { BetaPath, Panel } from "../types.js";
import { type RealisedOptions, realisedBeta, realisedPeriods } from "./realised.js";

/** Periods of a forecast from realised betas. */
export interface RealisedForecastOptions extends RealisedOptions {
  /** First date whose return is used. */
  readonly from: string;
}

/** Regressors of the heterogeneous autoregression. */
export interface HarOptions extends RealisedForecastOptions {
  /** Means of so many last periods are the regressors; 1, 3 and 12 by default, [1] is an autoregression. */
  readonly horizons?: readonly number[];
}

/**
 * Heterogeneous autoregression of realised betas: RB_p = c + sum_h phi_h mean(RB_p-1 … RB_p-h), per market, pooled over coins,
 * weighted by 1 / variance of RB_p.
 *
 * The betas of a period's days use realised betas through the period before, coefficients included, which are estimated anew
 * before every period.
 *
 * @param panel log returns of days (or weeks, for months), decimals per period
 * @returns [T x N x K] on the panel's dates; NaN for a coin without realised betas in the periods that the means span, and until
 * there are twice as many targets as coefficients
 * @throws RangeError if a horizon is not an integer of at least 1, or the periods are no longer than the panel's own
 * @example
 * const days = selectMarkets(await readPanel(dailySource), ["EQUITY"]);
 * meanBeta(harBeta(days, { from: "2017-11", period: "monthly" }), "EQUITY"); // 0.7704
 * @see Corsi (2009), Journal of Financial Econometrics 7: the form; Andersen, Bollerslev, Diebold and Wu (2006): its object
 */
export function harBeta(panel: Panel, options: HarOptions): BetaPath {
  const { horizons = [1, 3, 12] } = options;
  for (const horizon of horizons) checkInteger("harBeta", "horizons", horizon, 1);
  const N = panel.coins.length;
  return forecastPeriods(panel, options, ({ values, variances }) => {
    const P = values.length / N;
    // Regressors of every coin and period, the one to come included; from what lies before it.
    const regressors = (p: number, i: number) => [
      1,
      ...horizons.map((h) => {
        let sum = p < h ? NaN : 0;
        for (let lag = 1; lag <= h; lag++) sum += rowAt(values, N, p - lag)[i]!;
        return sum / h;
      }),
    ];
    const [x, y]: [number[], number[]] = [[], []];
    for (let at = 0; at < P * N; at++) {
      const row = regressors(Math.floor(at / N), at % N);
      const weight = 1 / Math.sqrt(variances[at]!);
      if (![...row, values[at]!, weight].every(Number.isFinite)) continue;
      x.push(...row.map((value) => value * weight));
      y.push(values[at]! * weight);
    }
    if (y.length < 2 * (horizons.length + 1)) return new Array<number>(N).fill(NaN);
    const phi = leastSquares(x, y);
    return Array.from({ length: N }, (_, i) =>
      regressors(P, i).reduce((sum, value, j) => sum + phi[j]! * value, 0),
    );
  });
}

/**
 * Local level of realised betas per coin and market: RB_p = b_p + e_p, b_p+1 = b_p + u_p, Var e_p in proportion to the realised
 * beta's own variance.
 *
 * The betas of a period's days use realised betas through the period before, the two variances included, which are of greatest
 * likelihood anew before every period.
 *
 * @param panel log returns of days (or weeks, for months), decimals per period
 * @returns [T x N x K] on the panel's dates; NaN until a coin has three realised betas
 * @throws RangeError if the periods are no longer than the panel's own
 * @example
 * const days = selectMarkets(await readPanel(dailySource), ["EQUITY"]);
 * meanBeta(realisedLevelBeta(days, { from: "2017-11", period: "monthly" }), "EQUITY"); // 0.8761
 * @see Durbin and Koopman (2012), chapter 2: the local level; `randomWalkVariances`
 */
export function realisedLevelBeta(panel: Panel, options: RealisedForecastOptions): BetaPath {
  const N = panel.coins.length;
  return forecastPeriods(panel, options, ({ values, variances }) =>
    Array.from({ length: N }, (_, i) => {
      const own = (all: Float64Array) => all.filter((_, at) => at % N === i);
      const x = own(variances).map((variance) => 1 / Math.sqrt(variance));
      const y = own(values).map((value, p) => value * x[p]!);
      const estimate = randomWalkVariances(x, y, 1);
      if (Number.isNaN(estimate.observation)) return NaN;
      return randomWalkFilter(x, y, { k: 1, ...estimate }).coefficients.at(-1)!;
    }),
  );
}

/** Realised betas of one market by period and coin [P x N], with their variances. */
interface Realised {
  readonly values: Float64Array;
  readonly variances: Float64Array;
}

/** Betas of every period's days from the realised betas of the periods before it, market by market. */
function forecastPeriods(
  panel: Panel,
  { from, ...options }: RealisedForecastOptions,
  forecast: (before: Realised) => readonly number[],
): BetaPath {
  const { dates, coins, markets } = panel;
  const [N, K] = [coins.length, markets.length];
  const realised = realisedBeta(panel, options);
  const periods = realisedPeriods(panel, options.period);
  const begin = periods.findIndex(({ first }) => dates[first]! >= from);
  const values = new Float64Array(dates.length * N * K).fill(NaN);
  for (let k = 0; k < K; k++) {
    const market = (all: Float64Array) => all.filter((_, at) => at % K === k).subarray(begin * N);
    const own = market(realised.values);
    const variances = market(realised.standardErrors!).map((error) => error ** 2);
    for (let p = begin + 1; begin >= 0 && p < periods.length; p++) {
      const rows = (p - begin) * N;
      const betas = forecast({
        values: own.subarray(0, rows),
        variances: variances.subarray(0, rows),
      });
      for (let t = periods[p]!.first; t < periods[p]!.after; t++)
        betas.forEach((beta, i) => {
          values[betaOffset(panel, t, i, k)] = beta;
        });
    }
  }
  return { dates, coins, markets, values, kind: "walkForward" };
}
