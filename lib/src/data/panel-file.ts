/** The project's own files: CSV, first column `date`, one column of decimals per series. */

import { column, panelOf } from "../panel/panel.js";
import { dayNumber } from "../panel/calendar.js";
import type { JoinedReturns } from "../panel/returns.js";
import {
  DataError,
  type Factors,
  type Frequency,
  type Panel,
} from "../types.js";
import {
  isMissing,
  numberOf,
  readSource,
  readTextTable,
  type TextTable,
} from "./readers/csv.js";

/**
 * Log returns of a panel file.
 *
 * @returns all series of the file, NaN for empty cells
 * @throws DataError if dates are missing, repeated or out of order, or a cell is no number
 */
export async function readReturns(file: string): Promise<JoinedReturns> {
  const { dates, names, values } = await readDated(file);
  return { dates, names, logReturns: values };
}

/** Which series of a panel file are hedged, and which hedge them: a study has these keys. */
export interface PanelSource {
  /** Path of a panel file. */
  readonly returns: string;
  readonly frequency: Frequency;
  readonly coins: readonly string[];
  readonly markets: readonly string[];
}

/**
 * The panel of a study.
 *
 * @throws DataError if a series is not in the file or lacks a return
 * @example
 * const panel = await readPanel(await readStudy());
 */
export async function readPanel(source: PanelSource): Promise<Panel> {
  const { returns: file, frequency, coins, markets } = source;
  const returns = await readReturns(file);
  for (const name of [...coins, ...markets]) {
    const at = returns.names.indexOf(name);
    if (at < 0)
      throw new DataError(
        `${file}: has no column ${name}, it has ${returns.names.join(", ")}; correct the study's coins or markets`,
      );
    const gap = column(returns.logReturns, returns.names.length, at).findIndex(
      Number.isNaN,
    );
    if (gap >= 0)
      throw new DataError(
        `${file}:${gap + 2}: ${name} has no return on ${returns.dates[gap]}; fill the cell or delete the row`,
      );
  }
  return panelOf(returns, frequency, coins, markets);
}

/**
 * Factors of a file with the columns date, RF and any number of factors; simple returns.
 *
 * @throws DataError as `readReturns`, and if there is no column RF
 */
export async function readFactors(file: string): Promise<Factors> {
  const { dates, names, values } = await readDated(file);
  const at = names.indexOf("RF");
  if (at < 0)
    throw new DataError(
      `${file}:1: has no column RF, it has ${names.join(", ")}; add the risk-free return`,
    );
  return {
    dates,
    names: names.filter((_, i) => i !== at),
    simpleReturns: values.filter((_, i) => i % names.length !== at),
    riskFree: column(values, names.length, at),
  };
}

/** The text of a panel file: full precision, "" for NaN, LF, a newline at the end. */
export function datedCsv(
  dates: readonly string[],
  names: readonly string[],
  values: ArrayLike<number>,
): string {
  const line = (date: string, t: number) =>
    [date, ...names.map((_, i) => cell(values[t * names.length + i]!))].join(
      ",",
    );
  return `${[["date", ...names].join(","), ...dates.map(line)].join("\n")}\n`;
}

const cell = (value: number): string =>
  Number.isNaN(value) ? "" : String(value);

async function readDated(
  file: string,
): Promise<{ dates: string[]; names: string[]; values: Float64Array }> {
  const table = await readTextTable(readSource(file), 1);
  const dates = table.cells("date");
  dates.forEach((date, row) => {
    if (Number.isNaN(dayNumber(date)) || (row > 0 && date <= dates[row - 1]!))
      throw new DataError(
        `${file}:${table.line(row)}: dates must be YYYY-MM-DD and ascending, got ${JSON.stringify(date)}${row > 0 ? ` after ${dates[row - 1]}` : ""}; correct the row`,
      );
  });
  const names = table.columns.filter((name) => name !== "date");
  const columns = names.map((name) => numbers(table, name));
  return {
    dates,
    names,
    values: Float64Array.from(
      dates.flatMap((_, row) => columns.map((c) => c[row]!)),
    ),
  };
}

const numbers = (table: TextTable, name: string): number[] =>
  table
    .cells(name)
    .map((text, row) =>
      isMissing(text) ? Number.NaN : numberOf(table, name, row, text),
    );
