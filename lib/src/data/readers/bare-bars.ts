/** Bars of exchanges in files without names, told by their number of columns and the Unix times in the first. */

import { DataError } from "../../types.js";
import { areaBelow, type TableArea } from "./csv.js";
import { unixTime } from "./dates.js";
import type { PriceFormat } from "./format.js";
import { priceTable, seriesColumns } from "./price-table.js";
import { hasColumns, namesAt, type Source } from "./source.js";

const BINANCE = [
  "open_time",
  "open",
  "high",
  "low",
  "close",
  "volume",
  "close_time",
  "quote_volume",
  "count",
  "taker_buy_volume",
  "taker_buy_quote_volume",
  "ignore",
];
const KRAKEN = ["time", "open", "high", "low", "close", "volume", "count"];

const FIELDS = ["open", "high", "low", "close", "volume", "quote_volume"];

/**
 * Binance's klines of one day: twelve columns, without names in spot files; times in milliseconds, and in microseconds
 * from 2025 on, told apart by their digits in every row. A bar is dated by the UTC day on which it opens, at whose end it closes.
 */
export const binanceKlines: PriceFormat = {
  name: "Binance klines",
  recognises: (source) =>
    isBare(source, BINANCE) || hasColumns(source, 1, "open_time", "close", "close_time"),
  open(source, options) {
    const area = isBare(source, BINANCE) ? { names: BINANCE, above: 0 } : areaBelow(source, 1);
    const [opens, closes] = ["open_time", "close_time"].map((name) =>
      timeAt(source, area, { row: 1, name }),
    );
    checkDaily(source, area, closes! - opens! + 1);
    return bars(source, { area, date: "open_time" }, options);
  },
};

/** Kraken's OHLCVT files: seven columns without names, times in seconds. */
export const krakenBars: PriceFormat = {
  name: "Kraken OHLCVT",
  recognises: (source) => isBare(source, KRAKEN),
  open(source, options) {
    const area = { names: KRAKEN, above: 0 };
    const [first, second] = [1, 2].map((row) => timeAt(source, area, { row, name: "time" }));
    // Days without a trade have no row.
    checkDaily(source, area, (second! - first!) % DAY === 0 ? DAY : second! - first!);
    return bars(source, { area, date: "time" }, options);
  },
};

/** Rows without names above them. */
function isBare(source: Source, names: readonly string[]): boolean {
  const cells = namesAt(source, 1);
  return cells.length === names.length && !Number.isNaN(unixTime(cells[0]!));
}

const bars = (
  source: Source,
  { area, date }: { readonly area: TableArea; readonly date: string },
  options: Parameters<PriceFormat["open"]>[1],
) =>
  priceTable(
    source,
    {
      area,
      date,
      columns: seriesColumns(area, date, { clock: "24:00 UTC" }).filter(({ name }) =>
        FIELDS.includes(name),
      ),
    },
    options,
  );

const DAY = 86_400_000;

const timeAt = (
  source: Source,
  { names, above }: TableArea,
  { row, name }: { readonly row: number; readonly name: string },
): number => unixTime(namesAt(source, above + row)[names.indexOf(name)] ?? "");

function checkDaily(source: Source, { above }: TableArea, length: number): void {
  if (!Number.isNaN(length) && length !== DAY)
    throw new DataError(
      `${source.file}:${above + 1}: bars must be of one day, got ${length / 60_000} minutes; take the files of interval 1d`,
    );
}
