/** Where a table begins in its file, which column holds its dates, and which its symbols: by names first, then by what stands below. */

import { cellsOf } from "./cells.js";
import type { TableArea } from "./csv.js";
import { looksLikeDate, unixTime } from "./dates.js";
import { isMissing } from "./numbers.js";
import type { Source } from "./source.js";
import { roleOf } from "./words.js";

/** The line of column names of a table, and what its columns are. */
export interface Header {
  readonly area: TableArea;
  /** Place of the column of dates. */
  readonly date: number;
  /** Place of the column of symbols, where the rows of several may stand below each other. */
  readonly symbol?: number;
  /** Places of the columns of values. */
  readonly series: readonly number[];
  /** Lines that are passed over, in words. */
  readonly notes: readonly string[];
}

/** The first lines of a file as cells, each split when it is asked for. */
type Lines = (line: number) => readonly string[];

/** Lines between the names and the first row, where the first name is empty: a publisher's description of each series. */
const DESCRIPTION = 10;

/** The header of a table; undefined if no line has names above dates. */
export function headerOf({ head, separator }: Source): Header | undefined {
  const split: string[][] = [];
  const lines: Lines = (line) => {
    split[line] ??= cellsOf(head[line] ?? "", separator);
    return split[line];
  };
  for (const line of head.keys()) {
    const names = lines(line);
    if (names.length < 2 || !names.some(Boolean) || names.some(looksLikeDate)) continue;
    const above = describedThrough(lines, line);
    const below = (at: number) =>
      [...head.keys()]
        .slice(above)
        .map((i) => lines(i)[at] ?? "")
        .filter((cell) => !isMissing(cell));
    const first = (at: number) => below(at)[0] ?? "";
    const date = dateColumn(names, first);
    if (date === undefined) continue;
    const symbols = symbolColumns(names, date, below);
    const isDate = (at: number) => roleOf(names[at]!) === "date" && isTime(first(at));
    return {
      area: { names, above },
      date,
      ...(symbols.length > 0 ? { symbol: symbols[0]! } : {}),
      series: [...names.keys()].filter(
        (at) => !(at === date || symbols.includes(at) || isDate(at) || isAside(names, at)),
      ),
      notes: passedOver(head, line, above),
    };
  }
  return undefined;
}

/** Lines above the first row: those of a description count where the column of dates has no name. */
function describedThrough(lines: Lines, line: number): number {
  if (lines(line)[0] !== "") return line + 1;
  for (let i = line + 1; i <= line + DESCRIPTION; i++) if (looksLikeDate(lines(i)[0]!)) return i;
  return line + 1;
}

const isTime = (cell: string): boolean => looksLikeDate(cell) || !Number.isNaN(unixTime(cell));

/** The column of that name which holds dates, else Unix times; else the first, where it holds dates. */
function dateColumn(names: readonly string[], first: (at: number) => string): number | undefined {
  const dated = [...names.keys()].filter((at) => roleOf(names[at]!) === "date");
  return (
    dated.find((at) => looksLikeDate(first(at))) ??
    dated.find((at) => isTime(first(at))) ??
    (looksLikeDate(first(0)) ? 0 : undefined)
  );
}

/** Columns that say whose price a row holds, the best first: beside a price by their names, elsewhere only if they hold words. */
function symbolColumns(
  names: readonly string[],
  date: number,
  below: (at: number) => readonly string[],
): number[] {
  const roles = names.map(roleOf);
  const hasPrice = roles.some((role) => role === "close" || role === "adjustedClose");
  const isSymbol = (at: number) =>
    roles[at] === "symbol" &&
    at !== date &&
    below(at).length > 0 &&
    (hasPrice || below(at).every(isWord));
  // A name says less than a symbol.
  const rank = (at: number) => Number(/name/i.test(names[at]!));
  return [...names.keys()].filter(isSymbol).sort((a, b) => rank(a) - rank(b));
}

const isWord = (cell: string): boolean =>
  /\p{L}/u.test(cell) && !/^[+-]?[\d.,]+([KMBT%]|e[+-]?\d+)$/i.test(cell);

/** No series: what has no name, a data frame's index as packages write it, a central bank's remarks beside a series. */
const isAside = (names: readonly string[], at: number): boolean =>
  /^(|Unnamed: \d+)$/.test(names[at]!) ||
  (/_FLAGS$/.test(names[at]!) && names.includes(names[at]!.slice(0, -"_FLAGS".length)));

/** Lines without a row or names, as notes. */
function passedOver(head: readonly string[], line: number, above: number): string[] {
  const lines = [...head.keys()].filter((i) => i !== line && i < above && head[i] !== "");
  return lines.map(
    (i) =>
      `line ${i + 1} is no part of the table and is passed over (${JSON.stringify(head[i]!.slice(0, 60))})`,
  );
}
