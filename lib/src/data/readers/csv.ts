/** What all readers share: text that is really text, columns by name, cells with their line in the file. */

import { readFileSync } from "node:fs";
import { DataError } from "../../types.js";

export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** The first lines, for recognition: at most 40. */
  readonly head: readonly string[];
}

/** Text columns of a file, with where they stand in it. */
export interface TextTable {
  readonly file: string;
  readonly columns: readonly string[];
  /** Cells of a column, trimmed; "" where missing. Throws if there is no such column. */
  readonly cells: (name: string) => string[];
  /** Line of a row in the file, counted from 1. */
  readonly line: (row: number) => number;
}

/**
 * The text of a file.
 *
 * @throws DataError if it is absent, empty, or a web page instead of data
 */
export function readSource(file: string): SourceText {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new DataError(
      `${file}: cannot be read (${(error as NodeJS.ErrnoException).code}); check the path, or download the file again`,
    );
  }
  text = text.replace(/^\uFEFF/, "");
  // Blanks around names are the publisher's habit: formats are recognised without them.
  const head = text
    .slice(0, 20_000)
    .split(/\r?\n/, 40)
    .map((line) => line.replace(/[ \t]*,[ \t]*/g, ",").trim());
  const first = text.trimStart();
  if (first === "")
    throw new DataError(`${file}: is empty; download the file again`);
  if (first.startsWith("<"))
    throw new DataError(
      `${file}:1: is a web page, not a table (begins with ${JSON.stringify(first.slice(0, 15))}); the publisher answered with an error page, download the file again`,
    );
  return { file, text, head };
}

/**
 * Part of a source as text columns; Polars splits lines and cells.
 *
 * @param header line of the column names, counted from 1
 * @param rows how many lines below it to take; all by default
 * @throws DataError if there is no row of data
 */
export async function readTextTable(
  source: SourceText,
  header: number,
  rows: number = Number.POSITIVE_INFINITY,
): Promise<TextTable> {
  const { default: pl } = await import("nodejs-polars");
  const lines = source.text.split("\n").slice(header - 1, header + rows);
  while (lines.at(-1)?.trim() === "") lines.pop();
  if (lines.length < 2)
    throw new DataError(
      `${source.file}:${header}: has column names but no row of data; download the file again`,
    );
  const names = lines[0]!
    .split(",")
    .map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
  // Every cell as text: numbers are checked one by one, so that a bad one can be named with its line.
  lines.forEach((line, i) => {
    if (line.includes('"') && line.split('"').length % 2 === 0)
      throw new DataError(
        `${source.file}:${header + i}: a quotation mark is opened and not closed in the line; correct the row`,
      );
  });
  // As bytes: a text that ends in .csv would be taken for a path.
  const frame = pl.readCSV(Buffer.from(lines.slice(1).join("\n")), {
    hasHeader: false,
    inferSchemaLength: 0,
    truncateRaggedLines: true,
    schema: Object.fromEntries(names.map((_, i) => [`c${i}`, pl.Utf8])),
  });
  return {
    file: source.file,
    columns: names,
    cells(name) {
      const at = names.indexOf(name);
      if (at < 0)
        throw new DataError(
          `${source.file}:${header}: has no column ${name}, it has ${names.filter(Boolean).join(", ")}; name one of these`,
        );
      if (names.indexOf(name, at + 1) >= 0)
        throw new DataError(
          `${source.file}:${header}: has several columns ${name}; keep one symbol per file`,
        );
      const cells = frame.getColumn(`c${at}`).toArray() as (string | null)[];
      return cells.map((cell) => cell?.trim() ?? "");
    },
    line: (row) => header + 1 + row,
  };
}

/** True for the marks by which publishers say that a value is missing. */
export function isMissing(cell: string): boolean {
  return cell === "" || cell === "." || /^(null|nan|n\/a)$/i.test(cell);
}

/**
 * A cell as a number.
 *
 * @throws DataError naming file, line, column and value if it is none
 */
export function numberOf(
  table: TextTable,
  column: string,
  row: number,
  cell: string,
): number {
  const value = Number(cell);
  // Number() alone would also read "", " " and 0x10.
  if (
    !/^[+-]?(\d|\.\d)/.test(cell) ||
    /x/i.test(cell) ||
    !Number.isFinite(value)
  )
    throw new DataError(
      `${table.file}:${table.line(row)}: ${column} must be a number, got ${JSON.stringify(cell)}; correct or delete the row`,
    );
  return value;
}
