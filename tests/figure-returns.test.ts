/** The figure of returns: every series on one scale, coins beside markets. */

import { describe, expect, it } from "vitest";
import { figureReturns } from "../lib/src/figures/returns.js";
import type { Panel } from "../lib/src/types.js";
import {
  axes,
  CAPTION,
  labels,
  layoutOf,
  MONTHS,
  PANEL,
  titles,
  traces,
} from "./support/figures.js";

describe("figureReturns", () => {
  const figure = figureReturns(PANEL, CAPTION);

  it("draws every series once, coins then markets, with dates and six digits", () => {
    expect(traces(figure).map(({ name }) => name)).toEqual([
      ...["BTC", "ETH", "LTC"],
      ...["FIAT", "GOLD"],
    ]);
    expect(traces(figure)[0]).toMatchObject({
      x: MONTHS,
      y: [0.1, 0.123457, -0.4, 0.02],
    });
    expect(traces(figure)[4]!.y).toEqual([0.02, 0.03, -0.01, 0.04]);
  });

  it("gives all plots one range that holds every return", () => {
    const ranges = axes(figure, "y").map(({ range }) => range);
    expect(ranges).toHaveLength(5);
    expect(new Set(ranges.map(String)).size).toBe(1);
    expect(ranges[0]![0]).toBeLessThan(-0.4);
    expect(ranges[0]![1]).toBeGreaterThan(0.6);
  });

  it("names series above their plots, the unit on the left, and the frequency in its text", () => {
    expect(labels(figure)).toEqual(
      ["BTC", "ETH", "LTC", "FIAT", "GOLD"].map((name) => `<b>${name}</b>`),
    );
    expect(titles(figure, "y")).toEqual(Array(3).fill("log return"));
    expect(figure.alt).toContain("monthly log returns, BTC, ETH, LTC");
    expect(figure.alt).toContain("FIAT, GOLD");
  });

  it("labels the shared scale on the left alone, and ties every time axis to the first", () => {
    const layout = layoutOf(figure) as unknown as Record<
      string,
      { showticklabels?: boolean; matches?: string }
    >;
    expect([layout.yaxis, layout.yaxis3].every((a) => a!.showticklabels)).toBe(true);
    expect([layout.yaxis2, layout.yaxis4].some((a) => a!.showticklabels)).toBe(false);
    expect([layout.xaxis!.matches, layout.xaxis2!.matches]).toEqual([undefined, "x"]);
  });

  it("shows dates below the last plot of each column", () => {
    const shown = Object.entries(layoutOf(figure))
      .filter(
        ([key, value]) =>
          key.startsWith("xaxis") && (value as { showticklabels?: boolean })?.showticklabels,
      )
      .map(([key]) => key);
    expect(shown).toEqual(["xaxis5", "xaxis4"]);
  });

  it("draws twelve coins at most, and says how many there are", () => {
    const many: Panel = {
      ...PANEL,
      coins: Array.from({ length: 40 }, (_, i) => `C${i}`),
      coinLogReturns: new Float64Array(4 * 40).fill(0.1),
    };
    const { data, caption, layout } = figureReturns(many, CAPTION);
    expect(data).toHaveLength(12 + PANEL.markets.length);
    expect(caption).toBe(
      `${CAPTION} The first 12 of 40 coins are drawn; tables have numbers of them all.`,
    );
    expect((layout as { height: number }).height).toBeLessThan(2000);
    expect(figure.caption).toBe(CAPTION);
  });

  it("draws more markets than coins, and one of each", () => {
    for (const [coins, markets] of [
      [1, 3],
      [1, 1],
    ] as const) {
      const panel: Panel = {
        ...PANEL,
        coins: PANEL.coins.slice(0, coins),
        markets: ["A", "B", "C"].slice(0, markets),
        coinLogReturns: new Float64Array(4 * coins).fill(0.1),
        marketLogReturns: new Float64Array(4 * markets).fill(-0.1),
      };
      expect(figureReturns(panel, CAPTION).data).toHaveLength(coins + markets);
    }
  });
});
