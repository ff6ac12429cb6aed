/** Betas with bootstrap intervals: seeded, and wide enough to hold the truth. */

import { describe, expect, it } from "vitest";
import { bootstrapBeta } from "../lib/src/betas/bootstrap-beta.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { scholesWilliamsBeta } from "../lib/src/betas/scholes-williams.js";
import { onePair } from "../lib/src/panel/panel.js";
import { simulatedPanel } from "../lib/src/panel/simulate.js";
import { quantile } from "../lib/src/stats/quantile.js";
import { circularResamples } from "../lib/src/stats/resamples.js";
import type { Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const FROM = "2000-01";
const LAST = { from: "2005-01", through: "2005-01" };
const OPTIONS = { from: FROM, dates: LAST, draws: 199, seed: 1 };

const sample = (seed: number, coins = 1): Panel =>
  simulatedPanel("constant", { periods: 61, coins, markets: 1, seed }).panel;
const pooled = (panel: Panel) => pooledBeta(panel, { from: FROM });

describe("bootstrapBeta", () => {
  it("has the quantiles of least squares on drawn months as bounds, and the path's own values", () => {
    const panel = sample(1);
    const [r, f] = [panel.coinLogReturns, panel.marketLogReturns];
    const { indices } = circularResamples(60, { ...OPTIONS, blockLength: 3 });
    const slopes = Float64Array.from({ length: 199 }, (_, draw) => {
      let [fr, ff] = [0, 0];
      for (const row of indices.subarray(draw * 60, (draw + 1) * 60)) {
        fr += f[row]! * r[row]!;
        ff += f[row]! ** 2;
      }
      return fr / ff;
    }).sort();
    const path = bootstrapBeta(panel, pooled, OPTIONS);
    expect(path.values).toEqual(pooled(panel).values);
    expect(path.band!.interval).toBe("bootstrap");
    expect(path.band!.lower.at(-1)).toBeCloseTo(quantile(slopes, 0.025), 10);
    expect(path.band!.upper.at(-1)).toBeCloseTo(quantile(slopes, 0.975), 10);
  });

  it("has a 95 % interval that holds the true beta in 90 to 98 % of samples of sixty months", () => {
    const trials = 200;
    let held = 0;
    for (let seed = 1; seed <= trials; seed++) {
      const { panel, trueBeta } = simulatedPanel("constant", {
        periods: 61,
        coins: 1,
        markets: 1,
        seed,
      });
      const { lower, upper } = bootstrapBeta(panel, pooled, OPTIONS).band!;
      const beta = trueBeta.values[60]!;
      if (lower[60]! <= beta && beta <= upper[60]!) held++;
    }
    expect(held / trials).toBeGreaterThan(0.9);
    expect(held / trials).toBeLessThan(0.98);
  });

  it("knows nothing of the date itself, and of none after it", () => {
    const panel = sample(2, 2);
    const dates = { from: "2004-06", through: "2004-06" };
    const at = panel.dates.findIndex((date) => date.startsWith("2004-06"));
    const later: Panel = {
      ...panel,
      coinLogReturns: panel.coinLogReturns.map((r, i) => (i >= 2 * at ? 9 * r : r)),
      marketLogReturns: panel.marketLogReturns.map((f, t) => (t >= at ? -f : f)),
    };
    const bandOf = (some: Panel) => bootstrapBeta(some, pooled, { ...OPTIONS, dates }).band!;
    expect(bandOf(later).lower).toEqual(bandOf(panel).lower);
    expect(bandOf(later).upper).toEqual(bandOf(panel).upper);
  });

  it("serves estimators that look at earlier months, coin by coin and market by market", () => {
    const panel = seededPanel(40, ["A", "B"], ["X", "Y"]);
    const { from } = { from: panel.dates[0]! };
    const path = bootstrapBeta(panel, (p) => scholesWilliamsBeta(p, { from }), {
      ...OPTIONS,
      from,
      dates: { from: panel.dates[39]!, through: panel.dates[39]! },
    });
    const { lower, upper } = path.band!;
    for (let at = 39 * 4; at < 40 * 4; at++) {
      expect(path.standardErrors![at]).toBeGreaterThan(0);
      expect(lower[at]).toBeLessThan(upper[at]!);
    }
    expect(lower[39 * 4 - 1]).toBeNaN();
  });

  it("has no interval before there are 24 periods to draw from", () => {
    const returns = Array.from({ length: 26 }, (_, t) => Math.sin(t));
    const { lower } = bootstrapBeta(onePair(returns, returns), pooled, {
      ...OPTIONS,
      dates: { from: "2000-01", through: "2002-02" },
    }).band!;
    expect(lower.findIndex(Number.isFinite)).toBe(24);
  });

  it("refuses dates that the panel does not have", () => {
    const dates = { from: "2030-01", through: "2030-12" };
    expect(() => bootstrapBeta(sample(1), pooled, { ...OPTIONS, dates })).toThrow(
      "bootstrapBeta: dates must hold one of the panel",
    );
  });
});
