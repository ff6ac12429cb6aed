import type { Data, Layout } from "plotly.js-dist-min";
import { drawn, type Figure } from "./figure.js";
import { axis, coinColor, faded, GREY, theme } from "./theme.js";

/** RMSE after each epoch, one array per replicate, all of one length. */
export interface LearningCurve {
  readonly name: string;
  readonly replicates: readonly ArrayLike<number>[];
}

/**
 * Learning curves: mean over replicates with their range, and horizontal lines for what the network has to beat.
 *
 * @param curves hedging RMSE by epoch, in log returns
 * @param references name and RMSE of the nulls
 */
export function figureLearningCurves(
  curves: readonly LearningCurve[],
  references: Readonly<Record<string, number>>,
  caption: string,
): Figure {
  const epochs = Array.from(
    curves[0]?.replicates[0] ?? [],
    (_, epoch) => epoch,
  );
  const over = (curve: LearningCurve, reduce: (v: number[]) => number) =>
    drawn(epochs.map((e) => reduce(curve.replicates.map((r) => r[e]!))));
  const data = curves.flatMap((curve, i): Data[] => {
    const color = coinColor(i);
    const edge = {
      type: "scatter",
      mode: "lines",
      x: epochs,
      hoverinfo: "skip",
      showlegend: false,
      line: { width: 0 },
    } as const;
    return [
      { ...edge, y: over(curve, (v) => Math.min(...v)) },
      {
        ...edge,
        y: over(curve, (v) => Math.max(...v)),
        fill: "tonexty",
        fillcolor: faded(color, 0.15),
      },
      {
        type: "scatter",
        mode: "lines",
        name: curve.name,
        x: epochs,
        y: over(curve, (v) => v.reduce((a, b) => a + b, 0) / v.length),
        line: { color, width: 2, dash: i % 2 === 0 ? "solid" : "dash" },
      },
    ];
  });
  const nulls = Object.entries(references);
  const base = theme(440);
  const layout: Partial<Layout> = {
    ...base,
    margin: { ...base.margin!, r: 130, t: 56 },
    xaxis: axis("Epoch", { range: [0, epochs.length - 1] }),
    yaxis: axis("Hedging RMSE (log return)"),
    shapes: nulls.map(([, rmse]) => ({
      type: "line",
      xref: "paper",
      x0: 0,
      x1: 1,
      y0: rmse,
      y1: rmse,
      line: { color: GREY, width: 1.2, dash: "dot" },
    })),
    annotations: nulls.map(([name, rmse]) => ({
      text: name,
      xref: "paper",
      x: 1.01,
      xanchor: "left",
      y: rmse,
      showarrow: false,
      font: { color: "#4b5563", size: 11 },
    })),
  };
  return {
    id: "learning-curve",
    caption,
    alt: `Hedging RMSE by epoch for ${curves.map((c) => c.name).join(", ")}, with horizontal lines for ${nulls.map(([name]) => name).join(", ")}.`,
    data,
    layout,
  };
}
