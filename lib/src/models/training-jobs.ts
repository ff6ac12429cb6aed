/** From a panel and a configuration to what a trainer takes: windows, scaling, starts and seeds. */

import { checkInteger } from "../check.js";
import { STUDY_LIMITS } from "../limits.js";
import { type Scale, scaledSeries } from "../panel/scale.js";
import { completeWindows, panelWindows, type SplitWindows } from "../panel/split.js";
import { seriesOf } from "../panel/windows.js";
import { type Stream, stream } from "../random.js";
import { leastSquares } from "../stats/ols.js";
import type { Panel, Split, Windows } from "../types.js";
import { type Activation, type NetworkShape, type Start, startingWeights } from "./network.js";
import {
  type NetworkInputOptions,
  type NetworkScale,
  networkInputs,
  networkScale,
  networkWidth,
} from "./network-inputs.js";
import type {
  BlockShape,
  TrainedNetwork,
  TrainingBlock,
  TrainingData,
  TrainingJob,
} from "./trainer.js";
import { cutBlock } from "./training-block.js";

/** One configuration of the report's network, and how often it is trained. */
export interface NetworkOptions extends TrainingOptions {
  readonly hidden: number;
  readonly activation: Activation;
  readonly start: Start;
}

/** How a network is trained, and how often. */
export interface TrainingOptions {
  readonly learningRate: number;
  /** Where the networks begin, in messages. */
  readonly start: string;
  readonly epochs: number;
  readonly seed: number;
  /** Networks to train, each from its own start; their mean beta is the estimate. */
  readonly replicates: number;
  /** Fitting rows per step, in a new order each epoch; all by default. */
  readonly batchSize?: number;
  readonly patience?: number;
  readonly weightDecay?: number;
}

/** Windows, scale and data of one market set: the same for every configuration. */
export interface PreparedPanel {
  readonly marketSet: string;
  readonly lookback: number;
  readonly blocks: SplitWindows;
  readonly scale: NetworkScale;
  readonly data: TrainingData;
  /** Output of the pooled OLS beta over the fitting block, beta s_f / s_r [K]. */
  readonly pooled: readonly number[];
}

/**
 * Windows by the date of their target, scaled by the fitting block alone: what a trainer takes.
 *
 * @param panel log returns of the coins and of the markets that shall hedge them
 * @example
 * const { data, pooled } = preparePanel(dollar, { lookback: 12, split: study.split });
 * [data.inSample.inputs.length, pooled]; // [3456, [-0.2749]]: 144 rows of 24 inputs, and the pooled beta in units of the output
 */
export function preparePanel(panel: Panel, options: PrepareOptions): PreparedPanel {
  const { lookback, split } = options;
  return prepared(panel, panelWindows(panel, lookback, split), options);
}

/**
 * The same with the validation block's targets among those to fit on, for scale, start and weights; the validation block
 * stands beside, as a trainer asks for one.
 */
export function prepareFinal(panel: Panel, options: PrepareOptions): PreparedPanel {
  const { lookback, split } = options;
  const blocks = panelWindows(panel, lookback, split);
  const ranges = [split.inSample, split.validation];
  const inSample = completeWindows(panel, lookback, { ranges, targetToo: true });
  return prepared(panel, { ...blocks, inSample }, options);
}

/** What windows and scale are made with. */
export type PrepareOptions = NetworkInputOptions & {
  readonly lookback: number;
  readonly split: Split;
};

function prepared(panel: Panel, blocks: SplitWindows, options: PrepareOptions): PreparedPanel {
  const scale = networkScale(blocks.inSample, panel.coins.length, options);
  return {
    marketSet: panel.markets.join("+"),
    lookback: options.lookback,
    blocks,
    scale,
    data: {
      inSample: trainingBlock(blocks.inSample, scale),
      validation: trainingBlock(blocks.validation, scale),
    },
    pooled: pooledOutputs(blocks.inSample, scale),
  };
}

/** Shape of a network on a prepared panel. */
export function shapeOf(
  prepared: PreparedPanel,
  hidden: number,
  activation: Activation,
): NetworkShape {
  const { inSample } = prepared.blocks;
  const inputs = networkWidth(inSample, prepared.scale);
  return { inputs, hidden, markets: inSample.markets, activation };
}

