/** Networks trained to the last date before a test block, and constants that stop where a network's weights do. */

import { describe, expect, it } from "vitest";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { betaSeries } from "../lib/src/betas/series.js";
import { equalInformation, networkPooled } from "../lib/src/models/equal-information.js";
import { fitNeuralBeta, type NeuralOptions } from "../lib/src/models/neural-beta.js";
import { neuralEstimator } from "../lib/src/models/neural-estimator.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { tfjsTrainer } from "../lib/src/models/tfjs/trainer.js";
import type { TrainingData, TrainingJob } from "../lib/src/models/trainer.js";
import { prepareFinal, preparePanel, trainingJobs } from "../lib/src/models/training-jobs.js";
import type { Panel, Split } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

/** Months from 2018-01. */
const PANEL = seededPanel(48, ["A", "B"], ["X"]);
const SPLIT: Split = {
  inSample: { from: "2018-07", through: "2019-09" },
  validation: { from: "2019-10", through: "2020-09" },
  outOfSample: { from: "2020-10", through: "2021-03" },
};
const OPTIONS: NeuralOptions = {
  lookback: 6,
  split: SPLIT,
  hidden: 3,
  learningRate: 0.003,
  activation: "tanh",
  start: "glorot",
  epochs: 30,
  seed: 7,
  replicates: 4,
};
const SEARCH = {
  lookback: 6,
  grid: { hidden: [2, 3], learningRates: [0.03], activations: ["tanh"], replicates: 3 },
  epochs: 8,
  seed: 7,
  refit: "quarterly",
  final: "fitAndValidation",
} as const;
const trainer = simdTrainer();

const changed = (panel: Panel, month: string): Panel => {
  const t = panel.dates.findIndex((date) => date.startsWith(month));
  const coinLogReturns = panel.coinLogReturns.slice();
  coinLogReturns[2 * t]! += 0.3;
  return { ...panel, coinLogReturns };
};

describe("a trainer that keeps the last epoch", () => {
  const prepared = preparePanel(PANEL, OPTIONS);
  const jobs = trainingJobs(prepared, OPTIONS);
  const kept: TrainingJob[] = jobs.map((job) => ({ ...job, keep: "last" }));
  // Where the same rows choose, and the loss falls in every epoch, the last is the best.
  const own: TrainingData = { ...prepared.data, validation: prepared.data.inSample };

  it("gives the weights after it, whatever the validation loss", async () => {
    const best = await trainer.train(own, jobs);
    expect(best.map(({ bestEpoch }) => bestEpoch)).toEqual([30, 30, 30, 30]);
    const last = await trainer.train(prepared.data, kept);
    expect(last.map(({ weights }) => weights)).toEqual(best.map(({ weights }) => weights));
    expect(last.map(({ bestEpoch }) => bestEpoch)).toEqual([30, 30, 30, 30]);
    const chosen = await trainer.train(prepared.data, jobs);
    expect(chosen.map(({ weights }) => weights)).not.toEqual(last.map(({ weights }) => weights));
  });

  it("is the same in TensorFlow.js", async () => {
    const [fast] = await trainer.train(prepared.data, kept.slice(0, 1));
    const [slow] = await tfjsTrainer().train(prepared.data, kept.slice(0, 1));
    expect(slow!.bestEpoch).toBe(30);
    fast!.weights.forEach((weight, i) => {
      expect(slow!.weights[i]).toBeCloseTo(weight, 3);
    });
  });

  it("refuses patience beside it", async () => {
    await expect(trainer.train(prepared.data, [{ ...kept[0]!, patience: 3 }])).rejects.toThrow(
      "patience must be absent where the last epoch is kept, got 3",
    );
  });
});

