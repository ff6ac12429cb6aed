/** Dates as publishers write them. */

import { dayNumber, dayOf, isoDate, periodEnd } from "../../panel/calendar.js";
import { DataError } from "../../types.js";
import type { TextTable } from "./csv.js";

/** Order of day and month where the year comes last: month/day/year or day/month/year. */
export type DateOrder = "MDY" | "DMY";

interface Notation {
  /** As messages write it. */
  readonly label: string;
  readonly is: RegExp;
  readonly day: (match: RegExpExecArray) => number;
}

/** Year first: nothing to choose. What follows a day, a time and an offset, is the publisher's clock: the date stands as written. */
const YEAR_FIRST: readonly Notation[] = [
  {
    label: "YYYY-MM-DD",
    is: /^(\d{4}-\d{2}-\d{2})(?=$|[ T])/,
    day: ([, iso]) => dayNumber(iso!),
  },
  {
    label: "YYYY/MM/DD",
    is: /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?=$|[ T])/,
    day: ([, year, month, day]) => dayOf(+year!, +month!, +day!),
  },
  {
    label: "YYYYMMDD",
    is: /^(\d{4})(\d{2})(\d{2})$/,
    day: ([, year, month, day]) => dayOf(+year!, +month!, +day!),
  },
  {
    // A month stands for its end, as in all files of this project.
    label: "YYYY-MM",
    is: /^(\d{4})-(\d{2})$/,
    day: ([, year, month]) => {
      const first = dayOf(+year!, +month!, 1);
      return Number.isNaN(first) ? first : periodEnd(first, "monthly");
    },
  },
];

const YEAR_LAST = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?=$|[ T])/;

/** Two digits of a year as POSIX reads them: 69 to 99 are 1969 to 1999. */
const fullYear = (digits: string): number =>
  digits.length === 4 ? +digits : +digits + (+digits < 69 ? 2000 : 1900);

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
 * `order`; it is never guessed.
 *
 * @returns days since 1970-01-01; NaN for an empty cell
 * @throws DataError if the order of day and month cannot be known, or a cell is no date of the notation
 */
export function daysOfDates(
  table: Pick<TextTable, "file" | "line">,
  cells: readonly string[],
  order: DateOrder | undefined,
): Float64Array {
  const notation = notationOf(table, cells, order);
  return Float64Array.from(cells, (cell, row) => {
    if (cell === "") return Number.NaN;
    const match = notation.is.exec(cell);
    const day = match ? notation.day(match) : Number.NaN;
    if (Number.isNaN(day))
      throw new DataError(
        `${table.file}:${table.line(row)}: date must be ${notation.label}, got ${JSON.stringify(cell)}; correct or delete the row`,
      );
    return day;
  });
}

/** True for a cell that is written like a date. */
export const looksLikeDate = (cell: string): boolean =>
  [...YEAR_FIRST.map(({ is }) => is), YEAR_LAST].some((is) => is.test(cell));

function notationOf(
  table: Pick<TextTable, "file" | "line">,
  cells: readonly string[],
  order: DateOrder | undefined,
): Notation {
  const first = cells.find(looksLikeDate);
  const known = YEAR_FIRST.find(({ is }) => first && is.test(first));
  if (known || first === undefined) return known ?? YEAR_FIRST[0]!;
  if (order) return yearLast(order);
  const matches = cells.map((cell) => YEAR_LAST.exec(cell));
  const deciding = matches.find((m) => m && (+m[1]! > 12 || +m[3]! > 12));
  if (deciding) return yearLast(+deciding[1]! > 12 ? "DMY" : "MDY");
  const row = matches.findIndex((m) => m && +m[1]! !== +m[3]!);
  if (row < 0) return yearLast("MDY");
  const as = (o: DateOrder) => isoDate(yearLast(o).day(matches[row]!));
  throw new DataError(
    `${table.file}:${table.line(row)}: dates must show which number is the month, but ${JSON.stringify(cells[row])} can be ${as("MDY")} or ${as("DMY")} and no row decides it; say dates: "MDY" or dates: "DMY"`,
  );
}

/** Milliseconds since 1970 of a Unix time in seconds, milliseconds or microseconds, told apart by their digits; NaN for anything else. */
export function unixTime(cell: string): number {
  if (/^\d{10}$/.test(cell)) return +cell * 1000;
  return /^(\d{13}|\d{16})$/.test(cell) ? +cell.slice(0, 13) : Number.NaN;
}
