/** Tables as text: columns by name, cells with their line in the file. What cannot be read fast is read, or refused, here. */

import { printable } from "../../check.js";
import { FILE_LIMITS } from "../../limits.js";
import { DataError } from "../../types.js";
import { cellsOf } from "./cells.js";
import { type Source, textOf, tooLong } from "./source.js";

/** Where a table stands in its file. */
export interface TableArea {
  /** Names of the columns, from left to right; "" for a column that has none. */
  readonly names: readonly string[];
  /** Lines above the first row of data. */
  readonly above: number;
  /** Rows at most; all by default. */
  readonly rows?: number;
}

/** Text columns of a file, with where they stand in it. */
export interface TextTable {
  readonly file: string;
  readonly columns: readonly string[];
  /** Cells of a column, by name or by place, trimmed; "" where missing. Throws if there is no such column. */
  readonly cells: (column: string | number) => readonly string[];
  /** Line of a row in the file, counted from 1. */
  readonly line: (row: number) => number;
}

/** The area below a line of column names, counted from 1. */
export function areaBelow(source: Source, line: number): TableArea {
  return { names: cellsOf(source.head[line - 1] ?? "", source.separator), above: line };
}

/**
 * Part of a source as text columns; Polars splits the rows.
 *
 * @throws DataError if there is no row of data, a row has more cells than there are columns, or the last is cut off
 */
export async function readTextTable(source: Source, area: TableArea): Promise<TextTable> {
  const { file, separator } = source;
  const { names, above, rows = Number.POSITIVE_INFINITY } = area;
  const text = textOf(source);
  const most = above + Math.min(rows, FILE_LIMITS.rows + 1);
  const lines = text.split("\n", most).slice(above);
  while (lines.at(-1)?.trim() === "") lines.pop();
  if (lines.length === 0)
    throw new DataError(
      `${file}:${above}: has column names but no row of data; download the file again`,
    );
  if (lines.length > FILE_LIMITS.rows)
    throw new DataError(
      `${file}: must have at most ${FILE_LIMITS.rows} rows; keep the dates that the study needs`,
    );
  checkLines(source, area, lines);
  const { default: pl } = await import("nodejs-polars");
  // As bytes: a text that ends in .csv would be taken for a path.
  const frame = pl.readCSV(Buffer.from(lines.map(plainQuotes(separator)).join("\n")), {
    hasHeader: false,
    inferSchemaLength: 0,
    sep: separator,
    truncateRaggedLines: true,
    schema: Object.fromEntries(names.map((_, i) => [`c${i}`, pl.Utf8])),
  });
  const blank = lines.filter((line) => line.trim() === "").length;
  if (frame.height !== lines.length && frame.height !== lines.length - blank)
    throw new DataError(
      `${file}: must give a row for each of its ${lines.length} lines, but gave ${frame.height}; delete quotation marks inside cells`,
    );
  const known: string[][] = [];
  return {
    file,
    columns: names,
    cells(column) {
      const at = typeof column === "number" ? column : columnAt(`${file}:${above}`, names, column);
      known[at] ??= (frame.getColumn(`c${at}`).toArray() as (string | null)[]).map(
        (cell) => cell?.trim() ?? "",
      );
      return known[at];
    },
    line: (row) => above + 1 + row,
  };
}

/** A line with blanks around quotation marks written again: Polars loses rows where these stand. */
const plainQuotes =
  (separator: string) =>
  (line: string): string =>
    /[ \t]"|"[ \t]/.test(line)
      ? cellsOf(line, separator)
          .map((cell) => `"${cell.replaceAll('"', '""')}"`)
          .join(separator)
      : line;

/**
 * Which column has a name.
 *
 * @param place file and line of the names
 * @throws DataError if there is none of this name, or several
 */
export function columnAt(place: string, names: readonly string[], name: string): number {
  const at = names.indexOf(name);
  if (at < 0)
    throw new DataError(
      `${place}: has no column ${name}, it has ${listed(names)}; name one of these`,
    );
  if (names.includes(name, at + 1))
    throw new DataError(`${place}: has several columns ${name}; rename or delete all but one`);
  return at;
}

/** Names for a message: the first dozen. */
export function listed(names: readonly string[]): string {
  const real = names.filter(Boolean);
  const rest = real.length > 12 ? ` and ${real.length - 12} more` : "";
  return real.slice(0, 12).map(printable).join(", ") + rest;
}

/** One line, one row, one cell per column: what Polars would mend in silence. */
function checkLines(
  { file, bytes, separator }: Source,
  { names, above, rows }: TableArea,
  lines: readonly string[],
): void {
  lines.forEach((line, i) => {
    if (line.length > FILE_LIMITS.line) throw tooLong(file, above + 1 + i, line.length);
    const quoted = line.includes('"');
    if (quoted && line.split('"').length % 2 === 0)
      throw new DataError(
        `${file}:${above + 1 + i}: a quotation mark is opened and not closed in the line; correct the row`,
      );
    // One cell more than names is asked for: of what is too much, no more.
    if (!quoted && line.split(separator, names.length + 1).length === names.length) return;
    const cells = cellsOf(line, separator);
    // A spreadsheet's blank line has as many separators as its widest; an editor's has none.
    if (cells.length === names.length || cells.every((cell) => cell === "")) return;
    if (cells.length > names.length)
      throw new DataError(
        `${file}:${above + 1 + i}: has ${cells.length} cells for ${names.length} columns; put a cell that holds ${separator === "\t" ? "a tab" : `"${separator}"`} between quotation marks, or delete what is too much`,
      );
    const cut = i === lines.length - 1 && rows === undefined && bytes.at(-1) !== 10;
    throw new DataError(
      cut
        ? `${file}:${above + 1 + i}: the last row is cut off (${cells.length} of ${names.length} cells); download the file again, or delete the row`
        : `${file}:${above + 1 + i}: has ${cells.length} cells for ${names.length} columns; write a separator for every cell that is empty, or delete the row`,
    );
  });
}
