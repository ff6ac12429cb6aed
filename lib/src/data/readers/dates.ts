/** Dates as publishers write them. */

import { dayNumber, dayOf, dayOfTime, isoDate, periodEnd } from "../../panel/calendar.js";
import { DataError } from "../../types.js";
import { option, type Places } from "./numbers.js";
import { calendarDays, timeOfDay } from "./times.js";

/** Order of day and month where the year comes last: month/day/year or day/month/year. */
export type DateOrder = "MDY" | "DMY";

/** How to read dates that the file itself leaves open. */
export interface DateOptions {
  /** Order of day and month in dates such as 03/04/2021, where no row decides it. */
  readonly dates?: DateOrder;
  /**
   * Zone of the exchange whose days are meant, such as "Europe/London", where dates have times that are no midnights of it;
   * times without an offset are taken for UTC. "UTC" takes the days of UTC.
   */
  readonly timeZone?: string;
}

interface Notation {
  /** As messages write it. */
  readonly label: string;
  readonly is: RegExp;
  /** Day, NaN if it is not in the calendar. */
  readonly day: (match: RegExpExecArray) => number;
  /** Milliseconds since the beginning of the day, in UTC, where the notation is of an instant. */
  readonly time?: (match: RegExpExecArray) => number;
}

const END = "(?=$|[ T])";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH = `((?:${MONTHS.join("|")})[a-z]{0,6})`;

/** Number of an English month. */
const monthOf = (word: string): number => MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;

/** Nothing to choose: the year comes first, the month has a name, or the time is counted. */
const PLAIN: readonly Notation[] = [
  {
    label: "YYYY-MM-DD",
    is: new RegExp(`^(\\d{4}-\\d{2}-\\d{2})${END}`),
    day: ([, iso]) => dayNumber(iso!),
  },
  {
    label: "YYYY/MM/DD",
    is: new RegExp(`^(\\d{4})[/.-](\\d{1,2})[/.-](\\d{1,2})${END}`),
    day: ([, year, month, day]) => dayOf(+year!, +month!, +day!),
  },
  {
    label: "YYYYMMDD",
    is: /^(\d{4})(\d{2})(\d{2})$/,
    day: ([, year, month, day]) => dayOf(+year!, +month!, +day!),
  },
  {
    label: "YYYY-MM",
    is: /^(\d{4})-(\d{2})$/,
    day: ([, year, month]) => endOfMonth(+year!, +month!),
  },
  {
    label: "day Month year",
    is: new RegExp(`^(\\d{1,2})[ /-]?${MONTH}\\.?[ /-]?(\\d{4}|\\d{2})${END}`, "i"),
    day: ([, day, month, year]) => dayOf(fullYear(year!), monthOf(month!), +day!),
  },
  {
    label: "Month day, year",
    is: new RegExp(`^${MONTH}\\.? (\\d{1,2}),? (\\d{4})${END}`, "i"),
    day: ([, month, day, year]) => dayOf(+year!, monthOf(month!), +day!),
  },
  {
    label: "Month year",
    is: new RegExp(`^${MONTH}\\.?[ -](\\d{4})$`, "i"),
    day: ([, month, year]) => endOfMonth(+year!, monthOf(month!)),
  },
  {
    label: "YYYY年M月D日",
    is: /^(\d{4})年(\d{1,2})月(\d{1,2})日$/,
    day: ([, year, month, day]) => dayOf(+year!, +month!, +day!),
  },
];

/** Digits tell the unit: seconds, milliseconds, microseconds, nanoseconds; packages add a fraction. */
const UNIX: Notation = {
  label: "a Unix time of 10, 13, 16 or 19 digits",
  is: /^(\d{10}|\d{13}|\d{16}|\d{19})(\.\d*)?$/,
  day: ([cell]) => dayOfTime(unixTime(cell!)),
  time: ([cell]) => unixTime(cell!) % 86_400_000,
};

const YEAR_LAST = new RegExp(`^(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4}|\\d{2})${END}`);

/** A month stands for its end, as in all files of this project. */
function endOfMonth(year: number, month: number): number {
  const first = dayOf(year, month, 1);
  return Number.isNaN(first) ? first : periodEnd(first, "monthly");
}

/** Two digits of a year where all programs agree on the century; of 30 to 68, spreadsheets make the last one, POSIX the next: NaN. */
function fullYear(digits: string): number {
  if (digits.length === 4) return +digits;
  if (+digits < 30) return +digits + 2000;
  return +digits < 69 ? Number.NaN : +digits + 1900;
}

