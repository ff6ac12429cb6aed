/** Figures as plain objects: what is drawn, in which colours and ranges, and what is said of it. */

import fc from "fast-check";
import type { Layout } from "plotly.js-dist-min";
import { describe, expect, it } from "vitest";
import { annualBetas } from "../lib/src/comparing/annual-betas.js";
import { betaStatistics } from "../lib/src/comparing/beta-statistics.js";
import type { FactorGainRow } from "../lib/src/comparing/factor-gain.js";
import type { FactorRegressionRow } from "../lib/src/comparing/factor-regressions.js";
import type { ComparisonRow } from "../lib/src/comparing/forecast-comparison.js";
import { type PortfolioSort, sortedPortfolios } from "../lib/src/comparing/portfolio-sorts.js";
import { figureAnnualBetas } from "../lib/src/figures/annual-betas.js";
import { figureBetaDistributions } from "../lib/src/figures/beta-distributions.js";
import { type BetaDynamicsMarks, figureBetaDynamics } from "../lib/src/figures/beta-dynamics.js";
import { type BetaPathsInput, figureBetaPaths } from "../lib/src/figures/beta-paths.js";
import { figureCumulativeGains } from "../lib/src/figures/cumulative-gains.js";
import { figureFactorGain } from "../lib/src/figures/factor-gain.js";
import { figureFactorLoadings } from "../lib/src/figures/factor-loadings.js";
import { drawn, type Figure, sharedRange } from "../lib/src/figures/figure.js";
import { gridPlot } from "../lib/src/figures/grid.js";
import { figureLadder } from "../lib/src/figures/ladder.js";
import { figureLearningCurves, learningCurvesPlots } from "../lib/src/figures/learning-curves.js";
import { figurePortfolioWealth } from "../lib/src/figures/portfolio-wealth.js";
import { figureReturns } from "../lib/src/figures/returns.js";
import { axis, coinColor, faded, marketColor, slug, theme } from "../lib/src/figures/theme.js";
import type { ChosenFit } from "../lib/src/models/chosen-fits.js";
import type { LearningCurves } from "../lib/src/models/ensemble.js";
import { marketBetas } from "../lib/src/models/network-betas.js";
import type { BetaKind, BetaPath, Panel } from "../lib/src/types.js";
import { RUNS } from "./support/helpers.js";
import { madeUpBetas } from "./support/network-betas.js";
import { betasOf, panelOfReturns } from "./support/portfolios.js";

/** What the tests look at in Plotly's wide types. */
interface Trace {
  readonly name?: string;
  readonly x: readonly (string | number)[];
  readonly y: readonly (number | null)[];
  readonly xaxis: string;
  readonly yaxis: string;
  readonly fill?: string;
  readonly fillcolor?: string;
  readonly showlegend?: boolean;
  readonly line: {
    readonly color?: string;
    readonly width: number;
    readonly dash?: string;
  };
}
interface Axis {
  readonly title?: { readonly text: string };
  readonly range?: readonly [number, number];
  readonly type?: string;
  readonly anchor: string;
}
const traces = (figure: Figure) => figure.data as readonly Trace[];
/** Traces that are drawn as lines; those of points have none. */
const lines = (figure: Figure) =>
  traces(figure).filter((trace) => "line" in trace && trace.line.width > 0);
const layoutOf = (figure: Figure) =>
  figure.layout as Readonly<Record<string, unknown>> & Partial<Layout>;
const axes = (figure: Figure, letter: "x" | "y") =>
  Object.entries(layoutOf(figure))
    .filter(([key]) => key.startsWith(`${letter}axis`))
    .map(([, value]) => value as Axis);
const titles = (figure: Figure, letter: "x" | "y") =>
  axes(figure, letter).flatMap(({ title }) => title?.text ?? []);
const labels = (figure: Figure) => layoutOf(figure).annotations!.map(({ text }) => text);

