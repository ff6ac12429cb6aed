import type { Annotation, Data, Layout, Shape } from "plotly.js-dist-min";
import type { Ensemble } from "../models/neural-beta.js";
import { drawn, type Figure, sharedRange } from "./figure.js";
import { axis, coinColor, faded, GREY, SHADE, theme } from "./theme.js";

export interface BetaPathsInput {
  readonly fitted: Ensemble;
  readonly walkForward: Ensemble;
  /** A constant beta on the first market, drawn as a line. */
  readonly reference: { readonly name: string; readonly beta: number };
}

/**
 * One small plot per coin: mean beta on the first market over replicates, with their range. Fitted months are dashed on
 * a grey ground, walk-forward months solid.
 */
export function figureBetaPaths(
  input: BetaPathsInput,
  caption: string,
): Figure {
  const { fitted, walkForward, reference } = input;
  const { coins, markets } = fitted.mean;
  const rows = Math.ceil(coins.length / 2);
  const range = sharedRange(
    [
      reference.beta,
      ...[fitted, walkForward].flatMap((p) => [...p.lowest, ...p.highest]),
    ].filter(Number.isFinite),
  );
  const plots = coins.map((coin, i) => {
    const suffix = i === 0 ? "" : String(i + 1);
    const before = coinTraces(fitted, i, suffix, "dash");
    const after = coinTraces(walkForward, i, suffix, "solid");
    const [left, top] = [i % 2 === 0, 1 - Math.floor(i / 2) / rows];
    return {
      data: [...before.data, ...after.data],
      axes: {
        [`xaxis${suffix}`]: axis("", {
          domain: left ? [0, 0.47] : [0.53, 1],
          anchor: `y${suffix}` as "y",
          type: "date",
        }),
        [`yaxis${suffix}`]: axis(left ? `β on ${markets[0]}` : "", {
          domain: [top - 0.78 / rows, top],
          anchor: `x${suffix}` as "x",
          range,
        }),
      },
      shapes: plotShapes(suffix, before.months, reference.beta),
      annotation: {
        text: `<b>${coin}</b>`,
        xref: `x${suffix} domain`,
        yref: `y${suffix} domain`,
        x: 0,
        y: 1.14,
        showarrow: false,
        font: { color: coinColor(i) },
      } as Partial<Annotation>,
    };
  });
  const layout: Partial<Layout> = {
    ...theme(60 + 220 * rows),
    ...Object.assign({}, ...plots.map((plot) => plot.axes)),
    shapes: plots.flatMap((plot) => plot.shapes),
    annotations: plots.map((plot) => plot.annotation),
    showlegend: false,
  };
  return {
    id: "baseline-betas",
    caption,
    alt: `Beta on ${markets[0]} by month, one plot each for ${coins.join(", ")}; fitted months dashed on grey, walk-forward months solid, and a dotted line at ${reference.name}.`,
    data: plots.flatMap((plot) => plot.data),
    layout,
  };
}

/** Band and mean of one coin, over the months that have an estimate. */
function coinTraces(
  part: Ensemble,
  coin: number,
  suffix: string,
  dash: "dash" | "solid",
): { readonly data: Data[]; readonly months: readonly string[] } {
  const { dates, coins, markets } = part.mean;
  const at = [...dates.keys()]
    .map((t) => (t * coins.length + coin) * markets.length)
    .filter((index) => !Number.isNaN(part.mean.values[index]!));
  const months = at.map(
    (index) => dates[(index / (coins.length * markets.length)) | 0]!,
  );
  const y = (values: Float64Array) => drawn(at.map((index) => values[index]!));
  const trace = {
    type: "scatter",
    mode: "lines",
    x: months,
    xaxis: `x${suffix}` as "x",
    yaxis: `y${suffix}` as "y",
  } as const;
  const edge = { ...trace, hoverinfo: "skip", line: { width: 0 } } as const;
  const color = coinColor(coin);
  return {
    months,
    data: [
      { ...edge, y: y(part.lowest) },
      {
        ...edge,
        y: y(part.highest),
        fill: "tonexty",
        fillcolor: faded(color, 0.18),
      },
      {
        ...trace,
        name: part.mean.kind === "fitted" ? "fitted" : "walk-forward",
        y: y(part.mean.values),
        line: { color, width: dash === "solid" ? 2.4 : 1.4, dash },
      },
    ],
  };
}

/** Grey ground under the fitted months, and the reference line. */
function plotShapes(
  suffix: string,
  fittedMonths: readonly string[],
  reference: number,
): Partial<Shape>[] {
  return [
    {
      type: "rect",
      xref: `x${suffix}` as "x",
      yref: `y${suffix} domain` as "y",
      x0: fittedMonths[0]!,
      x1: fittedMonths.at(-1)!,
      y0: 0,
      y1: 1,
      fillcolor: SHADE,
      line: { width: 0 },
      layer: "below",
    },
    {
      type: "line",
      xref: `x${suffix} domain` as "x",
      yref: `y${suffix}` as "y",
      x0: 0,
      x1: 1,
      y0: reference,
      y1: reference,
      line: { color: GREY, width: 1.2, dash: "dot" },
    },
  ];
}
