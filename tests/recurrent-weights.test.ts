/** The figure of the weights of NBI: lags are counted from one. */

import { expect, it } from "vitest";
import { figureRecurrentWeights } from "../lib/src/figures/recurrent-weights.js";
import type { TrialRow } from "../lib/src/models/recurrent/trial.js";
import { layoutOf } from "./support/figures.js";

it("the row just before the date has lag one, and every process a line of its own", () => {
  const rows = ["constant", "random walk"].map((process, i) => ({
    process,
    weights: Float64Array.of(1 + i, 1, 0.5),
  })) as unknown as readonly TrialRow[];
  const figure = figureRecurrentWeights(rows, "Made up.");
  expect(figure.data).toMatchObject([
    { name: "constant", x: [1, 2, 3], y: [1, 1, 0.5] },
    { name: "random walk", x: [1, 2, 3], y: [2, 1, 0.5] },
  ]);
  expect(layoutOf(figure)).toMatchObject({ height: 340, showlegend: true });
  expect(figure.alt).toContain("for constant, random walk.");
});
