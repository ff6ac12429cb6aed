/**
 * Gated recurrent units over a window, forward and back through time, for sixteen series at once.
 *
 * r = sigmoid(W_r x + U_r h + b_r), z = sigmoid(W_z x + U_z h + b_z), n = tanh(W_n x + b_n + r a) with a = U_n h + b_a, and the next state is
 * (1 - z) n + z h. Rows of the gates are in the order n, r, z, a, so that the inputs' weights and the states' weights are each one matrix.
 */

import { activate, SIGMOID, TANH } from "../vector";
import { biasesAt, Network, recurrentAt, ROW, store4 } from "./network";

/** States of all rows; the first is zero. */
export function forward(net: Network): void {
  const H = net.hidden;
  const size = <usize>H * ROW;
  memory.fill(net.states, 0, size);
  let x = net.inputsAt;
  let gates = net.gates;
  let h = net.states;
  for (let l = 0; l < net.lookback; l++) {
    biases(net, gates);
    multiply(gates, net.weights, x, 3 * H, net.inputs);
    multiply(gates + size, net.weights + recurrentAt(net), h, 3 * H, H);
    units(gates, h, h + size, size);
    x += <usize>net.inputs * ROW;
    gates += 4 * size;
    h += size;
  }
}

function biases(net: Network, gates: usize): void {
  const from = net.weights + biasesAt(net);
  for (let row = 0; row < 4 * net.hidden; row++) {
    const b = v128.load32_splat(from + (<usize>row << 2));
    const at = gates + <usize>row * ROW;
    store4(at, b, b, b, b);
  }
}

/** to [rows] += W [rows x columns] x [columns], each number for all series; rows are even. */
function multiply(to: usize, W: usize, x: usize, rows: i32, columns: i32): void {
  const wRow = <usize>columns << 2;
  for (let row = 0; row < rows; row += 2) {
    let a0 = v128.load(to), a1 = v128.load(to, 16), a2 = v128.load(to, 32), a3 = v128.load(to, 48);
    let b0 = v128.load(to, 64), b1 = v128.load(to, 80), b2 = v128.load(to, 96), b3 = v128.load(to, 112);
    let from = x;
    const end = W + wRow;
    for (; W < end; W += 4) {
      const v = v128.load32_splat(W);
      const w = v128.load32_splat(W + wRow);
      const x0 = v128.load(from), x1 = v128.load(from, 16), x2 = v128.load(from, 32), x3 = v128.load(from, 48);
      a0 = f32x4.add(a0, f32x4.mul(v, x0));
      a1 = f32x4.add(a1, f32x4.mul(v, x1));
      a2 = f32x4.add(a2, f32x4.mul(v, x2));
      a3 = f32x4.add(a3, f32x4.mul(v, x3));
      b0 = f32x4.add(b0, f32x4.mul(w, x0));
      b1 = f32x4.add(b1, f32x4.mul(w, x1));
      b2 = f32x4.add(b2, f32x4.mul(w, x2));
      b3 = f32x4.add(b3, f32x4.mul(w, x3));
      from += ROW;
    }
    W += wRow;
    store4(to, a0, a1, a2, a3);
    store4(to + ROW, b0, b1, b2, b3);
    to += 2 * ROW;
  }
}

/** Gates from what they are given, in place, and the next state. */
function units(gates: usize, h: usize, next: usize, size: usize): void {
  const rAt = size;
  const zAt = rAt + size;
  const aAt = zAt + size;
  for (let at: usize = 0; at < size; at += 16) {
    const r = activate(v128.load(gates + rAt + at), SIGMOID);
    const z = activate(v128.load(gates + zAt + at), SIGMOID);
    const n = activate(f32x4.add(v128.load(gates + at), f32x4.mul(r, v128.load(gates + aAt + at))), TANH);
    v128.store(gates + at, n);
    v128.store(gates + rAt + at, r);
    v128.store(gates + zAt + at, z);
    v128.store(next + at, f32x4.add(n, f32x4.mul(z, f32x4.sub(v128.load(h + at), n))));
  }
}
