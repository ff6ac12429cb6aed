import type { Data, Layout } from "plotly.js-dist-min";
import { column } from "../panel/panel.js";
import type { Panel } from "../types.js";
import { drawn, type Figure, sharedRange } from "./figure.js";
import { axis, coinColor, dashOf, marketColor, theme } from "./theme.js";

/**
 * Returns of coins (above) and markets (below) on one scale, so that their amplitudes can be compared.
 *
 * @param caption the finding, printed by the cell that measured it
 */
export function figureReturns(panel: Panel, caption: string): Figure {
  const lines = (
    names: readonly string[],
    values: Float64Array,
    color: (i: number) => string,
    yaxis: "y" | "y2",
  ): Data[] =>
    names.map((name, i) => ({
      type: "scatter",
      mode: "lines",
      name,
      x: [...panel.dates],
      y: drawn(column(values, names.length, i)),
      yaxis,
      line: { color: color(i), width: 1.4, dash: dashOf(i) },
      legend: yaxis === "y" ? "legend" : "legend2",
    }));
  const data: Data[] = [
    ...lines(panel.coins, panel.coinLogReturns, coinColor, "y"),
    ...lines(panel.markets, panel.marketLogReturns, marketColor, "y2"),
  ];
  const range = sharedRange([
    ...panel.coinLogReturns,
    ...panel.marketLogReturns,
  ]);
  const base = theme(520);
  const layout: Partial<Layout> = {
    ...base,
    xaxis: axis("", { anchor: "y2", type: "date" }),
    yaxis: axis("Coins: log return", { domain: [0.55, 1], range }),
    yaxis2: axis("Markets: log return", { domain: [0, 0.45], range }),
    legend2: { ...base.legend!, y: 0.46 },
  };
  return {
    id: "returns",
    caption,
    alt: `Lines of ${panel.frequency} log returns of ${panel.coins.join(", ")} above and of ${panel.markets.join(", ")} below, on the same vertical scale.`,
    data,
    layout,
  };
}
