/** From daily observations to the last observation of each period. */

import type { Frequency } from "../types.js";
import { FRIDAY, LONGEST_STEP, periodEnd, type Weekday, weekday } from "./calendar.js";
import { lastTradingDay } from "./closed-days.js";

/** Observations of one series, ascending by day, without gaps marked: a missing day has no entry. */
export interface DailySeries {
  /** Days since 1970-01-01. */
  readonly days: Int32Array;
  readonly values: Float64Array;
  /** When a day's value is taken: time and zone ("24:00 UTC"), or the zone alone; absent where the source does not say. */
  readonly clock?: string | undefined;
  /** What is known of the last observation, where it stands before the end of its period. */
  readonly ends?: SeriesEnd | undefined;
}

/** delisted: the asset died, and its last price is that of its last period. complete: the last period has no later day. */
export type SeriesEnd = "delisted" | "complete";

/** One value per period, labelled by the last day of the period. */
export interface PeriodSeries {
  /** Period ends as day numbers, ascending. */
  readonly ends: Int32Array;
  readonly values: Float64Array;
  readonly clock?: string | undefined;
}

/**
 * Last observation of each period. The last period is dropped while it is partial: until there is an observation on its last day
 * (series that also trade at weekends) or on the last weekday that is no holiday of the series (all others); not where the series
 * `ends` there.
 *
 * Observations that are themselves one a period (FRED's months, dated by their first day) stand for their periods:
 * none of these is partial. The first period is kept, partial or not: its last observation is a price like any other.
 *
 * @param weekEnd day on which weeks end, 0 = Sunday … 6 = Saturday; Friday by default
 * @throws RangeError if the observations are rarer than the periods, or there is no such day of the week
 * @example
 * const prices = lastOfPeriod(await readPrices(btc, { column: "Close" }), "monthly");
 * prices.values; // [131, 159, 190, 220]
 */
export function lastOfPeriod(
  series: DailySeries,
  frequency: Frequency,
  weekEnd: Weekday = FRIDAY,
): PeriodSeries {
  return atRows(series, lastRows(series, frequency, { weekEnd }));
}

/** Where the last observation of each period stands. */
export interface LastRows {
  /** Period ends as day numbers, ascending. */
  readonly ends: Int32Array;
  readonly rows: Int32Array;
}

/** How the last period is judged. */
export interface LastPeriodOptions {
  readonly weekEnd?: Weekday | undefined;
  /** True for a day on which the other series of a panel were closed. */
  readonly closed?: (day: number) => boolean;
}

/** Rows that `lastOfPeriod` takes: one search for all series that share their days and their end. */
export function lastRows(
  series: Pick<DailySeries, "days" | "ends">,
  frequency: Frequency,
  options: LastPeriodOptions = {},
): LastRows {
  const { days } = series;
  const { weekEnd = FRIDAY } = options;
  if (!(Number.isInteger(weekEnd) && weekEnd >= 0 && weekEnd <= 6))
    throw new RangeError(
      `lastOfPeriod: weekEnd must be an integer from 0, Sunday, to 6, Saturday, got ${weekEnd}`,
    );
  checkDense(days, frequency);
  const ends: number[] = [];
  const rows: number[] = [];
  for (let i = 0; i < days.length; ) {
    const end = periodEnd(days[i]!, frequency, weekEnd);
    while (i < days.length && days[i]! <= end) i++;
    ends.push(end);
    rows.push(i - 1);
  }
  if (daysMissing(series, frequency, options) > 0) {
    ends.pop();
    rows.pop();
  }
  return { ends: new Int32Array(ends), rows: new Int32Array(rows) };
}

/** The observations of a series at these rows. */
export function atRows({ values, clock }: DailySeries, { ends, rows }: LastRows): PeriodSeries {
  const lasts = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) lasts[i] = values[rows[i]!]!;
  return { ends, values: lasts, ...(clock === undefined ? {} : { clock }) };
}

/** Days from the last observation to the one that completes its period; 0 if it does so itself, or there is none. */
export function daysMissing(
  { days, ends }: Pick<DailySeries, "days" | "ends">,
  frequency: Frequency,
  { weekEnd = FRIDAY, closed }: LastPeriodOptions = {},
): number {
  const last = days.at(-1);
  if (last === undefined || ends !== undefined) return 0;
  const end = periodEnd(last, frequency, weekEnd);
  if (last === end || onePerPeriod(days, frequency, weekEnd)) return 0;
  return Math.max(0, (tradesEveryDay(days) ? end : lastTradingDay(end, days, closed)) - last);
}

/** Observations that tell whether a series trades at weekends: its last year. */
const RECENT = 365;

/** True for a series that also trades at weekends: two sevenths of its days are there, a stray one does not count. */
export function tradesEveryDay(days: Int32Array): boolean {
  const recent = days.subarray(-RECENT);
  const weekends = recent.filter((day) => weekday(day) % 6 === 0).length;
  return weekends > recent.length / 7;
}

/** Fewer observations do not show how often a series is observed. */
const FEWEST = 4;

/** Observed once a period at most, as far as one can tell. */
function onePerPeriod(days: Int32Array, frequency: Frequency, weekEnd: Weekday): boolean {
  if (days.length < FEWEST) return false;
  for (let i = 1; i < days.length; i++)
    if (days[i]! <= periodEnd(days[i - 1]!, frequency, weekEnd)) return false;
  return true;
}

/** Monthly prices have no weekly returns: half of the steps at least must be short enough. */
function checkDense(days: Int32Array, frequency: Frequency): void {
  if (days.length < FEWEST) return;
  const longest = LONGEST_STEP[frequency];
  // If half of the steps were longer, the whole span would be.
  if (days.at(-1)! - days[0]! <= ((days.length - 1) / 2) * longest) return;
  let long = 0;
  for (let i = 1; i < days.length; i++) if (days[i]! - days[i - 1]! > longest) long++;
  if (2 * long > days.length - 1)
    throw new RangeError(
      `lastOfPeriod: ${frequency} periods need an observation at least every ${longest} days, but ${long} of ${days.length - 1} steps are longer; choose a lower frequency`,
    );
}
