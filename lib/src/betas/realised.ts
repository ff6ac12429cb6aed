/** Realised betas: those of a period, from the days in it. */

import { checkInteger } from "../check.js";
import { dayNumber, isoDate, periodEnd } from "../panel/calendar.js";
import { betaOffset, coinReturns, rowAt } from "../panel/panel.js";
import { regression } from "../stats/ols.js";
import type { BetaPath, Frequency, Panel } from "../types.js";
import { laggedMarkets } from "./lagged-markets.js";

/** Which periods, and how many days they need. */
export interface RealisedOptions {
  /** Longer than the panel's own periods. */
  readonly period: Exclude<Frequency, "daily">;
  /** Fewest complete rows of a period; twice as many as regressors by default, and one more. */
  readonly minObs?: number;
  /**
   * Days of the markets that a coin may still react to, where its day ends at another hour: the beta is the sum over them, as in
   * `dimsonBeta`; 0 by default.
   */
  readonly lags?: number;
}

/**
 * (sum f f')^-1 sum f r over the days of each period, with standard errors from s^2 (sum f f')^-1, s^2 = e'e / (n - K).
 *
 * A beta dated by the end of its period has seen that period: fitted, a measurement and no forecast.
 *
 * @param panel log returns, decimals per period; rows with a missing return are left out
 * @returns [P x N x K] by period; NaN where complete rows are fewer than `minObs`, or the markets are collinear in them
 * @throws RangeError if the panel is of months, or of weeks for weeks, or `lags` is not an integer of at least 0
 * @example
 * const days = { ...onePair([0.02, 0.04, 0.06], [0.01, 0.02, 0.03]), frequency: "daily" } as const;
 * realisedBeta({ ...days, dates: ["2024-01-03", "2024-01-04", "2024-01-05"] }, { period: "weekly" }).values; // [2]
 * @see Andersen, Bollerslev, Diebold and Wu (2006), Realized beta: persistence and predictability, Advances in Econometrics 20
 */
export function realisedBeta(panel: Panel, options: RealisedOptions): BetaPath {
  const { coins, markets } = panel;
  const [N, K] = [coins.length, markets.length];
  const { period, lags = 0 } = options;
  checkInteger("realisedBeta", "lags", lags, 0);
  const width = K * (1 + lags);
  const { minObs = 2 * width + 1 } = options;
  const { marketLogReturns } = laggedMarkets(panel, lags);
  const blocks = realisedPeriods(panel, period);
  const returns = coins.map((coin) => coinReturns(panel, coin));
  const values = new Float64Array(blocks.length * N * K).fill(NaN);
  const standardErrors = values.slice();
  blocks.forEach(({ first, after }, p) => {
    returns.forEach((own, i) => {
      const rows: number[] = [];
      for (let t = first; t < after; t++)
        if ([own[t]!, ...rowAt(marketLogReturns, width, t)].every(Number.isFinite)) rows.push(t);
      if (rows.length < Math.max(minObs, width + 1)) return;
      const x = rows.flatMap((t) => [...rowAt(marketLogReturns, width, t)]);
      const fit = regression(
        x,
        rows.map((t) => own[t]!),
        { intercept: false },
      );
      for (const k of markets.keys()) {
        const at = betaOffset(panel, p, i, k);
        values[at] = fit.coefficients[k]!;
        standardErrors[at] = Math.sqrt(fit.covariance[k * (width + 1)]!);
      }
    });
  });
  const dates = blocks.map(({ date }) => date);
  return { dates, coins, markets, values, standardErrors, kind: "fitted" };
}

/** A period of a panel: its last date there, and the indices of its first date and of the one after it. */
export interface RealisedPeriod {
  readonly date: string;
  readonly first: number;
  readonly after: number;
}

/**
 * The periods that a panel's dates lie in, in time; the first and the last may be partial.
 *
 * @throws RangeError if the periods are no longer than the panel's own
 */
export function realisedPeriods(
  { dates, frequency }: Pick<Panel, "dates" | "frequency">,
  period: RealisedOptions["period"],
): RealisedPeriod[] {
  if (frequency === "monthly" || frequency === period)
    throw new RangeError(
      `realisedBeta: periods must be longer than those of the panel, which is ${frequency}, got ${period}; take a panel of days`,
    );
  const ends = dates.map((date) => isoDate(periodEnd(dayNumber(date), period)));
  const firsts = [...ends.keys()].filter((t) => ends[t] !== ends[t - 1]);
  return firsts.map((first, p) => {
    const after = firsts[p + 1] ?? dates.length;
    return { date: dates[after - 1]!, first, after };
  });
}
