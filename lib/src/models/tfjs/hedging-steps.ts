/** The hedging loss of a model in TensorFlow.js, and steps of Adam down its slope. */

import type { Scalar, Tensor, Tensor2D, Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { BlockShape, TrainingJob } from "../trainer.js";
import type { Tfjs } from "./backend.js";

/** Rows of a block, or of a batch of it. */
export interface BlockTensors {
  /** [B x D], or in the order that the model takes rows in. */
  readonly inputs: Tensor;
  readonly coinReturns: Tensor2D;
  readonly marketReturns: Tensor2D;
}

/** What trains a model. */
export interface HedgingSteps {
  /** Mean squared hedging error as the model is used: without dropout. */
  readonly lossOf: (block: BlockTensors) => number;
  /** One step of Adam on all rows of a block; gives the loss before it, with dropout. */
  readonly step: (block: BlockTensors) => number;
  /** Frees what Adam remembers. */
  readonly dispose: () => void;
}

/** The loss mean((r - sum_k b_k f_k)^2), betas are never labels, and Adam with the rate and the decay of a job. */
export function hedgingSteps<Shape extends BlockShape>(
  { tf }: Tfjs,
  model: LayersModel,
  { learningRate, weightDecay = 0 }: TrainingJob<Shape>,
): HedgingSteps {
  const adam = tf.train.adam(learningRate, 0.9, 0.999, 1e-7);
  const trained = model.trainableWeights.map((weight) => weight.read() as Variable);
  const loss = (block: BlockTensors, training: boolean): Scalar => {
    const betas = model.apply(block.inputs, { training }) as Tensor2D; // [B, K]
    const hedge = tf.sum(tf.mul(betas, block.marketReturns), 1, true); // [B, 1]
    return tf.mean(tf.square(tf.sub(block.coinReturns, hedge)));
  };
  return {
    lossOf: (block) => tf.tidy(() => loss(block, false).dataSync()[0]!),
    step: (block) =>
      tf.tidy(() => {
        const { value, grads } = adam.computeGradients(() => loss(block, true), trained);
        // Decoupled decay: the gradient is that of the weights before they shrink.
        if (weightDecay > 0)
          for (const weight of trained.filter(({ rank }) => rank > 1))
            weight.assign(tf.mul(weight, 1 - learningRate * weightDecay));
        adam.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
        return value.dataSync()[0]!;
      }),
    dispose: () => adam.dispose(),
  };
}
