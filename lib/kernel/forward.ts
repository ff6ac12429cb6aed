/** Forward pass: hidden values and hedging errors of a block. */

import { Block, Job } from "./job";
import { activateAll, total } from "./vector";

/** activation(inputs x weights + biases), eight rows by four units at a time. */
export function hiddenValues(job: Job, block: Block): void {
  const D = job.inputs;
  const H = job.hidden;
  const R = block.padded;
  const biases = job.weights + (<usize>(D * H) << 2);
  const column = <usize>R << 2;
  const row = <usize>H << 2;
  for (let b = 0; b < R; b += 8) {
    const first = block.inputs + (<usize>b << 2);
    let h = 0;
    for (; h + 4 <= H; h += 4) {
      const bias = biases + (<usize>h << 2);
      let a0 = v128.load32_splat(bias);
      let a1 = v128.load32_splat(bias, 4);
      let a2 = v128.load32_splat(bias, 8);
      let a3 = v128.load32_splat(bias, 12);
      let c0 = a0;
      let c1 = a1;
      let c2 = a2;
      let c3 = a3;
      let x = first;
      let w = job.weights + (<usize>h << 2);
      for (let d = 0; d < D; d++) {
        const u = v128.load(x);
        const v = v128.load(x, 16);
        const w0 = v128.load32_splat(w);
        const w1 = v128.load32_splat(w, 4);
        const w2 = v128.load32_splat(w, 8);
        const w3 = v128.load32_splat(w, 12);
        a0 = f32x4.add(a0, f32x4.mul(u, w0));
        c0 = f32x4.add(c0, f32x4.mul(v, w0));
        a1 = f32x4.add(a1, f32x4.mul(u, w1));
        c1 = f32x4.add(c1, f32x4.mul(v, w1));
        a2 = f32x4.add(a2, f32x4.mul(u, w2));
        c2 = f32x4.add(c2, f32x4.mul(v, w2));
        a3 = f32x4.add(a3, f32x4.mul(u, w3));
        c3 = f32x4.add(c3, f32x4.mul(v, w3));
        x += column;
        w += row;
      }
      let out = block.hidden + (<usize>(h * R + b) << 2);
      v128.store(out, a0);
      v128.store(out, c0, 16);
      out += column;
      v128.store(out, a1);
      v128.store(out, c1, 16);
      out += column;
      v128.store(out, a2);
      v128.store(out, c2, 16);
      out += column;
      v128.store(out, a3);
      v128.store(out, c3, 16);
    }
    for (; h < H; h++) hiddenUnit(job, block, b, h);
  }
  activateAll(block.hidden, <usize>(H * R) << 2, job.activation);
}

/** One unit of eight rows, before its activation. */
function hiddenUnit(job: Job, block: Block, b: i32, h: i32): void {
  const D = job.inputs;
  const column = <usize>block.padded << 2;
  const row = <usize>job.hidden << 2;
  let a = v128.load32_splat(job.weights + (<usize>(D * job.hidden + h) << 2));
  let c = a;
  let x = block.inputs + (<usize>b << 2);
  let w = job.weights + (<usize>h << 2);
  for (let d = 0; d < D; d++) {
    const weight = v128.load32_splat(w);
    a = f32x4.add(a, f32x4.mul(v128.load(x), weight));
    c = f32x4.add(c, f32x4.mul(v128.load(x, 16), weight));
    x += column;
    w += row;
  }
  const out = block.hidden + (<usize>(h * block.padded + b) << 2);
  v128.store(out, a);
  v128.store(out, c, 16);
}

/** e = r - sum_k b_k f_k of every row; returns the mean of e^2. */
export function hedgingErrors(job: Job, block: Block): f64 {
  const H = job.hidden;
  const K = job.markets;
  const column = <usize>block.padded << 2;
  const weights = job.weights + (<usize>(job.inputs * H + H) << 2);
  const biases = weights + (<usize>(H * K) << 2);
  let sum: f64 = 0;
  // Two vectors side by side: each waits for its own sums only.
  for (let at: usize = 0; at < column; at += 32) {
    let e0 = v128.load(block.coins + at);
    let e1 = v128.load(block.coins + at, 16);
    for (let k = 0; k < K; k++) {
      let b0 = v128.load32_splat(biases + (<usize>k << 2));
      let b1 = b0;
      let value = block.hidden + at;
      let weight = weights + (<usize>k << 2);
      for (let h = 0; h < H; h++) {
        const w = v128.load32_splat(weight);
        b0 = f32x4.add(b0, f32x4.mul(v128.load(value), w));
        b1 = f32x4.add(b1, f32x4.mul(v128.load(value, 16), w));
        value += column;
        weight += <usize>K << 2;
      }
      const f = block.markets + <usize>k * column + at;
      e0 = f32x4.sub(e0, f32x4.mul(b0, v128.load(f)));
      e1 = f32x4.sub(e1, f32x4.mul(b1, v128.load(f, 16)));
    }
    v128.store(block.errors + at, e0);
    v128.store(block.errors + at, e1, 16);
    sum += <f64>total(f32x4.mul(e0, e0));
    sum += <f64>total(f32x4.mul(e1, e1));
  }
  return sum / <f64>block.rows;
}
