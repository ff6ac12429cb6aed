/** A table as data, and its forms for the screen, for papers and for programs: all from one object. */

import { markdownText } from "../markdown.js";
import { highest } from "../stats/moments.js";
import { formatNumber, formatPValue } from "./number.js";

/** Content of a cell; null or NaN where there is no value. */
export type Cell = string | number | null;

/** One column of a table: what heads it, and how its numbers are rounded. */
export interface Column {
  /** Head in files, camelCase. */
  readonly key: string;
  /** Head for readers, with the unit. */
  readonly head: string;
  /** Decimals on screen and in papers; files keep full precision. Text columns leave it out. */
  readonly decimals?: number;
  /** Unit and meaning, where they are not those of the key in `columnMeaning`. */
  readonly unit?: string;
  readonly meaning?: string;
  /** In files only: too much for a screen or a page. */
  readonly fileOnly?: boolean;
}

/** A table of any content, from which all its forms are made. */
export interface Table {
  /** File name of its exports, unique in the project. */
  readonly id: string;
  /** What it shows, sample and units. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** Keys of the columns as readers see them, from the left; the order of the files by default. */
  readonly order?: readonly string[];
  /** Keys of the columns that a paper gets; those of readers by default. */
  readonly paper?: readonly string[];
  /** null or NaN where there is no value. */
  readonly rows: readonly (readonly Cell[])[];
  /** Conventions and sample, below the table. */
  readonly notes?: readonly string[];
  /** Rows for the screen, at most 100 by default, a few of a large table; files have them all. */
  readonly shown?: number;
}

/** Rows above which nobody reads a table: it is written as CSV alone, and the screen shows a few. */
export const LARGEST_READ = 20_000;
/** Rows that the screen shows of a larger table that does not say how many, and of any other. */
const [EXCERPT, MOST_SHOWN] = [12, 100];
/** Rows that are turned into text at a time. */
const ROWS_AT_ONCE = 1000;

/** A column of rows of one kind, with what it holds of each. */
export interface RowColumn<Row> extends Column {
  readonly value: (row: Row) => Cell;
}

/**
 * Columns and rows of a table: what each column holds of every row.
 *
 * @example
 * tableOf([{ coin: "BTC", beta: -3.5 }], [{ key: "coin", head: "Coin", value: ({ coin }) => coin }]).rows; // [["BTC"]]
 */
export function tableOf<Row>(
  rows: readonly Row[],
  columns: readonly RowColumn<Row>[],
): Pick<Table, "columns" | "rows"> {
  return {
    columns: columns.map(({ value: _, ...column }) => column),
    rows: rows.map((row) => columns.map(({ value }) => value(row))),
  };
}

/** Text without what a spreadsheet would run; a number written as text is none. */
const harmless = (text: string): string =>
  /^[=+\-@\t\r]/.test(text) && !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)
    ? `'${text}`
    : text;

/**
 * Full precision, "" where there is no value; cells with commas or quotes are quoted. Text that a spreadsheet would run as a
 * formula, because it begins with = + - @, a tab or a carriage return, gets an apostrophe before it; numbers stay numbers.
 *
 * @example
 * tableCsv(table); // "coin,beta\nBTC,-3.5\n"
 */
export function tableCsv(table: Table): string {
  return [...csvParts(table)].join("");
}

/** The text of `tableCsv` in parts: a table of any length is written without a second copy in memory. */
export function* csvParts({ columns, rows }: Table): Generator<string> {
  const quoted = (text: string) =>
    /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const written = (cell: Cell) =>
    isEmpty(cell) ? "" : typeof cell === "number" ? String(cell) : quoted(harmless(cell!));
  const line = (cells: readonly Cell[]) => `${cells.map(written).join(",")}\n`;
  yield line(columns.map(({ key }) => key));
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    yield rows
      .slice(from, from + ROWS_AT_ONCE)
      .map(line)
      .join("");
}

/** The table as readers see it: without the columns that only files have, in the order for readers. */
export function forReaders(table: Table): Table {
  const keys = table.columns.map(({ key }) => key);
  const kept = (table.order ?? keys)
    .map((key) => keys.indexOf(key))
    .filter((i) => !table.columns[i]!.fileOnly);
  return {
    ...table,
    columns: kept.map((i) => table.columns[i]!),
    rows: table.rows.map((row) => kept.map((i) => row[i]!)),
  };
}

