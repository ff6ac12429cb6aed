/** A line of betas over its band, as figures of paths draw it. */

import type { Data } from "plotly.js-dist-min";
import type { DatedBeta } from "../betas/series.js";
import { drawn } from "./figure.js";
import type { GridPlot } from "./grid.js";
import { faded } from "./theme.js";

export interface BetaTracesOptions {
  readonly name: string;
  readonly color: string;
  /** Of the line, in pixels. */
  readonly width: number;
  /** Whether the bounds are drawn. */
  readonly banded: boolean;
}

/** A line of betas over the band between their bounds. */
export function betaTraces(
  series: readonly DatedBeta[],
  plot: GridPlot,
  { name, color, width, banded }: BetaTracesOptions,
): Data[] {
  const trace = {
    type: "scatter",
    mode: "lines",
    x: series.map(({ date }) => date),
    xaxis: plot.x,
    yaxis: plot.y,
    showlegend: false,
  } as const;
  const edge = { ...trace, hoverinfo: "skip", line: { width: 0 } } as const;
  const band: Data[] = [
    { ...edge, y: drawn(series.map(({ lower }) => lower)) },
    {
      ...edge,
      y: drawn(series.map(({ upper }) => upper)),
      fill: "tonexty",
      fillcolor: faded(color, 0.18),
    },
  ];
  return [
    ...(banded ? band : []),
    {
      ...trace,
      name,
      y: drawn(series.map(({ beta }) => beta)),
      line: { color, width },
    },
  ];
}
