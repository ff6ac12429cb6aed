/** The last price of each period, and the days that a period lacks. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber, isoDate, periodEnd, type Weekday, weekday } from "../lib/src/panel/calendar.js";
import { lastTradingDay } from "../lib/src/panel/closed-days.js";
import {
  type DailySeries,
  daysMissing,
  lastOfPeriod,
  type PeriodSeries,
  tradesEveryDay,
} from "../lib/src/panel/resample.js";
import { RUNS } from "./support/helpers.js";

const daily = (observations: Readonly<Record<string, number>>): DailySeries => ({
  days: Int32Array.from(Object.keys(observations), dayNumber),
  values: Float64Array.from(Object.values(observations)),
});

const dated = ({ ends, values }: PeriodSeries) =>
  Object.fromEntries([...ends].map((end, i) => [isoDate(end), values[i]!]));

/** A series with holes, on weekdays only or on every day of the week; a value is its day number. */
const series = fc
  .record({
    start: fc.integer({ min: 17_000, max: 18_000 }),
    kept: fc.array(fc.boolean(), { minLength: 40, maxLength: 150 }),
    weekends: fc.boolean(),
  })
  .map(({ start, kept, weekends }): DailySeries => {
    const days = kept
      // Two whole weeks at the start tell which kind of series it is.
      .flatMap((keep, i) => (keep || i < 14 ? [start + i] : []))
      .filter((day) => weekends || weekday(day) % 6 !== 0);
    return { days: Int32Array.from(days), values: Float64Array.from(days) };
  });

const frequencies = fc.constantFrom("weekly" as const, "monthly" as const);

