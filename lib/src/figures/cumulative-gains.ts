/** Where an estimator gains on the pooled constant, and where it loses. */

import type { Data, Shape } from "plotly.js-dist-min";
import type { CumulativeGain } from "../comparing/out-of-sample-tests.js";
import { drawn, type Figure, firstSets, sharedRange } from "./figure.js";
import { type GridPlot, gridAxes, gridLayout, gridPlot, plotTitle, twoColumns } from "./grid.js";
import { BLUE, RED, SHADE } from "./theme.js";

/** Estimators are told apart without colour too. */
const LOOKS = [
  { color: BLUE, frozen: "solid", updated: "dash" },
  { color: RED, frozen: "dot", updated: "dashdot" },
] as const;

/** Market sets of a figure at most: more are no page. */
const MOST = 18;

/**
 * Cumulative squared-error difference to the pooled constant, one plot per market set on one scale: a line rises while its
 * estimator is better. Every estimator and update has a dash of its own.
 *
 * @param all gains of few estimators, on the same dates
 * @param unseenFrom the dates from here on are shaded
 * @throws RangeError if there are no gains
 * @example
 * figureCumulativeGains(cumulativeGains(walked, sample.range), "2024-01", "Walk-forward.").data.length; // 5
 */
export function figureCumulativeGains(
  all: readonly CumulativeGain[],
  unseenFrom: string,
  caption: string,
): Figure {
  if (all.length === 0)
    throw new RangeError(
      "figureCumulativeGains: there must be gains of an estimator at least, got none; widen the sample",
    );
  const { rows: gains, caption: said } = firstSets(all, MOST, caption);
  const sets = [...new Set(gains.map(({ marketSet }) => marketSet))];
  const estimators = [...new Set(gains.map(({ estimator }) => estimator))];
  const { rows, columns } = twoColumns(sets.length);
  const range = sharedRange([0, ...gains.flatMap(({ cumulative }) => cumulative)]);
  const { dates } = gains[0]!;
  const ends = { from: dates[0]!, through: dates.at(-1)! };
  // A period begins where the one before it ends.
  const before = dates[dates.findIndex((date) => date >= unseenFrom) - 1] ?? ends.from;
  const plots = sets.map((set, i) => {
    const at = gridPlot(i, { rows, columns }, { x: 0.05, y: 0.32 / rows });
    return {
      data: gains
        .filter(({ marketSet }) => marketSet === set)
        .map((gain) => gainLine(gain, LOOKS[estimators.indexOf(gain.estimator) % 2]!, at)),
      axes: gridAxes(
        at,
        { type: "date", range: [ends.from, ends.through] },
        {
          title: "gain, squared<br>log return (up is better)",
          range,
          zeroline: true,
          showticklabels: at.left,
        },
      ),
      shapes: [ground(before, ends.through, at)],
      annotations: [plotTitle(at, set)],
    };
  });
  return {
    id: "cumulative-gains",
    caption: said,
    alt: `Lines of the cumulative squared-error difference between the pooled constant and ${estimators.join(", ")}, one plot each for ${sets.join(", ")}; dates from ${unseenFrom} on are shaded.`,
    data: plots.flatMap(({ data }) => data),
    layout: gridLayout(plots, { height: 80 + 150 * rows, margin: { t: 58 } }),
  };
}

function ground(from: string, through: string, at: GridPlot): Partial<Shape> {
  return {
    type: "rect",
    layer: "below",
    xref: at.x,
    yref: `${at.y} domain` as "y domain",
    x0: from,
    x1: through,
    y0: 0,
    y1: 1,
    fillcolor: SHADE,
    line: { width: 0 },
  };
}

function gainLine(
  { estimator, update, dates, cumulative }: CumulativeGain,
  look: (typeof LOOKS)[number],
  at: GridPlot,
): Data {
  const name = `${estimator}, ${update}`;
  return {
    type: "scatter",
    mode: "lines",
    name,
    legendgroup: name,
    showlegend: at.suffix === "",
    x: [...dates],
    y: drawn(cumulative),
    xaxis: at.x,
    yaxis: at.y,
    line: { color: look.color, dash: look[update], width: 1.6 },
  };
}
