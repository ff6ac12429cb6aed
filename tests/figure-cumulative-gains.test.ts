/** The figure of when a network was ahead of the pooled constant. */

import { describe, expect, it } from "vitest";
import { figureCumulativeGains } from "../lib/src/figures/cumulative-gains.js";
import { axes, CAPTION, labels, layoutOf, MONTHS, traces } from "./support/figures.js";

describe("figureCumulativeGains", () => {
  const gain = (marketSet: string, update: "frozen" | "updated") => ({
    marketSet,
    estimator: "neural-ols",
    update,
    dates: MONTHS,
    gains: [0.1, -0.3, 0.1, Number.NaN],
    cumulative: [0.1, -0.2, -0.1, -0.1],
  });
  const figure = figureCumulativeGains(
    [gain("FIAT", "frozen"), gain("FIAT", "updated"), gain("GOLD", "frozen")],
    "2021-03",
    CAPTION,
  );

  it("has a plot per market set on one scale, updated estimators dashed", () => {
    expect(labels(figure)).toEqual(["<b>FIAT</b>", "<b>GOLD</b>"]);
    expect(
      traces(figure).map(({ xaxis, line, showlegend }) => [xaxis, line.dash, showlegend]),
    ).toEqual([
      ["x", "solid", true],
      ["x", "dash", true],
      ["x2", "solid", false],
    ]);
    expect(traces(figure)[0]!.y).toEqual([0.1, -0.2, -0.1, -0.1]);
    const [first, second] = axes(figure, "y");
    expect(first!.range).toEqual(second!.range);
    expect(first!.range![0]).toBeLessThan(-0.2);
  });

  it("asks for a wider sample where there are no gains", () => {
    expect(() => figureCumulativeGains([], "2021-03", CAPTION)).toThrow(/widen the sample/);
  });

  it("shades the dates from the end of the one before", () => {
    expect(layoutOf(figure).shapes).toMatchObject(
      ["x", "x2"].map((xref) => ({
        xref,
        x0: "2021-02-28",
        x1: "2021-04-30",
      })),
    );
  });

  it("draws a lone line over all its dates, on a scale that holds zero", () => {
    const rising = { ...gain("FIAT", "frozen"), cumulative: [1, 2, 3, 4] };
    const lone = figureCumulativeGains([rising], "2021-03-31", CAPTION);
    expect(traces(lone)).toHaveLength(1);
    expect(axes(lone, "x")[0]!.range).toEqual([MONTHS[0], MONTHS[3]]);
    // From 0 to 4, and a twentieth more on both sides.
    expect(axes(lone, "y")[0]!.range).toEqual([-0.2, 4.2]);
    // The first shaded date is the given one itself; where that is the first of all, there is none before.
    expect(layoutOf(lone).shapes![0]!.x0).toBe("2021-02-28");
    const whole = figureCumulativeGains([rising], "2021-01", CAPTION);
    expect(layoutOf(whole).shapes![0]!.x0).toBe("2021-01-31");
  });
});
