/** Learning curves of one configuration, or of several. */

import type { Data } from "plotly.js-dist-min";
import type { NullScores } from "../comparing/nulls.js";
import type { ChosenFit } from "../models/chosen-fits.js";
import { type LearningCurves, learningCurves } from "../models/ensemble.js";
import { highest, mean } from "../stats/moments.js";
import { drawn, type Figure, firstShown, sharedRange } from "./figure.js";
import { type GridAxis, type GridPlot, gridAxes, gridLayout, gridPlot, plotTitle } from "./grid.js";
import { BLUE, faded, INK, PALE, RED, setLines } from "./theme.js";

/** Networks of one configuration, in one plot. */
export interface LearningCurvesPlot {
  readonly title: string;
  /** Hedging RMSE by epoch, in log returns. */
  readonly curves: LearningCurves;
  /** Name and RMSE of what the networks have to beat in the validation block. */
  readonly nulls: Readonly<Record<string, number>>;
}

/** Name, grid and axes of a figure of learning curves. */
export interface LearningCurvesOptions {
  /** Name of its exports, unique in the project; `learning-curve` by default. */
  readonly id?: string;
  /** Plots per row; all by default. */
  readonly columns?: number;
  /**
   * own, the default: linear axes, each plot its own vertical scale. rows: the plots of a row share one vertical scale, epochs
   * are on a logarithmic axis, where early minima are seen, and a mark stands at each network's best epoch.
   */
  readonly scale?: "own" | "rows";
}

const EPOCHS = [0, 1, 3, 10, 30, 100, 300, 1000, 3000];
const epochAxis: GridAxis = {
  type: "log",
  tickvals: EPOCHS.map((epoch) => epoch + 1),
  ticktext: EPOCHS.map(String),
  tickangle: 0,
};

/**
 * One plot for each of several configurations, with the nulls of its markets.
 *
 * @example
 * const [plot] = learningCurvesPlots(fits, nullScores(panel, small));
 * [plot!.title, plot!.nulls.zero]; // ["FIAT, glorot", 0.2463]
 */
export function learningCurvesPlots(
  fits: readonly ChosenFit[],
  { zero, pooled }: NullScores,
): LearningCurvesPlot[] {
  return fits.map(({ row, fit }) => ({
    title: `${row.marketSet}, ${row.start}`,
    curves: learningCurves(fit),
    nulls: { zero, "pooled constant": pooled[row.marketSet]! },
  }));
}

/** Rows of a figure at most: more are no page. */
const MOST_ROWS = 11;

/**
 * Learning curves: mean over replicates with their range, and lines for what the networks have to beat.
 *
 * @example
 * const plots = learningCurvesPlots(fits, nullScores(panel, small));
 * figureLearningCurves(plots, "Two networks a market.", { columns: 2 }).alt;
 * // "Hedging RMSE by epoch, in-sample and validation, one plot each for FIAT, glorot; GOLD, glorot, with lines for zero,
 * // pooled constant."
 */
export function figureLearningCurves(
  all: readonly LearningCurvesPlot[],
  caption: string,
  options: LearningCurvesOptions = {},
): Figure {
  const { id = "learning-curve", columns = all.length } = options;
  const { shown: contents, caption: said } = firstShown(all, MOST_ROWS * columns, {
    caption,
    what: "plots",
  });
  const byRow = options.scale === "rows";
  const rows = Math.ceil(contents.length / columns);
  // A logarithm has no place for epoch 0: the axis is that of epoch + 1.
  const from = byRow ? 1 : 0;
  const plots = contents.map((content, i) => {
    const at = gridPlot(i, { rows, columns }, { x: byRow ? 0.05 : 0.12, y: 0.3 / rows });
    const title = plotTitle(at, setLines(content.title));
    return {
      at,
      row: Math.floor(i / columns),
      last: contents[i + columns] === undefined,
      data: plotData(content, at, from),
      annotations: [{ ...title, ...(byRow ? { align: "left" as const } : {}) }],
    };
  });
  const epochRange = sharedRange([0, Math.log10(highest(numbers(plots, "x")))]);
  const parts = plots.map((plot) => {
    const { at, row, last } = plot;
    const inRow = plots.filter((other) => other.row === row);
    const x: GridAxis = { ...epochAxis, range: [...epochRange], showticklabels: last };
    const y = { range: sharedRange(numbers(inRow, "y")), showticklabels: at.left };
    return {
      ...plot,
      axes: gridAxes(
        at,
        {
          title: last ? (byRow ? "epoch (log scale; 0: the start)" : "epoch") : "",
          ...(byRow ? x : {}),
        },
        {
          title: rows === 1 ? "hedging RMSE (log return); lower is better" : "RMSE",
          ...(byRow ? y : {}),
        },
      ),
    };
  });
  // Seven rows fit on a page of a paper.
  const area = Math.max(130 * rows, Math.min(190 * rows, 910));
  const height = rows === 1 ? 400 : 100 + area;
  const nulls = [...new Set(contents.flatMap((c) => Object.keys(c.nulls)))];
  return {
    id,
    caption: said,
    alt: `Hedging RMSE by epoch, in-sample and validation, one plot each for ${contents.map(({ title }) => title).join("; ")}${nulls.length > 0 ? `, with lines for ${nulls.join(", ")}` : ""}.`,
    data: plots.flatMap(({ data }) => data),
    layout: gridLayout(parts, { height, margin: { t: rows === 1 ? 52 : 60, b: 44 } }),
  };
}

