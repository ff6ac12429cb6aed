/** The weights of a model as one array, and the size of its rows. */

import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Tfjs } from "./backend.js";

/** Sizes of one row of inputs. */
export const rowShape = (model: LayersModel): number[] =>
  (model.inputs[0]!.shape as number[]).slice(1);

/** Sets all weights of a model from one array. */
export function setWeights({ tf }: Tfjs, model: LayersModel, weights: Float32Array): void {
  tf.tidy(() => {
    let at = 0;
    model.setWeights(
      model.getWeights().map(({ shape, size }) => {
        at += size;
        return tf.tensor(weights.slice(at - size, at), shape);
      }),
    );
  });
}

/** All weights of a model in one array. */
export function getWeights(model: LayersModel): Float32Array {
  const parts = model.getWeights();
  const flat = new Float32Array(parts.reduce((sum, { size }) => sum + size, 0));
  let at = 0;
  for (const tensor of parts) {
    flat.set(tensor.dataSync(), at);
    at += tensor.size;
  }
  return flat;
}
