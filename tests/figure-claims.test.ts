/** The figure of the claims: where each stands, and the ranges of both axes. */

import { describe, expect, it } from "vitest";
import { figureClaims } from "../lib/src/figures/claims.js";
import type { ClaimRow } from "../lib/src/report/claims/ledger.js";
import { axes, layoutOf } from "./support/figures.js";

/** A supported claim of numbers above 1, with the estimate and the ends of its interval. */
const claim = (id: string, measured: number, lower: number, upper: number): ClaimRow =>
  ({
    ...{ id, step: "1", verdict: "supported", measured },
    deciding: { lower, upper },
    region: { lower: 1, upper: Number.POSITIVE_INFINITY },
  }) as ClaimRow;

interface Marks {
  readonly x: readonly number[];
  readonly error_x: { readonly array: number[]; readonly arrayminus: number[] };
}
/** What is drawn for one supported claim: its place, and how far its bar goes to the right and to the left. */
function drawnOf(row: ClaimRow): (number | undefined)[] {
  const { x, error_x } = figureClaims([row], "made up").data[0] as Marks;
  return [x[0], error_x.array[0], error_x.arrayminus[0]];
}

describe("figureClaims", () => {
  it("draws a claim by its distance from 1 in half-widths, with both ends of its interval", () => {
    // From 2 to 4 the half-width is 1.
    expect(drawnOf(claim("a", 2.5, 2, 4))).toEqual([1.5, 1.5, 0.5]);
    // An estimate at the end of its interval is one with a width.
    expect(drawnOf(claim("a", 4, 2, 4))).toEqual([3, 0, 2]);
    expect(drawnOf(claim("a", 2, 2, 4))).toEqual([1, 2, 0]);
  });

  it("draws a number without an error at zero if it is the edge, else as far away as any", () => {
    expect(drawnOf(claim("a", 1, 1, 1))).toEqual([0, 0, 0]);
    expect(drawnOf(claim("a", 2, 2, 2))).toEqual([6, 0, 0]);
  });

  it("has room for six half-widths on both sides, and for a column of what has no interval", () => {
    const rows = [claim("a", 2, 1.5, 2.5), claim("b", 3, 2, 4)];
    const range = (all: readonly ClaimRow[]) => axes(figureClaims(all, "made up"), "x")[0]!.range;
    expect(range(rows)).toEqual([-6.4, 6.4]);
    // The column's middle is 7.4, and its left edge 6.8.
    expect(range([...rows, claim("c", 2, Number.NaN, Number.NaN)])![0]).toBe(-6.4);
    expect(range([...rows, claim("c", 2, Number.NaN, Number.NaN)])![1]).toBeCloseTo(8, 12);
  });

  it("names every second half-width, with the furthest as what lies beyond", () => {
    const [ticks] = axes(figureClaims([claim("a", 2, 1.5, 2.5)], "made up"), "x");
    expect(ticks!.tickvals!.map((at, i) => [at, ticks!.ticktext![i]])).toEqual([
      [-6, "< −6"],
      [-4, "−4"],
      [-2, "−2"],
      [0, "0"],
      [2, "2"],
      [4, "4"],
      [6, "> 6"],
    ]);
  });

  it("has a line for the step and one for each claim below it, and words on both sides of zero above", () => {
    const rows = [claim("a", 2, 1.5, 2.5), claim("b", 3, 2, 4)];
    const figure = figureClaims([...rows, claim("c", 2, Number.NaN, Number.NaN)], "made up");
    const [low, high] = axes(figure, "y")[0]!.range!;
    // Lines 0, -1, -2 and -3.
    expect([low, high]).toEqual([expect.closeTo(-3.3, 12), 0.7]);
    const { annotations, shapes } = layoutOf(figure);
    expect(annotations!.map(({ x, y, xanchor }) => [x, y, xanchor])).toEqual([
      [-0.15, 1, "right"],
      [0.15, 1, "left"],
      [7.4, 1, "center"],
    ]);
    expect(shapes).toMatchObject([{ line: { width: 1, dash: "dot" } }]);
  });
});
