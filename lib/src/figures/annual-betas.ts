import type { Data, Layout } from "plotly.js-dist-min";
import type { AnnualBeta } from "../comparing/annual-betas.js";
import { drawn, type Figure, sharedRange } from "./figure.js";
import { axis, coinColor, gridPlot, plotTitle, theme } from "./theme.js";

/** One more than there are colours: a fifth coin has another symbol than the first, whose colour it has. */
const SYMBOLS = ["circle", "square", "diamond", "triangle-up", "star"];
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
  const [markets, starts, coins, years] = (["market", "start", "coin", "year"] as const).map(
    (key) => [...new Set(annual.map((row) => row[key]))],
  ) as [string[], string[], string[], string[]];
  years.sort();
  const shift = (coin: number) =>
    coins.length === 1 ? 0 : ROOM * (coin / (coins.length - 1) - 0.5);
  const plots = markets.flatMap((market, m) => {
    const ofMarket = annual.filter((row) => row.market === market);
    const range = sharedRange(ofMarket.flatMap(({ beta }) => [beta.lowest, beta.highest]));
    return starts.map((start, s) => {
      const at = gridPlot(m * starts.length + s, markets.length, starts.length, {
        x: 0.05,
        y: 0.2 / markets.length,
      });
      const data = coins.map((coin, i): Data => {
        const rows = ofMarket.filter((row) => row.start === start && row.coin === coin);
        const color = coinColor(i);
        const symbol = SYMBOLS[i % SYMBOLS.length]!;
        return {
          type: "scatter",
          mode: "markers",
          name: coin,
          legendgroup: coin,
          showlegend: at.suffix === "",
          x: drawn(rows.map(({ year }) => years.indexOf(year) + shift(i))),
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
      });
      return {
        data,
        axes: {
          [`xaxis${at.suffix}`]: axis("", {
            domain: at.xDomain,
            anchor: at.y,
            tickvals: years.map((_, i) => i),
            ticktext: years,
            range: [-0.6, years.length - 0.4],
            showgrid: false,
            zeroline: false,
            showticklabels: m === markets.length - 1,
          }),
          [`yaxis${at.suffix}`]: axis(at.left ? `β on ${market}` : "", {
            domain: at.yDomain,
            anchor: at.x,
            range,
            showticklabels: at.left,
          }),
        },
        annotation: plotTitle(at, `${market}, start ${start}`),
      };
    });
  });
  const base = theme(100 + 150 * markets.length);
  const layout: Partial<Layout> = {
    ...base,
    ...Object.assign({}, ...plots.map((plot) => plot.axes)),
    hovermode: "closest",
    margin: { ...base.margin!, t: 54 },
    annotations: plots.map((plot) => plot.annotation),
  };
  return {
    id: "annual-betas",
    caption,
    alt: `Annual mean beta with the range over seeds, ${years[0]} to ${years.at(-1)}, one plot for each of ${markets.join(", ")} and each start (${starts.join(", ")}), with a mark for each of ${coins.join(", ")}; fitted years open, walk-forward years filled.`,
    data: plots.flatMap((plot) => plot.data),
    layout,
  };
}
