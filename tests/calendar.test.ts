/** Days, weeks and months: the calendar, its ends and its ranges. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  datesFrequency,
  dayNumber,
  dayOf,
  dayOfTime,
  firstWeekday,
  inRange,
  isoDate,
  lastWeekday,
  periodEnd,
  periodEnds,
  periodStart,
  type Weekday,
  weekday,
} from "../lib/src/panel/calendar.js";
import type { Frequency } from "../lib/src/types.js";
import { RUNS, studyPanel } from "./support/helpers.js";

/** Days from 1903 to 2107, before and after 1970. */
const days = fc.integer({ min: -24_500, max: 50_000 });
const frequencies = fc.constantFrom<Frequency>("daily", "weekly", "monthly");

const endOf = (iso: string, frequency: Frequency) => isoDate(periodEnd(dayNumber(iso), frequency));

describe("dayNumber and isoDate", () => {
  it.each([
    ["1970-01-01", 0],
    ["1970-01-31", 30],
    ["1969-12-31", -1],
    ["2000-02-29", 11_016],
    ["2018-01-31", 17_562],
  ])("count %s as day %i", (iso, day) => {
    expect(dayNumber(iso)).toBe(day);
    expect(isoDate(day)).toBe(iso);
  });

  it("are inverse to each other", () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(dayNumber(isoDate(day))).toBe(day);
      }),
      RUNS,
    );
  });

  it.each(["2023-02-29", "2023-02-30", "2023-13-01", "2023-00-10"])(
    "are NaN for %s, which is no day of the calendar",
    (text) => {
      expect(dayNumber(text)).toBeNaN();
    },
  );

  it.each(["", "2023-1-31", "20230131", "2023-01-31T00:00", " 2023-01-31"])(
    "are NaN for %j, which is not written YYYY-MM-DD",
    (text) => {
      expect(dayNumber(text)).toBeNaN();
    },
  );
});

describe("dayOf", () => {
  it("is dayNumber of year, month and day", () => {
    fc.assert(
      fc.property(days, (day) => {
        const [year, month, date] = isoDate(day).split("-").map(Number);
        expect(dayOf(year!, month!, date!)).toBe(day);
      }),
      RUNS,
    );
  });

  it.each([
    [2021, 2, 29],
    [2021, 13, 1],
    [2021, 0, 1],
    [2021, 4, 31],
    [21, 3, 1],
  ])("is NaN for year %i, month %i, day %i", (year, month, day) => {
    expect(dayOf(year, month, day)).toBeNaN();
  });
});

describe("dayOfTime", () => {
  it("is the day in UTC, from its first to its last millisecond", () => {
    const first = Date.parse("2021-03-01T00:00Z");
    for (const time of [first, first + 86_399_999])
      expect(isoDate(dayOfTime(time))).toBe("2021-03-01");
    expect(isoDate(dayOfTime(first - 1))).toBe("2021-02-28");
    expect(dayOfTime(-1)).toBe(-1);
  });
});

describe("weekday", () => {
  it("is 4 for the first of January 1970, a Thursday", () => {
    expect(weekday(0)).toBe(4);
    expect(weekday(-1)).toBe(3);
  });

  it("is that of the standard calendar, before 1970 too", () => {
    fc.assert(
      fc.property(days, (day) => {
        const date = new Date(`${isoDate(day)}T00:00:00Z`);
        expect(weekday(day)).toBe(date.getUTCDay());
      }),
      RUNS,
    );
  });
});

