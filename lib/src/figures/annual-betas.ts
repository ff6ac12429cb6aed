/** Annual mean betas by market, start and coin, with their range over seeds. */

import type { Data } from "plotly.js-dist-min";
import type { AnnualBeta } from "../comparing/annual-betas.js";
import { drawn, type Figure, firstShown, sharedRange } from "./figure.js";
import {
  type GridAxis,
  type GridPart,
  type GridPlot,
  gridAxes,
  gridLayout,
  gridPlot,
  plotTitle,
} from "./grid.js";
import { coinColor } from "./theme.js";

/** One more than there are colours: a fifth coin has another symbol than the first, whose colour it has. */
const SYMBOLS = ["circle", "square", "diamond", "triangle-up", "star"];
/** Marks that a row of plots has room for: eight coins over twenty years. */
const MOST_MARKS = 160;
/** Room that the coins of one year take, of the year's. */
const ROOM = 0.6;

/**
 * Annual mean betas with their range over seeds: one row per market, one column per start, coins beside each other; fitted
 * years are open, walk-forward years filled.
 *
 * @param annual betas of one market set for each market
 * @example
 * const annual = annualBetas(fits.map(networkBetas));
 * figureAnnualBetas(annual, "Annual means.").alt;
 * // "Annual mean beta with the range over seeds, 2019 to 2023, one plot for each of FIAT, GOLD and each start (glorot),
 * // with a mark for each of BTC, ETH, LTC, BCH; fitted years open, walk-forward years filled."
 */
export function figureAnnualBetas(annual: readonly AnnualBeta[], caption: string): Figure {
  const [markets, starts, all, years] = (["market", "start", "coin", "year"] as const).map(
    (key) => [...new Set(annual.map((row) => row[key]))],
  ) as [string[], string[], string[], string[]];
  years.sort();
  const most = Math.max(1, Math.floor(MOST_MARKS / (starts.length * years.length)));
  const { shown: coins, caption: said } = firstShown(all, most, { caption, what: "coins" });
  const plots = markets.flatMap((market, m) => {
    const onMarket = annual.filter((row) => row.market === market && coins.includes(row.coin));
    const range = sharedRange(onMarket.flatMap(({ beta }) => [beta.lowest, beta.highest]));
    return starts.map((start, s) => {
      const at = gridPlot(
        m * starts.length + s,
        { rows: markets.length, columns: starts.length },
        {
          x: 0.05,
          y: 0.2 / markets.length,
        },
      );
      const rows = onMarket.filter((row) => row.start === start);
      return {
        data: coins.map((coin, i) => coinMarks(rows, { coin, i, coins, years }, at)),
        axes: gridAxes(
          at,
          { ...yearAxis(years), showticklabels: m === markets.length - 1 },
          { title: `β on ${market}`, range, showticklabels: at.left },
        ),
        annotations: [plotTitle(at, `${market}, start ${start}`)],
      } satisfies GridPart & { data: Data[] };
    });
  });
  return {
    id: "annual-betas",
    caption: said,
    alt: `Annual mean beta with the range over seeds, ${years[0]} to ${years.at(-1)}, one plot for each of ${markets.join(", ")} and each start (${starts.join(", ")}), with a mark for each of ${coins.join(", ")}; fitted years open, walk-forward years filled.`,
    data: plots.flatMap((plot) => plot.data),
    layout: gridLayout(plots, {
      height: 100 + 150 * markets.length,
      hovermode: "closest",
      margin: { t: 54 },
    }),
  };
}

const yearAxis = (years: readonly string[]): GridAxis => ({
  tickvals: years.map((_, i) => i),
  ticktext: [...years],
  range: [-0.6, years.length - 0.4],
  showgrid: false,
  zeroline: false,
});

/** A coin among the coins and years of a plot. */
interface CoinPlace {
  readonly coin: string;
  readonly i: number;
  readonly coins: readonly string[];
  readonly years: readonly string[];
}

/** Marks of one coin with their ranges, beside those of the other coins. */
function coinMarks(
  plotted: readonly AnnualBeta[],
  { coin, i, coins, years }: CoinPlace,
  at: GridPlot,
): Data {
  const rows = plotted.filter((row) => row.coin === coin);
  const shift = coins.length === 1 ? 0 : ROOM * (i / (coins.length - 1) - 0.5);
  const color = coinColor(i);
  const symbol = SYMBOLS[i % SYMBOLS.length]!;
  return {
    type: "scatter",
    mode: "markers",
    name: coin,
    legendgroup: coin,
    showlegend: at.suffix === "",
    x: drawn(rows.map(({ year }) => years.indexOf(year) + shift)),
    y: drawn(rows.map(({ beta }) => beta.mean)),
    error_y: {
      type: "data",
      symmetric: false,
      array: drawn(rows.map(({ beta }) => beta.highest - beta.mean)),
      arrayminus: drawn(rows.map(({ beta }) => beta.mean - beta.lowest)),
      color,
      thickness: 1,
      width: 0,
    } as Data["error_y" & keyof Data],
    text: rows.map(({ year, kind }) => `${coin} ${year}, ${kind}`),
    hovertemplate: "%{text}: %{y:.3f}<extra></extra>",
    xaxis: at.x,
    yaxis: at.y,
    marker: {
      size: 6,
      color,
      symbol: rows.map(({ kind }) => (kind === "fitted" ? `${symbol}-open` : symbol)),
    },
  } as Data;
}
