/** What the tests of figures share: how to look into a figure, and made-up results to draw. */

import type { Layout } from "plotly.js-dist-min";
import { annualBetas } from "../../lib/src/comparing/annual-betas.js";
import { betaStatistics } from "../../lib/src/comparing/beta-statistics.js";
import type { FactorRegressionRow } from "../../lib/src/comparing/factor-regressions.js";
import type { ComparisonRow } from "../../lib/src/comparing/forecast-comparison.js";
import { type PortfolioSort, sortedPortfolios } from "../../lib/src/comparing/portfolio-sorts.js";
import type { BetaDynamicsMarks } from "../../lib/src/figures/beta-dynamics.js";
import type { BetaPathsInput } from "../../lib/src/figures/beta-paths.js";
import type { Figure } from "../../lib/src/figures/figure.js";
import type { LearningCurves } from "../../lib/src/models/ensemble.js";
import { marketBetas } from "../../lib/src/models/network-betas.js";
import type { BetaKind, BetaPath, Panel } from "../../lib/src/types.js";
import { madeUpBetas } from "./network-betas.js";
import { betasOf, panelOfReturns } from "./portfolios.js";

/** What the tests look at in Plotly's wide types. */
export interface Trace {
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

export interface Axis {
  readonly title?: { readonly text: string };
  readonly range?: readonly [number, number];
  readonly domain?: readonly [number, number];
  readonly tickvals?: readonly number[];
  readonly ticktext?: readonly string[];
  readonly type?: string;
  readonly anchor: string;
}

export const traces = (figure: Figure) => figure.data as readonly Trace[];

/** Traces that are drawn as lines; those of points have none. */
export const lines = (figure: Figure) =>
  traces(figure).filter((trace) => "line" in trace && trace.line.width > 0);

export const layoutOf = (figure: Figure) =>
  figure.layout as Readonly<Record<string, unknown>> & Partial<Layout>;

export const axes = (figure: Figure, letter: "x" | "y") =>
  Object.entries(layoutOf(figure))
    .filter(([key]) => key.startsWith(`${letter}axis`))
    .map(([, value]) => value as Axis);

export const titles = (figure: Figure, letter: "x" | "y") =>
  axes(figure, letter).flatMap(({ title }) => title?.text ?? []);

export const labels = (figure: Figure) => layoutOf(figure).annotations!.map(({ text }) => text);

export const MONTHS = ["2021-01-31", "2021-02-28", "2021-03-31", "2021-04-30"];

export const PANEL: Panel = {
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
export function ensemble(kind: BetaKind, months: readonly number[]): BetaPath {
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

export const BETAS: BetaPathsInput = {
  fitted: ensemble("fitted", [1, 2]),
  walkForward: ensemble("walkForward", [3]),
  reference: { name: "pooled beta", beta: -1.5 },
};

export const CURVES: LearningCurves = {
  inSample: [Float64Array.of(0.4, 0.3, 0.2), Float64Array.of(0.6, 0.3, 0.1)],
  validation: [Float64Array.of(0.5, 0.4, 0.45), Float64Array.of(0.7, 0.2, 0.25)],
  selected: [0.4, 0.2],
  bestEpochs: [1, 1],
  diverged: 0,
};

export const NULLS = { "zero beta": 0.25, "pooled beta": 0.24 };

export const plotsOf = (...titles: readonly string[]) =>
  titles.map((title) => ({ title, curves: CURVES, nulls: NULLS }));

export const GRID = { id: "grid", columns: 2, scale: "rows" } as const;

export const month = (date: string) => Number(date.slice(5, 7));

export const NETWORKS = [
  madeUpBetas("glorot", (seed, coin, date) => 10 * coin + seed + month(date), ["X", "Y"]),
  madeUpBetas("ols", (seed) => -seed / 7, ["X", "Y"]),
];

export const MARKETS = marketBetas(NETWORKS);

export const STATISTICS = betaStatistics(MARKETS);

export const ANNUAL = annualBetas(NETWORKS);

export const MARKS: BetaDynamicsMarks = {
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

export const REPORTED = [
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

export const DISTRIBUTIONS = { markets: MARKETS, statistics: STATISTICS, reported: REPORTED };

/** A ladder of three on three market sets; zero stands once. */
export const LADDER: readonly ComparisonRow[] = ["FIAT", "GOLD", "FIAT+GOLD"].flatMap(
  (marketSet, s) =>
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
      missing: 0,
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
export interface Points extends Omit<Trace, "line"> {
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
export const WEALTH: readonly PortfolioSort[] = ["EQUITY", "GOLD"].map((market) => {
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
    ...sortedPortfolios(panel, path, { definition: "sound", factors, ...options }),
  };
});

export const LOADINGS = ["BTC", "ETH", "LTC"].flatMap((coin, i) =>
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

export const CAPTION = "A finding (made-up returns, decimals).";

/** Every number of an object, however deep. */
export const numbers = (value: unknown): number[] =>
  typeof value === "number"
    ? [value]
    : value !== null && typeof value === "object"
      ? Object.values(value).flatMap(numbers)
      : [];
