/** How a table fits a paper's page: its type, its direction and its columns, by one rule. */

import { highest } from "../stats/moments.js";
import { type Column, formattedRows, forReaders, isProse, type Table } from "./table.js";

/** The page of `paper/paper.tex`, 174 by 247 mm, in points. */
const [LINE, PAGE] = [495, 702];
/** Least width of a column of prose, and the part of its line that ragged prose fills. */
const [LEAST_PROSE, FILLED] = [88, 0.85];
/** A float of more rows than this goes over pages, however low they are; and the part of a page that a float may take. */
const [LONGEST, FLOAT] = [45, 0.94];
/** No paper prints more rows than this: of a longer table it gets the first rows, as many as a page holds. */
const MOST = 500;

/** A size of type: its command, letters relative to 10 points, distance of lines and gap of columns in points. */
interface Type {
  readonly command: string;
  readonly letter: number;
  readonly line: number;
  readonly gap: number;
}
const TYPES: readonly Type[] = [
  { command: "", letter: 1, line: 12, gap: 12 },
  { command: "\\small", letter: 0.925, line: 11, gap: 12 },
  { command: "\\footnotesize\\setlength{\\tabcolsep}{4pt}", letter: 0.85, line: 9.5, gap: 8 },
  { command: "\\scriptsize\\setlength{\\tabcolsep}{2.5pt}", letter: 0.8, line: 8, gap: 5 },
];
/** Tables with prose begin with this type. */
const PROSE_TYPE = 2;

/** The table as a paper takes it: with the columns that it names for papers, and no more rows than a paper prints. */
export function forPaper(whole: Table): Table {
  const { id, paper, rows, notes = [] } = whole;
  const said = `The first ${LONGEST} of ${rows.length} rows; all of them in tables/${id}.csv.`;
  const table = forReaders(
    rows.length <= MOST
      ? whole
      : { ...whole, rows: rows.slice(0, LONGEST), notes: [...notes, said] },
  );
  if (!paper) return table;
  const kept = table.columns.flatMap(({ key }, i) => (paper.includes(key) ? [i] : []));
  return {
    ...table,
    columns: kept.map((i) => table.columns[i]!),
    rows: table.rows.map((row) => kept.map((i) => row[i]!)),
  };
}

/** How a paper sets it. */
export interface PaperFit {
  readonly table: Table;
  readonly rows: readonly (readonly string[])[];
  readonly type: string;
  /** Turned, so that its lines are as long as the page is high. */
  readonly sideways: boolean;
  /** Over several pages, with its head on each. */
  readonly long: boolean;
  /** Width of each column of prose, in parts of the line; undefined for all others. */
  readonly prose: readonly (number | undefined)[];
}

/**
 * The largest type in which the table is no wider than a line; where there is none, the same on a turned page; where there is
 * none either, without its last columns, which a note names. A table that no page holds goes over several.
 */
export function paperFit(table: Table): PaperFit {
  const rows = formattedRows(table);
  for (const sideways of [false, true])
    for (const type of TYPES.slice(hasProse(table, rows) ? PROSE_TYPE : 0)) {
      const room = sideways ? PAGE : LINE;
      const widths = proseWidths(table.columns, rows, { ...type, room });
      if (!widths) continue;
      const height = heightOf(table, { rows, widths }, { ...type, room });
      return {
        table,
        rows,
        type: type.command,
        sideways,
        long: rows.length > LONGEST || height > FLOAT * (sideways ? LINE : PAGE),
        prose: widths.map((width) => width && Math.floor((1000 * width) / room) / 1000),
      };
    }
  return paperFit(withoutLast(table));
}

const hasProse = ({ columns }: Table, rows: readonly (readonly string[])[]): boolean =>
  columns.some((_, i) => isProse(rows, i));

