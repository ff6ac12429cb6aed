import type { Data, Layout } from "plotly.js-dist-min";
import { column } from "../panel/panel.js";
import type { Panel } from "../types.js";
import { drawn, type Figure, sharedRange } from "./figure.js";
import { axis, coinColor, gridPlot, marketColor, plotTitle, theme } from "./theme.js";

/**
 * Returns of every series in a plot of its own, coins on the left and markets on the right, all on one scale, so that
 * their amplitudes can be compared.
 *
 * @param caption the finding, as the cell measured it
 * @example
 * figureReturns(panel, "Coins swing ten times as far as the dollar.").alt;
 * // "Lines of monthly log returns, BTC, ETH, LTC, BCH on the left and FIAT, EQUITY, GOLD, ENERGY on the right, on the same
 * // vertical scale."
 */
export function figureReturns(panel: Panel, caption: string): Figure {
  const { coins, markets, coinLogReturns, marketLogReturns } = panel;
  const rows = Math.max(coins.length, markets.length);
  const range = sharedRange([...coinLogReturns, ...marketLogReturns]);
  const plots = [
    ...coins.map((name, i) => ({
      name,
      at: gridPlot(2 * i, rows, 2, { x: 0.07, y: 0.22 / rows }),
      color: coinColor(i),
      returns: column(coinLogReturns, coins.length, i),
      last: i === coins.length - 1,
    })),
    ...markets.map((name, k) => ({
      name,
      at: gridPlot(2 * k + 1, rows, 2, { x: 0.07, y: 0.22 / rows }),
      color: marketColor(k),
      returns: column(marketLogReturns, markets.length, k),
      last: k === markets.length - 1,
    })),
  ];
  const data = plots.map(
    ({ name, at, color, returns }): Data => ({
      type: "scatter",
      mode: "lines",
      name,
      x: [...panel.dates],
      y: drawn(returns),
      xaxis: at.x,
      yaxis: at.y,
      line: { color, width: 1.3 },
    }),
  );
  const axes = plots.map(({ at, last }) => ({
    [`xaxis${at.suffix}`]: axis("", {
      domain: at.xDomain,
      anchor: at.y,
      type: "date",
      showticklabels: last,
      ...(at.suffix === "" ? {} : { matches: "x" as const }),
    }),
    [`yaxis${at.suffix}`]: axis(at.left ? "log return" : "", {
      domain: at.yDomain,
      anchor: at.x,
      range,
      showticklabels: at.left,
    }),
  }));
  const layout: Partial<Layout> = {
    ...theme(40 + 130 * rows),
    ...Object.assign({}, ...axes),
    annotations: plots.map(({ at, name, color }) => plotTitle(at, name, color)),
    showlegend: false,
  };
  return {
    id: "returns",
    caption,
    alt: `Lines of ${panel.frequency} log returns, ${coins.join(", ")} on the left and ${markets.join(", ")} on the right, on the same vertical scale.`,
    data,
    layout,
  };
}
