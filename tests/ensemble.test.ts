/** Betas of several networks as one, and their curves of learning. */

import { describe, expect, it } from "vitest";
import { ensembleBetas, learningCurves } from "../lib/src/models/ensemble.js";
import { parameterCount } from "../lib/src/models/network.js";
import { fitNeuralBeta, type NeuralFit } from "../lib/src/models/neural-beta.js";
import type { TrainedNetwork } from "../lib/src/models/trainer.js";
import { inRange } from "../lib/src/panel/calendar.js";
import { rootMeanSquare } from "../lib/src/stats/moments.js";
import { plainTrainer, seededPanel } from "./support/helpers.js";

/** Sums of three betas in another order. */
const ROUNDING = 1e-12;

const PANEL = seededPanel(36, ["A", "B"], ["X", "Y"]);
const SPLIT = {
  inSample: { from: "2018-07", through: "2019-06" },
  validation: { from: "2019-07", through: "2019-12" },
  outOfSample: { from: "2020-03", through: "2020-08" },
};

const trained: NeuralFit = await fitNeuralBeta(PANEL, plainTrainer, {
  lookback: 6,
  split: SPLIT,
  hidden: 3,
  learningRate: 0.03,
  activation: "tanh",
  start: "glorot",
  epochs: 4,
  seed: 1,
  replicates: 3,
});

/** Networks without hidden weights: their outputs are the output biases, for every row. */
const constantNetworks = (...biases: [number, number][]): NeuralFit => ({
  ...trained,
  networks: biases.map(([x, y]) => {
    const weights = new Float32Array(parameterCount(trained.shape));
    weights.set([x, y], weights.length - 2);
    return {
      weights,
      bestEpoch: 0,
      inSampleLoss: Float64Array.of(1),
      validationLoss: Float64Array.of(1),
    };
  }),
});

/** First date index whose month is the given one. */
const at = (month: string) => PANEL.dates.findIndex((date) => date.startsWith(month));

describe("ensembleBetas", () => {
  it("are outputs times s_r / s_f, with root mean squares of the fitting block's targets", () => {
    const { walkForward } = ensembleBetas(PANEL, constantNetworks([0.5, -2]));
    const [from, end] = [at("2018-07"), at("2019-07")];
    const marketRms = [0, 1].map((k) =>
      rootMeanSquare(PANEL.marketLogReturns.slice(2 * from, 2 * end).filter((_, i) => i % 2 === k)),
    );
    const coinRms = rootMeanSquare(PANEL.coinLogReturns.slice(2 * from, 2 * end));
    const first = walkForward.values.slice(4 * at("2020-03"));
    expect(first[0]).toBeCloseTo((0.5 * coinRms) / marketRms[0]!, 10);
    expect(first[1]).toBeCloseTo((-2 * coinRms) / marketRms[1]!, 10);
    expect([first[2], first[3]]).toEqual([first[0], first[1]]);
  });

  it("are the mean of the networks, between the lowest and the highest of them", () => {
    const { fitted, walkForward } = ensembleBetas(PANEL, trained);
    const alone = trained.networks.map((network) =>
      ensembleBetas(PANEL, { ...trained, networks: [network] }),
    );
    for (const [name, whole] of [
      ["fitted", fitted],
      ["walkForward", walkForward],
    ] as const) {
      let seen = 0;
      whole.values.forEach((mean, i) => {
        const betas = alone.map((seed) => seed[name].values[i]!);
        if (Number.isNaN(mean)) return;
        seen++;
        const sum = betas.reduce((total, beta) => total + beta, 0);
        expect(Math.abs(mean - sum / 3)).toBeLessThanOrEqual(ROUNDING);
        expect(whole.band!.lower[i]).toBe(Math.min(...betas));
        expect(whole.band!.upper[i]).toBe(Math.max(...betas));
        expect(whole.band!.lower[i]).toBeLessThan(whole.band!.upper[i]!);
      });
      expect(seen).toBe(name === "fitted" ? 18 * 4 : 6 * 4);
    }
  });

  it("have no band around one network", () => {
    const [first] = trained.networks;
    const { values, band } = ensembleBetas(PANEL, {
      ...trained,
      networks: [first!],
    }).walkForward;
    expect(band).toEqual({ interval: "seed", lower: values, upper: values });
  });

  it("are fitted in the fitting and validation blocks, walk-forward out of sample, NaN elsewhere", () => {
    const { fitted, walkForward } = ensembleBetas(PANEL, trained);
    expect(fitted.kind).toBe("fitted");
    expect(walkForward.kind).toBe("walkForward");
    PANEL.dates.forEach((date, t) => {
      const isFitted = inRange(date, SPLIT.inSample) || inRange(date, SPLIT.validation);
      for (const values of [fitted.values, fitted.band!.lower, fitted.band!.upper])
        expect(Number.isFinite(values[4 * t + 3])).toBe(isFitted);
      const isTested = inRange(date, SPLIT.outOfSample);
      for (const values of [walkForward.values, walkForward.band!.lower, walkForward.band!.upper])
        expect(Number.isFinite(values[4 * t])).toBe(isTested);
    });
  });

  it("have the panel's axes", () => {
    const { dates, coins, markets, values } = ensembleBetas(PANEL, trained).walkForward;
    expect({ dates, coins, markets }).toEqual({
      dates: PANEL.dates,
      coins: PANEL.coins,
      markets: PANEL.markets,
    });
    expect(values).toHaveLength(36 * 2 * 2);
  });

  it("leave fit and panel unchanged", () => {
    const { networks, blocks } = trained;
    const before = structuredClone({ PANEL, networks, blocks });
    ensembleBetas(PANEL, trained).fitted.values.fill(0);
    expect({ PANEL, networks, blocks }).toEqual(before);
  });
});

