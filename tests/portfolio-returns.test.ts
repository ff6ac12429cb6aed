/** Returns of sorted portfolios, ours and as the report made them. */

import { describe, expect, it } from "vitest";
import { reportReturns } from "../lib/src/portfolios/report-returns.js";
import { type PortfolioReturns, portfolioReturns } from "../lib/src/portfolios/returns.js";
import { betaSort } from "../lib/src/portfolios/sort.js";
import {
  babPortfolio,
  longShortPortfolio,
  type Portfolio,
  quantilePortfolios,
} from "../lib/src/portfolios/weights.js";
import type { Panel } from "../lib/src/types.js";
import { expectClose, reference, seededPanel } from "./support/helpers.js";
import { betasOf, coinNames, monthEnds, panelOfReturns } from "./support/portfolios.js";

/** Rounding of a logarithm and its inverse. */
const DIGITS = 12;

const { NaN: none } = Number;

/** A portfolio of given weights, by month. */
const holding = (panel: Panel, weights: readonly (readonly number[])[]): Portfolio => ({
  name: "held",
  dates: panel.dates,
  coins: panel.coins,
  weights: Float64Array.from(weights.flat()),
  betas: new Float64Array(panel.dates.length),
});

const returnsOf = (
  coins: readonly (readonly number[])[],
  weights: readonly (readonly number[])[],
  riskFree: readonly number[] = coins.map(() => 0),
  cost = 0,
): PortfolioReturns => {
  const panel = panelOfReturns(coins);
  return portfolioReturns(panel, holding(panel, weights), { riskFree, cost });
};

const expectValues = (actual: Float64Array, expected: readonly number[]): void => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, t) => {
    expect(actual[t]).toBeCloseTo(value, DIGITS);
  });
};

