/** Weekdays on which a series does not trade: the holidays that can end a week or a month. */

import { dayOf, isoDate, lastWeekday, weekday } from "./calendar.js";

const MONDAY = 1;

/** Easter Sunday of a year (Butcher's rule for the Gregorian calendar). */
function easter(year: number): number {
  const century = Math.floor(year / 100);
  const moon = year % 19;
  const shift =
    (19 * moon + century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 15) % 30;
  const full =
    shift -
    Math.floor(shift / 28) * (1 - Math.floor(29 / (shift + 1)) * Math.floor((21 - moon) / 11));
  const days = (year + Math.floor(year / 4) + full + 2 - century + Math.floor(century / 4)) % 7;
  return dayOf(year, 3, 28) + full - days;
}

const lastMonday = (year: number, month: number): number => {
  let day = dayOf(year, month, 31);
  while (weekday(day) !== MONDAY) day--;
  return day;
};

/** Holidays of large exchanges (New York, London, Frankfurt, Tokyo) on which a week or a month can end. */
const HOLIDAYS: readonly ((year: number) => number)[] = [
  ...[
    [1, 1],
    [5, 1],
    [7, 4],
    [12, 24],
    [12, 25],
    [12, 26],
    [12, 31],
  ].map(
    ([month, day]) =>
      (year: number) =>
        dayOf(year, month!, day!),
  ),
  (year) => easter(year) - 2,
  (year) => easter(year) + 1,
  // Memorial Day, and the bank holidays of late May and of August.
  (year) => lastMonday(year, 5),
  (year) => lastMonday(year, 8),
];

const yearOf = (day: number): number => Number(isoDate(day).slice(0, 4));

/** True for a holiday on which the series did not trade in any year that it knows. */
function isHoliday(day: number, days: Int32Array): boolean {
  const year = yearOf(day);
  return HOLIDAYS.some((on) => {
    if (on(year) !== day) return false;
    for (let y = yearOf(days[0]!); y < year; y++) if (days.includes(on(y))) return false;
    return true;
  });
}

/**
 * Last day up to `end` on which a series of weekdays can have traded: neither a weekend, nor a holiday on which it never
 * traded, nor a day on which the others were closed.
 *
 * @param days of the series, ascending
 * @param closed what the other series of a panel say of a day
 */
export function lastTradingDay(
  end: number,
  days: Int32Array,
  closed: (day: number) => boolean = () => false,
): number {
  let day = lastWeekday(end);
  while (day > days.at(-1)! && (isHoliday(day, days) || closed(day))) day = lastWeekday(day - 1);
  return day;
}

/** Says of a day that those series of weekdays that go on after it all lack it. */
export function panelClosed(all: readonly Int32Array[]): (day: number) => boolean {
  const known = new Map<number, boolean>();
  return (day) => {
    const found = known.get(day);
    if (found !== undefined) return found;
    const later = all.filter((days) => days.at(-1)! > day);
    const closed = later.length > 0 && later.every((days) => !days.includes(day));
    known.set(day, closed);
    return closed;
  };
}
