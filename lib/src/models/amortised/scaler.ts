/** Features of like size while the network is trained, and weights that then take them as they are. */

import { FEATURES } from "./features.js";
import { ROW } from "./rows.js";

/** Mean of every feature, and one over its standard deviation plus 0.05. */
export interface Scaler {
  readonly mean: Float64Array;
  readonly factor: Float64Array;
}

/** The scaler of rows of features, padded as those of the kernel. */
export function scalerOf(features: Float32Array): Scaler {
  const rows = features.length / ROW.features;
  const mean = new Float64Array(FEATURES);
  const square = new Float64Array(FEATURES);
  for (let row = 0; row < rows; row++)
    for (let d = 0; d < FEATURES; d++) {
      const value = features[row * ROW.features + d]!;
      mean[d]! += value / rows;
      square[d]! += value ** 2 / rows;
    }
  const factor = square.map((s, d) => 1 / (Math.sqrt(Math.max(0, s - mean[d]! ** 2)) + 0.05));
  return { mean, factor };
}

/** Features less their mean times their factor, in place. */
export function standardise(features: Float32Array, { mean, factor }: Scaler): void {
  for (let from = 0; from < features.length; from += ROW.features)
    for (let d = 0; d < FEATURES; d++)
      features[from + d] = (features[from + d]! - mean[d]!) * factor[d]!;
}

/**
 * Weights with the scaler folded into the first layer, so that the network takes features as they are.
 *
 * @param columns units of the first layer
 */
export function folded(
  weights: Float32Array,
  columns: number,
  { mean, factor }: Scaler,
): Float32Array {
  const out = weights.slice();
  const biases = ROW.features * columns;
  for (let column = 0; column < columns; column++) {
    let bias = weights[biases + column]!;
    for (let d = 0; d < FEATURES; d++) {
      const weight = weights[d * columns + column]! * factor[d]!;
      out[d * columns + column] = weight;
      bias -= weight * mean[d]!;
    }
    out[biases + column] = bias;
  }
  return out;
}
