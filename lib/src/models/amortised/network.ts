/** The amortised network: its shape, its start, and what its outputs mean. */

import { EXPERTS, TERMS } from "../../betas/filter-bank.js";
import { stream } from "../../random.js";
import { FEATURES } from "./features.js";

/** Units of the hidden layers. */
export const HIDDEN: readonly number[] = [64, 64];
/** Probabilities of the quantile head. */
export const QUANTILES: readonly number[] = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

const EXPERT_ROOM = 4 * Math.ceil(EXPERTS / 4);
const GATES = EXPERT_ROOM;
const GAPS = GATES + TERMS;
/** Outputs: logits of the experts, padded to four; gates of the terms; gaps between quantiles, and their scale. */
export const OUTPUTS: number = GAPS + QUANTILES.length + 1;

/** Layer widths with inputs padded for the kernel, inputs first. */
export const layerWidths = (hidden: readonly number[] = HIDDEN): number[] => [
  4 * Math.ceil(FEATURES / 4),
  ...hidden,
  OUTPUTS,
];

/** Weights of all layers, padded inputs included. */
export const weightCount = (widths: readonly number[]): number =>
  widths.slice(1).reduce((sum, columns, layer) => sum + (widths[layer]! + 1) * columns, 0);

/**
 * Weights before training: hidden layers uniform within one over the root of their inputs, heads zero, gates nearly shut.
 *
 * @returns of each layer a matrix [inputs x outputs], then biases [outputs]
 */
export function startWeights(widths: readonly number[], seed: number): Float32Array {
  const weights = new Float32Array(weightCount(widths));
  const chance = stream(seed, "amortised", "start");
  let at = 0;
  for (let layer = 1; layer < widths.length - 1; layer++) {
    const real = layer === 1 ? FEATURES : widths[layer - 1]!;
    const bound = 1 / Math.sqrt(real);
    const columns = widths[layer]!;
    for (let row = 0; row <= widths[layer - 1]!; row++)
      for (let column = 0; column < columns; column++, at++)
        if (row < real || row === widths[layer - 1])
          weights[at] = bound * (2 * chance.uniform() - 1);
  }
  weights.fill(-2, weights.length - OUTPUTS + GATES, weights.length - OUTPUTS + GAPS);
  return weights;
}

/**
 * Weights that sum to one, from the outputs of a row: softmax of the logits.
 *
 * @param at where the row's outputs begin
 */
export function mixtureWeights(outputs: Float32Array, at: number, to: Float64Array): void {
  let most = -Infinity;
  for (let j = 0; j < EXPERTS; j++) most = Math.max(most, outputs[at + j]!);
  let sum = 0;
  for (let j = 0; j < EXPERTS; j++) {
    to[j] = Math.exp(outputs[at + j]! - most);
    sum += to[j]!;
  }
  for (let j = 0; j < EXPERTS; j++) to[j]! /= sum;
}

/** Gate of a state term, between zero and one. */
export const gate = (outputs: Float32Array, at: number, term: number): number =>
  1 / (1 + Math.exp(-outputs[at + GATES + term]!));

const softplus = (x: number): number => (x > 20 ? x : Math.log(1 + Math.exp(x)));

/**
 * Quantiles of the beta less the beta, in standard deviations of the bank's interval filter.
 *
 * The gaps outward from the median are the softplus of an output plus 0.3, so that quantiles never cross.
 */
export function quantileOffsets(outputs: Float32Array, at: number, to: Float64Array): void {
  const gap = (i: number) => softplus(outputs[at + GAPS + i]! + 0.3);
  const scale = Math.exp(outputs[at + GAPS + QUANTILES.length]!);
  const median = 0.3 * outputs[at + GAPS + 3]!;
  to[3] = median;
  for (let i = 2; i >= 0; i--) to[i] = to[i + 1]! - gap(i);
  for (let i = 4; i < QUANTILES.length; i++) to[i] = to[i - 1]! + gap(i);
  for (let i = 0; i < QUANTILES.length; i++) to[i]! *= scale;
}
