/** The readable trainer: TensorFlow.js layers, hedging loss, best validation epoch kept. */

import { createRequire } from "node:module";
import type { Scalar, Tensor2D } from "@tensorflow/tfjs-core";
import type { Sequential } from "@tensorflow/tfjs-layers";
import { type NetworkShape, weightParts } from "../network.js";
import {
  checkTraining,
  epochOrder,
  type TrainedNetwork,
  type Trainer,
  type TrainingBlock,
  type TrainingData,
  type TrainingJob,
} from "../trainer.js";
import { type Tfjs, tfjs } from "./backend.js";

/** A later version may give other bits: what was kept of an earlier one must not be taken for its own. */
const { version } = createRequire(import.meta.url)("@tensorflow/tfjs-core/package.json") as {
  readonly version: string;
};

/** Trains with TensorFlow.js on its WebAssembly backend, one thread: the same bits on every machine. */
export const tfjsTrainer: Trainer = {
  id: `tfjs ${version}`,
  async train(data, jobs, { onProgress, onTrained, signal } = {}) {
    checkTraining(data, jobs);
    const lib = await tfjs();
    const trained: TrainedNetwork[] = [];
    for (const job of jobs) {
      signal?.throwIfAborted();
      const network = trainOne(lib, data, job);
      onTrained?.(trained.length, network);
      trained.push(network);
      onProgress?.(trained.length, jobs.length);
      // One turn of the event loop per job, so that progress is seen and an interrupt is heard.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return trained;
  },
};

/**
 * The report's network as a TensorFlow.js model, untrained.
 *
 * @returns a model of two dense layers; its owner disposes of it
 */
export function tfjsNetwork({ layers }: Tfjs, shape: NetworkShape): Sequential {
  return layers.sequential({
    layers: [
      layers.layers.dense({
        inputShape: [shape.inputs],
        units: shape.hidden,
        activation: shape.activation,
      }),
      layers.layers.dense({ units: shape.markets }),
    ],
  });
}

interface BlockTensors {
  readonly inputs: Tensor2D;
  readonly coinReturns: Tensor2D;
  readonly marketReturns: Tensor2D;
}

function trainOne(lib: Tfjs, data: TrainingData, job: TrainingJob): TrainedNetwork {
  const { tf } = lib;
  const { shape, learningRate, batches, weightDecay = 0 } = job;
  const model = tfjsNetwork(lib, shape);
  const inSample = blockTensors(lib, data.inSample, shape);
  const validation = blockTensors(lib, data.validation, shape);
  const adam = tf.train.adam(learningRate, 0.9, 0.999, 1e-7);
  const rows = data.inSample.coinReturns.length;

  /** Mean squared hedging error, mean((r - sum_k b_k f_k)^2): betas are never labels. */
  const loss = ({ inputs, coinReturns, marketReturns }: BlockTensors): Scalar => {
    const betas = model.apply(inputs) as Tensor2D; // [B, K]
    const hedge = tf.sum(tf.mul(betas, marketReturns), 1, true); // [B, 1]
    return tf.mean(tf.square(tf.sub(coinReturns, hedge)));
  };
  const lossOf = (block: BlockTensors): number => tf.tidy(() => loss(block).dataSync()[0]!);

  const step = (block: BlockTensors): void =>
    tf.tidy(() => {
      const { grads } = adam.computeGradients(() => loss(block));
      // Decoupled decay: the gradient is that of the weights before they shrink.
      if (weightDecay > 0)
        for (const layer of model.layers) {
          const [kernel, bias] = layer.getWeights();
          const kept = tf.mul(kernel!, 1 - learningRate * weightDecay);
          layer.setWeights([kept, bias!]);
        }
      adam.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
    });

  const epoch = (number: number): void => {
    if (!batches) {
      step(inSample);
      return;
    }
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
  };

  try {
    setWeights(lib, model, shape, job.startWeights);
    return keepBest(job, epoch, () => ({
      inSample: lossOf(inSample),
      validation: lossOf(validation),
      weights: () => getWeights(model, job.startWeights.length),
    }));
  } finally {
    adam.dispose();
    model.dispose();
    tf.dispose([inSample, validation]);
  }
}

/** Runs the epochs and keeps the weights of the lowest validation loss, the start included. */
function keepBest(
  job: TrainingJob,
  epoch: (number: number) => void,
  state: () => {
    inSample: number;
    validation: number;
    weights: () => Float32Array;
  },
): TrainedNetwork {
  const inSampleLoss: number[] = [];
  const validationLoss: number[] = [];
  let best = Number.POSITIVE_INFINITY;
  let bestEpoch = 0;
  let weights: Float32Array = job.startWeights.slice();
  let divergedAt: number | undefined;
  for (let number = 0; number <= job.epochs; number++) {
    if (number > 0) epoch(number);
    const now = state();
    if (!Number.isFinite(now.inSample + now.validation)) {
      divergedAt = number;
      break;
    }
    inSampleLoss.push(now.inSample);
    validationLoss.push(now.validation);
    if (now.validation < best || job.keep === "last") {
      best = now.validation;
      bestEpoch = number;
      weights = now.weights();
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

function blockTensors(
  { tf }: Tfjs,
  block: TrainingBlock,
  { inputs, markets }: NetworkShape,
): BlockTensors & Record<string, Tensor2D> {
  const rows = block.coinReturns.length;
  return {
    inputs: tf.tensor2d(block.inputs, [rows, inputs]), // [B, D]
    coinReturns: tf.tensor2d(block.coinReturns, [rows, 1]), // [B, 1]
    marketReturns: tf.tensor2d(block.marketReturns, [rows, markets]), // [B, K]
  };
}

function setWeights(
  { tf }: Tfjs,
  model: Sequential,
  shape: NetworkShape,
  weights: Float32Array,
): void {
  const { inputs, hidden, markets } = shape;
  const [w1, b1, w2, b2] = weightParts(shape, weights);
  tf.tidy(() => {
    model.setWeights([
      tf.tensor2d(w1, [inputs, hidden]),
      tf.tensor1d(b1),
      tf.tensor2d(w2, [hidden, markets]),
      tf.tensor1d(b2),
    ]);
  });
}

function getWeights(model: Sequential, count: number): Float32Array {
  const flat = new Float32Array(count);
  let at = 0;
  for (const tensor of model.getWeights()) {
    flat.set(tensor.dataSync(), at);
    at += tensor.size;
  }
  return flat;
}
