/** Numbers as publishers write them, and the marks by which they say that there is none. */

import { printable } from "../../check.js";
import { DataError } from "../../types.js";
import type { TextTable } from "./csv.js";

/** An option of a reader, for a remedy: with the place where a study gives it. */
export const option = (text: string): string =>
  `${text} (an option, or a key of the file's entry in prices of the study)`;

/** Where the rows of a table stand, for messages. */
export type Places = Pick<TextTable, "file" | "line">;

/** True for the marks by which publishers, spreadsheets and packages say that a value is missing. */
export const isMissing = (cell: string): boolean =>
  cell === "" ||
  /^(\.|-{1,3}|[–—]|null|none|nil|nan|na|n\.a\.|n\/a|<na>|nd|#n\/a( n\/a)?)$/i.test(cell);

/** The mark before decimals. */
export type Decimal = "." | ",";

const GROUPED = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:([.,])\d+)?$/;

/** What a cell says of the decimal mark of its file: "either" where 1.002 can be a thousand and two; undefined where it has no mark. */
function markOf(cell: string): Decimal | "either" | undefined {
  const bare = /^[+-]?[$€£¥]?(\d[\d.,]*|[.,]\d+) ?[KMBT%]?$/.exec(cell)?.[1];
  if (bare === undefined) return undefined;
  const single = /^(\d*)([.,])(\d+)$/.exec(bare);
  if (single) return /^[1-9]\d{0,2}[.,]\d{3}$/.test(bare) ? "either" : (single[2] as Decimal);
  // A mark that stands twice, or before another one, separates thousands.
  const mark = GROUPED.exec(bare)?.[1];
  return mark === undefined ? undefined : mark === "." ? "," : ".";
}

/** Below a thousand, without a mark: beside 1.002 it is far larger, or a little smaller. */
const SMALL = /^[+-]?[1-9]\d{0,2}$/;

/** From a thousand on without a mark: the file does not separate thousands. */
const LARGE = /^[+-]?\d{4,}$/;

/**
 * The decimal mark of a file, as its cells show it; a point where none does.
 *
 * @param wanted columns that are to be read, which are asked first
 * @param others further columns of the file, which are asked only if those leave it open
 * @throws DataError if a column that is to be read has 998 and 1.002, and nothing in the file says which of them is larger
 */
export function decimalOf(
  table: Places,
  wanted: readonly (readonly string[])[],
  others: () => Iterable<readonly string[]>,
): Decimal {
  const settled = (cells: readonly string[]): Decimal | undefined => {
    for (const cell of cells) {
      const mark = markOf(cell);
      if (mark === "." || mark === ",") return mark;
    }
    return undefined;
  };
  for (const cells of wanted) {
    const mark = settled(cells);
    if (mark) return mark;
  }
  const open = wanted.filter((cells) => cells.some((cell) => markOf(cell) === "either"));
  if (open.length === 0) return ".";
  for (const cells of others()) {
    const mark = settled(cells);
    if (mark) return mark;
  }
  for (const cells of open) {
    if (cells.some((cell) => LARGE.test(cell))) continue;
    const row = cells.findIndex((cell) => markOf(cell) === "either");
    const small = cells.find((cell) => SMALL.test(cell));
    if (small === undefined) continue;
    throw new DataError(
      `${table.file}:${table.line(row)}: numbers must show their decimal mark, but ${JSON.stringify(cells[row])} beside ${JSON.stringify(small)} can have decimals or thousands; say ${option('decimal: "." or decimal: ","')}`,
    );
  }
  return ".";
}

/** A number, with one mark at most, in the first lines of a file that only a decimal point explains. */
const POINT = /(?:^|[,;\t] *)[+-]?(?:\d+\.(?:\d{1,2}|\d{4,})|0\.\d+)(?=$|[,;\t\r ])/;

/** A number whose point may stand before thousands. */
const EITHER = /(?:^|[,;\t] *)[+-]?\d{1,3}\.\d{3}(?=$|[,;\t\r ])/;

/**
 * True if the points of numbers that were read as decimals can be nothing else.
 *
 * @param head first lines of the file, which show it as a rule
 */
export function pointsAreDecimals(
  head: readonly string[],
  columns: readonly Float64Array[],
): boolean {
  if (head.some((line) => POINT.test(line))) return true;
  // 1.000 is read as the integer 1: what its text was only the head shows.
  const shown = head.some((line) => EITHER.test(line));
  return !columns.some((values) => {
    // Only another column can tell whether these are thousands: the text reader asks it.
    let open = shown;
    for (const value of values) {
      const size = Math.abs(value);
      // Missing, or beyond what a group of thousands can look like.
      if (!(size < 1000)) {
        if (size >= 1000) return false;
        continue;
      }
      if (Number.isInteger(size)) continue;
      if (size < 1 || Math.round(size * 1000) / 1000 !== size) return false;
      open = true;
    }
    return open;
  });
}

/** A cell without its thousands marks, and with a decimal point; "" if it is not so written. */
export function cleaner(thousands: boolean, decimal: Decimal): (cell: string) => string {
  if (decimal === ",")
    return (cell) =>
      /^[+-]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/.test(cell)
        ? cell.replaceAll(".", "").replace(",", ".")
        : "";
  if (thousands)
    return (cell) =>
      /^[+-]?\$?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/.test(cell) ? cell.replace(/[$,]/g, "") : cell;
  return (cell) => cell;
}

/** A number in decimal digits: Number() alone would also read "", " ", 0x10 and 0b1. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Cells of a column as numbers.
 *
 * @returns the number of a cell and its row; `plain` is the cell without the publisher's thousands marks, with a decimal point. It throws
 * a DataError naming file, line, column and value if the cell is none
 */
export const numbersIn =
  (table: Places, column: string): ((cell: string, row: number, plain?: string) => number) =>
  (cell, row, plain = cell) => {
    const value = Number(plain);
    // Digits that vanish in a zero were too small for a number.
    const vanished = value === 0 && /[1-9]/.test(plain.split(/e/i)[0]!);
    if (!DECIMAL.test(plain) || !Number.isFinite(value) || vanished)
      throw new DataError(
        `${table.file}:${table.line(row)}: ${printable(column)} must be a number, got ${JSON.stringify(printable(cell))}; ${remedyFor(cell)}`,
      );
    return value;
  };

/** What a cell probably is, and what to do about it: never to delete a row, which may hold other series. */
function remedyFor(cell: string): string {
  if (cell === "") return "fill the cell from the source";
  if (/^[+-]?\d+,\d+$/.test(cell))
    return `say ${option('decimal: ","')} if that is its decimal comma, or delete the thousands commas`;
  if (/^[+-]?\d{1,3}(,\d{3})+\.\d+$/.test(cell)) return "delete the thousands commas";
  if (/^[+-]?\d{1,3}(\.\d{3})+,\d+$/.test(cell)) return `say ${option('decimal: ","')}`;
  if (/%$/.test(cell)) return "that is a percentage, choose another column or write decimals";
  if (/\d[KMBT]$/i.test(cell)) return "that is an abbreviated number, choose another column";
  if (/^[$€£¥₿]|[$€£¥₿]$|\d ?[A-Z]{3}$/.test(cell)) return "delete the sign of the currency";
  return "correct the cell, or empty it if the value is missing";
}
