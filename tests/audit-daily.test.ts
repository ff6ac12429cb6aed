/** The audit of daily prices: a fault is put into clean bars, and the audit names it, and nothing else. */

import { describe, expect, it } from "vitest";
import { auditDaily } from "../lib/src/data/audit/daily.js";
import type { DailyBars } from "../lib/src/data/audit/fields.js";
import { dayNumber, isoDate } from "../lib/src/panel/calendar.js";
import type { DailySeries } from "../lib/src/panel/resample.js";
import { cleanBars, days, found } from "./support/audited.js";

/** Weekdays, and every day, through the last of a month. */
const WEEKDAYS = days(1500).filter((day) => day <= dayNumber("2023-06-30"));
const bars = cleanBars(WEEKDAYS, "daily");
const { close } = bars;
const EVERY_DAY = cleanBars(days(912, true), "daily");

const audit = (bars: DailyBars, options: { asOf?: string; falseAlarms?: number } = {}) =>
  auditDaily({ X: bars }, { frequency: "monthly", ...options });

/** The series with the rows given, in that order. */
const rowsOf = (series: DailySeries, rows: readonly number[]): DailySeries => ({
  days: Int32Array.from(rows, (i) => series.days[i]!),
  values: Float64Array.from(rows, (i) => series.values[i]!),
});
const all = [...WEEKDAYS.keys()];
const date = (i: number) => isoDate(WEEKDAYS[i]!);

/** The closes with some prices changed. */
const prices = (change: (price: number, i: number) => number): DailySeries => ({
  days: close.days,
  values: close.values.map(change),
});

describe("daily prices", () => {
  it("have no finding where they are clean", () => {
    expect(audit(bars)).toEqual([]);
    expect(audit({ close })).toEqual([]);
    expect(audit(EVERY_DAY)).toEqual([]);
  });

  it("are refused where a day occurs twice or days go back, and not judged further", () => {
    const wild = prices((p, i) => (i === 700 ? 100 * p : p));
    const twice = rowsOf(wild, [...all.slice(0, 100), 99, ...all.slice(100)]);
    expect(found(audit({ close: twice }))).toEqual([["X", "duplicate", date(99)]]);
    const back = rowsOf(wild, [...all.slice(0, 98), 99, 98, ...all.slice(100)]);
    expect(found(audit({ close: back }))).toEqual([["X", "unsorted", date(98)]]);
  });

  it("are warned of a hole longer than holidays make it", () => {
    const holes = all.filter((i) => i % 28 !== 5 && !(i > 600 && i < 606));
    const findings = audit({ close: rowsOf(close, holes) });
    expect(findings).toMatchObject([
      {
        check: "gap",
        date: date(601),
        value: 5,
        threshold: 3,
        severity: "warning",
      },
    ]);
  });

  it("are refused where a date is years after all others: a slip, for no exchange closes for a year", () => {
    const days = Int32Array.from([...close.days.subarray(0, -1), dayNumber("2099-06-30")]);
    expect(audit({ close: { days, values: close.values } })).toMatchObject([
      {
        check: "gap",
        severity: "error",
        remedy: expect.stringContaining("is a slip, correct that"),
      },
    ]);
    const strike = all.filter((i) => i < 600 || i >= 720);
    expect(audit({ close: rowsOf(close, strike) })).toMatchObject([
      { check: "gap", severity: "warning", value: 120 },
    ]);
  });

  it("are warned of a single missing day if all others are there", () => {
    const every = [...EVERY_DAY.close.days.keys()];
    const kept = every.filter((i) => i !== 500);
    expect(audit({ close: rowsOf(EVERY_DAY.close, kept) })).toMatchObject([
      { check: "gap", value: 1, threshold: 0 },
    ]);
  });

  it("are refused after the day on which they were obtained, and that day may be a snapshot", () => {
    const asOf = "2023-06-29";
    expect(audit({ close }, { asOf })).toMatchObject([
      { check: "future", date: "2023-06-30", severity: "error" },
      { check: "partial", date: "2023-06-29", severity: "warning" },
    ]);
    expect(found(audit({ close }, { asOf: "2023-06-30" }))).toEqual([
      ["X", "partial", "2023-06-30"],
    ]);
    expect(audit({ close }, { asOf: "2023-07-01" })).toEqual([]);
  });

  it("are warned of a last period that resampling will drop", () => {
    const short = rowsOf(close, all.slice(0, -3));
    expect(audit({ close: short })).toMatchObject([
      {
        check: "partial",
        date: "2023-06-27",
        value: 3,
        threshold: 0,
        severity: "warning",
      },
    ]);
    expect(auditDaily({ X: { close: short } }, { frequency: "daily" })).toEqual([]);
    const begun = rowsOf(
      close,
      all.filter((i) => date(i) <= "2023-06-01"),
    );
    const [partial] = audit({ close: begun });
    expect([partial!.date, partial!.value]).toEqual(["2023-06-01", 29]);
    expect(partial!.remedy).toContain("drops the period that ends on 2023-06-30, whose log return");
  });

  it("are refused where a price is missing", () => {
    const damaged = prices((p, i) => (i === 10 || i === 11 ? Number.NaN : p));
    expect(audit({ close: damaged })).toMatchObject([
      { check: "missing", date: date(10), value: 2, severity: "error" },
    ]);
  });

  it("are warned of a price that is not above 0, one finding for each", () => {
    const damaged = prices((p, i) => (i === 300 ? -36.98 : i === 301 ? -0.5 : i === 400 ? 0 : p));
    expect(audit({ close: damaged })).toMatchObject([
      { check: "non-positive", date: date(300), value: -36.98 },
      { check: "non-positive", date: date(301), value: -0.5 },
      { check: "non-positive", date: date(400), value: 0, severity: "warning" },
    ]);
  });

  it("are refused if they are returns", () => {
    const returns = prices((p, i) => (i === 0 ? 0 : Math.log(p / close.values[i - 1]!)));
    const findings = audit({ close: returns });
    expect(found(findings)).toEqual([["X", "returns-as-prices", null]]);
    expect(findings[0]!.value).toBeGreaterThan(0.4);
  });

  it("are warned of a price that was carried forward longer than ticks make it", () => {
    const damaged = prices((p, i) => (i > 200 && i < 207 ? close.values[200]! : p));
    expect(audit({ close: damaged })).toMatchObject([
      { check: "stale", date: date(201), value: 6, severity: "warning" },
    ]);
  });

  it("are warned of a slip of the decimal point, on the days of both jumps", () => {
    const damaged = prices((p, i) => (i === 500 ? p / 10 : p));
    expect(found(audit({ close: damaged }))).toEqual([
      ["X", "outlier", date(500)],
      ["X", "outlier", date(501)],
    ]);
  });

  it("are warned of a split", () => {
    const damaged = prices((p, i) => (i >= 500 ? p / 4 : p));
    expect(found(audit({ close: damaged }))).toEqual([["X", "outlier", date(500)]]);
  });

  it("are audited by series, in the order given", () => {
    const split = prices((p, i) => (i >= 500 ? p / 4 : p));
    const findings = auditDaily(
      { B: { close: split }, A: { close: split } },
      { frequency: "weekly" },
    );
    expect(findings.map(({ series }) => series)).toEqual(["B", "A"]);
  });

  it("stay as they are", () => {
    const before = structuredClone(bars);
    audit(bars);
    expect(bars).toEqual(before);
  });

  it("need options that make sense", () => {
    expect(() => audit(bars, { falseAlarms: 2 })).toThrow(
      new RangeError("auditDaily: falseAlarms must be a chance above 0 and below 0.5, got 2"),
    );
  });
});

