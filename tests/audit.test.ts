/** The audit of a panel: a fault is put into clean data, and the audit names it, and nothing else. */

import { describe, expect, it } from "vitest";
import type { Check } from "../lib/src/data/audit/finding.js";
import { column } from "../lib/src/panel/panel.js";
import type { Panel } from "../lib/src/types.js";
import {
  all,
  audit,
  changed,
  dates,
  factors,
  found,
  panel,
  rowsOf,
  studentT,
  T,
} from "./support/audited.js";

/** Log returns of the stock market on the panel's dates. */
const stocks = dates.map((_, t) =>
  Math.log(1 + factors.simpleReturns[t * 5]! + factors.riskFree[t]!),
);
const equity = column(panel.marketLogReturns, 4, 1);
const gold = column(panel.marketLogReturns, 4, 2);

/** Cumulated returns: the price. */
const price = (returns: Float64Array, start: number) => {
  let log = Math.log(start);
  return Array.from(returns, (r) => {
    log += r;
    return Math.exp(log);
  });
};

it("finds nothing in clean data", () => {
  expect(audit(panel)).toEqual([]);
  expect(audit(panel, {})).toEqual([]);
});

describe("the dates of a panel", () => {
  const withDate = (t: number, date: string): Panel => ({
    ...panel,
    dates: dates.map((old, i) => (i === t ? date : old)),
  });

  it.each([
    ["is not in the calendar", "2018-02-30"],
    ["does not end its month", "2018-02-27"],
    ["is in another notation", "28/02/2018"],
  ])("are refused where one %s", (_, date) => {
    expect(found(audit(withDate(1, date), {}))).toEqual([
      ["panel", "invalid-date", date],
      // The month that it stood for is not there.
      ["panel", "gap", "2018-02-28"],
    ]);
  });

  it("are refused where one occurs twice, once for all", () => {
    const twice = rowsOf(panel, [...all.slice(0, 5), 4, 4, ...all.slice(5)]);
    const findings = audit(twice);
    expect(found(findings)).toEqual([["panel", "duplicate", dates[4]]]);
    expect(findings[0]).toMatchObject({ value: 2, severity: "error" });
  });

  it("are refused where they go back, once for all", () => {
    const swapped = rowsOf(panel, [0, 2, 1, ...all.slice(3)]);
    expect(found(audit(swapped))).toEqual([["panel", "unsorted", dates[1]]]);
    const newestFirst = audit(rowsOf(panel, all.toReversed()));
    expect(newestFirst).toMatchObject([{ check: "unsorted", value: T - 1 }]);
  });

  it("are refused where months are missing, a finding for each hole with its size", () => {
    const holes = all.filter((t) => t !== 10 && t !== 30 && t !== 31);
    const findings = audit(rowsOf(panel, holes));
    expect(found(findings)).toEqual([
      ["panel", "gap", dates[10]],
      ["panel", "gap", dates[30]],
    ]);
    expect(findings.map(({ value }) => value)).toEqual([1, 2]);
    expect(findings[0]!.severity).toBe("error");
  });

  it("show a slip of the year as a hole", () => {
    expect(audit(withDate(T - 1, "2042-12-31"), {})).toMatchObject([
      { check: "gap", date: "2024-12-31", value: 216 },
    ]);
  });

  it("are refused in periods that were not over when the data were obtained, if that day is given", () => {
    const asOf = "2024-10-17";
    const findings = audit(panel, {}, { asOf });
    expect(findings).toMatchObject([
      { check: "future", date: "2024-11-30", value: 2, severity: "error" },
      { check: "partial", date: "2024-10-31", value: 14, severity: "error" },
    ]);
    expect(audit(panel, {}, { asOf: "2024-12-31" })).toEqual([]);
    expect(found(audit(panel, {}, { asOf: "2024-12-30" }))).toEqual([
      ["panel", "partial", "2024-12-31"],
    ]);
  });

  it("count a month that ends on a Saturday as over on the Friday", () => {
    const short = rowsOf(panel, all.slice(0, 3));
    expect(dates[2]).toBe("2018-03-31");
    expect(audit(short, {}, { asOf: "2018-03-30" })).toEqual([]);
    expect(audit(short, {}, { asOf: "2018-03-29" })).toHaveLength(1);
  });

  it("need not name factors for periods after the panel, and warn where factors end before it", () => {
    const first = factors.dates.slice(0, T - 3);
    const ended = {
      ...factors,
      dates: first,
      simpleReturns: factors.simpleReturns.subarray(0, 5 * first.length),
      riskFree: factors.riskFree.subarray(0, first.length),
    };
    const findings = audit(panel, { factors: ended });
    expect(findings).toMatchObject([
      {
        series: "factors",
        check: "coverage",
        date: dates[T - 3],
        value: 3,
        severity: "warning",
      },
    ]);
    expect(findings[0]!.remedy).toContain("2018-01-31 to 2024-09-30");
  });

  it("must have something in common with those of the factors", () => {
    const later = {
      ...factors,
      dates: factors.dates.map((date) => date.replace(/^20/, "21")),
    };
    expect(
      found(audit(panel, { factors: later })).filter(([, check]) => check === "coverage"),
    ).toHaveLength(1);
    expect(
      audit(panel, {
        factors: { ...factors, names: ["x", "SMB", "a", "b", "c"] },
      }),
    ).toMatchObject([{ check: "coverage", value: T, severity: "error" }]);
  });
});

