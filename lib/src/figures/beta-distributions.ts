/** Walk-forward betas as points by coin, with the seeds' range of their mean and the report's printed numbers. */

import type { Data } from "plotly.js-dist-min";
import { betaSeries, type DatedBeta } from "../betas/series.js";
import type { BetaStatistics } from "../comparing/beta-statistics.js";
import type { MarketBetas, NetworkBetas } from "../models/network-betas.js";
import type { ReportedStatistics } from "../report/reported-statistics.js";
import { highest, lowest } from "../stats/moments.js";
import { drawn, type Figure } from "./figure.js";
import {
  type GridAxis,
  type GridPlot,
  gridAxes,
  gridLayout,
  gridPlot,
  plotTitle,
  twoColumns,
} from "./grid.js";
import { BLUE, faded, GREY, INK } from "./theme.js";

/** Places of the starts, and of the report, beside a coin's name. */
const SHIFT = 0.27;

/** Points of a figure, about: more lie on one another, and no picture of it opens in time. */
const MOST_POINTS = 20_000;

/** What a figure of distributions is made from. */
export interface BetaDistributionsInput {
  readonly markets: readonly MarketBetas[];
  readonly statistics: readonly BetaStatistics[];
  /** Rows that the report prints; empty under another study. */
  readonly reported: readonly ReportedStatistics[];
}

/**
 * Walk-forward betas by market and coin: a point for each date, a bar for the range over seeds of their mean, one strip per
 * start; and between them the report's mean with its least and largest.
 *
 * Of a coin with very many dates, points are the lowest beta, the highest and evenly spaced ones.
 *
 * @example
 * const statistics = betaStatistics(markets);
 * figureBetaDistributions({ markets, statistics, reported: [] }, "Betas of 2023.").alt;
 * // "Walk-forward betas of BTC, ETH, LTC, BCH, one plot each for FIAT, GOLD: a point for each date and a bar for the range
 * // of their mean over seeds, by start (glorot)."
 */
export function figureBetaDistributions(input: BetaDistributionsInput, caption: string): Figure {
  const { markets, statistics, reported } = input;
  const coins = markets[0]!.starts[0]!.walkForward.coins;
  const starts = markets[0]!.starts.map(({ start }) => start);
  const { rows, columns } = twoColumns(markets.length);
  const alone = reported.length > 0 ? SHIFT : 0;
  const most = Math.floor(MOST_POINTS / (markets.length * coins.length * starts.length));
  const plots = markets.map((market, m) => {
    const at = gridPlot(m, { rows, columns }, { x: 0.1, y: 0.3 / rows });
    const strips = market.starts.flatMap((networks, s) => {
      const place = starts.length === 1 ? alone : (2 * s - 1) * SHIFT;
      return strip(networks, statistics, {
        market: market.market,
        first: s === 0,
        place,
        at,
        most,
      });
    });
    const printed = reported.filter((row) => row.market === market.market);
    return {
      data: [...strips, ...reportedTraces(printed, coins, at)],
      axes: gridAxes(at, coinAxis(coins), { title: "β" }),
      annotations: [plotTitle(at, market.market)],
    };
  });
  return {
    id: "beta-distributions",
    caption,
    alt: `Walk-forward betas of ${coins.join(", ")}, one plot each for ${markets.map(({ market }) => market).join(", ")}: a point for each date and a bar for the range of their mean over seeds, by start (${starts.join(", ")})${reported.length > 0 ? ", and the report's mean, least and largest" : ""}.`,
    data: namedOnce(plots.flatMap(({ data }) => data)),
    layout: gridLayout(plots, {
      height: 130 + 230 * rows,
      hovermode: "closest",
      barmode: "overlay",
      margin: { t: 96 },
    }),
  };
}

const coinAxis = (coins: readonly string[]): GridAxis => ({
  tickvals: coins.map((_, i) => i),
  ticktext: [...coins],
  range: [-0.55, coins.length - 0.45],
  showgrid: false,
  zeroline: false,
});

