/** Backward pass: gradient of the mean squared hedging error in all weights. */

import { Block, Job } from "./job";
import { collapses, linearBackward } from "./linear";
import { sumOverCoins } from "./shared";
import { dot, slope, total, totals } from "./vector";

/** Gradient of the loss in all weights. Hidden values become the gradient before the activation. */
export function backward(job: Job, block: Block): void {
  const D = job.inputs;
  const H = job.hidden;
  const K = job.markets;
  const column = <usize>block.padded << 2;
  const weights = job.weights + (<usize>(D * H + H) << 2);
  const hiddenBiases = job.gradient + (<usize>(D * H) << 2);
  const outputWeights = hiddenBiases + (<usize>H << 2);
  const outputBiases = outputWeights + (<usize>(H * K) << 2);
  const outputs = block.errors + column;

  // Output k: -2/n e f_k.
  const scale = f32x4.splat(-2 / <f32>block.rows);
  for (let k = 0; k < K; k++) {
    const to = outputs + <usize>k * column;
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < column; at += 16) {
      const f = v128.load(block.markets + <usize>k * column + at);
      const g = f32x4.mul(f32x4.mul(scale, v128.load(block.errors + at)), f);
      v128.store(to + at, g);
      sum = f32x4.add(sum, g);
    }
    f32.store(outputBiases + (<usize>k << 2), total(sum));
  }
  if (collapses(job)) return linearBackward(job, block);

  for (let h = 0; h < H; h++) {
    const values = block.hidden + <usize>h * column;
    const own = weights + (<usize>(h * K) << 2);
    // The first market in one pass with the slope, the others before it: most networks have one.
    for (let k = 1; k < K; k++) f32.store(outputWeights + (<usize>(h * K + k) << 2), dot(values, outputs + <usize>k * column, block.padded));
    const weight = v128.load32_splat(own);
    let first = f32x4.splat(0);
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < column; at += 16) {
      const value = v128.load(values + at);
      const g = v128.load(outputs + at);
      first = f32x4.add(first, f32x4.mul(value, g));
      let back = f32x4.mul(g, weight);
      for (let k = 1; k < K; k++)
        back = f32x4.add(
          back,
          f32x4.mul(v128.load(outputs + <usize>k * column + at), v128.load32_splat(own + (<usize>k << 2))),
        );
      back = f32x4.mul(back, slope(value, job.activation));
      v128.store(values + at, back);
      sum = f32x4.add(sum, back);
    }
    f32.store(outputWeights + (<usize>(h * K) << 2), total(first));
    f32.store(hiddenBiases + (<usize>h << 2), total(sum));
  }
  if (block.series > 0) {
    sumOverCoins(job, block);
    hiddenGradient(job, block.inputs, block.hidden, block.padded, 0, block.own);
    hiddenGradient(job, block.shared, block.room, block.dates, block.own, D);
  } else hiddenGradient(job, block.inputs, block.hidden, block.padded, 0, D);
}

/**
 * Gradient of the hidden weights of inputs from … to - 1, these inputs' x gradient before the activation, two inputs by four
 * units at a time.
 */
function hiddenGradient(job: Job, inputs: usize, hidden: usize, padded: i32, from: i32, to: i32): void {
  const H = job.hidden;
  const column = <usize>padded << 2;
  for (let d = from; d < to; d += 2) {
    const x = inputs + <usize>(d - from) * column;
    // An odd last input is paired with itself, and its second result left out.
    const pair = d + 1 < to;
    const y = pair ? x + column : x;
    let h = 0;
    for (; h + 4 <= H; h += 4) {
      let p = hidden + <usize>h * column;
      let a0 = f32x4.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let c0 = a0;
      let c1 = a0;
      let c2 = a0;
      let c3 = a0;
      for (let at: usize = 0; at < column; at += 16) {
        const u = v128.load(x + at);
        const v = v128.load(y + at);
        const q = p + at;
        const p0 = v128.load(q);
        const p1 = v128.load(q + column);
        const p2 = v128.load(q + 2 * column);
        const p3 = v128.load(q + 3 * column);
        a0 = f32x4.add(a0, f32x4.mul(u, p0));
        c0 = f32x4.add(c0, f32x4.mul(v, p0));
        a1 = f32x4.add(a1, f32x4.mul(u, p1));
        c1 = f32x4.add(c1, f32x4.mul(v, p1));
        a2 = f32x4.add(a2, f32x4.mul(u, p2));
        c2 = f32x4.add(c2, f32x4.mul(v, p2));
        a3 = f32x4.add(a3, f32x4.mul(u, p3));
        c3 = f32x4.add(c3, f32x4.mul(v, p3));
      }
      const out = job.gradient + (<usize>(d * H + h) << 2);
      v128.store(out, totals(a0, a1, a2, a3));
      if (pair) v128.store(out + (<usize>H << 2), totals(c0, c1, c2, c3));
    }
    for (; h < H; h++) {
      const p = hidden + <usize>h * column;
      let a = f32x4.splat(0);
      let c = a;
      for (let at: usize = 0; at < column; at += 16) {
        const q = v128.load(p + at);
        a = f32x4.add(a, f32x4.mul(v128.load(x + at), q));
        c = f32x4.add(c, f32x4.mul(v128.load(y + at), q));
      }
      const out = job.gradient + (<usize>(d * H + h) << 2);
      f32.store(out, total(a));
      if (pair) f32.store(out + (<usize>H << 2), total(c));
    }
  }
}
