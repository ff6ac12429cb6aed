/**
 * Trained networks on disk, so that a search that was killed goes on where it was. A record is one network; files only grow,
 * each by one run, and a record that was torn by a kill is known by its checksum and trained again.
 */

import { createHash } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { DataError } from "../types.js";
import type {
  TrainedNetwork,
  Trainer,
  TrainingData,
  TrainingJob,
} from "./trainer.js";

export interface CacheOptions {
  /** Bytes above which the oldest data sets are forgotten; 1 GiB by default. */
  readonly limit?: number;
}

/**
 * A trainer that trains only what it has not trained before.
 *
 * A network is known by everything it depends on: the trainer's id, the training data, and the whole job. Results are the
 * same bits with and without the cache. Several processes may use one folder.
 *
 * @param folder made when the first network is trained; may be deleted at any time
 * @throws DataError if the folder cannot be written
 * @example
 * const rows = await searchNetworks(panel, cachedTrainer(simdTrainer(), ".cache/networks"), options);
 */
export function cachedTrainer(
  trainer: Trainer,
  folder: string,
  { limit = 1024 * 1024 * 1024 }: CacheOptions = {},
): Trainer {
  let forgotten = false;
  return {
    id: trainer.id,
    async train(data, jobs, options = {}) {
      const { onProgress, onTrained } = options;
      const group = join(folder, groupOf(trainer.id, data));
      const keys = jobs.map(keyOf);
      const known = readGroup(group);
      const networks = keys.map((key) => known.get(key));
      const missing = [...keys.keys()].filter((i) => !networks[i]);
      const found = jobs.length - missing.length;
      networks.forEach((network, i) => {
        if (network) onTrained?.(i, network);
      });
      if (found > 0) onProgress?.(found, jobs.length);
      if (missing.length === 0) return networks as TrainedNetwork[];
      // Once per trainer: looking through the folder takes longer than many a search.
      if (!forgotten) forget(folder, group, limit);
      forgotten = true;
      const file = openRecords(group);
      try {
        const trained = await trainer.train(
          data,
          missing.map((i) => jobs[i]!),
          {
            ...options,
            onProgress: (done) => onProgress?.(found + done, jobs.length),
            onTrained(at, network) {
              file.write(keys[missing[at]!]!, network);
              onTrained?.(missing[at]!, network);
            },
          },
        );
        missing.forEach((i, at) => {
          networks[i] = trained[at];
        });
      } finally {
        file.close();
      }
      return networks as TrainedNetwork[];
    },
  };
}

const bytesOf = (values: ArrayBufferView): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Networks of one trainer on the same data share a folder. */
function groupOf(trainer: string, data: TrainingData): string {
  const hash = createHash("sha256").update(trainer);
  for (const block of [data.inSample, data.validation])
    for (const part of [block.inputs, block.coinReturns, block.marketReturns])
      hash.update(`/${part.length}/`).update(bytesOf(part));
  return hash.digest("hex").slice(0, 32);
}

function keyOf(job: TrainingJob): string {
  const { label: _, startWeights, batches, ...plain } = job;
  const hash = createHash("sha256")
    .update(JSON.stringify([...Object.entries(plain).sort(), batches?.size]))
    .update(bytesOf(startWeights));
  for (let epoch = 1; batches && epoch <= job.epochs; epoch++)
    hash.update(bytesOf(batches.order(epoch)));
  return hash.digest("hex");
}

/** Bytes of a key and of a checksum, both SHA-256. */
const HASH = 32;
/** Words before the arrays: best epoch, epoch of divergence or -1, weights, points of a curve. */
const HEAD = 4;

function recordOf(key: string, network: TrainedNetwork): Buffer {
  const { weights, inSampleLoss, validationLoss } = network;
  const head = Int32Array.of(
    network.bestEpoch,
    network.divergedAt ?? -1,
    weights.length,
    inSampleLoss.length,
  );
  const body = Buffer.concat([
    Buffer.from(key, "hex"),
    ...[head, weights, inSampleLoss, validationLoss].map(bytesOf),
  ]);
  return Buffer.concat([checksum(body), body]);
}

const checksum = (body: Uint8Array): Buffer =>
  createHash("sha256").update(body).digest();

/** All whole records of a folder, by key. */
function readGroup(group: string): Map<string, TrainedNetwork> {
  const known = new Map<string, TrainedNetwork>();
  for (const name of filesOf(group)) {
    const bytes = readFileSync(join(group, name));
    let at = 0;
    while (at + 2 * HASH + 4 * HEAD <= bytes.length) {
      // Copies begin at a multiple of eight bytes, as float arrays must.
      const slice = (from: number, length: number) =>
        Uint8Array.from(bytes.subarray(from, from + length)).buffer;
      const body = at + HASH;
      const arrays = body + HASH + 4 * HEAD;
      const [bestEpoch, divergedAt, P, points] = new Int32Array(
        slice(body + HASH, 4 * HEAD),
      ) as unknown as [number, number, number, number];
      const curves = arrays + 4 * P;
      const end = curves + 16 * points;
      const whole =
        P >= 0 &&
        points >= 0 &&
        end <= bytes.length &&
        checksum(bytes.subarray(body, end)).equals(bytes.subarray(at, body));
      if (!whole) break;
      known.set(bytes.toString("hex", body, body + HASH), {
        weights: new Float32Array(slice(arrays, 4 * P)),
        bestEpoch,
        inSampleLoss: new Float64Array(slice(curves, 8 * points)),
        validationLoss: new Float64Array(
          slice(curves + 8 * points, 8 * points),
        ),
        ...(divergedAt < 0 ? {} : { divergedAt }),
      });
      at = end;
    }
  }
  return known;
}

/** A file of its own for this run: nobody else writes to it. */
function openRecords(group: string) {
  let file: number | undefined;
  const refused = (error: unknown): DataError =>
    new DataError(
      `${group}: networks cannot be kept there (${(error as NodeJS.ErrnoException).code}); free or unlock the folder, or train without the cache`,
    );
  try {
    mkdirSync(group, { recursive: true });
    for (let n = filesOf(group).length; file === undefined; n++)
      try {
        file = openSync(join(group, `${n}.networks`), "wx");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
  } catch (error) {
    throw refused(error);
  }
  const opened = file;
  return {
    write(key: string, network: TrainedNetwork): void {
      try {
        writeSync(opened, recordOf(key, network));
      } catch (error) {
        throw refused(error);
      }
    },
    close: () => closeSync(opened),
  };
}

/** Removes the data sets that grew least recently until the folder is below the limit; never the one in use. */
function forget(folder: string, inUse: string, limit: number): void {
  const groups = filesOf(folder)
    .map((name) => join(folder, name))
    .map((path) => ({
      path,
      time: stat(path)?.mtimeMs ?? 0,
      bytes: filesOf(path).reduce(
        (sum, name) => sum + (stat(join(path, name))?.size ?? 0),
        0,
      ),
    }))
    .sort((a, b) => a.time - b.time || (a.path < b.path ? -1 : 1));
  let total = groups.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes } of groups) {
    if (total <= limit) return;
    if (path === inUse) continue;
    rmSync(path, { recursive: true, force: true });
    total -= bytes;
  }
}

/** Another process may have removed the path since it was listed. */
const stat = (path: string) => statSync(path, { throwIfNoEntry: false });

/** Names in a folder, in order; none if there is no such folder. */
function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
