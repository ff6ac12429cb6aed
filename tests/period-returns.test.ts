/** From daily prices to returns on one date index: joined on the period, the past fixed, and told what was left out. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber, isoDate, type Weekday, weekday } from "../lib/src/panel/calendar.js";
import { seriesOf } from "../lib/src/panel/panel.js";
import { periodReturns } from "../lib/src/panel/period-returns.js";
import { type DailySeries, lastOfPeriod } from "../lib/src/panel/resample.js";
import { logReturns } from "../lib/src/panel/returns.js";
import { RUNS } from "./support/helpers.js";

const daily = (observations: Readonly<Record<string, number>>): DailySeries => ({
  days: Int32Array.from(Object.keys(observations), dayNumber),
  values: Float64Array.from(Object.values(observations)),
});

/** Every day, or every weekday, of a span; the price is a made-up function of the day. */
const span = (from: string, through: string, weekends: boolean): DailySeries => {
  const days: number[] = [];
  for (let day = dayNumber(from); day <= dayNumber(through); day++)
    if (weekends || weekday(day) % 6 !== 0) days.push(day);
  return {
    days: Int32Array.from(days),
    values: Float64Array.from(days, (day) => 100 + ((day * 37) % 23)),
  };
};

const COIN = span("2020-11-09", "2021-06-06", true);
const FUND = span("2020-09-15", "2021-05-31", false);

