/** The ladder of estimators against one benchmark, by market set. */

import type { Data } from "plotly.js-dist-min";
import type { ComparisonRow } from "../comparing/forecast-comparison.js";
import { drawn, type Figure, firstSets, sharedRange } from "./figure.js";
import {
  type GridAxis,
  type GridPlot,
  gridAxes,
  gridLayout,
  gridPlot,
  plotTitle,
  twoColumns,
} from "./grid.js";
import { BLUE, GREY } from "./theme.js";

/** Market sets of a figure at most: more are no page. */
const MOST = 8;

/**
 * RMSE change of every estimator against one benchmark, one plot per market set: frozen estimators as open circles, updated
 * ones as filled, with their bootstrap intervals; left of zero is better.
 *
 * @param all rows of one sample and benchmark, all coins together; those that were not compared are left out
 * @example
 * const shown = comparison.filter(({ benchmark, coin }) => benchmark === "zero" && coin === "all");
 * figureLadder(shown, "zero", "Walk-forward.").alt;
 * // "RMSE of pooled, historical, rolling minus that of zero, with intervals, one plot each for FIAT."
 */
export function figureLadder(
  all: readonly ComparisonRow[],
  benchmark: string,
  caption: string,
): Figure {
  const compared = all.filter(({ n }) => n > 0);
  const { rows, caption: said } = firstSets(compared, MOST, caption);
  const sets = [...new Set(rows.map((row) => row.marketSet))];
  const estimators = [...new Set(rows.map((row) => row.estimator))].reverse();
  const updates = (["frozen", "updated"] as const).filter((update) =>
    rows.some((row) => row.update === update),
  );
  const { rows: lines, columns } = twoColumns(sets.length);
  const range = sharedRange(
    rows
      .flatMap((row) => [row.rmseChange, row.changeLower, row.changeUpper])
      .filter(Number.isFinite),
  );
  const plots = sets.map((set, i) => {
    const at = gridPlot(i, { rows: lines, columns }, { x: 0.03, y: 0.2 / lines });
    const shown = rows.filter((row) => row.marketSet === set);
    const lowest = sets[i + columns] === undefined;
    return {
      data: updates.map((update) =>
        updateMarks(
          shown.filter((row) => row.update === update),
          { estimators, apart: updates.length > 1, ...LOOKS[update] },
          at,
        ),
      ),
      axes: gridAxes(
        at,
        {
          title: lowest ? `RMSE minus that of ${benchmark}: left is better` : "",
          range,
          zeroline: true,
        },
        { ...nameAxis(estimators), showticklabels: at.left },
      ),
      annotations: [plotTitle(at, set)],
    };
  });
  return {
    id: "ladder",
    caption: said,
    alt: `RMSE of ${[...estimators].reverse().join(", ")} minus that of ${benchmark}, with intervals, one plot each for ${sets.join(", ")}.`,
    data: plots.flatMap((plot) => plot.data),
    layout: gridLayout(plots, {
      height: 70 + lines * (50 + 18 * estimators.length),
      hovermode: "closest",
      margin: { t: 58, b: 44 },
    }),
  };
}

const nameAxis = (estimators: string[]): GridAxis => ({
  range: [-0.7, estimators.length - 0.3],
  tickvals: estimators.map((_, e) => e),
  ticktext: estimators,
  ticks: "",
  zeroline: false,
});

/** How the rows of one update look, and how far they lie above the line of their estimator where both updates are drawn. */
const LOOKS = {
  frozen: { name: "frozen", fill: "#ffffff", color: GREY, shift: 0.16 },
  updated: { name: "updated", fill: BLUE, color: BLUE, shift: -0.16 },
} as const;

interface Marks {
  readonly name: string;
  readonly fill: string;
  readonly color: string;
  readonly shift: number;
  readonly apart: boolean;
  readonly estimators: readonly string[];
}

/** Changes of all estimators with one update, with their intervals. */
function updateMarks(
  rows: readonly ComparisonRow[],
  { name, fill, color, shift, apart, estimators }: Marks,
  at: GridPlot,
): Data {
  return {
    type: "scatter",
    mode: "markers",
    name,
    legendgroup: name,
    showlegend: at.suffix === "",
    x: drawn(rows.map((row) => row.rmseChange)),
    y: rows.map((row) => estimators.indexOf(row.estimator) + (apart ? shift : 0)),
    text: rows.map((row) => `${row.estimator}, ${row.update}`),
    hovertemplate: "%{text}: %{x:.4f}<extra></extra>",
    xaxis: at.x,
    yaxis: at.y,
    error_x: {
      type: "data",
      symmetric: false,
      array: drawn(rows.map((row) => row.changeUpper - row.rmseChange)),
      arrayminus: drawn(rows.map((row) => row.rmseChange - row.changeLower)),
      thickness: 1.2,
      width: 0,
      color,
    },
    marker: { size: 6, color: fill, line: { width: 1.4, color } },
  };
}
