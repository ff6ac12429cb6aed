/** A family of networks for the readable trainer: how many weights, where they begin, and the model that they belong to. */

import type { LayersModel } from "@tensorflow/tfjs-layers";
import {
  type NetworkShape,
  parameterCount,
  type StartingOptions,
  startingWeights,
} from "../network.js";
import type { BlockShape } from "../trainer.js";
import type { Tfjs } from "./backend.js";

/** Networks that differ in their shape and weights only. */
export interface NetworkFamily<Shape extends BlockShape> {
  /** Names what the results depend on beside shape and weights. */
  readonly id: string;
  /** Numbers in the array of the weights: those of the model's `getWeights`, one tensor after the other. */
  readonly parameters: (shape: Shape) => number;
  /** Weights before the first epoch. */
  readonly start: (shape: Shape, options: StartingOptions) => Float32Array;
  /** An untrained model from rows of inputs to [B x K]; who asks for it disposes of it. */
  readonly model: (lib: Tfjs, shape: Shape) => LayersModel;
  /** Rows of inputs [B x D] in the order that the model takes them in; as they are by default. */
  readonly layout?: (shape: Shape, inputs: Float32Array) => Float32Array;
  /** True for networks that compute the same while they are trained: no dropout, noise or normalisation of batches. */
  readonly steady?: boolean;
}

/** The report's network, one hidden layer: one family among others, which the SIMD kernel trains too. */
export const reportFamily: NetworkFamily<NetworkShape> = {
  id: "report",
  steady: true,
  parameters: parameterCount,
  start: startingWeights,
  model: ({ layers }, shape) =>
    layers.sequential({
      layers: [
        layers.layers.dense({
          inputShape: [shape.inputs],
          units: shape.hidden,
          activation: shape.activation,
        }),
        layers.layers.dense({ units: shape.markets }),
      ],
    }),
};
