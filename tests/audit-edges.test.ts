/** Edges of the audit: ties, the fewest values of a check, and the first and last rows that count. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCloseFindings, rangeFindings } from "../lib/src/data/audit/bars.js";
import { auditDaily } from "../lib/src/data/audit/daily.js";
import { factorRevisions } from "../lib/src/data/audit/factors.js";
import { fieldFindings } from "../lib/src/data/audit/fields.js";
import { auditPriceReturns } from "../lib/src/data/audit/price-returns.js";
import { averageFindings, extremeFindings, jumpFindings } from "../lib/src/data/audit/returns.js";
import { longRuns, staleFindings } from "../lib/src/data/audit/runs.js";
import { unitFindings } from "../lib/src/data/audit/units.js";
import { dailyPrices } from "../lib/src/data/daily-prices.js";
import { dayNumber, isoDate } from "../lib/src/panel/calendar.js";
import { periodReturns } from "../lib/src/panel/period-returns.js";
import type { Factors } from "../lib/src/types.js";
import { months } from "./support/audited.js";
import { scratchFolder, write } from "./support/scratch.js";

const RULES = { falseAlarms: 0.01, annualScale: 3 };
const series = (...values: number[]) => ({
  dates: months(values.length),
  values: Float64Array.from(values),
});
const daily = (...values: number[]) => ({
  days: Int32Array.from(values, (_, i) => i),
  values: Float64Array.from(values),
});
const checks = (found: readonly { readonly check: string }[]) => found.map(({ check }) => check);

describe("levels", () => {
  const unit = (...values: number[]) =>
    unitFindings("X", series(...values), { ...RULES, frequency: "monthly" });

  it("are of one sign: neither zero nor a change of sign is", () => {
    const rising = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(checks(unit(...rising))).toEqual(["levels"]);
    expect(unit(0, ...rising)).toEqual([]);
    expect(unit(...rising.map((x) => -x), 0)).toEqual([]);
    // From -0.4 to 0.3, and the reverse.
    expect(unit(...rising.map((x) => (x - 5) / 10))).toEqual([]);
    expect(unit(...rising.map((x) => (5 - x) / 10))).toEqual([]);
  });

  it("have steps in ranks that are squared", () => {
    // Ranks 2, 1, 3, 4 … 8: steps of 1, 2 and five of 1; 42 is the sum of squares about 4.5.
    expect(unit(2, 1, 3, 4, 5, 6, 7, 8)[0]!.value).toBe(10 / 42);
  });

  it("need eight values where seven signs agree by a chance of 1 in 128, that which is allowed", () => {
    const rising = series(1, 2, 3, 4, 5, 6, 7, 8);
    const found = (falseAlarms: number) =>
      checks(unitFindings("X", rising, { ...RULES, falseAlarms, frequency: "monthly" }));
    expect(found(1 / 128)).toEqual(["levels"]);
    expect(found(1 / 129)).toEqual([]);
  });

  it("may have the scale that is believed", () => {
    const values = series(
      ...Array.from({ length: 24 }, (_, i) => (i % 2 ? -1 : 1) * (1 + (i % 3))),
    );
    const found = (annualScale: number) =>
      unitFindings("X", values, { ...RULES, annualScale, frequency: "monthly" });
    const [finding] = found(1);
    expect(finding).toMatchObject({ check: "unit", threshold: 1 });
    expect(found(finding!.value)).toEqual([]);
    const few = (n: number) =>
      unit(...Array.from({ length: n }, (_, i) => (i % 2 ? -1 : 1) * (1 + (i % 3))));
    expect([checks(few(12)), few(11)]).toEqual([["unit"], []]);
  });

  it("change their unit twelve values from either end at the earliest", () => {
    const swings = (n: number, from: number) =>
      unit(...Array.from({ length: n }, (_, i) => (i % 2 ? -1 : 1) * (i < from ? 0.001 : 0.1)));
    expect(swings(24, 12)).toMatchObject([{ check: "unit-change", date: months(13)[12] }]);
    expect(swings(40, 28)).toMatchObject([{ check: "unit-change", date: months(29)[28] }]);
    expect(checks(swings(23, 12))).not.toContain("unit-change");
  });
});

describe("bars", () => {
  it("have the first of the farthest", () => {
    const bars = {
      high: daily(11, 11, 11, 11, 11),
      low: daily(9, 9, 9, 9, 9),
      close: daily(12, 12, 10, 10, 10),
    };
    expect(rangeFindings("X", bars)).toMatchObject([{ date: isoDate(0) }]);
    expect(rangeFindings("X", { ...bars, close: daily(10, 12, 12, 10, 10) })).toMatchObject([
      { date: isoDate(1) },
    ]);
  });

  it("have no side on the first day", () => {
    const close = daily(10, 11, 10, 11, 10, 11, 10, 11);
    const open = daily(99, 12, 9, 12, 9, 12, 9, 12);
    expect(openCloseFindings("X", { close, open }, RULES)).toMatchObject([
      { value: 1, remedy: expect.stringContaining("of 7 days") },
    ]);
  });
});

describe("returns", () => {
  /** Sizes of 1 and 2 % in turn, rising and falling. */
  const moves = (n: number) =>
    Array.from({ length: n }, (_, i) => [0.01, -0.01, 0.02, -0.02][i % 4]!);

  it("have outliers where twelve moves have a scale", () => {
    const found = (...values: number[]) => checks(extremeFindings("X", series(...values), RULES));
    expect(found(...moves(11), 5)).toEqual(["outlier"]);
    expect(found(...moves(10), 5)).toEqual([]);
    // Zeros are no moves, and equal moves have no scale.
    expect(found(...moves(10), 0, 0, 5)).toEqual([]);
    expect(found(...Array.from({ length: 12 }, () => 0.01), 5)).toEqual([]);
  });

  it("have jumps where fewer than twelve move", () => {
    const found = (...values: number[]) => checks(jumpFindings("X", series(...values)));
    expect(found(...moves(10), 5, 0)).toEqual(["jump"]);
    expect(found(...moves(11), 5)).toEqual([]);
    expect(found(Math.log(10), 0)).toEqual([]);
    expect(checks(extremeFindings("X", series(10, -10), RULES))).toEqual([]);
  });

  it("are told from averages from twelve on", () => {
    const returns = (n: number) => Float64Array.from({ length: n }, (_, i) => i / 100);
    const found = (n: number) =>
      averageFindings({ series: "X", dates: months(n), returns: returns(n) }, RULES);
    expect(found(12)).toMatchObject([{ check: "averages", value: 1 }]);
    expect(found(11)).toEqual([]);
  });

  it("repeat from the second on", () => {
    const values = series(0.5, 0.5, ...moves(30));
    expect(staleFindings("X", values, RULES)).toEqual([]);
    const three = series(0.5, 0.5, 0.5, 0.5, ...moves(80));
    expect(staleFindings("X", three, RULES)).toMatchObject([
      { check: "stale", date: months(2)[1], value: 3 },
    ]);
  });
});