/**
 * A plain HTML table; numbers aligned right, prose wrapped, everything else on one line.
 *
 * @example
 * tableHtml(table).match(/<caption.*<\/caption>/)![0]; // "<caption style=\"text-align:left\">Beta on the dollar</caption>"
 */
export function tableHtml(whole: Table): string {
  const table = forReaders(whole);
  const { columns, caption, notes = [] } = table;
  const rows = displayRows(table);
  const styles = columns.map(({ decimals }, i) => {
    if (decimals !== undefined) return "text-align:right;white-space:nowrap";
    return `text-align:left;${isProse(rows, i) ? "min-width:16em" : "white-space:nowrap"}`;
  });
  const cells = (tag: string, texts: readonly string[]) =>
    texts
      .map((text, i) => `<${tag} style="${styles[i]}">${escapeHtml(text)}</${tag.split(" ")[0]}>`)
      .join("");
  const below = [...notes, ...shownNote(table)].map(
    (note) => `<p><small>${escapeHtml(note)}</small></p>`,
  );
  return [
    `<table id="table-${table.id}"><caption style="text-align:left">${escapeHtml(caption)}</caption>`,
    `<thead><tr>${cells(
      'th scope="col"',
      columns.map((c) => c.head),
    )}</tr></thead>`,
    `<tbody>${rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("\n")}</tbody></table>`,
    ...below,
  ].join("\n");
}

/**
 * GitHub's Markdown.
 *
 * @example
 * tableMarkdown(table).split("\n").slice(2, 5); // ["| Coin | Beta |", "| --- | ---: |", "| BTC | −3.50 |"]
 */
export function tableMarkdown(whole: Table): string {
  const table = forReaders(whole);
  const { columns, caption, notes = [] } = table;
  const line = (cells: readonly string[]) => `| ${cells.map(markdownText).join(" | ")} |`;
  return `${[
    `**${markdownText(caption)}**`,
    "",
    line(columns.map((c) => c.head)),
    `| ${columns.map((c) => (c.decimals === undefined ? "---" : "---:")).join(" | ")} |`,
    ...formattedRows(table).map(line),
    ...notes.flatMap((note) => ["", markdownText(note)]),
  ].join("\n")}\n`;
}

/**
 * Columns aligned with blanks, for terminals.
 *
 * @example
 * tableText(table).split("\n"); // ["Beta on the dollar", "Coin   Beta", "BTC   −3.50"]
 */
export function tableText(whole: Table): string {
  const table = forReaders(whole);
  const { columns, caption, notes = [] } = table;
  const rows = [columns.map((c) => c.head), ...displayRows(table)];
  const widths = columns.map((_, i) => highest(rows.map((row) => row[i]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((text, i) =>
        columns[i]!.decimals === undefined ? text.padEnd(widths[i]!) : text.padStart(widths[i]!),
      )
      .join("  ")
      .trimEnd();
  return [caption, ...rows.map(line), ...notes, ...shownNote(table)].join("\n");
}

const isEmpty = (cell: Cell): boolean => cell === null || Number.isNaN(cell);

/** Every row as readers see it. */
export function formattedRows({ columns, rows }: Table): string[][] {
  return rows.map((row) =>
    row.map((cell, i) =>
      cell === null || Number.isNaN(cell)
        ? ""
        : typeof cell === "number"
          ? formatCell(cell, columns[i]!)
          : cell,
    ),
  );
}

const formatCell = (value: number, { key, decimals = 0 }: Column): string =>
  (/([pq]value|holm|wolf|mcs)$/i.test(key) ? formatPValue : formatNumber)(value, decimals);

/** True if the i-th column holds text that must be wrapped. */
export const isProse = (rows: readonly (readonly string[])[], i: number): boolean =>
  rows.some((row) => row[i]!.length > 30);

const displayRows = (table: Table): string[][] =>
  formattedRows({ ...table, rows: table.rows.slice(0, shownRows(table)) });

const shownRows = ({ rows, shown }: Table): number =>
  Math.min(shown ?? (rows.length > LARGEST_READ ? EXCERPT : MOST_SHOWN), rows.length);

function shownNote(table: Table): string[] {
  const { id, rows } = table;
  const count = shownRows(table);
  if (count >= rows.length) return [];
  const alone =
    rows.length > LARGEST_READ ? "; tables of so many rows are written as CSV alone" : "";
  return [`${count} of ${rows.length} rows; all of them in tables/${id}.csv${alone}.`];
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
