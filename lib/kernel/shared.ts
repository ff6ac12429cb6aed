/**
 * Blocks whose coins share the inputs of the markets: products with these are the same for all coins of a date, and their gradient
 * is that of the sum over coins. With four coins on one market, three eighths of the products are left out; on four, three fifths.
 */

import { Block, Job } from "./job";
import { activateAll } from "./vector";

/** `hiddenValues`: what is shared by date, and on top of it what each coin has alone, two coins at a time. */
export function sharedValues(job: Job, block: Block): void {
  const D = job.inputs;
  const H = job.hidden;
  const byDate = <usize>block.dates << 2;
  const column = <usize>block.padded << 2;
  const biases = job.weights + (<usize>(D * H) << 2);
  for (let h = 0; h < H; h++) {
    const bias = v128.load32_splat(biases + (<usize>h << 2));
    const to = block.room + <usize>h * byDate;
    for (let at: usize = 0; at < byDate; at += 16) v128.store(to + at, bias);
  }
  for (let at: usize = 0; at < byDate; at += 32) {
    // An odd last vector is paired with itself.
    const next = at + 16 < byDate ? at + 16 : at;
    const to = block.room + at;
    const other = block.room + next;
    products(job, block.own, D, block.shared + at, block.shared + next, byDate, to, other, byDate, to, other);
  }
  for (let c = 0; c < block.series; c += 2) {
    const first = <usize>c * byDate;
    const second = c + 1 < block.series ? first + byDate : first;
    for (let at: usize = 0; at < byDate; at += 16) {
      const sum = block.room + at;
      const x = first + at;
      const y = second + at;
      products(job, 0, block.own, block.inputs + x, block.inputs + y, column, sum, sum, byDate, block.hidden + x, block.hidden + y);
    }
  }
  activateAll(block.hidden, <usize>(H * block.padded) << 2, job.activation);
}

/** Into `room`, gradients before the activation summed over the coins of each date. */
export function sumOverCoins(job: Job, block: Block): void {
  const byDate = <usize>block.dates << 2;
  for (let h = 0; h < job.hidden; h++) {
    const to = block.room + <usize>h * byDate;
    const from = block.hidden + ((<usize>h * block.padded) << 2);
    for (let at: usize = 0; at < byDate; at += 16) {
      let sum = v128.load(from + at);
      for (let c = 1; c < block.series; c++) sum = f32x4.add(sum, v128.load(from + <usize>c * byDate + at));
      v128.store(to + at, sum);
    }
  }
}

/**
 * Sums at `start` plus inputs from … to - 1 x their weights, into `out`, for two vectors of rows and four units at a time. Inputs and
 * results have columns of one length; the sums to start from are by date.
 */
// @ts-ignore: decorator
@inline
function products(
  job: Job, from: i32, to: i32, firstX: usize, firstY: usize, column: usize,
  startX: usize, startY: usize, byDate: usize, outX: usize, outY: usize,
): void {
  const H = job.hidden;
  const row = <usize>H << 2;
  const weights = job.weights + <usize>from * row;
  let h = 0;
  for (; h + 4 <= H; h += 4) {
    const start = <usize>h * byDate;
    let a0 = v128.load(startX + start);
    let c0 = v128.load(startY + start);
    let a1 = v128.load(startX + start + byDate);
    let c1 = v128.load(startY + start + byDate);
    let a2 = v128.load(startX + start + 2 * byDate);
    let c2 = v128.load(startY + start + 2 * byDate);
    let a3 = v128.load(startX + start + 3 * byDate);
    let c3 = v128.load(startY + start + 3 * byDate);
    let x = firstX;
    let y = firstY;
    let w = weights + (<usize>h << 2);
    for (let d = from; d < to; d++) {
      const u = v128.load(x);
      const v = v128.load(y);
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
      y += column;
      w += row;
    }
    const out = <usize>h * column;
    v128.store(outX + out, a0);
    v128.store(outY + out, c0);
    v128.store(outX + out + column, a1);
    v128.store(outY + out + column, c1);
    v128.store(outX + out + 2 * column, a2);
    v128.store(outY + out + 2 * column, c2);
    v128.store(outX + out + 3 * column, a3);
    v128.store(outY + out + 3 * column, c3);
  }
  for (; h < H; h++) {
    const start = <usize>h * byDate;
    const out = <usize>h * column;
    unitProducts(job, from, to, firstX, column, h, startX + start, outX + out);
    // A vector paired with itself may be where its sums start.
    if (outY != outX) unitProducts(job, from, to, firstY, column, h, startY + start, outY + out);
  }
}

/** The same for one vector of rows and one unit. */
function unitProducts(job: Job, from: i32, to: i32, x: usize, column: usize, h: i32, start: usize, out: usize): void {
  let a = v128.load(start);
  for (let d = from; d < to; d++) {
    a = f32x4.add(a, f32x4.mul(v128.load(x), v128.load32_splat(job.weights + (<usize>(d * job.hidden + h) << 2))));
    x += column;
  }
  v128.store(out, a);
}
