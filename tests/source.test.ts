/** What a file is, by its first bytes and lines: text in its encoding, separators, and what is no table. */

import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { hasColumns, namesAt, readSource, textOf } from "../lib/src/data/readers/source.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const fileOf = (content: string | Uint8Array) => write(join(folder, `${written++}.csv`), content);
const read = (content: string | Uint8Array, encoding?: string) =>
  readSource(fileOf(content), encoding);
const TABLE = "Date,Ä\n2020-01-31,1\n";

describe("readSource", () => {
  it("has the first forty lines, without blanks and line ends; tabs stay", () => {
    const { head } = read(`  a,b \r\n\tc,d\t\n\n e,f${"\ng,h".repeat(50)}`);
    expect(head).toHaveLength(40);
    expect(head.slice(0, 5)).toEqual(["a,b", "\tc,d\t", "", "e,f", "g,h"]);
    expect(read("a,b\n1,2").head).toEqual(["a,b", "1,2"]);
    expect(read("a,b\n1,2\n").head).toEqual(["a,b", "1,2"]);
    expect(read("a,b\n   \n1,2").head).toEqual(["a,b", "", "1,2"]);
  });

  it("has the separator of the first line that has any: a comma before all others", () => {
    const separatorOf = (text: string) => read(text).separator;
    expect(separatorOf("a;b,c\n")).toBe(",");
    expect(separatorOf("a;b\tc\n")).toBe(";");
    expect(separatorOf("a\tb\n")).toBe("\t");
    expect(separatorOf("title\na;b\n1;2\n")).toBe(";");
    expect(separatorOf("one\ntwo\nthree\nfour\n")).toBe(",");
  });

  it.each([
    ["UTF-8", Buffer.from(TABLE), undefined],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${TABLE}`), undefined],
    ["UTF-16, little end first", Buffer.from(`\ufeff${TABLE}`, "utf16le"), undefined],
    ["UTF-16, big end first", Buffer.from(`\ufeff${TABLE}`, "utf16le").swap16(), undefined],
    ["Latin 1, as it is told", Buffer.from(TABLE, "latin1"), "latin1"],
    ["UTF-16 without a mark, as it is told", Buffer.from(TABLE, "utf16le"), "utf-16le"],
    ["a gzip file", gzipSync(TABLE), undefined],
    ["carriage returns alone", Buffer.from(TABLE.replaceAll("\n", "\r")), undefined],
  ])("reads %s", (_, bytes, encoding) => {
    expect(textOf(read(bytes, encoding))).toBe(TABLE);
  });

  it.each([
    ["an Excel workbook", [0xd0, 0xcf, 0x11, 0xe0, 0x41]],
    ["compressed with zstd", [0x28, 0xb5, 0x2f, 0xfd, 0x41]],
    ["compressed with bzip2", [...Buffer.from("BZh9")]],
    ["compressed with xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x41]],
    ["a 7-Zip archive", [0x37, 0x7a, 0xbc, 0xaf, 0x41]],
    ["a Parquet file", [...Buffer.from("PAR1,2")]],
    ["a PDF", [...Buffer.from("%PDF-1,7")]],
  ])("refuses %s", (name, bytes) => {
    expect(() => read(Buffer.from(bytes))).toThrow(`: is ${name}, not a table of text`);
  });

  it("takes for packed what begins as zips and gzip files do, and nothing else", () => {
    // The first letter is U+42C0, in UTF-8 E4 8B 80: a gzip file begins with 1F 8B.
    for (const text of ["\u42c0,b\n1,2\n", "\x1f,b\n1,2\n", "PK,b\n1,2\n", "P,b\n1,2\n"])
      expect(textOf(read(text))).toBe(text);
    for (const start of ["PK\x03\x04", "PK\x05\x06"])
      for (const more of ["", "a,b\n1,2\n"])
        expect(() => read(start + more)).toThrow("is a zip that is cut off or damaged");
    expect(() => read(Buffer.of(0x1f, 0x8b))).toThrow("is a gzip file that is cut off or damaged");
  });

  it("refuses what is no text, and bytes of another encoding", () => {
    expect(() => read(Buffer.from("a,b\0"))).toThrow("has a zero byte at 3");
    expect(() => read(Buffer.from("\0a,b"))).toThrow("has a zero byte at 0");
    expect(() => read(Buffer.from(TABLE, "latin1"))).toThrow("must be UTF-8 or begin with");
    expect(() => read(Buffer.from(TABLE, "latin1"), "utf-8")).toThrow("is not utf-8");
    expect(() => read(TABLE, "klingon")).toThrow('encoding must be one such as "latin1"');
    expect(() => read(Buffer.of(0x1f, 0x8b, 1, 2))).toThrow("is a gzip file that is cut off");
  });

  it("refuses a page, a message of up to three lines, and nothing at all", () => {
    expect(() => read("\n<!DOCTYPE html>\n<p>a,b\n")).toThrow(":1: is a web page, not a table");
    expect(read("<TICKER>,<DATE>\nA,20200131\n").head).toHaveLength(2);
    expect(() => read("Sorry\nno\ndata\n")).toThrow(':1: is a message, not a table ("Sorry")');
    expect(read("one\ntwo\nthree\nfour\n").head).toHaveLength(4);
    expect(read("{}\n").head).toEqual(["{}"]);
    expect(() => read(" \n \n")).toThrow("is empty; download the file again");
    expect(() => read(`${"a".repeat(100)}\n`)).toThrow(`("${"a".repeat(80)}")`);
  });

  it("refuses more than ten thousand columns, in the line that has them", () => {
    expect(read(`a,b\n${",".repeat(9_999)}\n`).head).toHaveLength(2);
    expect(() => read(`a,b\n${",".repeat(10_000)}\n`)).toThrow(
      ":2: must have at most 10000 columns, got 10001",
    );
  });
});

it("namesAt and hasColumns count lines from one", () => {
  const source = read('a, "b,c"\nd,e\n');
  expect([1, 2, 3].map((line) => namesAt(source, line))).toEqual([["a", "b,c"], ["d", "e"], [""]]);
  expect(hasColumns(source, 1, "b,c")).toBe(true);
  expect(hasColumns(source, 2, "d", "b,c")).toBe(false);
});
