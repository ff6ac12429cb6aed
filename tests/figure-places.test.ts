/** Where figures put what they draw: gaps between plots, ranges of axes, grounds and titles, each worked out by hand. */

import { describe, expect, it } from "vitest";
import type { CumulativeGain } from "../lib/src/comparing/out-of-sample-tests.js";
import { figureAnnualBetas } from "../lib/src/figures/annual-betas.js";
import { figureBetaDistributions } from "../lib/src/figures/beta-distributions.js";
import { figureBetaDynamics } from "../lib/src/figures/beta-dynamics.js";
import { figureBetaPaths } from "../lib/src/figures/beta-paths.js";
import { figureCumulativeGains } from "../lib/src/figures/cumulative-gains.js";
import { figureFactorLoadings } from "../lib/src/figures/factor-loadings.js";
import type { Figure } from "../lib/src/figures/figure.js";
import { gridPlot, plotTitle } from "../lib/src/figures/grid.js";
import { figureLadder } from "../lib/src/figures/ladder.js";
import { figureLearningCurves } from "../lib/src/figures/learning-curves.js";
import { figurePortfolioWealth } from "../lib/src/figures/portfolio-wealth.js";
import { figureReturns } from "../lib/src/figures/returns.js";
import {
  ANNUAL,
  axes,
  BETAS,
  CAPTION,
  DISTRIBUTIONS,
  GRID,
  LADDER,
  LOADINGS,
  layoutOf,
  MARKETS,
  MARKS,
  MONTHS,
  PANEL,
  plotsOf,
  traces,
  WEALTH,
} from "./support/figures.js";

const GAINS: readonly CumulativeGain[] = ["FIAT", "GOLD", "ENERGY"].map((marketSet) => ({
  ...{ marketSet, estimator: "neural-ols", update: "frozen", dates: MONTHS },
  ...{ gains: [1, 1, 1, 1], cumulative: [1, 2, 3, 4] },
}));
const THREE = { ...DISTRIBUTIONS, markets: [...MARKETS, MARKETS[0]!] };
const wealth = [...WEALTH, WEALTH[0]!];

/** Grids of two columns and two rows or more, with the ends of their columns and of their upper rows, and their height. */
const GRIDS: readonly (readonly [string, Figure, object])[] = [
  [
    "annual betas",
    figureAnnualBetas(ANNUAL, CAPTION),
    { left: [0, 0.475], right: [0.525, 1], top: [0.55, 1], next: [0, 0.45], height: 400 },
  ],
  [
    "distributions of betas",
    figureBetaDistributions(THREE, CAPTION),
    { left: [0, 0.45], right: [0.55, 1], top: [0.575, 1], next: [0, 0.425], height: 590 },
  ],
  [
    "betas over time",
    figureBetaDynamics(MARKETS[0]!, MARKS, CAPTION),
    { left: [0, 0.475], right: [0.525, 1], top: [0.55, 1], next: [0, 0.45], height: 400 },
  ],
  [
    "cumulative gains",
    figureCumulativeGains(GAINS, "2021-03", CAPTION),
    { left: [0, 0.475], right: [0.525, 1], top: [0.58, 1], next: [0, 0.42], height: 380 },
  ],
  [
    "factor loadings",
    figureFactorLoadings(LOADINGS, CAPTION),
    { left: [0, 0.465], right: [0.535, 1], top: [0.6, 1], next: [0, 0.4], height: 500 },
  ],
  [
    "the ladder",
    figureLadder(LADDER, "pooled", CAPTION),
    { left: [0, 0.485], right: [0.515, 1], top: [0.55, 1], next: [0, 0.45], height: 278 },
  ],
  [
    "learning curves",
    figureLearningCurves(plotsOf("a", "b", "c"), CAPTION, GRID),
    { left: [0, 0.475], right: [0.525, 1], top: [0.575, 1], next: [0, 0.425], height: 480 },
  ],
  [
    "learning curves with axes of their own",
    figureLearningCurves(plotsOf("a", "b", "c"), CAPTION, { columns: 2 }),
    { left: [0, 0.44], right: [0.56, 1], top: [0.575, 1], next: [0, 0.425], height: 480 },
  ],
  [
    "wealth",
    figurePortfolioWealth(wealth, CAPTION),
    { left: [0, 0.465], right: [0.535, 1], top: [0.57, 1], next: [0, 0.43], height: 470 },
  ],
];

