/** What a study trains in all, what the cache has of it, and what the rest costs. */

import { createHash } from "node:crypto";
import {
  type Asked,
  CACHE,
  cachedTrainer,
  marketNames,
  preparePanel,
  rawNetworkCounts,
  readFactors,
  type Shard,
  type StudyTrainingOptions,
  selectMarkets,
  shardTrainer,
  simdTrainer,
  simulatedPanels,
  studySplits,
  type Trainer,
  trainingJobs,
  trainingWork,
  trainStudy,
} from "neural-beta";
import type { Inputs } from "../report/inputs.js";

/** Results that a study asks for, by key. */
export type Plan = ReadonlyMap<string, Asked>;

/** Shards forget nothing: what one has trained is no older data set to another. */
export const sharedCache = (threads?: number): Trainer =>
  cachedTrainer(simdTrainer(threads === undefined ? {} : { threads }), CACHE, {
    limit: Number.POSITIVE_INFINITY,
  });

/** What `trainStudy` takes: factors only if they have every date of the panel, as in notebook 07. */
export async function trainingOptions({ study, panel }: Inputs): Promise<StudyTrainingOptions> {
  const factors = await readFactors(study);
  const known = new Set(factors.dates);
  return {
    ...study,
    splits: studySplits(study, panel.dates),
    equity: "EQUITY",
    panels: simulatedPanels(study),
    ...(panel.dates.every((date) => known.has(date)) ? { gainFactors: factors } : {}),
  };
}

/** Asks for everything, and trains nothing. */
export async function planOf(
  { panel }: Inputs,
  options: StudyTrainingOptions,
  own: (key: string) => boolean,
): Promise<Plan> {
  const plan = new Map<string, Asked>();
  const asking = shardTrainer(sharedCache(), {
    own: () => false,
    onAsked: (asked) => {
      const { key, body } = asked;
      plan.set(key, { ...asked, body: body && digest(body), own: own(key) });
    },
  });
  await trainStudy(panel, asking, options);
  return plan;
}

/** A hash in place of the result: a plan may be larger than memory. */
const digest = (body: Uint8Array): Uint8Array => createHash("sha256").update(body).digest();

/** Names all results of a complete plan: the same on every machine, for any number of shards. */
export function fingerprint(plan: Plan): string {
  const hash = createHash("sha256");
  for (const key of [...plan.keys()].sort()) hash.update(key).update(plan.get(key)!.body ?? "");
  return hash.digest("hex").slice(0, 16);
}

/** Counts of a plan, or of a part of it. */
export interface Needs {
  /** All networks, those of the walks too; and how many of them are not kept. */
  readonly networks: number;
  readonly missingNetworks: number;
  readonly walks: number;
  readonly missingWalks: number;
  /** Multiply-adds of the missing networks, about. */
  readonly work: number;
}

/**
 * What is to do. Networks of a walk cost what those of the grids cost on average; the chosen configurations, which are known
 * after the search only, are counted beforehand.
 */
export function needsOf(plan: Plan, options: StudyTrainingOptions): Needs {
  const { grid, starts, marketSets } = options;
  const all = [...plan.values()];
  const scores = all.filter(({ kind }) => kind === "scores");
  const walked = all.filter(({ kind }) => kind === "walk");
  const raw = rawNetworkCounts(options).replicates;
  const chosen = all.filter(({ kind }) => kind === "network").length - raw;
  const missing = all.filter(({ body }) => !body);
  const count = (list: readonly Asked[]) => list.reduce((sum, { networks }) => sum + networks, 0);
  const mean = scores.reduce((sum, { work }) => sum + work, 0) / Math.max(1, scores.length);
  const unknown = Math.max(0, starts.length * marketSets.length * grid.replicates - chosen);
  const known = missing.filter(({ work }) => Number.isFinite(work));
  const priced = known.reduce((sum, { work }) => sum + work, 0);
  const walkNetworks = count(missing.filter(({ kind }) => kind === "walk"));
  return {
    networks: count(all) + unknown,
    missingNetworks: count(missing) + unknown,
    walks: walked.length,
    missingWalks: walked.filter(({ body }) => !body).length,
    work: priced + mean * (walkNetworks + unknown),
  };
}

/** Seconds of one thread per multiply-add here, from networks of every width on the study's longest market set. */
export async function secondsPerWork({ study, panel }: Inputs): Promise<number> {
  const set = [...study.marketSets].sort((a, b) => b.split("+").length - a.split("+").length)[0]!;
  const prepared = preparePanel(selectMarkets(panel, marketNames(set)), study);
  const jobs = study.grid.hidden.flatMap((hidden) => {
    const [learningRate] = study.grid.learningRates as [number];
    const [start] = study.starts as [(typeof study.starts)[number]];
    return study.grid.activations.flatMap((activation) =>
      trainingJobs(prepared, {
        ...{ hidden, learningRate, activation, start },
        ...{ epochs: 1, seed: study.seed, replicates: 1 },
      }),
    );
  });
  const perEpoch = jobs.reduce((sum, job) => sum + trainingWork(prepared.data, job), 0);
  // A few seconds: as many epochs as the study's, if they are that short.
  const epochs = Math.min(study.epochs, Math.max(1, Math.floor(1e10 / perEpoch)));
  const trainer = simdTrainer({ threads: 1 });
  await trainer.train(prepared.data, jobs.slice(0, 1));
  // Of the processor, not of the clock: others may be busy here.
  const before = process.cpuUsage();
  await trainer.train(
    prepared.data,
    jobs.map((job) => ({ ...job, epochs })),
  );
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6 / (epochs * perEpoch);
}

/** The key's shard among the plan's. */
export const shardName = ({ index, count }: Shard): string => `shard ${index + 1}/${count}`;
