/** Findings on factor files, each by hand: their dates, the unit of RF, and the periods that they cover. */

import { describe, expect, it } from "vitest";
import {
  coverageFindings,
  factorFindings,
  unusedFactorFindings,
} from "../lib/src/data/audit/factors.js";
import type { Finding } from "../lib/src/data/audit/finding.js";
import { marketFindings, stockMarket } from "../lib/src/data/audit/market.js";
import type { Factors } from "../lib/src/types.js";
import { months } from "./support/audited.js";

const RULES = { falseAlarms: 0.01, annualScale: 3 };
/** Market returns of 1 to 3 %, up and down, and rates of one size. */
const factors = (n: number, rate: number, dates = months(n)): Factors => ({
  dates,
  names: ["Mkt-RF"],
  simpleReturns: Float64Array.from(dates, (_, t) => [0.02, -0.02, 0.01, -0.03][t % 4]!),
  riskFree: new Float64Array(n).fill(rate),
});
const told = (findings: readonly Finding[]) =>
  findings.map(({ series, check, date, value, severity }) => [
    series,
    check,
    date,
    value,
    severity,
  ]);

describe("factorFindings", () => {
  const found = (given: Factors) => told(factorFindings(given, "monthly", RULES));

  it("refuse a rate that is larger than what the market moves", () => {
    // The median size is 2 %.
    expect(found(factors(12, 0.02))).toEqual([]);
    expect(found(factors(12, 0.03))).toEqual([["RF", "rate-unit", null, 1.5, "error"]]);
    expect(found(factors(12, -0.03))).toEqual([["RF", "rate-unit", null, 1.5, "error"]]);
    expect(found(factors(11, 0.03))).toEqual([]);
    expect(found({ ...factors(12, 0.03), names: ["SMB"] })).toEqual([]);
  });

  it("judge dates, columns and the rates that are missing", () => {
    const whole = factors(20, 0.001);
    const dates = whole.dates.map((date, t) => (t === 19 ? "2031-01-31" : date));
    const [gap, ...others] = found({ ...whole, dates });
    expect(gap!.slice(0, 3)).toEqual(["factors", "gap", "2019-08-31"]);
    expect(others).toEqual([]);
    const rates = whole.riskFree.with(4, NaN).with(5, NaN);
    expect(found({ ...whole, riskFree: rates })).toEqual([
      ["RF", "missing", whole.dates[4], 2, "error"],
    ]);
    const percent = whole.simpleReturns.map((r) => 100 * r);
    expect(
      found({ ...whole, simpleReturns: percent }).map(([series, check]) => [series, check]),
    ).toEqual([["Mkt-RF", "unit"]]);
  });
});

describe("coverageFindings", () => {
  it("count the periods without a stock market: an error if these are all", () => {
    const dates = months(6);
    const given = factors(4, 0.001);
    expect(coverageFindings(dates.slice(0, 4), given)).toEqual([]);
    expect(told(coverageFindings(dates, given))).toEqual([
      ["factors", "coverage", dates[4], 2, "warning"],
    ]);
    expect(coverageFindings(dates, given)[0]!.remedy).toContain("have 2018-01-31 to 2018-04-30");
    expect(told(coverageFindings(dates.slice(4), given))).toEqual([
      ["factors", "coverage", dates[4], 2, "error"],
    ]);
    const missing = { ...given, riskFree: given.riskFree.with(1, NaN) };
    expect(told(coverageFindings(dates.slice(0, 4), missing))).toEqual([
      ["factors", "coverage", dates[1], 1, "warning"],
    ]);
    expect(told(coverageFindings(dates, { ...given, names: ["SMB"] }))).toEqual([
      ["factors", "coverage", dates[0], 6, "error"],
    ]);
  });
});

describe("unusedFactorFindings", () => {
  const panel = (dates: readonly string[]) => ({ dates, frequency: "monthly" as const });
  const found = (dates: readonly string[], given: Factors) =>
    told(unusedFactorFindings(panel(dates), given, RULES));

  it("say that a panel begins after the last factors", () => {
    const later = months(8).slice(5);
    expect(found(later, factors(4, 0.001))).toEqual([
      ["factors", "coverage", later[0], 3, "warning"],
    ]);
    expect(found(months(2), factors(4, 0.001, months(8).slice(4)))).toEqual([]);
  });

  it("say instead what is wrong with the dates of the factors", () => {
    const dates = ["2018-01-15", "2018-02-15"];
    expect(found(months(8).slice(5), factors(2, 0.001, dates))).toEqual([
      ["factors", "invalid-date", "2018-01-15", 2, "error"],
    ]);
    expect(found([], factors(2, 0.001))).toEqual([]);
    expect(found(months(2), factors(0, 0.001, []))).toEqual([]);
  });
});

describe("the stock market", () => {
  it("is the log of one and both returns, on the dates that have both", () => {
    const given = factors(3, 0.001);
    const { dates, values } = stockMarket({ ...given, riskFree: given.riskFree.with(1, NaN) });
    expect(dates).toEqual([given.dates[0], given.dates[2]]);
    expect([...values]).toEqual([Math.log(1.021), Math.log(1.011)]);
    expect(stockMarket({ ...given, names: ["SMB"] }).dates).toEqual([]);
  });

  it("is held against the correlation of four pairs or more", () => {
    const market = factors(12, 0);
    const { dates, values } = stockMarket(market);
    const checks = (n: number) =>
      marketFindings(
        { series: "E", dates: dates.slice(0, n), returns: values.slice(0, n).map((r) => -r) },
        market,
        RULES,
      ).map(({ check }) => check);
    expect(checks(3)).toEqual([]);
    expect(checks(4)).toEqual(["market-correlation"]);
  });

  it("judges a column from twelve dates of its own on, on one date in common at least", () => {
    const check = (n: number, dates: readonly string[], returns: readonly number[]) =>
      told(
        marketFindings(
          { series: "E", dates, returns: Float64Array.from(returns) },
          factors(n, 0),
          RULES,
        ),
      ).map(([, name, date]) => [name, date]);
    const [first] = months(1) as [string];
    expect(check(12, [first], [1])).toEqual([["market-difference", first]]);
    expect(check(11, [first], [1])).toEqual([]);
    expect(check(12, ["2031-01-31"], [1])).toEqual([]);
    // Of two that are as far, the first.
    expect(check(12, months(2), [1 + Math.log(1.02), 1 + Math.log(0.98)])).toEqual([
      ["market-difference", first],
    ]);
  });
});
