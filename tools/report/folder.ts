/**
 * The folder of a report: files that its manifest lists are ours and are replaced, all others stay as they are.
 *
 * A report is made in a work folder beside them. When it is whole, that folder is renamed, with a list of its files: from then
 * on it takes the old one's place, by this process or, if it is killed, by the next.
 */

import {
  existsSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { readBytes } from "neural-beta";
import { takeLock } from "#lock";
import { type Manifest, notOurs, PARTS, readManifest, reportFiles } from "./manifest.js";

/** Nothing in it outlives a run, but a finished report that a killed run did not move. */
const WORK = ".neural-beta";
const finishedIn = (out: string) => join(out, WORK, "finished");
const FILES = "files.json";

/** Where results of a run that failed are kept, marked as incomplete. */
export const incompleteIn = (out: string): string => join(out, "incomplete");

/** A report's folder while one process writes it. */
export interface ReportFolder {
  /** Where the new report is made. */
  readonly staging: string;
  /** Puts what was made in the place of the report in `target`: the folder itself, or that of incomplete results. */
  readonly replace: (target: string) => void;
  /** Gives the folder free; what was not put in place is gone. */
  readonly close: () => void;
}

/**
 * The report that a folder holds, undefined where it holds none.
 *
 * @throws Error if parts of a report lie there that are none of ours
 */
export function reportIn(out: string): Manifest | undefined {
  // A killed run may have left no other manifest than this one.
  const manifest = readManifest(finishedIn(out)) ?? readManifest(out);
  if (manifest) return manifest;
  const parts = PARTS.filter((part) => existsSync(join(out, part)));
  if (parts.length > 0) throw notOurs(out, parts.join(", "));
  return undefined;
}

/**
 * Locks a folder, and ends what a killed run has begun there.
 *
 * @throws Error if another process writes there, or if it cannot be written
 */
export function openReport(out: string): ReportFolder {
  const lock = lockOf(out);
  completeSwap(out);
  completeSwap(incompleteIn(out));
  const staging = join(out, WORK, "unfinished");
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging);
  const close = () => {
    rmSync(staging, { recursive: true, force: true });
    lock.release();
    removeEmpty(join(out, WORK));
  };
  process.once("exit", close);
  return {
    staging,
    replace(target) {
      commit(staging, target);
      completeSwap(target);
    },
    close() {
      process.removeListener("exit", close);
      close();
    },
  };
}

function lockOf(out: string): { readonly release: () => void } {
  const folder = join(out, WORK, "lock");
  let lock: ReturnType<typeof takeLock>;
  try {
    lock = takeLock(folder);
  } catch (error) {
    throw new Error(
      `--out: ${out} cannot be written (${(error as NodeJS.ErrnoException).code}); name another folder, or free this one`,
    );
  }
  if (lock.holder === undefined) return lock;
  throw new Error(
    `--out: process ${lock.pid} is writing ${out}; wait for its end, or name another folder; if it is no run of this project, delete ${lock.holder}`,
  );
}

/** Removes the report of a folder, and the folder if it is empty then; what else lies there stays. */
export function removeReport(folder: string): void {
  const manifest = readManifest(folder);
  if (!manifest) return;
  for (const file of reportFiles(manifest)) rmSync(join(folder, file), { force: true });
  for (const part of PARTS) removeEmpty(join(folder, part));
  removeEmpty(folder);
}

/** Makes a report final: what lies in the staging folder, and is listed, belongs to the target from now on. */
function commit(staging: string, target: string): void {
  const made = readManifest(staging)!;
  const files = reportFiles(made).filter((file) => existsSync(join(staging, file)));
  const before = reportIn(target);
  const owned = new Set(before ? reportFiles(before) : []);
  const inTheWay = files.filter((file) => {
    const stat = lstatSync(join(target, file), { throwIfNoEntry: false });
    return stat && !(stat.isFile() && owned.has(file));
  });
  if (inTheWay.length > 0) throw notOurs(target, inTheWay.join(", "));
  writeFileSync(join(staging, FILES), JSON.stringify(files));
  const finished = finishedIn(target);
  mkdirSync(dirname(finished), { recursive: true });
  renameSync(staging, finished);
}

/** Moves a finished report into place, its manifest last; may be killed and begun anew at any point. */
function completeSwap(out: string): void {
  const finished = finishedIn(out);
  const made = readManifest(finished);
  if (made) {
    const files = JSON.parse(readBytes(join(finished, FILES)).toString("utf8")) as string[];
    const before = readManifest(out);
    const known = [...(before ? reportFiles(before) : []), ...reportFiles(made)];
    const stays = new Set(files);
    for (const file of known) if (!stays.has(file)) rmSync(join(out, file), { force: true });
    for (const file of files) {
      if (!existsSync(join(finished, file))) continue;
      mkdirSync(dirname(join(out, file)), { recursive: true });
      renameSync(join(finished, file), join(out, file));
    }
    for (const part of PARTS) removeEmpty(join(out, part));
  }
  rmSync(finished, { recursive: true, force: true });
  removeEmpty(join(out, WORK));
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something lies in it, or it is gone.
  }
}