/** Faults of one series: what is done to it, and what the audit must say, about which date. */
const FAULTS: readonly {
  readonly fault: string;
  readonly series?: string;
  readonly change: (value: number, t: number) => number;
  readonly check: Check;
  readonly date: string | null;
  readonly finding?: Readonly<Record<string, unknown>>;
}[] = [
  {
    fault: "two returns are missing",
    change: (r, t) => (t === 20 || t === 21 ? Number.NaN : r),
    check: "missing",
    date: dates[20]!,
    finding: { value: 2, severity: "error" },
  },
  {
    fault: "the coin begins after the panel",
    series: "A",
    change: (r, t) => (t < 20 ? Number.NaN : r),
    check: "begins",
    date: dates[20]!,
    finding: { value: 20, severity: "warning" },
  },
  {
    fault: "the coin ends before the panel",
    series: "A",
    change: (r, t) => (t >= 70 ? Number.NaN : r),
    check: "ends",
    date: dates[69]!,
    finding: { value: dates.length - 70, severity: "warning" },
  },
  {
    fault: "a return is infinite, the log of a price of 0",
    change: (r, t) => (t === 20 ? -Infinity : r),
    check: "missing",
    date: dates[20]!,
    finding: { value: 1 },
  },
  {
    fault: "every return is the same",
    change: () => 0.01,
    check: "constant",
    date: null,
    finding: { value: 0.01, severity: "error" },
  },
  {
    fault: "prices stand in the column",
    change: (_, t) => price(gold, 1300)[t]!,
    check: "levels",
    date: null,
    finding: { severity: "error" },
  },
  {
    fault: "prices below 1 stand in the column",
    change: (_, t) => price(gold, 0.004)[t]!,
    check: "levels",
    date: null,
  },
  {
    fault: "the returns are in percent",
    change: (r) => 100 * r,
    check: "unit",
    date: null,
    finding: { threshold: 3, severity: "error" },
  },
  {
    fault: "the returns are in percent from a date on",
    change: (r, t) => (t >= 50 ? 100 * r : r),
    check: "unit-change",
    date: dates[50]!,
    finding: { threshold: 10, severity: "error" },
  },
  {
    fault: "the returns are in percent up to a date",
    change: (r, t) => (t < 30 ? 100 * r : r),
    check: "unit-change",
    date: dates[30]!,
    finding: { threshold: 0.1 },
  },
  {
    fault: "the returns are in percent from a date on, with zeros among the others",
    change: (r, t) => (t >= 50 ? 100 * r : t % 9 === 0 ? 0 : r),
    check: "unit-change",
    date: dates[50]!,
  },
  {
    fault: "one return is in percent",
    change: (r, t) => (t === 40 ? 100 * gold[40]! : r),
    check: "outlier",
    date: dates[40]!,
    finding: { severity: "warning" },
  },
  {
    fault: "missing returns were filled with zeros",
    change: (r, t) => (t >= 60 && t < 64 ? 0 : r),
    check: "zeros",
    date: dates[60]!,
    finding: { value: 4, threshold: 2, severity: "warning" },
  },
  {
    fault: "nearly half of the column was filled with zeros",
    change: (r, t) => (t < 40 ? 0 : r),
    check: "zeros",
    date: dates[0]!,
    finding: { value: 40 },
  },
  {
    fault: "a return was carried forward",
    change: (r, t) => (t >= 60 && t < 64 ? gold[59]! : r),
    check: "stale",
    date: dates[60]!,
    finding: { value: 4, threshold: 2, severity: "warning" },
  },
  {
    fault: "the returns are those of averages over two periods",
    change: (r, t) => (t === 0 ? r : (r + gold[t - 1]!) / 2),
    check: "averages",
    date: null,
    finding: { severity: "warning" },
  },
  {
    fault: "a block of another series was pasted in",
    change: (r, t) => (t >= 10 && t < 22 ? panel.marketLogReturns[t * 4]! : r),
    check: "same",
    date: dates[10]!,
    finding: { value: 12, severity: "error" },
  },
  {
    fault: "EQUITY has the hundredth of its returns",
    series: "EQUITY",
    change: (r) => r / 100,
    check: "market-unit",
    date: null,
    finding: { threshold: 0.1, severity: "error" },
  },
  {
    fault: "EQUITY is twice as far from the stock market as that one moves",
    series: "EQUITY",
    change: (_, t) => stocks[t]! + 0.1 * Math.sign(stocks[t]!),
    check: "market-distance",
    date: null,
    finding: { value: 1, severity: "error" },
  },
  {
    fault: "EQUITY does not move with the stock market",
    series: "EQUITY",
    change: (_, t) => equity[(37 * t + 11) % T]!,
    check: "market-correlation",
    date: null,
    finding: { severity: "error" },
  },
];

