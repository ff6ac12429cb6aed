import type { Data, Layout } from "plotly.js-dist-min";
import type { Specification } from "../report/multiverse/specification.js";
import { intervalPlace, type Region } from "../report/verdict.js";
import { quantile } from "../stats/quantile.js";
import { drawn, type Figure, sharedRange } from "./figure.js";
import { axis, BLUE, GREY, INK, RED, SHADE, theme } from "./theme.js";

/** What a specification curve is of. */
export interface SpecificationCurve {
  /** File name of the figure's exports. */
  readonly id: string;
  /** The claim's numbers, shaded. */
  readonly region: Region;
  /** Of the estimates, with unit. */
  readonly title: string;
  /** Choices by their name: which of its values a specification has. */
  readonly choices: Readonly<Record<string, (of: Specification) => string>>;
}

/**
 * Estimates of all specifications from the lowest to the highest with their intervals, and below each what was chosen for it.
 * A few intervals that would leave no room for the others are cut.
 *
 * @example
 * figureSpecificationCurve(
 *   specifications,
 *   { id: "curve", region: { lower: 2, upper: 3 }, title: "%", choices: { claim: (of) => of.claim } },
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
  const place = (interval: Specification) =>
    intervalPlace(interval, region).replace(/below|above/, "outside");
  const looks = { inside: BLUE, open: GREY, outside: RED } as const;
  const curve = (Object.keys(looks) as (keyof typeof looks)[]).map((name): Data => {
    const at = [...sorted.keys()].filter((i) => place(sorted[i]!) === name);
    const of = at.map((i) => sorted[i]!);
    return {
      type: "scatter",
      mode: "markers",
      name: `${name === "open" ? "overlaps the claim" : `${name} the claim`} (${of.length})`,
      x: at,
      y: drawn(of.map(({ estimate }) => estimate)),
      error_y: {
        type: "data",
        symmetric: false,
        array: drawn(of.map(({ upper, estimate }) => upper - estimate)),
        arrayminus: drawn(of.map(({ lower, estimate }) => estimate - lower)),
        thickness: 0.8,
        width: 0,
        color: looks[name],
      } as object,
      marker: { size: 3, color: looks[name] },
      hoverinfo: "y",
    } as Data;
  });
  const rows = Object.entries(choices).flatMap(([name, choice]) => [
    { label: `<b>${name}</b>`, at: [] as number[] },
    ...[...new Set(specifications.map(choice))].sort().map((value) => ({
      label: value,
      at: [...sorted.keys()].filter((i) => choice(sorted[i]!) === value),
    })),
  ]);
  const marks = {
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
  const [upperHeight, rowHeight] = [260, 17];
  const height = upperHeight + rowHeight * rows.length + 90;
  const share = (rowHeight * rows.length) / (height - 70);
  const ends = Float64Array.from(sorted.flatMap(({ lower, upper }) => [lower, upper]))
    .filter(Number.isFinite)
    .sort();
  const range = sharedRange(
    [0, quantile(ends, 0.02), quantile(ends, 0.98)].concat(
      [region.lower, region.upper].filter(Number.isFinite),
    ),
  );
  const base = theme(height);
  const layout: Partial<Layout> = {
    ...base,
    hovermode: "closest",
    margin: { ...base.margin!, t: 40, b: 24 },
    xaxis: axis("", {
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
    shapes: [
      {
        type: "rect",
        xref: "paper",
        x0: 0,
        x1: 1,
        y0: Math.max(region.lower, range[0]),
        y1: Math.min(region.upper, range[1]),
        fillcolor: SHADE,
        line: { width: 0 },
        layer: "below",
      },
    ],
  };
  return {
    id,
    caption,
    alt: `Specification curve: ${sorted.length} estimates from ${sorted[0]?.estimate.toFixed(2)} to ${sorted.at(-1)?.estimate.toFixed(2)} (${title}) with their intervals, the claim's numbers shaded; below, marks for the choices of each: ${Object.keys(choices).join(", ")}.`,
    data: [...curve, marks],
    layout,
  };
}
