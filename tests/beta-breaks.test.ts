/** Betas by period, tests of their breaks, windows around events, and what a hedge is worth. */

import { describe, expect, it } from "vitest";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { betaBreak, betaPeriods } from "../lib/src/comparing/beta-breaks.js";
import { eventWindows } from "../lib/src/comparing/event-windows.js";
import { hedgeEconomics } from "../lib/src/comparing/hedge-economics.js";
import type { Walked } from "../lib/src/comparing/walked.js";
import { defaultBlockLength } from "../lib/src/stats/block-length.js";
import { bootstrapInterval } from "../lib/src/stats/bootstrap.js";
import { forbesRigobon } from "../lib/src/stats/forbes-rigobon.js";
import { inference } from "../lib/src/stats/inference.js";
import { mean, standardDeviation } from "../lib/src/stats/moments.js";
import { neweyWestCovariance, neweyWestLags } from "../lib/src/stats/newey-west.js";
import { regression } from "../lib/src/stats/ols.js";
import { circularResamples } from "../lib/src/stats/resamples.js";
import { tableBetaBreaks } from "../lib/src/tables/beta-breaks.js";
import { tableBetaPeriods } from "../lib/src/tables/beta-periods.js";
import { tableEventWindows } from "../lib/src/tables/event-windows.js";
import { tableHedgeEconomics } from "../lib/src/tables/hedge-economics.js";
import { betaPath, type Panel } from "../lib/src/types.js";
import { seededPanel, studyPanel } from "./support/helpers.js";

const OPTIONS = { date: "2020-01", trim: 0.15, draws: 199, seed: 1, level: 0.95 };

describe("betaPeriods", () => {
  it("has the pooled constant of the period", async () => {
    const panel = await studyPanel("EQUITY");
    const pooled = pooledBeta(panel, { from: "2020" });
    const end = panel.dates.indexOf("2022-01-31");
    const [row] = betaPeriods(panel, "EQUITY", [
      { name: "two years", range: { from: "2020", through: "2021" } },
    ]);
    expect(row!.beta).toBeCloseTo(pooled.values[end * 4]!, 10);
    expect(tableBetaPeriods([row!], "monthly").rows[0]!.slice(0, 3)).toEqual([
      "EQUITY",
      "two years",
      24,
    ]);
  });

  it("finds the report's central fact: −0.68 before 2020, 2.50 from then on", async () => {
    const panel = await studyPanel("EQUITY");
    const rows = betaPeriods(panel, "EQUITY", [
      { name: "early", range: { from: "2018", through: "2019" } },
      { name: "late", range: { from: "2020", through: "2024" } },
    ]);
    expect(rows.map(({ beta }) => beta)).toEqual([
      expect.closeTo(-0.68, 2),
      expect.closeTo(2.5, 2),
    ]);
    expect(rows[0]!.correlationUpper).toBeGreaterThan(0.3);
  });
});

describe("a period's correlation", () => {
  it("has Fisher's interval: 1.96 over the root of n - 3 about its inverse hyperbolic tangent", () => {
    const panel = seededPanel(28, ["A", "B"], ["X"]);
    const [row] = betaPeriods(panel, "X", [{ name: "", range: { from: "2018", through: "2020" } }]);
    const z = Math.atanh(row!.correlation);
    expect(row!.n).toBe(28);
    expect(row!.correlationLower).toBeCloseTo(Math.tanh(z - 1.959963985 / 5), 9);
    expect(row!.correlationUpper).toBeCloseTo(Math.tanh(z + 1.959963985 / 5), 9);
  });

  it("stands beside a beta with Student's interval of n - 1 degrees of freedom", () => {
    const panel = seededPanel(28, ["A", "B"], ["X"]);
    const [row] = betaPeriods(panel, "X", [{ name: "", range: { from: "2018", through: "2020" } }]);
    const { beta, standardError, betaLower, betaUpper } = row!;
    expect(betaLower).toBeCloseTo(beta - 2.051830516 * standardError, 8);
    expect(betaUpper).toBeCloseTo(beta + 2.051830516 * standardError, 8);
  });
});

describe("betaBreak", () => {
  it("finds a break of the simulated beta at its date, and the change that was made", () => {
    const panel = seededPanel(80, ["A", "B"], ["X"]);
    const jumped: Panel = {
      ...panel,
      coinLogReturns: panel.coinLogReturns.map((r, at) => {
        const t = Math.floor(at / 2);
        return r / 10 + (t < 40 ? -1 : 2) * panel.marketLogReturns[t]!;
      }),
    };
    const found = betaBreak(jumped, "X", { ...OPTIONS, date: panel.dates[40]! });
    expect(found.date).toBe(panel.dates[40]);
    expect(Math.abs(found.change - 3)).toBeLessThan(0.3);
    expect(found.change).toBeCloseTo(found.chow.after[0]! - found.chow.before[0]!, 10);
    expect(found.sup.bootstrapPValue).toBe(1 / 200);
    expect(tableBetaBreaks([found], "2021", "made up").rows[0]![0]).toBe("X");
  });

  it("has the t of 4.6 on EQUITY that an independent program found", async () => {
    const { changeT, date } = betaBreak(await studyPanel("EQUITY"), "EQUITY", OPTIONS);
    expect(changeT).toBeCloseTo(4.64, 2);
    expect(date).toBe("2020-03-31");
  });
});