/**
 * One job per replicate of the report's network: the data that `preparePanel` makes, and where each network begins.
 *
 * Its chance comes from (seed, market set, configuration, replicate) alone, so that any job can be trained again by itself;
 * both starts of a replicate share their hidden weights.
 *
 * @example
 * const prepared = preparePanel(dollar, network);
 * const [job] = trainingJobs(prepared, network);
 * const [alone] = await trainer.train(prepared.data, [job!]);
 * alone!.bestEpoch === fit.networks[0]!.bestEpoch; // true
 */
export function trainingJobs(prepared: PreparedPanel, options: NetworkOptions): TrainingJob[] {
  const { hidden, learningRate, activation, start } = options;
  const shape = shapeOf(prepared, hidden, activation);
  return replicateJobs(prepared, options, {
    shape,
    configuration: [hidden, learningRate, activation].join(" "),
    label: `${hidden} ${activation} units, rate ${learningRate}`,
    startWeights: (draw) =>
      startingWeights(shape, { start, stream: draw, pooled: prepared.pooled }),
  });
}

/** What the jobs of one configuration share beside their options. */
export interface Configuration<Shape extends BlockShape> {
  readonly shape: Shape;
  /** Names the configuration among the streams of chance. */
  readonly configuration: string;
  /** Names it in messages. */
  readonly label: string;
  readonly startWeights: (draw: Stream) => Float32Array;
}

/** One job per replicate of any network. */
export function replicateJobs<Shape extends BlockShape>(
  { marketSet, blocks }: PreparedPanel,
  options: TrainingOptions,
  { shape, configuration, label, startWeights }: Configuration<Shape>,
): TrainingJob<Shape>[] {
  const { learningRate, start, epochs, batchSize, patience, weightDecay } = options;
  checkInteger("trainingJobs", "replicates", options.replicates, 1, STUDY_LIMITS.replicates);
  const rows = blocks.inSample.target.length;
  return Array.from({ length: options.replicates }, (_, replicate) => {
    const key = [options.seed, marketSet, configuration, replicate] as const;
    const order = (epoch: number) => stream(...key, "order", epoch).permutation(rows);
    return {
      label: `${marketSet}, ${label}, start ${start}, replicate ${replicate}`,
      shape,
      startWeights: startWeights(stream(...key, "start")),
      learningRate,
      epochs,
      ...(batchSize === undefined
        ? {}
        : { batches: { size: batchSize, order, name: [...key, rows].join() } }),
      ...(patience === undefined ? {} : { patience }),
      ...(weightDecay === undefined ? {} : { weightDecay }),
    };
  });
}

/** @throws RangeError naming the job if a network's loss was not finite even at its start */
export function checkStarted(
  jobs: readonly Pick<TrainingJob, "label">[],
  networks: readonly Pick<TrainedNetwork, "divergedAt">[],
): void {
  const lost = networks.findIndex((network) => network.divergedAt === 0);
  if (lost >= 0)
    throw new RangeError(
      `train (${jobs[lost]!.label}): the loss must be finite at the start, but it is not; check the panel for values out of range`,
    );
}

/** Pooled OLS beta over the block in the units of the output, beta s_f / s_r [K]. */
function pooledOutputs(block: Windows, scale: Scale): number[] {
  return leastSquares(block.marketLogReturns, block.coinLogReturns).map(
    (beta, k) => (beta * scale.marketRms[k]!) / scale.coinRms,
  );
}

function trainingBlock(block: Windows, scale: NetworkScale): TrainingBlock {
  const { markets: K, lookback, series, coin, target } = block;
  const returns = {
    coinReturns: Float32Array.from(block.coinLogReturns.map((r) => r / scale.coinRms)),
    marketReturns: Float32Array.from(
      block.marketLogReturns.map((f, i) => f / scale.marketRms[i % K]!),
    ),
  };
  const cutFrom = seriesOf(block);
  if (!cutFrom || scale.coins > 0) return { inputs: networkInputs(block, scale), ...returns };
  const columns = scaledSeries(cutFrom, scale);
  return cutBlock({ columns, lookback, series, coin, target }, returns);
}
