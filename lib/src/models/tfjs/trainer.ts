/** The readable trainer: TensorFlow.js layers, hedging loss, best validation epoch kept. */

import { createRequire } from "node:module";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { stream } from "../../random.js";
import {
  type BlockShape,
  checkJobs,
  checkTraining,
  epochOrder,
  type TrainedNetwork,
  type Trainer,
  type TrainingBlock,
  type TrainingJob,
} from "../trainer.js";
import { type Backend, type Tfjs, tfjs } from "./backend.js";
import { type NetworkFamily, reportFamily } from "./family.js";
import { type BlockTensors, hedgingSteps } from "./hedging-steps.js";
import { getWeights, rowShape, setWeights } from "./model-weights.js";
import { seededChance } from "./seeded-chance.js";

/** A later version may give other bits: what was kept of an earlier one must not be taken for its own. */
const { version } = createRequire(import.meta.url)("@tensorflow/tfjs-core/package.json") as {
  readonly version: string;
};

/** What computes for TensorFlow.js. */
export interface TfjsOptions {
  /**
   * wasm: WebAssembly on one thread, the same bits on every machine; the default. tfjs-node: TensorFlow's native library, which
   * must be installed beside; its last bits may differ between machines.
   */
  readonly backend?: Backend;
}

/**
 * The readable trainer of the report's network, in TensorFlow.js.
 *
 * @throws Error, on training, if the native library is asked for and not installed
 * @example
 * const readable = await fitNeuralBeta(dollar, tfjsTrainer(), { ...network, epochs: 5 });
 * const fast = await fitNeuralBeta(dollar, simdTrainer(), { ...network, epochs: 5 });
 * [readable, fast].map(({ networks }) => networks[0]!.validationLoss[5]); // [1.0620, 1.0620]
 */
export function tfjsTrainer(options: TfjsOptions = {}): Trainer {
  const trainer = familyTrainer(reportFamily, options);
  return {
    ...trainer,
    async train(data, jobs, heard) {
      checkTraining(data, jobs);
      return trainer.train(data, jobs, heard);
    },
  };
}

/** The readable trainer of any family of networks. */
export function familyTrainer<Shape extends BlockShape>(
  family: NetworkFamily<Shape>,
  { backend = "wasm" }: TfjsOptions = {},
): Trainer<Shape> {
  return {
    id: `tfjs ${version} ${backend} ${family.id}`,
    async train(data, jobs, { onProgress, onTrained, signal } = {}) {
      checkJobs(data, jobs, (_, { shape }) => family.parameters(shape));
      const trained: TrainedNetwork[] = [];
      for (const job of jobs) {
        signal?.throwIfAborted();
        const lib = await tfjs(backend);
        const model = family.model(lib, job.shape);
        const blockOf = (block: TrainingBlock) => blockTensors(lib, { block, family, job, model });
        const blocks = { inSample: blockOf(data.inSample), validation: blockOf(data.validation) };
        const { steady = false } = family;
        const network = trainOne(lib, model, { ...blocks, job, steady });
        onTrained?.(trained.length, network);
        trained.push(network);
        onProgress?.(trained.length, jobs.length);
        // One turn of the event loop per job, so that progress is seen and an interrupt is heard.
        await new Promise((resolve) => setImmediate(resolve));
      }
      return trained;
    },
  };
}

/** One job, and its rows as tensors; both are disposed of. */
interface PreparedJob<Shape extends BlockShape> {
  readonly job: TrainingJob<Shape>;
  readonly inSample: BlockTensors;
  readonly validation: BlockTensors;
  readonly steady: boolean;
}

function trainOne<Shape extends BlockShape>(
  lib: Tfjs,
  model: LayersModel,
  { job, inSample, validation, steady }: PreparedJob<Shape>,
): TrainedNetwork {
  const { tf } = lib;
  const { batches, chance = [] } = job;
  const rows = inSample.coinReturns.size;
  const { lossOf, step, dispose } = hedgingSteps(lib, model, job);

  /** All steps of an epoch; gives the in-sample loss before it. */
  const epoch = (number: number): number => {
    if (!batches && steady) return step(inSample);
    const before = lossOf(inSample);
    if (!batches) step(inSample);
    else {
      const order = Array.from(epochOrder(job, number, rows));
      for (let at = 0; at < rows; at += batches.size)
        tf.tidy(() => {
          const take = tf.tensor1d(order.slice(at, at + batches.size), "int32");
          step({
            inputs: tf.gather(inSample.inputs, take),
            coinReturns: tf.gather(inSample.coinReturns, take),
            marketReturns: tf.gather(inSample.marketReturns, take),
          });
        });
    }
    return before;
  };

  try {
    setWeights(lib, model, job.startWeights);
    return keepBest(job, {
      validation: () => lossOf(validation),
      weights: () => getWeights(model),
      inSample: (next) =>
        next > job.epochs
          ? lossOf(inSample)
          : seededChance(stream(...chance, "dropout", next), () => epoch(next)),
    });
  } finally {
    dispose();
    model.dispose();
    tf.dispose([inSample, validation] as unknown as Tensor[]);
  }
}

/** A network between two epochs. */
interface State {
  readonly validation: () => number;
  readonly weights: () => Float32Array;
  /** The in-sample loss, asked for last: it also trains the next epoch, whose first step computes that loss anyway. */
  readonly inSample: (next: number) => number;
}

/** Runs the epochs and keeps the weights of the lowest validation loss, the start included. */
function keepBest<Shape extends BlockShape>(job: TrainingJob<Shape>, state: State): TrainedNetwork {
  const inSampleLoss: number[] = [];
  const validationLoss: number[] = [];
  let best = Number.POSITIVE_INFINITY;
  let bestEpoch = 0;
  let weights: Float32Array = job.startWeights.slice();
  let divergedAt: number | undefined;
  for (let number = 0; number <= job.epochs; number++) {
    const validation = state.validation();
    const lower = validation < best || job.keep === "last" ? state.weights() : undefined;
    const inSample = state.inSample(number + 1);
    if (!Number.isFinite(inSample + validation)) {
      divergedAt = number;
      break;
    }
    inSampleLoss.push(inSample);
    validationLoss.push(validation);
    if (lower) {
      best = validation;
      bestEpoch = number;
      weights = lower;
    }
    if (number - bestEpoch >= (job.patience ?? Number.POSITIVE_INFINITY)) break;
  }
  return {
    weights,
    bestEpoch,
    inSampleLoss: Float64Array.from(inSampleLoss),
    validationLoss: Float64Array.from(validationLoss),
    ...(divergedAt === undefined ? {} : { divergedAt }),
  };
}

function blockTensors<Shape extends BlockShape>(
  { tf }: Tfjs,
  {
    block,
    family,
    job,
    model,
  }: {
    readonly block: TrainingBlock;
    readonly family: NetworkFamily<Shape>;
    readonly job: TrainingJob<Shape>;
    readonly model: LayersModel;
  },
): BlockTensors {
  const rows = block.coinReturns.length;
  const inputs = family.layout?.(job.shape, block.inputs) ?? block.inputs;
  return {
    inputs: tf.tensor(inputs, [rows, ...rowShape(model)]), // [B, D] or [B, L, S]
    coinReturns: tf.tensor2d(block.coinReturns, [rows, 1]), // [B, 1]
    marketReturns: tf.tensor2d(block.marketReturns, [rows, job.shape.markets]), // [B, K]
  };
}