describe("fitNeuralBeta with final", () => {
  it("trains on both blocks from the same starts for the epochs that validation chose", async () => {
    const chosen = await fitNeuralBeta(PANEL, trainer, OPTIONS);
    const final = await fitNeuralBeta(PANEL, trainer, { ...OPTIONS, final: "fitAndValidation" });
    expect(final.networks.map(({ bestEpoch }) => bestEpoch)).toEqual(
      chosen.networks.map(({ bestEpoch }) => bestEpoch),
    );
    const both = prepareFinal(PANEL, OPTIONS);
    expect(both.blocks.inSample.target.length).toBe(2 * 27);
    for (const [i, job] of trainingJobs(both, OPTIONS).entries()) {
      const epochs = chosen.networks[i]!.bestEpoch;
      if (epochs === 0) expect(final.networks[i]!.weights).toEqual(job.startWeights);
      else {
        const [again] = await trainer.train(both.data, [{ ...job, epochs, keep: "last" }]);
        expect(final.networks[i]!.weights).toEqual(again!.weights);
        expect(again!.inSampleLoss).toHaveLength(epochs + 1);
      }
    }
    expect(final.scale).toEqual(both.scale);
  });

  it("leaves a network whose best epoch is its start at the start of both blocks", async () => {
    const options = { ...OPTIONS, start: "ols", learningRate: 5, replicates: 3 } as const;
    const chosen = await fitNeuralBeta(PANEL, trainer, options);
    expect(chosen.networks.map(({ bestEpoch }) => bestEpoch)).toContain(0);
    const final = await fitNeuralBeta(PANEL, trainer, { ...options, final: "fitAndValidation" });
    const starts = trainingJobs(prepareFinal(PANEL, options), options);
    chosen.networks.forEach(({ bestEpoch }, i) => {
      if (bestEpoch === 0) expect(final.networks[i]!.weights).toEqual(starts[i]!.startWeights);
    });
  });
});

describe("neuralEstimator with final", () => {
  const estimator = neuralEstimator("glorot", trainer, SEARCH);

  it("has an id and a key of its own", () => {
    const { final: _, ...plain } = SEARCH;
    const before = neuralEstimator("glorot", trainer, plain);
    expect([estimator.id, before.id]).toEqual(["neural-glorot-final", "neural-glorot"]);
    expect(estimator.key).not.toBe(before.key);
  });

  it.each(["frozen", "updated"] as const)(
    "%s: learns from the last month before the block",
    async (update) => {
      const path = await estimator.estimate(PANEL, SPLIT, update);
      // The coin A moved; B's inputs are as they were, so that only weights can move its beta.
      const moved = await estimator.estimate(changed(PANEL, "2020-09"), SPLIT, update);
      const betas = [path, moved].map((given) =>
        betaSeries(given, "B", "X").map(({ beta }) => beta),
      );
      expect(betas[1]![0]).not.toBe(betas[0]![0]);
    },
  );

  it("updated: has not seen the block's own months", async () => {
    const path = await estimator.estimate(PANEL, SPLIT, "updated");
    const moved = await estimator.estimate(changed(PANEL, "2021-02"), SPLIT, "updated");
    const betas = [path, moved].map((given) => betaSeries(given, "A", "X").map(({ beta }) => beta));
    expect(betas[1]!.slice(0, 5)).toEqual(betas[0]!.slice(0, 5));
  });
});

describe("networkPooled", () => {
  const constantOf = async (final: boolean, update: "frozen" | "updated") => {
    const estimator = networkPooled({
      lookback: 6,
      refit: "quarterly",
      ...(final ? { final: "fitAndValidation" } : {}),
    });
    const path = await estimator.estimate(PANEL, SPLIT, update);
    return betaSeries(path, "A", "X").map(({ beta }) => beta);
  };
  const pooledAfter = (month: string): number => {
    const path = pooledBeta(PANEL, { from: "2018-07" });
    const t = path.dates.findIndex((date) => date.startsWith(month));
    return path.values[2 * (t + 1)]!;
  };

  it.each([
    [false, "frozen", ["2019-09", "2019-09"]],
    [false, "updated", ["2019-09", "2019-12"]],
    [true, "frozen", ["2020-09", "2020-09"]],
    [true, "updated", ["2020-09", "2020-12"]],
  ] as const)(
    "final %s, %s: knows the targets through %s, by quarter",
    async (final, update, [q4, q1]) => {
      const expected = [q4, q4, q4, q1, q1, q1].map((month) =>
        expect.closeTo(pooledAfter(month), 10),
      );
      expect(await constantOf(final, update)).toEqual(expected);
    },
  );
});

describe("equalInformation", () => {
  it("lists two constants and a network from every start", () => {
    const { final: _, ...plain } = SEARCH;
    const estimators = equalInformation(trainer, { ...plain, starts: ["glorot", "ols"] })();
    expect(estimators.map(({ id }) => id)).toEqual([
      "pooled-network",
      "pooled-network-final",
      "neural-glorot-final",
      "neural-ols-final",
    ]);
  });
});
