/** The figure of betas over the years, with blocks, stress and halvings marked. */

import { describe, expect, it } from "vitest";
import { figureBetaDynamics } from "../lib/src/figures/beta-dynamics.js";
import { slug } from "../lib/src/figures/theme.js";
import {
  axes,
  CAPTION,
  labels,
  layoutOf,
  MARKETS,
  MARKS,
  titles,
  traces,
} from "./support/figures.js";

describe("figureBetaDynamics", () => {
  const figure = figureBetaDynamics(MARKETS[1]!, MARKS, CAPTION);
  const shapes = layoutOf(figure).shapes!;
  const inFirst = shapes.filter(({ xref }) => xref === "x");

  it("has a row of plots per coin and a column per start, on one scale", () => {
    expect(labels(figure)).toEqual([
      "<b>A, start glorot</b>",
      "<b>A, start ols</b>",
      "<b>B, start glorot</b>",
      "<b>B, start ols</b>",
    ]);
    const ranges = axes(figure, "y").map(({ range }) => String(range));
    expect(ranges).toHaveLength(4);
    expect(new Set(ranges).size).toBe(1);
    expect(titles(figure, "y")).toEqual(["β on Y", "β on Y"]);
    expect(figure.id).toBe("beta-dynamics-y");
  });

  it("draws fitted dates thin and walk-forward dates thick, each with its seed band", () => {
    const first = traces(figure).filter(({ xaxis, y }) => xaxis === "x" && y.length > 2);
    expect(first.map(({ y }) => [y.length, y[0]])).toEqual([
      // January 2020 is 1, seeds add 0, 1 and 2; the walk-forward dates begin with February.
      [13, 1],
      [13, 3],
      [13, 2],
      [11, 2],
      [11, 4],
      [11, 3],
    ]);
    expect(first[2]!.line.width).toBeLessThan(first[5]!.line.width);
  });

  it("lays the ground of a block from the end of the date before it, each date on the first that holds it", () => {
    const grounds = inFirst.filter(({ type }) => type === "rect");
    expect(grounds.map(({ name, x0, x1 }) => [name, x0, x1])).toEqual([
      ["in-sample", "2020-01-31", "2020-06-30"],
      ["validation", "2020-06-30", "2021-01-31"],
      ["out-of-sample", "2021-01-31", "2021-09-30"],
      ["unseen", "2021-09-30", "2021-12-31"],
    ]);
    expect(new Set(grounds.map(({ fillcolor }) => fillcolor)).size).toBe(4);
  });

  it("marks halvings and stress within the dates, and leaves out the others", () => {
    const lines = inFirst.filter(({ type }) => type === "line");
    expect(lines.map(({ name, x0 }) => [name, x0])).toEqual([["halving", "2020-05-11"]]);
    const stress = traces(figure).filter(({ name }) => name === "stress");
    expect(stress).toHaveLength(4);
    expect(stress[0]!.x).toEqual(["2020-03-31", "2021-06-30"]);
    // A twentieth of the height above the lower edge.
    const [low, high] = axes(figure, "y")[0]!.range!;
    for (const y of stress[0]!.y) expect(y).toBeCloseTo(low! + 0.05 * (high! - low!), 6);
    const without = figureBetaDynamics(
      MARKETS[1]!,
      { ...MARKS, halvings: ["2016-07-09"] },
      CAPTION,
    );
    expect(layoutOf(without).shapes!.some(({ type }) => type === "line")).toBe(false);
    // The first date and the last are within.
    const ends = { ...MARKS, halvings: ["2020-01-31", "2021-12-31"] };
    const marked = layoutOf(figureBetaDynamics(MARKETS[1]!, ends, CAPTION)).shapes!;
    expect(marked.filter(({ type, xref }) => type === "line" && xref === "x")).toHaveLength(2);
  });

  it("names every mark once in the legend, and in its text what is there", () => {
    const named = shapes.filter(({ showlegend }) => showlegend);
    expect(named.map(({ name }) => name)).toEqual([
      "in-sample",
      "validation",
      "out-of-sample",
      "unseen",
      "halving",
    ]);
    expect(figure.alt).toContain("unseen, halving, stress");
    expect(figure.alt).not.toContain("never");
  });

  it("makes a file name of any market's name", () => {
    expect([slug("^GSPC"), slug("S&P 500")]).toEqual(["gspc", "s-p-500"]);
  });

  it("marks stress on the first date and on the last, and names none where there is none", () => {
    const marked = (stress: readonly string[]) =>
      figureBetaDynamics(MARKETS[1]!, { ...MARKS, stress }, CAPTION);
    const ends = ["2020-01-31", "2021-12-31"];
    const stressOf = (drawn: typeof figure) =>
      traces(drawn).filter(({ name }) => name === "stress");
    expect(stressOf(marked(ends))[0]!.x).toEqual(ends);
    // Once in the legend, for one date as for many; not for none.
    const named = (stress: readonly string[]) =>
      stressOf(marked(stress)).map(({ showlegend }) => showlegend);
    expect(named(ends.slice(0, 1))).toEqual([true, false, false, false]);
    expect(named([])).toEqual([false, false, false, false]);
    expect(marked(ends.slice(0, 1)).alt).toContain("halving, stress");
    expect(marked([]).alt).not.toContain("stress");
  });
});
