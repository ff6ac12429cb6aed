/** Room in the kernels' memory: addresses, and no page more or less than the arrays take. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Arena, arenaOf, floatWords } from "../lib/src/arena.js";
import { amortisedKernel } from "../lib/src/models/amortised/kernel.js";
import { type NetworkShape, parameterCount } from "../lib/src/models/network.js";
import { recurrentKernel } from "../lib/src/models/recurrent/kernel.js";
import { type PlainJob, simdKernel } from "../lib/src/models/simd/kernel.js";
import { kernelModule } from "../lib/src/models/simd/kernel-file.js";
import type { TrainingBlock } from "../lib/src/models/trainer.js";

const PAGE = 65_536;

describe("an arena", () => {
  let memory: WebAssembly.Memory;
  let arena: Arena;
  beforeEach(() => {
    memory = new WebAssembly.Memory({ initial: 1 });
    arena = arenaOf(memory);
  });

  it("gives room in steps of sixteen bytes, from 4096 on", () => {
    const { room, end } = arena;
    expect([room(1), room(16), room(17), room(0), room(4)]).toEqual([
      ...[4096, 4112, 4128, 4160, 4160],
    ]);
    expect(end()).toBe(4176);
    expect(arenaOf(memory, 8192).room(3)).toBe(8192);
  });

  it("grows the memory by the pages that are missing, and no earlier", () => {
    const pages = () => memory.buffer.byteLength / PAGE;
    arena.room(PAGE - 4096);
    expect(pages()).toBe(1);
    arena.room(1);
    expect(pages()).toBe(2);
    arena.room(2 * PAGE);
    expect(pages()).toBe(4);
    // From sixteen bytes into the fourth page: seventeen pages more end as far into the twenty-first.
    arena.room(17 * PAGE);
    expect(pages()).toBe(21);
  });

  it("places words, and the bits of numbers", () => {
    const { place, room, floats, write } = arena;
    expect([place([7, -2]), place(floatWords(1.5, -0.25)), room(4)]).toEqual([4096, 4112, 4128]);
    expect([...new Int32Array(memory.buffer, 4096, 3)]).toEqual([7, -2, 0]);
    expect([...floats(4112, 2)]).toEqual([1.5, -0.25]);
    write(4100, [9]);
    expect([...new Int32Array(memory.buffer, 4096, 2)]).toEqual([7, 9]);
  });
});

describe("a kernel's memory", () => {
  /** Memories of the instances that are made meanwhile. */
  const memories: WebAssembly.Memory[] = [];
  const { Instance } = WebAssembly;
  beforeEach(() => {
    memories.length = 0;
    WebAssembly.Instance = class extends Instance {
      constructor(...given: ConstructorParameters<typeof Instance>) {
        super(...given);
        memories.push(this.exports.memory as WebAssembly.Memory);
      }
    };
  });
  afterEach(() => {
    WebAssembly.Instance = Instance;
  });

  /** Where arrays of so many words end, each from a multiple of sixteen bytes on. */
  const endOf = (words: readonly number[]) =>
    words.reduce((end, count) => end + 16 * Math.ceil(count / 4), 4096);
  /** Sizes end at a page or one step behind: a step more or less would be another page. */
  const expectFull = (words: readonly number[], step: number) => {
    expect(endOf(words) % PAGE).toBe(step);
    expect(memories[0]!.buffer.byteLength).toBe(PAGE * Math.ceil(endOf(words) / PAGE));
  };

  it.each([
    ["nbi", 10, 168, 16, 0],
    ["nbi", 6, 396, 64, 16],
    ["nb", 8, 364, 64, 0],
    ["nb", 9, 296, 64, 16],
  ] as const)("holds what %s of 8 units on %d rows asks for", (head, L, windows, batch, step) => {
    const shape = { head, hidden: 8, markets: 1, lookback: L, residuals: false };
    recurrentKernel(shape, { windows, batch });
    const [H, I] = [8, 2];
    const count = 3 * H * (I + H) + 4 * H + H + (head === "nb" ? 1 : 3);
    // Of a block: inputs, states, gates, logits and slopes, targets, beta, two gradients of the state, equations.
    const block = [L * I, (L + 1) * H, 4 * L * H, L, L, 2, 1, H, H, 2].map((rows) => 16 * rows);
    const data = [L * I, 2, 1, head === "nbi" ? L : 0].map((width) => windows * width);
    // Order; weights, gradient, two moments, lanes; then the 22 fields of the network and three of the data.
    expectFull([batch, count, count, 2 * count, 4 * count, ...block, ...data, 22, 3], step);
  });

  it.each([
    [28, 4, 9, 0],
    [4, 60, 15, 16],
  ])(
    "holds an amortised network of %d and %d units with %d blocks",
    (first, second, blocks, step) => {
      amortisedKernel([220, first, second, 72], blocks);
      const count = 221 * first + (first + 1) * second + (second + 1) * 72;
      const values = 64 * (3 * (first + second) + 72);
      const rows = [220, 60, 12, 2].map((width) => 64 * blocks * width);
      // Four widths; ten fields of the model and four of the data.
      expectFull([blocks, count, count, 2 * count, values, 72 * 72, ...rows, 4, 10, 4], step);
    },
  );

  /** A job on rows of which each input, coin and market is as said. */
  function trained(
    shape: NetworkShape,
    blockOf: (rows: number) => TrainingBlock,
    [fit, validation, epochs, batchSize]: readonly [number, number, number, number],
  ) {
    const job: PlainJob = {
      label: "room",
      shape,
      startWeights: new Float32Array(parameterCount(shape)),
      learningRate: 0.01,
      ...{ epochs, patience: 0, weightDecay: 0, batchSize },
      order: Uint32Array.from({ length: batchSize && epochs * fit }, (_, i) => i % fit),
    };
    const data = { inSample: blockOf(fit), validation: blockOf(validation) };
    simdKernel(kernelModule()).train(data, job);
    const { inputs: D, hidden: H, markets: K } = shape;
    const weights = 4 * Math.ceil(parameterCount(shape) / 4);
    const losses = 2 * (epochs + 1);
    // Weights, the best, gradient and moments, what linear units collapse to, both curves, the 23 fields of the job.
    return [
      ...[job.order.length, weights, weights, 3 * weights],
      ...[K * (2 * D + 2 * H + 2), losses, losses, 23],
    ];
  }

  it.each([
    [220, 24, 51, 0],
    [232, 33, 47, 16],
  ])(
    "holds batches of 12 from %d rows, %d to validate, %d epochs",
    (fit, validation, epochs, step) => {
      const [D, H, K] = [5, 3, 2];
      const shape = { inputs: D, hidden: H, markets: K, activation: "tanh" } as const;
      const blockOf = (rows: number) => ({
        inputs: new Float32Array(D * rows).fill(0.1),
        coinReturns: new Float32Array(rows).fill(0.2),
        marketReturns: new Float32Array(K * rows).fill(0.3),
      });
      const rest = trained(shape, blockOf, [fit, validation, epochs, 12]);
      // Rows in eights. Of a block its columns; hidden values, errors with gradients, nothing shared, twelve fields.
      const padded = [fit, validation, 12].map((rows) => 8 * Math.ceil(rows / 8));
      const columns = padded.flatMap((rows) => [D * rows, rows, K * rows]);
      const rooms = padded.flatMap((rows) => [H * rows, (1 + K) * rows, 0, 12]);
      expectFull([...columns, ...rooms, ...rest], step);
    },
  );

  it.each([
    [8, 5, 2, 200, 24, 39, 0],
    [7, 4, 1, 248, 33, 77, 16],
  ])(
    "holds what four coins share once: %d inputs, %d units, %d markets, %d and %d dates, %d epochs",
    (D, H, K, fit, validation, epochs, step) => {
      const shape = { inputs: D, hidden: H, markets: K, activation: "tanh" } as const;
      // Three inputs are a coin's own; the others, and the markets, are those of its date.
      const blockOf = (rows: number) => ({
        inputs: Float32Array.from({ length: D * rows }, (_, at) =>
          at % D < 3 ? at : Math.floor(at / D / 4),
        ),
        coinReturns: new Float32Array(rows).fill(0.2),
        marketReturns: Float32Array.from({ length: K * rows }, (_, at) => Math.floor(at / K / 4)),
      });
      const rest = trained(shape, blockOf, [4 * fit, 4 * validation, epochs, 0]);
      const padded = [fit, validation].map((dates) => 4 * Math.ceil(dates / 4));
      const columns = padded.flatMap((dates) => [
        ...[3 * 4 * dates, 4 * dates, K * 4 * dates],
        (D - 3) * dates,
      ]);
      const rooms = padded.flatMap((dates) => [
        ...[H * 4 * dates, (1 + K) * 4 * dates, H * dates, 12],
      ]);
      // No batch, but its twelve fields.
      expectFull([...columns, ...rooms, 12, ...rest], step);
    },
  );
});
