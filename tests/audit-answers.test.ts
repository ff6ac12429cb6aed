/** Findings of the audit by hand: every number of each, on a few made-up values. */

import { describe, expect, it } from "vitest";
import { openCloseFindings, rangeFindings } from "../lib/src/data/audit/bars.js";
import { normalBound, outlierBound, runBound } from "../lib/src/data/audit/chance.js";
import { dateFindings } from "../lib/src/data/audit/dates.js";
import { marketFindings } from "../lib/src/data/audit/market.js";
import { averageFindings, extremeFindings, jumpFindings } from "../lib/src/data/audit/returns.js";
import { longRuns, missingFindings, spanFindings } from "../lib/src/data/audit/runs.js";
import { unitFindings } from "../lib/src/data/audit/units.js";
import { isoDate } from "../lib/src/panel/calendar.js";
import type { Factors } from "../lib/src/types.js";
import { days, months } from "./support/audited.js";

const RULES = { falseAlarms: 0.01, annualScale: 3 };
/** Of the standard normal distribution, from a table. */
const Z99 = 2.3263478740408408;

/** Prices of consecutive days. */
const daily = (...values: number[]) => ({
  days: Int32Array.from(values, (_, i) => i),
  values: Float64Array.from(values),
});
const series = (...values: number[]) => ({
  dates: months(values.length),
  values: Float64Array.from(values),
});
/** Signs that alternate, so that sizes alone decide. */
const swings = (n: number, size: (i: number) => number) =>
  series(...Array.from({ length: n }, (_, i) => (i % 2 ? -1 : 1) * size(i)));
const counting = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe("chance", () => {
  it("has the quantiles of tables", () => {
    expect(normalBound(0.01)).toBeCloseTo(Z99, 12);
    // R: qt(1e-4, 4) / (qnorm(0.75)^-1 * qt(0.75, 4))
    expect(outlierBound(50, 0.01)).toBeCloseTo(13.033672 / (1.4826022 * 0.7406971), 4);
  });

  it("lets a run be as long as n trials make it", () => {
    // 0.2^6 x 100 < 0.01 < 0.2^5 x 100
    expect(runBound(100, 0.2, 0.01)).toBe(6);
    expect([runBound(100, 0, 0.01), runBound(1, 0.001, 0.5)]).toEqual([1, 1]);
  });
});

describe("bars", () => {
  const bars = {
    high: daily(11, 11, 11, 11),
    low: daily(9, 9, 9, 9),
    close: daily(10, 12, 8.5, 10),
  };

  it("out of their range are an error from more than half of them on", () => {
    const [finding] = rangeFindings("X", bars);
    expect(finding).toMatchObject({ date: isoDate(1), threshold: 1e-6, severity: "warning" });
    expect(finding!.value).toBeCloseTo(1 / 11, 12);
    const [most] = rangeFindings("X", { ...bars, close: daily(8.9, 12, 8.5, 10) });
    expect(most).toMatchObject({ date: isoDate(1), severity: "error" });
  });

  it("are measured by their opens too, against high and low of the same day", () => {
    const [finding] = rangeFindings("X", {
      ...bars,
      close: daily(10, 10, 10, 10),
      open: daily(10, 10, 10, 7.2),
    });
    expect(finding).toMatchObject({ date: isoDate(3), severity: "warning" });
    expect(finding!.value).toBeCloseTo(0.2, 12);
  });

  it("whose open is the farther price are counted against one half, without days that are no side's", () => {
    // From 10: to 12 at the open, to 11 at the close; the fifth day has one price.
    const close = daily(10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 11);
    const open = daily(10, 12, 9, 12, 9, 11, 9, 12, 9, 12, 9, 10.5);
    const [finding] = openCloseFindings("X", { close, open }, RULES);
    expect(finding!.value).toBeCloseTo(9 / 10, 12);
    expect(finding!.threshold).toBeCloseTo(0.5 + Z99 / (2 * Math.sqrt(10)), 10);
    expect(finding!.remedy).toContain("on 90 % of 10 days");
  });
});

