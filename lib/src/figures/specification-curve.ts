/** Estimates of many specifications, sorted, with what was chosen for each. */

import type { Data, Layout, Shape } from "plotly.js-dist-min";
import type { Specification } from "../report/multiverse/specification.js";
import { intervalPlace, type Region } from "../report/verdict.js";
import { quantile } from "../stats/quantile.js";
import { drawn, type Figure, sharedRange } from "./figure.js";
import { axis, INK, RED, SHADE, theme } from "./theme.js";

/** What a specification curve is of. */
export interface SpecificationCurve {
  /** File name of the figure's exports. */
  readonly id: string;
  /** The claim's numbers, shaded. */
  readonly region: Region;
  /** Of the estimates, with unit. */
  readonly title: string;
  /** Choices by their name: which of its values a specification has. */
  readonly choices: Readonly<Record<string, (specification: Specification) => string>>;
}

const yearsOf = ({ lookback, frequency }: Specification): string =>
  String(lookback / (frequency === "weekly" ? 52 : 12));

/** The curve of the co-movement with equities, without its region. */
export const CO_MOVEMENT_CURVE: Omit<SpecificationCurve, "region"> = {
  id: "specification-curve",
  title: "beta on equities, s.d.",
  choices: {
    frequency: ({ frequency }) => frequency,
    equities: ({ equity }) => equity,
    estimator: (specification) =>
      specification.estimator === "ols"
        ? "one regression"
        : `rolling, years: ${yearsOf(specification)}`,
    intercept: ({ intercept }) => intercept,
    coin: ({ coin }) => coin,
    from: ({ from }) => from.slice(0, 4),
  },
};

/** The curve of what the factors change, without its region. */
export const FACTOR_GAIN_CURVE: Omit<SpecificationCurve, "region"> = {
  id: "specification-curve-factors",
  title: "change of the RMSE, %<br>(down is better)",
  choices: {
    frequency: ({ frequency }) => frequency,
    equities: ({ equity }) => equity,
    markets: ({ marketSet }) => marketSet,
    "estimator, experiment": ({ estimator }) => estimator,
    "look-back, years": (specification) =>
      Number.isNaN(specification.lookback) ? "all" : yearsOf(specification),
    "tested from": ({ from }) => from.slice(0, 4),
  },
};

/**
 * Estimates of all specifications from the lowest to the highest with their intervals, and below each what was chosen for it.
 * A few intervals that would leave no room for the others are cut.
 *
 * @example
 * figureSpecificationCurve(
 *   specifications,
 *   { id: "curve", region: { lower: 2, upper: 3 }, title: "%", choices: { claim: ({ claim }) => claim } },
 *   "monthly",
 * ).id; // "curve"
 */
export function figureSpecificationCurve(
  specifications: readonly Specification[],
  { id, region, title, choices }: SpecificationCurve,
  caption: string,
): Figure {
  const sorted = [...specifications]
    .filter(({ estimate }) => Number.isFinite(estimate))
    .sort((a, b) => a.estimate - b.estimate);
  const rows = choiceRows(specifications, sorted, choices);
  return {
    id,
    caption,
    alt: `Specification curve: ${sorted.length} estimates from ${sorted[0]?.estimate.toFixed(2)} to ${sorted.at(-1)?.estimate.toFixed(2)} (${title.replace("<br>", " ")}) with their intervals, the claim's numbers shaded; below, marks for the choices of each: ${Object.keys(choices).join(", ")}.`,
    data: [
      ...(["inside", "open", "outside"] as const).map((place) => curve(place, sorted, region)),
      choiceMarks(rows),
    ],
    layout: curveLayout(sorted, rows, { region, title }),
  };
}

