/** Joint tests of all coins, alphas over the coins' market, coverage of intervals, and lines of betas. */

import { describe, expect, it } from "vitest";
import { rollingBeta } from "../lib/src/betas/rolling.js";
import { betaPeriods } from "../lib/src/comparing/beta-breaks.js";
import { coinPricing, longShortAlphas } from "../lib/src/comparing/coin-pricing.js";
import { intervalCoverage } from "../lib/src/comparing/interval-coverage.js";
import type { PortfolioSort } from "../lib/src/comparing/portfolio-sorts.js";
import { readFactors } from "../lib/src/data/panel-file.js";
import { figureBetaLines } from "../lib/src/figures/beta-lines.js";
import { STUDY } from "../lib/src/study.js";
import { seededPanel, studyPanel } from "./support/helpers.js";

describe("coinPricing", () => {
  it("has the F of 1.22 with p .31 that an independent program found for four coins on five factors", async () => {
    const { n, grs, spanning } = coinPricing(await studyPanel(), await readFactors(STUDY));
    expect([n, grs.degreesOfFreedom]).toEqual([83, [4, 74]]);
    expect(grs.statistic).toBeCloseTo(1.22, 2);
    expect(grs.pValue).toBeCloseTo(0.31, 2);
    expect(spanning.degreesOfFreedom).toEqual([8, 150]);
    expect(spanning.deltas).toHaveLength(4);
  });
});

describe("longShortAlphas", () => {
  it("is the intercept and the slope on the equally weighted coins", async () => {
    const panel = await studyPanel("FIAT");
    const { riskFree } = await readFactors(STUDY);
    const factors = await readFactors(STUDY);
    const N = panel.coins.length;
    const market = panel.dates.map((_, t) => {
      const simple = [0, 1, 2, 3].map((i) => Math.expm1(panel.coinLogReturns[t * N + i]!));
      return simple.reduce((sum, r) => sum + r, 0) / 4 - riskFree[t]!;
    });
    const made = (alpha: number, definition: string) => {
      const excessReturns = Float64Array.from(
        market,
        (m, t) => alpha + 0.5 * m + (t % 2 ? 1e-4 : -1e-4),
      );
      const portfolios = [{ name: "long-short", dates: panel.dates, excessReturns }];
      return { definition, estimator: "made-up", market: "FIAT", portfolios };
    };
    const sorts = [made(0.01, "sound"), made(0.01, "single-coin"), made(0, "sound")];
    const [row, without, none] = longShortAlphas(
      sorts as unknown as PortfolioSort[],
      panel,
      factors,
    );
    expect(none).toBeUndefined();
    expect(without!.alphaPValue).toBeGreaterThan(0.05);
    expect(row!.alpha).toBeCloseTo(0.01, 4);
    expect(row!.beta).toBeCloseTo(0.5, 3);
    expect(row!.alphaPValue).toBeLessThan(1e-6);

    // Dates are matched, whichever row of the sort has them.
    const late = made(0.01, "sound");
    const [portfolio] = late.portfolios;
    late.portfolios = [
      {
        ...portfolio!,
        dates: panel.dates.slice(40),
        excessReturns: portfolio!.excessReturns.slice(40),
      },
    ];
    const [part] = longShortAlphas([late] as unknown as PortfolioSort[], panel, factors);
    expect(part!.n).toBe(panel.dates.length - 40);
    expect(part!.alpha).toBeCloseTo(0.01, 4);
    expect(part!.beta).toBeCloseTo(0.5, 3);
  });
});

