/** How much returns depend on the day at whose end a period is cut. */

import { correlation } from "../stats/correlation.js";
import { rootMeanSquare } from "../stats/moments.js";
import type { DateRange, Frequency } from "../types.js";
import { FRIDAY, inRange, isoDate, type Weekday } from "./calendar.js";
import { type DailySeries, lastOfPeriod } from "./resample.js";
import { type ByName, entriesOf, logReturns } from "./returns.js";

/** Returns of one series against those of periods that end a day earlier or later. */
export interface DayShift {
  readonly series: string;
  readonly clock?: string | undefined;
  /** -1: periods end a day earlier. 1: a day later. */
  readonly shift: -1 | 1;
  /** Returns compared. */
  readonly n: number;
  readonly correlation: number;
  /** Root mean square of the differences, and of the returns themselves, log returns. */
  readonly rmsDifference: number;
  readonly rmsReturn: number;
  /** Largest absolute difference, and the end of its period. */
  readonly largest: number;
  readonly largestDate: string;
}

/**
 * Sensitivity of period returns to a one-day shift of all period ends.
 *
 * Series close at different hours: a coin's day ends at 24:00 UTC, a New York fund's hours before. A whole day is more than
 * any of these differences: it shows the scale of what they do, and is no bound. Fridays and weekends of a fund are one price: its returns move less.
 *
 * @returns two rows per series, earlier and later; NaN where fewer than two returns can be compared
 * @example
 * const shifts = dayShifts({ BTC: await readPrices(btc, { column: "Close" }) }, "monthly");
 * shifts.map(({ shift, n }) => [shift, n]); // [[-1, 3], [1, 2]]
 */
export function dayShifts(
  prices: ByName<DailySeries>,
  frequency: Frequency,
  options: { readonly weekEnd?: Weekday; readonly range?: DateRange } = {},
): DayShift[] {
  const { weekEnd = FRIDAY, range } = options;
  return entriesOf(prices).flatMap(([series, daily]) =>
    ([-1, 1] as const).map((shift): DayShift => {
      const lasts = lastOfPeriod(daily, frequency, weekEnd);
      const rows = [...lasts.ends.keys()];
      const shifted = rows.map((i) => priceAt(daily, lasts.ends[i]! + shift, lasts.ends[i - 1]));
      const returns = logReturns(lasts, frequency);
      const others = logReturns(
        { ends: lasts.ends, values: Float64Array.from(shifted) },
        frequency,
      );
      const kept = [...returns.ends.keys()].filter(
        (i) =>
          !Number.isNaN(others.values[i]!) && (!range || inRange(isoDate(returns.ends[i]!), range)),
      );
      const own = kept.map((i) => returns.values[i]!);
      const other = kept.map((i) => others.values[i]!);
      const differences = own.map((value, i) => Math.abs(other[i]! - value));
      const largest = differences.reduce((best, d, i) => (d > differences[best]! ? i : best), 0);
      return {
        series,
        ...(daily.clock === undefined ? {} : { clock: daily.clock }),
        shift,
        n: kept.length,
        correlation: correlation(own, other),
        rmsDifference: rootMeanSquare(differences),
        rmsReturn: rootMeanSquare(own),
        largest: differences[largest] ?? Number.NaN,
        largestDate: kept.length ? isoDate(returns.ends[kept[largest]!]!) : "",
      };
    }),
  );
}

/** Last price up to a day, if it is later than the period before and the series goes on to that day; else NaN. */
function priceAt(
  { days, values }: DailySeries,
  day: number,
  after: number = Number.NEGATIVE_INFINITY,
): number {
  if ((days.at(-1) ?? Number.NEGATIVE_INFINITY) < day) return Number.NaN;
  // The first row beyond the day, by halving.
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return (days[low - 1] ?? Number.NEGATIVE_INFINITY) > after ? values[low - 1]! : Number.NaN;
}
