/** A network of one's own among the estimators: trained and averaged over seeds, block by block. */

import type { Estimator } from "../betas/estimator.js";
import { walkBlocks } from "../betas/walk-blocks.js";
import { type Refit, walkForwardSplits } from "../panel/walk-forward.js";
import type { Panel, Split } from "../types.js";
import { ensembleBeta } from "./ensemble.js";
import { fitModel, type ModelOptions } from "./model-fit.js";
import type { ModelBuilder } from "./tfjs/model-family.js";
import type { TrainOptions } from "./trainer.js";

/** A model without its split, and how often updated networks are trained. */
export interface ModelEstimatorOptions extends Omit<ModelOptions, "split" | "name"> {
  /** Updated networks are trained before the first date of each of these; by default before every date. */
  readonly refit?: Refit;
}

/**
 * Mean beta over the seeds of a model of one's own, for the ladder and `checkEstimator`.
 *
 * frozen: weights and scale are those of the split. updated: at every refit the networks are trained anew, with the year before
 * it for their epoch and all targets before that year to fit on. The options hold for all blocks: nothing is searched.
 *
 * @param id name in tables
 * @returns an estimator whose paths have the seeds' range as band
 * @throws RangeError as `fitModel`, when betas are asked for
 * @example
 * const two = modelEstimator("two-layers", ({ layers }, { inputs, markets }) => layers.sequential({ layers: [
 *   layers.layers.dense({ units: 4, activation: "relu", inputShape: [inputs] }), layers.layers.dense({ units: markets })] }),
 *   { ...network, start: "ols", epochs: 2 });
 * (await two.estimate(dollar, study.split, "frozen")).kind; // "walkForward"
 */
export function modelEstimator(
  id: string,
  build: ModelBuilder,
  { refit, signal, ...options }: ModelEstimatorOptions & Pick<TrainOptions, "signal">,
): Estimator {
  const fitted = async (panel: Panel, split: Split) =>
    ensembleBeta(
      panel,
      await fitModel(panel, build, { ...options, ...(signal && { signal }), split, name: id }),
      "walkForward",
    );
  return {
    id,
    async estimate(panel, split, update) {
      if (update === "frozen") return fitted(panel, split);
      const dates = walkForwardSplits(panel.dates, {
        from: split.inSample.from,
        lookback: options.lookback,
        test: split.outOfSample,
        refit: refit ?? "periodically",
      });
      return walkBlocks(panel, dates, fitted);
    },
  };
}
