/** Dates as files write them, and the days to which times belong. 2020-02-29 is day 18,321 since 1970-01-01. */

import { describe, expect, it } from "vitest";
import {
  type DateOptions,
  daysOfDates,
  looksLikeDate,
  unixTime,
} from "../lib/src/data/readers/dates.js";

const table = { file: "made.csv", line: (row: number) => row + 2 };
const daysOf = (cells: readonly string[], options: DateOptions = {}) => [
  ...daysOfDates(table, cells, options),
];
const LEAP = 18_321;

describe("daysOfDates", () => {
  it.each([
    "2020-02-29",
    "2020-02-29 00:00:00",
    "2020/2/29",
    "2020.02.29",
    "20200229",
    "2020-02",
    "29 Feb 2020",
    "29-February-20",
    "29FEB2020",
    "Feb. 29, 2020",
    "February 2020",
    "Feb-2020",
    "2020年2月29日",
    "29/02/2020",
    "02/29/20",
    "29.2.2020",
    "1582934400",
    "1582934400000",
    "1582934400000000",
    "1582934400000000000",
    "1582934400.25",
  ])("are known from %s", (cell) => {
    expect(looksLikeDate(cell) || !Number.isNaN(unixTime(cell))).toBe(true);
    expect(daysOf([cell])).toEqual([LEAP]);
  });

  it.each(["Jan", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])(
    "have months by name: %s",
    (month) => {
      const at = Date.parse(`1 ${month} 2021 UTC`) / 86_400_000;
      expect(daysOf([`1 ${month} 2021`])).toEqual([at]);
    },
  );

  it("have a century where two digits leave no doubt", () => {
    const yearOf = (cell: string) => new Date(daysOf([cell])[0]! * 86_400_000).getUTCFullYear();
    expect(["1 Jan 00", "1 Jan 29", "1 Jan 69", "1 Jan 99"].map(yearOf)).toEqual([
      2000, 2029, 1969, 1999,
    ]);
    for (const year of [30, 68])
      expect(() => daysOf([`1 Jan ${year}`])).toThrow(
        `made.csv:2: date must show its century, but the year of "1 Jan ${year}" can be 19${year} or 20${year}`,
      );
    expect(() => daysOf(["32 Jan 69"])).toThrow("date must be day Month year, got");
    expect(() => daysOf(["2021-01-31", "2021-13-40"])).toThrow(
      'made.csv:3: date must be YYYY-MM-DD, got "2021-13-40"',
    );
  });

  it("have an order of day and month that one row decides", () => {
    const first = daysOf(["2021-04-03"])[0]!;
    expect(daysOf(["03/04/2021", "13/04/2021"])).toEqual([first, first + 10]);
    expect(daysOf(["04/03/2021", "04/13/2021"])).toEqual([first, first + 10]);
    expect(daysOf(["04/04/2021"])).toEqual([first + 1]);
    expect(daysOf(["03/04/2021"], { dates: "DMY" })).toEqual([first]);
    expect(daysOf(["04/03/2021"], { dates: "MDY" })).toEqual([first]);
    expect(() => daysOf(["04/04/2021", "12/04/2021"])).toThrow(
      'made.csv:3: dates must show which number is the month, but "12/04/2021" can be 2021-12-04 or 2021-04-12',
    );
    expect(() => daysOf(["04/12/2021"])).toThrow("can be 2021-04-12 or 2021-12-04");
    // No row that has a century is open.
    expect(() => daysOf(["03/04/45", "05/06/2021"])).toThrow("made.csv:3: dates must show");
  });

  it("are all in the notation of the first", () => {
    expect(() => daysOf(["2021-01-31", "28 Feb 2021"])).toThrow(
      'made.csv:3: date must be YYYY-MM-DD, got "28 Feb 2021"',
    );
    expect(() => daysOf(["nothing"])).toThrow("made.csv:2: date must be YYYY");
  });

  it.each(["2020-02-29", "2020/02/29", "29 Feb 2020", "Feb 29, 2020", "29.02.2020"])(
    "may have a time behind them: %s",
    (date) => {
      expect(daysOf([`${date} 05:00`])).toEqual([LEAP]);
      expect(() => daysOf([`${date} 05:00`, `${date} 21:00`])).toThrow(
        `"${date} 05:00" is before noon and "${date} 21:00" after it`,
      );
      expect(daysOf([`${date} 22:59`, `${date} 23:00`], { timeZone: "Europe/Berlin" })).toEqual([
        ...[LEAP, LEAP + 1],
      ]);
    },
  );

  it("of Unix times have their time of day: hours before and after noon belong to no one day", () => {
    expect(() => daysOf(["1582938000", "1582984800"])).toThrow(
      '"1582938000" is before noon and "1582984800" after it',
    );
    expect(daysOf(["1582938000", "1582984800"], { timeZone: "UTC" })).toEqual([LEAP, LEAP]);
    expect(daysOf(["1582934399"], { timeZone: "Europe/Berlin" })).toEqual([LEAP]);
    expect(daysOf(["1582934399"], { timeZone: "America/New_York" })).toEqual([LEAP - 1]);
  });
});

it("unixTime is milliseconds, whatever the unit", () => {
  const times = ["1582934400", "1582934400123", "1582934400123456", "1582934400123456789"];
  expect(times.map(unixTime)).toEqual([1582934400000, ...Array(3).fill(1582934400123)]);
  expect(["15829344001", "word", "", "158293440012"].map(unixTime)).toEqual(Array(4).fill(NaN));
});
