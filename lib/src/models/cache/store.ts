/**
 * Records on disk by group and key. Files only grow, each by one run, so that several processes need no lock; a record that
 * was torn by a kill is known by its checksum. SQLite would do as well, but Node has it from version 22 on only.
 */

import {
  accessSync,
  closeSync,
  constants,
  lstatSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder } from "../../data/make-folder.js";
import { DataError } from "../../types.js";
import { type ReadFile, readOn, recordOf } from "./records.js";

/** Records of a folder. */
export interface RecordStore {
  /** Names of all groups. */
  readonly groups: () => string[];
  /** All whole records of a group. */
  readonly read: (group: string) => Records;
  /**
   * The file of this run in a group, made with the first record.
   *
   * @throws DataError if the folder cannot be written
   */
  readonly open: (group: string) => RecordFile;
}

/** The whole records of a group, by key. */
export interface Records {
  readonly keys: () => Iterable<string>;
  readonly has: (key: string) => boolean;
  readonly get: (key: string) => Uint8Array | undefined;
}

/** What one run adds to a group. */
export interface RecordFile {
  readonly write: (key: string, body: Uint8Array) => void;
  readonly close: () => void;
}

/**
 * The store of a folder.
 *
 * @param limit bytes above which the groups that grew least recently are forgotten
 */
export function recordStore(folder: string, limit: number): RecordStore {
  const known = new Map<string, ReadFile>();
  const own = new Map<string, string>();
  let forgotten = false;
  return {
    groups: () => filesOf(folder, GROUP),
    read: (group) => readGroup(join(folder, group), known),
    open(group) {
      // Once per store: looking through the folder takes longer than many a search.
      if (!forgotten) forget(folder, join(folder, group), limit);
      forgotten = true;
      return openRecords(join(folder, group), own);
    },
  };
}

/** Files are read on only when they have grown. */
function readGroup(group: string, known: Map<string, ReadFile>): Records {
  const files = filesOf(group, RECORDS).flatMap((name) => {
    const path = join(group, name);
    const found = stat(path);
    // A pipe would be waited for.
    if (!found?.isFile()) return [];
    const file = readOn(path, found, known.get(path));
    known.set(path, file);
    return [file.bodies];
  });
  return {
    keys: () => new Set(files.flatMap((bodies) => [...bodies.keys()])),
    has: (key) => files.some((bodies) => bodies.has(key)),
    get: (key) => files.find((bodies) => bodies.has(key))?.get(key)?.(),
  };
}

/** Names that this module gives; anything else in the folder is somebody else's. */
const GROUP = /^[0-9a-f]{32}$/;
const RECORDS = /^\d+\.records$/;

/** @param own path of this run's file by group: one that another run has removed, or that took half a record, is made anew */
function openRecords(group: string, own: Map<string, string>): RecordFile {
  let file: number | undefined;
  const refusing = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      own.delete(group);
      throw new DataError(
        `${group}: results cannot be kept there (${(error as NodeJS.ErrnoException).code}); free or unlock the folder, or train without the cache`,
      );
    }
  };
  // A folder that cannot be written is refused before the work begins.
  const parent = dirname(group);
  refusing(() => {
    makeFolder(parent);
    accessSync(parent, constants.W_OK);
  });
  return {
    write(key, body) {
      refusing(() => {
        file ??= ownFile(group, own);
        writeSync(file, recordOf(key, body));
      });
    },
    close() {
      if (file !== undefined) closeSync(file);
    },
  };
}

/** Nobody else writes to this file. */
function ownFile(group: string, own: Map<string, string>): number {
  const before = own.get(group);
  try {
    if (before !== undefined) return openSync(before, constants.O_WRONLY | constants.O_APPEND);
  } catch {
    // Forgotten by another process.
  }
  for (let n = filesOf(group, RECORDS).length; ; n++)
    try {
      // Made anew each time: another process may be forgetting the group.
      makeFolder(group);
      const path = join(group, `${n}.records`);
      const file = openSync(path, "wx");
      own.set(group, path);
      return file;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EEXIST" && code !== "ENOENT") throw error;
      // A file, or a link that leads nowhere: made anew, it would be in the way each time.
      const inTheWay = lstatSync(group, { throwIfNoEntry: false });
      if (inTheWay && !stat(group)?.isDirectory()) throw error;
    }
}

/** Removes the groups that grew least recently until the folder is below the limit; never the one in use. */
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
    // Those of one time stay in the order of their names.
    .sort((a, b) => a.time - b.time);
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

/** Undefined for what cannot be looked at: another process may have removed it, or it is a link in a circle. */
function stat(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

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
