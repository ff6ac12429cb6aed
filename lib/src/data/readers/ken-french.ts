/** Factor files of Kenneth French's data library. */

import { dayOf, isoDate, periodEnd } from "../../panel/calendar.js";
import { DataError, type Factors, type Frequency } from "../../types.js";
import { cellsOf } from "./cells.js";
import { readTextTable, type TextTable } from "./csv.js";
import { numberOf } from "./numbers.js";
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
}

const MISSING = new Set([-99.99, -999]);

/**
 * Factors of a monthly, weekly or daily file, decimals instead of the publisher's percent; months and years are dated by their
 * last day.
 *
 * The monthly block ends at the first line without a key of digits: the annual block is read only where asked for.
 *
 * @throws DataError if there is no line of column names with RF, no annual block, or a value that is no number
 * @example
 * const { vintage, frequency, dates } = await readFactorFile(french);
 * [vintage, frequency, dates[0]]; // ["2024-08", "monthly", "2018-01-31"]
 * @see https://mba.tuck.dartmouth.edu/pages/faculty/ken.french/data_library.html
 */
export async function readFactorFile(
  path: string,
  { annual = false }: FactorFileOptions = {},
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
  const riskFree = decimals(table, "RF");
  const order = [...days.keys()].sort((i, j) => days[i]! - days[j]!);
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
    dates: order.map((row) => isoDate(days[row]!)),
    names,
    simpleReturns: Float64Array.from(order.flatMap((row) => columns.map((c) => c[row]!))),
    riskFree: Float64Array.from(order, (row) => riskFree[row]!),
  };
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
  const start = annual ? lines.findIndex((line) => /^\W*Annual Factors/.test(line)) : 0;
  if (start < 0)
    throw new DataError(
      `${file}: has no annual block (no line "Annual Factors"); take a monthly file of the Ken French data library`,
    );
  const at = lines.slice(start, start + 40).findIndex((line) => /^\s*,.*\bRF\b/.test(line));
  if (at < 0)
    throw new DataError(
      `${file}: has no line of column names such as ",Mkt-RF,SMB,HML,RMW,CMA,RF"; expected a factor CSV of the Ken French data library`,
    );
  const above = start + at + 1;
  const below = lines.slice(above);
  const end = below.findIndex((line) => !/^\s*\d+\s*,/.test(line));
  return readTextTable(source, {
    names: cellsOf(lines[above - 1]!, ","),
    above,
    rows: end < 0 ? below.length : end,
  });
}

/** Percent as decimals, NaN for the codes of a missing value. */
function decimals(table: TextTable, name: string): Float64Array {
  return Float64Array.from(table.cells(name), (cell, row) => {
    const percent = numberOf(table, name, row, cell);
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
  const long = days.filter((day, i) => i > 0 && day - days[i - 1]! > 5).length;
  return 2 * long > days.length - 1 && days.length > 1 ? "weekly" : "daily";
}
