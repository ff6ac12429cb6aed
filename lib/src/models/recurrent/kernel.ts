/** Host of the recurrent networks' kernel: lays out its memory, writes windows and weights, reads betas and losses. */

import { arenaOf, floatWords } from "../../arena.js";
import { builtKernel } from "../../built-kernel.js";
import { inputWidth, type RecurrentShape, weightPlaces } from "./network.js";

/** Series of a block: batches divide by it. */
export const BLOCK = 16;

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly update: (net: number, data: number, order: number, count: number, rate: number) => void;
  readonly accumulate: (net: number, data: number, order: number, count: number) => number;
  readonly evaluate: (
    net: number,
    data: number,
    from: number,
    betas: number,
    weights: number,
  ) => number;
}

/** Windows and what comes after each. */
export interface Windows {
  /** [N x L x I] */
  readonly windows: Float32Array;
  /** Returns of the markets and of the coin that come after each window [N x (K + 1)]. */
  readonly targets: Float32Array;
}

/** A network in a kernel's memory, with room for windows. */
export interface RecurrentKernel {
  /** Weights as the kernel has them now; writing changes them. */
  readonly weights: () => Float32Array;
  /** Writes windows from place `at` on. */
  readonly write: (windows: Windows, at: number) => void;
  /** One step of Adam on the windows of an order, whose length divides by 16. */
  readonly update: (order: Int32Array, rate: number) => void;
  /** Mean squared hedging error on the windows of an order, and its gradient; for its test. */
  readonly gradient: (order: Int32Array) => {
    readonly loss: number;
    readonly gradient: Float32Array;
  };
  /** Mean squared hedging error, betas [count x K] and NBI's weights [count x L] of `count` windows from `from` on. */
  readonly evaluate: (
    from: number,
    count: number,
  ) => { readonly loss: number; readonly betas: Float32Array; readonly weights: Float32Array };
}

/** Addresses of a network's arrays in a kernel of its own. */
interface Layout {
  readonly memory: WebAssembly.Memory;
  readonly run: Omit<Exports, "memory">;
  readonly net: number;
  readonly data: number;
  readonly order: number;
  readonly weights: number;
  readonly gradient: number;
  readonly lanes: number;
  readonly inputs: number;
  readonly targets: number;
  /** Room for what is evaluated: betas, and NBI's weights. */
  readonly betas: number;
  readonly byRow: number;
}

/** How much a kernel has room for. */
interface Room {
  readonly windows: number;
  /** The most windows of an update. */
  readonly batch: number;
}

function layOut(shape: RecurrentShape, { windows, batch }: Room): Layout {
  const { memory, ...run } = builtKernel<Exports>("models/recurrent/kernel");
  const { head, hidden: H, markets: K, lookback: L } = shape;
  const I = inputWidth(shape);
  const { count } = weightPlaces(shape);
  const { room: bytes, place } = arenaOf(memory);
  const room = (words: number): number => bytes(4 * words);
  const order = room(batch);
  const [weights, gradient, moments, lanes] = [count, count, 2 * count, 4 * count].map(room) as [
    number,
    number,
    number,
    number,
  ];
  const blocks = [L * I, (L + 1) * H, 4 * L * H, L, L, K + 1, K, H, H, K * (K + 1)];
  const block = blocks.map((rows) => room(BLOCK * rows));
  const [inputs, targets] = [room(windows * L * I), room(windows * (K + 1))];
  const [betas, byRow] = [room(windows * K), room(head === "nbi" ? windows * L : 0)];
  const sizes = [H, I, K, L, head === "nbi" ? 1 : 0, count];
  // Last, the powers of the decay rates.
  const net = place([...sizes, weights, gradient, moments, lanes, ...block, ...floatWords(1, 1)]);
  const data = place([inputs, targets, windows]);
  return { memory, run, net, data, order, weights, gradient, lanes, inputs, targets, betas, byRow };
}

/** A network with memory of its own, with room for so many windows. */
export function recurrentKernel(shape: RecurrentShape, room: Room): RecurrentKernel {
  const { head, markets: K, lookback: L } = shape;
  const I = inputWidth(shape);
  const { count } = weightPlaces(shape);
  const at = layOut(shape, room);
  const { net, data, run } = at;
  const floats = (from: number, length: number) => new Float32Array(at.memory.buffer, from, length);
  const ints = (from: number, values: ArrayLike<number>) =>
    new Int32Array(at.memory.buffer, from, values.length).set(values);
  return {
    weights: () => floats(at.weights, count),
    write({ windows, targets }, place) {
      floats(at.inputs + 4 * place * L * I, windows.length).set(windows);
      floats(at.targets + 4 * place * (K + 1), targets.length).set(targets);
    },
    update(chosen, rate) {
      ints(at.order, chosen);
      run.update(net, data, at.order, chosen.length, rate);
    },
    gradient(chosen) {
      ints(at.order, chosen);
      floats(at.lanes, 4 * count).fill(0);
      const loss = run.accumulate(net, data, at.order, chosen.length);
      return { loss, gradient: floats(at.gradient, count).slice() };
    },
    evaluate(from, chosen) {
      ints(data + 8, [from + chosen]);
      const sum = run.evaluate(net, data, from, at.betas, at.byRow);
      return {
        loss: sum / chosen,
        betas: floats(at.betas, chosen * K).slice(),
        weights: floats(at.byRow, head === "nbi" ? chosen * L : 0).slice(),
      };
    },
  };
}