describe("portfolioReturns", () => {
  it("are the weighted simple returns over the risk-free one", () => {
    const { excessReturns, growth } = returnsOf(
      [
        [0.1, -0.2],
        [0.5, 0.3],
      ],
      [
        [0.5, 0.5],
        [0.25, 0.75],
      ],
      [0.01, 0.02],
    );
    expectValues(excessReturns, [-0.05 - 0.01, 0.35 - 0.02]);
    expectValues(growth, [0.95, 1.35]);
  });

  it("of a long-short portfolio leave out the risk-free return, which its wealth earns besides", () => {
    const { excessReturns, growth } = returnsOf([[0.1, -0.2]], [[1, -1]], [0.01]);
    expectValues(excessReturns, [0.3]);
    expectValues(growth, [1.31]);
  });

  it("of a borrower are those of the coins less what is owed", () => {
    const { excessReturns, growth } = returnsOf([[0.1, 0]], [[2, 0]], [0.01]);
    expectValues(excessReturns, [0.2 - 0.02]);
    expectValues(growth, [1.2 - 0.01]);
  });

  it("trade back what returns have moved", () => {
    const { turnover } = returnsOf(
      [
        [0.1, -0.1],
        [1, 0],
        [0, 0],
      ],
      [
        [0.5, 0.5],
        [0.5, 0.5],
        [0, 1],
      ],
    );
    // Bought; 0.55 and 0.45 back to halves; 2 / 3 sold and bought.
    expectValues(turnover, [1, 0.1, 4 / 3]);
  });

  it("trade nothing where returns are equal, nor in a single coin that is kept", () => {
    const moved = [
      [0.3, 0.3],
      [-0.5, -0.5],
      [0, 0],
    ];
    const halves = moved.map(() => [0.5, 0.5]);
    expectValues(returnsOf(moved, halves).turnover, [1, 0, 0]);
    const alone = moved.map(() => [1, 0]);
    expectValues(
      returnsOf(
        [
          [0.4, none],
          [0.2, 0.1],
          [0, 0],
        ],
        alone,
      ).turnover,
      [1, 0, 0],
    );
  });

  it("count both sides of a long-short portfolio, against the wealth that it has become", () => {
    const { turnover } = returnsOf(
      [
        [0.1, -0.1],
        [0, 0],
      ],
      [
        [1, -1],
        [1, -1],
      ],
      [0.05, 0],
    );
    const wealth = 1 + 0.05 + 0.2;
    expectValues(turnover, [2, Math.abs(1 - 1.1 / wealth) + (1 - 0.9 / wealth)]);
  });

  it("cost their share of what is traded", () => {
    const coins = [
      [0.1, -0.1],
      [0.2, 0.4],
    ];
    const weights = [
      [0.5, 0.5],
      [0.5, 0.5],
    ];
    const { excessReturns, netReturns } = returnsOf(coins, weights, [0, 0], 0.01);
    expectValues(netReturns, [0 - 0.01, 0.3 - 0.001]);
    expectValues(excessReturns, [0, 0.3]);
  });

  it("are the same before and after costs where trading is free", () => {
    const { excessReturns, netReturns } = returnsOf([[0.1, 0.3]], [[0.5, 0.5]]);
    expect(netReturns).toEqual(excessReturns);
  });

  it("do not need the return of a coin that is not held", () => {
    const { excessReturns } = returnsOf([[0.1, none]], [[1, 0]]);
    expectValues(excessReturns, [0.1]);
  });

  it("are NaN where a coin that is held, the risk-free return or the sort is missing, and the next is bought from cash", () => {
    const coins = Array(5).fill([0.1, 0.3]);
    const halves = [0.5, 0.5];
    const missing = returnsOf(
      [coins[0]!, [none, 0.1], ...coins.slice(2)],
      [halves, halves, halves, [none, none], halves],
      [0, 0, none, 0, 0],
    );
    expect([...missing.excessReturns].map(Number.isNaN)).toEqual([false, true, true, true, false]);
    expect([...missing.turnover].map((x) => Number(x.toFixed(9)))).toEqual([
      1,
      0.083333333,
      1,
      none,
      1,
    ]);
  });

  it("begin anew after a loss of more than everything", () => {
    const { growth, turnover } = returnsOf(
      [
        [-0.5, 0.7],
        [0, 0],
      ],
      [
        [1, -1],
        [1, -1],
      ],
    );
    expectValues(growth, [-0.2, 1]);
    expectValues(turnover, [2, 2]);
  });

  it("of long-short are those of the last quantile minus the first, date by date", () => {
    const panel = seededPanel(20, coinNames(6), ["X"]);
    const path = betasOf(
      panel,
      panel.dates.map((_, t) => panel.coins.map((__, i) => ((i + 1) * 7 + t) % 11)),
    );
    const sort = betaSort(panel, path, { market: "X", quantiles: 3 });
    const riskFree = panel.dates.map((_, t) => t / 1000);
    const returnsOf = (portfolio: Portfolio) =>
      portfolioReturns(panel, portfolio, { riskFree, cost: 0 }).excessReturns;
    const [low, , high] = quantilePortfolios(sort).map(returnsOf);
    returnsOf(longShortPortfolio(sort)).forEach((r, t) => {
      expect(r).toBeCloseTo(high![t]! - low![t]!, DIGITS);
    });
  });

  it("are refused on other dates or coins, with other risk-free dates, or for a cost below zero", () => {
    const panel = panelOfReturns([[0.1, 0.3]]);
    const held = holding(panel, [[1, 0]]);
    const returnsOf = (portfolio: Portfolio, riskFree: number[], cost: number) =>
      portfolioReturns(panel, portfolio, { riskFree, cost });
    expect(() => returnsOf({ ...held, dates: [] }, [0], 0)).toThrow(
      /^portfolioReturns: portfolio and panel must share dates/,
    );
    expect(() => returnsOf({ ...held, coins: ["B", "A"] }, [0], 0)).toThrow(
      /^portfolioReturns: portfolio and panel must share coins/,
    );
    expect(() => returnsOf(held, [0, 0], 0)).toThrow(/^portfolioReturns: arrays/);
    for (const cost of [-0.001, none])
      expect(() => returnsOf(held, [0], cost)).toThrow(
        new RangeError(
          `portfolioReturns: cost must be a share of at least 0, got ${cost}; 0.002 is 20 basis points`,
        ),
      );
  });

  it("leave panel and portfolio unchanged", () => {
    const panel = panelOfReturns([[0.1, 0.3]]);
    const held = holding(panel, [[1, 0]]);
    const before = structuredClone([panel, held]);
    portfolioReturns(panel, held, { riskFree: [0.01], cost: 0.01 });
    expect([panel, held]).toEqual(before);
  });
});

interface Case {
  readonly months: number;
  readonly coins: number;
  readonly quantiles: number;
  readonly betas: readonly (number | null)[];
  readonly logReturns: readonly number[];
  readonly riskFree: readonly number[];
  readonly portfolios: Readonly<
    Record<
      string,
      {
        readonly excessReturns: readonly number[];
        readonly turnover: readonly number[];
      }
    >
  >;
}