/** Curves of one plot, its marks if epochs are logarithmic, and its nulls. */
function plotData({ curves, nulls }: LearningCurvesPlot, at: GridPlot, from: number): Data[] {
  const { inSample, validation } = curves;
  const end = Math.max(...inSample.map((rmse) => rmse.length)) - 1;
  return [
    ...curve(inSample, { name: "in-sample", color: PALE }, { at, from }),
    ...curve(validation, { name: "validation", color: BLUE }, { at, from }),
    ...Object.entries(nulls).map(
      ([name, rmse], j): Data => ({
        type: "scatter",
        mode: "lines",
        name,
        legendgroup: name,
        showlegend: at.suffix === "",
        x: [from, end + from],
        y: drawn([rmse, rmse]),
        xaxis: at.x,
        yaxis: at.y,
        line: { color: j === 0 ? INK : RED, width: 1.4, dash: j === 0 ? "dot" : "dash" },
      }),
    ),
    ...(from === 1 ? [marks(curves, at)] : []),
  ];
}

/** All values of some plots on one axis. */
function numbers(plots: readonly { readonly data: readonly Data[] }[], axis: "x" | "y"): number[] {
  return plots.flatMap(({ data }) =>
    data.flatMap((trace) =>
      (trace as Record<"x" | "y", (number | null)[]>)[axis].filter((v) => v !== null),
    ),
  );
}

/** Best epoch and validation RMSE of each network. */
function marks({ bestEpochs, selected }: LearningCurves, plot: GridPlot): Data {
  const name = "best epoch of a seed";
  return {
    type: "scatter",
    mode: "markers",
    name,
    legendgroup: name,
    showlegend: plot.suffix === "",
    x: bestEpochs.map((epoch) => epoch + 1),
    y: drawn(selected),
    text: bestEpochs.map((epoch) => `epoch ${epoch}`),
    hovertemplate: "%{text}: %{y:.4f}<extra></extra>",
    xaxis: plot.x,
    yaxis: plot.y,
    marker: { size: 5, color: faded(INK, 0.55), symbol: "circle" },
  };
}

/** Epochs of a curve; where they lie closer than two pixels on the logarithmic axis, one of them, and the last. */
function drawnEpochs(length: number, from: number): number[] {
  const epochs = Array.from({ length }, (_, epoch) => epoch);
  const place = (epoch: number) => Math.floor(Math.log10(epoch + 1) / 0.015);
  return from === 0
    ? epochs
    : epochs.filter((epoch) => epoch === length - 1 || place(epoch) > place(epoch - 1));
}

/** Range and mean of one block over replicates. */
function curve(
  replicates: readonly Float64Array[],
  { name, color }: { readonly name: string; readonly color: string },
  { at: plot, from }: { readonly at: GridPlot; readonly from: number },
): Data[] {
  // Networks with patience end at different epochs: the curve ends with the first of them.
  const length = Math.min(...replicates.map((rmse) => rmse.length));
  const epochs = drawnEpochs(length, from);
  const x = epochs.map((epoch) => epoch + from);
  const over = (reduce: (rmse: number[]) => number) =>
    drawn(epochs.map((epoch) => reduce(replicates.map((rmse) => rmse[epoch]!))));
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
