/** Figures as plain objects: what all of them keep to, their numbers, their ranges and their colours. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figureAnnualBetas } from "../lib/src/figures/annual-betas.js";
import { figureBetaDistributions } from "../lib/src/figures/beta-distributions.js";
import { figureBetaDynamics } from "../lib/src/figures/beta-dynamics.js";
import { figureBetaPaths } from "../lib/src/figures/beta-paths.js";
import { figureFactorLoadings } from "../lib/src/figures/factor-loadings.js";
import { drawn, type Figure, firstShown, sharedRange } from "../lib/src/figures/figure.js";
import { figureLadder } from "../lib/src/figures/ladder.js";
import { figureLearningCurves } from "../lib/src/figures/learning-curves.js";
import { figurePortfolioWealth } from "../lib/src/figures/portfolio-wealth.js";
import { figureReturns } from "../lib/src/figures/returns.js";
import { axis, coinColor, faded, marketColor, theme } from "../lib/src/figures/theme.js";
import {
  ANNUAL,
  BETAS,
  CAPTION,
  CURVES,
  DISTRIBUTIONS,
  GRID,
  LADDER,
  LOADINGS,
  layoutOf,
  lines,
  MARKETS,
  MARKS,
  NULLS,
  numbers,
  PANEL,
  type Points,
  plotsOf,
  REPORTED,
  STATISTICS,
  traces,
  WEALTH,
} from "./support/figures.js";
import { alikeInGrey, lightness } from "./support/grey.js";
import { RUNS } from "./support/helpers.js";

const FIGURES: Readonly<Record<string, () => Figure>> = {
  figureReturns: () => figureReturns(PANEL, CAPTION),
  figureBetaPaths: () => figureBetaPaths(BETAS, CAPTION),
  figureLearningCurves: () => figureLearningCurves(plotsOf("start glorot", "ols"), CAPTION),
  "figureLearningCurves, a grid": () => figureLearningCurves(plotsOf("a", "b", "c"), CAPTION, GRID),
  figureBetaDynamics: () => figureBetaDynamics(MARKETS[0]!, MARKS, CAPTION),
  figureAnnualBetas: () => figureAnnualBetas(ANNUAL, CAPTION),
  figureBetaDistributions: () => figureBetaDistributions(DISTRIBUTIONS, CAPTION),
  figureLadder: () => figureLadder(LADDER, "pooled", CAPTION),
  figurePortfolioWealth: () => figurePortfolioWealth(WEALTH, CAPTION),
  figureFactorLoadings: () => figureFactorLoadings(LOADINGS, CAPTION),
};

describe("series in grey", () => {
  it("are measured by CIE lightness", () => {
    expect(lightness("#ffffff")).toBeCloseTo(100, 6);
    expect(lightness("#000000")).toBe(0);
    // Mid-grey of sRGB, by the CIE's formula.
    expect(lightness("#777777")).toBeCloseTo(50.03, 1);
    expect(lightness("rgba(0,0,0,0)")).toBeCloseTo(100, 6);
  });
  it("are said to be alike where only their colour differs", () => {
    const lines = ["#d55e00", "#009e73"].map((color) => ({ name: color, line: { color } }));
    expect(alikeInGrey(lines)).toEqual(["#d55e00 and #009e73: solid, thin"]);
    const dashed = lines.map((trace, i) => ({
      ...trace,
      line: { ...trace.line, dash: i === 0 ? "dot" : "solid" },
    }));
    expect(alikeInGrey(dashed)).toEqual([]);
  });
  it.each(Object.entries(FIGURES))(
    "are told apart by dash, symbol or lightness in %s",
    (_, make) => {
      expect(alikeInGrey(make().data)).toEqual([]);
    },
  );
});

/** Relative luminance of a colour like #6b7280 (WCAG 2.2). */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe.each(Object.entries(FIGURES))("%s", (_, make) => {
  const figure = make();

  it("carries the caption it was given, an id and a text for those who cannot see it", () => {
    expect(figure.caption).toBe(CAPTION);
    expect(figure.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(figure.alt).toMatch(/^[A-Z].{40,}\.$/);
  });

  it("holds no number that JSON cannot", () => {
    const all = numbers(figure);
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter((value) => !Number.isFinite(value))).toEqual([]);
    expect(JSON.parse(JSON.stringify(figure))).toStrictEqual(figure);
  });

  it("is the same for the same input, and leaves that as it was", () => {
    const inputs: readonly object[] = [
      ...[PANEL, BETAS, CURVES, NULLS, LADDER, WEALTH, LOADINGS],
      ...[MARKETS, MARKS, ANNUAL, STATISTICS, REPORTED],
    ];
    const before = structuredClone(inputs);
    expect(JSON.stringify(make())).toBe(JSON.stringify(figure));
    expect(inputs).toEqual(before);
  });

  it("draws every trace on axes that the layout has", () => {
    const layout = layoutOf(figure);
    const key = (name: string) => `${name[0]}axis${name.slice(1)}`;
    for (const { xaxis, yaxis } of traces(figure)) {
      expect(layout[key(xaxis)]).toHaveProperty("anchor", yaxis);
      expect(layout[key(yaxis)]).toHaveProperty("anchor", xaxis);
    }
  });

  it("tells lines and points of one plot apart without colour: by dash, symbol or lightness", () => {
    const drawnLines = lines(figure);
    for (const a of drawnLines)
      for (const b of drawnLines)
        if (a.xaxis === b.xaxis && a.line.color !== b.line.color)
          if (a.line.dash === b.line.dash)
            expect(
              Math.abs(lightness(a.line.color!) - lightness(b.line.color!)),
              `${a.name}, ${b.name}`,
            ).toBeGreaterThan(13);
  });

  it("draws lines and edges of points with a contrast of 3 to white, and words with 4.5", () => {
    const contrast = (hex: string) => 1.05 / (luminance(hex) + 0.05);
    const edges = (figure.data as readonly Partial<Points>[]).flatMap(
      ({ marker }) => marker?.line?.color ?? [],
    );
    for (const color of [...lines(figure).map(({ line }) => line.color!), ...edges])
      expect(contrast(color)).toBeGreaterThanOrEqual(3);
    for (const { font } of layoutOf(figure).annotations!)
      expect(contrast(font!.color as string)).toBeGreaterThanOrEqual(4.5);
  });

  it("has as many horizontal as vertical values in every trace", () => {
    for (const { x, y } of traces(figure)) {
      expect(x.length).toBeGreaterThan(0);
      expect(y).toHaveLength(x.length);
    }
  });
});