const MONTHS = ["2021-01-31", "2021-02-28", "2021-03-31", "2021-04-30"];
const PANEL: Panel = {
  frequency: "monthly",
  dates: MONTHS,
  coins: ["BTC", "ETH", "LTC"],
  markets: ["FIAT", "GOLD"],
  coinLogReturns: Float64Array.of(
    ...[0.1, -0.3, 0.2],
    ...[0.123456789, 0, -0.05],
    ...[-0.4, 0.25, 0.3],
    ...[0.02, 0.01, 0.6],
  ),
  marketLogReturns: Float64Array.of(
    ...[0.01, 0.02],
    ...[-0.02, 0.03],
    ...[0.015, -0.01],
    ...[0.005, 0.04],
  ),
};

/** Betas of three coins on two markets, in some of the months. */
function ensemble(kind: BetaKind, months: readonly number[]): BetaPath {
  const size = MONTHS.length * 3 * 2;
  const values = (shift: number) =>
    Float64Array.from({ length: size }, (_, at) =>
      months.includes(Math.floor(at / 6)) ? -1 + at / 7 + shift : Number.NaN,
    );
  const { coins, markets } = PANEL;
  return {
    dates: MONTHS,
    coins,
    markets,
    values: values(0),
    band: { interval: "seed", lower: values(-0.2), upper: values(0.3) },
    kind,
  };
}
const BETAS: BetaPathsInput = {
  fitted: ensemble("fitted", [1, 2]),
  walkForward: ensemble("walkForward", [3]),
  reference: { name: "pooled beta", beta: -1.5 },
};

const CURVES: LearningCurves = {
  inSample: [Float64Array.of(0.4, 0.3, 0.2), Float64Array.of(0.6, 0.3, 0.1)],
  validation: [Float64Array.of(0.5, 0.4, 0.45), Float64Array.of(0.7, 0.2, 0.25)],
  selected: [0.4, 0.2],
  bestEpochs: [1, 1],
  diverged: 0,
};
const NULLS = { "zero beta": 0.25, "pooled beta": 0.24 };
const plotsOf = (...titles: readonly string[]) =>
  titles.map((title) => ({ title, curves: CURVES, nulls: NULLS }));
const GRID = { id: "grid", columns: 2, scale: "rows" } as const;

const month = (date: string) => Number(date.slice(5, 7));
const NETWORKS = [
  madeUpBetas("glorot", (seed, coin, date) => 10 * coin + seed + month(date), ["X", "Y"]),
  madeUpBetas("ols", (seed) => -seed / 7, ["X", "Y"]),
];
const MARKETS = marketBetas(NETWORKS);
const STATISTICS = betaStatistics(MARKETS);
const ANNUAL = annualBetas(NETWORKS);
const MARKS: BetaDynamicsMarks = {
  blocks: {
    "in-sample": { from: "2020-01", through: "2020-06" },
    validation: { from: "2020-07", through: "2021-01" },
    "out-of-sample": { from: "2021-02", through: "2021-09" },
    unseen: { from: "2021-02", through: "2021-12" },
    never: { from: "2030-01", through: "2030-12" },
  },
  halvings: ["2016-07-09", "2020-05-11", "2024-04-20"],
  stress: ["2018-03-31", "2020-03-31", "2021-06-30"],
};
const REPORTED = [
  {
    coin: "B",
    market: "Y",
    n: 12,
    mean: 0.1,
    std: 0.2,
    skew: 0,
    kurtosis: 2,
    min: -0.2,
    max: 0.5,
  },
  {
    coin: "C",
    market: "Y",
    n: 12,
    mean: 9,
    std: 9,
    skew: 9,
    kurtosis: 9,
    min: 9,
    max: 9,
  },
];
const DISTRIBUTIONS = { markets: MARKETS, statistics: STATISTICS, reported: REPORTED };

