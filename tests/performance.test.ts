/** What portfolios earn: means, drawdowns, wealth and monotonicity. */

import { describe, expect, it } from "vitest";
import { monotonicity } from "../lib/src/portfolios/monotonicity.js";
import { maxDrawdown, portfolioPerformance, wealthOf } from "../lib/src/portfolios/performance.js";
import type { PortfolioReturns } from "../lib/src/portfolios/returns.js";
import { stream } from "../lib/src/random.js";
import { expectClose, reference } from "./support/helpers.js";
import { monthEnds } from "./support/portfolios.js";

const { NaN: none } = Number;

const returnsOf = (
  excess: ArrayLike<number>,
  turnover: ArrayLike<number> = Array.from(excess, () => 0),
  cost = 0,
): PortfolioReturns => {
  const excessReturns = Float64Array.from(excess);
  return {
    name: "1",
    dates: monthEnds(excess.length),
    betas: excessReturns.map((_, t) => t),
    excessReturns,
    turnover: Float64Array.from(turnover),
    netReturns: excessReturns.map((r, t) => r - cost * turnover[t]!),
    growth: excessReturns.map((r) => 1 + r),
  };
};

const ALL = { frequency: "monthly", fewest: 0 } as const;

describe("portfolioPerformance", () => {
  it("has mean, standard deviation, Sharpe ratios, turnover and the mean after costs", () => {
    const found = portfolioPerformance(returnsOf([0.1, 0.3, -0.1], [1, 0.2, 0.3], 0.01), ALL);
    expect(found).toMatchObject({ portfolio: "1", n: 3, meanBeta: 1 });
    expect(found.mean).toBeCloseTo(0.1, 12);
    expect(found.sd).toBeCloseTo(0.2, 12);
    expect(found.sharpe).toBeCloseTo(0.5, 12);
    expect(found.sharpeAnnual).toBeCloseTo(0.5 * Math.sqrt(12), 12);
    expect(found.turnover).toBeCloseTo(0.5, 12);
    expect(found.netMean).toBeCloseTo(0.1 - 0.005, 12);
    expect(found.maxDrawdown).toBeCloseTo(0.1, 12);
  });

  it.each([
    ["daily", 252],
    ["weekly", 52],
    ["monthly", 12],
  ] as const)("takes a year of %s returns for %d", (frequency, periods) => {
    const { sharpe, sharpeAnnual } = portfolioPerformance(returnsOf([0.1, 0.3]), {
      frequency,
      fewest: 0,
    });
    expect(sharpeAnnual / sharpe).toBeCloseTo(Math.sqrt(periods), 12);
  });

  const { cost, cases } = reference<{
    readonly cost: number;
    readonly cases: readonly {
      readonly riskFree: readonly number[];
      readonly portfolios: Readonly<
        Record<
          string,
          Readonly<Record<string, number>> & {
            readonly excessReturns: readonly number[] & number;
            readonly turnover: readonly number[] & number;
          }
        >
      >;
    }[];
  }>("portfolios");

  it("agrees with pandas, and with statsmodels on Newey-West's t of the mean", () => {
    for (const { portfolios, riskFree } of cases)
      for (const theirs of Object.values(portfolios)) {
        const { excessReturns, turnover, ...expected } = theirs;
        const returns = returnsOf(excessReturns, turnover, cost);
        const ours = portfolioPerformance(
          {
            ...returns,
            growth: returns.growth.map((g, t) => g + riskFree[t]!),
          },
          ALL,
        );
        for (const [key, value] of Object.entries(expected))
          expectClose(ours[key as "mean"], value);
      }
  });

  it("leaves out dates without a return", () => {
    const gaps = [0.1, none, 0.3, none, -0.1];
    const { meanBeta, ...found } = portfolioPerformance(returnsOf(gaps), ALL);
    const whole = portfolioPerformance(returnsOf([0.1, 0.3, -0.1]), ALL);
    expect({ ...found, meanBeta: 1 }).toEqual(whole);
    expect(meanBeta).toBe(2);
  });

  it("has no t, p or interval for fewer dates than are asked for", () => {
    const returns = returnsOf([0.1, 0.3, -0.1]);
    const performanceOf = (fewest: number) =>
      portfolioPerformance(returns, { frequency: "monthly", fewest });
    expect(performanceOf(3).tStat).not.toBeNaN();
    expect(performanceOf(4)).toMatchObject({
      n: 3,
      tStat: none,
      pValue: none,
      lower: none,
      upper: none,
      standardError: none,
      lags: none,
    });
    expect(performanceOf(4).mean).toBeCloseTo(0.1, 12);
  });

  it("is NaN where there is no return at all, and has no Sharpe ratio where returns do not vary", () => {
    expect(portfolioPerformance(returnsOf([none, none]), ALL)).toMatchObject({
      n: 0,
      mean: none,
      sd: none,
      sharpe: none,
      turnover: none,
      maxDrawdown: none,
      tStat: none,
    });
    expect(portfolioPerformance(returnsOf([0.25, 0.25, 0.25]), ALL)).toMatchObject({
      mean: 0.25,
      sd: 0,
      sharpe: none,
      tStat: none,
    });
  });
});

