/** A network of one's own on one panel: any model of TensorFlow.js, trained on the hedging loss. */

import type { Panel, Split } from "../types.js";
import { cachedTrainer } from "./cache/trainer.js";
import type { Activation } from "./network.js";
import { type NetworkInputOptions, networkWidth } from "./network-inputs.js";
import { type Final, finalNetworks, type TrainedFit } from "./neural-beta.js";
import type { ModelShape } from "./tfjs/model-checks.js";
import { type ModelBuilder, type ModelFamily, modelFamily } from "./tfjs/model-family.js";
import { MODEL_STARTS, type ModelStart } from "./tfjs/model-start.js";
import { familyTrainer, type TfjsOptions } from "./tfjs/trainer.js";
import type { TrainingData, TrainingJob, TrainOptions } from "./trainer.js";
import {
  checkStarted,
  type PreparedPanel,
  prepareFinal,
  preparePanel,
  replicateJobs,
  type TrainingOptions,
} from "./training-jobs.js";

/** How a model of one's own is trained: a study and its `baseline` have most of it. */
export interface ModelOptions extends TrainingOptions, NetworkInputOptions, TfjsOptions {
  readonly lookback: number;
  readonly split: Split;
  readonly start: ModelStart;
  /** With `activation`, names the configuration only: chance is that of the report's network of this name. */
  readonly hidden?: number;
  readonly activation?: Activation;
  /** Trains once more, on fit and validation, for the epochs that the validation block chose. */
  readonly final?: Final;
  /** Folder that keeps trained networks, for example `CACHE`; without it each call trains anew. It needs a key. */
  readonly cache?: string;
  /** All that the builder takes from around it, in one text: networks are kept under it. */
  readonly key?: string;
  /** Name in messages. */
  readonly name?: string;
}

/** Trained models of one's own with what is needed to turn their outputs into betas, and to train them again. */
export interface ModelFit extends TrainedFit {
  readonly shape: ModelShape;
  readonly data: TrainingData;
  readonly jobs: readonly TrainingJob<ModelShape>[];
}

/**
 * Trains a model of one's own on one panel: one network pooled over the coins, several starts.
 *
 * Loss, windows, split, scale, seeds and the choice of the epoch are those of the report's network; `learningCurves`,
 * `ensembleBetas` and `networkScore` take the result. A kept network is known by the stated key, its layers, the text of its
 * builder, its first weights, the data and the options: what else a builder takes from around it, the key must say.
 *
 * @param panel log returns of the coins and of the markets that shall hedge them
 * @throws RangeError if the model does not fit the panel, there is a cache without a key, an option is out of range, or a loss is not finite at the start
 * @example
 * const own = await fitModel(dollar, ({ layers }, { lookback, series, markets }) => layers.sequential({ layers: [
 *   layers.layers.gru({ units: 2, inputShape: [lookback, series] }), layers.layers.dense({ units: markets })] }),
 *   { ...network, start: "ols", epochs: 2 });
 * own.networks.map(({ validationLoss }) => validationLoss.length); // [3, 3]: the start and two epochs
 */
export async function fitModel(
  panel: Panel,
  build: ModelBuilder,
  { onProgress, onTrained, signal, keep, ...options }: ModelOptions & TrainOptions,
): Promise<ModelFit> {
  const heard = {
    ...(onProgress && { onProgress }),
    ...(onTrained && { onTrained }),
    ...(signal && { signal }),
    ...(keep !== undefined && { keep }),
  };
  const { cache, key, name, start } = options;
  const where = name === undefined ? "fitModel" : `fitModel (${name})`;
  if (!MODEL_STARTS.includes(start))
    throw new RangeError(`${where}: start must be one of ${MODEL_STARTS.join(", ")}, got ${start}`);
  if (cache !== undefined && key === undefined)
    throw new RangeError(
      `${where}: a cache needs a key, which names all that the builder takes from around it, got none; add key, for example "units 8", or leave cache out`,
    );
  const prepared = preparePanel(panel, options);
  const shape = modelShape(prepared);
  const family = await modelFamily(where, build, { ...options, shape });
  const jobs = modelJobs(prepared, options, family);
  const plain = familyTrainer(family, options);
  const trainer =
    cache === undefined ? plain : cachedTrainer({ ...plain, id: `${plain.id} ${key}` }, cache);
  const networks = await trainer.train(prepared.data, jobs, heard);
  checkStarted(jobs, networks);
  const { scale, blocks, data } = prepared;
  const { outputs } = family;
  const fit = { options, shape, scale, blocks, data, jobs, networks, outputs };
  if (options.final === undefined) return fit;
  const all = prepareFinal(panel, options);
  const again = await finalNetworks(trainer, all.data, {
    jobs: modelJobs(all, options, family),
    chosen: networks,
    training: heard,
  });
  return { ...fit, scale: all.scale, blocks: all.blocks, networks: again };
}

function modelShape({ blocks, scale }: PreparedPanel): ModelShape {
  const { inSample } = blocks;
  const { lookback, series, markets } = inSample;
  const { coins } = scale;
  return {
    inputs: networkWidth(inSample, scale),
    lookback,
    series: series + coins,
    coins,
    markets,
  };
}

function modelJobs(
  prepared: PreparedPanel,
  options: ModelOptions,
  family: ModelFamily,
): TrainingJob<ModelShape>[] {
  const { hidden, activation, learningRate, start, name = "own model" } = options;
  const shape = modelShape(prepared);
  const configuration = [hidden, learningRate, activation].filter((x) => x !== undefined).join(" ");
  const jobs = replicateJobs(prepared, options, {
    shape,
    configuration,
    label: `${name}, rate ${learningRate}`,
    startWeights: (stream) => family.start(shape, { start, stream, pooled: prepared.pooled }),
  });
  const key = [options.seed, prepared.marketSet, configuration];
  return jobs.map((job, replicate) => ({ ...job, chance: [...key, replicate] }));
}