/** A ladder of three on three market sets; zero stands once. */
const LADDER: readonly ComparisonRow[] = ["FIAT", "GOLD", "FIAT+GOLD"].flatMap((marketSet, s) =>
  (
    [
      ["zero", "frozen", 0.004],
      ["historical", "frozen", -0.002],
      ["historical", "updated", -0.003],
      ["kalman", "updated", 0.004],
    ] as const
  ).map(([estimator, update, change]) => ({
    frequency: "monthly",
    sample: "walk-forward",
    marketSet,
    coin: "all",
    estimator,
    update,
    benchmark: "pooled",
    n: 47,
    rmse: 0.2,
    rmseLower: 0.18,
    rmseUpper: 0.22,
    hedgingR2: 0.1,
    dmStatistic: 1,
    dmPValue: 0.3,
    cwStatistic: Number.NaN,
    cwPValue: Number.NaN,
    mcs: 0.5,
    rmseChange: change * (1 + s),
    changeLower: change * (1 + s) - 0.01,
    changeUpper: change * (1 + s) + 0.02,
  })),
);
/** What the tests look at in the traces of a ladder. */
interface Points extends Omit<Trace, "line"> {
  readonly legendgroup: string;
  readonly text: readonly string[];
  readonly error_x: {
    readonly symmetric: boolean;
    readonly array: readonly (number | null)[];
    readonly arrayminus: readonly (number | null)[];
  };
  readonly marker: {
    readonly color: string;
    readonly line: { readonly color: string };
  };
}
/** Four coins in two portfolios; the first month has no betas yet, the third none. */
const WEALTH: readonly PortfolioSort[] = ["EQUITY", "GOLD"].map((market) => {
  const coins = panelOfReturns([
    [0, 0, 0, 0],
    [0.5, 0.5, -0.5, -0.5],
    [9, 9, 9, 9],
    [1, 1, 0, 0],
  ]);
  const panel = { ...coins, markets: [market] };
  const none = Array(4).fill(Number.NaN);
  const path = betasOf(panel, [none, [1, 2, 3, 4], none, [4, 3, 2, 1]]);
  const factors = {
    dates: panel.dates,
    names: [],
    simpleReturns: new Float64Array(0),
    riskFree: new Float64Array(4),
  };
  const options = { quantiles: 2, cost: 0, draws: 10, seed: 1 };
  return {
    sample: "2020",
    estimator: "historical",
    update: "updated",
    ...sortedPortfolios(panel, path, "sound", factors, options),
  };
});

const LOADINGS = ["BTC", "ETH", "LTC"].flatMap((coin, i) =>
  ["2025-12", "2024-08"].flatMap((vintage, v) =>
    ["alpha", "Mkt-RF", "SMB"].map(
      (factor, f) =>
        ({
          ...{ coin, vintage, factor },
          coefficient: i + f + v / 10,
          lower: i + f + v / 10 - 0.5,
          upper: i + f + v / 10 + 1,
        }) as FactorRegressionRow,
    ),
  ),
);

const CAPTION = "A finding (made-up returns, decimals).";
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

/** Relative luminance of a colour like #6b7280 (WCAG 2.2). */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** CIE lightness, 0 to 100: what is left of a colour in a grey print. */
const lightness = (hex: string): number => 116 * Math.cbrt(luminance(hex)) - 16;

/** Every number of an object, however deep. */
const numbers = (value: unknown): number[] =>
  typeof value === "number"
    ? [value]
    : value !== null && typeof value === "object"
      ? Object.values(value).flatMap(numbers)
      : [];

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

describe("figureLearningCurves", () => {
  const figure = figureLearningCurves(plotsOf("one", "two"), CAPTION);
  const one = traces(figure).filter(({ xaxis }) => xaxis === "x");

  it("draws range and mean over replicates by epoch, from epoch 0", () => {
    expect(one.slice(0, 3).map(({ x, y }) => [x, y])).toEqual([
      [
        [0, 1, 2],
        [0.4, 0.3, 0.1],
      ],
      [
        [0, 1, 2],
        [0.6, 0.3, 0.2],
      ],
      [
        [0, 1, 2],
        [0.5, 0.3, 0.15],
      ],
    ]);
    expect(one[5]!.y).toEqual([0.6, 0.3, 0.35]);
  });

  it("draws each null as a level line over all epochs", () => {
    expect(one.slice(6).map(({ name, x, y }) => [name, x, y])).toEqual([
      ["zero beta", [0, 2], [0.25, 0.25]],
      ["pooled beta", [0, 2], [0.24, 0.24]],
    ]);
  });

  it("names every line once in the legend, however many plots there are", () => {
    expect(traces(figure)).toHaveLength(2 * one.length);
    const named = traces(figure).filter((trace) => trace.showlegend);
    expect(named.map(({ name }) => name)).toEqual([
      "in-sample",
      "validation",
      ...Object.keys(NULLS),
    ]);
  });

  it("names epochs and the unit of the error, and each plot", () => {
    expect(titles(figure, "x")).toEqual(["epoch", "epoch"]);
    expect(titles(figure, "y")).toEqual(["hedging RMSE (log return)"]);
    expect(labels(figure)).toEqual(["<b>one</b>", "<b>two</b>"]);
    for (const name of ["one", "two", ...Object.keys(NULLS)]) expect(figure.alt).toContain(name);
  });

  it("ends each curve with the network that stopped first", () => {
    const stopped = {
      ...CURVES,
      validation: [Float64Array.of(0.5, 0.4), CURVES.validation[1]!],
    };
    const short = traces(
      figureLearningCurves([{ title: "one", curves: stopped, nulls: {} }], CAPTION),
    );
    expect(short[5]).toMatchObject({ x: [0, 1], y: [0.6, 0.3] });
  });
});