describe("sorted portfolios", () => {
  const { cost, cases } = reference<{ cost: number; cases: Case[] }>("portfolios");

  it.each(cases)(
    "have pandas' returns and turnover: $coins coins, $quantiles portfolios, $months months",
    (given) => {
      const panel: Panel = {
        frequency: "monthly",
        dates: monthEnds(given.months),
        coins: coinNames(given.coins),
        markets: ["X"],
        coinLogReturns: Float64Array.from(given.logReturns),
        marketLogReturns: new Float64Array(given.months),
      };
      const path = betasOf(panel, [given.betas.map((b) => b ?? none)]);
      const { quantiles } = given;
      const sort = betaSort(panel, path, { market: "X", quantiles, fewest: 1 });
      const held = [...quantilePortfolios(sort), longShortPortfolio(sort), babPortfolio(sort)];
      expect(held.map(({ name }) => name)).toEqual(Object.keys(given.portfolios));
      for (const portfolio of held) {
        const theirs = given.portfolios[portfolio.name]!;
        const ours = portfolioReturns(panel, portfolio, { riskFree: given.riskFree, cost });
        expectClose(ours.excessReturns, theirs.excessReturns);
        expectClose(ours.turnover, theirs.turnover);
      }
    },
  );
});

describe("reportReturns", () => {
  it("are the coins' log returns minus the market's, weighted", () => {
    const panel = panelOfReturns([[0.1, -0.2]], [0.05]);
    const { excessReturns } = reportReturns(panel, holding(panel, [[0.25, 0.75]]), "X");
    expectValues(excessReturns, [0.25 * Math.log(1.1) + 0.75 * Math.log(0.8) - Math.log(1.05)]);
  });

  it("reproduce the report's January 2023 from published prices and its FIAT, -0.0204", () => {
    // FRED's month ends of December 2022 and January 2023; BCH stands for a third coin.
    const [btc, eth] = [23_134.74 / 16_531, 1585.92 / 1195.27];
    const bch = 133.396728515625 / 97.0721435546875;
    const panel = {
      ...panelOfReturns([[btc - 1, eth - 1, 0, bch - 1]]),
      marketLogReturns: Float64Array.of(-0.0204),
    };
    const path = betasOf(panel, [[-0.2706, -0.2916, none, -0.264]]);
    const sort = betaSort(panel, path, { market: "X", quantiles: 4, fewest: 0 });
    const portfolios = quantilePortfolios(sort).map((portfolio) =>
      reportReturns(panel, portfolio, "X"),
    );
    expect(portfolios.map(({ betas: [beta] }) => beta)).toEqual([-0.2916, -0.2706, -0.264, none]);
    const [first, second, third, fourth] = portfolios.map(({ excessReturns: [r] }) => r!);
    expect(first!.toFixed(4)).toBe("0.3032");
    expect(second!.toFixed(4)).toBe("0.3565");
    // Yahoo's price, not the report's: within a tenth of a percent.
    expect(Math.abs(third! - 0.339)).toBeLessThan(0.001);
    expect(fourth).toBeNaN();
  });

  it("of long-short do not depend on the market", () => {
    const returnsOf = (market: number) => {
      const panel = panelOfReturns([[0.1, -0.2]], [market]);
      return reportReturns(panel, holding(panel, [[1, -1]]), "X").excessReturns;
    };
    expectValues(returnsOf(0.3), [Math.log(1.1) - Math.log(0.8)]);
    expectValues(returnsOf(-0.1), [...returnsOf(0.3)]);
  });

  it("hold nothing: there is no turnover, no return after costs and no wealth", () => {
    const panel = panelOfReturns([[0.1, -0.2]], [0.05]);
    expect(reportReturns(panel, holding(panel, [[1, 0]]), "X")).toMatchObject({
      turnover: Float64Array.of(none),
      netReturns: Float64Array.of(none),
      growth: Float64Array.of(none),
    });
  });

  it("are refused for a market that the panel does not have, and on other axes", () => {
    const panel = panelOfReturns([[0.1, -0.2]]);
    const held = holding(panel, [[1, 0]]);
    expect(() => reportReturns(panel, held, "GOLD")).toThrow(
      new RangeError("marketReturns: there is no market GOLD, there are X; name one of these"),
    );
    expect(() => reportReturns(panel, { ...held, coins: [] }, "X")).toThrow(
      /^reportReturns: portfolio and panel must share coins/,
    );
  });
});
