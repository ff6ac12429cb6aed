/** Sizes that no machine holds are refused with their limit, before memory is taken. */

import { describe, expect, it } from "vitest";
import { bootstrapBeta } from "../lib/src/betas/bootstrap-beta.js";
import { rollingBeta } from "../lib/src/betas/rolling.js";
import { startingWeights } from "../lib/src/models/network.js";
import { fitNeuralBeta } from "../lib/src/models/neural-beta.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { simulatedPanel } from "../lib/src/panel/simulate.js";
import { stream } from "../lib/src/random.js";
import { normalKurtosis } from "../lib/src/stats/normal-kurtosis.js";
import { circularResamples, stationaryResamples } from "../lib/src/stats/resamples.js";

const sizes = { periods: 24, coins: 2, markets: 1, seed: 1 };
const { panel } = simulatedPanel("constant", sizes);
const range = { from: panel.dates[12]!, through: panel.dates[23]! };
const shape = { inputs: 2, markets: 1, activation: "tanh" } as const;
const chance = { blockLength: 3, seed: 1 };

describe("a size", () => {
  it.each<[string, () => unknown, string]>([
    [
      "draws of 1e12",
      () => circularResamples(83, { ...chance, draws: 1e12 }),
      "draws must be at most 1000000, got 1000000000000",
    ],
    [
      "draws of 1e12",
      () => stationaryResamples(83, { ...chance, draws: 1e12 }),
      "draws must be at most 1000000",
    ],
    [
      "draws of many rows",
      () => circularResamples(1e5, { ...chance, draws: 1e6 }),
      "rows times draws must be at most 500000000, got 100000000000; reduce one of them",
    ],
    [
      "draws of 1e12",
      () => normalKurtosis(12, { draws: 1e12, seed: 1 }),
      "draws must be at most 1000000",
    ],
    [
      "a sample of 1e12",
      () => normalKurtosis(1e12, { draws: 1, seed: 1 }),
      "n times draws must be at most 500000000",
    ],
    [
      "periods of 1e12",
      () => simulatedPanel("cycle", { ...sizes, periods: 1e12 }),
      "periods times coins times markets must be at most 500000000",
    ],
    [
      "coins of 1e12",
      () => simulatedPanel("cycle", { ...sizes, coins: 1e12 }),
      "periods times coins times markets must be at most 500000000",
    ],
    [
      "hidden of 1e9",
      () =>
        startingWeights(
          { ...shape, hidden: 1e9 },
          { start: "ols", stream: stream(1), pooled: [0] },
        ),
      "hidden must be at most 4096",
    ],
    ["threads of 1e9", () => simdTrainer({ threads: 1e9 }), "threads must be at most 1024"],
    [
      "bootstrapped betas",
      () =>
        bootstrapBeta(panel, (p) => rollingBeta(p, { lookback: 12 }), {
          draws: 1e12,
          seed: 1,
          from: panel.dates[0]!,
          dates: range,
        }),
      "draws times betas must be at most 500000000",
    ],
  ])("such as %s is refused with its limit", (_, run, message) => {
    expect(run).toThrow(RangeError);
    expect(run).toThrow(message);
  });

  it.each([
    [{ replicates: 1e12 }, "replicates must be at most 10000, got 1000000000000; reduce it"],
    [{ hidden: 1e9 }, "hidden must be at most 4096"],
    [{ epochs: 1e12 }, "epochs must be at most 100000"],
  ])("of a network, such as %j, is refused before it is trained", async (more, message) => {
    const block = (from: number, through: number) => ({
      from: panel.dates[from]!,
      through: panel.dates[through]!,
    });
    const fit = fitNeuralBeta(panel, simdTrainer({ threads: 1 }), {
      ...{ lookback: 2, hidden: 2, learningRate: 0.01, activation: "tanh", start: "ols" },
      ...{ epochs: 1, replicates: 1, seed: 1 },
      split: { inSample: block(2, 12), validation: block(13, 18), outOfSample: block(19, 23) },
      ...more,
    });
    await expect(fit).rejects.toThrow(message);
    await expect(fit).rejects.toBeInstanceOf(RangeError);
  });
});
