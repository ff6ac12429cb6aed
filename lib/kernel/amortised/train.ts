/**
 * The amortised network in WebAssembly SIMD: layers of SiLU units and the mixture's heads, forward, backward and AdamW.
 *
 * Rows come in blocks of 64. Weights are one array: of each layer a matrix [inputs x outputs], then biases [outputs]; the last layer's
 * outputs are the heads. Every sum has one fixed order, and WebAssembly one arithmetic: the same bits on every machine.
 */

import { activate, SIGMOID } from "../vector";
import { addOuter, addRows, multiply, transpose } from "./matrix";
import { heads } from "./mixture";

/** Rows of a block. */
const BLOCK: i32 = 64;

/** What the host lays out; all addresses. */
@unmanaged
class Model {
  /** Layers, the heads' included, and their widths, inputs first [layers + 1]. */
  layers: i32;
  widths: usize;
  /** Weights, gradient, and the two moments of AdamW [count each]. */
  weights: usize;
  gradient: usize;
  moments: usize;
  count: i32;
  /** By layer: values before the unit, their sigmoids, and values after [64 x width each]; room for gradients [64 x width]. */
  values: usize;
  /** Transposed weights of a layer. */
  transposed: usize;
  /** Powers of the decay rates of the moments. */
  power1: f32;
  power2: f32;
}

/** Rows by block: features, expert betas, targets; and losses [64 x 2] by row of the data. */
@unmanaged
class Data {
  features: usize;
  experts: usize;
  targets: usize;
  losses: usize;
}

// @ts-ignore: decorator
@inline
function width(model: Model, layer: i32): i32 {
  return load<i32>(model.widths + (<usize>layer << 2));
}

/** Outputs of the heads [64 x 72] of one block of features. */
export function forward(model: Model, features: usize): usize {
  let input = features;
  let weights = model.weights;
  let values = model.values;
  for (let layer = 0; layer < model.layers; layer++) {
    const inner = width(model, layer);
    const columns = width(model, layer + 1);
    const biases = weights + (<usize>(inner * columns) << 2);
    multiply(input, weights, biases, values, BLOCK, inner, columns);
    weights = biases + (<usize>columns << 2);
    if (layer == model.layers - 1) return values;
    const size = <usize>(BLOCK * columns) << 2;
    silu(values, values + size, values + 2 * size, size);
    input = values + 2 * size;
    values += 3 * size;
  }
  return values;
}

/** One step on a batch of blocks. */
export function step(model: Model, data: Data, blocks: usize, count: i32, rate: f32, decay: f32): void {
  memory.fill(model.gradient, 0, <usize>model.count << 2);
  const scale: f32 = 1 / <f32>(count * BLOCK);
  for (let i = 0; i < count; i++) accumulate(model, data, load<i32>(blocks + (<usize>i << 2)), scale);
  adam(model, rate, decay);
}

/** Adds the gradient of one block; writes its losses. */
export function accumulate(model: Model, data: Data, block: i32, scale: f32): void {
  const first = <usize>(block * BLOCK);
  const features = data.features + first * (<usize>width(model, 0) << 2);
  const outputs = forward(model, features);
  heads(outputs, data.experts + first * (60 << 2), data.targets + first * (12 << 2), data.losses + (first << 3), BLOCK, scale);
  backward(model, features, outputs);
}

/** Gradient of all weights from that of the outputs, layer by layer from the last. */
function backward(model: Model, features: usize, outputs: usize): void {
  let slopes = outputs;
  let weights = model.weights + (<usize>model.count << 2);
  let gradient = model.gradient + (<usize>model.count << 2);
  for (let layer = model.layers - 1; layer >= 0; layer--) {
    const inner = width(model, layer);
    const columns = width(model, layer + 1);
    const size = <usize>(inner * columns + columns) << 2;
    weights -= size;
    gradient -= size;
    const values = <usize>(BLOCK * inner) << 2;
    const before = blockOf(model, layer);
    const input = layer == 0 ? features : before + 2 * values;
    addOuter(input, slopes, gradient, BLOCK, inner, columns);
    addRows(slopes, gradient + (<usize>(inner * columns) << 2), BLOCK, columns);
    if (layer == 0) return;
    transpose(weights, model.transposed, inner, columns);
    // The values after the unit have served: their gradient takes their place.
    multiply(slopes, model.transposed, 0, input, BLOCK, columns, inner);
    siluSlope(before, before + values, input, values);
    slopes = input;
  }
}

/** Values of the hidden layer that feeds a layer. */
function blockOf(model: Model, layer: i32): usize {
  let at = model.values;
  for (let l = 1; l < layer; l++) at += 3 * (<usize>(BLOCK * width(model, l)) << 2);
  return at;
}

/** after = x sigmoid(x), and the sigmoids. */
function silu(x: usize, sigmoids: usize, after: usize, size: usize): void {
  for (let at: usize = 0; at < size; at += 16) {
    const v = v128.load(x + at);
    const s = activate(v, SIGMOID);
    v128.store(sigmoids + at, s);
    v128.store(after + at, f32x4.mul(v, s));
  }
}

/** Gradient before the units from that after them, in its place: times s (1 + x (1 - s)). */
function siluSlope(x: usize, sigmoids: usize, gradient: usize, size: usize): void {
  const ones = f32x4.splat(1);
  for (let at: usize = 0; at < size; at += 16) {
    const s = v128.load(sigmoids + at);
    const slope = f32x4.mul(s, f32x4.add(ones, f32x4.mul(v128.load(x + at), f32x4.sub(ones, s))));
    v128.store(gradient + at, f32x4.mul(v128.load(gradient + at), slope));
  }
}

/** AdamW: the gradient's length held within one, weights times 1 - rate x decay, bias correction. */
function adam(model: Model, rate: f32, decay: f32): void {
  let square: f64 = 0;
  for (let i = 0; i < model.count; i++) {
    const g = f32.load(model.gradient + (<usize>i << 2));
    square += <f64>g * <f64>g;
  }
  const held = f32x4.splat(<f32>min(1, 1 / (sqrt(square) + 1e-6)));
  model.power1 *= 0.9;
  model.power2 *= 0.999;
  const second = model.moments + (<usize>model.count << 2);
  const kept = f32x4.splat(1 - rate * decay);
  const pace = f32x4.splat(rate / (1 - model.power1));
  const unbias = f32x4.splat(1 / (1 - model.power2));
  for (let at: usize = 0; at < <usize>model.count << 2; at += 16) {
    const g = f32x4.mul(v128.load(model.gradient + at), held);
    const m = f32x4.add(f32x4.mul(f32x4.splat(0.9), v128.load(model.moments + at)), f32x4.mul(f32x4.splat(0.1), g));
    const v = f32x4.add(f32x4.mul(f32x4.splat(0.999), v128.load(second + at)), f32x4.mul(f32x4.splat(0.001), f32x4.mul(g, g)));
    v128.store(model.moments + at, m);
    v128.store(second + at, v);
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(v, unbias)), f32x4.splat(1e-8));
    const w = f32x4.mul(v128.load(model.weights + at), kept);
    v128.store(model.weights + at, f32x4.sub(w, f32x4.div(f32x4.mul(pace, m), root)));
  }
}
