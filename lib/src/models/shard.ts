/** One process's part of a study's training: what is its own is told by key, so that shards need not know of each other. */

import type { Estimator } from "../betas/estimator.js";
import { checkInteger } from "../check.js";
import { betaPath } from "../types.js";
import { knownOf, noteKnown } from "./cache/results.js";
import type { Kept, KeptResults } from "./kept.js";
import type { NetworkShape } from "./network.js";
import { isNetwork } from "./neural-estimator.js";
import type {
  NetworkScore,
  TrainedNetwork,
  Trainer,
  TrainingData,
  TrainingJob,
  TrainOptions,
} from "./trainer.js";
import { trainingWork } from "./training-work.js";

/** Shard `index` of `count`, from 0. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * Whether a key is a shard's: its first 32 bits modulo the number of shards, so that a grid that grows moves nothing.
 *
 * @throws RangeError unless `index` is an integer from 0 to `count` - 1
 * @example
 * inShard({ index: 2, count: 16 })("0000001200000000"); // true: 18 modulo 16
 */
export function inShard({ index, count }: Shard): (key: string) => boolean {
  checkInteger("inShard", "count", count, 1);
  checkInteger("inShard", "index", index, 0, count - 1);
  return (key) => Number.parseInt(key.slice(0, 8), 16) % count === index;
}

/**
 * A result that was asked for: scores of a network, the network itself, a walk (an estimator's path through a test block), or
 * rows of whole ladders on simulated panels.
 */
export interface Asked extends Kept {
  readonly kind: "scores" | "network" | "walk" | "rows";
  readonly own: boolean;
  /** Networks that are trained for it; for a walk, beside its search; 0 for rows, which do not tell. */
  readonly networks: number;
  /** Multiply-adds of its training, about; NaN for a walk, which knows its networks after the search only, and for rows. */
  readonly work: number;
}

/** Whose keys are computed, and who hears of what is asked and done. */
export interface ShardOptions {
  readonly own: (key: string) => boolean;
  readonly onAsked?: (asked: Asked) => void;
  readonly onDone?: (asked: Asked) => void;
}

/** Thrown where a result needs networks that other shards train. */
export class LeftToOthers extends Error {}

/**
 * A trainer that computes its own part of what it is asked for, and keeps it; what needs the parts of others waits for another run.
 *
 * Estimators made with it return no betas. Those of own walks are kept, once all networks of their search are.
 *
 * @param trainer a `cachedTrainer`
 * @throws RangeError if the trainer keeps nothing
 * @example
 * const shared = cachedTrainer(trainer, join(folder, "shared"));
 * const dollarOnly = { ...small, marketSets: ["FIAT"] };
 * const asked: boolean[] = [];
 * const second = shardTrainer(shared, { own: inShard({ index: 1, count: 2 }), onAsked: ({ own }) => asked.push(own) });
 * await searchNetworks(panel, second, dollarOnly).catch(() => "left to the other shard");
 * asked.length; // 2: every network is asked for, and trained by the shard that it is of
 */
export function shardTrainer(trainer: Trainer, options: ShardOptions): Trainer {
  const { kept, paths } = trainer;
  if (!kept || !paths)
    throw new RangeError(
      `shardTrainer: trainer must keep what it computes, but ${trainer.id} does not; wrap it in cachedTrainer`,
    );
  let inOwnWalk = false;
  return {
    id: trainer.id,
    kept,
    score: (data, jobs) =>
      ownPart<NetworkScore>(kept, options, { kind: "scores", data, jobs }, (some, heard) =>
        trainer.score!(data, some, heard),
      ),
    train(data, jobs, training = {}) {
      if (training.keep !== false)
        return ownPart<TrainedNetwork>(
          kept,
          options,
          { kind: "network", data, jobs },
          (some, heard) => trainer.train(data, some, heard),
        );
      return inOwnWalk
        ? trainer.train(data, jobs, training)
        : Promise.reject(new LeftToOthers("shardTrainer: a walk of another shard"));
    },
    ...(trainer.plain && { plain: trainer.plain }),
    paths(estimator, plain) {
      const keeping = paths(estimator, plain);
      const walked: Estimator = {
        ...estimator,
        async estimate(panel, split, update) {
          const nothing = betaPath(panel, "walkForward", () => panel.markets.map(() => Number.NaN));
          if (estimator.key === undefined) return nothing;
          const known = kept.path(estimator, panel, split, update);
          const own = options.own(known.key);
          const networks = estimator.networks?.(panel, split, update) ?? 0;
          const asked: Asked = { ...known, kind: "walk", own, networks, work: Number.NaN };
          options.onAsked?.(asked);
          // A network's search is everybody's, whoever has the walk.
          if (known.body || !(own || isNetwork({ estimator: estimator.id }))) return nothing;
          inOwnWalk = own;
          try {
            await keeping.estimate(panel, split, update);
            options.onDone?.(asked);
          } catch (error) {
            if (!(error instanceof LeftToOthers)) throw error;
          } finally {
            inOwnWalk = false;
          }
          return nothing;
        },
      };
      const known = knownOf(keeping);
      if (known) noteKnown(walked, { ...known, claim: (result) => ownRows(result, options) });
      return walked;
    },
  };
}

/**
 * Whether rows of simulated panels are to be computed here; what it returns tells that they are done.
 *
 * @throws LeftToOthers if they are missing, and another shard's
 */
function ownRows(result: Kept, { own, onAsked, onDone }: ShardOptions): () => void {
  const asked: Asked = {
    ...{ ...result, kind: "rows", own: own(result.key), networks: 0 },
    work: Number.NaN,
  };
  onAsked?.(asked);
  if (!result.body && !asked.own)
    throw new LeftToOthers("shardTrainer: rows of another shard are missing");
  return () => onDone?.(asked);
}

/** Jobs on the same data, and what of them is wanted. */
interface Part {
  readonly kind: "scores" | "network";
  readonly data: TrainingData;
  readonly jobs: readonly TrainingJob[];
}

/**
 * Computes the own jobs; all results if no others are missing.
 *
 * @throws LeftToOthers otherwise
 */
async function ownPart<R>(
  kept: KeptResults<NetworkShape>,
  { own, onAsked, onDone }: ShardOptions,
  { kind, data, jobs }: Part,
  compute: (jobs: readonly TrainingJob[], heard?: TrainOptions<R>) => Promise<R[]>,
): Promise<R[]> {
  const asked = kept.jobs(kind, data, jobs).map((known, i): Asked => {
    const work = trainingWork(data, jobs[i]!);
    return { ...known, kind, own: own(known.key), networks: 1, work };
  });
  for (const network of asked) onAsked?.(network);
  const missing = [...asked.keys()].filter((i) => !asked[i]!.body);
  const mine = missing.filter((i) => asked[i]!.own);
  if (mine.length > 0)
    await compute(
      mine.map((i) => jobs[i]!),
      { onTrained: (at) => onDone?.(asked[mine[at]!]!) },
    );
  if (mine.length < missing.length)
    throw new LeftToOthers("shardTrainer: networks of other shards are missing");
  return compute(jobs);
}
