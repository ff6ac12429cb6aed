/** Grids of small plots: which of them carry the labels of an axis. */

import { describe, expect, it } from "vitest";
import { gridPlot } from "../lib/src/figures/grid.js";

describe("gridPlot", () => {
  it("names the axes as Plotly does, and knows the left column", () => {
    const plots = [0, 1, 2].map((i) => gridPlot(i, { rows: 2, columns: 2 }));
    expect(plots.map(({ x, y, suffix, left }) => [x, y, suffix, left])).toEqual([
      ["x", "y", "", true],
      ["x2", "y2", "2", false],
      ["x3", "y3", "3", true],
    ]);
  });

  it("lays plots row by row from the top left, inside the paper and apart", () => {
    for (const [rows, columns] of [
      [1, 1],
      [1, 2],
      [2, 2],
      [4, 2],
      [3, 3],
    ] as const) {
      const plots = Array.from({ length: rows * columns }, (_, i) =>
        gridPlot(i, { rows, columns }, { x: 0.05, y: 0.2 / rows }),
      );
      plots.forEach(({ xDomain, yDomain }, i) => {
        for (const [from, to] of [xDomain, yDomain]) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(1);
        }
        const right = plots[i + 1];
        if ((i + 1) % columns > 0) expect(right!.xDomain[0]).toBeGreaterThan(xDomain[1]);
        const below = plots[i + columns];
        if (below) expect(below.yDomain[1]).toBeLessThan(yDomain[0]);
      });
    }
  });
});
