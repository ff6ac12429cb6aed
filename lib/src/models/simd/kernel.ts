/** The training kernel's host: lays out its memory, writes a job, reads the result. */

import { arenaOf, floatWords } from "../../arena.js";
import { ACTIVATIONS, type NetworkShape, parameterCount } from "../network.js";
import type { TrainedNetwork, TrainingBlock, TrainingData } from "../trainer.js";
import { mapBlocks } from "../training-block.js";
import { type Columns, type Placed, placedBlock } from "./layout.js";

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
  readonly memory: WebAssembly.Memory;
  readonly train: (job: number) => void;
  readonly evaluate: (kind: number, at: number, count: number) => void;
}

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
    const arena = arenaOf(memory);
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
      const { room, floats } = arenaOf(memory);
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

/** Room that a job ends with: the kernel writes best and last epoch, and two powers of its own. */
const RESULTS = new Int32Array(4);

/** Addresses of a job, and of what it leaves behind. */
interface WrittenJob {
  readonly address: number;
  /** Of the best and the last epoch. */
  readonly results: number;
  readonly best: number;
  readonly fitLoss: number;
  readonly validationLoss: number;
}

/** Writes a job behind its data: the blocks, the weights, room for what is computed, and the addresses of all. */
function writeJob(
  { inSample, validation, end }: Loaded,
  job: PlainJob,
  memory: WebAssembly.Memory,
): WrittenJob {
  const { shape, epochs } = job;
  const { inputs: D, hidden: H, markets: K } = shape;
  const P = parameterCount(shape);
  const bytes = 16 * Math.ceil(P / 4);
  // Batches draw rows, and networks of linear units have products of their own.
  const isLinear = shape.activation === "linear" && K < H;
  const layout = job.batchSize > 0 || isLinear ? "plain" : "shared";
  const laid = [inSample[layout](), validation[layout]()];
  const { room, place, floats, write } = arenaOf(memory, end());
  const block = (columns: Columns): number => {
    const hidden = room(4 * H * columns.padded);
    const errors = room(4 * (1 + K) * columns.padded);
    const { rows, padded, inputs, coins, markets, byDate = NOT_SHARED } = columns;
    const sums = room(4 * H * byDate.padded);
    const shared = [byDate.series, byDate.own, byDate.padded, byDate.inputs, sums];
    return place([rows, padded, inputs, coins, markets, hidden, errors, ...shared]);
  };
  const blocks = laid.map(block);
  const batch = 8 * Math.ceil(job.batchSize / 8);
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
  write(order, job.order);
  floats(weights, bytes / 4)
    .fill(0)
    .set(job.startWeights);
  floats(best, P).set(job.startWeights);
  const activation = ACTIVATIONS.indexOf(shape.activation);
  const sizes = [D, H, K, activation, epochs, job.patience, job.batchSize];
  const rates = floatWords(job.learningRate, job.weightDecay);
  const rooms = [order, weights, best, gradient, collapsed, fitLoss, validationLoss];
  const fields = [...sizes, ...rates, ...blocks, batchBlock, ...rooms];
  const address = place([...fields, ...RESULTS]);
  return { address, results: address + 4 * fields.length, best, fitLoss, validationLoss };
}

/** What training left in the memory: the best weights, and the losses up to the last epoch. */
function trainedNetwork(
  { results, best, fitLoss, validationLoss }: WrittenJob,
  { shape, epochs, patience }: PlainJob,
  memory: WebAssembly.Memory,
): TrainedNetwork {
  const [bestEpoch, lastEpoch] = new Int32Array(memory.buffer, results, 2) as unknown as [
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
