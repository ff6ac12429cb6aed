/** The neural beta: what it fits, selects and predicts, and that nothing later reaches it. */

import { beforeAll, describe, expect, it } from "vitest";
import { hedgingRmse } from "../lib/src/betas/hedging.js";
import { ensembleBetas, learningCurves } from "../lib/src/models/ensemble.js";
import { ACTIVATIONS, networkOutputs, weightParts } from "../lib/src/models/network.js";
import { fitNeuralBeta, type NeuralOptions } from "../lib/src/models/neural-beta.js";
import type {
  Trainer,
  TrainingData,
  TrainingJob,
  TrainOptions,
} from "../lib/src/models/trainer.js";
import { betaOfOutput } from "../lib/src/panel/scale.js";
import { rootMeanSquare } from "../lib/src/stats/moments.js";
import { STUDY } from "../lib/src/study.js";
import type { Panel } from "../lib/src/types.js";
import { frozenPooled, plainTrainer, studyPanel } from "./support/helpers.js";

/** Relative: weights and returns are handed over as float32. */
const FLOAT32 = 1e-6;

const OPTIONS: NeuralOptions = {
  lookback: STUDY.lookback,
  split: STUDY.split,
  hidden: 4,
  learningRate: 0.01,
  activation: "tanh",
  start: "glorot",
  epochs: 3,
  seed: 1,
  replicates: 2,
};

/** What a trainer is given, and the fit of networks that stay at their start. */
async function handedOver(
  panel: Panel,
  part: Partial<NeuralOptions> = {},
  training: TrainOptions = {},
) {
  const given: {
    data: TrainingData;
    jobs: readonly TrainingJob[];
    options: TrainOptions | undefined;
  }[] = [];
  const recorder: Trainer = {
    id: "recorder",
    train: async (data, jobs, options) => {
      given.push({ data, jobs, options });
      return plainTrainer.train(
        data,
        jobs.map((job) => ({ ...job, epochs: 0 })),
      );
    },
  };
  const fit = await fitNeuralBeta(panel, recorder, { ...OPTIONS, ...part, ...training });
  return { ...given[0]!, fit, calls: given.length };
}

let fiat: Panel;
let all: Panel;
beforeAll(async () => {
  fiat = await studyPanel("FIAT");
  all = await studyPanel();
});

