/** Networks that are kept: small training data and jobs, and a trainer that writes down what it was asked for. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { cachedTrainer } from "../../lib/src/models/cache/trainer.js";
import type {
  TrainedNetwork,
  Trainer,
  TrainingBlock,
  TrainingData,
  TrainingJob,
} from "../../lib/src/models/trainer.js";
import { stream } from "../../lib/src/random.js";
import { scratchFolder } from "./scratch.js";

const SCRATCH = scratchFolder();
let folders = 0;
/** A folder that is not there yet. */
export const newFolder = () => join(SCRATCH, `networks ${folders++}`);

const block = (rows: number, seed: number): TrainingBlock => {
  const draw = stream("cache", rows, seed);
  const numbers = (length: number) => Float32Array.from({ length }, () => draw.uniform() - 0.5);
  return {
    inputs: numbers(4 * rows),
    coinReturns: numbers(rows),
    marketReturns: numbers(rows),
  };
};
export const dataOf = (seed: number): TrainingData => ({
  inSample: block(10, seed),
  validation: block(4, seed),
});
export const DATA = dataOf(0);

export function job(i: number, more: Partial<TrainingJob> = {}): TrainingJob {
  const draw = stream("cache job", i);
  return {
    label: `job ${i}`,
    shape: { inputs: 4, hidden: 2, markets: 1, activation: "tanh" },
    startWeights: Float32Array.from({ length: 13 }, () => draw.uniform() - 0.5),
    learningRate: 0.01,
    epochs: 6,
    ...more,
  };
}
export const JOBS = [0, 1, 2, 3, 4].map((i) => job(i));
export const LABELS = JOBS.map(({ label }) => label);

/** A trainer that writes down the labels of what it has trained; its networks say which job they are of. */
export function stub(id: string = "stub") {
  const trained: string[] = [];
  const networkOf = ({ startWeights, epochs }: TrainingJob): TrainedNetwork => ({
    weights: startWeights.map((weight) => weight + 1),
    bestEpoch: 1,
    inSampleLoss: Float64Array.of(startWeights[0]!, epochs),
    validationLoss: Float64Array.of(1, startWeights[1]!),
  });
  const trainer: Trainer = {
    id,
    async train(_, given, { onProgress, onTrained } = {}) {
      return given.map((job, i) => {
        const network = networkOf(job);
        trained.push(job.label);
        onTrained?.(i, network);
        onProgress?.(i + 1, given.length);
        return network;
      });
    },
  };
  return { trainer, trained, networks: (jobs = JOBS) => jobs.map(networkOf) };
}

/** Labels of the jobs that a run on a folder trains; its networks must be the stub's. */
export async function trainedOn(
  folder: string,
  given: readonly TrainingJob[] = JOBS,
  data: TrainingData = DATA,
  id: string = "stub",
): Promise<string[]> {
  const { trainer, trained, networks } = stub(id);
  const got = await cachedTrainer(trainer, folder).train(data, given);
  expect(got).toStrictEqual(networks([...given]));
  return trained;
}

/** A folder where all jobs are kept. */
export async function filled(): Promise<string> {
  const folder = newFolder();
  expect(await trainedOn(folder)).toEqual(LABELS);
  return folder;
}

/** Paths of all files of a folder, in order. */
export const filesIn = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith(".records"))
    .sort();
