/** Which published layout a file has: told from its content, never from its name. */

import { DataError } from "../../types.js";
import { binanceKlines, krakenBars } from "./bare-bars.js";
import { cellsOf } from "./cells.js";
import { chartingExport } from "./charting-export.js";
import { coinGeckoChart } from "./coingecko-chart.js";
import { datedTable, PLAIN, TABLE_FORMATS } from "./dated-table.js";
import { DATES_READ, looksLikeDate, unixTime } from "./dates.js";
import type { PriceFormat, PriceTable, ReadOptions } from "./format.js";
import { headerOf } from "./header.js";
import { isJson, readSource, type Source } from "./source.js";
import { stooqBulk } from "./stooq-bulk.js";
import { roleOf } from "./words.js";
import { yahooChart } from "./yahoo-chart.js";
import { yfinanceDownload } from "./yfinance-download.js";

const JSON_FORMATS: readonly PriceFormat[] = [yahooChart, coinGeckoChart];

/** Layouts of other tables than one line of names above rows. */
const SPECIAL_FORMATS: readonly PriceFormat[] = [
  yfinanceDownload,
  stooqBulk,
  chartingExport,
  binanceKlines,
  krakenBars,
];

/** What a price file is and holds. */
export interface RecognisedFile {
  /** Name of the layout. */
  readonly format: string;
  /** Names of the columns that can be asked for, each once. */
  readonly columns: readonly string[];
  /** Symbols in the file; empty where it names none. */
  readonly symbols: readonly string[];
}

/**
 * The layout of a price file, with the columns and symbols that `readPrices` can be asked for.
 *
 * @throws DataError if it has none of the known layouts
 * @example
 * await recogniseFormat(btc);
 * // { format: "Yahoo website CSV", columns: ["Open", "High", "Low", "Close", "Adj Close", "Volume"], symbols: [] }
 */
export async function recogniseFormat(
  file: string,
  options: ReadOptions = {},
): Promise<RecognisedFile> {
  const { format, table } = await openPrices(file, options);
  const distinct = (names: readonly (string | undefined)[]) => [
    ...new Set(names.filter((name) => name !== undefined)),
  ];
  return {
    format,
    columns: distinct(table.columns.map(({ name }) => name)),
    symbols: distinct(table.columns.map(({ symbol }) => symbol)),
  };
}

/** A price file, opened in its layout. */
export interface OpenFile {
  readonly source: Source;
  /** Name of the layout. */
  readonly format: string;
  readonly table: PriceTable;
}

export async function openPrices(file: string, options: ReadOptions): Promise<OpenFile> {
  const source = readSource(file, options.encoding);
  const opened = await openSource(source, options);
  if (opened.table.columns.length === 0)
    throw new DataError(
      `${source.file}: is ${opened.format} without a column of values that has a name; download the file again, or name the columns`,
    );
  return opened;
}

async function openSource(source: Source, options: ReadOptions): Promise<OpenFile> {
  const isTable = !isJson(source.head.find((line) => line.trim() !== "")!);
  const known = (isTable ? SPECIAL_FORMATS : JSON_FORMATS).find((f) => f.recognises(source));
  if (known) return { source, format: known.name, table: await known.open(source, options) };
  if (isTable)
    for (const separator of [source.separator, ...OTHERS[source.separator]]) {
      const separated = { ...source, separator };
      const header = headerOf(separated);
      if (!header) continue;
      const format = TABLE_FORMATS.find((f) => f.recognises(header.area.names)) ?? PLAIN;
      const table = await datedTable(separated, { ...header, format }, options);
      return { source: separated, format: format.name, table };
    }
  throw unknown(source, isTable);
}

/** A title above the table may hold what separates no cells of it. */
const OTHERS: Readonly<Record<Source["separator"], readonly Source["separator"][]>> = {
  ",": [";", "\t"],
  ";": [",", "\t"],
  "\t": [",", ";"],
};

/** What is missing for a table, and what to do about it. */
function unknown({ file, head, separator }: Source, isTable: boolean): DataError {
  const rows = head.map((line) => cellsOf(line, separator));
  const top = head.findIndex((line) => line.trim() !== "");
  const begins = JSON.stringify(head[top]!.slice(0, 60));
  if (!isTable)
    return new DataError(
      `${file}:1: is in no known format (begins with ${begins}); expected ${JSON_FORMATS.map(({ name }) => name).join(" or ")}, or a table of text`,
    );
  if (rows[top]!.some((cell) => looksLikeDate(cell) || !Number.isNaN(unixTime(cell))))
    return new DataError(
      `${file}:${top + 1}: must be a line of column names, but is a row (${begins}); write the names above it, such as Date,Close`,
    );
  const names = rows.findIndex((cells) => cells.some((name) => roleOf(name) === "date"));
  const at = names < 0 ? -1 : rows[names]!.findIndex((name) => roleOf(name) === "date");
  const below = rows.findIndex((cells, line) => line > names && (cells[at] ?? "") !== "");
  if (at >= 0 && names === rows.length - 1)
    return new DataError(
      `${file}:${names + 1}: has column names but no row of data; download the file again`,
    );
  if (at >= 0 && below > 0)
    return new DataError(
      `${file}:${below + 1}: ${rows[names]![at]} must hold dates such as ${DATES_READ}, got ${JSON.stringify(rows[below]![at])}; write them so, or delete the line if it is no row of data`,
    );
  return new DataError(
    `${file}:${top + 1}: is no table of dates and series (begins with ${begins}); a line of column names and a column of dates such as ${DATES_READ} are needed, delete what stands above the names`,
  );
}
