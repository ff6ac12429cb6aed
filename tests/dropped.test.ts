/** Which periods have no return, and why: each kind by itself, on days around the new year of 2021. */

import { describe, expect, it } from "vitest";
import { dayNumber } from "../lib/src/panel/calendar.js";
import * as dropped from "../lib/src/panel/dropped.js";
import { endCounts, stepsOf } from "../lib/src/panel/returns.js";
import type { Frequency } from "../lib/src/types.js";

const day = dayNumber;
const series = (dates: readonly string[], prices: readonly number[]) => ({
  days: Int32Array.from(dates, day),
  values: Float64Array.from(prices),
});
const ends = (dates: readonly string[], prices: readonly number[]) => ({
  ends: Int32Array.from(dates, day),
  values: Float64Array.from(prices),
});
const FRIDAY = 5;

type Own = Omit<Parameters<typeof dropped.droppedOf>[0], "gaps">;
const droppedIn = (own: Own, frequency: Frequency) =>
  dropped.droppedOf({ ...own, gaps: stepsOf(own.last.ends, frequency).gaps }, frequency, FRIDAY);

describe("droppedOf", () => {
  const daily = series(["2020-11-10", "2020-12-15", "2021-03-03"], [1, 2, 3]);
  const last = ends(["2020-11-30", "2020-12-31", "2021-03-31"], [1, 2, 3]);

  it("has the first period, and those from a hole through its end", () => {
    expect(droppedIn({ series: "A", daily, last }, "monthly")).toEqual([
      {
        series: "A",
        from: "2020-11-30",
        through: "2020-11-30",
        reason: "begins on 2020-11-10: no price before this period",
      },
      {
        series: "A",
        from: "2021-01-31",
        through: "2021-03-31",
        reason: "no price after 2020-12-31 until the period that ends on 2021-03-31",
      },
    ]);
  });

  it("has a hole in weeks from a second missing Friday on, and none in days", () => {
    const fridays = ends(["2021-01-01", "2021-01-08", "2021-01-22"], [1, 2, 3]);
    const own = { series: "A", daily: series(["2020-12-31"], [1]), last: fridays };
    expect(droppedIn(own, "weekly").map(({ from, through }) => [from, through])).toEqual([
      ["2021-01-01", "2021-01-01"],
      ["2021-01-15", "2021-01-22"],
    ]);
    expect(droppedIn(own, "daily").map(({ from }) => from)).toEqual(["2020-12-31"]);
    const empty = { series: "A", daily: series([], []), last: ends([], []) };
    expect(droppedIn(empty, "monthly")).toEqual([]);
  });
});

it("unusable are prices of zero and below, with the period after them", () => {
  const prices = ends(["2021-01-31", "2021-02-28", "2021-03-31", "2021-04-30"], [0, 1, 2, -3]);
  expect(dropped.unusable("A", prices).map(({ from, through }) => [from, through])).toEqual([
    ["2021-01-31", "2021-02-28"],
    ["2021-04-30", "2021-04-30"],
  ]);
  expect(dropped.unusable("A", prices)[1]!.reason).toBe(
    "the price of the period that ends on 2021-04-30 is -3: a log return needs prices above 0",
  );
});

describe("partial", () => {
  const daily = series(["2021-01-20", "2021-02-10"], [1, 3]);
  const end = day("2021-02-28");
  const january = ends(["2021-01-31"], [2]);
  const reasonOf = (last: typeof january, latest: string) =>
    dropped.partial({ series: "A", daily, last }, end, day(latest)).map(({ reason }) => reason);

  it("is the last period, with the logarithm of its last price over the price before", () => {
    expect(dropped.partial({ series: "A", daily, last: january }, end, day("2021-02-27"))).toEqual([
      {
        series: "A",
        from: "2021-02-28",
        through: "2021-02-28",
        reason: "ends on 2021-02-10: the period is partial, with a log return of 0.4055 so far",
      },
    ]);
  });

  it("says that others go on from the period's end on, and nothing of a move without a price before", () => {
    expect(reasonOf(january, "2021-02-28")[0]).toContain("0.4055 so far; other series go on");
    expect(reasonOf(ends([], []), "2021-02-27")).toEqual([
      "ends on 2021-02-10: the period is partial",
    ]);
    expect(reasonOf(ends(["2021-02-28"], [2]), "2021-02-28")).toEqual([]);
  });
});

it("uncommon are the days that others lack, from the first to the last", () => {
  const own = ends(["2021-01-01", "2021-01-04", "2021-01-05", "2021-01-07"], [1, 2, 3, 4]);
  const common = new Set([day("2021-01-01"), day("2021-01-05")]);
  expect(dropped.uncommon("A", own, common)).toEqual([
    {
      series: "A",
      from: "2021-01-04",
      through: "2021-01-07",
      reason: "2 days without a price of every other series: returns run over them",
    },
  ]);
  expect(dropped.uncommon("A", own, new Set(own.ends))).toEqual([]);
});

it("unjoined are runs of periods in which the same series lack a return", () => {
  const months = ["01-31", "02-28", "03-31", "04-30", "05-31", "06-30"].map((end) => `2021-${end}`);
  const all = ends([...months].reverse(), [1, 1, 1, 1, 1, 1]);
  const first = ends([months[0]!, months[3]!, months[4]!], [1, 1, NaN]);
  const second = ends(months.slice(0, 5), [1, 1, 1, 1, NaN]);
  const found = dropped.unjoined(["A", "B", "C"], [all, first, second], ["B", "C"]);
  expect(found.map(({ series: lacking, from, through }) => [lacking, from, through])).toEqual([
    ["B", months[1], months[2]],
    ["B, C", months[4], months[5]],
  ]);
  expect(dropped.unjoined(["A", "B"], [all, first], ["A"])).toEqual([]);
});

it("endCounts are of series that share their ends and of others; what no series has is no end", () => {
  const shared = ends(["2021-01-31", "2021-02-28", "2021-03-31"], [1, NaN, NaN]);
  const other = { ends: shared.ends, values: Float64Array.of(1, 2, NaN) };
  const own = ends(["2021-02-28", "2021-04-30"], [1, 1]);
  const counts = endCounts([shared, other, own]);
  expect([...counts].sort(([a], [b]) => a - b)).toEqual([
    [day("2021-01-31"), 2],
    [day("2021-02-28"), 2],
    [day("2021-04-30"), 1],
  ]);
});
