/** Whether a model of one's own fits the panel, and has something to train that our seeds decide. */

import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { BlockShape } from "../trainer.js";

/** What a model of one's own is given and must give. */
export interface ModelShape extends BlockShape {
  /** D: numbers per row, L (K + 1), with predictors and names of coins more: the input shape [D]. */
  readonly inputs: number;
  /** L: periods of the look-back window: the input shape [L, S], oldest first. */
  readonly lookback: number;
  /** S: numbers per period, the coin's return, then those of the K markets, then predictors and names of coins: K + 1, or more. */
  readonly series: number;
  /** Columns of S that name the coin. */
  readonly coins: number;
}

/** The model that a builder returns.
 *
 * @throws RangeError if there is none
 */
export function built(where: string, build: () => LayersModel): LayersModel {
  let model: LayersModel;
  try {
    model = build();
  } catch (error) {
    throw new RangeError(
      `${where}: the model must be built of layers of TensorFlow.js, but building it fails: ${(error as Error).message}; layers are functions of \`layers.layers\`, the first one with an inputShape`,
      { cause: error },
    );
  }
  if (typeof model?.getWeights !== "function" || !Array.isArray(model.inputs))
    throw new RangeError(
      `${where}: the builder must return a model with an input, got ${model === undefined ? "nothing" : "something else"}; return layers.sequential(…) or layers.model(…), the first layer with an inputShape`,
    );
  return model;
}

/** @throws RangeError unless it has one input of [D] or [L, S], one output of [K], weights to train, and no seed */
export function checkModel(where: string, model: LayersModel, shape: ModelShape): void {
  const { inputs: D, lookback: L, series: S, markets: K } = shape;
  const text = (sizes: readonly (readonly (number | null)[])[]) =>
    sizes
      .map(
        (size) =>
          `[B${size
            .slice(1)
            .map((n) => `, ${n ?? "any"}`)
            .join("")}]`,
      )
      .join(" and ");
  const inputs = text(model.inputs.map((input) => input.shape));
  if (inputs !== `[B, ${D}]` && inputs !== `[B, ${L}, ${S}]`)
    throw new RangeError(
      `${where}: the model must take rows of ${D} inputs, [B, ${D}], or ${L} periods of ${S} series, [B, ${L}, ${S}], but its input is ${inputs}; set the first layer's inputShape to [shape.inputs] or [shape.lookback, shape.series]`,
    );
  const outputs = text(model.outputs.map((output) => output.shape));
  if (outputs !== `[B, ${K}]`)
    throw new RangeError(
      `${where}: the model must give one output per market, [B, ${K}], but its output is ${outputs}; end with a dense layer of shape.markets units`,
    );
  if (model.trainableWeights.length === 0)
    throw new RangeError(
      `${where}: the model must have weights to train, it has none; add a dense layer, or set trainable`,
    );
  for (const layer of model.layers) {
    const settings = JSON.stringify(layer.getConfig());
    const seed = /"seed":\s*(-?\d[^,}]*)/.exec(settings)?.[1];
    if (seed !== undefined)
      throw new RangeError(
        `${where}: layers must leave chance to the seed of the options, but layer ${layer.name} has the seed ${seed}, which gives every step the same numbers; leave it out`,
      );
    const regularizer = /"(\w+Regularizer)":\s*[^n]/.exec(settings)?.[1];
    if (regularizer !== undefined)
      throw new RangeError(
        `${where}: the loss must be the hedging loss alone, but layer ${layer.name} has a ${regularizer}; leave it out and use the option weightDecay`,
      );
  }
}
