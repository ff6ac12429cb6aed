/** What training anew by a schedule costs against training before every date. */

import { describe, expect, it } from "vitest";
import { hedgingRmse } from "../lib/src/betas/hedging.js";
import { refitEffect } from "../lib/src/comparing/refit-effect.js";
import { walkForward } from "../lib/src/comparing/walk-forward.js";
import { neuralEstimator } from "../lib/src/models/neural-estimator.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { seededPanel } from "./support/helpers.js";

/** Months from 2018-01. */
const PANEL = seededPanel(40, ["A", "B"], ["X"]);
/** Two quarters, each of one training by schedule. */
const splits = [
  ["2020-06", "2020-07", "2020-09"],
  ["2020-06", "2020-10", "2020-12"],
].map(([selected, from, through]) => ({
  inSample: { from: "2018-07", through: "2019-09" },
  validation: { from: "2019-10", through: selected! },
  outOfSample: { from: from!, through: through! },
}));
const grid = {
  ...{ hidden: [2], learningRates: [0.03], activations: ["tanh"] as const, replicates: 2 },
};
const OPTIONS = { lookback: 6, grid, epochs: 8, seed: 7, refit: "quarterly" } as const;

describe("refitEffect", () => {
  it("has the RMSE over all test blocks of networks of either schedule, by start", async () => {
    const trainer = simdTrainer();
    const starts = ["glorot", "ols"] as const;
    const found = await refitEffect(PANEL, trainer, { ...OPTIONS, splits, starts });
    expect(found.map(({ start }) => start)).toEqual(starts);
    const { refit, ...always } = OPTIONS;
    const byHand = async (options: typeof always & { readonly refit?: typeof refit }) => {
      const estimator = neuralEstimator("ols", trainer, options);
      const path = await walkForward(PANEL, estimator, { splits, update: "updated" });
      return hedgingRmse(PANEL, path, { from: "2020-07", through: "2020-12" });
    };
    const [, ols] = found;
    expect([ols!.scheduled, ols!.everyDate]).toEqual([await byHand(OPTIONS), await byHand(always)]);
    expect(ols!.scheduled).not.toBe(ols!.everyDate);
  });
});
