/** Figures of learning curves: loss by epoch against the null betas, alone and in grids. */

import { describe, expect, it } from "vitest";
import { figureLearningCurves, learningCurvesPlots } from "../lib/src/figures/learning-curves.js";
import { INK, RED } from "../lib/src/figures/theme.js";
import type { ChosenFit } from "../lib/src/models/chosen-fits.js";
import type { LearningCurves } from "../lib/src/models/ensemble.js";
import {
  type Axis,
  axes,
  CAPTION,
  CURVES,
  GRID,
  labels,
  layoutOf,
  NULLS,
  plotsOf,
  titles,
  traces,
} from "./support/figures.js";

describe("figureLearningCurves", () => {
  const figure = figureLearningCurves(plotsOf("one", "two"), CAPTION);
  const firstPlot = traces(figure).filter(({ xaxis }) => xaxis === "x");

  it("draws range and mean over replicates by epoch, from epoch 0", () => {
    expect(firstPlot.slice(0, 3).map(({ x, y }) => [x, y])).toEqual([
      [
        [0, 1, 2],
        [0.4, 0.3, 0.1],
      ],
      [
        [0, 1, 2],
        [0.6, 0.3, 0.2],
      ],
      [
        [0, 1, 2],
        [0.5, 0.3, 0.15],
      ],
    ]);
    expect(firstPlot[5]!.y).toEqual([0.6, 0.3, 0.35]);
  });

  it("draws each null as a level line over all epochs", () => {
    expect(firstPlot.slice(6).map(({ name, x, y }) => [name, x, y])).toEqual([
      ["zero beta", [0, 2], [0.25, 0.25]],
      ["pooled beta", [0, 2], [0.24, 0.24]],
    ]);
  });

  it("names every line once in the legend, however many plots there are", () => {
    expect(traces(figure)).toHaveLength(2 * firstPlot.length);
    const named = traces(figure).filter((trace) => trace.showlegend);
    expect(named.map(({ name }) => name)).toEqual([
      "in-sample",
      "validation",
      ...Object.keys(NULLS),
    ]);
  });

  it("names epochs and the unit of the error, and each plot", () => {
    expect(titles(figure, "x")).toEqual(["epoch", "epoch"]);
    expect(titles(figure, "y")).toEqual(["hedging RMSE (log return); lower is better"]);
    expect(labels(figure)).toEqual(["<b>one</b>", "<b>two</b>"]);
    for (const name of ["one", "two", ...Object.keys(NULLS)]) expect(figure.alt).toContain(name);
  });

  it("ends each curve with the network that stopped first", () => {
    const stopped = {
      ...CURVES,
      validation: [Float64Array.of(0.5, 0.4), CURVES.validation[1]!],
    };
    const short = traces(
      figureLearningCurves([{ title: "one", curves: stopped, nulls: {} }], CAPTION),
    );
    expect(short[5]).toMatchObject({ x: [0, 1], y: [0.6, 0.3] });
  });
});

