/** What betas become if the coins' months end a day earlier or later than the markets'. */

import { column } from "../panel/panel.js";
import type { Panel, Sample } from "../types.js";
import { type BetaPeriod, betaPeriods } from "./beta-breaks.js";

/** A beta of one period whose coins' months are shifted. */
export interface ShiftedBeta extends BetaPeriod {
  /** Days by which the coins' months end later: -1, 0 or 1, counted on the panel's dates. */
  readonly shift: number;
}

/**
 * Correlation and pooled beta of each period, from months that end a day earlier for the coins alone, as they do, and a day later.
 *
 * Closes of coins and funds lie some hours apart: a day is more than that, and shows what such a distance can do.
 *
 * @param daily log returns of days
 * @throws RangeError if the panel has no such market
 * @example
 * const days = await readPanel(dailySource);
 * const periods = [{ name: "from 2020", range: { from: "2020", through: "2024-11" } }];
 * shiftedBetas(days, "EQUITY", periods).map(({ shift, beta }) => [shift, beta]); // [[-1, 2.2936], [0, 2.4876], [1, 2.5332]]
 */
export function shiftedBetas(
  daily: Panel,
  market: string,
  periods: readonly Sample[],
): ShiftedBeta[] {
  return [-1, 0, 1].flatMap((shift) =>
    betaPeriods(shiftedMonths(daily, shift), market, periods).map((row) => ({ shift, ...row })),
  );
}

/** Monthly sums of daily returns; those of the coins by the month of a neighbouring day. */
function shiftedMonths(daily: Panel, shift: number): Panel {
  const { dates, coins, markets, coinLogReturns, marketLogReturns } = daily;
  const monthOf = (t: number) =>
    dates[Math.min(dates.length - 1, Math.max(0, t))]!.slice(0, "YYYY-MM".length);
  const months = [...new Set(dates.map((_, t) => monthOf(t)))];
  const summed = (returns: Float64Array, width: number, by: number): Float64Array => {
    const sums = Array.from({ length: width }, (_, i) => {
      const own = new Float64Array(months.length);
      column(returns, width, i).forEach((r, t) => {
        own[months.indexOf(monthOf(t - by))]! += r;
      });
      return own;
    });
    return Float64Array.from(months.flatMap((_, m) => sums.map((own) => own[m]!)));
  };
  return {
    ...daily,
    frequency: "monthly",
    dates: months.map((month) => dates.filter((date) => date.startsWith(month)).at(-1)!),
    coinLogReturns: summed(coinLogReturns, coins.length, shift),
    marketLogReturns: summed(marketLogReturns, markets.length, 0),
  };
}