it("longRuns have a bound by the number of trials and the rate of the others", () => {
  const bounds = (n: number, from: number, through: number) =>
    longRuns(n, (i) => i >= from && i <= through, 0.01).map(({ length, bound }) => [length, bound]);
  // 101 / 101^2 is below 0.01, 101 / 100^2 is not.
  expect(bounds(101, 10, 11)).toEqual([[2, 1]]);
  expect(bounds(101, 10, 12)).toEqual([[3, 2]]);
});

describe("daily prices", () => {
  const found = (...values: number[]) =>
    auditDaily({ X: { close: daily(...values) } }, { frequency: "daily" }).filter(
      ({ check }) => check === "jump" || check === "returns-as-prices",
    );

  it("below one are prices too", () => {
    expect(found(0.5, 0.5, 0.02, 0.02)).toMatchObject([{ check: "jump", date: isoDate(2) }]);
  });

  it("have no return from or to a price that is not above zero", () => {
    const quiet = [0.5, 0.51, 0.5, 0.51, 0.5, 0.51];
    expect(found(...quiet, -9, -0.1, ...quiet)).toEqual([]);
    expect(found(...quiet, 0, ...quiet)).toEqual([]);
  });

  it("are returns from more than a quarter that are not above zero", () => {
    expect(found(1, 2, 1, 0)).toEqual([]);
    expect(found(1, 2, 0)).toMatchObject([{ check: "returns-as-prices", value: 1 / 3 }]);
  });
});