describe("periodReturns", () => {
  it("joins a coin that trades on Sunday with a fund that last traded on Friday in the period of both", () => {
    const { returns } = periodReturns({ COIN, FUND }, "monthly");
    expect(returns.names).toEqual(["COIN", "FUND"]);
    expect(returns.dates).toEqual([
      "2020-12-31",
      "2021-01-31",
      "2021-02-28",
      "2021-03-31",
      "2021-04-30",
      "2021-05-31",
    ]);
    const price = (series: DailySeries, date: string) =>
      series.values[series.days.indexOf(dayNumber(date))]!;
    // 31 January and 28 February 2021 are Sundays.
    expect(seriesOf(returns, "COIN")[2]).toBe(
      Math.log(price(COIN, "2021-02-28") / price(COIN, "2021-01-31")),
    );
    expect(seriesOf(returns, "FUND")[2]).toBe(
      Math.log(price(FUND, "2021-02-26") / price(FUND, "2021-01-29")),
    );
  });

  it("says which periods have no return, of which series, and why", () => {
    expect(periodReturns({ COIN, FUND }, "monthly").dropped).toEqual([
      {
        series: "COIN",
        from: "2020-11-30",
        through: "2020-11-30",
        reason: "begins on 2020-11-09: no price before this period",
      },
      {
        series: "COIN",
        from: "2021-06-30",
        through: "2021-06-30",
        reason: expect.stringMatching(
          /^ends on 2021-06-06: the period is partial, with a log return of -?0\.\d+ so far$/,
        ),
      },
      {
        series: "FUND",
        from: "2020-09-30",
        through: "2020-09-30",
        reason: "begins on 2020-09-15: no price before this period",
      },
      {
        series: "COIN",
        from: "2020-10-31",
        through: "2020-11-30",
        reason: "no return, while the other series have one",
      },
    ]);
  });

  it("says where a month without prices leaves two without a return", () => {
    const gap = daily({
      "2021-01-29": 1,
      "2021-02-26": 2,
      "2021-04-30": 3,
      "2021-05-31": 4,
    });
    expect(periodReturns({ gap }, "monthly")).toEqual({
      returns: {
        dates: ["2021-02-28", "2021-05-31"],
        names: ["gap"],
        values: Float64Array.of(Math.log(2), Math.log(4 / 3)),
      },
      dropped: [
        {
          series: "gap",
          from: "2021-01-31",
          through: "2021-01-31",
          reason: "begins on 2021-01-29: no price before this period",
        },
        {
          series: "gap",
          from: "2021-03-31",
          through: "2021-04-30",
          reason: "no price after 2021-02-28 until the period that ends on 2021-04-30",
        },
      ],
    });
  });

  it("says nothing of periods outside the range", () => {
    const range = { from: "2021-01", through: "2021-05" };
    expect(periodReturns({ COIN, FUND }, "monthly", { range }).dropped).toEqual([]);
    const longer = { from: "2020-11", through: "2021-05" };
    expect(
      periodReturns({ COIN, FUND }, "monthly", { range: longer }).dropped.map(
        ({ from, through }) => [from, through],
      ),
    ).toEqual([
      ["2020-11-30", "2020-11-30"],
      ["2020-10-31", "2020-11-30"],
    ]);
  });

  it("keeps every period in which any series has a return when the join is outer", () => {
    const { returns, dropped } = periodReturns({ COIN, FUND }, "monthly", {
      how: "outer",
    });
    expect(returns.dates[0]).toBe("2020-10-31");
    expect([...seriesOf(returns, "COIN").subarray(0, 2)]).toEqual([NaN, NaN]);
    expect(dropped.some(({ reason }) => reason.startsWith("no return"))).toBe(false);
  });

  it("keeps the periods of the series that a join names; the others begin and end when they do", () => {
    const late = span("2021-02-10", "2021-04-20", true);
    const prices = { FUND, LATE: { ...late, ends: "delisted" as const } };
    const { returns, dropped } = periodReturns(prices, "monthly", { how: ["FUND"] });
    expect(returns.dates).toEqual(periodReturns({ FUND }, "monthly").returns.dates);
    const own = [...seriesOf(returns, "LATE")];
    expect(returns.dates.filter((_, t) => !Number.isNaN(own[t]!))).toEqual([
      "2021-03-31",
      "2021-04-30",
    ]);
    // The price of 20 April is its last: the return of its last month is kept.
    expect(own[returns.dates.indexOf("2021-04-30")]).toBe(
      Math.log(late.values.at(-1)! / late.values[late.days.indexOf(dayNumber("2021-03-31"))]!),
    );
    expect(dropped.filter(({ reason }) => reason.startsWith("no return"))).toEqual([]);
  });

  it("asks of days only series that have begun and not ended", () => {
    const late = span("2021-02-10", "2021-04-20", false);
    const gap = late.days.indexOf(dayNumber("2021-03-10"));
    const torn = {
      days: late.days.filter((_, i) => i !== gap),
      values: late.values.filter((_, i) => i !== gap),
    };
    const alone = periodReturns({ FUND }, "daily").returns.dates;
    const { dates } = periodReturns({ FUND, LATE: torn }, "daily", { how: ["FUND"] }).returns;
    expect(dates).toEqual(alone.filter((date) => date !== "2021-03-10"));
  });

  it("runs over the same days in all series at daily frequency: a Monday's return of a coin begins on Friday", () => {
    const { returns, dropped } = periodReturns({ COIN, FUND }, "daily");
    expect(returns.dates.every((date) => weekday(dayNumber(date)) % 6 !== 0)).toBe(true);
    const monday = returns.dates.indexOf("2021-03-01");
    const price = (date: string) => COIN.values[COIN.days.indexOf(dayNumber(date))]!;
    expect(seriesOf(returns, "COIN")[monday]).toBe(
      Math.log(price("2021-03-01") / price("2021-02-26")),
    );
    expect(dropped.at(-1)).toEqual({
      series: "FUND",
      from: "2020-09-15",
      through: "2020-11-06",
      reason: "39 days without a price of every other series: returns run over them",
    });
  });

  it("has the returns of each series alone, in whatever company", () => {
    const weekEnds = fc.integer({ min: 0, max: 6 }).map((d) => d as Weekday);
    fc.assert(
      fc.property(weekEnds, (weekEnd) => {
        const { returns } = periodReturns({ COIN, FUND }, "weekly", {
          weekEnd,
        });
        for (const [name, series] of Object.entries({ COIN, FUND })) {
          const alone = logReturns(lastOfPeriod(series, "weekly", weekEnd), "weekly");
          const byEnd = new Map([...alone.ends].map((end, i) => [isoDate(end), alone.values[i]!]));
          expect([...seriesOf(returns, name)]).toEqual(
            returns.dates.map((date) => byEnd.get(date)),
          );
        }
        expect(returns.dates.every((date) => weekday(dayNumber(date)) === weekEnd)).toBe(true);
      }),
      { ...RUNS, numRuns: 14 },
    );
  });

  it("gives the same past when the future is cut or changed", () => {
    const frequencies = fc.constantFrom("daily" as const, "weekly" as const, "monthly" as const);
    const cut = fc.integer({
      min: dayNumber("2021-01-01"),
      max: dayNumber("2021-06-06"),
    });
    const until = ({ days, values }: DailySeries, day: number) => {
      const n = days.filter((d) => d <= day).length;
      return { days: days.slice(0, n), values: values.slice(0, n) };
    };
    const changed = ({ days, values }: DailySeries, day: number) => ({
      days,
      values: values.map((value, i) => (days[i]! > day ? value * 3 : value)),
    });
    fc.assert(
      fc.property(frequencies, cut, (frequency, day) => {
        const whole = periodReturns({ COIN, FUND }, frequency).returns;
        const known = whole.dates.filter((date) => dayNumber(date) <= day).length;
        for (const other of [until, changed]) {
          const { returns } = periodReturns(
            { COIN: other(COIN, day), FUND: other(FUND, day) },
            frequency,
          );
          expect(returns.dates.slice(0, known)).toEqual(whole.dates.slice(0, known));
          expect(returns.values.slice(0, 2 * known)).toEqual(whole.values.slice(0, 2 * known));
        }
      }),
      RUNS,
    );
  });

  it("leaves its input unchanged", () => {
    const before = structuredClone({ COIN, FUND });
    periodReturns({ COIN, FUND }, "weekly");
    expect({ COIN, FUND }).toEqual(before);
  });
});