describe("figurePortfolioWealth", () => {
  const figure = figurePortfolioWealth(WEALTH, CAPTION);
  const one = traces(figure).filter(({ xaxis }) => xaxis === "x");

  it("draws the quantiles and the long-short portfolio of every market, in the legend once", () => {
    expect(traces(figure)).toHaveLength(2 * 3);
    expect(one.map(({ name }) => name)).toEqual([
      "lowest betas",
      "highest betas",
      "high minus low",
    ]);
    expect(traces(figure).filter(({ showlegend }) => showlegend)).toHaveLength(3);
    expect(labels(figure)).toEqual([
      "<b>sorted by beta on EQUITY</b>",
      "<b>sorted by beta on GOLD</b>",
    ]);
  });

  it("begins with one unit on the date before the first return, and leaves out dates without one", () => {
    const months = ["2020-01-31", "2020-02-29", "2020-04-30"];
    expect(one.map(({ x, y }) => [x, y])).toEqual([
      [months, [1, 1.5, 1.5]],
      [months, [1, 0.5, 1]],
      [months, [1, 0, 0]],
    ]);
  });

  it("gives all plots one logarithmic range that holds every wealth above nothing", () => {
    const all = axes(figure, "y");
    expect(all.map(({ type }) => type)).toEqual(["log", "log"]);
    const [[low, high]] = all.map(({ range }) => range!) as [[number, number]];
    expect(all[1]!.range).toEqual(all[0]!.range);
    expect(low).toBeLessThan(Math.log10(0.5));
    expect(high).toBeGreaterThan(Math.log10(1.5));
  });
});

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
});

