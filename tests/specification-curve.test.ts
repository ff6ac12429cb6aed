/** The figure of many specifications: the room of curve and choices, the scale, the claim's ground, and names of choices. */

import { describe, expect, it } from "vitest";
import {
  CO_MOVEMENT_CURVE,
  FACTOR_GAIN_CURVE,
  figureSpecificationCurve,
} from "../lib/src/figures/specification-curve.js";
import type { Specification } from "../lib/src/report/multiverse/specification.js";
import { axes, layoutOf } from "./support/figures.js";

const REGION = { lower: 10, upper: 20 };

/** Fifty intervals, of fifty each, whose hundred ends follow one another. */
const intervals = (from: number): Specification[] =>
  Array.from({ length: 50 }, (_, i) => {
    const ends = { lower: from + i, upper: from + i + 50, estimate: from + i + 20 };
    return { ...ends, coin: "all" } as Specification;
  });

const figureOf = (from: number, region = REGION) =>
  figureSpecificationCurve(
    intervals(from),
    { id: "curve", region, title: "made up", choices: { coin: ({ coin }) => coin } },
    "monthly",
  );
const rangeOf = (from: number, region = REGION) => axes(figureOf(from, region), "y")[0]!.range;

describe("figureSpecificationCurve", () => {
  it("has a scale for all ends but two percent on either side, zero and the claim", () => {
    // Of -50 to 49, the outer two percent leave -48.02 to 47.02; a twentieth of 95.04 is 4.752.
    expect(rangeOf(-50)).toEqual([-52.77, 51.77]);
    // From 0 to 197.02, and 9.851 more.
    expect(rangeOf(100)).toEqual([-9.851, 206.9]);
    // The claim reaches further: from 0 to 400, and 20 more; an end at infinity does not count.
    expect(rangeOf(100, { lower: 10, upper: 400 })).toEqual([-20, 420]);
    expect(rangeOf(100, { lower: 10, upper: Number.POSITIVE_INFINITY })).toEqual([-9.851, 206.9]);
  });

  it("gives the choices 17 pixels a line, and the curve the rest", () => {
    const layout = layoutOf(figureOf(0));
    // Two lines: the choice's name and its only value.
    expect(layout.height).toBe(260 + 34 + 110);
    // 34 of the 314 pixels within the margins.
    expect(layout.yaxis2).toMatchObject({
      domain: [0, 0.1083],
      tickvals: [-0, -1],
      ticktext: ["<b>coin</b>", "all"],
      range: [-1.6, 0.6],
    });
    expect(layout.yaxis).toMatchObject({ domain: [0.1383, 1], zeroline: true });
    // Places 0 to 49, and room for two more.
    expect(layout.xaxis).toMatchObject({ range: [-2, 51] });
  });

  it("shades the claim over the whole width, cut where the scale ends", () => {
    const ground = (region: typeof REGION) => layoutOf(figureOf(100, region)).shapes![0]!;
    expect(ground(REGION)).toMatchObject({ xref: "paper", x0: 0, x1: 1, y0: 10, y1: 20 });
    const open = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
    expect(ground(open)).toMatchObject({ y0: -9.851, y1: 206.9 });
  });

  it("says its lowest and its highest estimate with two decimals", () => {
    expect(figureOf(0).alt).toContain("50 estimates from 20.00 to 69.00 (made up)");
  });

  it("draws each estimate with both ends of its interval", () => {
    const [inside, overlapping, outside] = figureOf(0).data as readonly {
      x: number[];
      y: number[];
      error_y: { array: number[]; arrayminus: number[] };
    }[];
    expect([inside!.x, overlapping!.x.length, outside!.x.length]).toEqual([[], 20, 30]);
    expect(overlapping).toMatchObject({ x: [...Array(20).keys()] });
    expect([overlapping!.y[0], outside!.y[0]]).toEqual([20, 40]);
    expect(overlapping!.error_y.array[0]).toBe(30);
    expect(overlapping!.error_y.arrayminus.slice(0, 2)).toEqual([20, 20]);
  });
});

describe("choices", () => {
  const row = { from: "2021-03-31", frequency: "weekly", lookback: 104 };
  const ols = { ...row, estimator: "ols" } as Specification;
  const rolling = { ...row, estimator: "rolling" } as Specification;

  it("of the co-movement name the first year, and a window by its years", () => {
    const { from, estimator } = CO_MOVEMENT_CURVE.choices;
    expect(from!(ols)).toBe("2021");
    expect([estimator!(ols), estimator!(rolling)]).toEqual(["one regression", "rolling, years: 2"]);
  });

  it("of the factors' gain name the first tested year", () => {
    expect(FACTOR_GAIN_CURVE.choices["tested from"]!(ols)).toBe("2021");
  });
});
