/**
 * The training kernel: forward, hedging loss, backward and Adam of one network, in WebAssembly SIMD.
 *
 * Four rows of the sample stand side by side in a vector. Inputs are stored by column, [D x R], with R the rows padded
 * by zeros to a multiple of eight: a padded row has no coin and no market return, and with that neither error nor
 * gradient. Every sum has one fixed order, and WebAssembly one arithmetic: the same bits on every machine.
 *
 * Weights and gradients are one array: hidden weights [D x H], hidden biases [H], output weights [H x K], output biases
 * [K], padded by zeros to a multiple of four. The host lays out all memory: nothing is allocated here.
 */

import { backward } from "./backward";
import { hedgingErrors, hiddenValues } from "./forward";
import { Block, Job } from "./job";
import { collapse, collapses, linearErrors } from "./linear";
import { sharedValues } from "./shared";
import { activateAll } from "./vector";

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.999;
const EPSILON: f32 = 1e-7;

/** Trains one network; weights of the lowest validation loss, or of the last epoch, end in `best`, the start included. */
export function train(job: Job): void {
  const bytes = <usize>((parameters(job) + 3) & ~3) << 2;
  memory.fill(job.gradient, 0, 3 * bytes);
  job.power1 = 1;
  job.power2 = 1;
  job.bestEpoch = 0;
  job.lastEpoch = -1;
  let best = Infinity;
  for (let epoch = 0; epoch <= job.epochs; epoch++) {
    if (epoch > 0) {
      if (job.batchSize == 0) step(job, job.fit, bytes);
      else batches(job, epoch, bytes);
    }
    // The forward pass of the fitting block serves the next step as well.
    const fit = forward(job, job.fit);
    const validation = forward(job, job.validation);
    if (!isFinite(fit + validation)) return;
    f64.store(job.fitLoss + (<usize>epoch << 3), fit);
    f64.store(job.validationLoss + (<usize>epoch << 3), validation);
    job.lastEpoch = epoch;
    if (validation < best || job.patience < 0) {
      best = validation;
      job.bestEpoch = epoch;
      memory.copy(job.best, job.weights, bytes);
    }
    if (job.patience > 0 && epoch - job.bestEpoch >= job.patience) return;
  }
}

/** An activation of `count` numbers (a multiple of four) in place, for the test of their errors. */
export function evaluate(kind: i32, at: usize, count: i32): void {
  activateAll(at, <usize>count << 2, kind);
}

function parameters(job: Job): i32 {
  return job.inputs * job.hidden + job.hidden + job.hidden * job.markets + job.markets;
}

/** One epoch in batches: rows in the epoch's order, the last batch smaller if they do not divide. */
function batches(job: Job, epoch: i32, bytes: usize): void {
  const rows = job.fit.rows;
  const batch = job.batch;
  const order = job.order + (<usize>((epoch - 1) * rows) << 2);
  for (let from = 0; from < rows; from += job.batchSize) {
    batch.rows = min(job.batchSize, rows - from);
    batch.padded = (batch.rows + 7) & ~7;
    gather(batch, batch.inputs, job.fit, job.fit.inputs, job.inputs, order + (<usize>from << 2));
    gather(batch, batch.coins, job.fit, job.fit.coins, 1, order + (<usize>from << 2));
    gather(batch, batch.markets, job.fit, job.fit.markets, job.markets, order + (<usize>from << 2));
    forward(job, batch);
    step(job, batch, bytes);
  }
}

/** Rows of the fitting block into a batch, column by column; the padding is zero. */
function gather(batch: Block, to: usize, fit: Block, from: usize, columns: i32, order: usize): void {
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < batch.rows; row++)
      f32.store(to + (<usize>row << 2), f32.load(from + (<usize>load<u32>(order + (<usize>row << 2)) << 2)));
    for (let row = batch.rows; row < batch.padded; row++) f32.store(to + (<usize>row << 2), 0);
    to += <usize>batch.padded << 2;
    from += <usize>fit.padded << 2;
  }
}

/** Hidden values and hedging errors of a block; returns the mean squared hedging error. */
function forward(job: Job, block: Block): f64 {
  if (collapses(job)) {
    collapse(job);
    return linearErrors(job, block);
  }
  if (block.series > 0) sharedValues(job, block);
  else hiddenValues(job, block);
  return hedgingErrors(job, block);
}

/** One step of Adam on a block whose hidden values and errors are those of the present weights. */
function step(job: Job, block: Block, bytes: usize): void {
  backward(job, block);
  job.power1 *= BETA1;
  job.power2 *= BETA2;
  if (job.decay > 0) shrink(job);
  adam(job, bytes);
}

/** Decoupled weight decay: weights, not biases, times 1 - rate x decay. */
function shrink(job: Job): void {
  const kept: f32 = 1 - job.rate * job.decay;
  const D = job.inputs;
  const H = job.hidden;
  scaleBy(kept, job.weights, D * H);
  scaleBy(kept, job.weights + (<usize>(D * H + H) << 2), H * job.markets);
}

function scaleBy(factor: f32, from: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const at = from + (<usize>i << 2);
    f32.store(at, f32.load(at) * factor);
  }
}

/** Adam with bias correction, on all weights at once. */
function adam(job: Job, bytes: usize): void {
  const first = job.gradient + bytes;
  const second = first + bytes;
  const b1 = f32x4.splat(BETA1);
  const b2 = f32x4.splat(BETA2);
  const c1 = f32x4.splat(1 - BETA1);
  const c2 = f32x4.splat(1 - BETA2);
  const rate = f32x4.splat(job.rate / (1 - job.power1));
  const unbias = f32x4.splat(1 / (1 - job.power2));
  const epsilon = f32x4.splat(EPSILON);
  for (let at: usize = 0; at < bytes; at += 16) {
    const g = v128.load(job.gradient + at);
    const m = f32x4.add(f32x4.mul(b1, v128.load(first + at)), f32x4.mul(c1, g));
    const v = f32x4.add(f32x4.mul(b2, v128.load(second + at)), f32x4.mul(c2, f32x4.mul(g, g)));
    v128.store(first + at, m);
    v128.store(second + at, v);
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(v, unbias)), epsilon);
    const w = v128.load(job.weights + at);
    v128.store(job.weights + at, f32x4.sub(w, f32x4.div(f32x4.mul(rate, m), root)));
  }
}
