/** The project's own files: CSV, first column `date`, one column of decimals per series. */

import { datesFrequency, dayNumber } from "../panel/calendar.js";
import type { DroppedPeriods } from "../panel/dropped.js";
import { NO_FACTORS, otherFrequency } from "../panel/factors.js";
import { panelOf, rowAt, seriesOf } from "../panel/panel.js";
import type { SeriesEnd } from "../panel/resample.js";
import { selectSeries } from "../panel/series.js";
import {
  DataError,
  type DatedSeries,
  type DateRange,
  type Factors,
  type Frequency,
  type Panel,
} from "../types.js";
import type { PriceInput } from "./daily-prices.js";
import { checkGaps, checkPeriods, withinMarkets } from "./panel-span.js";
import { areaBelow, listed, readTextTable, type TextTable } from "./readers/csv.js";
import { isFactorFile, ratesOn, readFactorFile } from "./readers/ken-french.js";
import { isMissing, numbersIn } from "./readers/numbers.js";
import { readSource } from "./readers/source.js";
import { returnsOfPrices } from "./returns-of-prices.js";

/** Where a panel comes from, which series are hedged, and which hedge them: a study has these keys. */
export interface PanelSource {
  /** Path of a panel file: log returns, or with kind `prices` the levels of the same series. */
  readonly returns: string;
  /** Prices are turned into log returns of the frequency, by the last of each period; returns by default. */
  readonly kind?: "returns" | "prices";
  /** A price file for each series, instead of one file for all. */
  readonly prices?: readonly PriceInput[];
  readonly frequency: Frequency;
  readonly coins: readonly string[];
  readonly markets: readonly string[];
  /** First and last date of the panel; all dates of the markets by default. */
  readonly range?: DateRange;
  /** How series end, by name; beside what `prices` says of its own. */
  readonly ends?: Readonly<Record<string, SeriesEnd>>;
}

/**
 * The panel of a study: the dates of the range on which every market has a return. Coins begin and end when they do, with NaN outside.
 *
 * @throws DataError if a series is not in the file, or lacks a return between its first and its last; if a date does not end a period
 *   of the frequency, or a period is missing
 * @example
 * (await readPanel(study)).markets; // ["FIAT", "EQUITY", "GOLD", "ENERGY"]
 */
export async function readPanel(source: PanelSource): Promise<Panel> {
  return (await readPanelAccount(source)).panel;
}

/**
 * The panel of a study with the periods that were left out, and why: of its prices, and before or after the markets have returns.
 *
 * @example
 * const account = await readPanelAccount(study);
 * account.dropped; // []: the shipped panel is of returns, from which nothing is left out
 */
export async function readPanelAccount(source: PanelSource): Promise<{
  readonly panel: Panel;
  readonly dropped: readonly DroppedPeriods[];
}> {
  const { returns: file, frequency, coins, markets, range } = source;
  const names = [...coins, ...markets];
  const inputs = priceInputs(source);
  const place = source.prices ? "prices" : file;
  const { returns, dropped } = inputs
    ? await returnsOfPrices(inputs, frequency, {
        audit: false,
        how: markets,
        ...(range ? { range } : {}),
      })
    : { returns: await readDated(file), dropped: [] };
  const unknown = names.find((name) => !returns.names.includes(name));
  if (unknown !== undefined)
    throw new DataError(
      `${place}: has no ${source.prices ? "series" : "column"} ${unknown}, it has ${returns.names.join(", ")}; correct the study's coins or markets`,
    );
  const { kept, edges } = withinMarkets(returns, source);
  if (kept.dates.length === 0)
    throw new DataError(
      `${place}: must have a date on which every market has a return${range ? ` from ${range.from} to ${range.through}` : ""}, but has none; correct the range or the markets`,
    );
  checkPeriods(place, kept.dates, frequency);
  checkGaps(place, { kept, names, line: (date) => returns.dates.indexOf(date) + 2 });
  return { panel: panelOf(kept, { frequency, coins, markets }), dropped: [...dropped, ...edges] };
}

/** The price files of a study, a column of one file for each series where one holds all; undefined where it has returns. */
export function priceInputs({
  returns: file,
  kind,
  prices,
  coins,
  markets,
  ends = {},
}: PanelSource): readonly PriceInput[] | undefined {
  const ending = (input: PriceInput): PriceInput =>
    ends[input.name] ? { ...input, ends: ends[input.name]! } : input;
  if (prices) return prices.map(ending);
  if (kind !== "prices") return undefined;
  return [...coins, ...markets].map((name) => ending({ name, file, column: name }));
}

/** Where factors come from, and how far apart their dates must be: a study has these keys. */
export interface StudyFactors {
  /** Path of the factor file; a study may have none. */
  readonly factors?: string;
  /** Path of a file with RF, where the factor file has none. */
  readonly riskFree?: string;
  readonly frequency: Frequency;
}

