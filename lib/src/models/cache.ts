/**
 * Trained networks on disk, so that a search that was killed goes on where it was. A record is one network; files only grow,
 * each by one run, and a record that was torn by a kill is known by its checksum and trained again.
 */

import { createHash } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { DataError } from "../types.js";
import type { TrainedNetwork, Trainer, TrainingData, TrainingJob } from "./trainer.js";

/** How large a cache of networks may grow. */
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
 * @throws DataError if the folder cannot be written; RangeError if the limit is no number
 * @example
 * const kept = cachedTrainer(trainer, join(folder, "networks"));
 * const [first] = await searchNetworks(panel, kept, small);
 * const [again] = await searchNetworks(panel, kept, small);
 * first!.valRmse === again!.valRmse; // true: the second search read its networks from disk
 */
export function cachedTrainer(
  trainer: Trainer,
  folder: string,
  { limit = 1024 * 1024 * 1024 }: CacheOptions = {},
): Trainer {
  if (!(limit >= 0))
    throw new RangeError(
      `cachedTrainer: limit must be a number of bytes of at least 0, got ${limit}`,
    );
  let forgotten = false;
  return {
    id: trainer.id,
    async train(data, jobs, options = {}) {
      const { onProgress, onTrained, signal } = options;
      signal?.throwIfAborted();
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
      const kept = new Set<number>();
      const keep = (at: number, network: TrainedNetwork) => {
        if (!kept.has(at)) file.write(keys[missing[at]!]!, network);
        kept.add(at);
      };
      try {
        const trained = await trainer.train(
          data,
          missing.map((i) => jobs[i]!),
          {
            ...options,
            onProgress: (done) => onProgress?.(found + done, jobs.length),
            onTrained(at, network) {
              keep(at, network);
              onTrained?.(missing[at]!, network);
            },
          },
        );
        missing.forEach((i, at) => {
          networks[i] = trained[at];
          keep(at, trained[at]!);
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
  // Without an end, the trainer refuses the job.
  if (batches && Number.isInteger(job.epochs))
    for (let epoch = 1; epoch <= job.epochs; epoch++) hash.update(bytesOf(batches.order(epoch)));
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

const checksum = (body: Uint8Array): Buffer => createHash("sha256").update(body).digest();

/** All whole records of a folder, by key. */
function readGroup(group: string): Map<string, TrainedNetwork> {
  const known = new Map<string, TrainedNetwork>();
  for (const name of filesOf(group, RECORDS)) {
    const bytes = contents(join(group, name));
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
        validationLoss: new Float64Array(slice(curves + 8 * points, 8 * points)),
        ...(divergedAt < 0 ? {} : { divergedAt }),
      });
      at = end;
    }
  }
  return known;
}

/** Names that this module gives; anything else in the folder is somebody else's. */
const GROUP = /^[0-9a-f]{32}$/;
const RECORDS = /^\d+\.networks$/;

/** Another process may have removed what was listed. */
function contents(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

/** A file of its own for this run, made with the first network: nobody else writes to it. */
function openRecords(group: string) {
  let file: number | undefined;
  const refusing = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw new DataError(
        `${group}: networks cannot be kept there (${(error as NodeJS.ErrnoException).code}); free or unlock the folder, or train without the cache`,
      );
    }
  };
  const open = (): number => {
    for (let n = filesOf(group, RECORDS).length; ; n++)
      try {
        // Made anew each time: another process may be forgetting the group.
        mkdirSync(group, { recursive: true });
        return openSync(join(group, `${n}.networks`), "wx");
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== "EEXIST" && code !== "ENOENT") throw error;
        if (stat(group)?.isDirectory() === false) throw error;
      }
  };
  // A folder that cannot be written is refused before the work begins.
  const parent = dirname(group);
  refusing(() => {
    mkdirSync(parent, { recursive: true });
    accessSync(parent, constants.W_OK);
  });
  return {
    write(key: string, network: TrainedNetwork): void {
      refusing(() => {
        file ??= open();
        writeSync(file, recordOf(key, network));
      });
    },
    close(): void {
      if (file !== undefined) closeSync(file);
    },
  };
}

/** Removes the data sets that grew least recently until the folder is below the limit; never the one in use. */
function forget(folder: string, inUse: string, limit: number): void {
  const groups = filesOf(folder, GROUP)
    .map((name) => join(folder, name))
    .map((path) => {
      const files = filesOf(path, RECORDS).map((name) => join(path, name));
      return {
        path,
        files,
        time: stat(path)?.mtimeMs ?? 0,
        bytes: files.reduce((sum, file) => sum + (stat(file)?.size ?? 0), 0),
      };
    })
    .sort((a, b) => a.time - b.time || (a.path < b.path ? -1 : 1));
  let total = groups.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, files, bytes } of groups) {
    if (total <= limit) return;
    if (path === inUse) continue;
    for (const file of files) rmSync(file, { force: true });
    try {
      rmdirSync(path);
    } catch {
      // Another process has put a new file there, or was faster.
    }
    total -= bytes;
  }
}

/** Another process may have removed the path since it was listed. */
const stat = (path: string) => statSync(path, { throwIfNoEntry: false });

/** Names of a kind in a folder, in order; none if there is no such folder. */
function filesOf(folder: string, kind: RegExp): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => kind.test(name))
      .sort();
  } catch {
    return [];
  }
}
