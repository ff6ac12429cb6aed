/** Growth of portfolios sorted by beta. */

import type { Data } from "plotly.js-dist-min";
import type { PortfolioSort } from "../comparing/portfolio-sorts.js";
import { wealthOf } from "../portfolios/performance.js";
import type { PortfolioReturns } from "../portfolios/returns.js";
import { drawn, type Figure, sharedRange } from "./figure.js";
import { type GridPlot, gridAxes, gridLayout, gridPlot, plotTitle, twoColumns } from "./grid.js";
import { BLUE, GREY, INK, marketColor, RED } from "./theme.js";

/** Ticks of the logarithmic axis. */
const TICKS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

/**
 * Growth of one unit in every quantile portfolio and in the long-short portfolio, before costs, one plot per market, all on
 * one logarithmic scale.
 *
 * @param sorts sound sorts by one estimator, one per market
 * @param caption the finding, as the cell measured it
 * @example
 * const shown = sorts.filter(({ definition, estimator }) => definition === "sound" && estimator === "rolling");
 * figurePortfolioWealth(shown, "Wealth.").data.length; // 3: two quantiles and the long-short portfolio
 */
export function figurePortfolioWealth(sorts: readonly PortfolioSort[], caption: string): Figure {
  const { rows, columns } = twoColumns(sorts.length);
  const plots = sorts.map(({ market, sort, portfolios }, i) => ({
    market,
    at: gridPlot(i, { rows, columns }, { x: 0.07, y: 0.28 / rows }),
    lines: portfolios.slice(0, sort.quantiles + 1).map(wealthLine),
    quantiles: sort.quantiles,
  }));
  const logs = plots
    .flatMap(({ lines }) => lines.flatMap(({ wealth }) => wealth))
    .filter((w) => w > 0)
    .map(Math.log10);
  const range = sharedRange([0, ...logs]);
  const parts = plots.map(({ at, market }, k) => ({
    axes: gridAxes(
      at,
      { type: "date" },
      {
        title: "growth of 1 (log scale)",
        type: "log",
        range,
        tickvals: TICKS,
        ticktext: TICKS.map(String),
        showticklabels: at.left,
      },
    ),
    annotations: [plotTitle(at, `sorted by beta on ${market}`, marketColor(k))],
  }));
  const { estimator } = sorts[0]!;
  return {
    id: "portfolio-wealth",
    caption,
    alt: `Growth of one unit in portfolios of coins sorted by ${estimator} beta, one plot each for ${plots.map(({ market }) => market).join(", ")}: from the lowest to the highest betas, and long the highest and short the lowest.`,
    data: plots.flatMap(({ lines, at, quantiles }) =>
      lines.map((line, q) => trace(line, lookOf(q, quantiles), at)),
    ),
    layout: gridLayout(parts, { height: 90 + 190 * rows, margin: { t: 52 } }),
  };
}

interface WealthLine {
  readonly dates: readonly string[];
  readonly wealth: readonly number[];
}

/** Wealth from one unit on the date before the first return; dates without a return are left out. */
function wealthLine({ dates, growth }: PortfolioReturns): WealthLine {
  const held = [...growth.keys()].filter((t) => !Number.isNaN(growth[t]!));
  const first = held[0] ?? 0;
  return {
    dates: [...dates.slice(Math.max(0, first - 1), first), ...held.map((t) => dates[t]!)],
    wealth: [...(first > 0 ? [1] : []), ...wealthOf(held.map((t) => growth[t]!))],
  };
}

interface Look {
  readonly name: string;
  readonly color: string;
  readonly dash: "solid" | "dash" | "dot" | "dashdot";
}

const HIGH_MINUS_LOW: Look = {
  name: "high minus low",
  color: INK,
  dash: "dot",
};

/** Lines that are told apart without colour too. */
function lookOf(q: number, quantiles: number): Look {
  if (q === quantiles) return HIGH_MINUS_LOW;
  if (q === 0) return { name: "lowest betas", color: BLUE, dash: "solid" };
  return q === quantiles - 1
    ? { name: "highest betas", color: RED, dash: "dash" }
    : { name: `quantile ${q + 1}`, color: GREY, dash: "dashdot" };
}

function trace({ dates, wealth }: WealthLine, { name, color, dash }: Look, plot: GridPlot): Data {
  return {
    type: "scatter",
    mode: "lines",
    name,
    legendgroup: name,
    showlegend: plot.suffix === "",
    x: [...dates],
    y: drawn(wealth),
    xaxis: plot.x,
    yaxis: plot.y,
    line: { color, dash, width: 2 },
  };
}
