/** The training kernel's host: lays out its memory, writes a job, reads the result. */

import { ACTIVATIONS, type NetworkShape, parameterCount } from "../network.js";
import type { TrainedNetwork, TrainingBlock, TrainingData } from "../trainer.js";
import { mapBlocks } from "../training-block.js";
import { arenaOf, type Columns, type Memory, type Placed, placedBlock } from "./layout.js";

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

interface Exports {
  readonly memory: Memory;
  readonly train: (job: number) => void;
  readonly evaluate: (kind: number, at: number, count: number) => void;
}

/** Below lies what AssemblyScript keeps for itself. */
const FIRST = 4096;

/** A kernel with memory of its own. */
export function simdKernel(module: WebAssembly.Module): SimdKernel {
  const abort = () => {
    throw new Error("the training kernel aborted");
  };
  const instance = new WebAssembly.Instance(module, { env: { abort } });
  const { memory, train, evaluate } = instance.exports as unknown as Exports;
  let loaded: Loaded | undefined;
  const load = (data: TrainingData): Loaded => {
    if (loaded?.data === data) return loaded;
    const arena = arenaOf(memory, FIRST);
    const place = (block: TrainingBlock) => placedBlock(block, arena);
    loaded = { data, ...mapBlocks(data, place), end: arena.end };
    return loaded;
  };
  return {
    train(data, job) {
      const written = writeJob(load(data), job, memory);
      train(written.address);
      return trainedNetwork(written, job, memory);
    },
    evaluate(kind, values) {
      loaded = undefined;
      const { room, floats } = arenaOf(memory, FIRST);
      const at = room(values.byteLength);
      floats(at, values.length).set(values);
      evaluate(kind, at, values.length);
      return floats(at, values.length).slice();
    },
  };
}

/** Data that stay in the kernel's memory from job to job, and where they end. */
interface Loaded extends Readonly<Record<keyof TrainingData, Placed>> {
  readonly data: TrainingData;
  readonly end: () => number;
}

const NOT_SHARED = { series: 0, own: 0, padded: 0, inputs: 0 };

/** Words of the kernel's Block. */
const BLOCK_WORDS = 12;
/** Words of the kernel's Job. */
const JOB_WORDS = 23;

/** Addresses of a job, and of what it leaves behind. */
interface WrittenJob {
  readonly address: number;
  readonly best: number;
  readonly fitLoss: number;
  readonly validationLoss: number;
}

/** Writes a job behind its data: the blocks, the weights, room for what is computed, and the addresses of all. */
function writeJob(
  { inSample, validation, end }: Loaded,
  job: PlainJob,
  memory: Memory,
): WrittenJob {
  const { shape, epochs } = job;
  const { inputs: D, hidden: H, markets: K } = shape;
  const P = parameterCount(shape);
  const bytes = 4 * ((P + 3) & ~3);
  // Batches draw rows, and networks of linear units have products of their own.
  const isLinear = shape.activation === "linear" && K < H;
  const layout = job.batchSize > 0 || isLinear ? "plain" : "shared";
  const laid = [inSample[layout](), validation[layout]()];
  const { room, floats, write } = arenaOf(memory, end());
  const address = room(4 * JOB_WORDS);
  const block = (columns: Columns): number => {
    const at = room(4 * BLOCK_WORDS);
    const hidden = room(4 * H * columns.padded);
    const errors = room(4 * (1 + K) * columns.padded);
    const { rows, padded, inputs, coins, markets, byDate = NOT_SHARED } = columns;
    const sums = room(4 * H * byDate.padded);
    const shared = [byDate.series, byDate.own, byDate.padded, byDate.inputs, sums];
    write(at, [rows, padded, inputs, coins, markets, hidden, errors, ...shared]);
    return at;
  };
  const blocks = laid.map(block);
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
  const rooms = [order, weights, best, gradient, collapsed, fitLoss, validationLoss];
  write(address + 4 * 9, [...blocks, batchBlock, ...rooms]);
  return { address, best, fitLoss, validationLoss };
}

/** What training left in the memory: the best weights, and the losses up to the last epoch. */
function trainedNetwork(
  { address, best, fitLoss, validationLoss }: WrittenJob,
  { shape, epochs, patience }: PlainJob,
  memory: Memory,
): TrainedNetwork {
  const [bestEpoch, lastEpoch] = new Int32Array(memory.buffer, address + 4 * 19, 2) as unknown as [
    number,
    number,
  ];
  const curve = (at: number) => new Float64Array(memory.buffer, at, lastEpoch + 1).slice();
  const stopped = patience > 0 && lastEpoch - bestEpoch >= patience;
  return {
    weights: new Float32Array(memory.buffer, best, parameterCount(shape)).slice(),
    bestEpoch,
    inSampleLoss: curve(fitLoss),
    validationLoss: curve(validationLoss),
    ...(lastEpoch < epochs && !stopped ? { divergedAt: lastEpoch + 1 } : {}),
  };
}