/**
 * The factors of a study: simple returns, decimals, with the risk-free return in a column RF of this or another file. A CSV of the
 * Ken French data library, zipped or not, is read as its publisher wrote it.
 *
 * @returns without a name and a date where the study has no file: whatever needs factors refuses these
 * @throws DataError if the file has no column RF, or its dates are of another frequency
 * @example
 * (await readFactors(study)).names; // ["Mkt-RF", "SMB", "HML", "RMW", "CMA"]
 */
export async function readFactors(study: StudyFactors): Promise<Factors> {
  const { factors: file, riskFree, frequency } = study;
  if (file === undefined) return NO_FACTORS;
  const factors = isFactorFile(file)
    ? await readFactorFile(file, riskFree === undefined ? {} : { riskFree })
    : factorsOf(
        await readDated(file),
        file,
        riskFree === undefined
          ? undefined
          : { factors: await readFactors({ factors: riskFree, frequency }), file: riskFree },
      );
  const own = datesFrequency(factors.dates);
  if (own !== undefined && own !== frequency)
    throw new DataError(`${file}: ${otherFrequency(own, factors.dates, frequency)}`);
  return factors;
}

/**
 * Factors from their columns and RF's; a file without RF is named in the error.
 *
 * @param other factors that have RF on the same dates, where these have none
 */
export function factorsOf(
  { dates, names, values }: DatedSeries,
  file: string,
  other?: { readonly factors: Factors; readonly file: string },
): Factors {
  if (!names.includes("RF") && !other)
    throw new DataError(
      `${file}: has no column RF, it has ${names.join(", ")}; add the risk-free return of each period, or name a file that has it with riskFree`,
    );
  const dated = { dates, names, values };
  const factors = names.filter((name) => name !== "RF");
  return {
    dates,
    names: factors,
    simpleReturns: selectSeries(dated, factors).values,
    riskFree: names.includes("RF")
      ? seriesOf(dated, "RF")
      : ratesOn(dates, other!.factors, other!.file),
  };
}

/**
 * Rows of a CSV file as text by column name, for tables that hold more than numbers.
 *
 * @throws DataError if the file cannot be read or has no row
 * @example
 * (await readRecords(shippedFile("reported/sorts.csv")))[0];
 * // { date: "2023-01-31", market: "FIAT", quantile: "1", meanBeta: "-0.2916", excessReturn: "0.3032" }
 */
export async function readRecords(file: string): Promise<Readonly<Record<string, string>>[]> {
  const table = await firstTable(file);
  const columns = table.columns.map((name) => table.cells(name));
  return columns[0]!.map((_, row) =>
    Object.fromEntries(table.columns.map((name, i) => [name, columns[i]![row]!])),
  );
}

/** The table below the first line of a file. */
function firstTable(file: string): Promise<TextTable> {
  const source = readSource(file);
  return readTextTable(source, areaBelow(source, 1));
}

/**
 * The text of a panel file: full precision, "" for NaN, LF, a newline at the end.
 *
 * @example
 * datedCsv(["2024-01-31"], ["BTC", "GOLD"], [0.1, Number.NaN]); // "date,BTC,GOLD\n2024-01-31,0.1,\n"
 */
export function datedCsv(
  dates: readonly string[],
  names: readonly string[],
  values: ArrayLike<number>,
): string {
  const matrix = Float64Array.from(values);
  const line = (date: string, t: number) =>
    [date, ...Array.from(rowAt(matrix, names.length, t), cell)].join(",");
  return `${[["date", ...names].join(","), ...dates.map(line)].join("\n")}\n`;
}

const cell = (value: number): string => (Number.isNaN(value) ? "" : String(value));

/**
 * Series of a CSV file with the first column `date`: returns, factors, or what the report prints.
 *
 * @returns all series of the file, NaN for empty cells
 * @throws DataError if dates are missing, repeated or out of order, or a cell is no number
 * @example
 * (await readDated(shippedFile("factors-weekly.csv"))).names; // ["Mkt-RF", "SMB", "HML", "RMW", "CMA", "RF"]
 */
export async function readDated(file: string): Promise<DatedSeries> {
  const table = await firstTable(file);
  if (!table.columns.includes("date"))
    throw new DataError(
      `${file}:1: has no column date, it has ${listed(table.columns)}; call the column of dates date, its cells YYYY-MM-DD`,
    );
  const dates = table.cells("date");
  dates.forEach((date, row) => {
    if (Number.isNaN(dayNumber(date)) || date <= dates[row - 1]!)
      throw new DataError(
        `${file}:${table.line(row)}: dates must be YYYY-MM-DD and ascending, got ${JSON.stringify(date)}${row > 0 ? ` after ${dates[row - 1]}` : ""}; correct the row`,
      );
  });
  const names = table.columns.filter((name) => name !== "date");
  const columns = names.map((name) => numbers(table, name));
  return {
    dates,
    names,
    values: Float64Array.from(dates.flatMap((_, row) => columns.map((c) => c[row]!))),
  };
}

function numbers(table: TextTable, name: string): number[] {
  const numberOf = numbersIn(table, name);
  return table.cells(name).map((cell, row) => (isMissing(cell) ? Number.NaN : numberOf(cell, row)));
}
