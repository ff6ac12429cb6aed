/** What the factors change of the RMSE, by experiment and market set. */

import type { Data, Shape } from "plotly.js-dist-min";
import type { FactorGainRow } from "../comparing/factor-gain.js";
import { drawn, type Figure, firstSets, sharedRange } from "./figure.js";
import { type GridAxis, type GridPlot, gridAxes, gridLayout, gridPlot, plotTitle } from "./grid.js";
import { BLUE, faded, GREY, INK, RED } from "./theme.js";

/** Estimators are told apart without colour too. */
const LOOKS = [
  { color: BLUE, symbol: "circle" },
  { color: RED, symbol: "circle-open" },
  { color: GREY, symbol: "diamond" },
  { color: INK, symbol: "square-open" },
] as const;

/** Market sets of a figure at most: more are no page. */
const MOST = 18;

const TITLES: Readonly<Record<FactorGainRow["experiment"], string>> = {
  A: "A: factors as lagged inputs",
  B: "B: factors as further hedges",
};

/**
 * Change of the RMSE by the factors with its interval, one plot per experiment, one line per market set; left of zero the
 * factors help.
 *
 * @param all rows of one sample
 * @param region the change that is claimed, shaded; decimals
 * @example
 * figureFactorGain(gains, { lower: -0.03, upper: -0.02 }, "Walk-forward.").data.length; // 1: the pooled constant in B
 */
export function figureFactorGain(
  all: readonly FactorGainRow[],
  region: { readonly lower: number; readonly upper: number },
  caption: string,
): Figure {
  const { rows, caption: said } = firstSets(all, MOST, caption);
  const sets = [...new Set(rows.map((row) => row.marketSet))];
  const estimators = [...new Set(rows.map((row) => row.estimator))];
  const experiments = [...new Set(rows.map((row) => row.experiment))].sort();
  const range = sharedRange(
    [
      ...rows.flatMap((row) => [row.change, row.lower, row.upper]),
      ...[0, region.lower, region.upper],
    ]
      .filter(Number.isFinite)
      .map((change) => 100 * change),
  );
  const plots = experiments.map((experiment, i) => {
    const at = gridPlot(i, { rows: 1, columns: experiments.length }, { x: 0.03, y: 0 });
    return {
      experiment,
      at,
      axes: gridAxes(
        at,
        { title: "change of RMSE, %: left is better", range, nticks: 9, zeroline: true },
        { ...setAxis(sets), showticklabels: at.left },
      ),
      shapes: [{ ...claimedGround(region, at), showlegend: i === 0 }],
      annotations: [plotTitle(at, TITLES[experiment])],
    };
  });
  return {
    id: "factor-gain",
    caption: said,
    alt: `Points with intervals of the RMSE's change by the factors, one line each for ${sets.join(", ")}, for ${estimators.join(", ")}; ${plots.map(({ experiment }) => TITLES[experiment]).join("; ")}. The claimed ${100 * region.lower} to ${100 * region.upper} % are shaded.`,
    data: plots.flatMap(({ experiment, at }) =>
      estimators.flatMap((estimator, e) => {
        const own = rows.filter((row) => row.estimator === estimator);
        const some = own.filter((row) => row.experiment === experiment);
        const shift = 0.2 * (e - (estimators.length - 1) / 2);
        const y = some.map((row) => sets.indexOf(row.marketSet) + shift);
        // Once: a candidate without inputs has no row of A.
        const look = { ...LOOKS[e % LOOKS.length]!, showlegend: own[0]!.experiment === experiment };
        return some.length > 0 ? [points(some, y, { ...look, at })] : [];
      }),
    ),
    layout: gridLayout(plots, {
      height: 108 + 17 * sets.length * estimators.length,
      hovermode: "closest",
      // Two rows of the legend.
      margin: { t: 70, b: 44 },
    }),
  };
}

const setAxis = (sets: readonly string[]): GridAxis => ({
  // The first set on top.
  range: [sets.length - 0.5, -0.5],
  tickvals: sets.map((_, s) => s),
  ticktext: sets.map((set) => set.replace(/\+.+\+/, "+…+")),
  ticks: "",
  zeroline: false,
});

function claimedGround(
  { lower, upper }: { readonly lower: number; readonly upper: number },
  at: GridPlot,
): Partial<Shape> {
  return {
    type: "rect",
    name: "claimed by the report",
    layer: "below",
    xref: at.x,
    yref: `${at.y} domain` as "y domain",
    x0: 100 * lower,
    x1: 100 * upper,
    y0: 0,
    y1: 1,
    fillcolor: faded(GREY, 0.3),
    line: { width: 0 },
  };
}

/** Where points stand, and how they look. */
type Points = (typeof LOOKS)[number] & { readonly at: GridPlot; readonly showlegend: boolean };

function points(
  rows: readonly FactorGainRow[],
  y: number[],
  { at, color, symbol, showlegend }: Points,
): Data {
  const { estimator, update } = rows[0]!;
  const name = `${estimator}, ${update}`;
  const percent = (value: (row: FactorGainRow) => number) =>
    drawn(rows.map((row) => 100 * value(row)));
  return {
    type: "scatter",
    mode: "markers",
    name,
    legendgroup: name,
    showlegend,
    x: percent((row) => row.change),
    y,
    text: rows.map((row) => `${row.marketSet}, ${name}`),
    hovertemplate: "%{text}: %{x:.2f} %<extra></extra>",
    xaxis: at.x,
    yaxis: at.y,
    error_x: {
      type: "data",
      symmetric: false,
      array: percent((row) => row.upper - row.change),
      arrayminus: percent((row) => row.change - row.lower),
      color,
      thickness: 1.2,
      width: 0,
    },
    marker: { size: 6, color, symbol, line: { color, width: 1.4 } },
  };
}