describe("eventWindows", () => {
  const panel = seededPanel(60, ["A", "B"], ["X"]);
  const events = { first: panel.dates[20]!, second: panel.dates[40]!, late: "2031-01-01" };

  it("takes the dates around each event, holds them against those around none, and adjusts", () => {
    const rows = eventWindows(panel, "X", { events, days: 70 });
    expect(rows.map(({ event, n, from, through }) => [event, n, from, through])).toEqual([
      ["first", 5, panel.dates[18], panel.dates[22]],
      ["second", 5, panel.dates[38], panel.dates[42]],
    ]);
    for (const row of rows)
      expect(row.adjustedCorrelation).toBeCloseTo(
        forbesRigobon(row.correlation, { turbulent: row.varianceRatio, calm: 1 }),
        12,
      );
    expect(rows[0]!.calmCorrelation).toBe(rows[1]!.calmCorrelation);
    // Windows at the panel's edge: of three dates, and of four.
    const edge = { three: panel.dates[0]!, four: panel.dates[1]! };
    const short = eventWindows(panel, "X", { events: edge, days: 70 });
    expect(short.map(({ event, n }) => [event, n])).toEqual([["four", 4]]);
    expect(tableEventWindows(rows, "made up").rows).toHaveLength(2);
  });

  it("has the beta of the window's own dates", () => {
    const [row] = eventWindows(panel, "X", { events: { first: events.first }, days: 70 });
    const inside = [18, 19, 20, 21, 22];
    const f = inside.map((t) => panel.marketLogReturns[t]!);
    const r = inside.map(
      (t) => (panel.coinLogReturns[2 * t]! + panel.coinLogReturns[2 * t + 1]!) / 2,
    );
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    expect(row!.beta).toBeCloseTo(sum(f.map((x, i) => x * r[i]!)) / sum(f.map((x) => x ** 2)), 10);
  });
});

describe("the beta of a window", () => {
  it("is tested against that of the dates around no event, by one regression with both", () => {
    const panel = seededPanel(60, ["A", "B"], ["X"]);
    const [row] = eventWindows(panel, "X", { events: { only: panel.dates[20]! }, days: 70 });
    const y = [...panel.dates.keys()].map(
      (t) => (panel.coinLogReturns[2 * t]! + panel.coinLogReturns[2 * t + 1]!) / 2,
    );
    const inside = (t: number) => (t >= 18 && t <= 22 ? 1 : 0);
    const rows = [...panel.marketLogReturns].flatMap((f, t) => [f, inside(t) * f]);
    const fit = regression(rows, y, { intercept: false });
    const covariance = neweyWestCovariance(fit, { lags: neweyWestLags(60) });
    const { tStats, pValues } = inference(fit, covariance, 0.95);
    expect(row!.calmBeta).toBeCloseTo(fit.coefficients[0]!, 12);
    expect(row!.beta - row!.calmBeta).toBeCloseTo(fit.coefficients[1]!, 12);
    expect([row!.tStat, row!.pValue]).toEqual([
      expect.closeTo(tStats[1]!, 10),
      expect.closeTo(pValues[1]!, 10),
    ]);
  });
});

