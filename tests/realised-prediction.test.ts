/** Betas against the realised betas of the months to come, on a made-up panel of days. */

import { describe, expect, it } from "vitest";
import { realisedPredictions } from "../lib/src/comparing/realised-prediction.js";
import type { Walked } from "../lib/src/comparing/walked.js";
import { stream } from "../lib/src/random.js";
import { mean, standardDeviation } from "../lib/src/stats/moments.js";
import { betaPath, type Panel } from "../lib/src/types.js";

const MONTHS = 26;
const { normal } = stream("realised prediction test");
/** Five days a month from 2020-01; two coins on two markets. */
const panel: Panel = (() => {
  const dates = Array.from({ length: 5 * MONTHS }, (_, t) => {
    const month = Math.floor(t / 5);
    const name = String((month % 12) + 1).padStart(2, "0");
    return `${2020 + Math.floor(month / 12)}-${name}-1${t % 5}`;
  });
  const marketLogReturns = Float64Array.from({ length: 10 * MONTHS }, normal);
  const coinLogReturns = Float64Array.from({ length: 10 * MONTHS }, (_, at) => {
    const t = Math.floor(at / 2);
    return marketLogReturns[2 * t]! - marketLogReturns[2 * t + 1]! / 2 + normal() / 2;
  });
  const [coins, markets] = [
    ["A", "B"],
    ["X", "Y"],
  ] as const;
  return { frequency: "daily", dates, coins, markets, coinLogReturns, marketLogReturns };
})();

const walk = (
  estimator: string,
  beta: (k: number, month: number) => number,
  update: Walked["update"] = "updated",
): Walked => ({
  panel,
  marketSet: "X+Y",
  estimator,
  update,
  // A beta of a later day than the month's first would be another.
  path: betaPath(panel, "walkForward", (_, t) =>
    [0, 1].map((k) => (t % 5 === 0 ? beta(k, t / 5) : 1000)),
  ),
});
const pooled = walk("pooled", (k) => [0.8, -0.3][k]!);
const moved = walk("moved", (k, month) => [0.9, -0.6][k]! + 0.1 * Math.sin(month));
const sample = { name: "all", range: { from: "2020", through: "2023" } };

/** Coefficients of two regressors without intercept, and their errors, by the inverse of a 2 x 2 matrix. */
function fitted(month: number, coin: number): { beta: number; error: number }[] {
  const days = [0, 1, 2, 3, 4].map((day) => 5 * month + day);
  const [x, y] = [0, 1].map((k) => days.map((t) => panel.marketLogReturns[2 * t + k]!));
  const r = days.map((t) => panel.coinLogReturns[2 * t + coin]!);
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const [xx, xy, yy, xr, yr] = [dot(x!, x!), dot(x!, y!), dot(y!, y!), dot(x!, r), dot(y!, r)];
  const determinant = xx * yy - xy * xy;
  const betas = [(yy * xr - xy * yr) / determinant, (xx * yr - xy * xr) / determinant];
  const rest = r.map((value, i) => value - betas[0]! * x![i]! - betas[1]! * y![i]!);
  const variance = dot(rest, rest) / 3;
  return [yy, xx].map((own, k) => ({
    beta: betas[k]!,
    error: Math.sqrt((variance * own) / determinant),
  }));
}

describe("realisedPredictions", () => {
  const rows = realisedPredictions([moved, pooled], sample, { period: "monthly" });
  /** Losses by month and market, averaged over the two coins. */
  const lossesOf = (k: number, beta: (month: number) => number) =>
    Array.from({ length: MONTHS }, (_, month) =>
      mean(
        [0, 1].map((coin) => {
          const own = fitted(month, coin)[k]!;
          return ((own.beta - beta(month)) / own.error) ** 2;
        }),
      ),
    );
  const own = [0, 1].map((k) => lossesOf(k, (month) => [0.9, -0.6][k]! + 0.1 * Math.sin(month)));
  const base = [0, 1].map((k) => lossesOf(k, () => [0.8, -0.3][k]!));

  it("have squared errors in standard errors, market by market", () => {
    expect(rows.map((row) => [row.market, row.estimator, row.periods, row.n])).toEqual(
      ["X", "Y"].flatMap((market) =>
        ["moved", "pooled"].map((estimator) => [market, estimator, MONTHS, 2 * MONTHS]),
      ),
    );
    const losses = [0, 1].flatMap((k) => [mean(own[k]!), mean(base[k]!)]);
    expect(rows.map(({ loss }) => loss)).toEqual(losses.map((loss) => expect.closeTo(loss, 8)));
    expect(rows[0]!.r2).toBeCloseTo(1 - losses[0]! / losses[1]!, 10);
    expect(rows[1]!.r2).toBe(0);
  });

  it("have the p-value of the paired t-test, without lags", () => {
    for (const k of [0, 1]) {
      const differences = own[k]!.map((loss, month) => loss - base[k]![month]!);
      const t = (mean(differences) / standardDeviation(differences, 1)) * Math.sqrt(MONTHS);
      expect(rows[2 * k]!.dmPValue).toBeCloseTo(twoSided(t), 5);
      expect(rows[2 * k + 1]!.dmPValue).toBeNaN();
    }
  });

  it("have none below 24 months", () => {
    const dated = (through: string) =>
      realisedPredictions(
        [moved, pooled],
        { name: "part", range: { from: "2020-01", through } },
        { period: "monthly" },
      )[0]!;
    expect([dated("2021-11").periods, dated("2021-12").periods]).toEqual([23, 24]);
    expect(dated("2021-11").dmPValue).toBeNaN();
    expect(dated("2021-12").dmPValue).toBeGreaterThan(0);
  });

  it("leave a month out for all if one that is not late lacks it", () => {
    const gap = walk("gap", (_, month) => (month === 3 ? Number.NaN : 1));
    const late = walk("late", (_, month) => (month < MONTHS - 5 ? Number.NaN : 1));
    const found = realisedPredictions([gap, pooled, moved, late], sample, { period: "monthly" });
    expect(found.slice(0, 4).map(({ periods, n }) => [periods, n])).toEqual([
      ...[0, 1, 2].map(() => [MONTHS - 1, 2 * MONTHS - 2]),
      [0, 0],
    ]);
    expect(found[3]!.loss).toBeNaN();
    expect(found[3]!.dmPValue).toBeNaN();
    const without = base[0]!.filter((_, month) => month !== 3);
    expect(found[1]!.loss).toBeCloseTo(mean(without), 8);
  });

  it("take the updated betas of an estimator that has frozen ones too", () => {
    const frozen = walk("moved", () => 5, "frozen");
    const all = realisedPredictions([frozen, moved, pooled], sample, { period: "monthly" });
    expect(all).toEqual(rows);
    const alone = walk("held", () => 0, "frozen");
    const [held] = realisedPredictions([alone, pooled], sample, { period: "monthly" });
    expect(held!.estimator).toBe("held");
  });
});

/** Student's two-sided p with 25 degrees of freedom, by Simpson's rule. */
function twoSided(t: number): number {
  const density = (x: number) => (1 + (x * x) / 25) ** -13;
  const area = (to: number) => {
    const step = to / 2000;
    let sum = density(0) + density(to);
    for (let i = 1; i < 2000; i++) sum += (i % 2 ? 4 : 2) * density(i * step);
    return (sum * step) / 3;
  };
  return 1 - area(Math.abs(t)) / area(400);
}