describe("lastOfPeriod", () => {
  it("takes the last observation, dated by the last day of the period", () => {
    const prices = daily({
      "2018-01-30": 1,
      "2018-01-31": 2,
      "2018-02-01": 3,
      "2018-02-27": 4,
      "2018-03-30": 5,
    });
    expect(dated(lastOfPeriod(prices, "monthly"))).toEqual({
      "2018-01-31": 2,
      "2018-02-28": 4,
      "2018-03-31": 5,
    });
  });

  it("puts a Saturday into the week of the next Friday", () => {
    const prices = daily({
      "2018-01-05": 1,
      "2018-01-06": 2,
      "2018-01-11": 3,
      "2018-01-19": 4,
    });
    expect(dated(lastOfPeriod(prices, "weekly"))).toEqual({
      "2018-01-05": 1,
      "2018-01-12": 3,
      "2018-01-19": 4,
    });
  });

  it("keeps every observation at daily frequency", () => {
    const prices = daily({ "2018-01-05": 1, "2018-01-06": 2, "2018-01-09": 3 });
    expect(lastOfPeriod(prices, "daily")).toEqual({
      ends: prices.days,
      values: prices.values,
    });
  });

  it("drops the last month while it is partial", () => {
    const prices = daily({
      "2024-11-29": 1,
      "2024-11-30": 2,
      "2024-12-06": 3,
      "2024-12-07": 4,
    });
    expect(dated(lastOfPeriod(prices, "monthly"))).toEqual({ "2024-11-30": 2 });
  });

  it("counts a month as over on its last weekday where a series has no weekends", () => {
    // September 2018 ends on a Sunday.
    const throughFriday = { "2018-08-31": 1, "2018-09-27": 2, "2018-09-28": 3 };
    expect(dated(lastOfPeriod(daily(throughFriday), "monthly"))).toEqual({
      "2018-08-31": 1,
      "2018-09-30": 3,
    });
    const throughThursday = { "2018-08-31": 1, "2018-09-27": 2 };
    expect(dated(lastOfPeriod(daily(throughThursday), "monthly"))).toEqual({
      "2018-08-31": 1,
    });
  });

  it("waits for the last day of all where a series has weekends", () => {
    const throughFriday = { "2018-08-31": 1, "2018-09-22": 2, "2018-09-28": 3 };
    expect(dated(lastOfPeriod(daily(throughFriday), "monthly"))).toEqual({
      "2018-08-31": 1,
    });
    const throughSunday = { ...throughFriday, "2018-09-30": 4 };
    expect(dated(lastOfPeriod(daily(throughSunday), "monthly"))).toEqual({
      "2018-08-31": 1,
      "2018-09-30": 4,
    });
  });

  it("skips a period without observations", () => {
    const prices = daily({ "2018-01-31": 1, "2018-03-30": 2 });
    expect(dated(lastOfPeriod(prices, "monthly"))).toEqual({
      "2018-01-31": 1,
      "2018-03-31": 2,
    });
  });

  it("is empty for an empty series", () => {
    expect(lastOfPeriod(daily({}), "monthly")).toEqual({
      ends: new Int32Array(),
      values: new Float64Array(),
    });
  });

  it("is the slow search for the latest day of each period", () => {
    fc.assert(
      fc.property(series, frequencies, (prices, frequency) => {
        const { ends, values } = lastOfPeriod(prices, frequency);
        const searched = [...ends].map((end) =>
          Math.max(...prices.days.filter((day) => periodEnd(day, frequency) === end)),
        );
        expect([...values]).toEqual(searched);
        expect([...ends]).toEqual([...ends].sort((a, b) => a - b));
      }),
      RUNS,
    );
  });

  it("ends weeks on the day that is chosen", () => {
    // 3 January 2018 is a Wednesday.
    const prices = daily({
      "2018-01-02": 1,
      "2018-01-03": 2,
      "2018-01-04": 3,
      "2018-01-09": 4,
      "2018-01-17": 5,
    });
    expect(dated(lastOfPeriod(prices, "weekly", 3))).toEqual({
      "2018-01-03": 2,
      "2018-01-10": 4,
      "2018-01-17": 5,
    });
  });

  it("takes an observation a month for its month, whatever its day, and none for partial", () => {
    const months = (day: string) =>
      Object.fromEntries(["01", "02", "03", "04", "05"].map((m, i) => [`2021-${m}-${day}`, i]));
    for (const day of ["01", "15", "28"])
      expect(dated(lastOfPeriod(daily(months(day)), "monthly"))).toEqual({
        "2021-01-31": 0,
        "2021-02-28": 1,
        "2021-03-31": 2,
        "2021-04-30": 3,
        "2021-05-31": 4,
      });
  });

  it.each([
    ["daily", "weekly", 7, 5],
    ["daily", "monthly", 30, 5],
    ["weekly", "monthly", 31, 11],
    ["monthly", "quarterly", 91, 62],
  ] as const)("refuses %s periods of %s prices", (frequency, _, step, longest) => {
    const rare = Int32Array.from({ length: 6 }, (_, i) => 18_000 + i * step);
    expect(() => lastOfPeriod({ days: rare, values: new Float64Array(6) }, frequency)).toThrow(
      new RangeError(
        `lastOfPeriod: ${frequency} periods need an observation at least every ${longest} days, but 5 of 5 steps are longer; choose a lower frequency`,
      ),
    );
  });

  it.each([7, -1, 2.5, Number.NaN])("refuses weeks that end on day %d", (d) => {
    expect(() => lastOfPeriod(daily({ "2021-01-04": 1 }), "weekly", d as Weekday)).toThrow(
      new RangeError(
        `lastOfPeriod: weekEnd must be an integer from 0, Sunday, to 6, Saturday, got ${d}`,
      ),
    );
  });

  it("refuses prices of which more than half of the steps are too long, four observations at least", () => {
    const steps = (...days: readonly number[]) => {
      const all = [18_000];
      for (const step of days) all.push(all.at(-1)! + step);
      const prices = { days: Int32Array.from(all), values: new Float64Array(all.length).fill(1) };
      return () => lastOfPeriod(prices, "weekly");
    };
    expect(steps(12, 12)).not.toThrow();
    expect(steps(12, 12, 7)).toThrow("but 2 of 3 steps are longer");
    expect(steps(11, 12, 7)).not.toThrow();
    expect(steps(12, 7, 12, 7)).not.toThrow();
    expect(steps(900, 7, 11, 12)).not.toThrow();
    expect(steps(12, 7, 12, 7, 12)).toThrow("but 3 of 5 steps are longer");
  });

  it("takes observations for those of whole periods from the fourth on", () => {
    const months = (count: number) =>
      Object.keys(
        dated(
          lastOfPeriod(
            daily(
              Object.fromEntries(
                ["01", "02", "03", "04"].slice(0, count).map((month) => [`2021-${month}-15`, 1]),
              ),
            ),
            "monthly",
          ),
        ),
      );
    expect(months(3)).toEqual(["2021-01-31", "2021-02-28"]);
    expect(months(4)).toHaveLength(4);
  });

  it("takes a series with one long hole", () => {
    const holed = daily({
      "2021-01-04": 1,
      "2021-01-05": 2,
      "2021-01-06": 3,
      "2021-06-07": 4,
      "2021-06-08": 5,
    });
    expect(lastOfPeriod(holed, "daily").ends).toEqual(holed.days);
  });

  it("keeps the clock of the series", () => {
    const series = { ...daily({ "2018-01-31": 1 }), clock: "24:00 UTC" };
    expect(lastOfPeriod(series, "monthly").clock).toBe("24:00 UTC");
  });

  it("never changes a period that is over when later days come in", () => {
    fc.assert(
      fc.property(
        series,
        frequencies,
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        (prices, frequency, share) => {
          const known = Math.floor(prices.days.length * share);
          const early = lastOfPeriod(
            {
              days: prices.days.slice(0, known),
              values: prices.values.slice(0, known),
            },
            frequency,
          );
          const late = lastOfPeriod(prices, frequency);
          // The last early period may gain an observation on its final weekend or day; those before it may not.
          const over = Math.max(0, early.ends.length - 1);
          expect(early.values.slice(0, over)).toEqual(late.values.slice(0, over));
          expect(early.ends.slice(0, over)).toEqual(late.ends.slice(0, over));
        },
      ),
      RUNS,
    );
  });

  it("leaves its input unchanged", () => {
    const prices = daily({ "2018-01-31": 1, "2018-02-28": 2 });
    const before = structuredClone(prices);
    lastOfPeriod(prices, "weekly");
    expect(prices).toEqual(before);
  });
});

