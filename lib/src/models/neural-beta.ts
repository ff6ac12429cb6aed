/** The neural beta: the report's network on one panel. */

import type { SplitWindows } from "../panel/split.js";
import type { Panel, Split } from "../types.js";
import type { NetworkShape } from "./network.js";
import type { NetworkInputOptions, NetworkScale } from "./network-inputs.js";
import type { TrainedNetwork, Trainer, TrainOptions } from "./trainer.js";
import {
  checkStarted,
  type NetworkOptions,
  prepareFinal,
  preparePanel,
  shapeOf,
  trainingJobs,
} from "./training-jobs.js";

/** One configuration of the network; `lookback`, `split` and `seed` are the study's. */
export interface NeuralOptions extends NetworkOptions, NetworkInputOptions {
  readonly lookback: number;
  readonly split: Split;
  /** Trains once more, on fit and validation, for the epochs that the validation block chose; see `finalFit`. */
  readonly final?: Final;
}

/** What the last training takes beside the fitting block: the validation block too, once it has chosen. */
export type Final = "fitAndValidation";

/** Trained networks with what is needed to turn their outputs into betas. */
export interface NeuralFit {
  readonly options: NeuralOptions;
  readonly shape: NetworkShape;
  readonly scale: NetworkScale;
  readonly blocks: SplitWindows;
  readonly networks: readonly TrainedNetwork[];
}

/**
 * Trains the report's network on one panel: one network pooled over the coins, several starts.
 *
 * Weights and scale use targets of the fitting block; the epoch is chosen on the validation block; neither sees a
 * later return. With `final`, the networks are trained once more, from the same starts, on both blocks, for the epochs that
 * were chosen.
 *
 * @param panel log returns of the coins and of the markets that shall hedge them
 * @returns the networks in the order of their replicates
 * @throws RangeError if a network's loss stops being finite before its first epoch, or an option is out of range
 * @example
 * const { networks } = await fitNeuralBeta(dollar, trainer, network);
 * networks.map(({ bestEpoch }) => bestEpoch); // [9, 0]
 * @see report, Steps 1 and 2
 */
export async function fitNeuralBeta(
  panel: Panel,
  trainer: Trainer,
  { onProgress, onTrained, signal, keep, ...options }: NeuralOptions & TrainOptions,
): Promise<NeuralFit> {
  const training = {
    ...(onProgress && { onProgress }),
    ...(onTrained && { onTrained }),
    ...(signal && { signal }),
    ...(keep !== undefined && { keep }),
  };
  const prepared = preparePanel(panel, options);
  const jobs = trainingJobs(prepared, options);
  const networks = await trainer.train(prepared.data, jobs, training);
  checkStarted(jobs, networks);
  const { scale, blocks } = prepared;
  const shape = shapeOf(prepared, options.hidden, options.activation);
  const fit = { options, shape, scale, blocks, networks };
  return options.final === undefined ? fit : finalFit(panel, trainer, { fit, training });
}

/** A fit that has chosen its epochs, and how the last training goes. */
interface FinalOptions {
  readonly fit: NeuralFit;
  readonly training: TrainOptions;
}

/**
 * Every network trained anew from its own start on the targets of the fitting and of the validation block, for as many epochs as
 * the validation block chose for it: the weights know all that was known before the test block.
 *
 * Scale and the pooled start are those of both blocks together. A network whose best epoch is its start stays at its start.
 */
async function finalFit(
  panel: Panel,
  trainer: Trainer,
  { fit, training }: FinalOptions,
): Promise<NeuralFit> {
  const { options, shape, networks: chosen } = fit;
  const prepared = prepareFinal(panel, options);
  const jobs = trainingJobs(prepared, options).map((job, replicate) => ({
    ...job,
    // A trainer takes at least one epoch; its network is not used where the choice was none.
    epochs: Math.max(1, chosen[replicate]!.bestEpoch),
    keep: "last" as const,
  }));
  const trained = await trainer.train(prepared.data, jobs, training);
  const networks = trained.map((network, replicate) =>
    chosen[replicate]!.bestEpoch > 0
      ? network
      : {
          weights: jobs[replicate]!.startWeights,
          bestEpoch: 0,
          inSampleLoss: network.inSampleLoss.slice(0, 1),
          validationLoss: network.validationLoss.slice(0, 1),
        },
  );
  checkStarted(jobs, networks);
  return { options, shape, scale: prepared.scale, blocks: prepared.blocks, networks };
}
