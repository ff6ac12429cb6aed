/** The report's network: one hidden layer, K betas as linear output, for any trainer. */

import { checkInteger } from "../check.js";
import { STUDY_LIMITS } from "../limits.js";
import type { Stream } from "../random.js";

export const ACTIVATIONS = ["linear", "sigmoid", "tanh", "relu"] as const;
/** Function of the hidden units. */
export type Activation = (typeof ACTIVATIONS)[number];

/** glorot: Glorot uniform, biases zero. ols: output weights zero, output bias at the pooled OLS beta. */
export const STARTS = ["glorot", "ols"] as const;
/** Where networks begin: the report's random weights, or the pooled constant. */
export type Start = (typeof STARTS)[number];

/** Sizes and activation of a network. */
export interface NetworkShape {
  /** D: numbers per row, lookback times the series in the inputs. */
  readonly inputs: number;
  /** H: hidden units. */
  readonly hidden: number;
  /** K: outputs, one per market. */
  readonly markets: number;
  readonly activation: Activation;
}

/**
 * Weights as one array: hidden weights [D x H], hidden biases [H], output weights [H x K], output biases [K].
 *
 * @returns the four parts as views of `weights`
 * @throws RangeError if the array has not the shape's number of parameters
 * @example
 * const shape = { inputs: 2, hidden: 1, markets: 1, activation: "tanh" } as const;
 * weightParts(shape, Float32Array.of(1, 2, 3, 4, 5)); // [[1, 2], [3], [4], [5]]
 */
export function weightParts(
  shape: NetworkShape,
  weights: Float32Array,
): readonly [Float32Array, Float32Array, Float32Array, Float32Array] {
  if (weights.length !== parameterCount(shape))
    throw new RangeError(
      `weightParts: a ${shape.inputs}-${shape.hidden}-${shape.markets} network has ${parameterCount(shape)} parameters, got ${weights.length}`,
    );
  const { inputs, hidden, markets } = shape;
  let at = 0;
  const next = (length: number): Float32Array => {
    at += length;
    return weights.subarray(at - length, at);
  };
  return [next(inputs * hidden), next(hidden), next(hidden * markets), next(markets)];
}

/**
 * Weights and biases of a network, D H + H + H K + K.
 *
 * @example
 * parameterCount({ inputs: 24, hidden: 4, markets: 1, activation: "tanh" }); // 105
 */
export function parameterCount(shape: NetworkShape): number {
  const { inputs, hidden, markets } = shape;
  return inputs * hidden + hidden + hidden * markets + markets;
}

/** What a network's first weights are made from. */
export interface StartingOptions {
  readonly start: Start;
  readonly stream: Stream;
  /** Output of the pooled OLS beta, beta s_f / s_r [K]; the output bias of the start `ols`. */
  readonly pooled: readonly number[];
}

/**
 * Weights before the first epoch.
 *
 * Glorot: uniform on +-sqrt(6 / (fan in + fan out)). Both starts draw the same hidden weights from the same stream.
 *
 * @example
 * const shape = { inputs: 24, hidden: 4, markets: 1, activation: "tanh" } as const;
 * const weights = startingWeights(shape, { start: "ols", stream: stream(1), pooled: [-0.25] });
 * [weights.length, weights.at(-1)]; // [105, -0.25]: the output bias is at the pooled beta
 * @see Glorot and Bengio (2010), equation 16
 */
export function startingWeights(
  shape: NetworkShape,
  { start, stream, pooled }: StartingOptions,
): Float32Array {
  checkInteger("startingWeights", "hidden", shape.hidden, 1, STUDY_LIMITS.hidden);
  const weights = new Float32Array(parameterCount(shape));
  const [hiddenWeights, , outputWeights, outputBiases] = weightParts(shape, weights);
  const glorot = (part: Float32Array, fanIn: number, fanOut: number): void => {
    const limit = Math.sqrt(6 / (fanIn + fanOut));
    for (let i = 0; i < part.length; i++) part[i] = limit * (2 * stream.uniform() - 1);
  };
  glorot(hiddenWeights, shape.inputs, shape.hidden);
  if (start === "glorot") glorot(outputWeights, shape.hidden, shape.markets);
  else outputBiases.set(pooled);
  return weights;
}

/**
 * Outputs b of the network for rows of scaled inputs.
 *
 * @param inputs z-scores [B x D]
 * @returns [B x K]; beta is b s_r / s_f
 * @example
 * const shape = { inputs: 2, hidden: 1, markets: 1, activation: "relu" } as const;
 * const weights = Float32Array.of(1, 2, 0.5, 4, -1);
 * networkOutputs(shape, weights, Float32Array.of(1, 1, -1, 0)); // [13, -1]: 4 relu(1 + 2 + 0.5) - 1, and 4 relu(-1 + 0.5) - 1
 */
export function networkOutputs(
  shape: NetworkShape,
  weights: Float32Array,
  inputs: Float32Array,
): Float64Array {
  const { inputs: D, hidden: H, markets: K } = shape;
  const [w1, b1, w2, b2] = weightParts(shape, weights);
  const activate = ACTIVATE[shape.activation];
  const B = inputs.length / D;
  const out = new Float64Array(B * K);
  for (let row = 0; row < B; row++) {
    for (let k = 0; k < K; k++) out[row * K + k] = b2[k]!;
    for (let h = 0; h < H; h++) {
      let sum = b1[h]!;
      for (let d = 0; d < D; d++) sum += inputs[row * D + d]! * w1[d * H + h]!;
      const unit = activate(sum);
      for (let k = 0; k < K; k++) out[row * K + k]! += unit * w2[h * K + k]!;
    }
  }
  return out;
}

const ACTIVATE: Readonly<Record<Activation, (x: number) => number>> = {
  linear: (x) => x,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  relu: (x) => Math.max(0, x),
};
