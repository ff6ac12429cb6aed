/** Tables with one line of names, a column of dates, and series beside it: most of what publishers write, by what is particular to each. */

import { cellsOf } from "./cells.js";
import { readTextTable, type TextTable } from "./csv.js";
import type { DateOrder } from "./dates.js";
import type { PriceColumn, PriceTable, ReadOptions } from "./format.js";
import type { Header } from "./header.js";
import { type PriceLayout, priceTable, readRows } from "./price-table.js";
import type { Source } from "./source.js";
import { roleOf } from "./words.js";

/** A publisher's table: how to know it by its names, and what is particular to it. */
export interface TableFormat {
  /** Name as messages print it. */
  readonly name: string;
  readonly recognises: (names: readonly string[]) => boolean;
  /** When a day's value is taken, by the name of its column and the first date of the file. */
  readonly clock?: (column: string, date: string) => string | undefined;
  /** Days by which a column's prices are dated later than the day that ends there; 0 by default. */
  readonly dayShift?: (column: string) => number;
  /** Numbers have thousands commas, or the sign of the dollar. */
  readonly thousands?: boolean;
  /** Order of day and month that the publisher documents. */
  readonly order?: DateOrder;
}

const has =
  (...wanted: string[]) =>
  (names: readonly string[]): boolean =>
    wanted.every((name) => names.includes(name));

const BARS = ["Date", "Open", "High", "Low", "Close", "Volume"];

/** When FRED's daily values are taken, by series id. */
const FRED_CLOCKS: readonly (readonly [id: RegExp, clock: string])[] = [
  [/^CB[A-Z]+USD$/, "17:00 America/Los_Angeles"],
  [/^(DTWEX|DEX)/, "12:00 America/New_York"],
  [/^(SP500|DJIA|NASDAQCOM)$/, "16:00 America/New_York"],
];

/** The first that knows a table names it. */
export const TABLE_FORMATS: readonly TableFormat[] = [
  {
    // The date carries a time and an offset; Close is adjusted for splits and, unless that was switched off, for dividends.
    name: "yfinance history",
    recognises: has("Date", "Close", "Dividends", "Stock Splits"),
    clock: (_, date) => {
      const offset = /[+-]\d{2}:\d{2}$/.exec(date.slice(10))?.[0];
      return offset && `UTC${offset}`;
    },
  },
  // Close is adjusted for splits, Adj Close also for dividends; a missing row reads null.
  { name: "Yahoo website CSV", recognises: has("Date", "Close", "Adj Close") },
  {
    // DATE until 2024; "." or empty is missing.
    name: "FRED graph CSV",
    recognises: (names) => names.includes("DATE") || names.includes("observation_date"),
    clock: (column) => FRED_CLOCKS.find(([id]) => id.test(column))?.[1],
  },
  {
    // PriceUSD of a day is the price at its end, ReferenceRateUSD that at its beginning.
    name: "Coin Metrics CSV",
    recognises: (names) =>
      names.includes("time") && names.some((n) => /^(PriceUSD|ReferenceRateUSD)$/.test(n)),
    clock: () => "24:00 UTC",
    dayShift: (column) => (column.startsWith("ReferenceRate") ? -1 : 0),
  },
  {
    name: "Stooq CSV",
    recognises: (names) => has(...BARS.slice(0, 5))(names) && names.every((n) => BARS.includes(n)),
  },
  {
    // Stamped 00:00 UTC with the price at that instant: what others call the close of the day before.
    name: "CoinGecko CSV",
    recognises: has("snapped_at", "price"),
    clock: () => "24:00 UTC",
    dayShift: () => -1,
  },
  {
    // In any of its languages: newest first, thousands commas where these are no decimal ones; Price is the close.
    name: "Investing.com CSV",
    recognises: (names) => names.some((n) => roleOf(n) === "change" || n === "+/- %"),
    thousands: true,
  },
  {
    name: "Nasdaq.com CSV",
    recognises: has("Date", "Close/Last"),
    thousands: true,
    order: "MDY",
  },
  {
    // By day, by month (1833-01), or with months dated by their fifteenth, which are averages.
    name: "DataHub CSV",
    recognises: (names) => has("Date", "Price")(names) && names.length === 2,
  },
  {
    // A bar of CryptoDataDownload or of CoinMarketCap, too, ends with its day in UTC.
    name: "exchange CSV",
    recognises: (names) =>
      has("open", "high", "low", "close")(names) &&
      names.some((n) => /^(date|time|timestamp|datetime)$/.test(n)),
  },
];

/** Any other table of dates and series: a re-saved Date and Close, panels of prices or returns. */
export const PLAIN: TableFormat = { name: "table of dates and series", recognises: () => true };

/** A table by its header; the rows of several symbols below each other are one series each. */
export async function datedTable(
  source: Source,
  { format, ...header }: Header & { readonly format: TableFormat },
  options: ReadOptions,
): Promise<PriceTable> {
  const { area, date, symbol, series, notes } = header;
  const first = cellsOf(source.head[area.above] ?? "", source.separator)[date] ?? "";
  const columns = series.map((at): PriceColumn => {
    const name = area.names[at]!;
    const clock = format.clock?.(name, first);
    const dayShift = format.dayShift?.(name) ?? 0;
    return { name, at, ...(clock ? { clock } : {}), ...(dayShift === 0 ? {} : { dayShift }) };
  });
  const layout = {
    area,
    date,
    columns,
    thousands: format.thousands ?? false,
    ...(format.order ? { order: format.order } : {}),
  };
  const table =
    symbol === undefined
      ? priceTable(source, layout, options)
      : stackedTable(await readTextTable(source, area), { ...layout, symbol }, options);
  return { ...table, notes };
}

/** A layout with its series, and the name or place of the column of symbols. */
interface StackedLayout extends PriceLayout {
  readonly columns: readonly PriceColumn[];
  readonly symbol: string | number;
}

/** Rows of several symbols below each other, read as one series each. */
export function stackedTable(
  table: TextTable,
  layout: StackedLayout,
  options: ReadOptions,
): PriceTable {
  const { symbol } = layout;
  const rowsOf = new Map<string, number[]>();
  table.cells(symbol).forEach((name, row) => {
    if (name === "") return;
    const rows = rowsOf.get(name) ?? [];
    rowsOf.set(name, rows);
    rows.push(row);
  });
  return {
    columns: [...rowsOf.keys()].flatMap((name) =>
      layout.columns.map((column) => ({ ...column, symbol: name })),
    ),
    read: async (wanted) =>
      wanted.flatMap((column) =>
        readRows(table, layout, {
          ...options,
          wanted: [column],
          among: rowsOf.get(column.symbol!)!,
        }),
      ),
  };
}
