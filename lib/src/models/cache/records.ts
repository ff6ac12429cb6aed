/** The records of one file: how one is written, and read again whole or not at all. */

import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, type Stats } from "node:fs";
import { deflateRawSync, inflateRawSync } from "node:zlib";

/** Bytes of a key, and of a checksum: half a SHA-256. */
const HASH = 16;
/** Bytes before a body: checksum, key, the body's length here, and that before it was deflated or 0; a multiple of eight. */
const HEAD = 2 * HASH + 8;
/** Bytes from which on a body is deflated: a score would not shrink. */
const LONG = 256;

const checksum = (bytes: Uint8Array): Buffer =>
  createHash("sha256").update(bytes).digest().subarray(0, HASH);

/** A record as it is written. */
export function recordOf(key: string, body: Uint8Array): Buffer {
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
export interface ReadFile {
  readonly inode: number;
  readonly time: number;
  readonly size: number;
  readonly end: number;
  readonly bodies: Map<string, Body>;
}

/** Reads a body; undefined where another process has removed what was found before. */
type Body = () => Uint8Array | undefined;

/** The records of a file, read on where it has grown since it was read before. */
export function readOn(
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
    deflated: bytes.readUInt32LE(at + 2 * HASH + 4) !== 0,
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
