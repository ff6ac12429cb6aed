/** The figure of paths of betas: fitted and walk-forward told apart, with their bands. */

import { describe, expect, it } from "vitest";
import { figureBetaPaths } from "../lib/src/figures/beta-paths.js";
import {
  axes,
  BETAS,
  CAPTION,
  labels,
  layoutOf,
  MONTHS,
  titles,
  traces,
} from "./support/figures.js";

describe("figureBetaPaths", () => {
  const figure = figureBetaPaths(BETAS, CAPTION);
  /** The traces of one coin: lowest, highest, mean of the fitted months, then of the walk-forward months. */
  const ofCoin = (coin: number) => traces(figure).slice(6 * coin, 6 * coin + 6);

  it("draws band and mean of every coin on the first market, fitted and walk-forward", () => {
    expect(traces(figure)).toHaveLength(3 * 6);
    // Coin 1, market 0: entry (t * 3 + 1) * 2 + 0 of the path.
    const beta = (t: number, shift = 0) =>
      Number((-1 + ((t * 3 + 1) * 2) / 7 + shift).toPrecision(6));
    expect(ofCoin(1).map(({ x, y }) => [x, y])).toEqual([
      [MONTHS.slice(1, 3), [beta(1, -0.2), beta(2, -0.2)]],
      [MONTHS.slice(1, 3), [beta(1, 0.3), beta(2, 0.3)]],
      [MONTHS.slice(1, 3), [beta(1), beta(2)]],
      [MONTHS.slice(3), [beta(3, -0.2)]],
      [MONTHS.slice(3), [beta(3, 0.3)]],
      [MONTHS.slice(3), [beta(3)]],
    ]);
  });

  it("draws walk-forward betas thicker than fitted ones, and names both", () => {
    for (const coin of [0, 1, 2]) {
      const [fitted, walkForward] = [ofCoin(coin)[2]!, ofCoin(coin)[5]!];
      expect(fitted.name).toBe("fitted");
      expect(walkForward.name).toBe("walk-forward");
      expect(walkForward.line.width).toBeGreaterThan(fitted.line.width);
    }
    expect(labels(figure).slice(0, 3)).toEqual(["<b>BTC</b>", "fitted", "walk-forward"]);
  });

  it("lays a ground under the fitted months alone, and the reference over all", () => {
    const shapes = layoutOf(figure).shapes!;
    expect(shapes).toHaveLength(2 * 3);
    expect(shapes[0]).toMatchObject({
      type: "rect",
      x0: "2021-02-28",
      x1: "2021-03-31",
      layer: "below",
    });
    expect(shapes[1]).toMatchObject({ type: "line", y0: -1.5, y1: -1.5 });
  });

  it("gives all plots one range that holds every band and the reference", () => {
    const ranges = axes(figure, "y").map(({ range }) => range!);
    expect(new Set(ranges.map(String)).size).toBe(1);
    const values = traces(figure).flatMap(({ y }) => y as number[]);
    expect(ranges[0]![0]).toBeLessThan(Math.min(-1.5, ...values));
    expect(ranges[0]![1]).toBeGreaterThan(Math.max(...values));
  });

  it("names the market on the left plots and in its text, and the reference", () => {
    expect(titles(figure, "y")).toEqual(["β on FIAT", "β on FIAT"]);
    expect(axes(figure, "x").map(({ type }) => type)).toEqual(Array(3).fill("date"));
    expect(figure.alt).toContain("Beta on FIAT");
    expect(figure.alt).toContain("pooled beta");
  });
});
