/** What all readers share: the bytes of a file that is really a table, unpacked, as UTF-8. */

import { isUtf8 } from "node:buffer";
import { gunzipSync } from "node:zlib";
import { FILE_LIMITS } from "../../limits.js";
import { DataError } from "../../types.js";
import { checkSize, readBytes } from "../read-file.js";
import { cellsOf } from "./cells.js";
import { option } from "./numbers.js";
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
  const raw = readBytes(path, FILE_LIMITS.data);
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
  if (!isJson(start)) checkWidth(file, head, separator);
  if (head.length <= 3 && !head.some((line) => /[,;\t]/.test(line)) && !isJson(start))
    throw new DataError(
      `${file}:1: is a message, not a table (${JSON.stringify(start.slice(0, 80))}); the publisher has no such series or serves no more today, check the symbol or download the file later`,
    );
  return { file, bytes, head, separator };
}

/** No line near the top may be longer, or have more columns, than a table may. */
function checkWidth(file: string, head: readonly string[], separator: string): void {
  head.forEach((line, i) => {
    if (line.length > FILE_LIMITS.line) throw tooLong(file, i + 1, line.length);
    const columns = line.split(separator).length;
    if (columns > FILE_LIMITS.columns)
      throw new DataError(
        `${file}:${i + 1}: must have at most ${FILE_LIMITS.columns} columns, got ${columns}; keep the columns that the study needs`,
      );
  });
}

/** A line that is longer than any table's. */
export const tooLong = (file: string, line: number, length: number): DataError =>
  new DataError(
    `${file}:${line}: must have at most ${FILE_LIMITS.line} characters, got ${length}; keep the columns that the study needs, or end the lines of the file`,
  );

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
  ["PK\x03\x04", "PK\x05\x06"].includes(raw.toString("latin1", 0, 4));

const isGzip = (raw: Buffer): boolean => raw.toString("latin1", 0, 2) === "\x1f\x8b";

function unpacked(path: string, raw: Buffer): Buffer {
  try {
    return gunzipSync(raw, { maxOutputLength: FILE_LIMITS.data });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE")
      checkSize(path, Number.POSITIVE_INFINITY, FILE_LIMITS.data);
    throw new DataError(
      `${path}: is a gzip file that is cut off or damaged (${(error as Error).message}); download the file again`,
    );
  }
}

/** Other containers that publishers and spreadsheets write, by their first bytes. */
const CONTAINERS: readonly (readonly [name: string, start: Buffer])[] = [
  ["an Excel workbook", Buffer.of(0xd0, 0xcf, 0x11, 0xe0)],
  ["compressed with zstd", Buffer.of(0x28, 0xb5, 0x2f, 0xfd)],
  ["compressed with bzip2", Buffer.from("BZh")],
  ["compressed with xz", Buffer.of(0xfd, 0x37, 0x7a, 0x58, 0x5a)],
  ["a 7-Zip archive", Buffer.of(0x37, 0x7a, 0xbc, 0xaf)],
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
  const zero = bytes.indexOf(0);
  if (zero >= 0)
    throw new DataError(
      `${file}: is not text (has a zero byte at ${zero}); the download is damaged, repeat it, or say ${option('encoding: "utf-16le"')} if that is its encoding`,
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
      `${file}: must be UTF-8 or begin with a byte-order mark, but has other bytes; say its encoding, such as ${option('encoding: "latin1" or encoding: "gbk"')}`,
    );
  }
  try {
    return Buffer.from(new TextDecoder(encoding, { fatal: true }).decode(raw));
  } catch (error) {
    throw new DataError(
      error instanceof RangeError
        ? `${file}: encoding must be one such as "latin1", "gbk" or "utf-16le", got ${JSON.stringify(encoding)}; correct the name`
        : `${file}: is not ${encoding} (has bytes that mean nothing in it); say another ${option("encoding")}`,
    );
  }
}

export const LF = 10;
const CR = 13;

function firstLines(bytes: Buffer): string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length && lines.length < 40; ) {
    const end = bytes.indexOf(LF, at);
    const next = end < 0 ? bytes.length : end;
    lines.push(bytes.toString("utf8", ...within(bytes, at, next)));
    at = next + 1;
  }
  return lines;
}

const BLANK = 32;

/** The bytes of a line without blanks around it; tabs stay: they separate cells, and the first or last may be empty. */
function within(bytes: Buffer, from: number, to: number): [from: number, to: number] {
  let [first, last] = [from, to];
  // The end of a line is none, and a line of blanks may end before it begins: it has no text either way.
  while (bytes[first] === BLANK) first++;
  while (bytes[last - 1] === BLANK || bytes[last - 1] === CR) last--;
  return [first, last];
}

/** Semicolon or tab where the first line has these and no comma. */
function separatorOf(line: string): Source["separator"] {
  if (line.includes(",")) return ",";
  return line.includes(";") ? ";" : line.includes("\t") ? "\t" : ",";
}
