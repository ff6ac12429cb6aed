/** Records on disk: what others add is found, long bodies are read when they are asked for, and what is gone or replaced is not believed. */

import { createHash } from "node:crypto";
import {
  appendFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { beforeEach, expect, it } from "vitest";
import { recordOf } from "../lib/src/models/cache/records.js";
import { recordStore } from "../lib/src/models/cache/store.js";
import { stream } from "../lib/src/random.js";
import { scratchFolder } from "./support/scratch.js";

const GROUP = "a".repeat(32);
const [FIRST, SECOND, THIRD] = ["1", "2", "3"].map((digit) => digit.repeat(32)) as [
  string,
  string,
  string,
];
const short = (byte: number) => new Uint8Array(300).fill(byte);
/** Bytes that cannot be deflated. */
const draw = stream("record store");
const long = Uint8Array.from({ length: 200_000 }, () => 256 * draw.uniform());
/** Vitest takes a second to compare as many numbers. */
const isLong = (body: Uint8Array | undefined) =>
  body !== undefined && Buffer.compare(body, long) === 0;

let folder: string;
beforeEach(() => {
  folder = join(scratchFolder(), "networks");
});

const open = () => recordStore(folder, Number.POSITIVE_INFINITY);
function write(key: string, body: Uint8Array, store = open()): void {
  const file = store.open(GROUP);
  file.write(key, body);
  file.close();
}
const path = () => join(folder, GROUP, readdirSync(join(folder, GROUP))[0]!);

it("reads short and long bodies as they were written, each time anew", () => {
  const store = open();
  write(FIRST, short(7), store);
  write(SECOND, long, store);
  for (const records of [store.read(GROUP), open().read(GROUP)]) {
    expect([...records.keys()]).toEqual([FIRST, SECOND]);
    expect(records.get(FIRST)).toEqual(short(7));
    expect(isLong(records.get(SECOND))).toBe(true);
    expect(records.get(SECOND)!.byteOffset % 8).toBe(0);
    records.get(FIRST)!.fill(0);
    expect(records.get(FIRST)).toEqual(short(7));
    expect([records.has(SECOND), records.has(THIRD)]).toEqual([true, false]);
    expect(records.get(THIRD)).toBeUndefined();
  }
});

it("finds what was added to a file and beside it since it looked", () => {
  const [ours, theirs] = [open(), open()];
  write(FIRST, short(1), ours);
  expect([...theirs.read(GROUP).keys()]).toEqual([FIRST]);
  write(SECOND, long, ours);
  expect(isLong(theirs.read(GROUP).get(SECOND))).toBe(true);
  write(THIRD, short(3), theirs);
  expect([...ours.read(GROUP).keys()]).toEqual([FIRST, SECOND, THIRD]);
  expect(readdirSync(join(folder, GROUP))).toHaveLength(2);
});

it("finds a record whose end came after it had looked", () => {
  write(FIRST, short(1));
  write(SECOND, long);
  const bytes = readFileSync(join(folder, GROUP, "1.records"));
  rmSync(join(folder, GROUP, "1.records"));
  const store = open();
  const half = path();
  appendFileSync(half, bytes.subarray(0, 1000));
  expect([...store.read(GROUP).keys()]).toEqual([FIRST]);
  appendFileSync(half, bytes.subarray(1000));
  expect(isLong(store.read(GROUP).get(SECOND))).toBe(true);
});

it("has nothing of a file that is gone, and what stands in one that took its place", () => {
  const store = open();
  write(FIRST, long, store);
  const records = store.read(GROUP);
  const file = path();
  const bytes = readFileSync(file);
  rmSync(file);
  expect(records.get(FIRST)).toBeUndefined();
  expect(store.read(GROUP).has(FIRST)).toBe(false);
  writeFileSync(file, bytes.with(100, bytes[100]! ^ 1));
  // A clock may not have moved on.
  utimesSync(file, 1, 1);
  expect(store.read(GROUP).has(FIRST)).toBe(false);
  rmSync(file);
  writeFileSync(file, bytes);
  expect(isLong(store.read(GROUP).get(FIRST))).toBe(true);
});

it("writes checksum, key, both lengths and the body, which is deflated from 256 bytes on", () => {
  for (const length of [255, 256]) {
    const body = Uint8Array.from({ length }, (_, i) => i % 7);
    const record = recordOf(FIRST, body);
    const kept = record.subarray(40);
    const long = length === 256;
    expect(record.subarray(16, 32).toString("hex")).toBe(FIRST);
    expect([record.readUInt32LE(32), record.readUInt32LE(36)]).toEqual([
      kept.length,
      long ? length : 0,
    ]);
    const hash = createHash("sha256").update(record.subarray(16)).digest();
    expect(record.subarray(0, 16)).toEqual(hash.subarray(0, 16));
    expect(Uint8Array.from(long ? inflateRawSync(kept) : kept)).toEqual(body);
    if (long) expect(kept.length).toBeLessThan(100);
  }
});

it("leaves records of 64 KiB and more on disk until they are asked for", () => {
  const bodies = [65_535, 65_536].map((length) => {
    // Bytes that cannot be deflated take a few more.
    let body = long.slice(0, length - 40);
    while (recordOf(FIRST, body).length > length) body = body.slice(1);
    expect(recordOf(FIRST, body)).toHaveLength(length);
    return body;
  });
  bodies.forEach((body, i) => {
    write([FIRST, SECOND][i]!, body);
  });
  const records = open().read(GROUP);
  rmSync(join(folder, GROUP), { recursive: true });
  expect(Buffer.compare(records.get(FIRST)!, bodies[0]!)).toBe(0);
  expect(records.get(SECOND)).toBeUndefined();
});
