/** Scores of paths and networks, in validation and out of sample. */

import { beforeAll, describe, expect, it } from "vitest";
import { hedgingRmse } from "../lib/src/betas/hedging.js";
import { zeroBeta } from "../lib/src/betas/zero.js";
import { networkScore, pathScore } from "../lib/src/comparing/scores.js";
import { ensembleBetas, learningCurves } from "../lib/src/models/ensemble.js";
import {
  fitNeuralBeta,
  type NeuralFit,
  type NeuralOptions,
} from "../lib/src/models/neural-beta.js";
import { rootMeanSquare } from "../lib/src/stats/moments.js";
import { STUDY } from "../lib/src/study.js";
import { betaPath, type Panel } from "../lib/src/types.js";
import { frozenPooled, plainTrainer, studyPanel } from "./support/helpers.js";

/** Relative: a start whose output bias is a float32. */
const FLOAT32 = 1e-6;

const { split } = STUDY;
const OPTIONS: NeuralOptions = {
  lookback: STUDY.lookback,
  split,
  hidden: 4,
  learningRate: 0.01,
  activation: "tanh",
  start: "glorot",
  epochs: 2,
  seed: 1,
  replicates: 3,
};

let panel: Panel;
let fit: NeuralFit;
beforeAll(async () => {
  panel = await studyPanel("FIAT");
  fit = await fitNeuralBeta(panel, plainTrainer, OPTIONS);
});

describe("pathScore", () => {
  it("is the RMSE of the validation year and of the year after it", () => {
    const { beta, validation, outOfSample } = pathScore(panel, zeroBeta(panel), {
      beta: "zero",
      split,
    });
    expect(beta).toBe("zero");
    expect(validation.mean.toFixed(4)).toBe("0.2463");
    const year2023 = panel.dates.flatMap((date, t) =>
      date.startsWith("2023") ? [...panel.coinLogReturns.slice(4 * t, 4 * t + 4)] : [],
    );
    expect(outOfSample).toBe(rootMeanSquare(year2023));
  });

  it("has no spread: a path is one estimate", () => {
    const pooled = frozenPooled(panel, split.inSample);
    const { validation } = pathScore(panel, pooled, { beta: "pooled", split });
    expect(validation.lowest).toBe(validation.mean);
    expect(validation.highest).toBe(validation.mean);
    expect(validation.mean.toFixed(4)).toBe("0.2353");
  });

  it("refuses a fitted path", () => {
    const fitted = betaPath(panel, "fitted", () => [0]);
    expect(() => pathScore(panel, fitted, { beta: "neural", split })).toThrow(RangeError);
  });

  it("is NaN in a block that the path does not reach", () => {
    const late = betaPath(panel, "walkForward", (_, t) => [
      panel.dates[t]! < "2023" ? Number.NaN : 1,
    ]);
    const score = pathScore(panel, late, { beta: "late", split });
    expect(score.validation.mean).toBeNaN();
    expect(Number.isFinite(score.outOfSample)).toBe(true);
  });
});

describe("networkScore", () => {
  it("spans the selection scores of the replicates", () => {
    const { selected } = learningCurves(fit);
    const { beta, validation } = networkScore("neural-glorot", panel, fit);
    expect(beta).toBe("neural-glorot");
    expect(validation.lowest).toBe(Math.min(...selected));
    expect(validation.highest).toBe(Math.max(...selected));
    expect(validation.mean).toBeCloseTo((selected[0]! + selected[1]! + selected[2]!) / 3, 12);
    expect(validation.lowest).toBeLessThan(validation.highest);
  });

  it("scores the mean beta out of sample, which is no worse than the mean of the networks' scores", () => {
    const { outOfSample } = networkScore("neural-glorot", panel, fit);
    const mean = ensembleBetas(panel, fit).walkForward;
    expect(outOfSample).toBe(hedgingRmse(panel, mean, split.outOfSample));
    const alone = fit.networks.map(
      (network) => networkScore("one", panel, { ...fit, networks: [network] }).outOfSample,
    );
    const meanScore = alone.reduce((sum, rmse) => sum + rmse, 0) / 3;
    expect(outOfSample).toBeLessThan(meanScore);
  });

  it("is the pooled constant's score while networks stand at the ols start", async () => {
    const atStart = await fitNeuralBeta(panel, plainTrainer, {
      ...OPTIONS,
      start: "ols",
      epochs: 0,
    });
    const network = networkScore("ols", panel, atStart);
    const pooled = pathScore(panel, frozenPooled(panel, split.inSample), { beta: "pooled", split });
    for (const [ours, theirs] of [
      [network.validation.lowest, pooled.validation.lowest],
      [network.validation.mean, pooled.validation.mean],
      [network.validation.highest, pooled.validation.highest],
      [network.outOfSample, pooled.outOfSample],
    ] as const)
      expect(Math.abs(ours / theirs - 1)).toBeLessThanOrEqual(FLOAT32);
  });
});
