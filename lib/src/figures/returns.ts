/** The returns of all series, on one scale. */

import type { Data } from "plotly.js-dist-min";
import { coinReturns, marketReturns } from "../panel/panel.js";
import type { Panel } from "../types.js";
import { drawn, type Figure, firstShown, sharedRange } from "./figure.js";
import { gridAxes, gridLayout, gridPlot, plotTitle } from "./grid.js";
import { coinColor, marketColor } from "./theme.js";

/** Coins of a figure at most: more are no page. */
const MOST = 12;

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
  const { markets, coinLogReturns, marketLogReturns } = panel;
  const { shown: coins, caption: said } = firstShown(panel.coins, MOST, { caption, what: "coins" });
  const rows = Math.max(coins.length, markets.length);
  const range = sharedRange([...coinLogReturns, ...marketLogReturns]);
  const plots = [
    ...coins.map((name, i) => ({
      name,
      at: gridPlot(2 * i, { rows, columns: 2 }, { x: 0.07, y: 0.22 / rows }),
      color: coinColor(i),
      returns: coinReturns(panel, name),
      last: i === coins.length - 1,
    })),
    ...markets.map((name, k) => ({
      name,
      at: gridPlot(2 * k + 1, { rows, columns: 2 }, { x: 0.07, y: 0.22 / rows }),
      color: marketColor(k),
      returns: marketReturns(panel, name),
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
  const parts = plots.map(({ at, last, name, color }) => ({
    axes: gridAxes(
      at,
      {
        type: "date",
        showticklabels: last,
        ...(at.suffix === "" ? {} : { matches: "x" as const }),
      },
      { title: "log return", range, showticklabels: at.left },
    ),
    annotations: [plotTitle(at, name, color)],
  }));
  return {
    id: "returns",
    caption: said,
    alt: `Lines of ${panel.frequency} log returns, ${coins.join(", ")} on the left and ${markets.join(", ")} on the right, on the same vertical scale.`,
    data,
    layout: gridLayout(parts, { height: 40 + 130 * rows, showlegend: false }),
  };
}
