/** Betas of single networks against the printed ones: quantiles over the networks, ties, and the progress. */

import { expect, it } from "vitest";
import { replicateBetas } from "../lib/src/models/ensemble.js";
import { SCALINGS } from "../lib/src/models/network-inputs.js";
import { fitNeuralBeta } from "../lib/src/models/neural-beta.js";
import type { ReportedConfiguration } from "../lib/src/report/reported-search.js";
import { scalingBetas } from "../lib/src/report/scaling-betas.js";
import { mean } from "../lib/src/stats/moments.js";
import { plainTrainer, seededPanel } from "./support/helpers.js";

const panel = seededPanel(36, ["A"], ["X", "Y"]);
const split = {
  inSample: { from: "2018-07", through: "2019-06" },
  validation: { from: "2019-07", through: "2019-12" },
  outOfSample: { from: "2020-03", through: "2020-08" },
};
const network = { hidden: 2, learningRate: 0.03, activation: "tanh" } as const;
const configurations = ["X", "Y"].map(
  (marketSet): ReportedConfiguration => ({ ...network, marketSet, reported: 1, ours: undefined }),
);
const study = { lookback: 6, split, epochs: 2, seed: 1 };

/** Rows for coin A on some markets, of which these means are printed. */
const rowsOf = (
  networks: number,
  printed: Readonly<Record<string, number>>,
  steps: unknown[] = [],
) =>
  scalingBetas(panel, plainTrainer, {
    ...{ ...study, configurations, networks, series: "ours" },
    printed: Object.entries(printed).map(([market, value]) => ({
      ...{ coin: "A", market, mean: value, std: 1, dates: split.outOfSample },
    })),
    onProgress: (done: number, total: number) => steps.push([done, total]),
  });

it("the interval goes from the lowest twentieth of the networks' means to the highest", async () => {
  const [raw] = await rowsOf(3, { X: 0 });
  const chosen = {
    ...panel,
    markets: ["X"],
    marketLogReturns: panel.marketLogReturns.filter((_, at) => at % 2 === 0),
  };
  const fit = await fitNeuralBeta(chosen, plainTrainer, {
    ...{ ...study, ...network, scaling: SCALINGS[0], start: "glorot", replicates: 3 },
  });
  const means = replicateBetas(chosen, fit).map(({ walkForward }) =>
    mean(walkForward.values.filter((beta) => !Number.isNaN(beta))),
  );
  const [low, middle, high] = means.sort((a, b) => a - b) as [number, number, number];
  // Of three values, a twentieth of the way to the ends lies a tenth from one to the next.
  expect(raw!.lower).toBeCloseTo(low + 0.1 * (middle - low), 10);
  expect(raw!.upper).toBeCloseTo(high - 0.1 * (high - middle), 10);
});

it("a printed beta that is the only network's lies inside", async () => {
  const [found] = await rowsOf(1, { X: 0 });
  expect(found!.inside).toBe(false);
  const [same] = await rowsOf(1, { X: found!.beta });
  expect([same!.inside, same!.distance]).toEqual([true, 0]);
});

it("every market and scaling is a step", async () => {
  const steps: unknown[] = [];
  await rowsOf(1, { X: 0, Y: 0 }, steps);
  expect(steps).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
});
