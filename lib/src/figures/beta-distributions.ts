import type { Data, Layout } from "plotly.js-dist-min";
import { betaSeries } from "../betas/series.js";
import type { BetaStatistics } from "../comparing/beta-statistics.js";
import type { MarketBetas } from "../models/network-betas.js";
import type { ReportedStatistics } from "../report/reported-statistics.js";
import { drawn, type Figure } from "./figure.js";
import {
  axis,
  BLUE,
  faded,
  GREY,
  type GridPlot,
  gridPlot,
  INK,
  plotTitle,
  theme,
} from "./theme.js";

/** Places of the starts, and of the report, beside a coin's name. */
const SHIFT = 0.27;

/**
 * Walk-forward betas by market and coin: a point for each date, a bar for the range over seeds of their mean, one strip per
 * start; and between them the report's mean with its least and largest.
 *
 * @param reported rows that the report prints; empty under another study
 * @example
 * figureBetaDistributions(markets, betaStatistics(markets), [], "Betas of 2023.").alt;
 * // "Walk-forward betas of BTC, ETH, LTC, BCH, one plot each for FIAT, GOLD: a point for each date and a bar for the range
 * // of their mean over seeds, by start (glorot)."
 */
export function figureBetaDistributions(
  markets: readonly MarketBetas[],
  statistics: readonly BetaStatistics[],
  reported: readonly ReportedStatistics[],
  caption: string,
): Figure {
  const coins = markets[0]!.starts[0]!.walkForward.coins;
  const starts = markets[0]!.starts.map(({ start }) => start);
  const columns = Math.min(2, markets.length);
  const rows = Math.ceil(markets.length / columns);
  const alone = reported.length > 0 ? SHIFT : 0;
  const place = (start: number) => (starts.length === 1 ? alone : (2 * start - 1) * SHIFT);
  const plots = markets.map((of, m) => {
    const at = gridPlot(m, rows, columns, { x: 0.1, y: 0.3 / rows });
    const strips = of.starts.flatMap(({ start, walkForward }, s): Data[] => {
      const color = s === 0 ? GREY : BLUE;
      const means = coins.map(
        (coin) =>
          statistics.find(
            (row) => row.market === of.market && row.coin === coin && row.start === start,
          )!.seedMean,
      );
      const points = coins.flatMap((coin, i) =>
        betaSeries(walkForward, coin, of.market).map(({ date, beta }) => ({
          x: i + place(s),
          date,
          beta,
        })),
      );
      const axes = { xaxis: at.x, yaxis: at.y };
      return [
        {
          ...axes,
          type: "bar",
          name: `start ${start}, range of the mean over seeds`,
          x: drawn(coins.map((_, i) => i + place(s))),
          base: drawn(means.map(({ lowest }) => lowest)),
          y: drawn(means.map(({ lowest, highest }) => highest - lowest)),
          width: 0.12,
          hoverinfo: "skip",
          marker: { color: faded(color, 0.25) },
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
            symbol: s === 0 ? "circle-open" : "diamond",
          },
        },
      ];
    });
    const printed = reported.filter((row) => row.market === of.market);
    return {
      at,
      market: of.market,
      data: [...strips, ...reportedTraces(printed, coins, at)],
    };
  });
  // The legend names the report's marks once, in the first plot that has them.
  const named = new Set<string>();
  const data = plots.flatMap((plot) =>
    plot.data.map((trace) => {
      const { name = "" } = trace as { name?: string };
      const showlegend = !named.has(name);
      named.add(name);
      return { ...trace, legendgroup: name, showlegend };
    }),
  );
  const axes = plots.map(({ at }) => ({
    [`xaxis${at.suffix}`]: axis("", {
      domain: at.xDomain,
      anchor: at.y,
      tickvals: coins.map((_, i) => i),
      ticktext: [...coins],
      range: [-0.55, coins.length - 0.45],
      showgrid: false,
      zeroline: false,
    }),
    [`yaxis${at.suffix}`]: axis(at.left ? "β" : "", {
      domain: at.yDomain,
      anchor: at.x,
    }),
  }));
  const base = theme(110 + 230 * rows);
  const layout: Partial<Layout> = {
    ...base,
    ...Object.assign({}, ...axes),
    hovermode: "closest",
    barmode: "overlay",
    margin: { ...base.margin!, t: 76 },
    annotations: plots.map(({ at, market }) => plotTitle(at, market)),
  };
  return {
    id: "beta-distributions",
    caption,
    alt: `Walk-forward betas of ${coins.join(", ")}, one plot each for ${markets.map(({ market }) => market).join(", ")}: a point for each date and a bar for the range of their mean over seeds, by start (${starts.join(", ")})${reported.length > 0 ? ", and the report's mean, least and largest" : ""}.`,
    data,
    layout,
  };
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