describe("dates of coinPricing and longShortAlphas", () => {
  it("are those on which all have a return", async () => {
    const panel = await studyPanel("FIAT");
    const factors = await readFactors(STUDY);
    const without = (...rows: readonly number[]) => ({
      ...panel,
      coinLogReturns: panel.coinLogReturns.map((r, at) =>
        rows.includes(Math.floor(at / panel.coins.length)) ? Number.NaN : r,
      ),
    });
    expect(coinPricing(without(5, 9), factors).n).toBe(81);
    const gap = { ...panel, marketLogReturns: panel.marketLogReturns.with(7, Number.NaN) };
    expect(coinPricing(gap, factors).n).toBe(82);
    const missing = {
      ...factors,
      riskFree: factors.riskFree.map((r, t) => (factors.dates[t] === panel.dates[3] ? NaN : r)),
    };
    expect(coinPricing(panel, missing).n).toBe(82);

    const sortOf = (from: number, through: number) => {
      const excessReturns = Float64Array.from(panel.dates, (_, t) =>
        t >= from && t <= through ? Math.sin(t) : Number.NaN,
      );
      const portfolios = [{ name: "long-short", dates: panel.dates, excessReturns }];
      return { definition: "sound", estimator: "made-up", market: "FIAT", portfolios };
    };
    const alphasOf = (...sorts: unknown[]) =>
      longShortAlphas(sorts as PortfolioSort[], without(20, 21), factors);
    const [row, short] = alphasOf(sortOf(10, 40), sortOf(15, 40));
    expect([row!.n, short!.n]).toEqual([29, 24]);
    const used = panel.dates
      .map((_, t) => t)
      .filter((t) => t >= 10 && t <= 40 && t !== 20 && t !== 21);
    expect(row!.mean).toBeCloseTo(used.reduce((sum, t) => sum + Math.sin(t), 0) / 29, 12);
    expect(alphasOf(sortOf(16, 40))).toEqual([]);
  });
});

describe("intervalCoverage", () => {
  const options = { n: 47, lags: 3, samples: 300, draws: 199, seed: 2, level: 0.95 };

  it("is below the promise for percentile intervals of autocorrelated means, and nearer to it studentized", () => {
    const { percentile, studentized } = intervalCoverage({ ...options, autocorrelation: 0.3 });
    expect(percentile).toBeGreaterThan(0.83);
    expect(percentile).toBeLessThan(0.92);
    expect(studentized).toBeGreaterThan(percentile);
    expect(studentized).toBeLessThan(0.97);
  });

  it("refuses an autocorrelation of 1", () => {
    expect(() => intervalCoverage({ ...options, autocorrelation: 1 })).toThrow(
      "between -1 and 1, got 1",
    );
  });
});

describe("figureBetaLines", () => {
  it("draws the mean over coins of each path, with gaps", () => {
    const panel = seededPanel(20, ["A", "B"], ["X"]);
    const rolling = rollingBeta(panel, { lookback: 12 });
    const { data, alt } = figureBetaLines({ rolling }, "X", "Made up.");
    const [line] = data as unknown as { y: (number | null)[]; name: string }[];
    expect(line!.name).toBe("rolling");
    expect(line!.y.slice(0, 12)).toEqual(Array(12).fill(null));
    expect(line!.y[12]).toBeCloseTo((rolling.values[24]! + rolling.values[25]!) / 2, 5);
    expect(alt).toContain("on X by rolling");
  });

  it("draws a network's line thicker than others", () => {
    const panel = seededPanel(20, ["A"], ["X"]);
    const rolling = rollingBeta(panel, { lookback: 12 });
    const { data } = figureBetaLines({ rolling, "neural-ols": rolling }, "X", "Made up.");
    expect(data).toMatchObject([{ line: { width: 1.6 } }, { line: { width: 2.4 } }]);
  });
});

describe("betaPeriods", () => {
  it("has the coins' mean correlations with EQUITY of −.05, .53 and .58", async () => {
    const periods = [
      ["2018", "2019"],
      ["2020", "2021"],
      ["2022", "2024"],
    ].map(([from, through]) => ({ name: `${from}`, range: { from: from!, through: through! } }));
    const rows = betaPeriods(await studyPanel("EQUITY"), "EQUITY", periods);
    expect(rows.map((row) => row.meanCorrelation)).toEqual(
      [-0.05, 0.53, 0.58].map((r) => expect.closeTo(r, 2)),
    );
  });
});
