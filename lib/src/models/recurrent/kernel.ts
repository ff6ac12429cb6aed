/** Host of the recurrent networks' kernel: lays out its memory, writes windows and weights, reads betas and losses. */

import { readFileSync } from "node:fs";
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

// From src and from dist the same file: tests import src.
const kernelBytes = (): Uint8Array =>
  readFileSync(new URL("../../../dist/models/recurrent/kernel.wasm", import.meta.url));

let compiled: WebAssembly.Module | undefined;

const PAGE = 65_536;
/** Below lies what AssemblyScript keeps for itself. */
const FIRST = 4096;

/**
 * A network with memory of its own.
 *
 * @param windows room for so many
 * @param batch the most windows of an update
 */
export function recurrentKernel(
  shape: RecurrentShape,
  { windows, batch }: { readonly windows: number; readonly batch: number },
): RecurrentKernel {
  compiled ??= new WebAssembly.Module(kernelBytes());
  const abort = () => {
    throw new Error("the recurrent networks' kernel aborted");
  };
  const instance = new WebAssembly.Instance(compiled, { env: { abort } });
  const { memory, ...run } = instance.exports as unknown as Exports;
  const { head, hidden: H, markets: K, lookback: L } = shape;
  const I = inputWidth(shape);
  const { count } = weightPlaces(shape);
  let next = FIRST;
  const room = (words: number): number => {
    const at = next;
    next = (next + 4 * words + 15) & ~15;
    return at;
  };
  const net = room(24);
  const data = room(4);
  const order = room(batch);
  const arrays = [count, count, 2 * count, 4 * count].map(room);
  const blocks = [L * I, (L + 1) * H, 4 * L * H, L, L, K + 1, K, H, H, K * (K + 2)];
  const block = blocks.map((rows) => room(BLOCK * rows));
  const [inputs, targets] = [room(windows * L * I), room(windows * (K + 1))];
  const [betas, weights] = [room(windows * K), room(head === "nbi" ? windows * L : 0)];
  memory.grow(Math.max(0, Math.ceil((next - memory.buffer.byteLength) / PAGE)));
  const floats = (at: number, length: number) => new Float32Array(memory.buffer, at, length);
  const ints = (at: number, values: ArrayLike<number>) =>
    new Int32Array(memory.buffer, at, values.length).set(values);
  ints(net, [H, I, K, L, head === "nbi" ? 1 : 0, count, ...arrays, ...block]);
  floats(net + 4 * (6 + arrays.length + block.length), 2).fill(1);
  ints(data, [inputs, targets, windows]);
  return {
    weights: () => floats(arrays[0]!, count),
    write(given, at) {
      floats(inputs + 4 * at * L * I, given.windows.length).set(given.windows);
      floats(targets + 4 * at * (K + 1), given.targets.length).set(given.targets);
    },
    update(chosen, rate) {
      ints(order, chosen);
      run.update(net, data, order, chosen.length, rate);
    },
    gradient(chosen) {
      ints(order, chosen);
      floats(arrays[3]!, 4 * count).fill(0);
      const loss = run.accumulate(net, data, order, chosen.length);
      return { loss, gradient: floats(arrays[1]!, count).slice() };
    },
    evaluate(from, chosen) {
      ints(data + 8, [from + chosen]);
      const sum = run.evaluate(net, data, from, betas, weights);
      return {
        loss: sum / chosen,
        betas: floats(betas, chosen * K).slice(),
        weights: floats(weights, head === "nbi" ? chosen * L : 0).slice(),
      };
    },
  };
}
