/** Factor files of Kenneth French's data library. */

import { printable } from "../../check.js";
import { dayOf, isoDate, periodEnd } from "../../panel/calendar.js";
import { DataError, type Factors, type Frequency } from "../../types.js";
import { cellsOf } from "./cells.js";
import { listed, readTextTable, type TextTable } from "./csv.js";
import { numbersIn } from "./numbers.js";
import { readSource, type Source, textOf } from "./source.js";

/** Factors with what their file says of itself. */
export interface FactorFile extends Factors {
  readonly frequency: Frequency | "annual";
  /** YYYY-MM from the preamble; absent where users cut it off. */
  readonly vintage?: string;
}

/** Which block of a factor file is read. */
export interface FactorFileOptions {
  /** The years below the months of a monthly file, instead of these. */
  readonly annual?: boolean;
  /** A file of the library that has RF, where this one has none: momentum, reversal, industries. */
  readonly riskFree?: string;
}

const MISSING = new Set([-99.99, -999]);

/**
 * Factors of a monthly, weekly or daily file, decimals instead of the publisher's percent; months and years are dated by their
 * last day.
 *
 * The first block is read, which ends at the first line without a key of digits: the annual block is read only where asked for.
 *
 * @throws DataError if there is no line of column names, no RF and no file that has it, no annual block, or a value that is no number
 * @example
 * const { vintage, frequency, dates } = await readFactorFile(french);
 * [vintage, frequency, dates[0]]; // ["2024-08", "monthly", "2018-01-31"]
 * @see https://mba.tuck.dartmouth.edu/pages/faculty/ken.french/data_library.html
 */
export async function readFactorFile(
  path: string,
  { annual = false, riskFree: riskFreeFile }: FactorFileOptions = {},
): Promise<FactorFile> {
  const source: Source = { ...readSource(path), separator: "," };
  const table = await blockOf(source, annual);
  const keys = table.cells("");
  const digits = annual ? 4 : keys[0]!.length === 8 ? 8 : 6;
  const seen = new Set<string>();
  const days = keys.map((key, row) => {
    const [year, month, day] = [key.slice(0, 4), key.slice(4, 6), key.slice(6)];
    const date = dayOf(+year, +(month || "12"), +(day || "1"));
    if (Number.isNaN(date) || key.length !== digits || seen.has(key))
      throw new DataError(
        `${source.file}:${table.line(row)}: date must be ${KEYS[digits]} that occurs once, got ${JSON.stringify(key)}; download the file again`,
      );
    seen.add(key);
    return digits === 8 ? date : periodEnd(date, "monthly");
  });
  const names = table.columns.filter((name) => name !== "" && name !== "RF");
  const columns = names.map((name) => decimals(table, name));
  const order = [...days.keys()].sort((i, j) => days[i]! - days[j]!);
  const dates = order.map((row) => isoDate(days[row]!));
  const own = table.columns.includes("RF") ? decimals(table, "RF") : undefined;
  if (!own && riskFreeFile === undefined)
    throw new DataError(
      `${source.file}:${table.line(-1)}: has no column RF, it has ${listed(names)}; name a file of the same dates that has it with riskFree, such as the five factors`,
    );
  const vintage = source.head
    .map((line) => /(\d{4})(\d{2}) CRSP database/.exec(line))
    .find(Boolean);
  return {
    frequency: annual
      ? "annual"
      : digits === 6
        ? "monthly"
        : frequencyOf(order.map((row) => days[row]!)),
    ...(vintage ? { vintage: `${vintage[1]}-${vintage[2]}` } : {}),
    dates,
    names,
    simpleReturns: Float64Array.from(order.flatMap((row) => columns.map((c) => c[row]!))),
    riskFree: own
      ? Float64Array.from(order, (row) => own[row]!)
      : ratesOn(dates, await readFactorFile(riskFreeFile!, { annual }), riskFreeFile!),
  };
}

