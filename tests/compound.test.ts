/** Daily factors compounded to whole weeks and months. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFactorFile } from "../lib/src/data/readers/ken-french.js";
import { isoDate } from "../lib/src/panel/calendar.js";
import { compoundedFactors, wholePeriods } from "../lib/src/panel/compound.js";
import { column } from "../lib/src/panel/panel.js";
import type { Factors } from "../lib/src/types.js";
import { RUNS } from "./support/helpers.js";
import { needsRaw, RAW } from "./support/scratch.js";

const ROUNDING = 1e-12;
/** Percentage points, for the years of the study. */
const ANNUAL_TOLERANCE = 0.02;
/** The same for every year since 1964: up to 24 monthly values rounded to 0.01 go into one (worst year 1980, 0.0284). */
const ANNUAL_TOLERANCE_EVER = 0.03;

const FRENCH = join(RAW, "ken-french-2025-12/F-F_Research_Data_5_Factors_2x3.csv");

const factors = (
  names: readonly string[],
  rows: readonly (readonly [date: string, riskFree: number, ...simple: number[]])[],
): Factors => ({
  dates: rows.map(([date]) => date),
  names,
  simpleReturns: Float64Array.from(rows.flatMap(([, , ...row]) => row)),
  riskFree: Float64Array.from(rows, ([, riskFree]) => riskFree),
});

