/** Dates: in the calendar, each once, ascending, without holes, none of a period that was not over. */

import {
  dayNumber,
  FRIDAY,
  isoDate,
  lastWeekday,
  periodEnd,
  type Weekday,
} from "../../panel/calendar.js";
import { tradesEveryDay } from "../../panel/resample.js";
import type { Frequency } from "../../types.js";
import { runBound } from "./chance.js";
import type { Check, Finding } from "./finding.js";
import type { Rules } from "./options.js";

/** Rules, how far dates are apart, and the day on which weeks end: Friday by default. */
type DateRules = Rules & { readonly frequency: Frequency; readonly weekEnd?: Weekday };

/**
 * Findings on one date index; each kind of fault but a gap is one finding with its count.
 *
 * @param series how the findings call it
 * @param dates ISO, ends of periods
 */
export function dateFindings(
  series: string,
  dates: readonly string[],
  rules: DateRules,
): Finding[] {
  const { frequency, asOf, weekEnd = FRIDAY } = rules;
  const endOf = (day: number) => periodEnd(day, frequency, weekEnd);
  const seen = new Set<string>();
  const invalid: string[] = [];
  const duplicate: string[] = [];
  const unsorted: string[] = [];
  let latest = "";
  for (const date of dates) {
    if (Number.isNaN(dayNumber(date)) || endOf(dayNumber(date)) !== dayNumber(date))
      invalid.push(date);
    else if (seen.has(date)) duplicate.push(date);
    else if (date < latest) unsorted.push(date);
    else latest = date;
    seen.add(date);
  }
  const counted = (check: Check, found: readonly string[], remedy: string) =>
    found.slice(0, 1).map(
      (date): Finding => ({
        series,
        check,
        date,
        value: found.length,
        threshold: 0,
        severity: "error",
        remedy,
      }),
    );
  const ends = [...seen]
    .map(dayNumber)
    .filter((day) => endOf(day) === day)
    .sort((a, b) => a - b);
  return [
    ...counted(
      "invalid-date",
      invalid,
      `write ${frequency === "daily" ? "days" : `last days of ${frequency === "weekly" ? "weeks (Fridays)" : "months"}`} as YYYY-MM-DD, or correct the frequency`,
    ),
    ...counted("duplicate", duplicate, "delete one of the rows of each date"),
    ...counted("unsorted", unsorted, "sort the rows by date, ascending"),
    ...gaps(series, ends, rules),
    ...(asOf === undefined
      ? []
      : unfinished(series, ends, { frequency, asOf, current: endOf(dayNumber(asOf)) })),
  ];
}

/** No exchange closes for a year: so long a hole in daily rows is a slip of a date, such as 2099 for 2024. */
const LONGEST_CLOSURE = 366;

/** Every missing week or month is an error, for look-back windows count rows; of days, holidays are missing as a rule. */
function gaps(
  series: string,
  ends: readonly number[],
  { frequency, falseAlarms, weekEnd = FRIDAY }: DateRules,
): Finding[] {
  const everyDay = tradesEveryDay(Int32Array.from(ends));
  const next = (end: number) => {
    let day = periodEnd(end + 1, frequency, weekEnd);
    if (frequency === "daily" && !everyDay) while (lastWeekday(day) !== day) day++;
    return day;
  };
  const holes: { readonly from: number; readonly missing: number }[] = [];
  for (const [i, last] of ends.entries()) {
    let missing = 0;
    const from = next(last);
    for (let end = from; end < ends[i + 1]!; end = next(end)) missing++;
    if (missing > 0) holes.push({ from, missing });
  }
  const all = holes.reduce((sum, { missing }) => sum + missing, 0);
  return holes.flatMap(({ from, missing }): Finding[] => {
    const expected = ends.length + all;
    const rate = (all - missing) / (expected - missing);
    const bound = frequency === "daily" ? runBound(expected, rate, falseAlarms) - 1 : 0;
    if (missing <= bound) return [];
    const isClosure = frequency === "daily" && missing <= LONGEST_CLOSURE;
    return [
      {
        series,
        check: "gap",
        date: isoDate(from),
        value: missing,
        threshold: bound,
        severity: isClosure ? "warning" : "error",
        remedy: isClosure
          ? "compare with a calendar of the exchange, and download the file again if it was open"
          : "add the missing periods, or take a range without the gap; if the date after it is a slip, correct that",
      },
    ];
  });
}

/** Periods that were not over on the day `asOf`; the one that it lies in ends on the day `current`. */
function unfinished(
  series: string,
  ends: readonly number[],
  {
    frequency,
    asOf,
    current,
  }: { readonly frequency: Frequency; readonly asOf: string; readonly current: number },
): Finding[] {
  const future = ends.filter((end) => end > current);
  // A day is over on the next; a week or month with its last weekday.
  const over = frequency === "daily" ? current + 1 : lastWeekday(current);
  return [
    ...future.slice(0, 1).map(
      (end): Finding => ({
        series,
        check: "future",
        date: isoDate(end),
        value: future.length,
        threshold: 0,
        severity: "error",
        remedy: `correct the dates after ${asOf}, the day on which the data were obtained, or that day`,
      }),
    ),
    ...ends
      .filter((end) => end === current && dayNumber(asOf) < over)
      .map(
        (end): Finding => ({
          series,
          check: "partial",
          date: isoDate(end),
          value: over - dayNumber(asOf),
          threshold: 0,
          severity: frequency === "daily" ? "warning" : "error",
          remedy: `drop the last ${frequency === "daily" ? "day: it may be a snapshot before the close" : "row: its period was not over when the data were obtained"}`,
        }),
      ),
  ];
}