describe("figureLearningCurves, a grid", () => {
  const high: LearningCurves = {
    ...CURVES,
    validation: [Float64Array.of(9, 9, 9), Float64Array.of(9, 9, 9)],
  };
  const grid = figureLearningCurves(
    [...plotsOf("A+B+C+D+E, ols", "b"), { title: "c", curves: high, nulls: NULLS }],
    CAPTION,
    GRID,
  );

  it("draws epochs by the logarithm of one more, and says which epoch it is", () => {
    expect(traces(grid)[2]!.x).toEqual([1, 2, 3]);
    for (const x of axes(grid, "x"))
      expect(x).toMatchObject({
        type: "log",
        tickvals: expect.arrayContaining([1, 2, 101]),
        ticktext: expect.arrayContaining(["0", "1", "100"]),
      });
    expect(new Set(axes(grid, "x").map(({ range }) => String(range))).size).toBe(1);
  });

  it("marks each network at its best epoch", () => {
    const marks = traces(grid).filter(({ name }) => name === "best epoch of a seed");
    expect(marks).toHaveLength(3);
    expect(marks[0]).toMatchObject({ x: [2, 2], y: [0.4, 0.2] });
  });

  it("gives the plots of a row one vertical scale, and another row its own", () => {
    const [a, b, c] = axes(grid, "y").map(({ range }) => range!);
    expect(a).toEqual(b);
    expect(a![1]).toBeLessThan(1);
    expect(c![1]).toBeGreaterThan(9);
  });

  it("names epochs below the last plot of each column, and breaks long sets", () => {
    const titled = Object.entries(layoutOf(grid)).filter(
      ([key, value]) => key.startsWith("xaxis") && (value as Axis).title?.text === "epoch",
    );
    expect(titled.map(([key]) => key)).toEqual(["xaxis2", "xaxis3"]);
    expect(labels(grid)[0]).toBe("<b>A+B+<br>C+D+<br>E, ols</b>");
  });

  it("draws epochs that would share a pixel once, and always the last", () => {
    const rmse = Float64Array.from({ length: 401 }, (_, epoch) => 1 / (epoch + 1));
    const curves = { ...CURVES, inSample: [rmse], validation: [rmse] };
    const [low] = traces(
      figureLearningCurves([{ title: "long", curves, nulls: {} }], CAPTION, GRID),
    );
    expect(low!.x.length).toBeLessThan(150);
    expect(low!.x.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(low!.x.at(-1)).toBe(401);
    low!.x.forEach((x, i) => {
      expect(low!.y[i]).toBeCloseTo(1 / Number(x), 6);
    });
  });
});

describe("learningCurvesPlots", () => {
  it("have market set, start, curves and the nulls of the set", () => {
    const networks = [
      {
        weights: new Float32Array(),
        bestEpoch: 0,
        inSampleLoss: Float64Array.of(4),
        validationLoss: Float64Array.of(9),
      },
    ];
    const fits = ["X", "X+Y"].map((marketSet) => ({
      row: { marketSet, start: "ols" },
      fit: { scale: { coinRms: 0.1 }, networks },
    })) as unknown as readonly ChosenFit[];
    const plots = learningCurvesPlots(fits, {
      zero: 0.25,
      pooled: { X: 0.24, "X+Y": 0.2 },
    });
    expect(plots.map(({ title, nulls }) => [title, nulls])).toEqual([
      ["X, ols", { zero: 0.25, "pooled constant": 0.24 }],
      ["X+Y, ols", { zero: 0.25, "pooled constant": 0.2 }],
    ]);
    expect(plots[0]!.curves.selected).toEqual([expect.closeTo(0.3, 12)]);
  });
});

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
    const without = figureBetaDynamics(
      MARKETS[1]!,
      { ...MARKS, halvings: ["2016-07-09"] },
      CAPTION,
    );
    expect(layoutOf(without).shapes!.some(({ type }) => type === "line")).toBe(false);
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
});

describe("figureAnnualBetas", () => {
  const figure = figureAnnualBetas(ANNUAL, CAPTION);

  it("has a row of plots per market and a column per start, one vertical scale per row", () => {
    expect(labels(figure)).toEqual([
      "<b>X, start glorot</b>",
      "<b>X, start ols</b>",
      "<b>Y, start glorot</b>",
      "<b>Y, start ols</b>",
    ]);
    const [a, b] = axes(figure, "y").map(({ range }) => range);
    expect(a).toEqual(b);
  });

  it("draws the coins beside each other, with the range over seeds", () => {
    const [a, b] = traces(figure) as unknown as readonly {
      name: string;
      x: number[];
      y: number[];
      error_y: { array: number[]; arrayminus: number[] };
      marker: { symbol: string[] };
    }[];
    expect([a!.name, b!.name]).toEqual(["A", "B"]);
    expect(a!.x).toEqual([-0.3, 0.7, 0.7]);
    expect(b!.x).toEqual([0.3, 1.3, 1.3]);
    expect(a!.y[0]).toBe(7.5);
    expect(a!.error_y.array[0]).toBe(1);
    expect(a!.error_y.arrayminus[0]).toBe(1);
  });

  it("leaves fitted years open and fills walk-forward years", () => {
    const [a, b] = figure.data as readonly { marker: { symbol: string[] } }[];
    expect(a!.marker.symbol).toEqual(["circle-open", "circle-open", "circle"]);
    expect(b!.marker.symbol[2]).toBe("square");
  });

  it("names years in order below the last row, and coins once", () => {
    expect(axes(figure, "x").at(-1)).toMatchObject({
      ticktext: ["2020", "2021"],
    });
    const named = traces(figure).filter(({ showlegend }) => showlegend);
    expect(named.map(({ name }) => name)).toEqual(["A", "B"]);
  });
});

