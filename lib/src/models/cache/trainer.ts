/** Trained networks and walked betas on disk, so that what was computed once is read, and a run that was killed goes on. */

import type { NetworkShape } from "../network.js";
import {
  type BlockShape,
  type NetworkScore,
  scoreNetworks,
  type TrainedNetwork,
  type Trainer,
  type TrainingData,
  type TrainingJob,
  type TrainOptions,
} from "../trainer.js";
import { mapBlocks, plainBlock } from "../training-block.js";
import { bytesOf, contentHash } from "./content-hash.js";
import { counts } from "./counts.js";
import { keptPath, keptPaths } from "./paths.js";
import { type RecordStore, recordStore } from "./store.js";

/** Bytes of a cache that nobody has set a limit for. */
export const CACHE_LIMIT: number = 1024 * 1024 * 1024;

/** How large a cache of networks may grow. */
export interface CacheOptions {
  /** Bytes above which the oldest data sets are forgotten; by default what NEURAL_BETA_CACHE_LIMIT says, else 1 GiB. */
  readonly limit?: number;
}

/**
 * A trainer that trains only what it has not trained before, and keeps the betas of the estimators that are made with it.
 *
 * A network is known by everything it depends on: the trainer's id, the training data, and the whole job; a path of betas by
 * the panel, the split, the estimator with its options, and the code. Results are the same bits with and without the cache.
 * Of a network that is only scored, its score is kept. Several processes may use one folder.
 *
 * @param folder made when the first network is trained; may be deleted at any time
 * @throws DataError if the folder cannot be written; RangeError if the limit is no number
 * @example
 * const kept = cachedTrainer(trainer, join(folder, "networks"));
 * const [first] = await searchNetworks(panel, kept, small);
 * const [again] = await searchNetworks(panel, kept, small);
 * first!.valRmse === again!.valRmse; // true: the second search read its networks from disk
 */
export function cachedTrainer<Shape extends BlockShape = NetworkShape>(
  trainer: Trainer<Shape>,
  folder: string,
  { limit = Number(process.env.NEURAL_BETA_CACHE_LIMIT || CACHE_LIMIT) }: CacheOptions = {},
): Trainer<Shape> {
  if (!(limit >= 0))
    throw new RangeError(
      `cachedTrainer: limit must be a number of bytes of at least 0, got ${limit}`,
    );
  const store = recordStore(folder, limit);
  return {
    id: trainer.id,
    train: (data, jobs, options = {}) =>
      options.keep === false
        ? trainer.train(data, jobs, options)
        : known({ ...NETWORK, store, id: trainer.id, data, jobs }, options, (missing, given) =>
            trainer.train(data, missing, given),
          ),
    score: (data, jobs, options = {}) =>
      known({ ...SCORE, store, id: trainer.id, data, jobs }, options, (missing, given) =>
        scoreNetworks(trainer, data, missing, given),
      ),
    paths: keptPaths(store),
    plain: trainer,
    kept: {
      jobs(kind, data, jobs) {
        const group = groupOf(trainer.id, data);
        const records = store.read(group);
        return jobs.map((job) => {
          const name = keyOf(kind, job);
          return { key: contentHash([group, name]), body: records.get(name) };
        });
      },
      path: (estimator, ...asked) => keptPath(store, estimator, ...asked),
    },
  };
}

/** Results of one trainer on one data set stand together. */
const groupOf = (id: string, data: TrainingData): string =>
  contentHash([id, mapBlocks(data, plainBlock)]);

/** How a result is written, and its name among the kinds. */
interface Codec<R> {
  readonly kind: "scores" | "network";
  readonly encode: (result: R) => Uint8Array;
  readonly decode: (body: Uint8Array) => R;
}

/** Jobs of one trainer on one data set, with how and where their results are kept. */
interface KeptJobs<R, Shape extends BlockShape> extends Codec<R> {
  readonly store: RecordStore;
  /** Of the trainer. */
  readonly id: string;
  readonly data: TrainingData;
  readonly jobs: readonly TrainingJob<Shape>[];
}

