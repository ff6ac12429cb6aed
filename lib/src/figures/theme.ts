/** The look of all figures. */

import type { Annotation, Layout, LayoutAxis } from "plotly.js-dist-min";

/**
 * Colour-blind safe colours (Okabe and Ito 2008, its yellow darkened to be seen on white): four for coins, four for
 * markets, so that an asset has the same colour in every figure.
 */
const COINS = ["#d55e00", "#0072b2", "#6b7280", "#009e73"];
const MARKETS = ["#56b4e9", "#cc79a7", "#b8860b", "#1f2937"];

/** Colour of the i-th coin. */
export const coinColor = (i: number): string => COINS[i % COINS.length]!;

/** Colour of the i-th market. */
export const marketColor = (i: number): string => MARKETS[i % MARKETS.length]!;

/** In-sample and validation, fitted and reference lines. */
export const INK = "#1f2937";
export const GREY = "#6b7280";
export const BLUE = "#0072b2";
export const RED = "#d55e00";
export const SHADE = "rgba(107,114,128,0.13)";

/** A colour with an opacity, for bands. */
export function faded(hex: string, opacity: number): string {
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return `rgba(${channel(1)},${channel(3)},${channel(5)},${opacity})`;
}

/** Layout that every figure begins with. */
export function theme(height: number): Partial<Layout> {
  return {
    height,
    font: {
      family: "'Source Sans 3', 'Open Sans', Helvetica, Arial, sans-serif",
      size: 13,
      color: INK,
    },
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    margin: { l: 58, r: 14, t: 34, b: 34 },
    hovermode: "x unified",
    legend: {
      orientation: "h",
      x: 0,
      y: 1.06,
      xanchor: "left",
      yanchor: "bottom",
      traceorder: "normal",
    },
  };
}

/** Axis with a title that names quantity and unit. */
export function axis(
  title: string,
  more: Partial<LayoutAxis> = {},
): Partial<LayoutAxis> {
  return {
    title: { text: title, standoff: 8 },
    gridcolor: "#e5e7eb",
    zerolinecolor: "#9ca3af",
    linecolor: "#9ca3af",
    ticks: "outside",
    tickcolor: "#9ca3af",
    automargin: true,
    ...more,
  };
}

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
  rows: number,
  columns: number,
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
export function plotTitle(
  plot: GridPlot,
  text: string,
  color: string = INK,
): Partial<Annotation> {
  return {
    text: `<b>${text}</b>`,
    xref: `${plot.x} domain` as "x domain",
    yref: "paper",
    x: 0,
    xanchor: "left",
    y: plot.yDomain[1]!,
    yanchor: "bottom",
    showarrow: false,
    font: { color },
  };
}