describe("compoundedFactors", () => {
  it("compounds the market and the risk-free return, and then takes the difference", () => {
    const { simpleReturns, riskFree } = compoundedFactors(
      factors(
        ["Mkt-RF"],
        [
          ["2018-01-08", 0.01, 0.09],
          ["2018-01-12", 0.02, -0.22],
        ],
      ),
      "weekly",
    );
    // The market: 1.10 x 0.80 = 0.88; risk-free: 1.01 x 1.02 = 1.0302.
    expect(simpleReturns[0]).toBeCloseTo(0.88 - 1.0302, 12);
    expect(riskFree[0]).toBeCloseTo(0.0302, 12);
  });

  it("compounds the other factors as they stand", () => {
    const { simpleReturns } = compoundedFactors(
      factors(
        ["SMB", "Mkt-RF"],
        [
          ["2018-01-08", 0.01, 0.5, 0],
          ["2018-01-12", 0.01, -0.5, 0],
        ],
      ),
      "weekly",
    );
    expect(simpleReturns[0]).toBe(-0.25);
    expect(Math.abs(simpleReturns[1]!)).toBeLessThanOrEqual(ROUNDING);
  });

  it("has one row per period, dated by its last day, a partial one too", () => {
    const rows = factors(
      ["HML"],
      [
        ["2018-01-31", 0, 0.1],
        ["2018-02-01", 0, 0.2],
        ["2018-02-02", 0, 0.3],
        ["2018-02-05", 0, 0.4],
      ],
    );
    const monthly = compoundedFactors(rows, "monthly");
    expect(monthly.dates).toEqual(["2018-01-31", "2018-02-28"]);
    const weekly = compoundedFactors(rows, "weekly");
    expect(weekly.dates).toEqual(["2018-02-02", "2018-02-09"]);
    expect(weekly.simpleReturns[0]).toBeCloseTo(1.1 * 1.2 * 1.3 - 1, 12);
    expect(weekly.simpleReturns[1]).toBeCloseTo(0.4, 12);
  });

  it("is the same returns at daily frequency", () => {
    const returns = fc.double({ min: -0.2, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(returns, returns, returns), { minLength: 1 }), (rows) => {
        const daily = factors(
          ["Mkt-RF", "HML"],
          rows.map((row, t) => [isoDate(17_000 + t), ...row]),
        );
        const same = compoundedFactors(daily, "daily");
        expect(same.dates).toEqual(daily.dates);
        same.simpleReturns.forEach((r, at) => {
          expect(Math.abs(r - daily.simpleReturns[at]!)).toBeLessThanOrEqual(ROUNDING);
        });
      }),
      RUNS,
    );
  });

  it("grows month by month as the days do: the sum of logarithms is kept", () => {
    const returns = fc.double({ min: -0.2, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(returns, returns), { minLength: 1, maxLength: 100 }),
        (rows) => {
          const daily = factors(
            ["HML"],
            rows.map((row, t) => [isoDate(17_000 + t), ...row]),
          );
          const monthly = compoundedFactors(daily, "monthly");
          for (const key of ["simpleReturns", "riskFree"] as const) {
            const [days, months] = [daily, monthly].map((f) =>
              f[key].reduce((sum, r) => sum + Math.log1p(r), 0),
            );
            expect(Math.abs(days! - months!)).toBeLessThanOrEqual(ROUNDING * rows.length);
          }
        },
      ),
      RUNS,
    );
  });

  it("is NaN for a factor with a missing day, and not for the others", () => {
    const { simpleReturns } = compoundedFactors(
      factors(
        ["SMB", "HML"],
        [
          ["2018-01-08", 0, Number.NaN, 0.1],
          ["2018-01-12", 0, 0.1, 0.1],
        ],
      ),
      "weekly",
    );
    expect(simpleReturns[0]).toBeNaN();
    expect(simpleReturns[1]).toBeCloseTo(0.21, 12);
  });

  it("refuses rows that are not daily: each would count as a day", () => {
    const monthly = factors(
      ["Mkt-RF"],
      [
        ["2018-01-31", 0.01, 0.09],
        ["2018-02-28", 0.01, 0.09],
        ["2018-03-31", 0.01, 0.09],
      ],
    );
    expect(() => compoundedFactors(monthly, "weekly")).toThrow(
      new RangeError(
        "compoundedFactors: the factors must be daily, but they are monthly (2018-01-31, 2018-02-28, 2018-03-31 …); read the publisher's daily file",
      ),
    );
  });

  it("leaves its input unchanged", () => {
    const daily = factors(["Mkt-RF"], [["2018-01-03", 0.01, 0.09]]);
    const before = structuredClone(daily);
    compoundedFactors(daily, "weekly");
    expect(daily).toEqual(before);
  });

  it("gives Kenneth French's annual Mkt-RF from his monthly rows", async (ctx) => {
    needsRaw(ctx);
    const monthly = await readFactorFile(FRENCH);
    // The months of a year stand in for days of its January, so that January's end is the year's.
    const compounded = compoundedFactors(
      {
        ...monthly,
        dates: monthly.dates.map((date) => `${date.slice(0, 4)}-01-${date.slice(5, 7)}`),
      },
      "monthly",
    );
    const market = column(
      compounded.simpleReturns,
      compounded.names.length,
      compounded.names.indexOf("Mkt-RF"),
    );
    const [, annual] = readFileSync(FRENCH, "utf8").split("Annual Factors");
    const years = [...annual!.matchAll(/^\s*(\d{4})\s*,\s*([-.\d]+)/gm)];
    expect(years.length).toBeGreaterThan(60);
    for (const [, year, printed] of years) {
      const t = compounded.dates.indexOf(`${year}-01-31`);
      expect(Math.abs(100 * market[t]! - Number(printed)), `year ${year}`).toBeLessThanOrEqual(
        year! >= "2018" ? ANNUAL_TOLERANCE : ANNUAL_TOLERANCE_EVER,
      );
    }
  });
});

describe("wholePeriods", () => {
  const WEEKS = ["2018-01-12", "2018-01-19", "2018-01-26"];

  it("are those whose first and last weekday lie within the days", () => {
    const whole = (from: string, through: string) => [
      ...wholePeriods(WEEKS, [from, through], "weekly"),
    ];
    expect(whole("2018-01-08", "2018-01-26")).toEqual(WEEKS);
    expect(whole("2018-01-09", "2018-01-26")).toEqual(WEEKS.slice(1));
    expect(whole("2018-01-08", "2018-01-25")).toEqual(WEEKS.slice(0, 2));
  });

  it("do not ask for days of a weekend", () => {
    // The first and the last day of September 2018 are a Saturday and a Sunday.
    expect(wholePeriods(["2018-09-30"], ["2018-09-03", "2018-09-28"], "monthly")).toEqual(
      new Set(["2018-09-30"]),
    );
  });

  it("are none where there are no days", () => {
    expect(wholePeriods(WEEKS, [], "weekly")).toEqual(new Set());
  });
});
