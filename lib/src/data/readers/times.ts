/** Times of day beside dates: on which day of the calendar a row belongs. */

import { dayOf, dayOfTime, weekday } from "../../panel/calendar.js";
import { DataError } from "../../types.js";
import { option, type Places } from "./numbers.js";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** A time as it is written. */
export interface TimeOfDay {
  /** Milliseconds since midnight. */
  readonly time: number;
  /** Milliseconds by which its zone is ahead of UTC; undefined where the cell names none. */
  readonly offset: number | undefined;
}

const TIME =
  /^[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)? ?([AP]M)?(?: ?(Z|UTC|GMT)| ?([+-])(\d{2}):?(\d{2}))?$/i;

/** The time in what follows a date; undefined where it is none. */
export function timeOfDay(tail: string): TimeOfDay | undefined {
  const match = TIME.exec(tail);
  if (!match) return undefined;
  const [, hour, minute, second, fraction, half, utc, sign, hours, minutes] = match;
  const clock = half ? (+hour! % 12) + (/p/i.test(half) ? 12 : 0) : +hour!;
  const time = (clock * 60 + +minute!) * MINUTE + 1000 * (+(second ?? 0) + +(fraction ?? 0));
  const ahead = sign ? (sign === "-" ? -1 : 1) * (+hours! * 60 + +minutes!) * MINUTE : 0;
  return { time, offset: utc || sign ? ahead : undefined };
}

/** No midnight, nor the last minute of a day, which is its end. */
const isWithin = ({ time }: TimeOfDay): boolean => time > 0 && time < DAY - MINUTE;

/** After noon: a midnight to the east of the zone that is written, or a close. */
const isLate = (stamp: TimeOfDay): boolean => isWithin(stamp) && stamp.time > DAY / 2;

/** Dates as they are written, row by row, with the times beside them. */
interface Stamped {
  readonly cells: readonly string[];
  readonly days: Int32Array;
  readonly stamps: readonly (TimeOfDay | undefined)[];
}

/**
 * Days of the calendar to which rows belong.
 *
 * A date with a midnight, or without a time, is the day itself. Other times are put on their days by `timeZone`. Without it, the
 * dates count as they are written where this can only be right: at hours before noon (midnights west of the zone that is written)
 * and at closes. It cannot where hours before and after noon are mixed (midnights of London in UTC are 00:00 and 23:00), where
 * there are Sundays and no Fridays, and where hours of UTC after noon are not known to be closes, since no Friday shows it.
 *
 * @throws DataError naming the option
 */
export function calendarDays(
  table: Places,
  { cells, days, stamps }: Stamped,
  timeZone: string | undefined,
): Int32Array {
  const timed = [...stamps.keys()].filter((row) => stamps[row] && isWithin(stamps[row]));
  if (timeZone !== undefined) {
    const local = localDay(timeZone);
    if (!local)
      throw new DataError(
        `${table.file}: timeZone must be a zone such as "Europe/London" or "UTC", got ${JSON.stringify(timeZone)}; correct the name`,
      );
    return days.map((day, row) => {
      const stamp = stamps[row];
      return stamp ? local(day * DAY + stamp.time - (stamp.offset ?? 0)) : day;
    });
  }
  if (timed.length === 0) return days;
  const late = timed.find((row) => isLate(stamps[row]!));
  const early = [...stamps.keys()].find((row) => stamps[row] && stamps[row].time <= DAY / 2);
  const refuse = (row: number, why: string) =>
    new DataError(
      `${table.file}:${table.line(row)}: times must show to which day a row belongs, but ${why}; say ${option('timeZone: "UTC" for days of UTC, or the zone of the exchange, such as timeZone: "Europe/London"')}`,
    );
  if (late !== undefined && early !== undefined)
    throw refuse(
      Math.max(late, early),
      `${JSON.stringify(cells[early])} is before noon and ${JSON.stringify(cells[late])} after it`,
    );
  const has = (wanted: number) => days.some((day) => weekday(day) === wanted);
  const [sunday, friday] = [days.findIndex((day) => weekday(day) === 0), has(5)];
  if (sunday >= 0 && !friday)
    throw refuse(sunday, `${JSON.stringify(cells[sunday])} is a Sunday and no row is a Friday`);
  if (late !== undefined && stamps[late]!.offset === 0 && (sunday >= 0 || !friday))
    throw refuse(late, `${JSON.stringify(cells[late])} is neither a midnight nor surely a close`);
  return days;
}

/** Day of a zone at a time in milliseconds since 1970; undefined if there is no such zone. */
export function localDay(zone: string): ((milliseconds: number) => number) | undefined {
  if (zone === "UTC") return dayOfTime;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", { timeZone: zone });
  } catch {
    return undefined;
  }
  return (milliseconds) => {
    // month/day/year in this locale, which every build of Node has.
    const [month, day, year] = format.format(milliseconds).split("/");
    return dayOf(+year!, +month!, +day!);
  };
}
