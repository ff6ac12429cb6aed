/** Where the weights of a model of one's own begin. */

import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { StartingOptions } from "../network.js";
import type { Tfjs } from "./backend.js";

/**
 * Where a model's weights begin. glorot: matrices Glorot uniform, whatever the layers ask for, vectors as the layers have them.
 * ols: the same, but the last layer's matrix is zero and its biases are the pooled OLS beta. own: as the layers have them.
 */
export const MODEL_STARTS = ["glorot", "ols", "own"] as const;
/** Where a model's weights begin. */
export type ModelStart = (typeof MODEL_STARTS)[number];

/** First weights of a model of one's own. */
export interface ModelStartOptions extends Omit<StartingOptions, "start"> {
  readonly start: ModelStart;
}

/** Glorot uniform matrices: of a convolution too, whose fans count the periods under it. */
export function drawMatrices(
  { tf }: Tfjs,
  model: LayersModel,
  { where, start, stream, pooled }: ModelStartOptions & { readonly where: string },
): void {
  const weights = model.trainableWeights;
  const [last, bias] = weights.slice(-2);
  const K = pooled.length;
  const ends = bias?.shape.length === 1 && bias.shape[0] === K && last?.shape.at(-1) === K;
  if (start === "ols" && !ends)
    throw new RangeError(
      `${where}: start ols must find the pooled beta's place, the biases of a last dense layer, but the last weights have the shapes ${weights
        .slice(-2)
        .map(({ shape }) => `[${shape}]`)
        .join(" and ")}; end with one, or use another start`,
    );
  tf.tidy(() => {
    for (const weight of weights) {
      const shape = weight.shape as number[];
      const size = shape.reduce((a, b) => a * b, 1);
      const [fanIn, fanOut] = shape.slice(-2) as [number, number];
      if (start === "ols" && weight === last) weight.write(tf.zeros(shape));
      else if (start === "ols" && weight === bias) weight.write(tf.tensor([...pooled], shape));
      else if (shape.length > 1) {
        const limit = Math.sqrt(6 / ((fanIn + fanOut) * (size / (fanIn * fanOut))));
        const drawn = Float32Array.from({ length: size }, () => limit * (2 * stream.uniform() - 1));
        weight.write(tf.tensor(drawn, shape));
      }
    }
  });
}
