/** What all readers share: the bytes of a file that is really a table, unpacked, as UTF-8. */

import { readFileSync } from "node:fs";
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
 * @throws DataError if it is absent, empty, damaged, or a web page, a message or a workbook instead of a table
 */
export function readSource(path: string): Source {
  let raw: Buffer;
  try {
    raw = readFileSync(path);
  } catch (error) {
    throw new DataError(
      `${path}: cannot be read (${(error as NodeJS.ErrnoException).code}); check the path, or download the file again`,
    );
  }
  const { file, content } = isZip(raw) ? onlyMember(path, raw) : { file: path, content: raw };
  const bytes = utf8(file, content);
  const head = firstLines(bytes);
  const start = head.find((line) => line.trim() !== "");
  if (start === undefined) throw new DataError(`${file}: is empty; download the file again`);
  // Stooq's bulk files begin with <TICKER>.
  if (start.startsWith("<") && !/^<[A-Z]+>\s*[,;\t]/.test(start))
    throw new DataError(
      `${file}:1: is a web page, not a table (begins with ${JSON.stringify(start.slice(0, 15))}); the publisher answered with an error page, download the file again`,
    );
  const separator = separatorOf(start);
  if (head.length <= 3 && !start.includes(separator) && !isJson(start))
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

/** Other containers that publishers and spreadsheets write, by their first bytes. */
const CONTAINERS: readonly (readonly [name: string, start: Buffer])[] = [
  ["compressed with gzip", Buffer.of(0x1f, 0x8b)],
  ["an Excel workbook", Buffer.of(0xd0, 0xcf, 0x11, 0xe0)],
  ["a Parquet file", Buffer.from("PAR1")],
  ["a PDF", Buffer.from("%PDF")],
];

function utf8(file: string, raw: Buffer): Buffer {
  const container = CONTAINERS.find(([, start]) => raw.subarray(0, start.length).equals(start));
  if (container)
    throw new DataError(
      `${file}: is ${container[0]}, not a table of text; unpack it, or save it as CSV`,
    );
  const mark = raw.subarray(0, 3).toString("latin1");
  // A spreadsheet's "Unicode text".
  const bytes = mark.startsWith("\xff\xfe")
    ? Buffer.from(raw.subarray(2).toString("utf16le"))
    : mark === "\xef\xbb\xbf"
      ? raw.subarray(3)
      : raw;
  const zero = bytes.subarray(0, TOP).indexOf(0);
  if (zero >= 0)
    throw new DataError(
      `${file}: is not text (has a zero byte at ${zero}); the download is damaged, repeat it`,
    );
  // CR alone, from old spreadsheets, ends no line for Polars.
  return bytes.includes(LF) || !bytes.includes(CR)
    ? bytes
    : Buffer.from(bytes.toString("utf8").replaceAll("\r", "\n"));
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
