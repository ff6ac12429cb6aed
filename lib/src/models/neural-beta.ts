/** The neural beta: the report's network on one panel. */

import type { SplitWindows } from "../panel/split.js";
import type { Panel, Split } from "../types.js";
import { type NetworkShape, networkOutputs } from "./network.js";
import type { NetworkInputOptions, NetworkScale } from "./network-inputs.js";
import type {
  BlockShape,
  TrainedNetwork,
  Trainer,
  TrainingData,
  TrainingJob,
  TrainOptions,
} from "./trainer.js";
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

/** Trained networks of any kind with what is needed to turn their outputs into betas. */
export interface TrainedFit {
  readonly options: { readonly split: Split };
  readonly shape: BlockShape;
  readonly scale: NetworkScale;
  readonly blocks: SplitWindows;
  readonly networks: readonly TrainedNetwork[];
  /** Outputs b [B x K] of weights for rows of scaled inputs [B x D]. */
  readonly outputs: (weights: Float32Array, inputs: Float32Array) => Float64Array;
}

/** Trained networks of the report's kind. */
export interface NeuralFit extends TrainedFit {
  readonly options: NeuralOptions;
  readonly shape: NetworkShape;
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
  const outputs = (weights: Float32Array, inputs: Float32Array) =>
    networkOutputs(shape, weights, inputs);
  const fit = { options, shape, scale, blocks, networks, outputs };
  if (options.final === undefined) return fit;
  const all = prepareFinal(panel, options);
  const again = await finalNetworks(trainer, all.data, {
    jobs: trainingJobs(all, options),
    chosen: networks,
    training,
  });
  return { ...fit, scale: all.scale, blocks: all.blocks, networks: again };
}

/** Jobs on both blocks, the networks that chose their epochs, and how the last training goes. */
export interface FinalOptions<Shape extends BlockShape> {
  readonly jobs: readonly TrainingJob<Shape>[];
  readonly chosen: readonly TrainedNetwork[];
  readonly training: TrainOptions;
}

/**
 * Every network trained anew from its own start on the targets of the fitting and of the validation block, for as many epochs as
 * the validation block chose for it: the weights know all that was known before the test block.
 *
 * Scale and the pooled start are those of both blocks together. A network whose best epoch is its start stays at its start.
 */
export async function finalNetworks<Shape extends BlockShape>(
  trainer: Trainer<Shape>,
  data: TrainingData,
  { jobs, chosen, training }: FinalOptions<Shape>,
): Promise<TrainedNetwork[]> {
  const last = jobs.map((job, replicate) => ({
    ...job,
    // A trainer takes at least one epoch; its network is not used where the choice was none.
    epochs: Math.max(1, chosen[replicate]!.bestEpoch),
    keep: "last" as const,
  }));
  const trained = await trainer.train(data, last, training);
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
  return networks;
}
