import type { Data, Layout } from "plotly.js-dist-min";
import type { LearningCurves } from "../models/ensemble.js";
import { mean } from "../stats/moments.js";
import { drawn, type Figure } from "./figure.js";
import {
  axis,
  BLUE,
  faded,
  type GridPlot,
  gridPlot,
  INK,
  PALE,
  plotTitle,
  RED,
  theme,
} from "./theme.js";

/**
 * Learning curves, one plot per start: mean over replicates with their range, and lines for what the network has to beat.
 *
 * @param curves hedging RMSE by epoch, in log returns, by the title of their plot
 * @param nulls name and RMSE of the nulls in the validation block
 * @param id name of its exports, unique in the project
 */
export function figureLearningCurves(
  curves: Readonly<Record<string, LearningCurves>>,
  nulls: Readonly<Record<string, number>>,
  caption: string,
  id: string = "learning-curve",
): Figure {
  const titles = Object.keys(curves);
  const plots = titles.map((_, i) =>
    gridPlot(i, 1, titles.length, { x: 0.12, y: 0 }),
  );
  const data = plots.flatMap((plot, i) => {
    const { inSample, validation } = curves[titles[i]!]!;
    const last = Math.max(...inSample.map((rmse) => rmse.length)) - 1;
    return [
      ...curve("in-sample", inSample, PALE, plot),
      ...curve("validation", validation, BLUE, plot),
      ...Object.entries(nulls).map(
        ([name, rmse], j): Data => ({
          type: "scatter",
          mode: "lines",
          name,
          legendgroup: name,
          showlegend: i === 0,
          x: [0, last],
          y: drawn([rmse, rmse]),
          xaxis: plot.x,
          yaxis: plot.y,
          line: {
            color: j === 0 ? INK : RED,
            width: 1.4,
            dash: j === 0 ? "dot" : "dash",
          },
        }),
      ),
    ];
  });
  const axes = plots.map((plot) => ({
    [`xaxis${plot.suffix}`]: axis("epoch", {
      domain: plot.xDomain,
      anchor: plot.y,
    }),
    [`yaxis${plot.suffix}`]: axis(
      plot.left ? "hedging RMSE (log return)" : "",
      { domain: plot.yDomain, anchor: plot.x },
    ),
  }));
  const base = theme(400);
  const layout: Partial<Layout> = {
    ...base,
    ...Object.assign({}, ...axes),
    margin: { ...base.margin!, t: 52, b: 44 },
    annotations: plots.map((plot, i) => plotTitle(plot, titles[i]!)),
  };
  return {
    id,
    caption,
    alt: `Hedging RMSE by epoch, in-sample and validation, one plot each for ${titles.join(", ")}, with lines for ${Object.keys(nulls).join(", ")}.`,
    data,
    layout,
  };
}

/** Range and mean of one block over replicates. */
function curve(
  name: string,
  replicates: readonly Float64Array[],
  color: string,
  plot: GridPlot,
): Data[] {
  // Networks with patience end at different epochs: the curve ends with the first of them.
  const length = Math.min(...replicates.map((rmse) => rmse.length));
  const x = Array.from({ length }, (_, epoch) => epoch);
  const over = (reduce: (rmse: number[]) => number) =>
    drawn(x.map((epoch) => reduce(replicates.map((rmse) => rmse[epoch]!))));
  const trace = {
    type: "scatter",
    mode: "lines",
    name,
    legendgroup: name,
    x,
    xaxis: plot.x,
    yaxis: plot.y,
  } as const;
  const edge = {
    ...trace,
    hoverinfo: "skip",
    showlegend: false,
    line: { width: 0 },
  } as const;
  return [
    { ...edge, y: over((rmse) => Math.min(...rmse)) },
    {
      ...edge,
      y: over((rmse) => Math.max(...rmse)),
      fill: "tonexty",
      fillcolor: faded(color, 0.16),
    },
    {
      ...trace,
      y: over(mean),
      showlegend: plot.suffix === "",
      line: { color, width: 2.2 },
    },
  ];
}