describe("figureBetaDistributions", () => {
  const figure = figureBetaDistributions(DISTRIBUTIONS, CAPTION);
  const inPlot = (x: string) => traces(figure).filter(({ xaxis }) => xaxis === x);

  it("has a point per walk-forward date, in a strip per coin and start", () => {
    const points = inPlot("x")[1]!;
    expect(points.name).toBe("start glorot, dates");
    expect(points.x).toHaveLength(2 * 11);
    expect(new Set(points.x)).toEqual(new Set([-0.27, 0.73]));
    expect(new Set(inPlot("x")[3]!.x)).toEqual(new Set([0.27, 1.27]));
    // February to December, and 1 for the mean over seeds.
    expect(points.y.slice(0, 11)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  });

  it("has a bar for the range over seeds of each coin's mean", () => {
    // Means 7, 8 and 9 of coin A, and 10 more of coin B.
    expect(inPlot("x")[0]).toMatchObject({
      type: "bar",
      x: [-0.27, 0.73],
      base: [7, 17],
      y: [2, 2],
    });
  });

  it("sets the report's mean, least and largest at its own coin and market alone", () => {
    expect(inPlot("x")).toHaveLength(4);
    const report = inPlot("x2")[4] as unknown as {
      x: number[];
      y: number[];
      error_y: { array: number[]; arrayminus: number[] };
    };
    expect(report).toMatchObject({
      x: [1],
      y: [0.1],
      error_y: { array: [0.4], arrayminus: [0.3] },
    });
  });

  it("names every kind of mark once in the legend", () => {
    const named = traces(figure).filter(({ showlegend }) => showlegend);
    expect(named.map(({ name }) => name)).toEqual([
      "start glorot, range of the mean over seeds",
      "start glorot, dates",
      "start ols, range of the mean over seeds",
      "start ols, dates",
      "report: mean, least, largest",
    ]);
  });

  it("puts a lone start at its coin where the report has no rows, and needs none", () => {
    const alone = marketBetas([NETWORKS[0]!]);
    const own = betaStatistics(alone);
    const points = (reported: typeof REPORTED) =>
      traces(figureBetaDistributions({ markets: alone, statistics: own, reported }, CAPTION))[1]!.x;
    expect(new Set(points([]))).toEqual(new Set([0, 1]));
    expect(new Set(points(REPORTED))).toEqual(new Set([0.27, 1.27]));
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

  it("has the height asked for, and an axis with its title", () => {
    expect(theme(321).height).toBe(321);
    expect(axis("log return", { type: "date" })).toMatchObject({
      title: { text: "log return" },
      type: "date",
    });
  });
});

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

  it("gives all plots one range that holds every interval, and zero as a line", () => {
    const all = axes(figure, "x");
    expect(all).toHaveLength(3);
    expect(new Set(all.map(({ range }) => String(range))).size).toBe(1);
    expect(all[0]!.range![0]).toBeLessThan(-0.02);
    expect(all[0]!.range![1]).toBeGreaterThan(0.03);
    for (const of of all) expect(of).toMatchObject({ zeroline: true });
  });

  it("names the benchmark below the lowest row of plots and in its text, estimators at the left", () => {
    const below = "RMSE minus that of pooled";
    expect(axes(figure, "x").map(({ title }) => title?.text)).toEqual([
      undefined,
      undefined,
      below,
    ]);
    expect(axes(figure, "y").map((of) => "showticklabels" in of && of.showticklabels)).toEqual([
      true,
      false,
      true,
    ]);
    expect(figure.alt).toBe(
      "RMSE of zero, historical, kalman minus that of pooled, with intervals, one plot each for FIAT, GOLD, FIAT+GOLD.",
    );
  });

  it("is higher for more estimators and more market sets", () => {
    const height = (rows: typeof LADDER) => layoutOf(figureLadder(rows, "pooled", CAPTION)).height!;
    const fewer = LADDER.filter(({ estimator }) => estimator !== "kalman");
    const one = LADDER.filter(({ marketSet }) => marketSet === "FIAT");
    expect(height(fewer)).toBeLessThan(height(LADDER));
    expect(height(one)).toBeLessThan(height(LADDER));
  });
});

describe("gridPlot", () => {
  it("names the axes as Plotly does, and knows the left column", () => {
    const plots = [0, 1, 2].map((i) => gridPlot(i, 2, 2));
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
        gridPlot(i, rows, columns, { x: 0.05, y: 0.2 / rows }),
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

describe("figureFactorGain", () => {
  const rows = (["A", "B"] as const).flatMap((experiment, e) =>
    ["neural-glorot", "pooled"]
      .filter((estimator) => experiment === "B" || estimator !== "pooled")
      .flatMap((estimator) =>
        ["FIAT", "FIAT+GOLD+ENERGY"].map(
          (marketSet, s) =>
            ({
              marketSet,
              estimator,
              update: "frozen",
              experiment,
              change: 0.01 * (1 + s + e),
              lower: -0.02,
              upper: 0.3,
            }) as FactorGainRow,
        ),
      ),
  );
  const figure = figureFactorGain(rows, { lower: -0.03, upper: -0.02 }, CAPTION);
  const points = figure.data as readonly Points[];

  it("has a plot per experiment, a line per market set from the top, and each estimator once in the legend", () => {
    expect(labels(figure)).toEqual([
      "<b>A: factors as lagged inputs</b>",
      "<b>B: factors as further hedges</b>",
    ]);
    expect(points.map(({ name, xaxis, showlegend }) => [name, xaxis, showlegend])).toEqual([
      ["neural-glorot, frozen", "x", true],
      ["neural-glorot, frozen", "x2", false],
      ["pooled, frozen", "x2", true],
    ]);
    expect(layoutOf(figure).yaxis).toMatchObject({
      ticktext: ["FIAT", "FIAT+…+ENERGY"],
      range: [1.5, -0.5],
    });
    points[0]!.y.forEach((y, s) => {
      expect(Math.abs(y! - s)).toBeLessThan(0.5);
    });
    expect(points[1]!.y[0]!).toBeLessThan(points[2]!.y[0]!);
  });

  it("draws percent with intervals, and the claimed region behind them", () => {
    expect(points[1]!.x).toEqual([2, 3]);
    expect(points[1]!.error_x.array).toEqual([28, 27]);
    expect(points[1]!.error_x.arrayminus).toEqual([4, 5]);
    expect(layoutOf(figure).shapes).toMatchObject(
      ["x", "x2"].map((xref) => ({ xref, x0: -3, x1: -2, layer: "below" })),
    );
    const [range] = axes(figure, "x").map((of) => of.range!);
    expect(range![0]).toBeLessThan(-3);
    expect(range![1]).toBeGreaterThan(30);
    expect(figure.alt).toContain("-3 to -2 %");
  });
});

describe("figureCumulativeGains", () => {
  const gain = (marketSet: string, update: "frozen" | "updated") => ({
    marketSet,
    estimator: "neural-ols",
    update,
    dates: MONTHS,
    gains: [0.1, -0.3, 0.1, Number.NaN],
    cumulative: [0.1, -0.2, -0.1, -0.1],
  });
  const figure = figureCumulativeGains(
    [gain("FIAT", "frozen"), gain("FIAT", "updated"), gain("GOLD", "frozen")],
    "2021-03",
    CAPTION,
  );

  it("has a plot per market set on one scale, updated estimators dashed", () => {
    expect(labels(figure)).toEqual(["<b>FIAT</b>", "<b>GOLD</b>"]);
    expect(
      traces(figure).map(({ xaxis, line, showlegend }) => [xaxis, line.dash, showlegend]),
    ).toEqual([
      ["x", "solid", true],
      ["x", "dash", true],
      ["x2", "solid", false],
    ]);
    expect(traces(figure)[0]!.y).toEqual([0.1, -0.2, -0.1, -0.1]);
    const [first, second] = axes(figure, "y");
    expect(first!.range).toEqual(second!.range);
    expect(first!.range![0]).toBeLessThan(-0.2);
  });

  it("shades the dates from the end of the one before", () => {
    expect(layoutOf(figure).shapes).toMatchObject(
      ["x", "x2"].map((xref) => ({
        xref,
        x0: "2021-02-28",
        x1: "2021-04-30",
      })),
    );
  });
});
