/** From daily observations to the last observation of each period. */

import type { Frequency } from "../types.js";
import { lastWeekday, periodEnd, weekday } from "./calendar.js";

/** Observations of one series, ascending by day, without gaps marked: a missing day has no entry. */
export interface DailySeries {
  /** Days since 1970-01-01. */
  readonly days: Int32Array;
  readonly values: Float64Array;
}

/** One value per period, labelled by the last day of the period. */
export interface PeriodSeries {
  /** Period ends as day numbers, ascending. */
  readonly ends: Int32Array;
  readonly values: Float64Array;
}

/**
 * Last observation of each period. The last period is dropped while it is partial: until there is an observation
 * on its last day (series that also trade at weekends) or on its last weekday (all others).
 *
 * @example
 * lastOfPeriod(series, "monthly"); // through 2024-11-30 for a series that ends on 2024-12-07
 */
export function lastOfPeriod(
  series: DailySeries,
  frequency: Frequency,
): PeriodSeries {
  const { days, values } = series;
  const ends: number[] = [];
  const lasts: number[] = [];
  for (let i = 0; i < days.length; i++) {
    const end = periodEnd(days[i]!, frequency);
    if (ends.at(-1) !== end) ends.push(end);
    lasts[ends.length - 1] = values[i]!;
  }
  if (daysMissing(days, frequency) > 0) {
    ends.pop();
    lasts.pop();
  }
  return { ends: Int32Array.from(ends), values: Float64Array.from(lasts) };
}

/** Days from the last observation to the one that completes its period; 0 if it does so itself, or there is none. */
export function daysMissing(days: Int32Array, frequency: Frequency): number {
  const last = days.at(-1);
  if (last === undefined) return 0;
  const end = periodEnd(last, frequency);
  return Math.max(0, (tradesEveryDay(days) ? end : lastWeekday(end)) - last);
}

/** True for a series that also trades at weekends: two sevenths of its days are there, a stray one does not count. */
export function tradesEveryDay(days: Int32Array): boolean {
  const weekends = days.filter((day) => weekday(day) % 6 === 0).length;
  return weekends > days.length / 7;
}
