/** Any model of TensorFlow.js as a family of networks: built by its owner, checked, and begun by our seeds. */

import type { LayersModel } from "@tensorflow/tfjs-layers";
import { stream as streamOf } from "../../random.js";
import { type Tfjs, tfjs } from "./backend.js";
import type { NetworkFamily } from "./family.js";
import { built, checkModel, type ModelShape } from "./model-checks.js";
import { drawMatrices, type ModelStartOptions } from "./model-start.js";
import { getWeights, rowShape, setWeights } from "./model-weights.js";
import { byPeriod } from "./row-layout.js";
import { seededChance } from "./seeded-chance.js";
import type { TfjsOptions } from "./trainer.js";

/**
 * Makes the model: layers from rows of inputs, [B, D] or [B, L, S] by the first layer's `inputShape`, to K betas [B, K].
 *
 * No layer may have a seed: dropout, noise and first weights come from the seed of the options.
 */
export type ModelBuilder = (lib: Tfjs, shape: ModelShape) => LayersModel;

/** A model as a family, with the outputs that its weights give. */
export interface ModelFamily extends Omit<NetworkFamily<ModelShape>, "start"> {
  readonly start: (shape: ModelShape, options: ModelStartOptions) => Float32Array;
  /** Outputs b [B x K] of rows of scaled inputs [B x D]. */
  readonly outputs: (weights: Float32Array, inputs: Float32Array) => Float64Array;
}

/**
 * The family of a model: its layers and the text of its builder name it.
 *
 * @param shape of the panel that it is for
 * @throws RangeError if the model cannot be built, has not one input of [D] or [L, S] and one output of [K], has a layer with a
 * seed, or nothing to train
 */
export async function modelFamily(
  where: string,
  build: ModelBuilder,
  { shape, backend = "wasm" }: TfjsOptions & { readonly shape: ModelShape },
): Promise<ModelFamily> {
  const lib = await tfjs(backend);
  const model = built(where, () => build(lib, shape));
  try {
    checkModel(where, model, shape);
    const sequence = rowShape(model).length === 2;
    const parameters = getWeights(model).length;
    const layout = (given: ModelShape, inputs: Float32Array) =>
      sequence ? byPeriod(given, inputs) : inputs;
    return {
      id: `${topology(model)} ${build}`,
      steady: isSteady(model),
      parameters: () => parameters,
      layout,
      model: (loaded, given) => build(loaded, given),
      start: (given, { start, stream, pooled }) => {
        // Whoever draws its matrices leaves the layers another stream: the first number of `stream` is the first weight.
        const chance = start === "own" ? stream : streamOf("layers");
        const first = seededChance(chance, () => build(lib, given));
        try {
          if (start !== "own") drawMatrices(lib, first, { where, start, stream, pooled });
          return getWeights(first);
        } finally {
          first.dispose();
        }
      },
      outputs: (weights, inputs) =>
        modelOutputs(lib, build(lib, shape), { weights, inputs: layout(shape, inputs) }),
    };
  } finally {
    model.dispose();
  }
}

/** Layers with their settings; the names that TensorFlow.js counts up are replaced by places. */
function topology(model: LayersModel): string {
  const places = new Map<unknown, number>(model.layers.map(({ name }, place) => [name, place]));
  return JSON.stringify([model.getClassName(), model.getConfig()], (key, value) => {
    if (key === "name") return undefined;
    return places.get(value) ?? value;
  });
}

/** Layers that compute the same in training as after it; others may, but are not known to. */
const STEADY = ["InputLayer", "Dense", "GRU", "LSTM", "SimpleRNN", "Conv1D", "Flatten", "Reshape"];

const isSteady = ({ layers }: LayersModel): boolean =>
  layers.every((layer) => {
    const { dropout = 0, recurrentDropout = 0 } = layer.getConfig();
    return STEADY.includes(layer.getClassName()) && dropout === 0 && recurrentDropout === 0;
  });

function modelOutputs(
  lib: Tfjs,
  model: LayersModel,
  { weights, inputs }: { readonly weights: Float32Array; readonly inputs: Float32Array },
): Float64Array {
  try {
    setWeights(lib, model, weights);
    const row = rowShape(model);
    const betas = lib.tf.tidy(() => {
      const rows = lib.tf.tensor(inputs, [inputs.length / row.reduce((a, b) => a * b, 1), ...row]);
      const outputs = model.apply(rows, { training: false }) as ReturnType<typeof lib.tf.tensor>;
      return outputs.dataSync();
    });
    return Float64Array.from(betas);
  } finally {
    model.dispose();
  }
}
