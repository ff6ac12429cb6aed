/** Networks of linear units: one linear map, trained through that map and not through their hidden values. */

import { Block, Job } from "./job";
import { addScaled, dot, LINEAR, total, totals } from "./vector";

/**
 * Linear units only: the network is one linear map, so that its K outputs follow from inputs [K x D] and biases [K]
 * without its H hidden values. Lays out, each [K x ...]: that map [D], its biases [1], the output weights by market [H],
 * and room for the gradient of the map [D], of the biases [1] and of the output weights [H].
 */
export function collapse(job: Job): void {
  const D = job.inputs;
  const H = job.hidden;
  const K = job.markets;
  const biases = job.weights + (<usize>(D * H) << 2);
  const outputs = biases + (<usize>H << 2);
  for (let k = 0; k < K; k++) {
    const map = mapOf(job, k);
    const own = map + (<usize>(D + 1) << 2);
    for (let h = 0; h < H; h++)
      f32.store(own + (<usize>h << 2), f32.load(outputs + (<usize>(h * K + k) << 2)));
    for (let d = 0; d < D; d++)
      f32.store(map + (<usize>d << 2), dot(job.weights + (<usize>(d * H) << 2), own, H));
    const bias = f32.load(outputs + (<usize>(H * K + k) << 2));
    f32.store(map + (<usize>D << 2), dot(biases, own, H) + bias);
  }
}

/** Linear units, and more of them than outputs: else the map costs more than the hidden values. */
// @ts-ignore: decorator
@inline
export function collapses(job: Job): bool {
  return job.activation == LINEAR && job.markets < job.hidden;
}

// @ts-ignore: decorator
@inline
export function mapOf(job: Job, k: i32): usize {
  return job.collapsed + (<usize>(k * (2 * job.inputs + 2 * job.hidden + 2)) << 2);
}

/** `hedgingErrors` from the collapsed map. */
export function linearErrors(job: Job, block: Block): f64 {
  const D = job.inputs;
  const column = <usize>block.padded << 2;
  let sum: f64 = 0;
  for (let at: usize = 0; at < column; at += 32) {
    let e0 = v128.load(block.coins + at);
    let e1 = v128.load(block.coins + at, 16);
    for (let k = 0; k < job.markets; k++) {
      const map = mapOf(job, k);
      // Even and odd inputs apart: four sums that need not wait for one another.
      let a0 = v128.load32_splat(map + (<usize>D << 2));
      let a1 = a0;
      let c0 = f32x4.splat(0);
      let c1 = c0;
      let x = block.inputs + at;
      let d = 0;
      for (; d + 2 <= D; d += 2) {
        const even = v128.load32_splat(map + (<usize>d << 2));
        const odd = v128.load32_splat(map + (<usize>d << 2), 4);
        a0 = f32x4.add(a0, f32x4.mul(v128.load(x), even));
        a1 = f32x4.add(a1, f32x4.mul(v128.load(x, 16), even));
        x += column;
        c0 = f32x4.add(c0, f32x4.mul(v128.load(x), odd));
        c1 = f32x4.add(c1, f32x4.mul(v128.load(x, 16), odd));
        x += column;
      }
      if (d < D) {
        const last = v128.load32_splat(map + (<usize>d << 2));
        a0 = f32x4.add(a0, f32x4.mul(v128.load(x), last));
        a1 = f32x4.add(a1, f32x4.mul(v128.load(x, 16), last));
      }
      const f = block.markets + <usize>k * column + at;
      e0 = f32x4.sub(e0, f32x4.mul(f32x4.add(a0, c0), v128.load(f)));
      e1 = f32x4.sub(e1, f32x4.mul(f32x4.add(a1, c1), v128.load(f, 16)));
    }
    v128.store(block.errors + at, e0);
    v128.store(block.errors + at, e1, 16);
    sum += <f64>total(f32x4.mul(e0, e0)) + <f64>total(f32x4.mul(e1, e1));
  }
  return sum / <f64>block.rows;
}

/** Gradient of a network of linear units, by the chain rule through the collapsed map. */
export function linearBackward(job: Job, block: Block): void {
  const D = job.inputs;
  const H = job.hidden;
  const K = job.markets;
  const column = <usize>block.padded << 2;
  const biases = job.weights + (<usize>(D * H) << 2);
  const hiddenBiases = job.gradient + (<usize>(D * H) << 2);
  const outputWeights = hiddenBiases + (<usize>H << 2);
  const outputBiases = outputWeights + (<usize>(H * K) << 2);
  memory.fill(job.gradient, 0, <usize>(D * H + H) << 2);
  for (let k = 0; k < K; k++) {
    const own = mapOf(job, k) + (<usize>(D + 1) << 2);
    const slopes = own + (<usize>H << 2);
    const ofOwn = slopes + (<usize>(D + 1) << 2);
    mapGradient(block, block.errors + <usize>(1 + k) * column, slopes, D);
    const sum = f32.load(outputBiases + (<usize>k << 2));
    memory.fill(ofOwn, 0, <usize>H << 2);
    for (let d = 0; d < D; d++) {
      const slope = f32.load(slopes + (<usize>d << 2));
      const row = <usize>(d * H) << 2;
      addScaled(job.gradient + row, own, slope, H);
      addScaled(ofOwn, job.weights + row, slope, H);
    }
    addScaled(hiddenBiases, own, sum, H);
    addScaled(ofOwn, biases, sum, H);
    for (let h = 0; h < H; h++)
      f32.store(outputWeights + (<usize>(h * K + k) << 2), f32.load(ofOwn + (<usize>h << 2)));
  }
}

/** Gradient of one output's map [D]: every input's column times the gradient of the output, four inputs at a time. */
function mapGradient(block: Block, output: usize, to: usize, D: i32): void {
  const column = <usize>block.padded << 2;
  let d = 0;
  for (; d + 4 <= D; d += 4) {
    const x0 = block.inputs + <usize>d * column;
    const x1 = x0 + column;
    const x2 = x1 + column;
    const x3 = x2 + column;
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    for (let at: usize = 0; at < column; at += 16) {
      const g = v128.load(output + at);
      a0 = f32x4.add(a0, f32x4.mul(v128.load(x0 + at), g));
      a1 = f32x4.add(a1, f32x4.mul(v128.load(x1 + at), g));
      a2 = f32x4.add(a2, f32x4.mul(v128.load(x2 + at), g));
      a3 = f32x4.add(a3, f32x4.mul(v128.load(x3 + at), g));
    }
    v128.store(to + (<usize>d << 2), totals(a0, a1, a2, a3));
  }
  for (; d < D; d++)
    f32.store(to + (<usize>d << 2), dot(block.inputs + <usize>d * column, output, block.padded));
}
