/** The figure of mean betas by year. */

import { describe, expect, it } from "vitest";
import type { AnnualBeta } from "../lib/src/comparing/annual-betas.js";
import { figureAnnualBetas } from "../lib/src/figures/annual-betas.js";
import { ANNUAL, axes, CAPTION, labels, traces } from "./support/figures.js";

describe("figureAnnualBetas", () => {
  const figure = figureAnnualBetas(ANNUAL, CAPTION);

  it("has a row of plots per market and a column per start, one vertical scale per row", () => {
    expect(labels(figure)).toEqual([
      "<b>X, start glorot</b>",
      "<b>X, start ols</b>",
      "<b>Y, start glorot</b>",
      "<b>Y, start ols</b>",
    ]);
    const [a, b] = axes(figure, "y").map(({ range }) => range);
    expect(a).toEqual(b);
  });

  it("draws the coins beside each other, with the range over seeds", () => {
    const [a, b] = traces(figure) as unknown as readonly {
      name: string;
      x: number[];
      y: number[];
      error_y: { array: number[]; arrayminus: number[] };
      marker: { symbol: string[] };
    }[];
    expect([a!.name, b!.name]).toEqual(["A", "B"]);
    expect(a!.x).toEqual([-0.3, 0.7, 0.7]);
    expect(b!.x).toEqual([0.3, 1.3, 1.3]);
    expect(a!.y[0]).toBe(7.5);
    expect(a!.error_y.array[0]).toBe(1);
    expect(a!.error_y.arrayminus[0]).toBe(1);
  });

  it("leaves fitted years open and fills walk-forward years", () => {
    const [a, b] = figure.data as readonly { marker: { symbol: string[] } }[];
    expect(a!.marker.symbol).toEqual(["circle-open", "circle-open", "circle"]);
    expect(b!.marker.symbol[2]).toBe("square");
  });

  it("draws as many coins as 160 marks in a row are, and says so where there are more", () => {
    const years = Array.from({ length: 20 }, (_, y) => String(2001 + y));
    const rows = Array.from({ length: 9 }, (_, coin) =>
      years.map((year) => ({ ...ANNUAL[0]!, start: "ols" as const, coin: `C${coin + 1}`, year })),
    );
    const named = (coins: number) => {
      const figure = figureAnnualBetas(rows.slice(0, coins).flat(), CAPTION);
      return [new Set(traces(figure).map(({ name }) => name)).size, figure.caption];
    };
    expect(named(8)).toEqual([8, CAPTION]);
    expect(named(9)).toEqual([
      8,
      `${CAPTION} The first 8 of 9 coins are drawn; tables have numbers of them all.`,
    ]);
  });

  it("names years in order below the last row, and coins once", () => {
    expect(axes(figure, "x").at(-1)).toMatchObject({
      ticktext: ["2020", "2021"],
    });
    const named = traces(figure).filter(({ showlegend }) => showlegend);
    expect(named.map(({ name }) => name)).toEqual(["A", "B"]);
  });

  /** Annual means of coins on markets in one year: 1 for the first coin on the first market, and ten more by market. */
  const yearOf = (coins: readonly string[], markets: readonly string[]) =>
    figureAnnualBetas(
      markets.flatMap((market, m) =>
        coins.map((coin, i): AnnualBeta => {
          const mean = 10 * m + i + 1;
          return {
            ...{
              market,
              marketSet: market,
              coin,
              start: "ols",
              year: "2020",
              kind: "fitted",
              n: 12,
            },
            beta: { mean, lowest: mean - 0.5, highest: mean + 0.5 },
          } as AnnualBeta;
        }),
      ),
      CAPTION,
    );

  it("draws in the plots of a market its own betas, on a scale that holds these alone", () => {
    const two = yearOf(["A", "B"], ["X", "Y"]);
    expect(traces(two).map(({ xaxis, y }) => [xaxis, y])).toEqual([
      ["x", [1]],
      ["x", [2]],
      ["x2", [11]],
      ["x2", [12]],
    ]);
    // From 0.5 to 2.5 and from 10.5 to 12.5, with a tenth more on each side.
    expect(axes(two, "y").map(({ range }) => range)).toEqual([
      [0.4, 2.6],
      [10.4, 12.6],
    ]);
  });

  it("spreads coins over six tenths of the year's room, and has a lone coin in its middle", () => {
    const places = (...coins: string[]) => traces(yearOf(coins, ["X"])).map(({ x }) => x[0]);
    expect(places("A", "B", "C")).toEqual([-0.3, 0, 0.3]);
    expect(places("A")).toEqual([0]);
  });
});
