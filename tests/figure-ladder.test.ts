/** The figure of all estimators against the pooled constant. */

import { describe, expect, it } from "vitest";
import { figureLadder } from "../lib/src/figures/ladder.js";
import {
  axes,
  CAPTION,
  LADDER,
  labels,
  layoutOf,
  numbers,
  type Points,
} from "./support/figures.js";

describe("figureLadder", () => {
  const figure = figureLadder(LADDER, "pooled", CAPTION);
  const points = figure.data as readonly Points[];

  it("has a plot per market set: frozen as open circles, updated as filled", () => {
    expect(labels(figure)).toEqual(["<b>FIAT</b>", "<b>GOLD</b>", "<b>FIAT+GOLD</b>"]);
    expect(points.map(({ name, xaxis }) => [name, xaxis])).toEqual(
      ["x", "x2", "x3"].flatMap((at) => [
        ["frozen", at],
        ["updated", at],
      ]),
    );
    for (const { name, marker } of points) {
      const { color, line } = marker;
      expect(color === "#ffffff").toBe(name === "frozen");
      expect(color === line.color).toBe(name === "updated");
    }
  });

  it("names each kind once in the legend, and switches it everywhere at once", () => {
    expect(points.map(({ showlegend }) => showlegend)).toEqual([
      ...[true, true],
      ...[false, false, false, false],
    ]);
    for (const { name, legendgroup } of points) expect(legendgroup).toBe(name);
  });

  it("draws each change with its interval, on the line of its estimator", () => {
    // GOLD, updated: the second plot's second trace.
    const { x, y, text, error_x } = points[3]!;
    expect(x).toEqual([-0.006, 0.008]);
    expect(error_x.arrayminus).toEqual([0.01, 0.01]);
    expect(error_x.array).toEqual([0.02, 0.02]);
    expect(error_x.symmetric).toBe(false);
    expect(text).toEqual(["historical, updated", "kalman, updated"]);
    const { ticktext, tickvals } = layoutOf(figure).yaxis2 as unknown as {
      readonly ticktext: readonly string[];
      readonly tickvals: readonly number[];
    };
    // The first of the ladder on top.
    expect(ticktext).toEqual(["kalman", "historical", "zero"]);
    expect(y.map((at) => ticktext[tickvals.indexOf(Math.round(at!))])).toEqual([
      "historical",
      "kalman",
    ]);
    expect(points[2]!.y[1]! - points[3]!.y[0]!).toBeGreaterThan(0.2);
  });

  it("draws no interval where there is none", () => {
    const few = LADDER.map((row) => ({
      ...row,
      changeLower: Number.NaN,
      changeUpper: Number.NaN,
    }));
    const bare = figureLadder(few, "zero", CAPTION);
    for (const { x, error_x } of bare.data as readonly Points[]) {
      expect(x.every((value) => typeof value === "number")).toBe(true);
      expect(error_x.array.every((value) => value === null)).toBe(true);
    }
    expect(numbers(bare).every(Number.isFinite)).toBe(true);
  });

  it("has who is scored on one date, not who is scored on none", () => {
    const few = LADDER.map((row) => ({ ...row, n: row.estimator === "zero" ? 0 : 1 }));
    expect(figureLadder(few, "pooled", CAPTION).alt).toContain("RMSE of historical, kalman minus");
  });

  it("gives all plots one range that holds every interval, and zero as a line", () => {
    const all = axes(figure, "x");
    expect(all).toHaveLength(3);
    expect(new Set(all.map(({ range }) => String(range))).size).toBe(1);
    expect(all[0]!.range![0]).toBeLessThan(-0.02);
    expect(all[0]!.range![1]).toBeGreaterThan(0.03);
    for (const axis of all) expect(axis).toMatchObject({ zeroline: true });
  });

  it("names the benchmark below the lowest plot of each column and in its text, estimators at the left", () => {
    const below = "RMSE minus that of pooled: left is better";
    expect(axes(figure, "x").map(({ title }) => title?.text)).toEqual([undefined, below, below]);
    expect(
      axes(figure, "y").map((axis) => "showticklabels" in axis && axis.showticklabels),
    ).toEqual([true, false, true]);
    expect(figure.alt).toBe(
      "RMSE of zero, historical, kalman minus that of pooled, with intervals, one plot each for FIAT, GOLD, FIAT+GOLD.",
    );
  });

  it("is higher for more estimators and more market sets", () => {
    const height = (rows: typeof LADDER) => layoutOf(figureLadder(rows, "pooled", CAPTION)).height!;
    const fewer = LADDER.filter(({ estimator }) => estimator !== "kalman");
    const onFiat = LADDER.filter(({ marketSet }) => marketSet === "FIAT");
    expect(height(fewer)).toBeLessThan(height(LADDER));
    expect(height(onFiat)).toBeLessThan(height(LADDER));
  });

  it("sets frozen estimators above their line and updated ones below; a lone kind upon it", () => {
    // Zero and historical have frozen rows; kalman is the lowest line, then historical, then zero.
    expect(points[0]!.y).toEqual([2.16, 1.16]);
    expect(points[1]!.y).toEqual([0.84, -0.16]);
    for (const kind of ["frozen", "updated"] as const) {
      const lone = LADDER.filter(({ update }) => update === kind);
      const drawn = figureLadder(lone, "pooled", CAPTION).data as readonly Points[];
      expect(drawn.map(({ name, y }) => [name, y])).toEqual(Array(3).fill([kind, [1, 0]]));
    }
  });
});