describe("drawn", () => {
  it("has six significant digits, and null where there is no value", () => {
    expect(drawn([1 / 3, -123456.78, 1e-9, Number.NaN, Number.POSITIVE_INFINITY])).toEqual([
      0.333333,
      -123457,
      1e-9,
      null,
      null,
    ]);
  });
});

describe("sharedRange", () => {
  it("has a twentieth of the spread on both sides", () => {
    expect(sharedRange([0, 0.2, 1])).toEqual([-0.05, 1.05]);
  });

  it("is that of the values that are known", () => {
    expect(sharedRange([Number.NaN, 0, 1, Number.NaN])).toEqual([-0.05, 1.05]);
  });

  it("holds every value", () => {
    const value = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        // Returns and betas that differ; those that hardly do are the next test's.
        const all = [...values, -1, 1];
        const [low, high] = sharedRange(all);
        expect(low).toBeLessThan(Math.min(...all));
        expect(high).toBeGreaterThan(Math.max(...all));
      }),
      RUNS,
    );
  });

  it("holds values that lie close together", () => {
    const [low, high] = sharedRange([1.23441, 1.23444]);
    expect(low).toBeLessThan(1.23441);
    expect(high).toBeGreaterThan(1.23444);
    // 1 less 0.00000617285, and 1.000123457 with as much more, of nine digits where four would cut a value off.
    expect(sharedRange([1, 1.000123457])).toEqual([0.999993827, 1.00012963]);
  });
});

describe("sharedRange of one value", () => {
  it("has a twentieth of it on both sides, or of one where that is zero", () => {
    expect(sharedRange([4])).toEqual([3.8, 4.2]);
    expect(sharedRange([0, 0])).toEqual([-0.05, 0.05]);
  });

  it("does not end on the highest value, where four digits would", () => {
    // 1.001 and a twentieth of 0.0001 more.
    expect(sharedRange([1.0009, 1.001])).toEqual([1.000895, 1.001005]);
  });
});

describe("firstShown", () => {
  it("keeps the first, and says how many there are where some are left out", () => {
    const more = { caption: "Said.", what: "plots" } as const;
    expect(firstShown(["a", "b"], 2, more)).toEqual({ shown: ["a", "b"], caption: "Said." });
    expect(firstShown(["a", "b", "c"], 2, more)).toEqual({
      shown: ["a", "b"],
      caption: "Said. The first 2 of 3 plots are drawn; tables have numbers of them all.",
    });
  });
});

describe("the theme", () => {
  it("has a colour of its own for each of four coins and four markets", () => {
    const colors = [0, 1, 2, 3].flatMap((i) => [coinColor(i), marketColor(i)]);
    expect(new Set(colors).size).toBe(8);
    for (const color of colors) expect(color).toMatch(/^#[0-9a-f]{6}$/);
  });

  it("gives a coin the same colour in every figure", () => {
    const means = traces(figureBetaPaths(BETAS, CAPTION)).filter((t) => t.name);
    const returns = traces(figureReturns(PANEL, CAPTION));
    for (const coin of [0, 1, 2]) {
      expect(returns[coin]!.line.color).toBe(coinColor(coin));
      expect(means[2 * coin]!.line.color).toBe(coinColor(coin));
    }
    expect(returns[3]!.line.color).toBe(marketColor(0));
  });

  it("begins the colours again for a fifth series", () => {
    expect(coinColor(4)).toBe(coinColor(0));
    expect(marketColor(7)).toBe(marketColor(3));
  });

  it("fades a colour and keeps its hue", () => {
    expect(faded("#0a64ff", 0.25)).toBe("rgba(10,100,255,0.25)");
  });

  it("hangs the legend from the upper edge of the picture, so that more rows of it grow downwards", () => {
    expect(theme(321).legend).toMatchObject({ y: 1, yanchor: "top", yref: "container" });
  });

  it("leaves two thirds of a line between an axis's numbers and its title, of the size of all words", () => {
    const { title } = axis("log return") as { title: { standoff: number; font: { size: number } } };
    const { standoff, font } = title;
    expect(standoff / font.size).toBeCloseTo(2 / 3, 12);
    expect(font.size).toBe(theme(321).font!.size);
  });

  it("has the height asked for, and an axis with its title", () => {
    expect(theme(321).height).toBe(321);
    expect(axis("log return", { type: "date" })).toMatchObject({
      title: { text: "log return" },
      type: "date",
    });
  });
});
