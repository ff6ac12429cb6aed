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

const LINEAR: i32 = 0;
const SIGMOID: i32 = 1;
const TANH: i32 = 2;

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.999;
const EPSILON: f32 = 1e-7;

/** Rows of one block. */
@unmanaged
class Block {
  rows: i32;
  padded: i32; // R
  inputs: usize; // [D x R]
  coins: usize; // [R]
  markets: usize; // [K x R]
  hidden: usize; // room for [H x R]
  errors: usize; // room for [(1 + K) x R]: hedging errors, then the gradient of each output
}

/** One network to train, as the host writes it; the last four fields are results. */
@unmanaged
class Job {
  inputs: i32; // D
  hidden: i32; // H
  markets: i32; // K
  activation: i32;
  epochs: i32;
  patience: i32; // 0: off
  batchSize: i32; // 0: all rows
  rate: f32;
  decay: f32;
  fit: Block;
  validation: Block;
  batch: Block; // room for one batch
  order: usize; // [epochs x rows] of u32, read only with batches
  weights: usize; // [P]
  best: usize; // [P]
  gradient: usize; // room for three times [P]: gradient, first and second moment
  collapsed: usize; // room for [K x (2 D + 2 H + 2)]: see `collapse`
  fitLoss: usize; // f64 [epochs + 1]
  validationLoss: usize; // f64 [epochs + 1]
  bestEpoch: i32;
  lastEpoch: i32; // last epoch with finite losses, -1 if even the start has none
  power1: f32; // beta1^step
  power2: f32;
}

/** Trains one network; weights of the lowest validation loss end in `best`, the start included. */
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
    if (validation < best) {
      best = validation;
      job.bestEpoch = epoch;
      memory.copy(job.best, job.weights, bytes);
    }
    if (job.patience > 0 && epoch - job.bestEpoch >= job.patience) return;
  }
}

/** exp, sigmoid and tanh of `count` numbers (a multiple of four), for the test of their errors. */
export function evaluate(kind: i32, from: usize, to: usize, count: i32): void {
  for (let at: usize = 0; at < <usize>count << 2; at += 16)
    v128.store(to + at, kind < 0 ? exp(v128.load(from + at)) : activate(v128.load(from + at), kind));
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
  hiddenValues(job, block);
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

/** activation(inputs x weights + biases), eight rows by four units at a time. */
function hiddenValues(job: Job, block: Block): void {
  const D = job.inputs;
  const H = job.hidden;
  const R = block.padded;
  const kind = job.activation;
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
      v128.store(out, activate(a0, kind));
      v128.store(out, activate(c0, kind), 16);
      out += column;
      v128.store(out, activate(a1, kind));
      v128.store(out, activate(c1, kind), 16);
      out += column;
      v128.store(out, activate(a2, kind));
      v128.store(out, activate(c2, kind), 16);
      out += column;
      v128.store(out, activate(a3, kind));
      v128.store(out, activate(c3, kind), 16);
    }
    for (; h < H; h++) {
      let a0 = v128.load32_splat(biases + (<usize>h << 2));
      let c0 = a0;
      let x = first;
      let w = job.weights + (<usize>h << 2);
      for (let d = 0; d < D; d++) {
        const w0 = v128.load32_splat(w);
        a0 = f32x4.add(a0, f32x4.mul(v128.load(x), w0));
        c0 = f32x4.add(c0, f32x4.mul(v128.load(x, 16), w0));
        x += column;
        w += row;
      }
      const out = block.hidden + (<usize>(h * R + b) << 2);
      v128.store(out, activate(a0, kind));
      v128.store(out, activate(c0, kind), 16);
    }
  }
}

/** e = r - sum_k b_k f_k of every row; returns the mean of e^2. */
function hedgingErrors(job: Job, block: Block): f64 {
  const H = job.hidden;
  const K = job.markets;
  const column = <usize>block.padded << 2;
  const weights = job.weights + (<usize>(job.inputs * H + H) << 2);
  const biases = weights + (<usize>(H * K) << 2);
  let sum: f64 = 0;
  for (let at: usize = 0; at < column; at += 16) {
    let error = v128.load(block.coins + at);
    for (let k = 0; k < K; k++) {
      let beta = v128.load32_splat(biases + (<usize>k << 2));
      for (let h = 0; h < H; h++)
        beta = f32x4.add(
          beta,
          f32x4.mul(v128.load(block.hidden + <usize>h * column + at), v128.load32_splat(weights + (<usize>(h * K + k) << 2))),
        );
      error = f32x4.sub(error, f32x4.mul(beta, v128.load(block.markets + <usize>k * column + at)));
    }
    v128.store(block.errors + at, error);
    sum += <f64>total(f32x4.mul(error, error));
  }
  return sum / <f64>block.rows;
}

