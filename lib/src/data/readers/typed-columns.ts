/** Dates and prices of a plain table, parsed by Polars: some five times as fast as reading them as text. */

import { cellsOf } from "./cells.js";
import type { TableArea } from "./csv.js";
import { LF, type Source } from "./source.js";

export interface TypedColumns {
  readonly days: Int32Array;
  /** By column; NaN where a value is missing. */
  readonly values: readonly Float64Array[];
}

/** What Polars takes for a missing number; other marks are left to the text reader. */
const MISSING = [".", "null", "NaN", "nan", "N/A", "n/a"];

const ISO = /^\d{4}-\d{2}-\d{2}$/;

/** Swapping day and month moves a date by this many days at least (2 March, 3 February). */
const LEAST_SWAP = 27;

/**
 * Columns of a table that is plain beyond doubt: ISO dates in order, one per row, unquoted numbers or missing marks, as many
 * cells in every row as there are names.
 *
 * Anything else gives undefined, and the table is then read as text, where a defect is named. Polars rounds decimals
 * correctly, as JavaScript does (a test compares their bits). Of its dates one must beware: the first of each of its chunks, and the
 * last row by itself, may be in any notation, and 05/06/2021 is 5 June to it. In order, with steps too short for a swap of day and
 * month, and ISO at both ends, there is none.
 *
 * @param columns places of the column of dates, and of those of numbers
 */
export async function typedColumns(
  source: Source,
  { names, above }: TableArea,
  { date, places }: { readonly date: number; readonly places: readonly number[] },
): Promise<TypedColumns | undefined> {
  const { bytes, separator } = source;
  if (bytes.includes('"')) return undefined;
  const body = bytes.subarray(offsetOfLine(bytes, above));
  const width = names.length;
  for (const line of [firstLine(body), lastLine(body)]) {
    const cells = cellsOf(line, separator);
    if (cells.length !== width || !ISO.test(cells[date]!)) return undefined;
  }
  const { default: pl } = await import("nodejs-polars");
  const name = (at: number) => `column_${at + 1}`;
  const type = (at: number) => (at === date ? pl.Date : pl.Float64);
  const read = [date, ...places];
  const types = Object.fromEntries(
    [...read].sort((a, b) => a - b).map((at) => [name(at), type(at)]),
  );
  const all = read.length === width;
  let frame: ReturnType<typeof pl.readCSV>;
  try {
    frame = pl.readCSV(body, {
      hasHeader: false,
      inferSchemaLength: 0,
      sep: separator,
      ignoreErrors: false,
      nullValues: MISSING,
      // Cells too many are refused if all columns are read, else passed over.
      ...(all
        ? { schema: types, truncateRaggedLines: false }
        : { dtypes: types, columns: read.map(name) }),
    });
  } catch {
    return undefined;
  }
  // Below the wrapper: to wrap a column takes longer than to read a file.
  const native = frame._df as { column(name: string): NativeColumn };
  const column = (at: number) => native.column(name(at));
  const dates = column(date);
  if (dates.nullCount() > 0) return undefined;
  const days = dates.cast(pl.Int32, true).toTypedArray() as Int32Array;
  if (!inSmallSteps(days)) return undefined;
  // Cells too few are filled up: then the last one is missing.
  const square = all && column(width - 1).nullCount() === 0;
  // NaN equals nothing.
  if (!square && count(body, separator.charCodeAt(0)) !== days.length * (width - 1))
    return undefined;
  const values = places.map((at) => numbers(column(at)));
  return values.some(hasInfinity) ? undefined : { days, values };
}

interface NativeColumn {
  nullCount(): number;
  cast(type: unknown, strict: boolean): NativeColumn;
  toTypedArray(): Int32Array | Float64Array;
  toArray(): (number | null)[];
}

function numbers(column: NativeColumn): Float64Array {
  return column.nullCount() === 0
    ? (column.toTypedArray() as Float64Array)
    : Float64Array.from(column.toArray(), (value) => value ?? Number.NaN);
}

/** Ascending, no step long enough to swap a day and a month. */
function inSmallSteps(days: Int32Array): boolean {
  // The first day has no step: NaN is neither too short nor too long.
  return !days.some((day, row) => {
    const step = day - days[row - 1]!;
    return step < 1 || step >= LEAST_SWAP;
  });
}

/** Polars reads "inf", and 1e400, as infinite. */
function hasInfinity(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i]!) === Infinity) return true;
  return false;
}

function offsetOfLine(bytes: Buffer, above: number): number {
  let at = 0;
  for (let line = 0; line < above; line++) {
    const end = bytes.indexOf(LF, at);
    if (end < 0) return bytes.length;
    at = end + 1;
  }
  return at;
}

function firstLine(bytes: Buffer): string {
  const end = bytes.indexOf(LF);
  return bytes.toString("utf8", 0, end < 0 ? bytes.length : end).trim();
}

function lastLine(bytes: Buffer): string {
  const end = bytes.at(-1) === LF ? bytes.length - 1 : bytes.length;
  return bytes.toString("utf8", bytes.lastIndexOf(LF, end - 1) + 1, end).trim();
}

const HIGH_BITS = 0x80808080 | 0;

/**
 * How often a byte occurs in ASCII, sixteen bytes at a time: five times as fast as one by one. NaN if there are other bytes among these.
 */
function count(bytes: Buffer, byte: number): number {
  // Words begin at multiples of four.
  const start = Math.min(bytes.length, (4 - (bytes.byteOffset % 4)) % 4);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + start, (bytes.length - start) >> 2);
  const pattern = Math.imul(byte, 0x01010101);
  // The lowest bit of every byte of a word that is the byte: of 0x80 minus a difference, only zero leaves the high bit.
  const hits = (word: number) => ((HIGH_BITS - (word ^ pattern)) & HIGH_BITS) >>> 7;
  const whole = words.length - (words.length % 4);
  let [n, high] = [0, 0];
  for (let i = 0; i < whole; i += 4) {
    const [a, b, c, d] = [words[i]!, words[i + 1]!, words[i + 2]!, words[i + 3]!];
    high |= a | b | c | d;
    // Four bytes of at most four each, added up by the product.
    n += Math.imul(hits(a) + hits(b) + hits(c) + hits(d), 0x01010101) >>> 24;
  }
  for (const rest of [bytes.subarray(0, start), bytes.subarray(start + 4 * whole)])
    for (const single of rest) if (single === byte) n++;
  return (high & HIGH_BITS) === 0 ? n : Number.NaN;
}
