/** Host of the amortised network's kernel: lays out its memory, writes rows and weights, reads outputs and losses. */

import { arenaOf, floatWords } from "../../arena.js";
import { builtKernel } from "../../built-kernel.js";
import { OUTPUTS, weightCount } from "./network.js";
import { ROW, type Rows } from "./rows.js";

/** Rows of a block: the kernel's unit of work. */
export const BLOCK = 64;

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly forward: (model: number, features: number) => number;
  readonly accumulate: (model: number, data: number, block: number, scale: number) => void;
  readonly step: (
    model: number,
    data: number,
    blocks: number,
    count: number,
    rate: number,
    decay: number,
  ) => void;
}

/** A network in a kernel's memory, with room for rows. */
export interface AmortisedKernel {
  /** Weights as the kernel has them now [count]; writing changes them. */
  readonly weights: () => Float32Array;
  /** Room for rows: features, expert betas and targets, padded. */
  readonly rows: () => Omit<Rows, "count">;
  /** Outputs [64 x 72] of one block of the rows. */
  readonly forward: (block: number) => Float32Array;
  /** One step of AdamW on some blocks. */
  readonly step: (blocks: Int32Array, rate: number, decay: number) => void;
  /** Gradient of all weights on one block, as a mean over its rows; for its test. */
  readonly gradient: (block: number) => Float32Array;
  /** By row: squared error of the beta without its weight, and the weighted loss [rows x 2]. */
  readonly losses: () => Float32Array;
}

/**
 * A network with memory of its own.
 *
 * @param widths of the layers, inputs first
 * @param blocks room for so many blocks of 64 rows
 */
export function amortisedKernel(widths: readonly number[], blocks: number): AmortisedKernel {
  const { memory, ...run } = builtKernel<Exports>("models/amortised/kernel");
  const { room: bytes, place, floats } = arenaOf(memory);
  const room = (words: number): number => bytes(4 * words);
  const count = weightCount(widths);
  const hidden = widths.slice(1, -1).reduce((sum, width) => sum + width, 0);
  const batch = room(blocks);
  const [weights, gradient, moments] = [room(count), room(count), room(2 * count)];
  const values = room(BLOCK * (3 * hidden + OUTPUTS));
  const transposed = room(Math.max(...widths.slice(1)) * Math.max(...widths.slice(1)));
  const [features, experts, targets] = [ROW.features, ROW.experts, ROW.targets].map((width) =>
    room(blocks * BLOCK * width),
  ) as [number, number, number];
  const losses = room(2 * blocks * BLOCK);
  const sizes = place(widths);
  const layers = widths.length - 1;
  const arrays = [layers, sizes, weights, gradient, moments, count, values, transposed];
  // Last, the powers of the decay rates.
  const model = place([...arrays, ...floatWords(1, 1)]);
  const data = place([features, experts, targets, losses]);
  return {
    weights: () => floats(weights, count),
    rows: () => ({
      features: floats(features, blocks * BLOCK * ROW.features),
      experts: floats(experts, blocks * BLOCK * ROW.experts),
      targets: floats(targets, blocks * BLOCK * ROW.targets),
    }),
    forward: (block) =>
      floats(run.forward(model, features + 4 * block * BLOCK * ROW.features), BLOCK * OUTPUTS),
    step(chosen, rate, decay) {
      new Int32Array(memory.buffer, batch, chosen.length).set(chosen);
      run.step(model, data, batch, chosen.length, rate, decay);
    },
    gradient(block) {
      floats(gradient, count).fill(0);
      run.accumulate(model, data, block, 1 / BLOCK);
      return floats(gradient, count).slice();
    },
    losses: () => floats(losses, 2 * blocks * BLOCK),
  };
}