describe("figureLearningCurves, a grid", () => {
  const high: LearningCurves = {
    ...CURVES,
    validation: [Float64Array.of(9, 9, 9), Float64Array.of(9, 9, 9)],
  };
  const grid = figureLearningCurves(
    [...plotsOf("A+B+C+D+E, ols", "b"), { title: "c", curves: high, nulls: NULLS }],
    CAPTION,
    GRID,
  );

  it("draws epochs by the logarithm of one more, and says which epoch it is", () => {
    expect(traces(grid)[2]!.x).toEqual([1, 2, 3]);
    for (const x of axes(grid, "x"))
      expect(x).toMatchObject({
        type: "log",
        tickvals: [1, 2, 4, 11, 31, 101, 301, 1001, 3001],
        ticktext: ["0", "1", "3", "10", "30", "100", "300", "1000", "3000"],
      });
    expect(new Set(axes(grid, "x").map(({ range }) => String(range))).size).toBe(1);
  });

  it("marks each network at its best epoch", () => {
    const marks = traces(grid).filter(({ name }) => name === "best epoch of a seed");
    expect(marks).toHaveLength(3);
    expect(marks[0]).toMatchObject({ x: [2, 2], y: [0.4, 0.2] });
  });

  it("gives the plots of a row one vertical scale, and another row its own", () => {
    const [a, b, c] = axes(grid, "y").map(({ range }) => range!);
    expect(a).toEqual(b);
    expect(a![1]).toBeLessThan(1);
    expect(c![1]).toBeGreaterThan(9);
  });

  it("names epochs below the last plot of each column, and breaks long sets", () => {
    const titled = Object.entries(layoutOf(grid)).filter(
      ([key, value]) =>
        key.startsWith("xaxis") && (value as Axis).title?.text.startsWith("epoch (log scale"),
    );
    expect(titled.map(([key]) => key)).toEqual(["xaxis2", "xaxis3"]);
    expect(labels(grid)[0]).toBe("<b>A+B+<br>C+D+<br>E, ols</b>");
  });

  it("draws epochs that would share a pixel once, and always the last", () => {
    const rmse = Float64Array.from({ length: 401 }, (_, epoch) => 1 / (epoch + 1));
    const curves = { ...CURVES, inSample: [rmse], validation: [rmse] };
    const [low] = traces(
      figureLearningCurves([{ title: "long", curves, nulls: {} }], CAPTION, GRID),
    );
    expect(low!.x.length).toBeLessThan(150);
    expect(low!.x.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(low!.x.at(-1)).toBe(401);
    // In steps of 0.015, the logarithms of 33 to 36 lie in steps 101, 102, 102 and 103.
    expect([33, 34, 35, 36].map((x) => low!.x.includes(x))).toEqual([true, true, false, true]);
    low!.x.forEach((x, i) => {
      expect(low!.y[i]).toBeCloseTo(1 / Number(x), 6);
    });
  });
});

describe("a figure of learning curves", () => {
  const plots = (count: number) => plotsOf(...Array.from({ length: count }, (_, i) => `p${i}`));
  const heightOf = (count: number) =>
    layoutOf(figureLearningCurves(plots(count), CAPTION, { columns: 1 })).height;

  it("is 190 pixels higher for a row, together no more than a page of a paper until rows would be too low", () => {
    expect([1, 2, 4, 5, 7, 8].map(heightOf)).toEqual([400, 480, 860, 1010, 1010, 1140]);
    expect(layoutOf(figureLearningCurves(plots(2), CAPTION)).margin!.t).toBe(52);
    expect(layoutOf(figureLearningCurves(plots(2), CAPTION, { columns: 1 })).margin!.t).toBe(60);
  });

  it("has one line of nulls dotted in ink, and others dashed", () => {
    const [zero, pooled] = traces(figureLearningCurves(plots(1), CAPTION)).slice(6);
    expect([zero!.line.dash, pooled!.line.dash]).toEqual(["dot", "dash"]);
    expect([zero!.line.color, pooled!.line.color]).toEqual([INK, RED]);
    const others = figureLearningCurves([{ title: "one", curves: CURVES, nulls: {} }], CAPTION);
    expect(others.alt).toMatch(/one plot each for one\.$/);
    const alone = [{ title: "one", curves: CURVES, nulls: { zero: 1 } }];
    expect(figureLearningCurves(alone, CAPTION).alt).toMatch(/for one, with lines for zero\.$/);
  });

  it("has nulls and epochs from 0 on on a logarithmic axis, whose range holds epoch 0", () => {
    const figure = figureLearningCurves(plots(1), CAPTION, GRID);
    expect(traces(figure)[6]!.x).toEqual([1, 3]);
    // The logarithms of 1 and of 3, and a twentieth more.
    const [low, high] = axes(figure, "x")[0]!.range!;
    expect(low).toBeCloseTo(-0.05 * Math.log10(3), 5);
    expect(high).toBeCloseTo(1.05 * Math.log10(3), 3);
    expect(axes(figure, "x")[0]).toMatchObject({ tickangle: 0 });
    expect(figure.data.at(-1)).toMatchObject({
      marker: { size: 5, color: expect.stringMatching(/,0\.55\)$/) },
    });
  });

  it("puts plots of the third row on the third row's scale", () => {
    const steep = (factor: number) => ({
      title: `${factor}`,
      curves: {
        ...CURVES,
        validation: CURVES.validation.map((rmse) => rmse.map((v) => v * factor)),
      },
      nulls: {},
    });
    const three = [1, 2, 10, 20, 100, 200].map(steep);
    const ranges = axes(figureLearningCurves(three, CAPTION, GRID), "y").map(({ range }) => range);
    expect(ranges[0]).toEqual(ranges[1]);
    expect(ranges[2]).toEqual(ranges[3]);
    expect(ranges[4]).toEqual(ranges[5]);
    expect(new Set(ranges.map(String)).size).toBe(3);
  });
});

describe("learningCurvesPlots", () => {
  it("have market set, start, curves and the nulls of the set", () => {
    const networks = [
      {
        weights: new Float32Array(),
        bestEpoch: 0,
        inSampleLoss: Float64Array.of(4),
        validationLoss: Float64Array.of(9),
      },
    ];
    const fits = ["X", "X+Y"].map((marketSet) => ({
      row: { marketSet, start: "ols" },
      fit: { scale: { coinRms: 0.1 }, networks },
    })) as unknown as readonly ChosenFit[];
    const plots = learningCurvesPlots(fits, {
      zero: 0.25,
      pooled: { X: 0.24, "X+Y": 0.2 },
    });
    expect(plots.map(({ title, nulls }) => [title, nulls])).toEqual([
      ["X, ols", { zero: 0.25, "pooled constant": 0.24 }],
      ["X+Y, ols", { zero: 0.25, "pooled constant": 0.2 }],
    ]);
    expect(plots[0]!.curves.selected).toEqual([expect.closeTo(0.3, 12)]);
  });
});
