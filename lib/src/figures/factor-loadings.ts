/** Loadings of the coins on the factors, with intervals. */

import type { Data } from "plotly.js-dist-min";
import type { FactorRegressionRow } from "../comparing/factor-regressions.js";
import { drawn, type Figure, firstShown, sharedRange } from "./figure.js";
import {
  type GridAxis,
  type GridPlot,
  gridAxes,
  gridLayout,
  gridPlot,
  plotTitle,
  twoColumns,
} from "./grid.js";
import { BLUE, coinColor, GREY } from "./theme.js";

/** Coins of a figure at most: more are no page. */
const MOST = 12;

/** Half the room between the points of two vintages. */
const SPREAD = 0.13;

/** Vintages are told apart without colour too. */
const LOOKS = [
  { color: BLUE, symbol: "circle" },
  { color: GREY, symbol: "diamond-open" },
] as const;

/**
 * Loadings on every factor with their 95 % intervals, one plot per coin, one series of points per vintage.
 *
 * @param rows of one sample; alphas are left out
 * @example
 * const loadings = factorRegressions(panel, { "2025-12": factors });
 * figureFactorLoadings(loadings, "Coins load on the stock market.").alt;
 * // "Points with intervals of the loadings on Mkt-RF, SMB, HML, RMW, CMA, one plot each for BTC, ETH, LTC, BCH."
 */
export function figureFactorLoadings(
  rows: readonly FactorRegressionRow[],
  caption: string,
): Figure {
  const loadings = rows.filter(({ factor }) => factor !== "alpha");
  const [all, factors, vintages] = (["coin", "factor", "vintage"] as const).map((key) => [
    ...new Set(loadings.map((row) => row[key])),
  ]) as [string[], string[], string[]];
  const { shown: coins, caption: said } = firstShown(all, MOST, { caption, what: "coins" });
  const { rows: lines, columns } = twoColumns(coins.length);
  const range = sharedRange(
    loadings.flatMap((row) => [0, row.coefficient, row.lower, row.upper]).filter(Number.isFinite),
  );
  const plots = coins.map((coin, i) => {
    const at = gridPlot(i, { rows: lines, columns }, { x: 0.07, y: 0.4 / lines });
    const data = vintages.map((vintage, v) =>
      points(
        loadings.filter((row) => row.coin === coin && row.vintage === vintage),
        { shift: (2 * v - (vintages.length - 1)) * SPREAD, ...LOOKS[v % LOOKS.length]! },
        at,
      ),
    );
    return {
      data,
      axes: gridAxes(at, factorAxis(factors), { title: "loading", range, showticklabels: at.left }),
      annotations: [plotTitle(at, coin, coinColor(i))],
    };
  });
  return {
    id: "factor-loadings",
    caption: said,
    alt: `Points with intervals of the loadings on ${factors.join(", ")}, one plot each for ${coins.join(", ")}${vintages.length > 1 ? `, side by side for factors of the vintages ${vintages.join(", ")}` : ""}.`,
    data: plots.flatMap(({ data }) => data),
    layout: gridLayout(plots, {
      height: 90 + 205 * lines,
      hovermode: "closest",
      margin: { t: 52 },
    }),
  };
}

const factorAxis = (factors: readonly string[]): GridAxis => ({
  tickvals: factors.map((_, f) => f),
  // Names stay level in narrow plots: Mkt-RF takes two lines.
  ticktext: factors.map((name) => name.replace("-", "-<br>")),
  tickangle: 0,
  range: [-0.5, factors.length - 0.5],
  showgrid: false,
  zeroline: false,
});

function points(
  rows: readonly FactorRegressionRow[],
  { shift, color, symbol }: (typeof LOOKS)[number] & { readonly shift: number },
  plot: GridPlot,
): Data {
  const name = `vintage ${rows[0]?.vintage}`;
  return {
    type: "scatter",
    mode: "markers",
    name,
    legendgroup: name,
    showlegend: plot.suffix === "",
    x: drawn(rows.map((_, f) => f + shift)),
    y: drawn(rows.map((row) => row.coefficient)),
    error_y: {
      type: "data",
      symmetric: false,
      array: drawn(rows.map((row) => row.upper - row.coefficient)),
      arrayminus: drawn(rows.map((row) => row.coefficient - row.lower)),
      color,
      thickness: 1.4,
      width: 3,
    } as object,
    xaxis: plot.x,
    yaxis: plot.y,
    marker: { size: 7, color, symbol },
  };
}
