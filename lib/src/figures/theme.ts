/** The look of all figures. */

import type { Layout, LayoutAxis } from "plotly.js-dist-min";

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

/** Dashes tell lines apart where colour is not seen. */
export const dashOf = (i: number): "solid" | "dash" | "dot" | "dashdot" =>
  (["solid", "dash", "dot", "dashdot"] as const)[i % 4]!;

export const GREY = "#6b7280";
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
      family: "Open Sans, Helvetica, Arial, sans-serif",
      size: 12,
      color: "#1f2937",
    },
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    margin: { l: 62, r: 16, t: 30, b: 44 },
    hovermode: "x unified",
    legend: {
      orientation: "h",
      x: 0,
      y: 1.02,
      xanchor: "left",
      yanchor: "bottom",
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