/** The curve above, the choices below; the vertical axis leaves out the longest intervals' ends. */
function curveLayout(
  sorted: readonly Specification[],
  rows: readonly ChoiceRow[],
  { region, title }: Pick<SpecificationCurve, "region" | "title">,
): Partial<Layout> {
  const [upperHeight, rowHeight] = [260, 17];
  const height = upperHeight + rowHeight * rows.length + 110;
  const share = (rowHeight * rows.length) / (height - 90);
  const ends = Float64Array.from(sorted.flatMap(({ lower, upper }) => [lower, upper]))
    .filter(Number.isFinite)
    .sort();
  const range = sharedRange(
    [0, quantile(ends, 0.02), quantile(ends, 0.98)].concat(
      [region.lower, region.upper].filter(Number.isFinite),
    ),
  );
  const base = theme(height);
  return {
    ...base,
    hovermode: "closest",
    legend: { ...base.legend, itemsizing: "constant" },
    margin: { ...base.margin!, t: 40, b: 44 },
    xaxis: axis("specifications, by their estimate", {
      range: [-2, sorted.length + 1],
      showticklabels: false,
      ticks: "",
      showgrid: false,
      zeroline: false,
      anchor: "y2",
    }),
    yaxis: axis(title, {
      domain: [Number((share + 0.03).toFixed(4)), 1],
      range,
      zeroline: true,
    }),
    yaxis2: axis("", {
      domain: [0, Number(share.toFixed(4))],
      range: [0.4 - rows.length, 0.6],
      tickvals: rows.map((_, i) => -i),
      ticktext: rows.map(({ label }) => label),
      ticks: "",
      zeroline: false,
      gridcolor: "#f3f4f6",
    }),
    shapes: [claimedGround(region, range)],
  };
}

/** Looks of the intervals by where they lie: told apart in grey by lightness. */
const LOOKS = {
  inside: { color: INK, symbol: "square" },
  open: { color: "#a3abb8", symbol: "circle" },
  outside: { color: RED, symbol: "diamond" },
} as const;
type Place = keyof typeof LOOKS;

const placeOf = (specification: Specification, region: Region): Place =>
  intervalPlace(specification, region).replace(/below|above/, "outside") as Place;

/** Estimates, at their places in the order, whose intervals lie inside the region, overlap its edge, or lie outside. */
function curve(place: Place, sorted: readonly Specification[], region: Region): Data {
  const at = [...sorted.keys()].filter((i) => placeOf(sorted[i]!, region) === place);
  const shown = at.map((i) => sorted[i]!);
  const { color, symbol } = LOOKS[place];
  return {
    type: "scatter",
    mode: "markers",
    name: `${place === "open" ? "overlaps the claim" : `${place} the claim`} (${shown.length})`,
    x: at,
    y: drawn(shown.map(({ estimate }) => estimate)),
    error_y: {
      type: "data",
      symmetric: false,
      array: drawn(shown.map(({ upper, estimate }) => upper - estimate)),
      arrayminus: drawn(shown.map(({ lower, estimate }) => estimate - lower)),
      thickness: 0.8,
      width: 0,
      color,
    } as object,
    marker: { size: 4, color, symbol },
    hoverinfo: "y",
  } as Data;
}

/** One line below the curve: a choice's name, or one of its values with the places of those that have it. */
interface ChoiceRow {
  readonly label: string;
  readonly at: readonly number[];
}

function choiceRows(
  specifications: readonly Specification[],
  sorted: readonly Specification[],
  choices: SpecificationCurve["choices"],
): ChoiceRow[] {
  return Object.entries(choices).flatMap(([name, choice]) => [
    { label: `<b>${name}</b>`, at: [] },
    ...[...new Set(specifications.map(choice))].sort().map((value) => ({
      label: value,
      at: [...sorted.keys()].filter((i) => choice(sorted[i]!) === value),
    })),
  ]);
}

function choiceMarks(rows: readonly ChoiceRow[]): Data {
  return {
    type: "scatter",
    mode: "markers",
    showlegend: false,
    x: rows.flatMap(({ at }) => at),
    y: rows.flatMap(({ at }, row) => at.map(() => -row)),
    yaxis: "y2",
    hoverinfo: "skip",
    marker: {
      symbol: "line-ns-open",
      size: 8,
      color: INK,
      line: { width: 1, color: INK },
    },
  } as Data;
}

function claimedGround(region: Region, [from, through]: readonly [number, number]): Partial<Shape> {
  return {
    type: "rect",
    xref: "paper",
    x0: 0,
    x1: 1,
    y0: Math.max(region.lower, from),
    y1: Math.min(region.upper, through),
    fillcolor: SHADE,
    line: { width: 0 },
    layer: "below",
  };
}
