/** What a trainer takes and gives, so that one can stand in for another: same start, same order of rows, same loss. */

import type { Estimator } from "../betas/estimator.js";
import { checkFinite, checkInteger, checkPositive } from "../check.js";
import { STUDY_LIMITS } from "../limits.js";
import { lowest } from "../stats/moments.js";
import type { Progress } from "../types.js";
import type { KeptResults } from "./kept.js";
import { ACTIVATIONS, type NetworkShape, parameterCount } from "./network.js";
import { cutOf, inputsOf } from "./training-block.js";

/** Rows of one block in the network's units. */
export interface TrainingBlock {
  /** z-scores [B x D]. */
  readonly inputs: Float32Array;
  /** Target returns of the coins over their root mean square [B]. */
  readonly coinReturns: Float32Array;
  /** Target returns of the markets over their root mean squares [B x K]. */
  readonly marketReturns: Float32Array;
}

/** The blocks that a network is trained and chosen on. */
export interface TrainingData {
  readonly inSample: TrainingBlock;
  readonly validation: TrainingBlock;
}

/** What any network has: inputs per row, and outputs. */
export interface BlockShape {
  /** D: numbers per row. */
  readonly inputs: number;
  /** K: outputs, one per market. */
  readonly markets: number;
}

/** One network to train. Adam with decay rates 0.9 and 0.999 and epsilon 1e-7. */
export interface TrainingJob<Shape extends BlockShape = NetworkShape> {
  /** Names the job in messages, for example "FIAT, 4 tanh units, rate 0.001, start report, seed 3". */
  readonly label: string;
  readonly shape: Shape;
  readonly startWeights: Float32Array;
  readonly learningRate: number;
  readonly epochs: number;
  /** Rows per step in the order of `order(epoch)`; without it, one step per epoch on all rows. */
  readonly batches?: {
    readonly size: number;
    readonly order: (epoch: number) => Uint32Array;
    /** Names the order: jobs with one name have one order, and a cache need not ask for every epoch. */
    readonly name?: string;
  };
  /** Stop after this many epochs without a new lowest validation loss; off by default. */
  readonly patience?: number;
  /** "last": weights of the last epoch, whatever the validation loss; it excludes patience. */
  readonly keep?: "last";
  /** Decoupled weight decay: each step also multiplies the weights, not the biases, by 1 - rate x decay; 0 by default. */
  readonly weightDecay?: number;
  /** Key of the stream that dropout and noise are drawn from, in networks that have any. */
  readonly chance?: readonly (string | number)[];
}

/** The result of one job; curves begin with the start, epoch 0. */
export interface TrainedNetwork {
  /** Weights of the epoch with the lowest validation loss; of the earliest, if several have it; of the last, if the job keeps that. */
  readonly weights: Float32Array;
  /** The epoch of the weights. */
  readonly bestEpoch: number;
  /** Mean squared hedging error of the fitting rows after each epoch, in the network's units. */
  readonly inSampleLoss: Float64Array;
  /** The same of the validation rows. */
  readonly validationLoss: Float64Array;
  /** Epoch at which a loss was no longer finite; training ended before it. */
  readonly divergedAt?: number;
}

/** What a search reads of a network: its best epoch with both losses there, and what training itself came to. */
export interface NetworkScore {
  readonly bestEpoch: number;
  readonly inSampleLoss: number;
  readonly validationLoss: number;
  /** Lowest validation loss after the start: without epoch 0 among the candidates. NaN if no epoch was trained. */
  readonly trainedLoss: number;
  /** Validation loss of the last epoch that was trained: no epoch is chosen. NaN if none was. */
  readonly lastLoss: number;
  readonly divergedAt?: number;
}

/** Who hears of progress, and what ends the training. */
export interface TrainOptions<Result = TrainedNetwork> extends Progress {
  /** Called with each network as soon as it is trained, and its place among the jobs; in any order. */
  readonly onTrained?: (job: number, network: Result) => void;
  /** Ends the training between two jobs with the signal's reason. */
  readonly signal?: AbortSignal;
  /** False for networks that nobody asks for again: a cache leaves them out. */
  readonly keep?: boolean;
}

/** Something that trains networks: the SIMD kernel, TensorFlow.js, or either behind a cache. */
export interface Trainer<Shape extends BlockShape = NetworkShape> {
  /** Names what the results depend on beside data and job: the implementation and its version. */
  readonly id: string;
  /** Trains every job on the same data; results in the order of the jobs. */
  readonly train: (
    data: TrainingData,
    jobs: readonly TrainingJob<Shape>[],
    options?: TrainOptions,
  ) => Promise<TrainedNetwork[]>;
  /** Scores of the networks alone, where there is a shorter way to them. */
  readonly score?: (
    data: TrainingData,
    jobs: readonly TrainingJob<Shape>[],
    options?: TrainOptions<NetworkScore>,
  ) => Promise<NetworkScore[]>;
  /** Makes an estimator whose betas are kept beside the networks, where a cache keeps any. */
  readonly paths?: (estimator: Estimator, plain?: Estimator) => Estimator;
  /** The trainer behind a cache. */
  readonly plain?: Trainer<Shape>;
  /** What a cache has already of what may be asked for. */
  readonly kept?: KeptResults<Shape>;
}

