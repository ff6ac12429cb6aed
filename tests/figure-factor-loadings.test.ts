/** The figure of factor loadings with their intervals. */

import { describe, expect, it } from "vitest";
import { figureFactorLoadings } from "../lib/src/figures/factor-loadings.js";
import {
  axes,
  CAPTION,
  LOADINGS,
  labels,
  layoutOf,
  type Trace,
  titles,
  traces,
} from "./support/figures.js";

describe("figureFactorLoadings", () => {
  const figure = figureFactorLoadings(LOADINGS, CAPTION);
  interface Loadings extends Trace {
    readonly marker: { readonly symbol: string };
    readonly error_y: { readonly array: number[]; arrayminus: number[] };
  }

  it("draws every loading with its interval, vintages side by side, and no alpha", () => {
    const [first, second] = traces(figure) as [Loadings, Loadings];
    expect(traces(figure)).toHaveLength(3 * 2);
    expect(first).toMatchObject({ name: "vintage 2025-12", y: [1, 2] });
    expect(second).toMatchObject({ name: "vintage 2024-08", y: [1.1, 2.1] });
    expect(first.error_y).toMatchObject({
      array: [1, 1],
      arrayminus: [0.5, 0.5],
    });
    const symbols = [first, second].map(({ marker }) => marker.symbol);
    expect(new Set(symbols).size).toBe(2);
    (first.x as number[]).forEach((x, f) => {
      expect(x).toBeLessThan(f);
      expect(second.x[f]).toBeGreaterThan(f);
    });
  });

  it("names coins, factors and the scale, which holds every interval and zero", () => {
    expect(labels(figure)).toEqual(["BTC", "ETH", "LTC"].map((coin) => `<b>${coin}</b>`));
    const layout = layoutOf(figure) as unknown as Record<string, { ticktext?: string[] }>;
    expect(layout.xaxis!.ticktext).toEqual(["Mkt-<br>RF", "SMB"]);
    expect(titles(figure, "y")).toEqual(["loading", "loading"]);
    const [low, high] = axes(figure, "y")[0]!.range!;
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(5.1);
    expect(figure.alt).toContain("Mkt-RF, SMB");
  });

  it("sets the two vintages as far to the left as to the right, and says so; a lone one on its place", () => {
    expect(
      traces(figure)
        .slice(0, 2)
        .map(({ x }) => x),
    ).toEqual([
      [-0.13, 0.87],
      [0.13, 1.13],
    ]);
    expect(figure.alt).toContain("side by side for factors of the vintages 2025-12, 2024-08.");
    const lone = LOADINGS.filter(
      ({ vintage, factor }) => vintage === "2024-08" && factor === "SMB",
    );
    const drawn = figureFactorLoadings(lone, CAPTION);
    expect(traces(drawn)[0]).toMatchObject({ name: "vintage 2024-08", x: [0] });
    expect(drawn.alt).not.toContain("side by side");
  });
});