describe("bars", () => {
  it("are refused if open and close are exchanged", () => {
    const { open, high, low } = bars;
    const findings = audit({ open: close, high, low, close: open });
    expect(found(findings)).toEqual([["X", "open-close", null]]);
    expect(findings[0]!.severity).toBe("error");
    expect(found(audit({ ...EVERY_DAY, open: EVERY_DAY.close, close: EVERY_DAY.open }))).toEqual([
      ["X", "open-close", null],
    ]);
  });

  it("count for no side on days on which open and close are the same", () => {
    const exchanged = (i: number) => (i % 3 === 0 ? bars.open.values[i]! : close.values[i]!);
    const open = { days: close.days, values: close.values.map((_, i) => exchanged(i)) };
    const [finding] = audit({ open, close: bars.open });
    const counted = all.slice(1).filter((i) => open.values[i] !== bars.open.values[i]);
    const farther = counted.filter((i) => {
      const last = bars.open.values[i - 1]!;
      const [night, both] = [open, bars.open].map(({ values }) => Math.abs(values[i]! / last - 1));
      return night! > both!;
    });
    expect(counted.length).toBeLessThan(0.7 * all.length);
    expect(finding).toMatchObject({ check: "open-close", severity: "error" });
    expect(finding!.value).toBeCloseTo(farther.length / counted.length, 2);
    expect(finding!.remedy).toContain(`% of ${counted.length} days`);
  });

  it("are refused if high and low are exchanged, or one of them and the close", () => {
    const { open, high, low } = bars;
    expect(audit({ open, high: low, low: high, close })).toMatchObject([
      { check: "bar-range", severity: "error" },
    ]);
    expect(audit({ open, high: close, low, close: high })).toMatchObject([
      { check: "bar-range", severity: "error" },
    ]);
  });

  it("are warned of single closes outside of their range, with the farthest", () => {
    const beyond = prices((p, i) =>
      i === 300 ? bars.high.values[300]! * 1.001 : i === 301 ? bars.low.values[301]! * 0.99 : p,
    );
    const findings = audit({ ...bars, close: beyond });
    expect(findings).toMatchObject([{ check: "bar-range", date: date(301), severity: "warning" }]);
    expect(findings[0]!.value).toBeCloseTo(0.01, 12);
    expect(findings[0]!.remedy).toContain(`2 of ${WEEKDAYS.length} bars`);
  });

  it("may leave their range by the rounding of files", () => {
    const rounded = prices((p) => p * (1 + 5e-7));
    expect(audit({ ...bars, close: rounded })).toEqual([]);
  });

  it("may lack some of their fields and days", () => {
    const { open, high, low } = bars;
    const some = all.filter((i) => i % 3 > 0);
    expect(
      audit({
        close,
        open: rowsOf(open, some),
        high: rowsOf(high, some),
        low: rowsOf(low, some),
      }),
    ).toEqual([]);
    expect(audit({ close, high, low })).toEqual([]);
  });

  it("are warned of a hundredfold jump where they hardly move: pence among pounds", () => {
    const thin = {
      days: close.days,
      values: close.values.map((_, i) => (i >= 700 && i < 705 ? 0.145 : 14.5)),
    };
    expect(audit({ close: thin }).filter(({ check }) => check === "jump")).toMatchObject([
      { date: date(700), value: -Math.log(100), severity: "warning" },
      { date: date(705), severity: "warning" },
    ]);
  });
});