/** Columns are dropped from the right, one at a time: the caption's note counts them. */
function withoutLast(table: Table): Table {
  const dropped = /^(\d+) more columns?: /;
  const [last = ""] = (table.notes ?? []).slice(-1);
  const count = 1 + Number(dropped.exec(last)?.[1] ?? 0);
  const notes = dropped.test(last) ? table.notes!.slice(0, -1) : (table.notes ?? []);
  return {
    ...table,
    columns: table.columns.slice(0, -1),
    rows: table.rows.map((row) => row.slice(0, -1)),
    notes: [...notes, `${count} more column${count === 1 ? "" : "s"}: tables/${table.id}.csv.`],
  };
}

/** Points of each column of prose; undefined if the table is wider than the room. */
function proseWidths(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { letter, gap, room }: Type & { readonly room: number },
): (number | undefined)[] | undefined {
  const texts = columns.map(({ head }, i) => [head, ...rows.map((row) => row[i]!)]);
  const prose = columns.map((_, i) => isProse(rows, i));
  const least = texts.map((all, i) =>
    prose[i]
      ? Math.max(LEAST_PROSE, letter * widest(all.flatMap((text) => text.split(/[ -]/))))
      : letter * columnWidth(columns[i]!, all),
  );
  const free = room - gap * (columns.length - 1) - sum(least);
  if (free < 0) return undefined;
  const needs = texts.map((all, i) => (prose[i] ? sum(all.map(textWidth)) : 0));
  return least.map((width, i) =>
    prose[i]
      ? Math.min(
          width + (free * needs[i]!) / sum(needs),
          Math.max(width, 1.05 * letter * widest(texts[i]!)),
        )
      : undefined,
  );
}

/** Points of the table with caption and notes. */
function heightOf(
  { caption, notes = [] }: Table,
  {
    rows,
    widths,
  }: {
    readonly rows: readonly (readonly string[])[];
    readonly widths: readonly (number | undefined)[];
  },
  { letter, line, room }: Type & { readonly room: number },
): number {
  const lines = (text: string, width: number) =>
    Math.max(1, Math.ceil(textWidth(text) / (FILLED * width)));
  const body = rows.map((row) =>
    highest(row.map((text, i) => (widths[i] ? lines(text, widths[i] / letter) : 1))),
  );
  const below = notes.map((note) => lines(note, room / TYPES[PROSE_TYPE]!.letter));
  return line * (sum(body) + 4) + TYPES[0]!.line * (lines(caption, room) + 2) + 9.5 * sum(below);
}

const sum = (values: readonly number[]): number => values.reduce((total, v) => total + v, 0);
const widest = (texts: readonly string[]): number =>
  texts.reduce((width, text) => Math.max(width, textWidth(text)), 0);

/** Numbers take the room of their longest sign, digits and decimals. */
function columnWidth({ decimals }: Column, [head, ...texts]: readonly string[]): number {
  if (decimals === undefined) return widest([head!, ...texts]);
  const numbers = texts.filter((text) => /^−?[\d.]*$/.test(text));
  const sign = numbers.some((text) => text.startsWith("−")) ? "−" : "";
  const digits = highest([1, ...numbers.map((text) => text.replace(/^−|\..*$/g, "").length)]);
  const whole = `${sign}${"0".repeat(digits)}${decimals > 0 ? `.${"0".repeat(decimals)}` : ""}`;
  return widest([head!, whole, ...texts.filter((text) => !numbers.includes(text))]);
}

/** Points of text in Computer Modern at 10 points, by kinds of letters, a little more rather than less. */
function textWidth(text: string): number {
  let width = 0;
  for (const c of text)
    width += /[ijl.,:;'|!]/.test(c)
      ? 2.8
      : /[ frtsI()-]/.test(c)
        ? 4
        : /[mw+=<>−%&]/.test(c)
          ? 8
          : /[…—MW]/.test(c)
            ? 10.5
            : /[A-Z]/.test(c)
              ? 7.3
              : /\p{M}/u.test(c)
                ? 0
                : 5.3;
  return width;
}
