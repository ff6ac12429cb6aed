/** What trained networks say: their betas with the spread between seeds, and their learning curves. */

import { betaOffset, rowAt } from "../panel/panel.js";
import { betaOfOutput, rmseOfLoss } from "../panel/scale.js";
import { mean } from "../stats/moments.js";
import { type BetaKind, type BetaPath, betaPath, type Panel } from "../types.js";
import { networkInputs } from "./network-inputs.js";
import type { TrainedFit } from "./neural-beta.js";
import type { TrainedNetwork } from "./trainer.js";

/**
 * Mean beta over the networks of a fit, with their range as a seed band.
 *
 * Fitted in the fitting and validation blocks, walk-forward in the out-of-sample block, where weights, scale and epoch
 * come from before.
 *
 * @param panel the panel that the networks were trained on
 * @returns two paths on the panel's dates, NaN outside their blocks
 * @example
 * const { fitted, walkForward } = ensembleBetas(dollar, fit);
 * betaSeries(walkForward, "BTC", "FIAT")[0];
 * // { date: "2023-01-31", beta: -7.7710, lower: -20.2343, upper: 4.6924 }: the bounds are lowest and highest of the seeds
 * [fitted.kind, walkForward.kind]; // ["fitted", "walkForward"]
 */
export function ensembleBetas(
  panel: Panel,
  fit: TrainedFit,
): { readonly fitted: BetaPath; readonly walkForward: BetaPath } {
  return {
    fitted: ensembleBeta(panel, fit, "fitted"),
    walkForward: ensembleBeta(panel, fit, "walkForward"),
  };
}

/**
 * Betas of every network of a fit by itself, in the order of their replicates: what a seed band is the range of.
 *
 * @example
 * replicateBetas(dollar, fit).map(({ walkForward }) => meanBeta(walkForward, "FIAT")); // [-3.9476, 0.5919]
 */
export function replicateBetas(
  panel: Panel,
  fit: TrainedFit,
): { readonly fitted: BetaPath; readonly walkForward: BetaPath }[] {
  return fit.networks.map((network) => ensembleBetas(panel, { ...fit, networks: [network] }));
}

/** One of the two paths of `ensembleBetas`, for whoever wants no more. */
export function ensembleBeta(panel: Panel, fit: TrainedFit, kind: BetaKind): BetaPath {
  const { inSample, validation, outOfSample } = fit.blocks;
  const blocks = kind === "fitted" ? [inSample, validation] : [outOfSample];
  const K = fit.shape.markets;
  const none = new Array<number>(K).fill(Number.NaN);
  const path = betaPath(panel, kind, () => none);
  const lower = path.values.slice();
  const upper = path.values.slice();
  const seeds = fit.networks.map(() => path.values.slice());
  for (const block of blocks) {
    const inputs = networkInputs(block, fit.scale);
    const outputs = fit.networks.map((network: TrainedNetwork) =>
      fit.outputs(network.weights, inputs),
    );
    for (let row = 0; row < block.target.length; row++)
      for (let k = 0; k < K; k++) {
        const betas = outputs.map((b) => betaOfOutput(fit.scale, rowAt(b, K, row)[k]!, k));
        const at = betaOffset(panel, block.target[row]!, block.coin[row]!, k);
        path.values[at] = mean(betas);
        lower[at] = Math.min(...betas);
        upper[at] = Math.max(...betas);
        betas.forEach((beta, seed) => {
          seeds[seed]![at] = beta;
        });
      }
  }
  return { ...path, band: { interval: "seed", lower, upper }, seeds };
}

/** RMSE of every network by epoch, in log returns; epoch 0 is the start. */
export interface LearningCurves {
  readonly inSample: readonly Float64Array[];
  readonly validation: readonly Float64Array[];
  /** Validation RMSE of each network at its best epoch: a selection score. */
  readonly selected: readonly number[];
  readonly bestEpochs: readonly number[];
  /** Networks whose loss stopped being finite: their curves end there. */
  readonly diverged: number;
}

/**
 * Learning curves of a fit: sqrt(loss) s_r, by replicate.
 *
 * @example
 * const curves = learningCurves(fit);
 * curves.validation[0]!.length; // 51: the start and fifty epochs
 * curves.bestEpochs; // [9, 0]
 */
export function learningCurves(fit: TrainedFit): LearningCurves {
  const rmse = (loss: number) => rmseOfLoss(fit.scale, loss);
  return {
    inSample: fit.networks.map((network) => network.inSampleLoss.map(rmse)),
    validation: fit.networks.map((network) => network.validationLoss.map(rmse)),
    selected: fit.networks.map(({ validationLoss, bestEpoch }) => rmse(validationLoss[bestEpoch]!)),
    bestEpochs: fit.networks.map(({ bestEpoch }) => bestEpoch),
    diverged: fit.networks.filter((n) => n.divergedAt !== undefined).length,
  };
}