/** Results of all jobs: the kept ones read, the others computed and kept one by one. */
async function known<R, Shape extends BlockShape>(
  { store, id, data, jobs, kind, encode, decode }: KeptJobs<R, Shape>,
  options: TrainOptions<R>,
  compute: (missing: readonly TrainingJob<Shape>[], options: TrainOptions<R>) => Promise<R[]>,
): Promise<R[]> {
  const { onProgress, onTrained, signal } = options;
  signal?.throwIfAborted();
  const group = groupOf(id, data);
  const keys = jobs.map((job) => keyOf(kind, job));
  const kept = store.read(group);
  const results = keys.map((key) => {
    const body = kept.get(key);
    return body && decode(body);
  });
  const missing = [...keys.keys()].filter((i) => !results[i]);
  const found = jobs.length - missing.length;
  counts.read += found;
  counts.trained += missing.length;
  results.forEach((result, i) => {
    if (result) onTrained?.(i, result);
  });
  if (found > 0) onProgress?.(found, jobs.length);
  if (missing.length === 0) return results as R[];
  const file = store.open(group);
  const written = new Set<number>();
  const keep = (at: number, result: R) => {
    if (!written.has(at)) file.write(keys[missing[at]!]!, encode(result));
    written.add(at);
  };
  try {
    const computed = await compute(
      missing.map((i) => jobs[i]!),
      {
        ...options,
        onProgress: (done) => onProgress?.(found + done, jobs.length),
        onTrained(at, result) {
          keep(at, result);
          onTrained?.(missing[at]!, result);
        },
      },
    );
    missing.forEach((i, at) => {
      results[i] = computed[at];
      keep(at, computed[at]!);
    });
  } finally {
    file.close();
  }
  return results as R[];
}

function keyOf<Shape extends BlockShape>(
  kind: string,
  { label: _, batches, ...plain }: TrainingJob<Shape>,
): string {
  return contentHash([kind, plain, batches && { size: batches.size, order: orderOf() }]);

  /** A named order by its name and its first epoch, which would change with the generator; any other by all epochs. */
  function orderOf() {
    const { name, order } = batches!;
    if (name !== undefined) return [name, order(1)];
    // Without an end, the trainer refuses the job.
    const epochs = Number.isInteger(plain.epochs) ? plain.epochs : 0;
    return Array.from({ length: epochs }, (__, epoch) => order(epoch + 1));
  }
}

/** Best epoch and epoch of divergence or -1; then the losses. */
const SCORE: Codec<NetworkScore> = {
  kind: "scores",
  encode: ({ bestEpoch, divergedAt = -1, inSampleLoss, validationLoss, trainedLoss, lastLoss }) =>
    Buffer.concat(
      [
        Int32Array.of(bestEpoch, divergedAt),
        Float64Array.of(inSampleLoss, validationLoss, trainedLoss, lastLoss),
      ].map(bytesOf),
    ),
  decode({ buffer }) {
    const [bestEpoch, divergedAt] = new Int32Array(buffer, 0, 2) as unknown as [number, number];
    const losses = new Float64Array(buffer, 8, 4) as unknown as [number, number, number, number];
    const [inSampleLoss, validationLoss, trainedLoss, lastLoss] = losses;
    const scored = { bestEpoch, inSampleLoss, validationLoss, trainedLoss, lastLoss };
    return { ...scored, ...divergence(divergedAt) };
  },
};

/** Best epoch, epoch of divergence or -1, weights, points of a curve; then the arrays. */
const NETWORK: Codec<TrainedNetwork> = {
  kind: "network",
  encode({ weights, bestEpoch, divergedAt = -1, inSampleLoss, validationLoss }) {
    const head = Int32Array.of(bestEpoch, divergedAt, weights.length, inSampleLoss.length);
    return Buffer.concat([head, inSampleLoss, validationLoss, weights].map(bytesOf));
  },
  decode({ buffer }) {
    const [bestEpoch, divergedAt, P, points] = new Int32Array(buffer, 0, 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    return {
      weights: new Float32Array(buffer, 16 + 16 * points, P).slice(),
      bestEpoch,
      inSampleLoss: new Float64Array(buffer, 16, points).slice(),
      validationLoss: new Float64Array(buffer, 16 + 8 * points, points).slice(),
      ...divergence(divergedAt),
    };
  },
};

const divergence = (divergedAt: number) => (divergedAt < 0 ? {} : { divergedAt });