describe("a series of a panel", () => {
  it.each(FAULTS)(
    "is found out where $fault",
    ({ series = "GOLD", change, check, date, finding = {} }) => {
      const damaged = changed(panel, series, change);
      const findings = audit(damaged);
      expect(found(findings)).toEqual([[series, check, date]]);
      expect(findings[0]).toMatchObject(finding);
    },
  );

  it("is judged by its size only with twelve returns", () => {
    const damaged = (n: number, change: (r: number, t: number) => number) =>
      audit(changed(rowsOf(panel, all.slice(0, n)), "GOLD", change)).filter(
        ({ series }) => series === "GOLD",
      );
    const slip = (r: number, t: number) => (t === 4 ? 9 : r);
    expect(damaged(11, slip)).toEqual([]);
    expect(found(damaged(12, slip))).toEqual([["GOLD", "outlier", dates[4]]]);
    const swings = (r: number) => 40 * r;
    expect(damaged(11, swings)).toEqual([]);
    expect(found(damaged(12, swings))).toEqual([["GOLD", "unit", null]]);
  });

  it("may have one sign if each return is independent of the last", () => {
    expect(audit(changed(panel, "GOLD", Math.abs))).toEqual([]);
  });

  it("may rise seven times in a row, but not eight: signs agree by chance in one of 64, and of 128", () => {
    const rising = (n: number) =>
      audit(changed(rowsOf(panel, all.slice(0, n)), "GOLD", (_, t) => 0.01 + t / 100));
    expect(rising(7)).toEqual([]);
    expect(found(rising(8))).toEqual([["GOLD", "levels", null]]);
    // Ranks 1 to 8: seven steps of 1, over squares about 4.5 that sum to 42.
    expect(rising(8)[0]!.value).toBeCloseTo(7 / 42, 14);
  });

  it("may be filled with zeros where another is, without being taken for a copy of it", () => {
    const filled = (r: number, t: number) => (t > 9 && t < 22 ? 0 : r);
    const both = changed(changed(panel, "GOLD", filled), "FIAT", filled);
    expect(found(audit(both))).toEqual([
      ["FIAT", "zeros", dates[10]],
      ["GOLD", "zeros", dates[10]],
    ]);
  });

  it("may have a few zeros and repeats, as prices with ticks do", () => {
    const ticks = changed(panel, "FIAT", (r, t) => (t % 9 < 2 ? 0 : r));
    expect(audit(ticks)).toEqual([]);
  });

  it("may swing as much as the caller says", () => {
    const wild = changed(panel, "A", (r) => 12 * r);
    expect(found(audit(wild))).toEqual([["A", "unit", null]]);
    expect(audit(wild, { factors }, { annualScale: 20 })).toEqual([]);
  });

  it("is refused for a return that no price can have, however few returns there are", () => {
    for (const n of [T, 5])
      for (const value of [1e300, -10.1]) {
        const slip = changed(rowsOf(panel, all.slice(0, n)), "A", (r, t) => (t === 3 ? value : r));
        expect(audit(slip)).toMatchObject([
          { series: "A", check: "impossible", severity: "error", date: dates[3], value },
        ]);
      }
    expect(found(audit(changed(panel, "A", (r, t) => (t === 3 ? 9.9 : r))))).toEqual([
      ["A", "outlier", dates[3]],
    ]);
  });

  it("is tested the harder, the fewer false alarms are wanted", () => {
    const slip = changed(panel, "GOLD", (r, t) => (t === 40 ? 0.6 : r));
    expect(audit(slip)).toHaveLength(1);
    expect(audit(slip, {}, { falseAlarms: 0.0001 })).toEqual([]);
  });

  it("has one finding for each of several faults", () => {
    const damaged = changed(panel, "GOLD", (r, t) =>
      t === 3 ? Number.NaN : t >= 60 && t < 64 ? 0 : t === 70 ? 9 : r,
    );
    expect(found(audit(damaged))).toEqual([
      ["GOLD", "missing", dates[3]],
      ["GOLD", "zeros", dates[60]],
      ["GOLD", "outlier", dates[70]],
    ]);
  });
});

