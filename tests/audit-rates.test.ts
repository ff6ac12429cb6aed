/** How often the audit cries wolf: seeded Student t returns without a fault, against the rate that its options promise. */

import { describe, expect, it } from "vitest";
import { auditDaily } from "../lib/src/data/audit/daily.js";
import type { Finding } from "../lib/src/data/audit/finding.js";
import { auditPanel } from "../lib/src/data/audit/panel.js";
import { stream } from "../lib/src/random.js";
import type { DatedSeries, Factors, Panel } from "../lib/src/types.js";
import { cleanBars, days, months, studentT } from "./support/audited.js";

/** Promised per series and check. */
const PROMISED = 0.01;

/** Allowance for 400 runs: two standard errors of the promised rate, and what 24 returns blur of their scale. */
const ALLOWED = 0.02;

/** Share of the runs in which a check found anything. */
function rates(runs: number, audit: (run: number) => readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (let run = 0; run < runs; run++)
    for (const check of new Set(audit(run).map((finding) => finding.check)))
      counts.set(check, (counts.get(check) ?? 0) + 1 / runs);
  return counts;
}

/** Seeded returns. */
function returns(
  n: number,
  df: number,
  scale: number,
  ...key: readonly (string | number)[]
): Float64Array {
  const draw = studentT(df, n, ...key);
  return Float64Array.from({ length: n }, () => scale * draw());
}

/** One market, and a coin that is none of our business. */
const market = (name: string, logReturns: Float64Array): Panel => ({
  frequency: "monthly",
  dates: months(logReturns.length),
  coins: [],
  markets: [name],
  coinLogReturns: new Float64Array(),
  marketLogReturns: logReturns,
});

describe("false findings on Student t returns", () => {
  it.each([
    { n: 24, df: 4 },
    { n: 24, df: 5 },
    { n: 83, df: 4 },
    { n: 83, df: 5 },
  ])("are as rare as promised in each check (n = $n, df = $df)", ({ n, df }) => {
    const measured = rates(400, (run) => auditPanel(market("GOLD", returns(n, df, 0.04, run))));
    for (const [check, rate] of measured) expect(rate, check).toBeLessThanOrEqual(ALLOWED);
  });

  it("are a few in a hundred outliers, and no more of the rest, with tails of three degrees of freedom", () => {
    const { outlier = 0, ...rest } = Object.fromEntries(
      rates(400, (run) => auditPanel(market("GOLD", returns(83, 3, 0.04, run)))),
    );
    expect(outlier).toBeGreaterThan(2 * PROMISED);
    expect(outlier).toBeLessThanOrEqual(0.08);
    for (const [check, rate] of Object.entries(rest))
      expect(rate, check).toBeLessThanOrEqual(ALLOWED);
  });

  it("grow as the caller lets them", () => {
    const outliers = (falseAlarms: number) =>
      rates(300, (run) =>
        auditPanel(market("GOLD", returns(83, 4, 0.04, run)), {}, { falseAlarms }),
      ).get("outlier")!;
    const rate = outliers(0.1);
    expect(rate).toBeGreaterThan(0.08);
    expect(rate).toBeLessThan(0.15);
  });

  it.each([5, 24, 83])(
    "are as rare for an equity market with half the stock market's size of noise (n = %i)",
    (n) => {
      const measured = rates(300, (run) => {
        const stocks = returns(96, 4, 0.04, "stocks", run);
        const noise = returns(n, 4, 0.02, "noise", run);
        const factors: Factors = {
          dates: months(96),
          names: ["Mkt-RF"],
          simpleReturns: stocks.map((r) => Math.exp(r) - 1),
          riskFree: new Float64Array(96),
        };
        return auditPanel(
          market(
            "EQUITY",
            noise.map((e, t) => stocks[t]! + e),
          ),
          { factors },
        ).filter(({ check }) => check.startsWith("market"));
      });
      for (const [check, rate] of measured) expect(rate, check).toBeLessThanOrEqual(PROMISED);
    },
  );

  it("are as rare where a close of another publisher is held against open and close", () => {
    for (const n of [5, 83]) {
      const measured = rates(300, (run) => {
        const close = returns(n, 4, 0.05, "close", run);
        const night = returns(n, 4, 0.01, "night", run);
        const publisher = returns(n, 4, 0.005, "publisher", run);
        const field = (values: Float64Array): DatedSeries => ({
          dates: months(n),
          names: ["GOLD"],
          values,
        });
        return auditPanel(
          market(
            "GOLD",
            close.map((r, t) => r + publisher[t]!),
          ),
          {
            fields: {
              open: field(close.map((r, t) => r + night[t]!)),
              close: field(close),
            },
          },
        ).filter(({ check }) => check === "field" || check === "unmatched");
      });
      for (const [check, rate] of measured) expect(rate, check).toBeLessThanOrEqual(PROMISED);
    }
  });

  it("are as rare in daily bars with holidays at random", () => {
    const measured = rates(100, (run) => {
      const holiday = stream("holidays", run);
      const open = days(800).filter(() => holiday.uniform() > 0.035);
      return auditDaily({ X: cleanBars(open, run) }, { frequency: "daily" });
    });
    for (const [check, rate] of measured) expect(rate, check).toBeLessThanOrEqual(ALLOWED);
  });
});
