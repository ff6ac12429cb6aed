/** What a panel is held against in its audit: factor files and the bars of its series. */

import { describe, expect, it } from "vitest";
import { factorRevisions } from "../lib/src/data/audit/factors.js";
import { fieldReturns } from "../lib/src/data/audit/fields.js";
import { isoDate, periodEnd } from "../lib/src/panel/calendar.js";
import { lastOfPeriod } from "../lib/src/panel/resample.js";
import { logReturns } from "../lib/src/panel/returns.js";
import { selectSeries } from "../lib/src/panel/series.js";
import type { DatedSeries } from "../lib/src/types.js";
import {
  all,
  audit,
  changed,
  cleanBars,
  dates,
  days,
  factors,
  found,
  panel,
  rowsOf,
} from "./support/audited.js";

describe("a factor file", () => {
  it("is audited itself, and judges no series if its market is in percent", () => {
    const percent = {
      ...factors,
      simpleReturns: factors.simpleReturns.map((r) => 100 * r),
    };
    expect(found(audit(panel, { factors: percent }))).toEqual(
      factors.names.map((name) => [name, "unit", null]),
    );
  });

  it("is refused if RF is in percent, and judges no series by it", () => {
    const percent = {
      ...factors,
      riskFree: factors.riskFree.map((r) => 100 * r),
    };
    const findings = audit(panel, { factors: percent });
    expect(found(findings)).toEqual([["RF", "rate-unit", null]]);
    expect(findings[0]).toMatchObject({ threshold: 1, severity: "error" });
    const few = (n: number) => ({
      ...percent,
      dates: factors.dates.slice(0, n),
      simpleReturns: percent.simpleReturns.subarray(0, 5 * n),
      riskFree: new Float64Array(n).fill(0.4),
    });
    const ratesOf = (n: number) =>
      audit(rowsOf(panel, all.slice(0, n)), { factors: few(n) }).filter(
        ({ check }) => check === "rate-unit",
      );
    expect(audit(rowsOf(panel, all.slice(0, 11)), { factors: few(11) })).toEqual([]);
    expect(ratesOf(12)).toHaveLength(1);
  });

  it("judges the series by the rest of it where it lacks a value", () => {
    const gap = { ...factors, riskFree: factors.riskFree.with(95, Number.NaN) };
    const hundredth = changed(panel, "EQUITY", (r) => r / 100);
    expect(found(audit(hundredth, { factors: gap }))).toEqual([
      ["EQUITY", "market-unit", null],
      ["RF", "missing", factors.dates[95]],
    ]);
    const outlier = factors.simpleReturns.with(5 * 95, 0.9);
    expect(found(audit(hundredth, { factors: { ...factors, simpleReturns: outlier } }))).toEqual([
      ["EQUITY", "market-unit", null],
      ["Mkt-RF", "outlier", factors.dates[95]],
    ]);
    // A factor in another unit that is no part of the market judges no series either.
    const percent = factors.simpleReturns.map((r, at) => (at % 5 === 1 ? 100 * r : r));
    expect(found(audit(hundredth, { factors: { ...factors, simpleReturns: percent } }))).toEqual([
      ["EQUITY", "market-unit", null],
      ["SMB", "unit", null],
    ]);
  });

  it("has its dates and its missing values told, RF among them", () => {
    const rows = [...factors.dates.keys()].filter((t) => t !== 90);
    const damaged = {
      ...factors,
      dates: rows.map((t) => factors.dates[t]!),
      simpleReturns: Float64Array.from(
        rows.flatMap((t) => [...factors.simpleReturns.subarray(5 * t, 5 * t + 5)]),
      ),
      riskFree: Float64Array.from(rows, (t) => (t === 95 ? Number.NaN : factors.riskFree[t]!)),
    };
    expect(found(audit(panel, { factors: damaged }))).toEqual([
      ["factors", "gap", factors.dates[90]],
      ["RF", "missing", factors.dates[95]],
    ]);
  });

  it("differs from another vintage where it was revised", () => {
    expect(factorRevisions(factors, factors)).toEqual([]);
    const revised = {
      ...factors,
      dates: factors.dates.slice(0, 60),
      simpleReturns: factors.simpleReturns
        .subarray(0, 300)
        .map((r, at) => (at === 52 || at === 57 ? r + (at - 51) / 1e4 : r)),
      riskFree: factors.riskFree.subarray(0, 60),
    };
    expect(factorRevisions(factors, revised)).toMatchObject([
      {
        series: "HML",
        check: "revision",
        date: factors.dates[11],
        severity: "warning",
      },
    ]);
    const [hml] = factorRevisions(factors, revised);
    expect(hml!.value).toBeCloseTo(0.0006, 12);
    expect(hml!.remedy).toContain("2 of 60");
  });
});

