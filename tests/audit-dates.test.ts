/** Findings on dates, each by hand: faults that are counted, holes, and periods that were not over. */

import { describe, expect, it } from "vitest";
import { dateFindings } from "../lib/src/data/audit/dates.js";
import { dayNumber, isoDate } from "../lib/src/panel/calendar.js";
import { days, months } from "./support/audited.js";

const RULES = { falseAlarms: 0.01, annualScale: 3 };
const told = (
  dates: readonly string[],
  frequency: "daily" | "weekly" | "monthly",
  more: { asOf?: string; weekEnd?: 3 } = {},
) =>
  dateFindings("X", dates, { ...RULES, frequency, ...more }).map(
    ({ check, date, value, threshold, severity }) => [check, date, value, threshold, severity],
  );
/** Fridays from 2018-01-05. */
const fridays = (n: number) =>
  Array.from({ length: n }, (_, i) => isoDate(dayNumber("2018-01-05") + 7 * i));

describe("dates", () => {
  it("have one finding for each fault, with the first date and their number", () => {
    const [a, b, c, d, e] = months(5) as [string, string, string, string, string];
    expect(told([a, b, c, d, e], "monthly")).toEqual([]);
    expect(told([a, a, b, b, b, c, d, e], "monthly")).toEqual([["duplicate", a, 3, 0, "error"]]);
    expect(told([e, d, c, b, a], "monthly")).toEqual([["unsorted", d, 4, 0, "error"]]);
    const invalid = ["2018-02-27", "2018-02-30", "february"];
    expect(told([a, b, ...invalid, c, d, e], "monthly")).toEqual([
      ["invalid-date", "2018-02-27", 3, 0, "error"],
    ]);
    // What is invalid moves no date on, and is no duplicate of itself.
    expect(told([a, "2018-04-29", "2018-04-29", b], "monthly")).toEqual([
      ["invalid-date", "2018-04-29", 2, 0, "error"],
    ]);
  });

  it("of weeks end on Fridays, or on the day that is said", () => {
    const all = fridays(6);
    expect(told(all, "weekly")).toEqual([]);
    expect(told(all.toSpliced(2, 2), "weekly")).toEqual([["gap", all[2], 2, 0, "error"]]);
    const wednesdays = all.map((date) => isoDate(dayNumber(date) - 2));
    expect(told(wednesdays, "weekly", { weekEnd: 3 })).toEqual([]);
    expect(told(wednesdays.toSpliced(3, 1), "weekly", { weekEnd: 3 })).toEqual([
      ["gap", wednesdays[3], 1, 0, "error"],
    ]);
    expect(told(wednesdays, "weekly")).toEqual([["invalid-date", wednesdays[0], 6, 0, "error"]]);
  });

  it("of days may lack holidays, as often as the series has them", () => {
    const weekdays = days(400).map(isoDate);
    // 14 single holidays and one run of four: 18 of 400. Of the rest 14 / 396: 400 x p^2 is above 0.01, 400 x p^3 is not.
    const open = weekdays.filter((_, i) => i % 28 !== 5 && !(i >= 200 && i < 204));
    expect(weekdays.length - open.length).toBe(18);
    expect(told(open, "daily")).toEqual([["gap", weekdays[200], 4, 3, "warning"]]);
    const three = weekdays.filter((_, i) => i % 28 !== 5 && !(i >= 200 && i < 203));
    expect(told(three, "daily")).toEqual([]);
  });

  it("of days without weekends lack none on a Saturday", () => {
    expect(told(days(30).map(isoDate), "daily")).toEqual([]);
    const every = days(30, true).map(isoDate);
    expect(told(every, "daily")).toEqual([]);
    expect(told(every.toSpliced(10, 1), "daily")).toEqual([["gap", every[10], 1, 0, "warning"]]);
  });

  it("of days are over on the next, those of weeks and months with their last weekday", () => {
    const daily = days(10).map(isoDate);
    const last = daily.at(-1)!;
    const next = isoDate(dayNumber(last) + 1);
    expect(told(daily, "daily", { asOf: next })).toEqual([]);
    expect(told(daily, "daily", { asOf: last })).toEqual([["partial", last, 1, 0, "warning"]]);
    expect(told(daily, "daily", { asOf: daily[6]! })).toEqual([
      ["future", daily[7], 3, 0, "error"],
      ["partial", daily[6], 1, 0, "warning"],
    ]);
    const weeks = fridays(4);
    expect(told(weeks, "weekly", { asOf: weeks[3]! })).toEqual([]);
    const thursday = isoDate(dayNumber(weeks[3]!) - 1);
    expect(told(weeks, "weekly", { asOf: thursday })).toEqual([
      ["partial", weeks[3], 1, 0, "error"],
    ]);
    // A Saturday lies in the week that ends on the next Friday.
    const saturday = isoDate(dayNumber(weeks[1]!) + 1);
    expect(told(weeks, "weekly", { asOf: saturday })).toEqual([
      ["future", weeks[3], 1, 0, "error"],
      ["partial", weeks[2], 6, 0, "error"],
    ]);
  });
});
