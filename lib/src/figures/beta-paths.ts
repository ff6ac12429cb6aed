/** Betas of each coin on one market: fitted and walk-forward, against a constant. */

import type { Annotation, Data, Shape } from "plotly.js-dist-min";
import { betaSeries } from "../betas/series.js";
import type { BetaPath } from "../types.js";
import { betaTraces } from "./beta-traces.js";
import { type Figure, firstShown, sharedRange } from "./figure.js";
import { type GridPlot, gridAxes, gridLayout, gridPlot, plotTitle, twoColumns } from "./grid.js";
import { coinColor, GREY, SHADE } from "./theme.js";

/** Coins of a figure at most: more are no page. */
const MOST = 12;

/** The paths of a figure of betas, and the constant that they are held against. */
export interface BetaPathsInput {
  readonly fitted: BetaPath;
  readonly walkForward: BetaPath;
  /** A constant beta on the first market, drawn as a line. */
  readonly reference: { readonly name: string; readonly beta: number };
}

/**
 * One small plot per coin: beta on the first market with its band, if it has one. Fitted months are thin on a
 * grey ground, walk-forward months thick.
 *
 * @param id name of its exports, unique in the project
 * @example
 * const reference = { name: "the pooled constant", beta: meanBeta(pooled, "FIAT") };
 * const figure = figureBetaPaths({ ...ensembleBetas(dollar, fit), reference }, "Betas on the dollar.", "my-betas");
 * [figure.id, figure.caption]; // ["my-betas", "Betas on the dollar."]
 */
export function figureBetaPaths(
  input: BetaPathsInput,
  caption: string,
  id: string = "baseline-betas",
): Figure {
  const { fitted, walkForward, reference } = input;
  const { markets } = fitted;
  const { shown: coins, caption: said } = firstShown(fitted.coins, MOST, {
    caption,
    what: "coins",
  });
  const { rows, columns } = twoColumns(coins.length);
  const gaps = { x: 0.07, y: 0.28 / rows };
  const range = sharedRange([reference.beta, ...[fitted, walkForward].flatMap(betasAndBounds)]);
  const plots = coins.map((coin, i) => {
    const at = gridPlot(i, { rows, columns }, gaps);
    const before = coinTraces(fitted, i, { at, width: 1.2 });
    const after = coinTraces(walkForward, i, { at, width: 2.4 });
    return {
      data: [...before.data, ...after.data],
      axes: gridAxes(
        at,
        { type: "date" },
        { title: `β on ${markets[0]}`, range, showticklabels: at.left },
      ),
      shapes: plotShapes(at, before.months, reference.beta),
      annotations: [
        plotTitle(at, coin, coinColor(i)),
        kindLabel(at, before.months, "fitted"),
        kindLabel(at, after.months, "walk-forward"),
      ],
    };
  });
  return {
    id,
    caption: said,
    alt: `Beta on ${markets[0]} by period, one plot each for ${coins.join(", ")}; fitted periods thin on grey, walk-forward periods thick, and a dotted line at ${reference.name}.`,
    data: plots.flatMap((plot) => plot.data),
    layout: gridLayout(plots, { height: 60 + 200 * rows, showlegend: false }),
  };
}

/** All numbers of a path that are drawn. */
const betasAndBounds = ({ values, band }: BetaPath): number[] =>
  [...values, ...(band ? [...band.lower, ...band.upper] : [])].filter(Number.isFinite);

/** Band and beta of one coin, over the dates that have an estimate. */
function coinTraces(
  part: BetaPath,
  coin: number,
  { at, width }: { readonly at: GridPlot; readonly width: number },
): { readonly data: Data[]; readonly months: readonly string[] } {
  const series = betaSeries(part, part.coins[coin]!, part.markets[0]!);
  return {
    months: series.map(({ date }) => date),
    data: betaTraces(series, at, {
      name: part.kind === "fitted" ? "fitted" : "walk-forward",
      color: coinColor(coin),
      width,
      banded: part.band !== undefined,
    }),
  };
}

/** Grey ground under the fitted dates, and the reference line. */
function plotShapes(
  plot: GridPlot,
  fitted: readonly string[],
  reference: number,
): Partial<Shape>[] {
  return [
    {
      type: "rect",
      xref: plot.x,
      yref: `${plot.y} domain` as "y domain",
      x0: fitted[0]!,
      x1: fitted.at(-1)!,
      y0: 0,
      y1: 1,
      fillcolor: SHADE,
      line: { width: 0 },
      layer: "below",
    },
    {
      type: "line",
      xref: `${plot.x} domain` as "x domain",
      yref: plot.y,
      x0: 0,
      x1: 1,
      y0: reference,
      y1: reference,
      line: { color: GREY, width: 1.3, dash: "dot" },
    },
  ];
}

/** The kind of betas, at the top of their dates. */
function kindLabel(plot: GridPlot, months: readonly string[], text: string): Partial<Annotation> {
  return {
    text,
    xref: plot.x,
    yref: `${plot.y} domain` as "y domain",
    x: months[Math.floor(months.length / 2)] ?? "",
    y: 1,
    yanchor: "bottom",
    showarrow: false,
    font: { size: 11, color: GREY },
  };
}
