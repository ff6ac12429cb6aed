/** The figure of what the factors add to a hedge. */

import { describe, expect, it } from "vitest";
import type { FactorGainRow } from "../lib/src/comparing/factor-gain.js";
import { figureFactorGain } from "../lib/src/figures/factor-gain.js";
import { axes, CAPTION, labels, layoutOf, type Points } from "./support/figures.js";

describe("figureFactorGain", () => {
  const rows = (["A", "B"] as const).flatMap((experiment, e) =>
    ["neural-glorot", "pooled"]
      .filter((estimator) => experiment === "B" || estimator !== "pooled")
      .flatMap((estimator) =>
        ["FIAT", "FIAT+GOLD+ENERGY"].map(
          (marketSet, s) =>
            ({
              marketSet,
              estimator,
              update: "frozen",
              experiment,
              change: 0.01 * (1 + s + e),
              lower: -0.02,
              upper: 0.3,
            }) as FactorGainRow,
        ),
      ),
  );
  const figure = figureFactorGain(rows, { lower: -0.03, upper: -0.02 }, CAPTION);
  const points = figure.data as readonly Points[];

  it("has a plot per experiment, a line per market set from the top, and each estimator once in the legend", () => {
    expect(labels(figure)).toEqual([
      "<b>A: factors as lagged inputs</b>",
      "<b>B: factors as further hedges</b>",
    ]);
    expect(points.map(({ name, xaxis, showlegend }) => [name, xaxis, showlegend])).toEqual([
      ["neural-glorot, frozen", "x", true],
      ["neural-glorot, frozen", "x2", false],
      ["pooled, frozen", "x2", true],
    ]);
    expect(layoutOf(figure).yaxis).toMatchObject({
      ticktext: ["FIAT", "FIAT+…+ENERGY"],
      range: [1.5, -0.5],
    });
    // Three hundredths of the width lie between the plots.
    expect(axes(figure, "x").map(({ domain }) => domain)).toEqual([
      [0, 0.485],
      [0.515, 1],
    ]);
    points[0]!.y.forEach((y, s) => {
      expect(Math.abs(y! - s)).toBeLessThan(0.5);
    });
    expect(points[1]!.y[0]!).toBeLessThan(points[2]!.y[0]!);
  });

  it("draws percent with intervals, and the claimed region behind them", () => {
    expect(points[1]!.x).toEqual([2, 3]);
    expect(points[1]!.error_x.array).toEqual([28, 27]);
    expect(points[1]!.error_x.arrayminus).toEqual([4, 5]);
    expect(layoutOf(figure).shapes).toMatchObject(
      ["x", "x2"].map((xref) => ({ xref, x0: -3, x1: -2, layer: "below" })),
    );
    const [range] = axes(figure, "x").map((axis) => axis.range!);
    expect(range![0]).toBeLessThan(-3);
    expect(range![1]).toBeGreaterThan(30);
    expect(figure.alt).toContain("-3 to -2 %");
  });

  it("has a scale that holds every end, the claim and zero, and a twentieth more", () => {
    const range = (lower: number, upper: number) => {
      const near = rows.map((row) => ({ ...row, change: 0.02, lower: 0.01, upper: 0.05 }));
      return axes(figureFactorGain(near, { lower, upper }, CAPTION), "x")[0]!.range;
    };
    expect(range(0.03, 0.04)).toEqual([-0.25, 5.25]);
    expect(range(-0.03, -0.02)).toEqual([-3.4, 5.4]);
  });

  it("sets estimators a fifth of a line apart, around the line, which makes the figure higher", () => {
    // In the second plot both are drawn, on the lines of two sets.
    expect(points[1]!.y).toEqual([-0.1, 0.9]);
    expect(points[2]!.y).toEqual([0.1, 1.1]);
    expect(layoutOf(figure).height).toBe(108 + 17 * 4);
    expect(layoutOf(figure).shapes!.map(({ y0, y1 }) => [y0, y1])).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it("draws a lone market set, with its names in the first plot that has them", () => {
    const lone = rows.filter(({ marketSet }) => marketSet === "FIAT");
    const drawn = figureFactorGain(lone, { lower: -0.03, upper: -0.02 }, CAPTION);
    expect(
      (drawn.data as readonly Points[]).map(({ name, xaxis, showlegend }) => [
        name,
        xaxis,
        showlegend,
      ]),
    ).toEqual([
      ["neural-glorot, frozen", "x", true],
      ["neural-glorot, frozen", "x2", false],
      ["pooled, frozen", "x2", true],
    ]);
  });
});
