/** What audits share: values that are there, runs, rules with their defaults, and dates of a panel. */

import { describe, expect, it } from "vitest";
import { observed, runsOf } from "../lib/src/data/audit/observed.js";
import { priceRules, rulesOf } from "../lib/src/data/audit/options.js";
import { longRuns, spanFindings } from "../lib/src/data/audit/runs.js";

describe("observed", () => {
  it("are the finite values with their dates", () => {
    const found = observed(["a", "b", "c", "d"], [1, Number.NaN, Number.POSITIVE_INFINITY, 0]);
    expect([found.dates, [...found.values]]).toEqual([
      ["a", "d"],
      [1, 0],
    ]);
  });
});

describe("runsOf", () => {
  const runs = (pattern: string, n = pattern.length) => runsOf(n, (i) => pattern[i] === "x");

  it("are as long as they can be", () => {
    expect(runs("x.xx..xxx")).toEqual([
      { from: 0, length: 1 },
      { from: 2, length: 2 },
      { from: 6, length: 3 },
    ]);
    expect(runs("...")).toEqual([]);
    expect(runs("")).toEqual([]);
  });

  it("end with the series", () => {
    expect(runs("xxxx", 3)).toEqual([{ from: 0, length: 3 }]);
    expect(runsOf(2, () => true)).toEqual([{ from: 0, length: 2 }]);
  });
});

describe("longRuns", () => {
  it("of values that never come otherwise are held against one event more than seen", () => {
    // Ten of 200: one run of 9 and one of 1; the rate of the rest is (1 + 1) / (191 + 2).
    const found = longRuns(200, (i) => (i >= 50 && i < 59) || i === 120, 0.01);
    expect(found.map(({ from, length }) => [from, length])).toEqual([[50, 9]]);
    // A run of k has chance 200 p^k at most: 0.01 is passed between the second and the third.
    expect(found[0]!.bound).toBe(2);
    // A run by itself: the rate of the rest is 1 / 200 for two events, 1 / 201 for one.
    expect(longRuns(200, (i) => i === 50 || i === 51, 0.01)).toEqual([
      { from: 50, length: 2, bound: 1 },
    ]);
    expect(longRuns(200, (i) => i === 50, 0.01)).toEqual([]);
  });
});

describe("spanFindings", () => {
  const dates = ["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30"];

  it("count the dates before a coin begins, and after it ends", () => {
    const found = (first: number, last: number) =>
      spanFindings("A", dates, { first, last }).map(({ check, date, value }) => [
        check,
        date,
        value,
      ]);
    expect(found(0, 3)).toEqual([]);
    expect(found(1, 3)).toEqual([["begins", dates[1], 1]]);
    expect(found(0, 1)).toEqual([["ends", dates[1], 2]]);
    expect(found(2, 2)).toEqual([
      ["begins", dates[2], 2],
      ["ends", dates[2], 1],
    ]);
    expect(found(-1, -1)).toEqual([]);
  });
});

describe("rulesOf", () => {
  it("have a false alarm in a hundred audits, and a scale of three a year", () => {
    expect(rulesOf("test", {})).toEqual({ falseAlarms: 0.01, annualScale: 3 });
    const given = { falseAlarms: 0.499, annualScale: 0.001, asOf: "2020-02-29" };
    expect(rulesOf("test", given)).toEqual(given);
    expect(priceRules({ ...given, equity: ["X"] })).toEqual(given);
  });

  it.each([
    [{ falseAlarms: 0 }, "falseAlarms must be a chance above 0 and below 0.5, got 0"],
    [{ falseAlarms: 0.5 }, "falseAlarms must be a chance above 0 and below 0.5, got 0.5"],
    [{ annualScale: 0 }, "annualScale must be above 0, got 0"],
    [{ asOf: "2021-02-29" }, "asOf must be a day YYYY-MM-DD of the calendar"],
  ])("refuse %j", (options, message) => {
    expect(() => rulesOf("test", options)).toThrow(`test: ${message}`);
  });
});