describe("dates", () => {
  it("have holes where periods are missing: a year of days is a closure, more is a slip", () => {
    const on = days(600);
    const check = (kept: (i: number) => boolean) =>
      dateFindings("X", on.filter((_, i) => kept(i)).map(isoDate), {
        ...RULES,
        frequency: "daily",
      });
    // Weekdays: 366 are more than a year.
    expect(check((i) => i < 100 || i >= 466)).toMatchObject([
      { check: "gap", date: isoDate(on[100]!), value: 366, threshold: 0, severity: "warning" },
    ]);
    expect(check((i) => i < 100 || i >= 467)).toMatchObject([{ value: 367, severity: "error" }]);
  });

  it("of months have no hole of any length", () => {
    const dates = months(30).filter((_, t) => t !== 7);
    expect(dateFindings("X", dates, { ...RULES, frequency: "monthly" })).toMatchObject([
      { check: "gap", date: months(8)[7], value: 1, threshold: 0, severity: "error" },
    ]);
  });

  it("are counted in time where their rows are not in order", () => {
    const dates = [0, 2, 1, 4, 5, 1].map((t) => months(6)[t]!);
    const found = dateFindings("X", dates, { ...RULES, frequency: "monthly" });
    expect(found.map(({ check, date, value }) => [check, date, value])).toEqual([
      ["duplicate", months(6)[1], 1],
      ["unsorted", months(6)[1], 1],
      ["gap", months(6)[3], 1],
    ]);
  });

  it("are not over before their last weekday", () => {
    // 2018-06-30 is a Saturday: trade ended on the 29th.
    const check = (asOf: string) =>
      dateFindings("X", months(6), { ...RULES, frequency: "monthly", asOf }).map((f) => [
        f.check,
        f.value,
      ]);
    expect(check("2018-06-27")).toEqual([["partial", 2]]);
    expect(check("2018-06-29")).toEqual([]);
    expect(check("2018-05-31")).toEqual([["future", 1]]);
    expect(check("2018-03-31")).toEqual([["future", 3]]);
  });
});

describe("runs", () => {
  it("are as long as they are, and counted from their first date", () => {
    const values = [Number.NaN, 1, Number.NaN, Number.NaN, 1];
    expect(missingFindings("X", months(5), values).map(({ date, value }) => [date, value])).toEqual(
      [
        [months(5)[0], 1],
        [months(5)[2], 2],
      ],
    );
  });

  it("are held against the rate of all others, one event more than seen", () => {
    // Of 100: one run of 5 and one single. Rate of the five (6 - 5 + 1) / (100 - 5 + 2) = 2 / 97: two are usual.
    const event = (i: number) => (i >= 10 && i < 15) || i === 50;
    expect(longRuns(100, event, 0.01)).toEqual([{ from: 10, length: 5, bound: 2 }]);
  });

  it("outside a series' life are counted before and after", () => {
    expect(
      spanFindings("X", months(10), { first: 2, last: 6 }).map((f) => [f.check, f.date, f.value]),
    ).toEqual([
      ["begins", months(10)[2], 2],
      ["ends", months(10)[6], 3],
    ]);
    expect(spanFindings("X", months(10), { first: 0, last: 9 })).toEqual([]);
    expect(spanFindings("X", months(10), { first: -1, last: -1 })).toEqual([]);
  });
});

