/** Returns of prices, logarithmic and simple, and their join by date. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber, isoDate } from "../lib/src/panel/calendar.js";
import type { PeriodSeries } from "../lib/src/panel/resample.js";
import { joinReturns, logReturns, simpleReturns } from "../lib/src/panel/returns.js";
import { RUNS } from "./support/helpers.js";

/** Sums of logarithms against the logarithm of a ratio. */
const ROUNDING = 1e-12;

const ALL = { from: "1900-01", through: "2100-12" };

const series = (values: Readonly<Record<string, number>>): PeriodSeries => ({
  ends: Int32Array.from(Object.keys(values), dayNumber),
  values: Float64Array.from(Object.values(values)),
});

const dated = ({ ends, values }: PeriodSeries) =>
  Object.fromEntries([...ends].map((end, i) => [isoDate(end), values[i]!]));

/** Month ends from 2018-01, one price each. */
const monthly = (prices: readonly number[]): PeriodSeries => ({
  ends: Int32Array.from(prices, (_, t) => Date.UTC(2018, t + 1, 0) / 86_400_000),
  values: Float64Array.from(prices),
});

const prices = fc.array(fc.double({ min: 0.01, max: 1e5, noNaN: true }), {
  minLength: 2,
  maxLength: 40,
});

describe("logReturns", () => {
  it("gives the report's five returns of BTC from FRED's month ends", () => {
    const btc = monthly([13_863.13, 10_099.99, 10_307.27, 6928.5, 9243.82, 7485]);
    const rounded = [...logReturns(btc, "monthly").values].map((r) => r.toFixed(4));
    expect(rounded).toEqual(["-0.3167", "0.0203", "-0.3972", "0.2883", "-0.2111"]);
  });

  it("is dated by the later of the two prices", () => {
    const returns = logReturns(monthly([1, Math.E]), "monthly");
    expect(dated(returns)).toEqual({ "2018-02-28": 1 });
  });

  it("has none over a missing month, and goes on after it", () => {
    const gap = series({
      "2018-01-31": 1,
      "2018-03-31": 2,
      "2018-04-30": 4,
    });
    expect(dated(logReturns(gap, "monthly"))).toEqual({
      "2018-04-30": Math.log(2),
    });
  });

  it("has none over a missing week", () => {
    const gap = series({
      "2018-01-05": 1,
      "2018-01-12": 2,
      "2018-01-26": 4,
    });
    expect(dated(logReturns(gap, "weekly"))).toEqual({
      "2018-01-12": Math.log(2),
    });
  });

  it("spans a weekend at daily frequency", () => {
    const days = series({ "2018-01-05": 1, "2018-01-08": 2 });
    expect(dated(logReturns(days, "daily"))).toEqual({
      "2018-01-08": Math.log(2),
    });
  });

  it("is empty for one price or none", () => {
    expect(logReturns(monthly([5]), "monthly").values).toHaveLength(0);
    expect(logReturns(monthly([]), "monthly").values).toHaveLength(0);
  });

  it("sums to the logarithm of last price over first", () => {
    fc.assert(
      fc.property(prices, (levels) => {
        const { values } = logReturns(monthly(levels), "monthly");
        const sum = values.reduce((total, r) => total + r, 0);
        const whole = Math.log(levels.at(-1)! / levels[0]!);
        expect(Math.abs(sum - whole)).toBeLessThanOrEqual(ROUNDING * levels.length);
      }),
      RUNS,
    );
  });

  it("does not depend on the currency's unit", () => {
    fc.assert(
      fc.property(prices, (levels) => {
        const inCents = levels.map((level) => level * 100);
        const [a, b] = [levels, inCents].map((x) => logReturns(monthly(x), "monthly").values);
        a!.forEach((r, t) => {
          expect(Math.abs(r - b![t]!)).toBeLessThanOrEqual(ROUNDING);
        });
      }),
      RUNS,
    );
  });
});

describe("joinReturns", () => {
  const A = series({ "2018-01-31": 1, "2018-02-28": 2, "2018-03-31": 3 });
  const B = series({ "2018-02-28": 20, "2018-03-31": 30, "2018-04-30": 40 });

  it("keeps the periods in which all series have a return", () => {
    expect(joinReturns({ A, B }, "inner", ALL)).toEqual({
      dates: ["2018-02-28", "2018-03-31"],
      names: ["A", "B"],
      values: Float64Array.of(2, 20, 3, 30),
    });
  });

  it("keeps the periods in which any has one, NaN for the others, when the join is outer", () => {
    expect(joinReturns({ A, B }, "outer", ALL)).toEqual({
      dates: ["2018-01-31", "2018-02-28", "2018-03-31", "2018-04-30"],
      names: ["A", "B"],
      values: Float64Array.of(1, Number.NaN, 2, 20, 3, 30, Number.NaN, 40),
    });
  });

  it("orders dates in time whatever series comes first", () => {
    const { dates } = joinReturns({ B, A }, "outer", ALL);
    expect(dates).toEqual([...dates].sort());
    expect(joinReturns({ B, A }, "inner", ALL).names).toEqual(["B", "A"]);
  });

  it("keeps only dates of the range", () => {
    const march = { from: "2018-03", through: "2018-03" };
    expect(joinReturns({ A, B }, "outer", march).dates).toEqual(["2018-03-31"]);
  });

  it("joins one series with itself to two equal columns", () => {
    fc.assert(
      fc.property(prices, (levels) => {
        const returns = logReturns(monthly(levels), "monthly");
        const { values } = joinReturns({ A: returns, B: returns }, "inner", ALL);
        expect(values).toEqual(Float64Array.from([...returns.values].flatMap((r) => [r, r])));
      }),
      RUNS,
    );
  });

  it("leaves its inputs unchanged", () => {
    const before = structuredClone({ A, B });
    joinReturns({ A, B }, "inner", ALL);
    expect({ A, B }).toEqual(before);
  });
});

describe("simpleReturns", () => {
  it("are exp(r) - 1, and NaN where a log return is missing", () => {
    const returns = simpleReturns([Math.log(1.1), -Math.log(2), 0]);
    [0.1, -0.5, 0].forEach((expected, t) => {
      expect(returns[t]).toBeCloseTo(expected, 12);
    });
    expect([...simpleReturns([Number.NaN])]).toEqual([Number.NaN]);
  });
});
