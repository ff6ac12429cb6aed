/**
 * From states to betas, and from the hedging error back.
 *
 * NB: the betas are linear in the last state. NBI: every row l has a weight w = softplus(v h + c), and the betas are the posterior mean of a
 * regression with these weights, A^-1 (P m + X'W y), A = P + X'W X, with trained prior means m and precisions P = exp(p). The loss is
 * (r - beta f)²; the gradient of a weight is (g x)(y - x beta), g = A^-1 times the gradient of the betas.
 */

import { activate, exp2, SIGMOID } from "../vector";
import { addLanes, headAt, Network, ROW } from "./network";

/** Logits are held below this. */
const CAP: f32 = 15;

/** Betas of the block. */
export function betasOf(net: Network): void {
  if (net.weighing) weighted(net);
  else linear(net);
}

/** Address of number `i` of an array with one number for all series of a block. */
// @ts-ignore: decorator
@inline
function at(base: usize, i: i32): usize {
  return base + <usize>i * ROW;
}

// @ts-ignore: decorator
@inline
function lastState(net: Network): usize {
  return at(net.states, net.lookback * net.hidden);
}

function linear(net: Network): void {
  const H = net.hidden;
  const W = net.weights + headAt(net);
  for (let k = 0; k < net.markets; k++)
    for (let lane: usize = 0; lane < ROW; lane += 16) {
      let sum = v128.load32_splat(W + (<usize>(net.markets * H + k) << 2));
      for (let j = 0; j < H; j++)
        sum = f32x4.add(
          sum,
          f32x4.mul(v128.load32_splat(W + (<usize>(k * H + j) << 2)), v128.load(at(lastState(net), j) + lane)),
        );
      v128.store(at(net.betas, k) + lane, sum);
    }
}

/** log(1 + e^x): the larger of x and 0, and log(1 + u), u = e^-|x|, by the series of the inverse hyperbolic tangent of u / (2 + u). */
// @ts-ignore: decorator
@inline
function softplus(x: v128): v128 {
  const u = exp2(f32x4.mul(f32x4.abs(x), f32x4.splat(-1.4426950408889634)));
  const s = f32x4.div(u, f32x4.add(f32x4.splat(2), u));
  const q = f32x4.mul(s, s);
  let p = f32x4.splat(0.18181818181818182);
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(0.2222222222222222));
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(0.2857142857142857));
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(0.4));
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(0.6666666666666666));
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(2));
  return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), f32x4.mul(p, s));
}

// @ts-ignore: decorator
@inline
function exp(x: v128): v128 {
  return exp2(f32x4.mul(x, f32x4.splat(1.4426950408889634)));
}

/** Weight of a row from its logit. */
// @ts-ignore: decorator
@inline
export function weightOf(logit: v128): v128 {
  return softplus(f32x4.pmin(logit, f32x4.splat(CAP)));
}

function weighted(net: Network): void {
  const H = net.hidden;
  const K = net.markets;
  const head = net.weights + headAt(net);
  const prior = head + (<usize>(H + 1) << 2);
  for (let l = 0; l < net.lookback; l++)
    for (let lane: usize = 0; lane < ROW; lane += 16) {
      let sum = v128.load32_splat(head + (<usize>H << 2));
      const h = at(net.states, (l + 1) * H) + lane;
      for (let j = 0; j < H; j++)
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(head + (<usize>j << 2)), v128.load(at(h, j))));
      v128.store(at(net.logits, l) + lane, sum);
    }
  for (let lane: usize = 0; lane < ROW; lane += 16) {
    const A = net.equations + lane;
    const b = at(A, K * K);
    for (let k = 0; k < K; k++) {
      const P = exp(v128.load32_splat(prior + (<usize>(K + k) << 2)));
      for (let j = 0; j < K; j++) v128.store(at(A, k * K + j), j == k ? P : f32x4.splat(0));
      v128.store(at(b, k), f32x4.mul(P, v128.load32_splat(prior + (<usize>k << 2))));
    }
    for (let l = 0; l < net.lookback; l++) {
      const w = weightOf(v128.load(at(net.logits, l) + lane));
      const x = at(net.inputsAt, l * net.inputs) + lane;
      const y = v128.load(at(x, K));
      for (let k = 0; k < K; k++) {
        const wx = f32x4.mul(w, v128.load(at(x, k)));
        for (let j = 0; j <= k; j++) {
          const to = at(A, k * K + j);
          v128.store(to, f32x4.add(v128.load(to), f32x4.mul(wx, v128.load(at(x, j)))));
        }
        v128.store(at(b, k), f32x4.add(v128.load(at(b, k)), f32x4.mul(wx, y)));
      }
    }
    factorise(A, K);
    solve(A, b, K);
    for (let k = 0; k < K; k++) v128.store(at(net.betas, k) + lane, v128.load(at(b, k)));
  }
}

/** Cholesky's factor in the lower triangle, in place, with one over its diagonal. */
function factorise(A: usize, K: i32): void {
  for (let k = 0; k < K; k++)
    for (let j = 0; j <= k; j++) {
      let sum = v128.load(at(A, k * K + j));
      for (let i = 0; i < j; i++)
        sum = f32x4.sub(sum, f32x4.mul(v128.load(at(A, k * K + i)), v128.load(at(A, j * K + i))));
      const value = j == k ? f32x4.div(f32x4.splat(1), f32x4.sqrt(sum)) : f32x4.mul(sum, v128.load(at(A, j * K + j)));
      v128.store(at(A, k * K + j), value);
    }
}