describe("units", () => {
  const unit = (values: ReturnType<typeof series>) =>
    unitFindings("X", values, { ...RULES, frequency: "monthly" });

  it("are told from one value on every date", () => {
    expect(unit(series(0.1, 0.1))).toMatchObject([{ check: "constant", value: 0.1 }]);
    expect(unit(series(0.1))).toEqual([]);
  });

  it("are told from levels, from eight values on: seven of one sign come by chance", () => {
    expect(unit(series(...counting(7)))).toEqual([]);
    const [finding] = unit(series(...counting(8)));
    // Ranks 1 to 8: seven steps of 1, over (8^3 - 8) / 12.
    expect(finding).toMatchObject({ check: "levels", value: 7 / 42 });
    expect(finding!.threshold).toBeCloseTo(2 - (2 * Z99) / Math.sqrt(8), 10);
    expect(unit(series(...counting(8).map((x) => -x)))).toMatchObject([{ check: "levels" }]);
  });

  it("are told from the scale of a year", () => {
    // Sizes 1, 2, 1, 2 …: median 0, half of all beyond 1.5.
    const [finding] = unit(swings(40, (i) => 1 + (i % 4 < 2 ? 0 : 1)));
    expect(finding).toMatchObject({ check: "unit", threshold: 3 });
    expect(finding!.value).toBeCloseTo(1.4826022185 * 1.5 * Math.sqrt(12), 8);
    const ofYear = (frequency: "daily" | "weekly") =>
      unitFindings(
        "X",
        swings(40, (i) => 1 + (i % 4 < 2 ? 0 : 1)),
        { ...RULES, frequency },
      )[0]!.value;
    expect(ofYear("weekly")).toBeCloseTo(1.4826022185 * 1.5 * Math.sqrt(52), 7);
    expect(ofYear("daily")).toBeCloseTo(1.4826022185 * 1.5 * Math.sqrt(252), 7);
  });

  it("are told from a change, where the sizes before and after lie closest to their medians", () => {
    const [finding] = unit(swings(80, (i) => (i < 48 ? 0.01 : 0.2)));
    expect(finding).toMatchObject({ check: "unit-change", date: months(80)[48], threshold: 10 });
    expect(finding!.value).toBeCloseTo(20, 10);
    const [back] = unit(swings(80, (i) => (i < 48 ? 0.2 : 0.01)));
    expect(back).toMatchObject({ date: months(80)[48], threshold: 0.1 });
    expect(unit(swings(80, (i) => (i < 48 ? 0.01 : 0.099)))).toEqual([]);
    // A hundred places are tried at most: from 101 values on, every second.
    const at = (n: number) => unit(swings(n, (i) => (i < 13 ? 0.01 : 0.2)))[0]!.date;
    expect(at(100)).toBe(months(14)[13]);
    expect([months(13)[12], months(15)[14]]).toContain(at(101));
  });
});

describe("returns", () => {
  it("beyond tenfold logs are impossible, and no scale is taken from them", () => {
    const values = swings(40, (i) => (i === 7 ? 10.5 : 0.01 + (i % 3) / 1000));
    expect(extremeFindings("X", values, RULES)).toMatchObject([
      { check: "impossible", date: months(8)[7], value: -10.5, threshold: -10 },
    ]);
  });

  it("are outliers by their distance from the median in robust scales", () => {
    // Sizes of 1 %, one of 50 %: median 1 % or -1 %, scale 1.4826 x 1 %.
    const values = swings(41, (i) => (i === 20 ? 0.5 : 0.01));
    const [finding] = extremeFindings("X", values, RULES);
    expect(finding).toMatchObject({ check: "outlier", date: months(41)[20], severity: "warning" });
    expect(finding!.threshold).toBe(outlierBound(41, 0.01));
    expect(Math.abs(finding!.value)).toBeGreaterThan(10);
  });

  it("of series that hardly move jump from tenfold on", () => {
    const [up, down] = [Math.log(10.1), -Math.log(10.1)];
    expect(
      jumpFindings("X", series(0, up, 0, down, Math.log(9.9))).map((f) => [f.value, f.threshold]),
    ).toEqual([
      [up, Math.log(10)],
      [down, -Math.log(10)],
    ]);
  });

  it("that rise and fall in turn are averages by the rank correlation with the return before", () => {
    const values = Float64Array.from(counting(36), (i) => Math.sin(i / 3));
    const [finding] = averageFindings({ series: "X", dates: months(36), returns: values }, RULES);
    expect(finding!.threshold).toBeCloseTo(Z99 / 6, 10);
    expect(finding!.value).toBeGreaterThan(0.9);
    expect(
      averageFindings({ series: "X", dates: months(11), returns: values.slice(0, 11) }, RULES),
    ).toEqual([]);
  });
});