/** Trains every job for its score. */
export async function scoreNetworks<Shape extends BlockShape>(
  trainer: Trainer<Shape>,
  data: TrainingData,
  jobs: readonly TrainingJob<Shape>[],
  options: TrainOptions<NetworkScore> = {},
): Promise<NetworkScore[]> {
  if (trainer.score) return trainer.score(data, jobs, options);
  const { onTrained, ...rest } = options;
  const networks = await trainer.train(data, jobs, {
    ...rest,
    ...(onTrained ? { onTrained: (job, network) => onTrained(job, networkScore(network)) } : {}),
  });
  return networks.map(networkScore);
}

function networkScore(network: TrainedNetwork): NetworkScore {
  const { bestEpoch, inSampleLoss, validationLoss, divergedAt } = network;
  const trained = validationLoss.subarray(1);
  return {
    bestEpoch,
    inSampleLoss: inSampleLoss[bestEpoch]!,
    validationLoss: validationLoss[bestEpoch]!,
    trainedLoss: trained.length > 0 ? lowest(trained) : Number.NaN,
    lastLoss: trained.at(-1) ?? Number.NaN,
    ...(divergedAt === undefined ? {} : { divergedAt }),
  };
}

/**
 * Refuses what no trainer of the report's network can train, before the first step.
 *
 * @throws RangeError naming job, key and value
 */
export function checkTraining(data: TrainingData, jobs: readonly TrainingJob[]): void {
  checkJobs(data, jobs, (where, { shape }) => {
    checkInteger(where, "shape.hidden", shape.hidden, 1, STUDY_LIMITS.hidden);
    if (!ACTIVATIONS.includes(shape.activation))
      throw new RangeError(
        `${where}: activation must be one of ${ACTIVATIONS.join(", ")}, got ${shape.activation}`,
      );
    return parameterCount(shape);
  });
}

/**
 * Refuses what no trainer can train, whatever the network.
 *
 * @param parameters checks a job's shape in the name of a place, and gives the number of weights that it asks for
 * @throws RangeError naming job, key and value
 */
export function checkJobs<Shape extends BlockShape>(
  data: TrainingData,
  jobs: readonly TrainingJob<Shape>[],
  parameters: (where: string, job: TrainingJob<Shape>) => number,
): void {
  for (const name of ["inSample", "validation"] as const) {
    const block = data[name];
    if (block.coinReturns.length === 0)
      throw new RangeError(`train: block ${name} must have rows, got none`);
    for (const key of ["coinReturns", "marketReturns"] as const)
      checkFinite("train", `${name}.${key}`, block[key]);
    // Windows that are cut from a panel are whole.
    if (!cutOf(block)) checkFinite("train", `${name}.inputs`, block.inputs);
  }
  for (const job of jobs) {
    const where = `train (${job.label})`;
    const { shape, batches, patience, weightDecay = 0 } = job;
    checkPositive(where, "learningRate", job.learningRate);
    checkInteger(where, "epochs", job.epochs, 1, STUDY_LIMITS.epochs);
    if (patience !== undefined) checkInteger(where, "patience", patience, 1);
    if (patience !== undefined && job.keep === "last")
      throw new RangeError(
        `${where}: patience must be absent where the last epoch is kept, got ${patience}; leave out patience or keep`,
      );
    if (!(weightDecay >= 0 && job.learningRate * weightDecay < 1))
      throw new RangeError(
        `${where}: weightDecay must be at least 0 and below 1 / learningRate, got ${weightDecay}`,
      );
    const weights = parameters(where, job);
    checkFinite(where, "startWeights", job.startWeights);
    if (job.startWeights.length !== weights)
      throw new RangeError(
        `${where}: startWeights must have ${weights} numbers, got ${job.startWeights.length}`,
      );
    for (const name of ["inSample", "validation"] as const) {
      const { coinReturns, marketReturns } = data[name];
      const [rows, inputs] = [coinReturns.length, inputsOf(data[name])];
      if (inputs !== rows * shape.inputs || marketReturns.length !== rows * shape.markets)
        throw new RangeError(
          `${where}: ${name} must have ${rows} rows of ${shape.inputs} inputs and ${shape.markets} markets, got ${inputs} and ${marketReturns.length} numbers`,
        );
    }
    if (batches) {
      checkInteger(where, "batches.size", batches.size, 1);
      if (batches.size > data.inSample.coinReturns.length)
        throw new RangeError(
          `${where}: batches.size must be at most the ${data.inSample.coinReturns.length} fitting rows, got ${batches.size}`,
        );
    }
  }
}

/**
 * Order of the fitting rows in one epoch of a job with batches.
 *
 * @throws RangeError unless it names every row once
 */
export function epochOrder<Shape extends BlockShape>(
  job: TrainingJob<Shape>,
  epoch: number,
  rows: number,
): Uint32Array {
  const order = job.batches?.order(epoch) ?? new Uint32Array();
  const seen = new Set(order);
  if (order.length !== rows || seen.size !== rows || order.some((row) => row >= rows))
    throw new RangeError(
      `train (${job.label}): the order of epoch ${epoch} must name each of the ${rows} fitting rows once, got ${order.length} entries, ${seen.size} of them different; return a permutation of 0 to ${rows - 1}`,
    );
  return order;
}