describe("daysMissing", () => {
  it("counts the days until the last period is over", () => {
    const missing = (dates: readonly string[]) =>
      daysMissing({ days: Int32Array.from(dates, dayNumber) }, "monthly");
    // The last weekday of September 2018 is Friday the 28th.
    expect(missing(["2018-09-24", "2018-09-26"])).toBe(2);
    expect(missing(["2018-09-27", "2018-09-28"])).toBe(0);
    // Trades at weekends.
    expect(missing(["2018-09-22", "2018-09-23", "2018-09-28"])).toBe(2);
    expect(missing([])).toBe(0);
  });
});

describe("tradesEveryDay", () => {
  /** Monday, 18 January 2021, and the weeks after it. */
  const monday = dayNumber("2021-01-18");
  const daysOf = (...days: readonly number[]) => Int32Array.from(days, (day) => monday + day);

  it("needs more than one day in seven at weekends", () => {
    expect(tradesEveryDay(daysOf(0, 1, 2, 3, 4, 5, 7))).toBe(false);
    expect(tradesEveryDay(daysOf(0, 1, 2, 3, 4, 5))).toBe(true);
    expect(tradesEveryDay(daysOf(0, 1, 2, 3, 4, 5, 6))).toBe(true);
    expect(tradesEveryDay(daysOf(0, 1, 2, 3, 4, 6, 7))).toBe(false);
    expect(tradesEveryDay(daysOf())).toBe(false);
  });

  it("looks at the last 365 days that a series has", () => {
    // 52 weekend days of 365 are fewer than a seventh; one more among 366 would be more.
    const sundays = Array.from({ length: 52 }, (_, week) => 7 * week + 6);
    const weekdays = Array.from({ length: 313 }, (_, i) => 7 * Math.floor(i / 5) + (i % 5));
    const recent = [...sundays, ...weekdays].sort((a, b) => a - b);
    expect(recent).toHaveLength(365);
    expect(tradesEveryDay(daysOf(...recent))).toBe(false);
    expect(tradesEveryDay(daysOf(-1, ...recent))).toBe(false);
    expect(tradesEveryDay(daysOf(-1, ...recent.slice(0, -1)))).toBe(true);
  });
});