/**
 * The risk-free returns of other factors on some dates.
 *
 * @throws DataError if they have none on one of these
 */
export function ratesOn(
  dates: readonly string[],
  { dates: known, riskFree }: Factors,
  file: string,
): Float64Array {
  const rows = new Map(known.map((date, t) => [date, t]));
  const absent = dates.find((date) => !rows.has(date));
  if (absent !== undefined)
    throw new DataError(
      `${file}: must have RF on every date of the factors, but has none on ${absent}, it has ${known[0]} to ${known.at(-1)}; take files of one vintage and frequency`,
    );
  return Float64Array.from(dates, (date) => riskFree[rows.get(date)!]!);
}

/** Names without a date's name above a key of digits. */
const isNames = (lines: readonly string[], at: number): boolean =>
  /^\s*"?"?,.*\p{L}/u.test(lines[at]!) && /^\s*\d{4,8}\s*,/.test(lines[at + 1] ?? "");

/** True for a CSV of the library, zipped or not, with or without its preamble. */
export function isFactorFile(path: string): boolean {
  const { head } = readSource(path);
  return head.some((_, at) => isNames(head, at));
}

const KEYS: Readonly<Record<number, string>> = {
  4: "a year YYYY",
  6: "a month YYYYMM",
  8: "a day YYYYMMDD",
};

/** The rows below the first line of column names, or below that of the annual block. */
async function blockOf(source: Source, annual: boolean): Promise<TextTable> {
  const { file } = source;
  const lines = textOf(source).split("\n");
  const start = annual
    ? lines.findIndex((line) => /^\W*(Annual Factors|Average .* -- Annual)/.test(line))
    : 0;
  if (start < 0)
    throw new DataError(
      `${file}: has no annual block (no line "Annual Factors"); take a monthly file of the Ken French data library`,
    );
  const top = lines.slice(start, start + 40);
  const named = top.findIndex((_, i) => isNames(top, i));
  const at = named < 0 ? top.findIndex((line) => /^\s*,.*\bRF\b/.test(line)) : named;
  if (at < 0)
    throw new DataError(
      `${file}: has no line of column names such as ",Mkt-RF,SMB,HML,RMW,CMA,RF" (begins with ${JSON.stringify(lines[0]!.trim().slice(0, 40))}); expected a CSV of the Ken French data library: write factors of others as the columns date, one per factor in decimals, and RF, for a study`,
    );
  const above = start + at + 1;
  const below = lines.slice(above);
  const end = below.findIndex((line) => !/^\s*\d+\s*,/.test(line));
  const names = cellsOf(lines[above - 1]!, ",");
  const ending = cellsOf(below[end] ?? "", ",");
  // A spreadsheet's blank lines and headings have as many cells, which are empty.
  if (ending.length === names.length && ending.slice(1).every((cell) => /\d/.test(cell)))
    throw new DataError(
      `${file}:${above + 1 + end}: date must be digits, got ${JSON.stringify(printable(ending[0]!))}; correct the row, or download the file again`,
    );
  return readTextTable(source, {
    names,
    above,
    rows: end < 0 ? below.length : end,
  });
}

/** Percent as decimals, NaN for the codes of a missing value. */
function decimals(table: TextTable, name: string): Float64Array {
  const numberOf = numbersIn(table, name);
  return Float64Array.from(table.cells(name), (cell, row) => {
    const percent = numberOf(cell, row);
    // The decimal point is moved in the text: 0.34 / 100 would not be 0.0034.
    return MISSING.has(percent)
      ? Number.NaN
      : /e/i.test(cell)
        ? percent / 100
        : Number(`${cell}e-2`);
  });
}

/** Weekly files have dates as daily ones do, mostly seven days apart. */
function frequencyOf(days: readonly number[]): Frequency {
  // The first day has no step: NaN is not above 5.
  const long = days.filter((day, i) => day - days[i - 1]! > 5).length;
  return 2 * long > days.length - 1 ? "weekly" : "daily";
}