describe("a column held against its bars", () => {
  const bars = cleanBars(days(1000), "fields");
  const monthly = (field: keyof typeof bars, f = (r: number) => r) => {
    const { ends, values } = logReturns(lastOfPeriod(bars[field], "monthly"), "monthly");
    const at = new Map([...ends].map((end, i) => [isoDate(end), values[i]!]));
    const rows = all.filter((t) => at.has(dates[t]!));
    return changed(rowsOf(panel, rows), "GOLD", (_, t) => f(at.get(dates[rows[t]!]!)!));
  };
  const fields = fieldReturns({ GOLD: bars }, "monthly");

  it("matches its closes", () => {
    expect(audit(monthly("close"), { fields })).toEqual([]);
  });

  it.each(["open", "high", "low"] as const)(
    "is refused if it was made from the field %s",
    (field) => {
      const findings = audit(monthly(field), { fields });
      expect(found(findings)).toEqual([["GOLD", "field", null]]);
      expect(findings[0]).toMatchObject({ threshold: 0, severity: "error" });
      expect(findings[0]!.remedy).toContain(`matches ${field}`);
    },
  );

  it("is refused if it holds simple returns", () => {
    const simple = audit(
      monthly("close", (r) => Math.exp(r) - 1),
      { fields },
    );
    expect(found(simple)).toEqual([["GOLD", "field", null]]);
    expect(simple[0]!.remedy).toContain("matches simple returns");
  });

  it("is refused if it was made from averages of each month, whatever their autocorrelation", () => {
    const averages = selectSeries(fields.average!, ["GOLD"]);
    const rows = all.filter((t) => averages.dates.includes(dates[t]!));
    const damaged = changed(
      rowsOf(panel, rows),
      "GOLD",
      (_, t) => averages.values[averages.dates.indexOf(dates[rows[t]!]!)]!,
    );
    const [finding] = audit(damaged, { fields }).filter(({ check }) => check === "field");
    expect(finding!.remedy).toContain("matches average");
  });

  it("is recognised though one month in five has a dividend and the values are rounded", () => {
    const five = rowsOf(monthly("open"), [0, 1, 2, 3, 4]);
    const rounded = changed(five, "GOLD", (r, t) => Number((t === 2 ? r + 0.0064 : r).toFixed(4)));
    const [finding, ...others] = audit(rounded, { fields });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ check: "field", severity: "error" });
    // Five months: the errors must differ by 0.01^(-1/5) = 2.5119.
    const best = Number(/difference ([\d.]+), n = 5/.exec(finding!.remedy)![1]);
    expect(finding!.threshold / best).toBeCloseTo(2.5119, 3);
    expect(finding!.value).toBeGreaterThan(finding!.threshold);
  });

  it("is warned of dividends if the adjusted close is at hand and was not taken", () => {
    const adjustedClose = {
      ...bars.close,
      values: bars.close.values.map((p, i) => p * Math.exp(i * 1e-5)),
    };
    const both = fieldReturns({ GOLD: { close: bars.close, adjustedClose } }, "monthly");
    const findings = audit(monthly("close"), { fields: both });
    expect(findings).toMatchObject([{ check: "field", severity: "warning" }]);
    expect(findings[0]!.remedy).toContain("dividends");
  });

  it("is warned of if it was made from none of the fields", () => {
    expect(audit(rowsOf(panel, all.slice(0, 40)), { fields })).toMatchObject([
      { series: "GOLD", check: "unmatched", severity: "warning" },
    ]);
  });

  it("needs two fields, on dates that it shares with them", () => {
    const { close, open } = fields;
    expect(audit(monthly("open"), { fields: { open: open! } })).toEqual([]);
    expect(audit(monthly("open"), { fields: { close: close! } })).toEqual([]);
    const later = (series: DatedSeries) => ({
      ...series,
      dates: series.dates.map((date) => date.replace(/^20/, "21")),
    });
    expect(
      audit(monthly("open"), {
        fields: { open: later(open!), close: later(close!) },
      }),
    ).toEqual([]);
  });

  it("has each field's returns at period ends, and those of the means of the closes", () => {
    expect(Object.keys(fields)).toEqual(["open", "high", "low", "close", "average"]);
    const inMonth = (month: string) =>
      [...bars.close.days.keys()].filter((i) => isoDate(bars.close.days[i]!).startsWith(month));
    const mean = (month: string) => {
      const at = inMonth(month);
      return at.reduce((s, i) => s + bars.close.values[i]!, 0) / at.length;
    };
    expect(fields.average!.dates[0]).toBe("2018-02-28");
    expect(fields.average!.values[0]).toBeCloseTo(Math.log(mean("2018-02") / mean("2018-01")), 12);
    const last = (month: string, field: "open" | "close") =>
      bars[field].values[inMonth(month).at(-1)!]!;
    for (const field of ["open", "close"] as const)
      expect(fields[field]!.values[0]).toBeCloseTo(
        Math.log(last("2018-02", field) / last("2018-01", field)),
        12,
      );
    const end = bars.close.days.at(-1)!;
    expect(end).toBeLessThan(periodEnd(end, "monthly"));
    expect(fields.average!.dates).toEqual(fields.close!.dates);
  });
});