/** Where a strip stands, and how it looks. */
interface Strip {
  readonly market: string;
  readonly first: boolean;
  readonly place: number;
  readonly at: GridPlot;
  /** Points of a coin. */
  readonly most: number;
}

/** Points of one start by coin, on bars for the seeds' range of their mean. */
function strip(
  { start, walkForward }: NetworkBetas,
  statistics: readonly BetaStatistics[],
  { market, first, place, at, most }: Strip,
): Data[] {
  const { coins } = walkForward;
  const color = first ? GREY : BLUE;
  const isOurs = (row: BetaStatistics) => row.market === market && row.start === start;
  const means = coins.map(
    (coin) => statistics.find((row) => isOurs(row) && row.coin === coin)!.seedMean,
  );
  const points = coins.flatMap((coin, i) =>
    spaced(betaSeries(walkForward, coin, market), most).map((point) => ({
      x: i + place,
      ...point,
    })),
  );
  const axes = { xaxis: at.x, yaxis: at.y };
  return [
    {
      ...axes,
      type: "bar",
      name: `start ${start}, range of the mean over seeds`,
      x: drawn(coins.map((_, i) => i + place)),
      base: drawn(means.map(({ lowest }) => lowest)),
      y: drawn(means.map(({ lowest, highest }) => highest - lowest)),
      width: 0.12,
      hoverinfo: "skip",
      marker: { color: faded(color, first ? 0.25 : 0.45) },
    } as Data,
    {
      ...axes,
      type: "scatter",
      mode: "markers",
      name: `start ${start}, dates`,
      x: drawn(points.map(({ x }) => x)),
      y: drawn(points.map(({ beta }) => beta)),
      text: points.map(({ date }) => date),
      hovertemplate: "%{text}: %{y:.3f}<extra></extra>",
      marker: {
        size: 5,
        color: faded(color, 0.8),
        symbol: first ? "circle-open" : "diamond",
      },
    },
  ];
}

/** All betas of a coin or, of more than `most`, the lowest, the highest and evenly spaced ones. */
function spaced(betas: readonly DatedBeta[], most: number): readonly DatedBeta[] {
  // Where there is room for none, the first date stays.
  const step = Math.ceil(betas.length / most);
  const values = betas.map(({ beta }) => beta);
  const ends = [lowest(values), highest(values)];
  return betas.filter(({ beta }, t) => t % step === 0 || ends.includes(beta));
}

/** The legend names every kind of mark once, in the first plot that has it. */
function namedOnce(traces: readonly Data[]): Data[] {
  const named = new Set<string>();
  return traces.map((trace) => {
    const { name = "" } = trace as { name?: string };
    const showlegend = !named.has(name);
    named.add(name);
    return { ...trace, legendgroup: name, showlegend };
  });
}

/** Mean, least and largest that the report prints. */
function reportedTraces(
  printed: readonly ReportedStatistics[],
  coins: readonly string[],
  at: GridPlot,
): Data[] {
  const rows = printed.filter(({ coin }) => coins.includes(coin));
  if (rows.length === 0) return [];
  return [
    {
      type: "scatter",
      mode: "markers",
      name: "report: mean, least, largest",
      x: rows.map(({ coin }) => coins.indexOf(coin)),
      y: rows.map(({ mean }) => mean),
      error_y: {
        type: "data",
        symmetric: false,
        array: drawn(rows.map(({ max, mean }) => max - mean)),
        arrayminus: drawn(rows.map(({ min, mean }) => mean - min)),
        color: INK,
        thickness: 1.4,
        width: 3,
      },
      text: rows.map(({ coin }) => `report, ${coin}`),
      hovertemplate: "%{text}: %{y:.4f}<extra></extra>",
      xaxis: at.x,
      yaxis: at.y,
      marker: { size: 7, color: INK, symbol: "x-thin", line: { width: 1.6 } },
    } as Data,
  ];
}
