/** The training kernel's host: lays out its memory, writes a job, reads the result. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { ACTIVATIONS, type NetworkShape, parameterCount } from "../network.js";
import type { TrainedNetwork, TrainingBlock, TrainingData } from "../trainer.js";

/** A training job without functions, as it crosses to a worker. */
export interface PlainJob {
  readonly label: string;
  readonly shape: NetworkShape;
  readonly startWeights: Float32Array;
  readonly learningRate: number;
  readonly epochs: number;
  /** 0: off. Below 0: the weights of the last epoch are kept. */
  readonly patience: number;
  readonly weightDecay: number;
  readonly batchSize: number;
  /** Order of the fitting rows in every epoch [epochs x rows]; empty without batches. */
  readonly order: Uint32Array;
}

export interface SimdKernel {
  /** Trains one network; reuses the data of the call before, if they are the same object. */
  readonly train: (data: TrainingData, job: PlainJob) => TrainedNetwork;
  /** The kernel's own activation, by its place in ACTIVATIONS, of some numbers. */
  readonly evaluate: (kind: number, values: Float32Array) => Float32Array;
}

// From src and from dist the same file: tests import src.
const kernelBytes = (): Uint8Array =>
  readFileSync(new URL("../../../dist/models/simd/kernel.wasm", import.meta.url));

/** The compiled kernel, built by `npm run build` from lib/kernel. */
export const kernelModule = (): WebAssembly.Module => new WebAssembly.Module(kernelBytes());

/** Names the kernel's code: other code may train to other bits. */
export const kernelHash = (): string =>
  createHash("sha256").update(kernelBytes()).digest("hex").slice(0, 16);

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly train: (job: number) => void;
  readonly evaluate: (kind: number, at: number, count: number) => void;
}

const PAGE = 65_536;
/** Below lies what AssemblyScript keeps for itself. */
const FIRST = 4096;

/** A kernel with memory of its own. */
export function simdKernel(module: WebAssembly.Module): SimdKernel {
  const abort = () => {
    throw new Error("the training kernel aborted");
  };
  const instance = new WebAssembly.Instance(module, { env: { abort } });
  const { memory, train, evaluate } = instance.exports as unknown as Exports;

  /** Takes room from `at` on; grows the memory, which makes older views of it empty. */
  const arena = (at: number) => {
    let next = at;
    return {
      room(bytes: number): number {
        const address = next;
        next = (next + bytes + 15) & ~15;
        const missing = next - memory.buffer.byteLength;
        if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
        return address;
      },
      end: () => next,
    };
  };
  const floats = (address: number, length: number) =>
    new Float32Array(memory.buffer, address, length);
  const write = (address: number, words: readonly number[]) =>
    new Int32Array(memory.buffer, address, words.length).set(words);

  let loaded:
    | {
        readonly data: TrainingData;
        readonly fit: Columns;
        readonly validation: Columns;
        readonly end: number;
      }
    | undefined;

  const columns = (block: TrainingBlock, room: (bytes: number) => number): Columns => {
    const rows = block.coinReturns.length;
    const padded = (rows + 7) & ~7;
    const transposed = (values: Float32Array): number => {
      const width = values.length / rows;
      const address = room(4 * width * padded);
      const to = floats(address, width * padded).fill(0);
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < width; column++)
          to[column * padded + row] = values[row * width + column]!;
      return address;
    };
    return {
      rows,
      padded,
      inputs: transposed(block.inputs),
      coins: transposed(block.coinReturns),
      markets: transposed(block.marketReturns),
    };
  };

  const load = (data: TrainingData) => {
    if (loaded?.data === data) return loaded;
    const { room, end } = arena(FIRST);
    const fit = columns(data.inSample, room);
    const validation = columns(data.validation, room);
    loaded = { data, fit, validation, end: end() };
    return loaded;
  };

  return {
    train(data, job) {
      const { fit, validation, end } = load(data);
      const { shape, epochs } = job;
      const { inputs: D, hidden: H, markets: K } = shape;
      const P = parameterCount(shape);
      const bytes = 4 * ((P + 3) & ~3);
      const { room } = arena(end);
      const address = room(4 * JOB_WORDS);
      const block = (columns: Columns): number => {
        const at = room(4 * 7);
        const hidden = room(4 * H * columns.padded);
        const errors = room(4 * (1 + K) * columns.padded);
        write(at, [
          columns.rows,
          columns.padded,
          columns.inputs,
          columns.coins,
          columns.markets,
          hidden,
          errors,
        ]);
        return at;
      };
      const fitBlock = block(fit);
      const validationBlock = block(validation);
      const batch = (job.batchSize + 7) & ~7;
      const batchBlock = block({
        rows: 0,
        padded: batch,
        inputs: room(4 * D * batch),
        coins: room(4 * batch),
        markets: room(4 * K * batch),
      });
      const order = room(job.order.byteLength);
      const weights = room(bytes);
      const best = room(bytes);
      const gradient = room(3 * bytes);
      const collapsed = room(4 * K * (2 * D + 2 * H + 2));
      const fitLoss = room(8 * (epochs + 1));
      const validationLoss = room(8 * (epochs + 1));
      new Uint32Array(memory.buffer, order, job.order.length).set(job.order);
      floats(weights, bytes / 4)
        .fill(0)
        .set(job.startWeights);
      floats(best, P).set(job.startWeights);
      const activation = ACTIVATIONS.indexOf(shape.activation);
      write(address, [D, H, K, activation, epochs, job.patience, job.batchSize]);
      floats(address + 4 * 7, 2).set([job.learningRate, job.weightDecay]);
      write(address + 4 * 9, [
        fitBlock,
        validationBlock,
        batchBlock,
        order,
        weights,
        best,
        gradient,
        collapsed,
        fitLoss,
        validationLoss,
      ]);
      train(address);
      const [bestEpoch, lastEpoch] = new Int32Array(
        memory.buffer,
        address + 4 * 19,
        2,
      ) as unknown as [number, number];
      const curve = (at: number) => new Float64Array(memory.buffer, at, lastEpoch + 1).slice();
      const stopped = job.patience > 0 && lastEpoch - bestEpoch >= job.patience;
      return {
        weights: floats(best, P).slice(),
        bestEpoch,
        inSampleLoss: curve(fitLoss),
        validationLoss: curve(validationLoss),
        ...(lastEpoch < epochs && !stopped ? { divergedAt: lastEpoch + 1 } : {}),
      };
    },
    evaluate(kind, values) {
      loaded = undefined;
      const { room } = arena(FIRST);
      const at = room(values.byteLength);
      floats(at, values.length).set(values);
      evaluate(kind, at, values.length);
      return floats(at, values.length).slice();
    },
  };
}

/** Words of the kernel's Job. */
const JOB_WORDS = 23;

/** A block in the kernel's memory, by column. */
interface Columns {
  readonly rows: number;
  readonly padded: number;
  readonly inputs: number;
  readonly coins: number;
  readonly markets: number;
}