describe("fitNeuralBeta", () => {
  it("hands over the report's 144 fitting and 48 validation rows, and no others", async () => {
    const { data, jobs, calls } = await handedOver(all);
    expect(calls).toBe(1);
    expect(data.inSample.coinReturns).toHaveLength(144);
    expect(data.inSample.marketReturns).toHaveLength(144 * 4);
    expect(data.inSample.inputs).toHaveLength(144 * 12 * 5);
    expect(data.validation.coinReturns).toHaveLength(48);
    expect(data.validation.inputs).toHaveLength(48 * 12 * 5);
    expect(jobs[0]!.shape).toEqual({
      inputs: 60,
      hidden: 4,
      markets: 4,
      activation: "tanh",
    });
  });

  it("hands over returns whose root mean square in the fitting block is 1, for the coins and for each market", async () => {
    const { data } = await handedOver(all);
    const { coinReturns, marketReturns } = data.inSample;
    const columns = [0, 1, 2, 3].map((k) => marketReturns.filter((_, at) => at % 4 === k));
    for (const values of [coinReturns, ...columns])
      expect(Math.abs(rootMeanSquare(values) - 1)).toBeLessThanOrEqual(FLOAT32);
  });

  it("hands over nothing that a return after the validation block could change", async () => {
    const after = fiat.dates.findIndex((date) => date > "2022-12-31");
    const { data, jobs, fit } = await handedOver(fiat, { start: "ols" });
    const changed = await handedOver(
      {
        ...fiat,
        coinLogReturns: fiat.coinLogReturns.map((r, at) => (at < after * 4 ? r : 3 - r)),
        marketLogReturns: fiat.marketLogReturns.map((r, at) => (at < after ? r : 3 - r)),
      },
      { start: "ols" },
    );
    expect(changed.data).toEqual(data);
    expect(changed.jobs).toEqual(jobs);
    expect(changed.fit.scale).toEqual(fit.scale);
  });

  it("uses the validation block neither for scale nor for start", async () => {
    const [from, through] = ["2022-01-31", "2022-12-31"].map((date) => fiat.dates.indexOf(date));
    const { jobs, fit, data } = await handedOver(fiat, { start: "ols" });
    const changed = await handedOver(
      {
        ...fiat,
        coinLogReturns: fiat.coinLogReturns.map((r, at) =>
          at < from! * 4 || at >= (through! + 1) * 4 ? r : 3 - r,
        ),
      },
      { start: "ols" },
    );
    expect(changed.jobs).toEqual(jobs);
    expect(changed.fit.scale).toEqual(fit.scale);
    expect(changed.data.inSample).toEqual(data.inSample);
    expect(changed.data.validation).not.toEqual(data.validation);
  });

  it("begins at the pooled beta for every row, at the ols start", async () => {
    const pooled = frozenPooled(all, STUDY.split.inSample).values.slice(-4);
    for (const activation of ACTIVATIONS) {
      const { data, jobs, fit } = await handedOver(all, {
        start: "ols",
        activation,
      });
      for (const { shape, startWeights } of jobs)
        for (const { inputs } of [data.inSample, data.validation])
          networkOutputs(shape, startWeights, inputs).forEach((output, at) => {
            const k = at % 4;
            const beta = betaOfOutput(fit.scale, output, k);
            expect(Math.abs(beta / pooled[k]! - 1)).toBeLessThanOrEqual(FLOAT32);
          });
    }
  });

  it.each([
    ["FIAT", "0.2353"],
    ["EQUITY", "0.1957"],
    ["GOLD", "0.2401"],
    ["ENERGY", "0.2415"],
    ["FIAT+EQUITY+GOLD+ENERGY", "0.1966"],
  ])(
    "begins its curve on %s at the pooled constant's validation RMSE %s, at the ols start",
    async (marketSet, rmse) => {
      const { fit } = await handedOver(await studyPanel(marketSet), {
        start: "ols",
      });
      for (const curve of learningCurves(fit).validation) expect(curve[0]!.toFixed(4)).toBe(rmse);
    },
  );

  it("draws the same hidden weights for both starts of a replicate", async () => {
    const starts = ["glorot", "ols"] as const;
    const [report, ols] = await Promise.all(
      starts.map(async (start) =>
        (await handedOver(fiat, { start })).jobs.map(
          ({ shape, startWeights }) => weightParts(shape, startWeights)[0],
        ),
      ),
    );
    expect(ols).toEqual(report);
  });

  it("draws other weights for each replicate, seed, market, rate and activation", async () => {
    const gold = await studyPanel("GOLD");
    const fits = await Promise.all([
      handedOver(fiat, { replicates: 3 }),
      handedOver(fiat, { seed: 2 }),
      handedOver(fiat, { learningRate: 0.1 }),
      handedOver(fiat, { activation: "relu" }),
      handedOver(gold),
    ]);
    const starts = fits.flatMap(({ jobs }) => jobs.map(({ startWeights }) => startWeights.join()));
    expect(starts).toHaveLength(3 + 4 * 2);
    expect(new Set(starts).size).toBe(starts.length);
  });

  it("gives a replicate the same job however many there are", async () => {
    const few = await handedOver(fiat, { replicates: 2 });
    const many = await handedOver(fiat, { replicates: 4 });
    expect(many.jobs).toHaveLength(4);
    expect(many.jobs.slice(0, 2)).toEqual(few.jobs);
  });

  it("names each job", async () => {
    const { jobs } = await handedOver(await studyPanel("FIAT+GOLD"));
    expect(jobs.map(({ label }) => label)).toEqual([
      "FIAT+GOLD, 4 tanh units, rate 0.01, start glorot, replicate 0",
      "FIAT+GOLD, 4 tanh units, rate 0.01, start glorot, replicate 1",
    ]);
  });

  it("passes on the options of training, and leaves out those that are not given", async () => {
    const plain = (await handedOver(fiat)).jobs[0]!;
    expect(plain.learningRate).toBe(0.01);
    expect(plain.epochs).toBe(3);
    expect(plain.batches).toBeUndefined();
    expect(plain.patience).toBeUndefined();
    expect(plain.weightDecay).toBeUndefined();
    const onProgress = () => {};
    const { jobs, options } = await handedOver(
      fiat,
      { patience: 5, weightDecay: 0.01, batchSize: 32 },
      { onProgress },
    );
    expect(jobs[0]).toMatchObject({
      patience: 5,
      weightDecay: 0.01,
      batches: { size: 32 },
    });
    expect(options).toEqual({ onProgress });
  });

  it("orders batches anew for each epoch and replicate, the same when asked again", async () => {
    const { jobs } = await handedOver(fiat, { batchSize: 32 });
    const orders = jobs.flatMap(({ batches }) => [1, 2].map((epoch) => batches!.order(epoch)));
    for (const order of orders)
      expect([...order].sort((a, b) => a - b)).toEqual([...Array(144).keys()]);
    expect(new Set(orders.map((order) => order.join())).size).toBe(4);
    expect(jobs[1]!.batches!.order(2)).toEqual(orders[3]);
  });

  it("returns the networks in the order of their replicates", async () => {
    const { fit, jobs } = await handedOver(fiat, { replicates: 3 });
    expect(fit.networks.map(({ weights }) => weights)).toEqual(
      jobs.map(({ startWeights }) => startWeights),
    );
  });

  it("doubles every beta when the coins' returns double, and halves it when the market's do", async () => {
    const fit = async (coins: number, market: number) => {
      const panel = {
        ...fiat,
        coinLogReturns: fiat.coinLogReturns.map((r) => coins * r),
        marketLogReturns: fiat.marketLogReturns.map((f) => market * f),
      };
      const trained = await fitNeuralBeta(panel, plainTrainer, OPTIONS);
      return ensembleBetas(panel, trained).walkForward.values;
    };
    const once = await fit(1, 1);
    // A power of two scales without rounding, so that training takes the same steps bit for bit.
    expect(await fit(2, 1)).toEqual(once.map((beta) => 2 * beta));
    expect(await fit(1, 2)).toEqual(once.map((beta) => beta / 2));
  });

  it("has a selection score that is the hedging RMSE of its betas in the validation block", async () => {
    const fit = await fitNeuralBeta(all, plainTrainer, {
      ...OPTIONS,
      replicates: 1,
    });
    const mean = ensembleBetas(all, fit).fitted;
    // A fitted path is never scored, except here: against the curve of the trainer.
    const rmse = hedgingRmse(all, { ...mean, kind: "walkForward" }, STUDY.split.validation);
    const [selected] = learningCurves(fit).selected;
    expect(Math.abs(selected! / rmse - 1)).toBeLessThanOrEqual(FLOAT32);
  });

  it("refuses a network whose loss is not finite before its first epoch", async () => {
    const diverged: Trainer = {
      id: "diverged",
      train: async (_, jobs) =>
        jobs.map(({ startWeights }) => ({
          weights: startWeights,
          bestEpoch: 0,
          inSampleLoss: new Float64Array(),
          validationLoss: new Float64Array(),
          divergedAt: 0,
        })),
    };
    const outcome = await fitNeuralBeta(fiat, diverged, OPTIONS).then(
      () => "a fit",
      (error) => error,
    );
    expect(outcome).toBeInstanceOf(RangeError);
  });

  it.each<[string, Partial<NeuralOptions>]>([
    ["trainingJobs: replicates must be an integer of at least 1, got 0", { replicates: 0 }],
    ["lookbackWindows: lookback must be an integer of at least 1, got 0", { lookback: 0 }],
    ["startingWeights: hidden must be an integer of at least 1, got 0.5", { hidden: 0.5 }],
  ])("refuses options: %s", async (message, part) => {
    await expect(handedOver(fiat, part)).rejects.toThrow(new RangeError(message));
  });

  it("leaves panel and options unchanged", async () => {
    const before = structuredClone({ fiat, OPTIONS });
    const { data } = await handedOver(fiat);
    data.inSample.coinReturns.fill(0);
    expect({ fiat, OPTIONS }).toEqual(before);
  });
});