describe("hedgeEconomics", () => {
  const panel = seededPanel(36, ["A", "B"], ["X"]);
  const walked = (estimator: string, beta: (t: number) => number): Walked => ({
    panel,
    marketSet: "X",
    estimator,
    update: "updated",
    path: betaPath(panel, "walkForward", (_, t) => [beta(t)]),
  });
  const sample = { name: "all", range: { from: "2018", through: "2020" } };
  const options = { draws: 99, seed: 1, level: 0.95, cost: 0.01, riskAversion: 3 };
  const sets = [
    [walked("zero", () => 0), walked("held", () => 2), walked("busy", (t) => (t % 2 ? 2 : 1))],
  ];

  it("is nothing for no hedge, and pays once for one that is held", () => {
    const [zero, held, busy] = hedgeEconomics(sets, sample, options);
    expect([zero!.turnover, zero!.varianceReduction, zero!.certaintyGain]).toEqual([0, 0, 0]);
    expect(held!.turnover).toBeCloseTo(2 / 36, 12);
    expect(held!.cost).toBeCloseTo(0.02 / 36, 12);
    expect(busy!.turnover).toBeCloseTo(1, 12);
    expect(held!.varianceLower).toBeLessThan(held!.varianceReduction);
    expect(tableHedgeEconomics([zero!, held!], "X", "made up").rows).toHaveLength(2);
  });

  it("takes all variance away where coins are their hedge", () => {
    const simple = panel.marketLogReturns.map((f) => Math.log(2 * Math.expm1(f) + 1));
    const same: Panel = {
      ...panel,
      coinLogReturns: Float64Array.from({ length: 72 }, (_, at) => simple[Math.floor(at / 2)]!),
    };
    const [row] = hedgeEconomics([[{ ...walked("held", () => 2), panel: same }]], sample, {
      ...options,
      cost: 0,
    });
    expect(row!.varianceReduction).toBeCloseTo(1, 10);
  });

  it("has the intervals of the statistics of every draw, one by one", () => {
    const rows = hedgeEconomics(sets, sample, options);
    const coins = Array.from({ length: 36 }, (_, t) =>
      mean([0, 1].map((i) => Math.expm1(panel.coinLogReturns[2 * t + i]!))),
    );
    const blockLength = defaultBlockLength(coins);
    const resamples = circularResamples(36, { ...options, blockLength });
    [() => 0, () => 2, (t: number) => (t % 2 ? 2 : 1)].forEach((beta, h) => {
      const net = coins.map((r, t) => {
        const traded = Math.abs(beta(t) - (t > 0 ? beta(t - 1) : 0));
        return r - beta(t) * Math.expm1(panel.marketLogReturns[t]!) - 0.01 * traded;
      });
      const drawnOf = (drawn: Uint32Array) =>
        [coins, net].map((own) => Array.from(drawn, (t) => own[t]!));
      const variance = (own: number[]) => standardDeviation(own, 1) ** 2;
      const reduction = bootstrapInterval(
        (drawn) => {
          const [alone, hedged] = drawnOf(drawn);
          return 1 - variance(hedged!) / variance(alone!);
        },
        resamples,
        options,
      );
      const gain = bootstrapInterval(
        (drawn) => {
          const [alone, hedged] = drawnOf(drawn).map((own) => mean(own) - 1.5 * variance(own));
          return hedged! - alone!;
        },
        resamples,
        options,
      );
      const [alone, hedged] = [coins, net].map((own) => mean(own) - 1.5 * variance(own));
      expect(rows[h]!.certaintyGain).toBeCloseTo(hedged! - alone!, 12);
      const { varianceLower, varianceUpper, gainLower, gainUpper } = rows[h]!;
      expect(varianceLower).toBeCloseTo(reduction.lower, 12);
      expect(varianceUpper).toBeCloseTo(reduction.upper, 12);
      expect(gainLower).toBeCloseTo(gain.lower, 12);
      expect(gainUpper).toBeCloseTo(gain.upper, 12);
    });
  });

  it("takes the coins that are there on each date, and keeps the dates on which another begins or has ended", () => {
    const late: Panel = {
      ...panel,
      coinLogReturns: panel.coinLogReturns.map((r, at) => (at % 2 === 1 && at < 20 ? NaN : r)),
    };
    const there = (t: number, i: number) => i === 0 || t >= 12;
    const own = (i: number) => (i === 0 ? 1 : 3);
    const path = betaPath(late, "walkForward", (i, t) => [there(t, i) ? own(i) : NaN]);
    const [row] = hedgeEconomics([[{ ...walked("own", () => 1), panel: late, path }]], sample, {
      ...options,
      cost: 0,
    });
    const returns = Array.from({ length: 36 }, (_, t) => {
      const coins = [0, 1].filter((i) => there(t, i));
      const simple = mean(coins.map((i) => Math.expm1(panel.coinLogReturns[2 * t + i]!)));
      const f = Math.expm1(panel.marketLogReturns[t]!);
      return [simple, simple - mean(coins.map(own)) * f] as const;
    });
    const [alone, hedged] = [0, 1].map((at) =>
      standardDeviation(
        returns.map((r) => r[at]!),
        1,
      ),
    );
    expect(row!.n).toBe(36);
    expect(row!.varianceReduction).toBeCloseTo(1 - (hedged! / alone!) ** 2, 12);
    // Bought once, and twice as much when the second coin's beta joins.
    expect(row!.turnover).toBeCloseTo(2 / 36, 12);
  });

  it("refuses a negative cost", () => {
    expect(() => hedgeEconomics(sets, sample, { ...options, cost: -1 })).toThrow(
      "hedgeEconomics: cost must be a share of at least 0, got -1",
    );
  });
});
