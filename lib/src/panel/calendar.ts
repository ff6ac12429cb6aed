/** Days as integers (days since 1970-01-01, UTC) and the periods they fall into. No time zones, no clock. */

import type { DateRange, Frequency } from "../types.js";

const DAY = 86_400_000;

/** Day of the week on which weeks end, 0 = Sunday … 6 = Saturday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** Weeks end on Friday where nothing else is said: the last day on which all series trade. */
export const FRIDAY: Weekday = 5;

/**
 * Day number of an ISO date.
 *
 * @returns days since 1970-01-01; NaN if the text is no calendar date (2023-02-30 is none)
 * @example
 * dayNumber("1970-01-31"); // 30
 */
export function dayNumber(iso: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  return match ? dayOf(+match[1]!, +match[2]!, +match[3]!) : Number.NaN;
}

/**
 * Day number of a year, month and day.
 *
 * @returns days since 1970-01-01; NaN if there is no such day, or the year is not from 100 to 9999
 * @example
 * dayOf(1970, 1, 31); // 30
 */
export function dayOf(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day
    ? date.getTime() / DAY
    : Number.NaN;
}

/** Day number, in UTC, of a time in milliseconds since 1970. */
export function dayOfTime(milliseconds: number): number {
  return Math.floor(milliseconds / DAY);
}

/**
 * ISO date of a day number.
 *
 * @example
 * isoDate(30); // "1970-01-31"
 */
export function isoDate(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Day of the week, 0 = Sunday … 6 = Saturday. */
export function weekday(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/**
 * Last day of the period that a day falls into: the day itself, the Friday of its week (Saturday to Friday), or
 * the last calendar day of its month.
 *
 * @param weekEnd day on which weeks end; Friday by default
 * @example
 * isoDate(periodEnd(dayNumber("2018-01-06"), "weekly")); // "2018-01-12"
 */
export function periodEnd(day: number, frequency: Frequency, weekEnd: Weekday = FRIDAY): number {
  if (frequency === "daily") return day;
  if (frequency === "weekly") return day + ((7 + weekEnd - weekday(day)) % 7);
  // 33 days after the first of any month it is the next.
  return monthStart(monthStart(day) + 33) - 1;
}

/** Last weekday (Monday to Friday) on or before a day. */
export function lastWeekday(day: number): number {
  const back = [2, 0, 0, 0, 0, 0, 1][weekday(day)] as number;
  return day - back;
}

/** First day of the period that ends on a day. */
export function periodStart(end: number, frequency: Frequency): number {
  if (frequency === "daily") return end;
  if (frequency === "weekly") return end - 6;
  return monthStart(end);
}

/**
 * First day of a month, counted in years that begin in March and cycles of 400 of them: a Date would take ten times as long, and
 * is what the tests compare it with.
 */
function monthStart(day: number): number {
  // 1 March of the year 0.
  const since = day + 719_468;
  const inCycle = since - Math.floor(since / 146_097) * 146_097;
  const year = Math.floor(
    (inCycle -
      Math.floor(inCycle / 1460) +
      Math.floor(inCycle / 36_524) -
      Math.floor(inCycle / 146_096)) /
      365,
  );
  const inYear = inCycle - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  // From March on, five months have 153 days.
  const month = Math.floor((5 * inYear + 2) / 153);
  return day - inYear + Math.floor((153 * month + 2) / 5);
}

/** First weekday (Monday to Friday) of the period that ends on a day. */
export function firstWeekday(end: number, frequency: Frequency): number {
  let day = periodStart(end, frequency);
  while (weekday(day) % 6 === 0) day++;
  return day;
}

/** Days between two dates of each frequency at most: weekends and holidays; holidays; the longest two months. */
export const LONGEST_STEP: Readonly<Record<Frequency, number>> = {
  daily: 5,
  weekly: 11,
  monthly: 62,
};

/**
 * The frequency that dates show: the highest for which at least half of the steps between them are short enough. Holidays and
 * gaps do not hide it.
 *
 * @param dates ISO, ascending
 * @returns `rarer` below monthly; undefined for fewer than two dates
 * @example
 * datesFrequency(["2024-01-31", "2024-02-29", "2024-03-31"]); // "monthly"
 */
export function datesFrequency(dates: readonly string[]): Frequency | "rarer" | undefined {
  if (dates.length < 2) return undefined;
  const days = dates.map(dayNumber);
  const steps = days.slice(1).map((day, i) => day - days[i]!);
  const short = (frequency: Frequency) =>
    2 * steps.filter((step) => step <= LONGEST_STEP[frequency]).length >= steps.length;
  return (["daily", "weekly", "monthly"] as const).find(short) ?? "rarer";
}

/** Ends of all periods that lie in a range of months or days, ISO; weeks end on Friday by default. */
export function periodEnds(
  range: DateRange,
  frequency: Frequency,
  weekEnd: Weekday = FRIDAY,
): string[] {
  const ends: string[] = [];
  const first = range.from.length > 7 ? range.from : `${range.from}-01`;
  for (
    let end = periodEnd(dayNumber(first), frequency, weekEnd);
    inRange(isoDate(end), range);
    end = periodEnd(end + 1, frequency, weekEnd)
  )
    ends.push(isoDate(end));
  return ends;
}

/**
 * True if an ISO date lies in the range; a bound YYYY-MM stands for its whole month.
 *
 * @example
 * inRange("2021-12-31", { from: "2019-01", through: "2021-12" }); // true
 */
export function inRange(date: string, range: DateRange): boolean {
  return (
    date.slice(0, range.from.length) >= range.from &&
    date.slice(0, range.through.length) <= range.through
  );
}
