/**
 * A network of gated recurrent units with the heads NB and NBI, in WebAssembly SIMD: forward, hedging loss, backward through time, Adam.
 *
 * Four series stand side by side in a vector, sixteen in a block. Every sum has one fixed order, and WebAssembly one arithmetic: the
 * same bits on every machine. The host lays out all memory: nothing is allocated here.
 */

import { total } from "../vector";
import { backward } from "./back";
import { forward } from "./gru";
import { betasOf, headBackward, loss, weightOf } from "./heads";
import { Data, headAt, Network, ROW, SERIES } from "./network";

/** One step of Adam on the windows of an order; their number divides by sixteen. */
export function update(net: Network, data: Data, order: usize, count: i32, rate: f32): void {
  memory.fill(net.lanes, 0, <usize>net.count << 4);
  accumulate(net, data, order, count);
  adam(net, rate);
}

/** The gradient of the mean squared hedging error on the windows of an order; returns that error. */
export function accumulate(net: Network, data: Data, order: usize, count: i32): f64 {
  let sum: f64 = 0;
  const scale: f32 = 1 / <f32>count;
  for (let first = 0; first < count; first += SERIES) {
    for (let s = 0; s < SERIES; s++) gather(net, data, load<i32>(order + (<usize>(first + s) << 2)), s);
    forward(net);
    betasOf(net);
    // The normal equations stay for the way back: the loss would write over them.
    headBackward(net, scale);
    backward(net, headAt(net));
    sum += loss(net, SERIES);
  }
  for (let i = 0; i < net.count; i++)
    f32.store(net.gradient + (<usize>i << 2), total(v128.load(net.lanes + (<usize>i << 4))));
  return sum / <f64>count;
}

/** Betas [count x K] and weights by row [count x L] of windows in their order; returns the sum of their squared hedging errors. */
export function evaluate(net: Network, data: Data, from: i32, betas: usize, weights: usize): f64 {
  let sum: f64 = 0;
  const count = data.count;
  for (let first = from; first < count; first += SERIES) {
    const series = min(SERIES, count - first);
    for (let s = 0; s < SERIES; s++) gather(net, data, first + min(s, series - 1), s);
    forward(net);
    betasOf(net);
    sum += loss(net, series);
    betas = scatter(net.betas, betas, series, net.markets);
    if (!net.weighing || !weights) continue;
    for (let l = 0; l < net.lookback; l++)
      for (let lane: usize = 0; lane < ROW; lane += 16) {
        const at = net.logits + <usize>l * ROW + lane;
        v128.store(at, weightOf(v128.load(at)));
      }
    weights = scatter(net.logits, weights, series, net.lookback);
  }
  return sum;
}

/** A window into place `s` of the block. */
function gather(net: Network, data: Data, window: i32, s: i32): void {
  const inputs = net.lookback * net.inputs;
  const outcome = net.markets + 1;
  spread(data.windows + (<usize>(window * inputs) << 2), net.inputsAt, s, inputs);
  spread(data.targets + (<usize>(window * outcome) << 2), net.targets, s, outcome);
}

// @ts-ignore: decorator
@inline
function spread(from: usize, to: usize, s: i32, count: i32): void {
  to += <usize>s << 2;
  for (let i = 0; i < count; i++) {
    f32.store(to, f32.load(from));
    from += 4;
    to += ROW;
  }
}

/** Numbers of the block, series by series; returns where the next go. */
function scatter(from: usize, to: usize, series: i32, count: i32): usize {
  for (let s = 0; s < series; s++)
    for (let i = 0; i < count; i++) {
      f32.store(to, f32.load(from + <usize>i * ROW + (<usize>s << 2)));
      to += 4;
    }
  return to;
}

/** Adam with bias correction; the gradient's length is held within one. */
function adam(net: Network, rate: f32): void {
  let square: f64 = 0;
  for (let i = 0; i < net.count; i++) {
    const g = <f64>f32.load(net.gradient + (<usize>i << 2));
    square += g * g;
  }
  const held: f32 = <f32>min(1, 1 / (sqrt(square) + 1e-6));
  net.power1 *= 0.9;
  net.power2 *= 0.999;
  const pace: f32 = rate / (1 - net.power1);
  const unbias: f32 = 1 / (1 - net.power2);
  const second = net.moments + (<usize>net.count << 2);
  for (let i: usize = 0; i < <usize>net.count << 2; i += 4) {
    const g = held * f32.load(net.gradient + i);
    const m: f32 = 0.9 * f32.load(net.moments + i) + 0.1 * g;
    const v: f32 = 0.999 * f32.load(second + i) + 0.001 * (g * g);
    f32.store(net.moments + i, m);
    f32.store(second + i, v);
    const w = f32.load(net.weights + i);
    f32.store(net.weights + i, w - (pace * m) / (sqrt<f32>(v * unbias) + 1e-8));
  }
}
