/** The look of all figures. */

import type { Layout, LayoutAxis } from "plotly.js-dist-min";

/**
 * Colour-blind safe colours (Okabe and Ito 2008, its yellow and sky blue darkened: every line has a contrast of 3 to white):
 * four for coins, four for markets, so that an asset has the same colour in every figure. In grey they are alike: where
 * lines share a plot, dashes, symbols or lightness tell them apart too.
 */
const COINS = ["#d55e00", "#0072b2", "#6b7280", "#009e73"];
const MARKETS = ["#3591cc", "#cc79a7", "#b8860b", "#1f2937"];

/** Colour of the i-th coin. */
export const coinColor = (i: number): string => COINS[i % COINS.length]!;

/** Colour of the i-th market. */
export const marketColor = (i: number): string => MARKETS[i % MARKETS.length]!;

/** In-sample and validation, fitted and reference lines. */
export const INK = "#1f2937";
export const GREY = "#6b7280";
export const PALE = "#8b93a0";
export const BLUE = "#0072b2";
export const RED = "#d55e00";
export const SHADE = "rgba(107,114,128,0.13)";

/** Red, green and blue of a colour like #6b7280. */
const channels = (hex: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** A colour with an opacity, for bands. */
export function faded(hex: string, opacity: number): string {
  return `rgba(${channels(hex).join(",")},${opacity})`;
}

/** A colour dark enough for words: a third of it is ink. */
export function inked(hex: string): string {
  const ink = channels(INK);
  const mixed = channels(hex).map((c, i) => Math.round(0.65 * c + 0.35 * ink[i]!));
  return `#${mixed.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
}

/** In pixels at a width of 760: 7.8 points where that is printed as 174 mm. */
const FONT_SIZE = 12;

/** Layout that every figure begins with. The legend hangs from the upper edge, so that more rows take no room from the plots' titles. */
export function theme(height: number): Partial<Layout> {
  return {
    height,
    font: {
      family: "'Source Sans 3', 'Open Sans', Helvetica, Arial, sans-serif",
      size: FONT_SIZE,
      color: INK,
    },
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    margin: { l: 58, r: 14, t: 34, b: 34 },
    hovermode: "x unified",
    legend: {
      orientation: "h",
      x: 0,
      xanchor: "left",
      y: 1,
      yref: "container",
      yanchor: "top",
      traceorder: "normal",
    },
  };
}

/** Axis with a title that names quantity and unit; none where that is empty. */
export function axis(title: string, more: Partial<LayoutAxis> = {}): Partial<LayoutAxis> {
  return {
    // Without a text, Plotly would leave room for one.
    ...(title === "" ? {} : { title: { text: title, standoff: 8, font: { size: FONT_SIZE } } }),
    gridcolor: "#e5e7eb",
    zerolinecolor: "#9ca3af",
    linecolor: "#9ca3af",
    ticks: "outside",
    tickcolor: "#9ca3af",
    automargin: true,
    ...more,
  };
}

/** A market set on lines of two names: "FIAT+EQUITY+GOLD" would be too long for a narrow plot. */
export const setLines = (marketSet: string): string => marketSet.replace(/(\+[^+]+)\+/g, "$1+<br>");

/** A name as part of a file's: "^GSPC" is gspc. */
export const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
