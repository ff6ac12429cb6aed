/**
 * Records on disk by group and key. Files only grow, each by one run, so that several processes need no lock; a record that
 * was torn by a kill is known by its checksum. SQLite would do as well, but Node has it from version 22 on only.
 */

import { createHash } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { makeFolder } from "../../data/make-folder.js";
import { DataError } from "../../types.js";

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

/** Bytes of a key, and of a checksum: half a SHA-256. */
const HASH = 16;
/** Bytes before a body: checksum, key, the body's length here, and that before it was deflated or 0; a multiple of eight. */
const HEAD = 2 * HASH + 8;
/** Bytes from which on a body is deflated: a score would not shrink. */
const LONG = 256;

const checksum = (bytes: Uint8Array): Buffer =>
  createHash("sha256").update(bytes).digest().subarray(0, HASH);

function recordOf(key: string, body: Uint8Array): Buffer {
  const long = body.length >= LONG;
  const kept = long ? deflateRawSync(body, { level: 1 }) : body;
  const record = Buffer.alloc(HEAD + kept.length);
  record.write(key, HASH, "hex");
  record.writeUInt32LE(kept.length, 2 * HASH);
  record.writeUInt32LE(long ? body.length : 0, 2 * HASH + 4);
  record.set(kept, HEAD);
  record.set(checksum(record.subarray(HASH)), 0);
  return record;
}

/** A file as it was read, at some length: later records are read from where the last whole one ended. */
interface ReadFile {
  readonly inode: number;
  readonly time: number;
  readonly size: number;
  readonly end: number;
  readonly bodies: Map<string, Body>;
}

/** Reads a body; undefined where another process has removed what was found before. */
type Body = () => Uint8Array | undefined;

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

function readOn(
  path: string,
  { size, ino, mtimeMs }: Stats,
  before: ReadFile | undefined,
): ReadFile {
  const same = before?.inode === ino;
  if (same && size === before.size && mtimeMs === before.time) return before;
  const grown = same && size > before.size;
  const start = grown ? before.end : 0;
  const bytes = bytesFrom(path, start, size - start);
  const bodies = grown ? before.bodies : new Map<string, Body>();
  let at = 0;
  for (let record = recordAt(bytes, at); record; record = recordAt(bytes, at)) {
    bodies.set(record.key, bodyOf(path, start + at, record));
    at += record.length;
  }
  return { inode: ino, time: mtimeMs, size, end: start + at, bodies };
}

/** A record as it is kept, deflated or not. */
interface Kept {
  readonly key: string;
  readonly kept: Buffer;
  readonly deflated: boolean;
  /** With its head. */
  readonly length: number;
}

/** The whole record that begins somewhere; undefined where there is none. */
function recordAt(bytes: Buffer, at: number): Kept | undefined {
  if (at + HEAD > bytes.length) return undefined;
  const end = at + HEAD + bytes.readUInt32LE(at + 2 * HASH);
  const whole =
    end <= bytes.length &&
    checksum(bytes.subarray(at + HASH, end)).equals(bytes.subarray(at, at + HASH));
  if (!whole) return undefined;
  return {
    key: bytes.toString("hex", at + HASH, at + 2 * HASH),
    kept: bytes.subarray(at + HEAD, end),
    deflated: bytes.readUInt32LE(at + 2 * HASH + 4) > 0,
    length: end - at,
  };
}

/** Bytes from which on a body stays on disk until it is asked for: paths of large panels would fill the memory. */
const LARGE = 65_536;

function bodyOf(path: string, at: number, record: Kept): Body {
  if (record.length >= LARGE)
    return () => {
      const again = recordAt(bytesFrom(path, at, record.length), 0);
      return again && bodyIn(again);
    };
  const { deflated } = record;
  const kept = Buffer.from(record.kept);
  return () => bodyIn({ kept, deflated });
}

/** A copy begins at a multiple of eight bytes, as float arrays must. */
const bodyIn = ({ kept, deflated }: Pick<Kept, "kept" | "deflated">): Uint8Array =>
  Uint8Array.from(deflated ? inflateRawSync(kept) : kept);

/** Some bytes of a file; fewer, where another process has removed what was listed. */
function bytesFrom(path: string, start: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  try {
    const file = openSync(path, "r");
    try {
      let read = 0;
      for (let more = 1; more > 0 && read < length; read += more)
        more = readSync(file, bytes, read, length - read, start + read);
      return bytes.subarray(0, read);
    } finally {
      closeSync(file);
    }
  } catch {
    return Buffer.alloc(0);
  }
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
