/** The one file of a zip, whose archive is written byte by byte. */

import { crc32, deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { onlyMember } from "../lib/src/data/readers/unzip.js";

interface Part {
  readonly name: string;
  readonly content: string;
  /** Bytes that the packed file takes, padded with zeros; as many as it needs by default. */
  readonly packed?: number;
  readonly encrypted?: boolean;
  readonly checksum?: number;
}

/** Fields of a header, each of two or four bytes, little end first. */
function fields(...values: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  return Buffer.concat(
    values.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      if (bytes === 2) field.writeUInt16LE(value);
      else field.writeUInt32LE(value);
      return field;
    }),
  );
}

/** An archive as PKWARE's APPNOTE.TXT has it: local headers with their data, the directory, its end. */
function zip(...parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { name, content, packed, encrypted = false, checksum } of parts) {
    const data = deflateRawSync(content);
    const padded = Buffer.concat([data, Buffer.alloc((packed ?? data.length) - data.length)]);
    const flags = encrypted ? 1 : 0;
    const common = [
      ...([
        [2, 20],
        [2, flags],
        [2, 8],
        [2, 0],
        [2, 0],
      ] as const),
      ...([
        [4, checksum ?? crc32(content)],
        [4, padded.length],
        [4, content.length],
      ] as const),
      ...([
        [2, Buffer.byteLength(name)],
        [2, 0],
      ] as const),
    ] as const;
    const local = Buffer.concat([fields([4, 0x04034b50], ...common), Buffer.from(name), padded]);
    const more = fields([2, 0], [2, 0], [2, 0], [4, 0], [4, at]);
    const entry = fields([4, 0x02014b50], [2, 20], ...common);
    entries.push(Buffer.concat([entry, more, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(entries);
  const counts = [
    [2, parts.length],
    [2, parts.length],
    [4, directory.length],
    [4, at],
  ] as const;
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], ...counts, [2, 0]);
  return Buffer.concat([...locals, directory, end]);
}

const file = { name: "a.csv", content: "Date,Close\n2021-01-29,1\n" };
const read = (...parts: readonly Part[]) => onlyMember("a.zip", zip(...parts));

describe("onlyMember", () => {
  it("has the only file, whatever folders stand beside it", () => {
    const folders = ["x/", "__MACOSX/._a.csv"].map((name) => ({ name, content: "" }));
    const { file: name, content } = read(folders[0]!, { ...file, name: "x/a.csv" }, folders[1]!);
    expect([name, content.toString()]).toEqual(["a.zip/x/a.csv", file.content]);
    expect(read({ name: "empty", content: "" }).content).toHaveLength(0);
  });

  it("refuses none and several, naming up to five", () => {
    expect(() => read()).toThrow("a.zip: must hold one file, but holds 0 ()");
    const parts = "abcdef".split("").map((name) => ({ ...file, name }));
    expect(() => read(...parts.slice(0, 2))).toThrow("but holds 2 (a, b); unpack it");
    expect(() => read(...parts)).toThrow("but holds 6 (a, b, c, d, e); unpack it");
  });

  it("refuses a workbook, what is encrypted, and what does not fit its checksum", () => {
    expect(() => read({ ...file, name: "[Content_Types].xml" }, file)).toThrow("an Excel workbook");
    expect(() => read({ ...file, encrypted: true })).toThrow("a.zip/a.csv: is encrypted");
    expect(() => read({ ...file, checksum: 1 })).toThrow("the checksum of a.csv does not fit");
  });

  it("does not unpack what is packed into far more bytes than it has", () => {
    // A hundredth and 1,000 bytes more than 100,000.
    const content = "0123456789".repeat(10_000);
    expect(read({ name: "a", content, packed: 102_000 }).content).toHaveLength(100_000);
    expect(() => read({ name: "a", content, packed: 102_001 })).toThrow("is a zip that is damaged");
  });

  it("refuses more bytes than a file may have before it unpacks them", () => {
    const archive = zip(file);
    const size = archive.indexOf("PK\x01\x02") + 24;
    archive.writeUInt32LE(256_000_001, size);
    expect(() => onlyMember("a.zip", archive)).toThrow("a.zip/a.csv: must have at most 256 MB");
    archive.writeUInt32LE(256_000_000, size);
    expect(() => onlyMember("a.zip", archive)).not.toThrow("must have at most");
  });
});
