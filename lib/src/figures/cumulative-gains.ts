import type { Data, Layout } from "plotly.js-dist-min";
import type { CumulativeGain } from "../comparing/out-of-sample-tests.js";
import { drawn, type Figure, sharedRange } from "./figure.js";
import { axis, BLUE, gridPlot, plotTitle, RED, SHADE, theme } from "./theme.js";

const COLORS = [BLUE, RED];

/**
 * Cumulative squared-error difference to the pooled constant, one plot per market set on one scale: a line rises while its
 * estimator is better. Frozen estimators are drawn through, updated ones dashed.
 *
 * @param gains of few estimators, on the same dates
 * @param unseenFrom the dates from here on are shaded
 * @example
 * figureCumulativeGains(cumulativeGains(walked, sample.range), "2024-01", "Walk-forward.").data.length; // 5
 */
export function figureCumulativeGains(
  gains: readonly CumulativeGain[],
  unseenFrom: string,
  caption: string,
): Figure {
  const sets = [...new Set(gains.map((of) => of.marketSet))];
  const estimators = [...new Set(gains.map((of) => of.estimator))];
  const columns = Math.min(2, sets.length);
  const rows = Math.ceil(sets.length / columns);
  const range = sharedRange([0, ...gains.flatMap((of) => of.cumulative)]);
  const plots = sets.map((set, i) => ({
    set,
    at: gridPlot(i, rows, columns, { x: 0.05, y: 0.32 / rows }),
  }));
  const { dates } = gains[0]!;
  // A period begins where the one before it ends.
  const before = dates[dates.findIndex((date) => date >= unseenFrom) - 1];
  const axes = plots.map(({ at }) => ({
    [`xaxis${at.suffix}`]: axis("", {
      domain: at.xDomain,
      anchor: at.y,
      type: "date",
      range: [dates[0]!, dates.at(-1)!],
    }),
    [`yaxis${at.suffix}`]: axis(at.left ? "squared log return" : "", {
      domain: at.yDomain,
      anchor: at.x,
      range,
      zeroline: true,
      showticklabels: at.left,
    }),
  }));
  const base = theme(80 + 150 * rows);
  const layout: Partial<Layout> = {
    ...base,
    ...Object.assign({}, ...axes),
    margin: { ...base.margin!, t: 58 },
    shapes: plots.map(({ at }) => ({
      type: "rect",
      layer: "below",
      xref: at.x,
      yref: `${at.y} domain` as "y domain",
      x0: before ?? dates[0]!,
      x1: dates.at(-1)!,
      y0: 0,
      y1: 1,
      fillcolor: SHADE,
      line: { width: 0 },
    })),
    annotations: plots.map(({ set, at }) => plotTitle(at, set)),
  };
  return {
    id: "cumulative-gains",
    caption,
    alt: `Lines of the cumulative squared-error difference between the pooled constant and ${estimators.join(", ")}, one plot each for ${sets.join(", ")}; dates from ${unseenFrom} on are shaded.`,
    data: plots.flatMap(({ set, at }) =>
      gains
        .filter((of) => of.marketSet === set)
        .map(({ estimator, update, cumulative, ...of }): Data => {
          const name = `${estimator}, ${update}`;
          return {
            type: "scatter",
            mode: "lines",
            name,
            legendgroup: name,
            showlegend: at.suffix === "",
            x: [...of.dates],
            y: drawn(cumulative),
            xaxis: at.x,
            yaxis: at.y,
            line: {
              color: COLORS[estimators.indexOf(estimator) % COLORS.length]!,
              dash: update === "frozen" ? "solid" : "dash",
              width: 1.6,
            },
          };
        }),
    ),
    layout,
  };
}
