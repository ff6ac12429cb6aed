/** The figure of what sorted portfolios become. */

import { describe, expect, it } from "vitest";
import type { PortfolioSort } from "../lib/src/comparing/portfolio-sorts.js";
import { figurePortfolioWealth } from "../lib/src/figures/portfolio-wealth.js";
import { axes, CAPTION, labels, traces, WEALTH } from "./support/figures.js";

describe("figurePortfolioWealth", () => {
  const figure = figurePortfolioWealth(WEALTH, CAPTION);
  const firstPlot = traces(figure).filter(({ xaxis }) => xaxis === "x");

  it("draws the quantiles and the long-short portfolio of every market, in the legend once", () => {
    expect(traces(figure)).toHaveLength(2 * 3);
    expect(firstPlot.map(({ name }) => name)).toEqual([
      "lowest betas",
      "highest betas",
      "high minus low",
    ]);
    expect(traces(figure).filter(({ showlegend }) => showlegend)).toHaveLength(3);
    expect(labels(figure)).toEqual([
      "<b>sorted by beta on EQUITY</b>",
      "<b>sorted by beta on GOLD</b>",
    ]);
  });

  it("begins with one unit on the date before the first return, and leaves out dates without one", () => {
    const months = ["2020-01-31", "2020-02-29", "2020-04-30"];
    expect(firstPlot.map(({ x, y }) => [x, y])).toEqual([
      [months, [1, 1.5, 1.5]],
      [months, [1, 0.5, 1]],
      [months, [1, 0, 0]],
    ]);
  });

  it("gives all plots one logarithmic range that holds every wealth above nothing", () => {
    const all = axes(figure, "y");
    expect(all.map(({ type }) => type)).toEqual(["log", "log"]);
    const [[low, high]] = all.map(({ range }) => range!) as [[number, number]];
    expect(all[1]!.range).toEqual(all[0]!.range);
    expect(low).toBeLessThan(Math.log10(0.5));
    expect(high).toBeGreaterThan(Math.log10(1.5));
  });

  const DATES = ["2020-01-31", "2020-02-29", "2020-03-31"];
  /** A sort in three quantiles, whose portfolios grow by these factors; the last is high minus low with costs. */
  const sortOf = (growth: readonly (readonly number[])[]): PortfolioSort =>
    ({
      ...{ market: "FIAT", estimator: "historical", sort: { quantiles: 3 } },
      portfolios: growth.map((factors) => ({ dates: DATES, growth: Float64Array.from(factors) })),
    }) as unknown as PortfolioSort;

  it("tells the quantiles between the outer ones by their number, and draws none with costs", () => {
    const growth = [2, 3, 4, 5, 6].map((factor) => [factor, 1, 1]);
    const drawn = traces(figurePortfolioWealth([sortOf(growth)], CAPTION));
    expect(drawn.map(({ name, y, line }) => [name, y[0], line.dash])).toEqual([
      ["lowest betas", 2, "solid"],
      ["quantile 2", 3, "dashdot"],
      ["highest betas", 4, "dash"],
      ["high minus low", 5, "dot"],
    ]);
  });

  it("begins with the first return where no date precedes it, and holds one unit on its scale", () => {
    const figure = figurePortfolioWealth([sortOf(Array(5).fill([10, 1, 10]))], CAPTION);
    expect(traces(figure)[0]).toMatchObject({ x: DATES, y: [10, 10, 100] });
    // The logarithms of 1 to 100, and a twentieth more.
    const [axis] = axes(figure, "y");
    expect(axis!.range).toEqual([-0.1, 2.1]);
    const { tickvals, ticktext } = axis!;
    expect(ticktext).toEqual(tickvals!.map(String));
    const decades = [0.01, 0.1, 1, 10];
    expect(tickvals).toEqual([
      ...decades.flatMap((unit) => [1, 2, 5].map((k) => Number((k * unit).toPrecision(1)))),
      100,
    ]);
  });

  it("begins one date before the first return, however many dates precede it", () => {
    const late = [Number.NaN, Number.NaN, 2];
    const figure = figurePortfolioWealth([sortOf(Array(5).fill(late))], CAPTION);
    expect(traces(figure)[0]).toMatchObject({ x: DATES.slice(1), y: [1, 2] });
  });

  it("draws nothing of a portfolio without a return", () => {
    const none = Array(3).fill(Number.NaN);
    const figure = figurePortfolioWealth([sortOf([none, [1, 2, 3], none, none, none])], CAPTION);
    expect(traces(figure).map(({ x }) => x.length)).toEqual([0, 3, 0, 0]);
  });
});