describe("periodEnd", () => {
  it("is the last calendar day of a month", () => {
    expect(endOf("2018-01-01", "monthly")).toBe("2018-01-31");
    expect(endOf("2018-01-31", "monthly")).toBe("2018-01-31");
    expect(endOf("2020-02-01", "monthly")).toBe("2020-02-29");
    expect(endOf("2100-02-28", "monthly")).toBe("2100-02-28");
    expect(endOf("2018-12-15", "monthly")).toBe("2018-12-31");
  });

  it("is the day before the next month's first, in every month of three thousand years", () => {
    const DAY = 86_400_000;
    for (let month = 12 * 100; month < 12 * 3000; month++) {
      const [year, index] = [Math.floor(month / 12), month % 12];
      const end = Date.UTC(year, index + 1, 0) / DAY;
      const first = Date.UTC(year, index, 1) / DAY;
      if (periodEnd(first, "monthly") !== end || periodEnd(end, "monthly") !== end)
        expect.fail(`${isoDate(first)} to ${isoDate(end)}`);
    }
  });

  it("is the Friday of a week that goes from Saturday to Friday", () => {
    expect(endOf("2018-01-05", "weekly")).toBe("2018-01-05");
    expect(endOf("2018-01-06", "weekly")).toBe("2018-01-12");
    expect(endOf("2018-01-07", "weekly")).toBe("2018-01-12");
    expect(endOf("2018-01-11", "weekly")).toBe("2018-01-12");
  });

  it("is the day itself at daily frequency", () => {
    expect(endOf("2018-01-06", "daily")).toBe("2018-01-06");
  });

  it("is the next of any weekday on which weeks end", () => {
    const ends = fc.integer({ min: 0, max: 6 }).map((d) => d as Weekday);
    fc.assert(
      fc.property(days, ends, (day, weekEnd) => {
        let slow = day;
        while (weekday(slow) !== weekEnd) slow++;
        expect(periodEnd(day, "weekly", weekEnd)).toBe(slow);
        expect(periodEnd(day, "monthly", weekEnd)).toBe(periodEnd(day, "monthly"));
      }),
      RUNS,
    );
  });

  it("lies on or after the day, within a week or a month, and is its own period's end", () => {
    const longest = { daily: 0, weekly: 6, monthly: 30 };
    fc.assert(
      fc.property(days, frequencies, (day, frequency) => {
        const end = periodEnd(day, frequency);
        expect(end).toBeGreaterThanOrEqual(day);
        expect(end - day).toBeLessThanOrEqual(longest[frequency]);
        expect(periodEnd(end, frequency)).toBe(end);
        expect(periodEnd(end + 1, frequency)).toBeGreaterThan(end);
      }),
      RUNS,
    );
  });

  it("never goes back as days go on", () => {
    fc.assert(
      fc.property(days, frequencies, (day, frequency) => {
        expect(periodEnd(day + 1, frequency)).toBeGreaterThanOrEqual(periodEnd(day, frequency));
      }),
      RUNS,
    );
  });
});

describe("periodStart", () => {
  it("is the day after the end of the period before", () => {
    fc.assert(
      fc.property(days, frequencies, (day, frequency) => {
        const end = periodEnd(day, frequency);
        const start = periodStart(end, frequency);
        expect(start).toBeLessThanOrEqual(day);
        expect(periodEnd(start, frequency)).toBe(end);
        expect(periodEnd(start - 1, frequency)).toBe(start - 1);
      }),
      RUNS,
    );
  });
});

describe("lastWeekday", () => {
  it("is the Friday before a weekend, and any other day itself", () => {
    const last = (iso: string) => isoDate(lastWeekday(dayNumber(iso)));
    expect(last("2018-09-30")).toBe("2018-09-28"); // Sunday
    expect(last("2018-09-29")).toBe("2018-09-28"); // Saturday
    expect(last("2018-09-28")).toBe("2018-09-28"); // Friday
    expect(last("2018-10-01")).toBe("2018-10-01"); // Monday
  });

  it("is the nearest day from Monday to Friday going back", () => {
    fc.assert(
      fc.property(days, (day) => {
        let back = day;
        while (weekday(back) === 0 || weekday(back) === 6) back--;
        expect(lastWeekday(day)).toBe(back);
      }),
      RUNS,
    );
  });
});

describe("firstWeekday", () => {
  it("is the first day from Monday to Friday of a week or month", () => {
    const first = (end: string, frequency: Frequency) =>
      isoDate(firstWeekday(dayNumber(end), frequency));
    expect(first("2018-01-12", "weekly")).toBe("2018-01-08");
    expect(first("2018-01-31", "monthly")).toBe("2018-01-01");
    expect(first("2018-09-30", "monthly")).toBe("2018-09-03");
    expect(first("2018-01-12", "daily")).toBe("2018-01-12");
  });

  it("lies in the period, with no weekday of the period before it", () => {
    fc.assert(
      fc.property(days, fc.constantFrom<Frequency>("weekly", "monthly"), (day, frequency) => {
        const end = periodEnd(day, frequency);
        const first = firstWeekday(end, frequency);
        expect(periodEnd(first, frequency)).toBe(end);
        expect(lastWeekday(first)).toBe(first);
        expect(periodEnd(lastWeekday(first - 1), frequency)).toBeLessThan(end);
      }),
      RUNS,
    );
  });
});