/**
 * Linear units only: the network is one linear map, so that its K outputs follow from inputs [K x D] and biases [K]
 * without its H hidden values. Lays out, each [K x ...]: that map [D], its biases [1], the output weights by market [H],
 * and room for the gradient of the map [D], of the biases [1] and of the output weights [H].
 */
function collapse(job: Job): void {
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
function collapses(job: Job): bool {
  return job.activation == LINEAR && job.markets < job.hidden;
}

// @ts-ignore: decorator
@inline
function mapOf(job: Job, k: i32): usize {
  return job.collapsed + (<usize>(k * (2 * job.inputs + 2 * job.hidden + 2)) << 2);
}

/** `hedgingErrors` from the collapsed map. */
function linearErrors(job: Job, block: Block): f64 {
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
function linearBackward(job: Job, block: Block): void {
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

/** Sum of a[i] b[i]. */
function dot(a: usize, b: usize, n: i32): f32 {
  let sum = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const at = <usize>i << 2;
    sum = f32x4.add(sum, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  let result = total(sum);
  for (; i < n; i++) result += f32.load(a + (<usize>i << 2)) * f32.load(b + (<usize>i << 2));
  return result;
}

/** to[i] += factor from[i]. */
function addScaled(to: usize, from: usize, factor: f32, n: i32): void {
  const splat = f32x4.splat(factor);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const at = <usize>i << 2;
    v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(splat, v128.load(from + at))));
  }
  for (; i < n; i++) {
    const at = <usize>i << 2;
    f32.store(to + at, f32.load(to + at) + factor * f32.load(from + at));
  }
}

/** Gradient of the loss in all weights. Hidden values become the gradient before the activation. */
function backward(job: Job, block: Block): void {
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
  hiddenGradient(job, block);
}

/** Gradient of the hidden weights, inputs' x gradient before the activation, two inputs by four units at a time. */
function hiddenGradient(job: Job, block: Block): void {
  const D = job.inputs;
  const H = job.hidden;
  const column = <usize>block.padded << 2;
  for (let d = 0; d < D; d += 2) {
    const x = block.inputs + <usize>d * column;
    // An odd last input is paired with itself, and its second result left out.
    const pair = d + 1 < D;
    const y = pair ? x + column : x;
    let h = 0;
    for (; h + 4 <= H; h += 4) {
      let p = block.hidden + <usize>h * column;
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
      const p = block.hidden + <usize>h * column;
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

// @ts-ignore: decorator
@inline
function activate(x: v128, kind: i32): v128 {
  if (kind == LINEAR) return x;
  const one = f32x4.splat(1);
  if (kind == SIGMOID) return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))));
  if (kind == TANH)
    return f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(one, exp(f32x4.add(x, x)))));
  // NaN stays NaN: pmax takes its first argument unless that is smaller.
  return f32x4.pmax(x, f32x4.splat(0));
}

/** Derivative of the activation, from its value. */
// @ts-ignore: decorator
@inline
function slope(value: v128, kind: i32): v128 {
  const one = f32x4.splat(1);
  if (kind == LINEAR) return one;
  if (kind == SIGMOID) return f32x4.mul(value, f32x4.sub(one, value));
  if (kind == TANH) return f32x4.sub(one, f32x4.mul(value, value));
  return v128.and(f32x4.gt(value, f32x4.splat(0)), one);
}

/**
 * exp(x), with x held within +-87: x = n ln 2 + t, 2^n by the bits of the exponent, e^t by its series to t^6 over
 * |t| <= ln 2 / 2. ln 2 is taken off in two parts, so that t keeps its last bits.
 */
// @ts-ignore: decorator
@inline
function exp(x: v128): v128 {
  const limit = f32x4.splat(87);
  const held = f32x4.pmin(f32x4.pmax(x, f32x4.neg(limit)), limit);
  const n = f32x4.nearest(f32x4.mul(held, f32x4.splat(1.4426950408889634)));
  let t = f32x4.sub(held, f32x4.mul(n, f32x4.splat(0.693145751953125)));
  t = f32x4.sub(t, f32x4.mul(n, f32x4.splat(1.4286068203094172e-6)));
  let p = f32x4.splat(1.0 / 720);
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.0 / 120));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.0 / 24));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.0 / 6));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.5));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1));
  return f32x4.mul(p, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23));
}

/** Sum of the four lanes. */
// @ts-ignore: decorator
@inline
function total(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** Sums of the lanes of four vectors, as one vector; each in the order of `total`. */
// @ts-ignore: decorator
@inline
function totals(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(i32x4.shuffle(a, b, 0, 4, 2, 6), i32x4.shuffle(a, b, 1, 5, 3, 7)); // a01 b01 a23 b23
  const cd = f32x4.add(i32x4.shuffle(c, d, 0, 4, 2, 6), i32x4.shuffle(c, d, 1, 5, 3, 7));
  return f32x4.add(i64x2.shuffle(ab, cd, 0, 2), i64x2.shuffle(ab, cd, 1, 3));
}
