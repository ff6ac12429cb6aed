/** The neural beta: the report's network on one panel. */

import type { SplitWindows } from "../panel/split.js";
import type { Panel, Split } from "../types.js";
import type { NetworkShape } from "./network.js";
import type { NetworkInputOptions, NetworkScale } from "./network-inputs.js";
import type { TrainedNetwork, Trainer, TrainOptions } from "./trainer.js";
import {
  checkStarted,
  type NetworkOptions,
  preparePanel,
  shapeOf,
  trainingJobs,
} from "./training-jobs.js";

/** One configuration of the network; `lookback`, `split` and `seed` are the study's. */
export interface NeuralOptions extends NetworkOptions, NetworkInputOptions {
  readonly lookback: number;
  readonly split: Split;
}

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
 * later return.
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
  return { options, shape, scale, blocks, networks };
}
