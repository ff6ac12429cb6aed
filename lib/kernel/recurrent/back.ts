/** The gradient of a window's gates, back through time, and that of their weights. */

import { SIGMOID, slope as slopeOf, TANH } from "../vector";
import { addLanes, biasesAt, Network, recurrentAt, ROW, store4 } from "./network";

/**
 * From the slopes of the rows' logits, or of the last state, to the gradient of all gates' weights.
 *
 * Gates turn into their gradients in place, from the last row to the first; the weights' gradients are products over all rows after that.
 */
export function backward(net: Network, head: usize): void {
  const H = net.hidden;
  const size = <usize>H * ROW;
  for (let l = net.lookback - 1; l >= 0; l--) {
    const gates = net.gates + <usize>l * 4 * size;
    if (net.weighing) fromLogits(net, head, net.slopes + <usize>l * ROW);
    gateSlopes(net, gates, net.states + <usize>l * size, size);
    multiplyTransposed(net.nextToState, net.weights + recurrentAt(net), gates + size, 3 * H, H);
    const spent = net.toState;
    net.toState = net.nextToState;
    net.nextToState = spent;
  }
  const lookback = net.lookback;
  outer(net, net.gates, net.inputsAt, 0, 3 * H, net.inputs, lookback);
  outer(net, net.gates + size, net.states, recurrentAt(net), 3 * H, H, lookback);
  biases(net);
}

/** Adds to the gradient of the state what comes from a row's logit. */
function fromLogits(net: Network, head: usize, slope: usize): void {
  const s0 = v128.load(slope), s1 = v128.load(slope, 16), s2 = v128.load(slope, 32), s3 = v128.load(slope, 48);
  for (let j = 0; j < net.hidden; j++) {
    const v = v128.load32_splat(net.weights + head + (<usize>j << 2));
    const to = net.toState + <usize>j * ROW;
    store4(
      to,
      f32x4.add(v128.load(to), f32x4.mul(v, s0)),
      f32x4.add(v128.load(to, 16), f32x4.mul(v, s1)),
      f32x4.add(v128.load(to, 32), f32x4.mul(v, s2)),
      f32x4.add(v128.load(to, 48), f32x4.mul(v, s3)),
    );
  }
}

/** Gradients of the gates before their units, in place of the gates; what goes on to the state before through z alone. */
function gateSlopes(net: Network, gates: usize, h: usize, size: usize): void {
  const rAt = size;
  const zAt = rAt + size;
  const aAt = zAt + size;
  const ones = f32x4.splat(1);
  for (let at: usize = 0; at < size; at += 16) {
    const slope = v128.load(net.toState + at);
    const n = v128.load(gates + at);
    const r = v128.load(gates + rAt + at);
    const z = v128.load(gates + zAt + at);
    const a = v128.load(gates + aAt + at);
    const toN = f32x4.mul(f32x4.mul(slope, f32x4.sub(ones, z)), slopeOf(n, TANH));
    const toZ = f32x4.mul(f32x4.mul(slope, f32x4.sub(v128.load(h + at), n)), slopeOf(z, SIGMOID));
    v128.store(gates + at, toN);
    v128.store(gates + rAt + at, f32x4.mul(f32x4.mul(toN, a), slopeOf(r, SIGMOID)));
    v128.store(gates + zAt + at, toZ);
    v128.store(gates + aAt + at, f32x4.mul(toN, r));
    v128.store(net.nextToState + at, f32x4.mul(slope, z));
  }
}

/** to [columns] += W' d, W [rows x columns], d [rows], each number for all series. */
function multiplyTransposed(to: usize, W: usize, d: usize, rows: i32, columns: i32): void {
  const wRow = <usize>columns << 2;
  const end = d + <usize>rows * ROW;
  for (let column = 0; column < columns; column += 2) {
    let a0 = v128.load(to), a1 = v128.load(to, 16), a2 = v128.load(to, 32), a3 = v128.load(to, 48);
    let b0 = v128.load(to, 64), b1 = v128.load(to, 80), b2 = v128.load(to, 96), b3 = v128.load(to, 112);
    let w = W + (<usize>column << 2);
    for (let from = d; from < end; from += ROW) {
      const u = v128.load32_splat(w);
      const v = v128.load32_splat(w, 4);
      const d0 = v128.load(from), d1 = v128.load(from, 16), d2 = v128.load(from, 32), d3 = v128.load(from, 48);
      a0 = f32x4.add(a0, f32x4.mul(u, d0));
      a1 = f32x4.add(a1, f32x4.mul(u, d1));
      a2 = f32x4.add(a2, f32x4.mul(u, d2));
      a3 = f32x4.add(a3, f32x4.mul(u, d3));
      b0 = f32x4.add(b0, f32x4.mul(v, d0));
      b1 = f32x4.add(b1, f32x4.mul(v, d1));
      b2 = f32x4.add(b2, f32x4.mul(v, d2));
      b3 = f32x4.add(b3, f32x4.mul(v, d3));
      w += wRow;
    }
    store4(to, a0, a1, a2, a3);
    store4(to + ROW, b0, b1, b2, b3);
    to += 2 * ROW;
  }
}

/** Gradient of a matrix [rows x columns]: the sum over the window of gate gradients times what the matrix multiplied; rows and columns are even. */
function outer(net: Network, gates: usize, values: usize, at: usize, rows: i32, columns: i32, lookback: i32): void {
  const gateRow = <usize>(4 * net.hidden) * ROW;
  const valueRow = <usize>columns * ROW;
  for (let row = 0; row < rows; row += 2)
    for (let column = 0; column < columns; column += 2) {
      let d = gates + <usize>row * ROW;
      let x = values + <usize>column * ROW;
      let s00 = f32x4.splat(0);
      let s01 = s00, s10 = s00, s11 = s00;
      for (let l = 0; l < lookback; l++) {
        for (let lane: usize = 0; lane < ROW; lane += 16) {
          const d0 = v128.load(d + lane);
          const d1 = v128.load(d + lane, 64);
          const x0 = v128.load(x + lane);
          const x1 = v128.load(x + lane, 64);
          s00 = f32x4.add(s00, f32x4.mul(d0, x0));
          s01 = f32x4.add(s01, f32x4.mul(d0, x1));
          s10 = f32x4.add(s10, f32x4.mul(d1, x0));
          s11 = f32x4.add(s11, f32x4.mul(d1, x1));
        }
        d += gateRow;
        x += valueRow;
      }
      const to = at + (<usize>(row * columns + column) << 2);
      addLanes(net, to, s00);
      addLanes(net, to + 4, s01);
      addLanes(net, to + (<usize>columns << 2), s10);
      addLanes(net, to + (<usize>columns << 2) + 4, s11);
    }
}

function biases(net: Network): void {
  const rows = 4 * net.hidden;
  const gateRow = <usize>rows * ROW;
  for (let row = 0; row < rows; row++) {
    let d = net.gates + <usize>row * ROW;
    let sum = f32x4.splat(0);
    for (let l = 0; l < net.lookback; l++) {
      sum = f32x4.add(sum, f32x4.add(f32x4.add(v128.load(d), v128.load(d, 16)), f32x4.add(v128.load(d, 32), v128.load(d, 48))));
      d += gateRow;
    }
    addLanes(net, biasesAt(net) + (<usize>row << 2), sum);
  }
}
