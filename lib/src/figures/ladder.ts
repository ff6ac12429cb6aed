import type { Data, Layout } from "plotly.js-dist-min";
import type { ComparisonRow } from "../comparing/forecast-comparison.js";
import { drawn, type Figure, sharedRange } from "./figure.js";
import { axis, BLUE, GREY, gridPlot, plotTitle, theme } from "./theme.js";

/**
 * RMSE change of every estimator against one benchmark, one plot per market set: frozen estimators as open circles, updated
 * ones as filled, with their bootstrap intervals; left of zero is better.
 *
 * @param rows of one sample and benchmark, all coins together
 * @example
 * const shown = comparison.filter(({ benchmark, coin }) => benchmark === "zero" && coin === "all");
 * figureLadder(shown, "zero", "Walk-forward.").alt;
 * // "RMSE of pooled, historical, rolling minus that of zero, with intervals, one plot each for FIAT."
 */
export function figureLadder(
  rows: readonly ComparisonRow[],
  benchmark: string,
  caption: string,
): Figure {
  const sets = [...new Set(rows.map((row) => row.marketSet))];
  const estimators = [...new Set(rows.map((row) => row.estimator))].reverse();
  const columns = Math.min(2, sets.length);
  const lines = Math.ceil(sets.length / columns);
  const height = 50 + 16 * estimators.length;
  const range = sharedRange(
    rows
      .flatMap((row) => [row.rmseChange, row.changeLower, row.changeUpper])
      .filter(Number.isFinite),
  );
  const plots = sets.map((set, i) => {
    const at = gridPlot(i, lines, columns, { x: 0.03, y: 0.2 / lines });
    const of = rows.filter((row) => row.marketSet === set);
    const points = (update: string, shift: number): Data => {
      const some = of.filter((row) => row.update === update);
      return {
        type: "scatter",
        mode: "markers",
        name: update,
        legendgroup: update,
        showlegend: i === 0,
        x: drawn(some.map((row) => row.rmseChange)),
        y: some.map((row) => estimators.indexOf(row.estimator) + shift),
        text: some.map((row) => `${row.estimator}, ${row.update}`),
        hovertemplate: "%{text}: %{x:.4f}<extra></extra>",
        xaxis: at.x,
        yaxis: at.y,
        error_x: {
          type: "data",
          symmetric: false,
          array: drawn(some.map((row) => row.changeUpper - row.rmseChange)),
          arrayminus: drawn(some.map((row) => row.rmseChange - row.changeLower)),
          thickness: 1.2,
          width: 0,
          color: update === "frozen" ? GREY : BLUE,
        },
        marker: {
          size: 6,
          color: update === "frozen" ? "#ffffff" : BLUE,
          line: { width: 1.4, color: update === "frozen" ? GREY : BLUE },
        },
      };
    };
    return {
      data: [points("frozen", 0.16), points("updated", -0.16)],
      axes: {
        [`xaxis${at.suffix}`]: axis(
          Math.floor(i / columns) === lines - 1 ? `RMSE minus that of ${benchmark}` : "",
          { domain: at.xDomain, anchor: at.y, range, zeroline: true },
        ),
        [`yaxis${at.suffix}`]: axis("", {
          domain: at.yDomain,
          anchor: at.x,
          range: [-0.7, estimators.length - 0.3],
          tickvals: estimators.map((_, e) => e),
          ticktext: estimators,
          showticklabels: at.left,
          ticks: "",
          zeroline: false,
        }),
      },
      annotation: plotTitle(at, set),
    };
  });
  const base = theme(70 + lines * height);
  const layout: Partial<Layout> = {
    ...base,
    ...Object.assign({}, ...plots.map((plot) => plot.axes)),
    hovermode: "closest",
    margin: { ...base.margin!, t: 58, b: 44 },
    annotations: plots.map((plot) => plot.annotation),
  };
  return {
    id: "ladder",
    caption,
    alt: `RMSE of ${[...estimators].reverse().join(", ")} minus that of ${benchmark}, with intervals, one plot each for ${sets.join(", ")}.`,
    data: plots.flatMap((plot) => plot.data),
    layout,
  };
}
