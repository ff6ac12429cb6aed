/** The amortised beta on one series: the true beta, its estimate with interval, and which filters it leans on. */

import type { Data } from "plotly.js-dist-min";
import type { SeriesBeta } from "../models/amortised/amortised-beta.js";
import { EXPERT_GROUPS, groupWeights } from "../models/amortised/expert-groups.js";
import type { AmortisedCard } from "../models/amortised/weights.js";
import { rowAt } from "../panel/panel.js";
import { drawn, type Figure } from "./figure.js";
import { axis, BLUE, faded, GREY, INK, RED, theme } from "./theme.js";

/** Eight lightnesses, greys to blues to browns: from no beta over a constant to one that moves fast. */
const SHADES = [
  "#eceef1",
  "#111827",
  "#374c6b",
  "#0072b2",
  "#3591cc",
  "#7db8e0",
  "#f3d2b3",
  "#9a3f00",
];

/**
 * Above the beta with its 95 % interval against the true one; below the weights of the experts by how fast their beta may move.
 *
 * @param trueBeta [T], known in simulated data only
 * @example
 * const { x, y, betas } = priorSeries("example", 1, { rows: 80 });
 * figureAmortised(amortisedBeta(y, x), betas, "One simulated series.").data.length; // 12
 */
export function figureAmortised(
  found: SeriesBeta,
  trueBeta: ArrayLike<number>,
  caption: string,
): Figure {
  const { betas, lower, upper } = found;
  const T = trueBeta.length;
  const rows = Array.from({ length: T }, (_, t) => t);
  const line = (y: ArrayLike<number>, name: string, more: object): Data =>
    ({ type: "scatter", mode: "lines", x: rows, y: drawn(y), name, ...more }) as Data;
  return {
    id: "amortised-beta",
    caption,
    alt: "Above, the true beta of a simulated series and the amortised beta with its interval; below, stacked areas of the weights of eight groups of filters by row.",
    data: [
      line(lower.subarray(0, T), "", { line: { width: 0 }, showlegend: false, hoverinfo: "skip" }),
      line(upper.subarray(0, T), "95 % interval", {
        fill: "tonexty",
        fillcolor: faded(BLUE, 0.18),
        line: { width: 0 },
      }),
      line(trueBeta, "true beta", { line: { color: INK, width: 1.6, dash: "dot" } }),
      line(betas.subarray(0, T), "amortised", { line: { color: RED, width: 2 } }),
      ...weightGroups(found.weights, T).map(({ name, weights }, group) =>
        line(weights, name, {
          yaxis: "y2",
          stackgroup: "weights",
          line: { width: 0.3, color: SHADES[group] },
          fillcolor: SHADES[group],
        }),
      ),
    ],
    layout: {
      ...theme(460),
      xaxis: axis("row of the series", { anchor: "y2" }),
      yaxis: axis("β", { domain: [0.5, 1] }),
      yaxis2: axis("weight of filters", { domain: [0, 0.4], range: [0, 1] }),
      margin: { l: 58, r: 14, t: 72, b: 40 },
    },
  };
}

/** Sums of the experts' weights by group, of rows 0 to T - 1. */
function weightGroups(
  weights: Float64Array,
  T: number,
): { readonly name: string; readonly weights: Float64Array }[] {
  const experts = weights.length / (T + 1);
  const rows = Array.from({ length: T }, (_, t) => groupWeights(rowAt(weights, experts, t)));
  return EXPERT_GROUPS.map((name, group) => ({
    name,
    weights: Float64Array.from(rows, (sums) => sums[group]!),
  }));
}

/**
 * Share and coverage after every round of training, on series that are never trained on.
 *
 * @example
 * figureAmortisedTraining(amortisedCard(), "Training.").data.length; // 2
 */
export function figureAmortisedTraining({ curve }: AmortisedCard, caption: string): Figure {
  const rounds = curve.map((_, round) => round + 1);
  const line = (
    y: readonly number[],
    { name, color, yaxis }: Readonly<Record<"name" | "color" | "yaxis", string>>,
  ) => ({
    type: "scatter",
    mode: "lines",
    x: rounds,
    y: drawn(y),
    name,
    yaxis,
    line: { color, width: 2 },
  });
  return {
    id: "amortised-training",
    caption,
    alt: "Two lines over the rounds of training: share of least squares' error taken off, rising and then flat, and coverage of the 95 % intervals.",
    data: [
      line(
        curve.map(({ share }) => share),
        { name: "share", color: BLUE, yaxis: "y" },
      ),
      line(
        curve.map(({ coverage }) => coverage),
        { name: "coverage", color: GREY, yaxis: "y2" },
      ),
    ],
    layout: {
      ...theme(260),
      xaxis: axis("round of training", { anchor: "y2" }),
      yaxis: axis("share", { domain: [0.56, 1], nticks: 4 }),
      yaxis2: axis("coverage", { domain: [0, 0.44], nticks: 4 }),
    },
  };
}