describe("learningCurves", () => {
  const network = (part: Partial<TrainedNetwork>): TrainedNetwork => ({
    weights: new Float32Array(),
    bestEpoch: 0,
    inSampleLoss: Float64Array.of(1),
    validationLoss: Float64Array.of(1),
    ...part,
  });
  const fit: NeuralFit = {
    ...trained,
    scale: { ...trained.scale, coinRms: 0.2 },
    networks: [
      network({
        bestEpoch: 1,
        inSampleLoss: Float64Array.of(4, 1, 0.25),
        validationLoss: Float64Array.of(9, 1, 4),
      }),
      network({ validationLoss: Float64Array.of(0.25) }),
    ],
  };

  it("are the root of the loss in log returns, by network and epoch", () => {
    const { inSample, validation } = learningCurves(fit);
    expect(inSample).toEqual([Float64Array.of(0.4, 0.2, 0.1), Float64Array.of(0.2)]);
    expect([...validation[0]!]).toEqual([expect.closeTo(0.6, 12), 0.2, 0.4]);
  });

  it("select each network at its best epoch", () => {
    const { selected, bestEpochs } = learningCurves(fit);
    expect(selected).toEqual([0.2, 0.1]);
    expect(bestEpochs).toEqual([1, 0]);
  });

  it("select the lowest point of every validation curve", () => {
    const { selected, validation } = learningCurves(trained);
    expect(selected).toEqual(validation.map((curve) => Math.min(...curve)));
  });

  it("count the networks that diverged, at whatever epoch", () => {
    const networks = [network({}), network({ divergedAt: 3 }), network({ divergedAt: 1 })];
    expect(learningCurves({ ...fit, networks }).diverged).toBe(2);
    expect(learningCurves(fit).diverged).toBe(0);
  });

  it("leave the losses unchanged", () => {
    learningCurves(fit).inSample[0]!.fill(0);
    expect(fit.networks[0]!.inSampleLoss).toEqual(Float64Array.of(4, 1, 0.25));
  });
});
