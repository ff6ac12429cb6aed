/** The figure of what sorted portfolios become. */

import { describe, expect, it } from "vitest";
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
});