describe("an equity market", () => {
  const five = rowsOf(panel, all.slice(0, 5));
  const crash = changed(five, "EQUITY", (r, t) => (t === 4 ? -1.9484 : r));

  it("is refused by one impossible return among five", () => {
    const [finding, ...others] = audit(crash);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      series: "EQUITY",
      check: "market-difference",
      date: dates[4],
      severity: "error",
    });
    // Student t with 4 degrees of freedom, two-sided 0.01 / 5, in robust standard deviations (scipy: 7.173182 / 1.098159).
    expect(finding!.threshold).toBeCloseTo(6.532006, 6);
    expect(finding!.remedy).toContain("-1.948");
    expect(finding!.remedy).toContain("1 of 5");
  });

  it("may be a foreign one, with a noise as large as the stock market itself", () => {
    const noise = studentT(4, "foreign");
    const foreign = changed(panel, "EQUITY", (r) => r + 0.035 * noise());
    expect(audit(foreign)).toEqual([]);
  });

  it("may have as low a correlation as one of one half has by chance", () => {
    const [finding] = audit(changed(panel, "EQUITY", (_, t) => equity[(37 * t + 11) % T]!));
    // Fisher's z: tanh(atanh(0.5) - 2.3263 sqrt(1.06 / 81)).
    expect(finding!.threshold).toBeCloseTo(0.275847, 6);
  });

  it("is said to be shifted where it moves with the market of a period before or after", () => {
    for (const [by, word] of [
      [-1, "before"],
      [1, "after"],
    ] as const) {
      const shifted = changed(panel, "EQUITY", (r, t) => equity[t + by] ?? r);
      const findings = audit(shifted);
      expect(found(findings)).toEqual([["EQUITY", "market-correlation", null]]);
      expect(findings[0]!.remedy).toContain(`period ${word}`);
      expect(findings[0]!.remedy).toContain("shifted");
    }
  });

  it("is the series named EQUITY, or those that the caller names", () => {
    const renamed = { ...crash, markets: ["FIAT", "equity", "GOLD", "ENERGY"] };
    expect(found(audit(renamed))).toEqual([["equity", "market-difference", dates[4]]]);
    expect(audit(crash, { factors }, { equity: [] })).toEqual([]);
    expect(found(audit(panel, { factors }, { equity: ["GOLD"] }))).toEqual([
      ["GOLD", "market-correlation", null],
    ]);
    expect(() => audit(panel, {}, { equity: ["SPY"] })).toThrow(
      new RangeError(
        "auditPanel: equity must name series of the panel (A, B, FIAT, EQUITY, GOLD, ENERGY), got SPY; correct the name",
      ),
    );
  });

  it("is not judged by factors of fewer than twelve periods", () => {
    const short = {
      ...factors,
      dates: factors.dates.slice(0, 5),
      simpleReturns: factors.simpleReturns.subarray(0, 25),
      riskFree: factors.riskFree.subarray(0, 5),
    };
    expect(audit(crash, { factors: short })).toEqual([]);
  });
});

it("a coin is audited from its first return through its last", () => {
  const at = (t: number) => t * panel.coins.length;
  const coinLogReturns = panel.coinLogReturns.slice();
  for (const t of [0, 1, T - 1]) coinLogReturns[at(t)] = Number.NaN;
  for (const t of [2, T - 2]) coinLogReturns[at(t)] = 11;
  const findings = audit({ ...panel, coinLogReturns });
  expect(findings.map(({ check, date }) => [check, date])).toEqual([
    ["begins", dates[2]],
    ["ends", dates[T - 2]],
    ["impossible", dates[2]],
    ["impossible", dates[T - 2]],
  ]);
});
