/** The neural beta: windows, scaling, starts and seeds around a trainer. */

import { checkInteger } from "../check.js";
import {
  betaOfOutput,
  fittingScale,
  type Scale,
  scaledInputs,
} from "../panel/scale.js";
import { type SplitWindows, splitWindows } from "../panel/split.js";
import { lookbackWindows } from "../panel/windows.js";
import { stream } from "../random.js";
import { leastSquares } from "../stats/ols.js";
import {
  type BetaKind,
  type BetaPath,
  betaPath,
  type Panel,
  type Split,
  type Windows,
} from "../types.js";
import {
  type Activation,
  type NetworkShape,
  networkOutputs,
  type Start,
  startingWeights,
} from "./network.js";
import type {
  TrainedNetwork,
  Trainer,
  TrainingBlock,
  TrainOptions,
} from "./trainer.js";

/** One configuration of the network; `lookback`, `split` and `seed` are the study's. */
export interface NeuralOptions {
  readonly lookback: number;
  readonly split: Split;
  readonly hidden: number;
  readonly learningRate: number;
  readonly activation: Activation;
  readonly start: Start;
  readonly epochs: number;
  readonly seed: number;
  /** Networks to train, each from its own start; their mean beta is the estimate. */
  readonly replicates: number;
  /** Fitting rows per step, in a new order each epoch; all by default. */
  readonly batchSize?: number;
  readonly patience?: number;
  readonly weightDecay?: number;
}

/** Trained networks with what is needed to turn their outputs into betas. */
export interface NeuralFit {
  readonly options: NeuralOptions;
  readonly shape: NetworkShape;
  readonly scale: Scale;
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
 * @see report, Steps 1 and 2
 */
export async function fitNeuralBeta(
  panel: Panel,
  trainer: Trainer,
  options: NeuralOptions,
  training: TrainOptions = {},
): Promise<NeuralFit> {
  const { lookback, hidden, activation, start, seed, replicates, batchSize } =
    options;
  checkInteger("fitNeuralBeta", "replicates", replicates, 1);
  const blocks = splitWindows(
    lookbackWindows(panel, lookback),
    panel.dates,
    options.split,
  );
  const scale = fittingScale(blocks.inSample);
  const markets = panel.markets.length;
  const shape = {
    inputs: lookback * (1 + markets),
    hidden,
    markets,
    activation,
  };
  const pooled = pooledOutputs(blocks.inSample, scale);
  const configuration = [hidden, options.learningRate, activation].join(" ");
  const jobs = Array.from({ length: replicates }, (_, replicate) => {
    const key = [
      seed,
      panel.markets.join("+"),
      configuration,
      replicate,
    ] as const;
    return {
      label: `${panel.markets.join("+")}, ${hidden} ${activation} units, rate ${options.learningRate}, start ${start}, replicate ${replicate}`,
      shape,
      startWeights: startingWeights(
        shape,
        start,
        stream(...key, "start"),
        pooled,
      ),
      learningRate: options.learningRate,
      epochs: options.epochs,
      ...(batchSize === undefined
        ? {}
        : {
            batches: {
              size: batchSize,
              order: (epoch: number) =>
                stream(...key, "order", epoch).permutation(
                  blocks.inSample.target.length,
                ),
            },
          }),
      ...(options.patience === undefined ? {} : { patience: options.patience }),
      ...(options.weightDecay === undefined
        ? {}
        : { weightDecay: options.weightDecay }),
    };
  });
  const networks = await trainer.train(
    {
      inSample: trainingBlock(blocks.inSample, scale),
      validation: trainingBlock(blocks.validation, scale),
    },
    jobs,
    training,
  );
  return { options, shape, scale, blocks, networks };
}

/** A loss in the network's units as a hedging RMSE in log returns, sqrt(loss) s_r. */
export function lossRmse(fit: NeuralFit, loss: number): number {
  return Math.sqrt(loss) * fit.scale.coinRms;
}

/**
 * Betas of one trained network: fitted in its fitting and validation blocks, walk-forward in the
 * out-of-sample block (its weights, scale and epoch come from before).
 *
 * @returns two paths on the panel's dates, NaN outside their blocks
 */
export function networkBetas(
  panel: Panel,
  fit: NeuralFit,
  replicate: number,
): { readonly fitted: BetaPath; readonly walkForward: BetaPath } {
  const network = fit.networks[replicate];
  if (!network)
    throw new RangeError(
      `networkBetas: replicate must be below ${fit.networks.length}, got ${replicate}`,
    );
  const { inSample, validation, outOfSample } = fit.blocks;
  const path = (kind: BetaKind, blocks: readonly Windows[]): BetaPath => {
    const empty = betaPath(panel, kind, () =>
      new Array<number>(fit.shape.markets).fill(Number.NaN),
    );
    for (const block of blocks) fillBetas(empty, fit, network, block);
    return empty;
  };
  return {
    fitted: path("fitted", [inSample, validation]),
    walkForward: path("walkForward", [outOfSample]),
  };
}

/** A mean path with the lowest and highest beta of the replicates: a seed band, not an interval. */
export interface Ensemble {
  readonly mean: BetaPath;
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/** Mean beta over replicates, and their range. */
export function ensemble(paths: readonly BetaPath[]): Ensemble {
  const [first] = paths;
  if (!first)
    throw new RangeError("ensemble: needs at least one path, got none");
  const over = (reduce: (betas: readonly number[]) => number): Float64Array =>
    first.values.map((_, i) => reduce(paths.map((path) => path.values[i]!)));
  return {
    mean: {
      ...first,
      values: over(
        (betas) => betas.reduce((sum, b) => sum + b, 0) / betas.length,
      ),
    },
    lowest: over((betas) => Math.min(...betas)),
    highest: over((betas) => Math.max(...betas)),
  };
}

/** Pooled OLS beta over the block in the units of the output, beta s_f / s_r [K]. */
function pooledOutputs(block: Windows, scale: Scale): number[] {
  return leastSquares(block.marketLogReturns, block.coinLogReturns).map(
    (beta, k) => (beta * scale.marketRms[k]!) / scale.coinRms,
  );
}

function trainingBlock(block: Windows, scale: Scale): TrainingBlock {
  const K = block.markets;
  return {
    inputs: scaledInputs(block, scale),
    coinReturns: Float32Array.from(
      block.coinLogReturns,
      (r) => r / scale.coinRms,
    ),
    marketReturns: Float32Array.from(
      block.marketLogReturns,
      (f, i) => f / scale.marketRms[i % K]!,
    ),
  };
}

function fillBetas(
  path: BetaPath,
  fit: NeuralFit,
  network: TrainedNetwork,
  block: Windows,
): void {
  const K = fit.shape.markets;
  const outputs = networkOutputs(
    fit.shape,
    network.weights,
    scaledInputs(block, fit.scale),
  );
  for (let row = 0; row < block.target.length; row++)
    for (let k = 0; k < K; k++)
      path.values[
        (block.target[row]! * path.coins.length + block.coin[row]!) * K + k
      ] = betaOfOutput(fit.scale, outputs[row * K + k]!, k);
}