describe("plots of a grid", () => {
  it.each(GRIDS)("of %s lie side by side and below each other", (_, figure, places) => {
    const [x, y] = [axes(figure, "x"), axes(figure, "y")];
    expect({
      left: x[0]!.domain,
      right: x[1]!.domain,
      top: y[0]!.domain,
      next: y[2]!.domain,
      height: layoutOf(figure).height,
    }).toEqual(places);
    // Their traces go from plot to plot, row by row.
    const used = [...new Set(traces(figure).map(({ xaxis }) => xaxis))];
    expect(used).toEqual(x.map((__, i) => (i === 0 ? "x" : `x${i + 1}`)));
  });

  it("lie seven hundredths apart, and a tenth below each other, where nothing else is said", () => {
    const at = [0, 3].map((i) => gridPlot(i, { rows: 2, columns: 2 }));
    expect(at.map(({ xDomain }) => xDomain)).toEqual([
      [0, 0.465],
      [0.535, 1],
    ]);
    expect(at.map(({ yDomain }) => yDomain)).toEqual([
      [0.55, 1],
      [0, 0.45],
    ]);
  });

  it("have their title on their upper left corner", () => {
    const title = plotTitle(gridPlot(1, { rows: 1, columns: 2 }), "X");
    expect(title).toMatchObject({
      ...{ xref: "x2 domain", x: 0, xanchor: "left" },
      ...{ yref: "y2 domain", y: 1, yanchor: "bottom" },
    });
  });

  it("of the returns have coins on the left and markets on the right", () => {
    const figure = figureReturns(PANEL, CAPTION);
    expect(traces(figure).map(({ xaxis }) => xaxis)).toEqual(["x", "x3", "x5", "x2", "x4"]);
    expect(axes(figure, "x").map(({ domain }) => domain![0])).toEqual([0, 0, 0, 0.535, 0.535]);
    // Three rows, and two gaps of 0.22 / 3 between them: each is 0.2844 high.
    expect(axes(figure, "y")[0]!.domain).toEqual([0.7156, 1]);
    expect(layoutOf(figure).height).toBe(430);
  });
});

describe("an axis of names has half a place or more beside the first and the last", () => {
  it.each([
    ["years", figureAnnualBetas(ANNUAL, CAPTION), "x", [-0.6, 1.6]],
    ["coins", figureBetaDistributions(DISTRIBUTIONS, CAPTION), "x", [-0.55, 1.55]],
    ["factors", figureFactorLoadings(LOADINGS, CAPTION), "x", [-0.5, 1.5]],
    ["estimators", figureLadder(LADDER, "pooled", CAPTION), "y", [-0.7, 2.7]],
  ] as const)("%s", (_, figure, letter, range) => {
    for (const axis of axes(figure, letter)) expect(axis.range).toEqual(range);
  });
});

describe("grounds and lines", () => {
  it.each([
    ["paths", figureBetaPaths(BETAS, CAPTION)],
    ["betas over time", figureBetaDynamics(MARKETS[0]!, MARKS, CAPTION)],
    ["cumulative gains", figureCumulativeGains(GAINS, "2021-03", CAPTION)],
  ])("of %s go from edge to edge of their plot", (_, figure) => {
    const shapes = layoutOf(figure).shapes!;
    const ends = shapes.map(({ xref, yref, x0, x1, y0, y1 }) =>
      String(yref).endsWith(" domain") ? [y0, y1] : String(xref).endsWith(" domain") && [x0, x1],
    );
    expect(ends).toEqual(shapes.map(() => [0, 1]));
  });

  it("of paths carry their kind at the top, over the middle of their months", () => {
    const [, fitted, walkForward] = layoutOf(figureBetaPaths(BETAS, CAPTION)).annotations!;
    // Of two months, the second.
    expect(fitted).toMatchObject({ text: "fitted", x: "2021-03-31", y: 1 });
    expect(walkForward).toMatchObject({ text: "walk-forward", x: "2021-04-30", y: 1 });
  });
});
