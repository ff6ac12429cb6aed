/** The figure of mean betas by year. */

import { describe, expect, it } from "vitest";
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

  it("names years in order below the last row, and coins once", () => {
    expect(axes(figure, "x").at(-1)).toMatchObject({
      ticktext: ["2020", "2021"],
    });
    const named = traces(figure).filter(({ showlegend }) => showlegend);
    expect(named.map(({ name }) => name)).toEqual(["A", "B"]);
  });
});