/** b = A^-1 b, by the factor of A. */
function solve(A: usize, b: usize, K: i32): void {
  for (let k = 0; k < K; k++) {
    let sum = v128.load(at(b, k));
    for (let j = 0; j < k; j++) sum = f32x4.sub(sum, f32x4.mul(v128.load(at(A, k * K + j)), v128.load(at(b, j))));
    v128.store(at(b, k), f32x4.mul(sum, v128.load(at(A, k * K + k))));
  }
  for (let k = K - 1; k >= 0; k--) {
    let sum = v128.load(at(b, k));
    for (let j = k + 1; j < K; j++) sum = f32x4.sub(sum, f32x4.mul(v128.load(at(A, j * K + k)), v128.load(at(b, j))));
    v128.store(at(b, k), f32x4.mul(sum, v128.load(at(A, k * K + k))));
  }
}

/** Hedging error of four series: what comes after the window, less the betas times its markets. */
// @ts-ignore: decorator
@inline
function errorOf(net: Network, lane: usize): v128 {
  let error = v128.load(at(net.targets, net.markets) + lane);
  for (let k = 0; k < net.markets; k++)
    error = f32x4.sub(error, f32x4.mul(v128.load(at(net.betas, k) + lane), v128.load(at(net.targets, k) + lane)));
  return error;
}

/** Sum of the squared hedging errors of the block. */
export function loss(net: Network, series: i32): f64 {
  let sum: f64 = 0;
  const room = net.equations;
  for (let lane: usize = 0; lane < ROW; lane += 16) v128.store(room + lane, errorOf(net, lane));
  for (let s = 0; s < series; s++) {
    const error = <f64>f32.load(room + (<usize>s << 2));
    sum += error * error;
  }
  return sum;
}

/** Adds the gradient of the head's weights, and leaves that of the logits or of the last state for the way back. */
export function headBackward(net: Network, scale: f32): void {
  memory.fill(net.toState, 0, <usize>net.hidden * ROW);
  if (net.weighing) weightedBackward(net, scale);
  else linearBackward(net, scale);
}

// @ts-ignore: decorator
@inline
function errorSlope(net: Network, scale: f32, lane: usize): v128 {
  return f32x4.mul(f32x4.splat(-2 * scale), errorOf(net, lane));
}

function linearBackward(net: Network, scale: f32): void {
  const H = net.hidden;
  const K = net.markets;
  const head = headAt(net);
  for (let k = 0; k < K; k++)
    for (let lane: usize = 0; lane < ROW; lane += 16) {
      const slope = f32x4.mul(errorSlope(net, scale, lane), v128.load(at(net.targets, k) + lane));
      addLanes(net, head + (<usize>(K * H + k) << 2), slope);
      for (let j = 0; j < H; j++) {
        const weight = head + (<usize>(k * H + j) << 2);
        addLanes(net, weight, f32x4.mul(slope, v128.load(at(lastState(net), j) + lane)));
        const to = at(net.toState, j) + lane;
        v128.store(to, f32x4.add(v128.load(to), f32x4.mul(slope, v128.load32_splat(net.weights + weight))));
      }
    }
}

function weightedBackward(net: Network, scale: f32): void {
  const H = net.hidden;
  const K = net.markets;
  const head = headAt(net);
  const prior = head + (<usize>(H + 1) << 2);
  for (let lane: usize = 0; lane < ROW; lane += 16) {
    const A = net.equations + lane;
    const g = at(A, K * K);
    const slope = errorSlope(net, scale, lane);
    for (let k = 0; k < K; k++) v128.store(at(g, k), f32x4.mul(slope, v128.load(at(net.targets, k) + lane)));
    solve(A, g, K);
    for (let k = 0; k < K; k++) {
      const m = prior + (<usize>k << 2);
      const p = prior + (<usize>(K + k) << 2);
      const pull = f32x4.mul(v128.load(at(g, k)), exp(v128.load32_splat(net.weights + p)));
      addLanes(net, m, pull);
      const gap = f32x4.sub(v128.load32_splat(net.weights + m), v128.load(at(net.betas, k) + lane));
      addLanes(net, p, f32x4.mul(pull, gap));
    }
    for (let l = 0; l < net.lookback; l++) {
      const x = at(net.inputsAt, l * net.inputs) + lane;
      let fitted = f32x4.splat(0);
      let along = f32x4.splat(0);
      for (let k = 0; k < K; k++) {
        const v = v128.load(at(x, k));
        fitted = f32x4.add(fitted, f32x4.mul(v, v128.load(at(net.betas, k) + lane)));
        along = f32x4.add(along, f32x4.mul(v, v128.load(at(g, k))));
      }
      const toWeight = f32x4.mul(along, f32x4.sub(v128.load(at(x, K)), fitted));
      const logit = v128.load(at(net.logits, l) + lane);
      const toLogit = f32x4.mul(toWeight, activate(logit, SIGMOID));
      v128.store(at(net.slopes, l) + lane, v128.and(toLogit, f32x4.lt(logit, f32x4.splat(CAP))));
    }
  }
  for (let lane: usize = 0; lane < ROW; lane += 16) {
    let bias = f32x4.splat(0);
    for (let l = 0; l < net.lookback; l++) bias = f32x4.add(bias, v128.load(at(net.slopes, l) + lane));
    addLanes(net, head + (<usize>H << 2), bias);
    for (let j = 0; j < H; j++) {
      let sum = f32x4.splat(0);
      for (let l = 0; l < net.lookback; l++)
        sum = f32x4.add(
          sum,
          f32x4.mul(v128.load(at(net.slopes, l) + lane), v128.load(at(net.states, (l + 1) * H + j) + lane)),
        );
      addLanes(net, head + (<usize>j << 2), sum);
    }
  }
}