describe("maxDrawdown", () => {
  it.each([
    ["the fall from the highest wealth so far", [1.25, 0.8, 0.5, 3], 0.6],
    ["a fall from the first unit", [0.75, 2], 0.25],
    ["nothing if wealth never falls", [1, 1.5, 1], 0],
    ["everything if everything is lost", [2, 0, 3], 1],
    ["everything if more than everything is lost", [2, -0.5, 3], 1],
    ["NaN without dates", [], none],
    ["NaN where growth is missing", [1.5, none, 0.5], none],
  ])("is %s", (_, growth, expected) => {
    expect(Number(maxDrawdown(growth).toFixed(12))).toBe(expected);
  });
});

describe("wealthOf", () => {
  it("is the product of growth so far, and stays nothing once it is", () => {
    expect([...wealthOf([1.5, 0.5, 2])]).toEqual([1.5, 0.75, 1.5]);
    expect([...wealthOf([1.5, -0.5, 2])]).toEqual([1.5, 0, 0]);
    expect([...wealthOf([1.5, none, 2])]).toEqual([1.5, none, none]);
  });
});

describe("monotonicity", () => {
  const draw = stream("monotonicity");
  const noise = Array.from({ length: 60 }, () => 0.02 * draw.uniform());
  /** Portfolios whose means step as told, noise apart. */
  const stepping = (means: readonly number[]) =>
    means.map((mean, q) => returnsOf(noise.map((_, t) => mean + noise[(t + 7 * q) % 60]!)));
  const options = { draws: 999, seed: 1, fewest: 24 };

  it("finds means that rise throughout, and means that fall", () => {
    const rising = monotonicity(stepping([0, 0.02, 0.04]), options);
    expect(rising).toMatchObject({ n: 60, reason: "" });
    expect(rising.increasing).toBeLessThan(0.01);
    expect(rising.decreasing).toBeGreaterThan(0.9);
    const falling = monotonicity(stepping([0.04, 0.02, 0]), options);
    expect(falling.decreasing).toBeLessThan(0.01);
    expect(falling.increasing).toBeGreaterThan(0.9);
  });

  it("does not take crooked means for rising ones", () => {
    const { increasing } = monotonicity(stepping([0, 0.04, 0.02]), options);
    expect(increasing).toBeGreaterThan(0.5);
  });

  it.each([
    ["two portfolios", stepping([0, 0.02]), "2 portfolios, of at least 3"],
    ["few dates", [1, 2, 3].map((q) => returnsOf([q, 0, -q])), "3 dates, of at least 24"],
    [
      "an empty portfolio",
      [...stepping([0, 0.02]), returnsOf(noise.map(() => none))],
      "0 dates, of at least 24",
    ],
    [
      "a portfolio and its copy",
      [0, 0, 1].map((q) => returnsOf(noise.map((r, t) => r + q * noise[59 - t]!))),
      "two neighbours have the same returns, up to a constant",
    ],
  ])("says why there is no test of %s", (_, portfolios, reason) => {
    expect(monotonicity(portfolios, options)).toMatchObject({
      increasing: none,
      decreasing: none,
      reason,
    });
  });

  it("takes the dates on which all portfolios have a return", () => {
    const [a, b, c] = stepping([0, 0.02, 0.04]);
    const gap = (returns: PortfolioReturns, t: number) => ({
      ...returns,
      excessReturns: returns.excessReturns.with(t, none),
    });
    expect(monotonicity([gap(a!, 0), gap(b!, 1), c!], options).n).toBe(58);
  });
});