describe("a column beside two fields of its bars", () => {
  const closes = Float64Array.of(-0.1, 0.2, -0.2, 0.1, -0.3, 0.3);
  const dates = months(6);
  const field = (values: Float64Array) => ({ dates, names: ["X"], values });
  const opens = closes.map((r, i) => r + (i % 2 ? 0.05 : -0.05));
  const found = (returns: Float64Array) =>
    fieldFindings(
      { series: "X", dates, returns },
      { open: field(opens), close: field(closes) },
      RULES,
    );

  it("is found out where it was made from the other", () => {
    expect(found(opens)).toMatchObject([
      { check: "field", severity: "error", remedy: expect.stringMatching(/^matches open .*n = 6/) },
    ]);
    expect(found(closes)).toEqual([]);
  });

  it("is of none where it differs from each by half of its size", () => {
    // A multiple m of the opens, the farther of the two, differs by 1 - 1 / m of itself.
    expect(checks(found(opens.map((r) => 1.9 * r)))).not.toContain("unmatched");
    expect(found(opens.map((r) => 2 * r))).toMatchObject([{ check: "unmatched", value: 0.5 }]);
    const [finding] = found(opens.map((r) => 2.5 * r));
    expect(finding).toMatchObject({ check: "unmatched", threshold: 0.5 });
    expect(finding!.value).toBeCloseTo(0.6, 12);
  });
});

it("factorRevisions compare dates, and say nothing of what one vintage has alone", () => {
  const factors = (dates: readonly string[], ...rates: number[]): Factors => ({
    dates,
    names: [],
    simpleReturns: new Float64Array(),
    riskFree: Float64Array.from(rates),
  });
  const ours = factors(months(3), 0.1, 0.2, 0.3);
  expect(factorRevisions(ours, factors(months(3).slice(1), 0.2, 0.3))).toEqual([]);
  expect(factorRevisions(ours, factors(months(3).slice(1), 0.25, 0.3))).toMatchObject([
    { series: "RF", date: months(2)[1], remedy: expect.stringContaining("1 of 2 values differ") },
  ]);
  expect(factorRevisions(ours, factors(["2031-01-31"], 9))).toEqual([]);
  // A billionth is the arithmetic of reading, two are not.
  const none = factors(months(1), 0);
  expect(factorRevisions(none, factors(months(1), 1e-9))).toEqual([]);
  expect(checks(factorRevisions(none, factors(months(1), 2e-9)))).toEqual(["revision"]);
});

it("prices on an outer join may lack returns; where a market gives the dates, coins begin and end", async () => {
  const first = dayNumber("2021-01-01");
  const fileOf = (name: string, from: number, through: number) => {
    const rows = Array.from({ length: through - from }, (_, i) => {
      const day = from + i;
      // A tenfold slip on 10 March.
      const slip = isoDate(first + day) === "2021-03-10" ? 10 : 1;
      return `${isoDate(first + day)},${slip * (100 + ((day * 7) % 13))}`;
    });
    return write(join(scratchFolder(), name), `Date,Close\n${rows.join("\n")}\n`);
  };
  const inputs = [
    { name: "M", file: fileOf("m.csv", 0, 365), column: "Close" },
    { name: "C", file: fileOf("c.csv", 40, 300), column: "Close" },
  ];
  const prices = await dailyPrices(inputs);
  const told = async (how: "inner" | "outer" | readonly string[]) => {
    const { returns } = periodReturns(prices, "monthly", { how });
    const options = { frequency: "monthly", how, audit: {} } as const;
    const found = await auditPriceReturns({ inputs, prices, returns }, options);
    return found.map(({ series, check }) => `${series} ${check}`);
  };
  const [outer, inner, byMarket] = [await told("outer"), await told("inner"), await told(["M"])];
  for (const found of [outer, inner, byMarket]) {
    expect(found).toContain("M outlier");
    expect(found.filter((each) => /missing/.test(each))).toEqual([]);
  }
  const ends = (found: readonly string[]) => found.filter((each) => /begins|ends/.test(each));
  expect([ends(outer), ends(inner), ends(byMarket)]).toEqual([[], [], ["C begins", "C ends"]]);
});

it("prices count from 31 days before the first period of a range", async () => {
  const first = dayNumber("2021-01-10");
  const zeros = ["2021-01-28", "2021-01-29"];
  const rows = Array.from({ length: 111 }, (_, i) => {
    const date = isoDate(first + i);
    return `${date},${zeros.includes(date) ? 0 : 100 + (i % 7)}`;
  });
  const file = write(join(scratchFolder(), "zeros.csv"), `Date,Close\n${rows.join("\n")}\n`);
  const inputs = [{ name: "A", file, column: "Close" }];
  const prices = await dailyPrices(inputs);
  const range = { from: "2021-03", through: "2021-04" };
  const { returns } = periodReturns(prices, "monthly", { range });
  const findings = await auditPriceReturns(
    { inputs, prices, returns },
    { frequency: "monthly", range, audit: {} },
  );
  // A month before March begins on 29 January.
  const bad = findings.filter(({ check }) => check === "non-positive");
  expect(bad.map(({ date, place }) => [date, place])).toEqual([["2021-01-29", `${file}:21`]]);
});