const yearLast = (order: DateOrder): Notation => ({
  label: order === "MDY" ? "month/day/year" : "day/month/year",
  is: YEAR_LAST,
  day: ([, first, , second, year]) =>
    order === "MDY"
      ? dayOf(fullYear(year!), +first!, +second!)
      : dayOf(fullYear(year!), +second!, +first!),
});

/**
 * Days of a column of dates; all are in the notation of the first.
 *
 * Whether 03/04/2021 is in March or in April is seen from the other rows, one of whose numbers is above 12, or said by
 * `dates`; it is never guessed. Nor is the day of a time that is no midnight: see `calendarDays`.
 *
 * @param options.order what the publisher documents
 * @returns days since 1970-01-01
 * @throws DataError if the order of day and month, or the day of a time, cannot be known, or a cell is no date of the notation
 */
export function daysOfDates(
  table: Places,
  cells: readonly string[],
  { dates, timeZone, order }: DateOptions & { readonly order?: DateOrder },
): Int32Array {
  const notation = notationOf(table, cells, dates ?? order);
  const times = new Float64Array(cells.length);
  const tails = cells.map(() => "");
  const days = Int32Array.from(cells, (cell, row) => {
    const match = notation.is.exec(cell);
    const day = match ? notation.day(match) : Number.NaN;
    if (Number.isNaN(day)) throw noDate(`${table.file}:${table.line(row)}`, notation, cell);
    times[row] = notation.time?.(match!) ?? 0;
    tails[row] = cell.slice(match![0].length);
    return day;
  });
  const stamps = tails.map((tail, row) =>
    notation.time ? { time: times[row]!, offset: 0 } : timeOfDay(tail),
  );
  return calendarDays(table, { cells, days, stamps }, timeZone);
}

function noDate(place: string, { label }: Notation, cell: string): DataError {
  const short = /(?:^|\D)([3-6]\d)$/.exec(cell.replace(/[ T].*:.*$/, ""));
  return short && +short[1]! < 69 && !/^\d{4}/.test(cell)
    ? new DataError(
        `${place}: date must show its century, but the year of ${JSON.stringify(cell)} can be 19${short[1]} or 20${short[1]}; write years of four digits`,
      )
    : new DataError(
        `${place}: date must be ${label}, got ${JSON.stringify(cell)}; correct the date, or delete the line if it is no row of data`,
      );
}

/** True for a cell that is written like a date of the calendar. */
export const looksLikeDate = (cell: string): boolean =>
  PLAIN.some(({ is }) => is.test(cell)) || YEAR_LAST.test(cell);

/** Ways to write a date that are read, for messages. */
export const DATES_READ = "2021-01-29, 01/29/2021, 29.01.2021, 29 Jan 2021 or a Unix time";

function notationOf(table: Places, cells: readonly string[], order?: DateOrder): Notation {
  const first = cells.find((cell) => looksLikeDate(cell) || UNIX.is.test(cell));
  const known = [UNIX, ...PLAIN].find(({ is }) => first !== undefined && is.test(first));
  if (known || first === undefined) return known ?? PLAIN[0]!;
  if (order) return yearLast(order);
  const matches = cells.map((cell) => YEAR_LAST.exec(cell));
  const deciding = matches.find((m) => m && (+m[1]! > 12 || +m[3]! > 12));
  if (deciding) return yearLast(+deciding[1]! > 12 ? "DMY" : "MDY");
  const row = matches.findIndex((m) => m && +m[1]! !== +m[3]! && !Number.isNaN(fullYear(m[4]!)));
  if (row < 0) return yearLast("MDY");
  const as = (o: DateOrder) => isoDate(yearLast(o).day(matches[row]!));
  throw new DataError(
    `${table.file}:${table.line(row)}: dates must show which number is the month, but ${JSON.stringify(cells[row])} can be ${as("MDY")} or ${as("DMY")} and no row decides it; say ${option('dates: "MDY" or dates: "DMY"')}`,
  );
}

/** Milliseconds since 1970 of a Unix time in seconds, milli-, micro- or nanoseconds, told apart by their digits; NaN for anything else. */
export function unixTime(cell: string): number {
  const digits = UNIX.is.exec(cell)?.[1];
  if (digits === undefined) return Number.NaN;
  return digits.length === 10 ? +digits * 1000 : +digits.slice(0, 13);
}
