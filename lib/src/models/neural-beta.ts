/** The neural beta: windows, scaling, starts and seeds around a trainer. */

import { checkInteger } from "../check.js";
import { fittingScale, type Scale, scaledInputs } from "../panel/scale.js";
import { type SplitWindows, splitWindows } from "../panel/split.js";
import { lookbackWindows } from "../panel/windows.js";
import { stream } from "../random.js";
import { leastSquares } from "../stats/ols.js";
import type { Panel, Split, Windows } from "../types.js";
import {
  type Activation,
  type NetworkShape,
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
  const lost = networks.findIndex((network) => network.divergedAt === 0);
  if (lost >= 0)
    throw new RangeError(
      `fitNeuralBeta: the loss must be finite at the start, but it is not for ${jobs[lost]!.label}; check the panel for values out of range`,
    );
  return { options, shape, scale, blocks, networks };
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
