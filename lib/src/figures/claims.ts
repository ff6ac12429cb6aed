/** The ledger of claims as a figure. */

import type { Annotation, Data, Layout, Shape } from "plotly.js-dist-min";
import type { ClaimRow } from "../report/claims/ledger.js";
import { standing } from "../report/claims/standing.js";
import { VERDICTS, type Verdict } from "../report/verdict.js";
import { drawn, type Figure } from "./figure.js";
import { axis, BLUE, GREY, PALE, RED, theme } from "./theme.js";

/** Verdicts are told apart without colour too. */
const LOOKS: Readonly<Record<Verdict, { readonly color: string; readonly symbol: string }>> = {
  supported: { color: BLUE, symbol: "circle" },
  undecided: { color: GREY, symbol: "circle-open" },
  contradicted: { color: RED, symbol: "diamond" },
  "cannot be tested": { color: PALE, symbol: "x-thin-open" },
};

/** Claims that are further from their edge are drawn here. */
const FURTHEST = 6;

/** Claims without an interval have no distance: they stand in a column of their own, beyond a line. */
const [APART, BEYOND] = [7.4, 6.8];

/**
 * Every claim as a point with its interval, by its distance from the edge of what the claim allows: on the right of 0 the
 * claim holds, on the left it does not.
 *
 * @example
 * figureClaims(ledger, "monthly").id; // "claims"
 */
export function figureClaims(
  rows: readonly ClaimRow[],
  caption: string,
  { id = "claims" }: { readonly id?: string } = {},
): Figure {
  const steps = [...new Set(rows.map(({ step }) => step))];
  const lines = steps.flatMap((step) => [
    { label: `<b>${stepName(step)}</b>`, row: undefined },
    ...rows.filter((row) => row.step === step).map((row) => ({ label: row.id, row })),
  ]);
  const apart = rows.some((row) => Number.isNaN(placeOf(row).x));
  const height = (row: ClaimRow) => -lines.findIndex((line) => line.row === row);
  const base = theme(110 + 16 * lines.length);
  const layout: Partial<Layout> = {
    ...base,
    hovermode: "closest",
    margin: { ...base.margin!, t: 58, b: 48 },
    xaxis: axis("distance from the claim’s edge, in half-widths of the interval", {
      range: [-FURTHEST - 0.4, apart ? 2 * APART - BEYOND : FURTHEST + 0.4],
      zeroline: true,
      zerolinewidth: 2,
      tickvals: [-6, -4, -2, 0, 2, 4, 6],
      ticktext: ["< −6", "−4", "−2", "0", "2", "4", "> 6"],
    }),
    ...(apart && { shapes: [BORDER] }),
    yaxis: axis("", {
      range: [0.7 - lines.length, 0.7],
      tickvals: lines.map((_, i) => -i),
      ticktext: lines.map(({ label }) => label),
      ticks: "",
      zeroline: false,
      gridcolor: "#f3f4f6",
    }),
    annotations: [
      side("‹ against", -0.15, "right"),
      side("for ›", 0.15, "left"),
      ...(apart ? [side("no<br>interval", APART, "center")] : []),
    ],
  };
  return {
    id,
    caption,
    alt: `One point with its interval for each of ${rows.length} claims, by step: on the right of zero where the claim holds, on the left where it does not. ${VERDICTS.map((verdict) => `${verdict}: ${rows.filter((row) => row.verdict === verdict).length}`).join(", ")}.`,
    data: VERDICTS.map((verdict) => verdictMarks(verdict, rows, height)),
    layout,
  };
}

/** Claims with one verdict, each on its line. */
function verdictMarks(
  verdict: Verdict,
  all: readonly ClaimRow[],
  height: (row: ClaimRow) => number,
): Data {
  const rows = all.filter((row) => row.verdict === verdict);
  const { color, symbol } = LOOKS[verdict];
  const places = rows.map(placeOf);
  return {
    type: "scatter",
    mode: "markers",
    name: `${verdict} (${rows.length})`,
    x: drawn(places.map(({ x }) => (Number.isNaN(x) ? APART : x))),
    y: rows.map(height),
    text: rows.map((row) => row.id),
    hovertemplate: "%{text}<extra></extra>",
    error_x: {
      type: "data",
      symmetric: false,
      array: drawn(places.map(({ x, high }) => high - x)),
      arrayminus: drawn(places.map(({ x, low }) => x - low)),
      thickness: 1.6,
      width: 0,
      color,
    } as object,
    marker: { size: 8, color, symbol, line: { width: 1.4, color } },
  } as Data;
}

/** Where a claim is drawn, with the ends of its bar; NaN without an interval, whose half-width would be the unit. */
function placeOf({ measured, deciding, region }: ClaimRow) {
  const { estimate, lower, upper } = standing({ measured, ...deciding }, region);
  // A number without an error that is the edge itself.
  if (Number.isNaN(estimate) && deciding.lower === measured && deciding.upper === measured)
    return { x: 0, low: 0, high: 0 };
  return { x: cut(estimate), low: cut(lower), high: cut(upper) };
}

/** Between distances and what has none. */
const BORDER: Partial<Shape> = {
  ...{ type: "line", xref: "x", x0: BEYOND, x1: BEYOND, yref: "paper", y0: 0, y1: 1 },
  line: { color: PALE, width: 1, dash: "dot" },
};

const cut = (value: number): number => Math.max(-FURTHEST, Math.min(FURTHEST, value));

/** What lies on one side of zero, above the plot. */
const side = (
  text: string,
  x: number,
  xanchor: "left" | "right" | "center",
): Partial<Annotation> => ({
  text,
  x,
  xanchor,
  xref: "x",
  yref: "paper",
  y: 1,
  yanchor: "bottom",
  showarrow: false,
  font: { color: GREY },
});

const stepName = (step: string): string => (/^\d+$/.test(step) ? `Step ${step}` : step);