describe("periodEnds", () => {
  it("lists the ends of all periods in a range", () => {
    expect(periodEnds({ from: "2018-01", through: "2018-03" }, "monthly")).toEqual([
      "2018-01-31",
      "2018-02-28",
      "2018-03-31",
    ]);
    expect(periodEnds({ from: "2018-01", through: "2018-01" }, "weekly")).toEqual([
      "2018-01-05",
      "2018-01-12",
      "2018-01-19",
      "2018-01-26",
    ]);
    expect(periodEnds({ from: "2018-02-27", through: "2018-03-02" }, "daily")).toEqual([
      "2018-02-27",
      "2018-02-28",
      "2018-03-01",
      "2018-03-02",
    ]);
  });

  it("lists weeks that end on another day", () => {
    expect(periodEnds({ from: "2018-01", through: "2018-01" }, "weekly", 3)).toEqual([
      "2018-01-03",
      "2018-01-10",
      "2018-01-17",
      "2018-01-24",
      "2018-01-31",
    ]);
  });

  it("begins with the period that a day falls into, and ends before one that is not over", () => {
    expect(periodEnds({ from: "2018-01-15", through: "2018-03-30" }, "monthly")).toEqual([
      "2018-01-31",
      "2018-02-28",
    ]);
    expect(periodEnds({ from: "2018-01-15", through: "2018-01-30" }, "monthly")).toEqual([]);
  });

  it("are the dates of the committed panel", async () => {
    const { dates } = await studyPanel();
    expect(periodEnds({ from: "2018-01", through: "2024-11" }, "monthly")).toEqual(dates);
  });
});

describe("datesFrequency", () => {
  const dated = (frequency: Frequency) =>
    frequency === "daily"
      ? Array.from({ length: 60 }, (_, d) => 17_532 + d)
          .filter((day) => weekday(day) % 6 !== 0)
          .map(isoDate)
      : periodEnds({ from: "2018-01", through: "2019-12" }, frequency);

  it.each(["daily", "weekly", "monthly"] as const)("finds %s dates", (frequency) => {
    expect(datesFrequency(dated(frequency))).toBe(frequency);
  });

  it("sees through gaps in less than half of the steps", () => {
    fc.assert(
      fc.property(frequencies, fc.integer({ min: 1, max: 8 }), (frequency, gap) => {
        const all = dated(frequency);
        const dates = all.filter((_, t) => t < 10 || t >= 10 + gap);
        expect(datesFrequency(dates)).toBe(frequency);
      }),
      RUNS,
    );
  });

  it("is rarer for quarters and years, and unknown for fewer than two dates", () => {
    expect(datesFrequency(["2018-03-31", "2018-06-30", "2018-09-30"])).toBe("rarer");
    expect(datesFrequency(["2018-12-31", "2019-12-31"])).toBe("rarer");
    expect(datesFrequency(["2018-12-31"])).toBeUndefined();
    expect(datesFrequency([])).toBeUndefined();
  });
});

describe("inRange", () => {
  it("counts a month as all of its days, at both bounds", () => {
    const year = { from: "2019-01", through: "2019-12" };
    expect(inRange("2019-01-01", year)).toBe(true);
    expect(inRange("2019-12-31", year)).toBe(true);
    expect(inRange("2018-12-31", year)).toBe(false);
    expect(inRange("2020-01-01", year)).toBe(false);
  });

  it("counts a day as that day, at both bounds", () => {
    const days = { from: "2019-01-10", through: "2019-01-20" };
    expect(inRange("2019-01-10", days)).toBe(true);
    expect(inRange("2019-01-20", days)).toBe(true);
    expect(inRange("2019-01-09", days)).toBe(false);
    expect(inRange("2019-01-21", days)).toBe(false);
  });

  it("takes a day at one bound and a month at the other", () => {
    const mixed = { from: "2019-01-10", through: "2019-02" };
    expect(inRange("2019-01-09", mixed)).toBe(false);
    expect(inRange("2019-02-28", mixed)).toBe(true);
    expect(inRange("2019-03-01", mixed)).toBe(false);
  });
});
