/** Betas over time by coin and start, with blocks, halvings and stress marked. */

import type { Data, Shape } from "plotly.js-dist-min";
import { betaSeries, type DatedBeta } from "../betas/series.js";
import type { MarketBetas, NetworkBetas } from "../models/network-betas.js";
import { inRange } from "../panel/calendar.js";
import type { DateRange } from "../types.js";
import { betaTraces } from "./beta-traces.js";
import { type Figure, firstShown, sharedRange } from "./figure.js";
import { type GridPlot, gridAxes, gridLayout, gridPlot, plotTitle } from "./grid.js";
import { coinColor, INK, SHADE, slug } from "./theme.js";

/** What every plot marks. */
export interface BetaDynamicsMarks {
  /** Blocks by their names, each on a ground of its own; a date belongs to the first that holds it. */
  readonly blocks: Readonly<Record<string, DateRange>>;
  /** Days with a vertical line; those outside the dates are left out. */
  readonly halvings: readonly string[];
  /** Dates with a mark at the bottom. */
  readonly stress: readonly string[];
}

/** Coins of a figure at most: more are no page. */
const MOST = 10;

/** Grounds of the blocks, in time: in-sample darkest, what no choice saw in another hue. */
const GROUNDS = [SHADE, "rgba(107,114,128,0.06)", "rgba(86,180,233,0.10)", "rgba(240,228,66,0.24)"];

/**
 * Betas on one market over time with their seed bands, one row per coin and one column per start, all on one scale: fitted
 * dates thin, walk-forward dates thick.
 *
 * @example
 * const marks = { blocks: { ...study.split }, halvings: HALVINGS, stress: stressDates(panel, "EQUITY", 0.1) };
 * figureBetaDynamics(markets[0]!, marks, "Betas on the dollar.").id; // "beta-dynamics-fiat"
 */
export function figureBetaDynamics(
  { market, starts }: MarketBetas,
  marks: BetaDynamicsMarks,
  caption: string,
): Figure {
  const { coins: all, dates } = starts[0]!.fitted;
  const { shown: coins, caption: said } = firstShown(all, MOST, { caption, what: "coins" });
  const series = (networks: NetworkBetas, coin: string) =>
    [networks.fitted, networks.walkForward].map((path) => betaSeries(path, coin, market));
  const betas = starts.flatMap((networks) =>
    coins.flatMap((coin) => series(networks, coin).flat()),
  );
  const range = sharedRange(betas.flatMap(({ lower, upper }) => [lower, upper]));
  const seen = new Set(betas.map(({ date }) => date));
  const shown = dates.filter((date) => seen.has(date));
  const within = { from: shown[0]!, through: shown.at(-1)! };
  const stress = marks.stress.filter((date) => inRange(date, within));
  const plots = coins.flatMap((coin, i) =>
    starts.map((networks, s) => {
      const at = gridPlot(
        i * starts.length + s,
        { rows: coins.length, columns: starts.length },
        {
          x: 0.05,
          y: 0.2 / coins.length,
        },
      );
      const last = i === coins.length - 1;
      return {
        data: [
          ...dynamics(series(networks, coin), coinColor(i), at),
          stressMarks(stress, range[0] + 0.05 * (range[1] - range[0]), at),
        ],
        axes: gridAxes(
          at,
          { type: "date", nticks: 5, tickangle: 0, showticklabels: last },
          { title: `β on ${market}`, range, showticklabels: at.left },
        ),
        shapes: grounds(at, shown, marks),
        annotations: [plotTitle(at, `${coin}, start ${networks.start}`, coinColor(i))],
      };
    }),
  );
  const named = [
    ...plots.flatMap(({ shapes }) => shapes.map((shape) => shape.name!)),
    ...(stress.length > 0 ? ["stress"] : []),
  ];
  return {
    id: `beta-dynamics-${slug(market)}`,
    caption: said,
    alt: `Beta on ${market} by date with the range over seeds, one plot for each of ${coins.join(", ")} and each start (${starts.map(({ start }) => start).join(", ")}); marked: ${[...new Set(named)].join(", ")}.`,
    data: plots.flatMap((plot) => plot.data),
    layout: gridLayout(plots, { height: 100 + 150 * coins.length, margin: { t: 54 } }),
  };
}

/** Fitted betas thin, walk-forward betas thick. */
function dynamics(series: readonly DatedBeta[][], color: string, at: GridPlot): Data[] {
  const [fitted, walkForward] = series;
  const style = { color, banded: true };
  return [
    ...betaTraces(fitted!, at, { ...style, name: "fitted", width: 1.2 }),
    ...betaTraces(walkForward!, at, { ...style, name: "walk-forward", width: 2.4 }),
  ];
}

function stressMarks(dates: string[], height: number, at: GridPlot): Data {
  return {
    type: "scatter",
    mode: "markers",
    name: "stress",
    showlegend: at.suffix === "" && dates.length > 0,
    x: dates,
    y: dates.map(() => height),
    xaxis: at.x,
    yaxis: at.y,
    hoverinfo: "skip",
    cliponaxis: false,
    marker: { symbol: "triangle-up", size: 6, color: INK },
  };
}

/** Ground of each block from the end of the date before it, and lines at the halvings. */
function grounds(
  plot: GridPlot,
  dates: readonly string[],
  { blocks, halvings }: BetaDynamicsMarks,
): Partial<Shape>[] {
  const place = {
    xref: plot.x,
    yref: `${plot.y} domain` as "y domain",
    y0: 0,
    y1: 1,
    layer: "below",
  } as const;
  const names = Object.keys(blocks);
  const blockOf = (date: string) => names.findIndex((name) => inRange(date, blocks[name]!));
  const first = plot.suffix === "";
  const inside = halvings.filter((day) => day >= dates[0]! && day <= dates.at(-1)!);
  return [
    ...names.flatMap((name, b): Partial<Shape>[] => {
      const own = dates.filter((date) => blockOf(date) === b);
      const before = dates[dates.indexOf(own[0]!) - 1] ?? own[0]!;
      return own.length === 0
        ? []
        : [
            {
              ...place,
              type: "rect",
              name,
              showlegend: first,
              x0: before,
              x1: own.at(-1)!,
              fillcolor: GROUNDS[b % GROUNDS.length]!,
              line: { width: 0 },
            },
          ];
    }),
    ...inside.map(
      (day, i): Partial<Shape> => ({
        ...place,
        layer: "above",
        type: "line",
        name: "halving",
        showlegend: first && i === 0,
        x0: day,
        x1: day,
        line: { color: INK, width: 1, dash: "dash" },
      }),
    ),
  ];
}