describe("holidays on which periods can end", () => {
  // Each is a weekday in 2019 or 2020; the series has all weekdays of the two years before but the holiday's.
  const holidays = [
    ["2020-01-01", "01-01"],
    ["2020-05-01", "05-01"],
    ["2019-07-04", "07-04"],
    ["2020-12-24", "12-24"],
    ["2020-12-25", "12-25"],
    ["2019-12-26", "12-26"],
    ["2020-12-31", "12-31"],
  ] as const;
  const weekdaysBefore = (day: number, without: string) => {
    const first = dayNumber(`${Number(isoDate(day).slice(0, 4)) - 2}-01-01`);
    return Int32Array.from(
      Array.from({ length: day - first }, (_, i) => first + i).filter(
        (own) => weekday(own) % 6 !== 0 && !isoDate(own).endsWith(without),
      ),
    );
  };

  it.each(holidays)("is %s, where a series never trades on it", (date, monthDay) => {
    const day = dayNumber(date);
    const before = weekday(day) === 1 ? day - 3 : day - 1;
    const days = weekdaysBefore(day, monthDay).filter((own) => own < before);
    expect(isoDate(lastTradingDay(day, days))).toBe(isoDate(before));
    expect(
      lastTradingDay(
        day,
        weekdaysBefore(day, "no day").filter((own) => own < before),
      ),
    ).toBe(day);
  });

  it.each(["2020-01-02", "2020-05-04", "2020-07-06", "2020-12-23", "2020-12-30", "2020-11-30"])(
    "is not %s",
    (date) => {
      const day = dayNumber(date);
      const days = weekdaysBefore(day, date.slice(5)).filter((own) => own < day - 3);
      expect(lastTradingDay(day, days)).toBe(day);
    },
  );
});

describe("lastTradingDay", () => {
  /** Easter by Gauss's rule with the lunar corrections of the calendar's reform, another than the library's. */
  const easter = (year: number): number => {
    const k = Math.floor(year / 100);
    const p = Math.floor((13 + 8 * k) / 25);
    const m = (15 - p + k - Math.floor(k / 4)) % 30;
    const d = (19 * (year % 19) + m) % 30;
    const n = (4 + k - Math.floor(k / 4)) % 7;
    const e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + n) % 7;
    const late = (d === 29 && e === 6) || (d === 28 && e === 6 && (11 * m + 11) % 30 < 19);
    return dayNumber(`${year}-03-22`) + d + e - (late ? 7 : 0);
  };

  it("is Thursday where nobody trades on Good Friday, in every year from 1901 to 2299", () => {
    expect([2000, 2011, 2024, 2076].map((year) => isoDate(easter(year)))).toEqual([
      ...["2000-04-23", "2011-04-24", "2024-03-31", "2076-04-19"],
    ]);
    for (let year = 1901; year < 2300; year++) {
      const friday = easter(year) - 2;
      const days = Int32Array.of(friday - 4, friday - 3, friday - 2);
      expect([year, lastTradingDay(friday, days)]).toEqual([year, friday - 1]);
      expect(lastTradingDay(friday + 7, days)).toBe(friday + 7);
      expect(lastTradingDay(friday + 3, days)).toBe(friday - 1);
    }
  });

  it.each([
    ["Memorial Day", "2021-05-31", "2020-05-25"],
    ["the bank holiday of August", "2020-08-31", "2019-08-26"],
  ])("is Friday where nobody trades on %s, a Monday that ends its month", (_, end, before) => {
    const monday = dayNumber(end);
    const days = Int32Array.of(dayNumber(before) - 3, dayNumber(before) + 1, monday - 4);
    expect(isoDate(lastTradingDay(monday, days))).toBe(isoDate(monday - 3));
    const tradedBefore = Int32Array.of(dayNumber(before), monday - 4);
    expect(lastTradingDay(monday, tradedBefore)).toBe(monday);
  });
});
