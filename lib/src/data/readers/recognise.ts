/** Which published layout a file has: told from its content, never from its name. */

import { DataError } from "../../types.js";
import { binanceKlines } from "./binance-klines.js";
import { chartingExport } from "./charting-export.js";
import { coinMetrics } from "./coin-metrics.js";
import { coinGecko } from "./coingecko.js";
import { coinGeckoChart } from "./coingecko-chart.js";
import { dataHub } from "./datahub.js";
import { exchange } from "./exchange.js";
import type { PriceFormat, PriceTable, ReadOptions } from "./format.js";
import { fredGraph } from "./fred-graph.js";
import { investing } from "./investing.js";
import { plainTable } from "./plain-table.js";
import { isJson, readSource, type Source } from "./source.js";
import { stooq } from "./stooq.js";
import { stooqBulk } from "./stooq-bulk.js";
import { yahooChart } from "./yahoo-chart.js";
import { yahooWebsite } from "./yahoo-website.js";
import { yfinanceDownload } from "./yfinance-download.js";
import { yfinanceHistory } from "./yfinance-history.js";

const JSON_FORMATS: readonly PriceFormat[] = [yahooChart, coinGeckoChart];

const TABLE_FORMATS: readonly PriceFormat[] = [
  yahooWebsite,
  yfinanceHistory,
  yfinanceDownload,
  fredGraph,
  coinMetrics,
  stooq,
  stooqBulk,
  coinGecko,
  binanceKlines,
  investing,
  dataHub,
  exchange,
  chartingExport,
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
 * @throws DataError if it has none of the known layouts, or could have several
 * @example
 * await recogniseFormat(btc);
 * // { format: "Yahoo website CSV", columns: ["Open", "High", "Low", "Close", "Adj Close", "Volume"], symbols: [] }
 */
export async function recogniseFormat(file: string): Promise<RecognisedFile> {
  const { format, table } = await openPrices(file, {});
  const distinct = (names: readonly (string | undefined)[]) => [
    ...new Set(names.filter((name) => name !== undefined)),
  ];
  return {
    format: format.name,
    columns: distinct(table.columns.map(({ name }) => name)),
    symbols: distinct(table.columns.map(({ symbol }) => symbol)),
  };
}

/** A price file, opened in its layout. */
export interface OpenFile {
  readonly source: Source;
  readonly format: PriceFormat;
  readonly table: PriceTable;
}

export async function openPrices(file: string, options: ReadOptions): Promise<OpenFile> {
  const source = readSource(file);
  const format = formatOf(source);
  const table = await format.open(source, options);
  if (table.columns.length === 0)
    throw new DataError(
      `${source.file}: is ${format.name} without a column of values that has a name; download the file again, or name the columns`,
    );
  return { source, format, table };
}

function formatOf(source: Source): PriceFormat {
  const start = source.head.find((line) => line.trim() !== "")!;
  const candidates = isJson(start) ? JSON_FORMATS : TABLE_FORMATS;
  const found = candidates.filter((format) => format.recognises(source));
  if (found.length > 1)
    throw new DataError(
      `${source.file}:1: can be ${found.map(({ name }) => name).join(" or ")}; delete the columns of all but one`,
    );
  if (found.length === 1) return found[0]!;
  if (!isJson(start) && plainTable.recognises(source)) return plainTable;
  throw new DataError(
    `${source.file}:1: is in no known format (begins with ${JSON.stringify(start.slice(0, 60))}); expected ${[...candidates, ...(isJson(start) ? [] : [plainTable])].map(({ name }) => name).join(", ")}`,
  );
}
