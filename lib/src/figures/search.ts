/** The search: every configuration by market set and start. */

import type { Data, Layout } from "plotly.js-dist-min";
import type { NullScores } from "../comparing/nulls.js";
import type { SearchRow } from "../models/search.js";
import { drawn, type Figure } from "./figure.js";
import { axis, BLUE, faded, GREY, INK, RED, setLines, theme } from "./theme.js";

/** Half the width of the room that the points of one start take beside their market set. */
const SPREAD = 0.16;

const TICKS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1, 2];

/** What the networks of a search are held against. */
export interface SearchReferences {
  /** Validation RMSE of no hedge, and of the pooled constant by market set. */
  readonly nulls: NullScores;
  /** Validation RMSE that the report prints, by market set; empty under another study. */
  readonly reported: Readonly<Record<string, number>>;
}

/**
 * Validation RMSE of every configuration by market set, sorted, one strip of points per start; the nulls as lines, and
 * the report's best as crosses.
 *
 * @example
 * const nulls = nullScores(panel, small);
 * figureSearch(rows, { nulls, reported: {} }, "Two market sets.").alt;
 * // "Points of the validation RMSE of every configuration for FIAT, GOLD, sorted, by start (glorot), with lines for zero
 * // and the pooled constant."
 */
export function figureSearch(
  rows: readonly SearchRow[],
  { nulls, reported }: SearchReferences,
  caption: string,
): Figure {
  const sets = [...new Set(rows.map((row) => row.marketSet))];
  const starts = [...new Set(rows.map((row) => row.start))];
  const printed = sets.filter((set) => Object.hasOwn(reported, set));
  const strips = starts.map((start, s) =>
    strip(
      rows.filter((row) => row.start === start),
      sets,
      { s, center: starts.length === 1 ? 0 : s * 0.4 - 0.2 },
    ),
  );
  const base = theme(430);
  const layout: Partial<Layout> = {
    ...base,
    hovermode: "closest",
    margin: { ...base.margin!, b: 50 },
    xaxis: axis("", {
      tickvals: sets.map((_, i) => i),
      ticktext: sets.map(setLines),
      range: [-0.55, sets.length - 0.45],
      showgrid: false,
      zeroline: false,
    }),
    yaxis: axis("validation RMSE (log return, log scale); lower is better", {
      type: "log",
      tickvals: TICKS,
      ticktext: TICKS.map(String),
    }),
  };
  return {
    id: "search",
    caption,
    alt: `Points of the validation RMSE of every configuration for ${sets.join(", ")}, sorted, by start (${starts.join(", ")}), with lines for zero and the pooled constant${printed.length > 0 ? " and crosses for the report's best" : ""}.`,
    data: [
      ...strips,
      levels(
        sets.map(() => nulls.zero),
        { name: "zero", color: INK, dash: "dot" },
      ),
      levels(
        sets.map((set) => nulls.pooled[set]!),
        { name: "pooled constant", color: RED, dash: "dash" },
      ),
      ...(printed.length > 0
        ? [
            crosses(
              printed.map((set) => sets.indexOf(set)),
              printed.map((set) => reported[set]!),
            ),
          ]
        : []),
    ],
    layout,
  };
}

/** Configurations of one start, sorted within the room beside each market set's place. */
function strip(
  rows: readonly SearchRow[],
  sets: readonly string[],
  { s, center }: { readonly s: number; readonly center: number },
): Data {
  const points = sets.flatMap((set, i) => {
    const sorted = rows
      .filter((row) => row.marketSet === set)
      .sort((a, b) => a.valRmse - b.valRmse);
    return sorted.map((row, j) => ({
      x: i + center + SPREAD * ((2 * j) / Math.max(1, sorted.length - 1) - 1),
      row,
    }));
  });
  return {
    type: "scatter",
    mode: "markers",
    name: `start: ${rows[0]?.start}`,
    x: drawn(points.map(({ x }) => x)),
    y: drawn(points.map(({ row }) => row.valRmse)),
    text: points.map(
      ({ row }) => `${row.hidden} ${row.activation} units, rate ${row.learningRate}`,
    ),
    hovertemplate: "%{text}: %{y:.4f}<extra></extra>",
    marker: {
      size: 5,
      color: faded(s === 0 ? GREY : BLUE, 0.75),
      symbol: s === 0 ? "circle-open" : "diamond",
    },
  };
}

/** A short level line at each market set. */
function levels(
  values: readonly number[],
  { name, color, dash }: { name: string; color: string; dash: "dot" | "dash" },
): Data {
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: values.flatMap((_, i) => [i - 0.42, i + 0.42, null]),
    y: values.flatMap((y) => [...drawn([y, y]), null]),
    hoverinfo: "skip",
    line: { color, width: 1.6, dash },
  };
}

function crosses(x: number[], y: readonly number[]): Data {
  return {
    type: "scatter",
    mode: "markers",
    name: "report's best",
    x,
    y: drawn(y),
    marker: {
      size: 10,
      color: INK,
      symbol: "x-thin",
      line: { width: 2.2, color: INK },
    },
  };
}