describe("an equity market", () => {
  const T = 40;
  const moves = swings(T, (i) => 0.01 + (i % 5) / 100).values;
  const factors: Factors = {
    dates: months(T),
    names: ["Mkt-RF"],
    simpleReturns: moves.map((r) => Math.exp(r) - 1 - 0.001),
    riskFree: new Float64Array(T).fill(0.001),
  };
  const check = (values: ArrayLike<number>, n = T) =>
    marketFindings(
      { series: "E", dates: months(n), returns: Float64Array.from(values) },
      factors,
      RULES,
    );

  it("is the stock market itself", () => {
    expect(check(moves)).toEqual([]);
  });

  it("differs from the stock market by less than that one swings", () => {
    // Sizes of 1 to 5 %, both signs: a median near 0, half of all beyond 3 %.
    const far = Float64Array.from(moves, (r, i) => (i === 7 || i === 20 ? -r : r));
    expect(check(far)).toEqual([]);
    const values = Float64Array.from(moves, (r, i) => (i === 7 ? r - 1 : i === 20 ? r + 0.9 : r));
    const [finding] = check(values);
    const sizes = [...moves].sort((a, b) => a - b);
    const middle = (sizes[19]! + sizes[20]!) / 2;
    const off = [...moves].map((r) => Math.abs(r - middle)).sort((a, b) => a - b);
    const scale = (1.4826022185 * (off[19]! + off[20]!)) / 2;
    expect(finding).toMatchObject({ check: "market-difference", date: months(T)[7] });
    expect(finding!.value).toBeCloseTo(-1 / scale, 5);
    expect(finding!.threshold).toBeCloseTo(outlierBound(T, 0.01), 10);
    expect(finding!.remedy).toContain("periods beyond the threshold: 2 of 40");
  });

  it("is in its unit, by the ratio of median moves from five pairs on", () => {
    const [finding] = check(moves.map((r) => 11 * r));
    expect(finding).toMatchObject({ check: "market-unit", threshold: 10 });
    expect(finding!.value).toBeCloseTo(11, 8);
    expect(check(moves.map((r) => r / 11))).toMatchObject([{ threshold: 0.1 }]);
    expect(
      check(
        moves.slice(0, 5).map((r) => 11 * r),
        5,
      ),
    ).toMatchObject([{ check: "market-unit" }]);
    expect(
      check(
        moves.slice(0, 4).map((r) => 11 * r),
        4,
      ).map((finding) => finding.check),
    ).not.toContain("market-unit");
  });

  it("does not stand against it: farther than twice its median move in most months, and uncorrelated", () => {
    const findings = check(moves.map((r) => -r));
    const [distance, correlation] = ["market-distance", "market-correlation"].map((name) =>
      findings.find((finding) => finding.check === name),
    );
    // |2 r| > 2 x median |r|: sizes of 4 and 5 % of 1 … 5 %.
    expect(distance).toBeUndefined();
    expect(correlation!.value).toBe(-1);
    expect(correlation!.threshold).toBeCloseTo(
      Math.tanh(Math.atanh(0.5) - Z99 * Math.sqrt(1.06 / 37)),
      10,
    );
    const far = check(moves.map((r) => -4 * r)).find(({ check }) => check === "market-distance")!;
    // |5 r| > 6 %: all but sizes of 1 %.
    expect(far.value).toBeCloseTo(32 / 40, 12);
    expect(far.threshold).toBeCloseTo(0.5 + Z99 / (2 * Math.sqrt(40)), 10);
  });

  it("of other dates moves with the market of the period before or after", () => {
    const steps = Float64Array.from(moves, (_, t) => Math.sin(7 * t * t) / 30);
    const market = { ...factors, simpleReturns: steps.map((r) => Math.exp(r) - 1.001) };
    const words = (by: number) =>
      marketFindings(
        { series: "E", dates: months(T), returns: steps.map((_, t) => steps[t + by] ?? 0.001) },
        market,
        RULES,
      )
        .map(({ remedy }) => remedy)
        .join();
    expect(words(-1)).toMatch(/of the period before \(rank correlation (1|0\.9\d*)\)/);
    expect(words(1)).toMatch(/of the period after \(rank correlation (1|0\.9\d*)\)/);
  });
});
