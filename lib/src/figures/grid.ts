/** Grids of small plots: where each lies, its axes, and the layout that holds them all. */

import type { Annotation, Layout, LayoutAxis, Shape } from "plotly.js-dist-min";
import { axis, INK, inked, theme } from "./theme.js";

/** One plot of a grid of small plots: names of its axes, and where they lie. */
export interface GridPlot {
  /** Name for traces, "x" or "x2" and so on; typed as Plotly types the first. */
  readonly x: "x";
  readonly y: "y";
  readonly xDomain: [number, number];
  readonly yDomain: [number, number];
  readonly left: boolean;
  /** Key of the axes in a layout: "" or "2" and so on. */
  readonly suffix: string;
}

/** The i-th plot, row by row, of a grid with so many rows and columns. */
export function gridPlot(
  i: number,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  gaps: { readonly x: number; readonly y: number } = { x: 0.07, y: 0.1 },
): GridPlot {
  const suffix = i === 0 ? "" : String(i + 1);
  const [row, column] = [Math.floor(i / columns), i % columns];
  const width = (1 - gaps.x * (columns - 1)) / columns;
  const height = (1 - gaps.y * (rows - 1)) / rows;
  const from = column * (width + gaps.x);
  const top = 1 - row * (height + gaps.y);
  const rounded = (v: number) => Number(v.toFixed(4));
  return {
    x: `x${suffix}` as "x",
    y: `y${suffix}` as "y",
    xDomain: [rounded(from), rounded(from + width)],
    yDomain: [rounded(Math.max(0, top - height)), rounded(top)],
    left: column === 0,
    suffix,
  };
}

/** Title at the upper left of one plot of a grid. */
export function plotTitle(plot: GridPlot, text: string, color: string = INK): Partial<Annotation> {
  return {
    text: `<b>${text}</b>`,
    xref: `${plot.x} domain` as "x domain",
    yref: `${plot.y} domain` as "y domain",
    x: 0,
    xanchor: "left",
    y: 1,
    yanchor: "bottom",
    showarrow: false,
    font: { color: inked(color) },
  };
}

/** An axis of one plot, with its title as text. */
export type GridAxis = Omit<Partial<LayoutAxis>, "title"> & { readonly title?: string };

/** Both axes of one plot; the vertical one has its title in the plots on the left alone. */
export function gridAxes(
  plot: GridPlot,
  { title: below = "", ...x }: GridAxis,
  { title: beside = "", ...y }: GridAxis,
): Record<string, Partial<LayoutAxis>> {
  return {
    [`xaxis${plot.suffix}`]: axis(below, { domain: plot.xDomain, anchor: plot.y, ...x }),
    [`yaxis${plot.suffix}`]: axis(plot.left ? beside : "", {
      domain: plot.yDomain,
      anchor: plot.x,
      ...y,
    }),
  };
}

/** What one plot adds to the layout of its grid. */
export interface GridPart {
  readonly axes: Record<string, Partial<LayoutAxis>>;
  readonly annotations: readonly Partial<Annotation>[];
  readonly shapes?: readonly Partial<Shape>[];
}

/** Layout of a grid. */
export interface GridLayout extends Omit<Partial<Layout>, "margin"> {
  readonly height: number;
  /** Room above the plots and below them, where it is not the theme's. */
  readonly margin?: { readonly t?: number; readonly b?: number };
}

/** The layout of all plots together. */
export function gridLayout(
  parts: readonly GridPart[],
  { height, margin, ...more }: GridLayout,
): Partial<Layout> {
  const base = theme(height);
  const shapes = parts.flatMap((part) => part.shapes ?? []);
  return {
    ...base,
    ...Object.assign({}, ...parts.map((part) => part.axes)),
    ...more,
    margin: { ...base.margin!, ...margin },
    ...(shapes.length > 0 ? { shapes } : {}),
    annotations: parts.flatMap((part) => part.annotations),
  };
}

/** Rows and columns of so many plots, two beside each other. */
export function twoColumns(plots: number): { readonly rows: number; readonly columns: number } {
  const columns = Math.min(2, plots);
  return { rows: Math.ceil(plots / columns), columns };
}
