/** What all readers share: the bytes of a file that is really a table, unpacked, as UTF-8. */

import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { DataError } from "../../types.js";
import { cellsOf } from "./cells.js";
import { onlyMember } from "./unzip.js";

export interface Source {
  /** Path, as messages name it; that of a zip with the name of its member. */
  readonly file: string;
  /** UTF-8 without a byte-order mark; lines end with LF or CRLF. */
  readonly bytes: Buffer;
  /** The first lines, for recognition: at most 40, trimmed. */
  readonly head: readonly string[];
  readonly separator: "," | ";" | "\t";
}

/**
 * The content of a file.
 *
 * @param encoding of its text, where it is neither UTF-8 nor told by a byte-order mark
 * @throws DataError if it is absent, empty, damaged, or a web page, a message or a workbook instead of a table
 */
export function readSource(path: string, encoding?: string): Source {
  let raw: Buffer;
  try {
    raw = readFileSync(path);
  } catch (error) {
    throw new DataError(
      `${path}: cannot be read (${(error as NodeJS.ErrnoException).code}); check the path, or download the file again`,
    );
  }
  const { file, content } = isZip(raw)
    ? onlyMember(path, raw)
    : { file: path, content: isGzip(raw) ? unpacked(path, raw) : raw };
  const bytes = utf8(file, content, encoding);
  const head = firstLines(bytes);
  const start = head.find((line) => line.trim() !== "");
  if (start === undefined) throw new DataError(`${file}: is empty; download the file again`);
  // Stooq's bulk files begin with <TICKER>.
  if (start.startsWith("<") && !/^<[A-Z]+>\s*[,;\t]/.test(start))
    throw new DataError(
      `${file}:1: is a web page, not a table (begins with ${JSON.stringify(start.slice(0, 15))}); the publisher answered with an error page, download the file again`,
    );
  const separator = separatorOf(head.find((line) => /[,;\t]/.test(line)) ?? start);
  if (head.length <= 3 && !head.some((line) => /[,;\t]/.test(line)) && !isJson(start))
    throw new DataError(
      `${file}:1: is a message, not a table (${JSON.stringify(start.slice(0, 80))}); the publisher has no such series or serves no more today, check the symbol or download the file later`,
    );
  return { file, bytes, head, separator };
}

/** Cells of a line near the top, counted from 1: names of columns, for recognition. */
export const namesAt = ({ head, separator }: Source, line: number): string[] =>
  cellsOf(head[line - 1] ?? "", separator);

/** True if a line near the top, counted from 1, names all of these columns. */
export const hasColumns = (source: Source, line: number, ...names: string[]): boolean => {
  const found = namesAt(source, line);
  return names.every((name) => found.includes(name));
};

export const isJson = (start: string): boolean => /^[{[]/.test(start);

/** The whole text. */
export const textOf = (source: Source): string => source.bytes.toString("utf8");

/** Begins with a member, or is an archive without any. */
const isZip = (raw: Buffer): boolean =>
  raw.length > 4 && [0x04034b50, 0x06054b50].includes(raw.readUInt32LE());

const isGzip = (raw: Buffer): boolean => raw[0] === 0x1f && raw[1] === 0x8b;

function unpacked(path: string, raw: Buffer): Buffer {
  try {
    return gunzipSync(raw);
  } catch (error) {
    throw new DataError(
      `${path}: is a gzip file that is cut off or damaged (${(error as Error).message}); download the file again`,
    );
  }
}

/** Other containers that publishers and spreadsheets write, by their first bytes. */
const CONTAINERS: readonly (readonly [name: string, start: Buffer])[] = [
  ["an Excel workbook", Buffer.of(0xd0, 0xcf, 0x11, 0xe0)],
  ["a Parquet file", Buffer.from("PAR1")],
  ["a PDF", Buffer.from("%PDF")],
];

/** Text by its byte-order mark, else by the encoding that is named, else UTF-8: never with a sign for what cannot be read. */
function utf8(file: string, raw: Buffer, encoding: string | undefined): Buffer {
  const container = CONTAINERS.find(([, start]) => raw.subarray(0, start.length).equals(start));
  if (container)
    throw new DataError(
      `${file}: is ${container[0]}, not a table of text; unpack it, or save it as CSV`,
    );
  const mark = raw.subarray(0, 3).toString("latin1");
  const marked = mark.startsWith("\xff\xfe")
    ? "utf-16le"
    : mark.startsWith("\xfe\xff")
      ? "utf-16be"
      : undefined;
  const bytes = mark === "\xef\xbb\xbf" ? raw.subarray(3) : decoded(file, raw, marked ?? encoding);
  const zero = bytes.subarray(0, TOP).indexOf(0);
  if (zero >= 0)
    throw new DataError(
      `${file}: is not text (has a zero byte at ${zero}); the download is damaged, repeat it, or say encoding: "utf-16le" if that is its encoding`,
    );
  // CR alone, from old spreadsheets, ends no line for Polars.
  return bytes.includes(LF) || !bytes.includes(CR)
    ? bytes
    : Buffer.from(bytes.toString("utf8").replaceAll("\r", "\n"));
}

function decoded(file: string, raw: Buffer, encoding: string | undefined): Buffer {
  if (encoding === undefined) {
    if (isUtf8(raw)) return raw;
    throw new DataError(
      `${file}: must be UTF-8 or begin with a byte-order mark, but has other bytes; say its encoding, such as encoding: "latin1" or encoding: "gbk"`,
    );
  }
  try {
    return Buffer.from(new TextDecoder(encoding, { fatal: true }).decode(raw));
  } catch (error) {
    throw new DataError(
      error instanceof RangeError
        ? `${file}: encoding must be one such as "latin1", "gbk" or "utf-16le", got ${JSON.stringify(encoding)}; correct the name`
        : `${file}: is not ${encoding} (has bytes that mean nothing in it); say another encoding`,
    );
  }
}

/** Bytes that show whether a file is text. */
const TOP = 8192;

export const LF = 10;
const CR = 13;

function firstLines(bytes: Buffer): string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length && lines.length < 40; ) {
    const end = bytes.indexOf(LF, at);
    const next = end < 0 ? bytes.length : end;
    // Not tabs: they separate cells, and the first or last may be empty.
    lines.push(bytes.toString("utf8", at, next).replace(/^ +|[ \r]+$/g, ""));
    at = next + 1;
  }
  return lines;
}

/** Semicolon or tab where the first line has these and no comma. */
function separatorOf(line: string): Source["separator"] {
  if (line.includes(",")) return ",";
  return line.includes(";") ? ";" : line.includes("\t") ? "\t" : ",";
}
