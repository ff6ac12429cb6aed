import { dayOfTime } from "../../panel/calendar.js";
import { DataError } from "../../types.js";
import { areaBelow, type TableArea } from "./csv.js";
import { unixTime } from "./dates.js";
import type { PriceFormat } from "./format.js";
import { priceTable, seriesColumns } from "./price-table.js";
import { hasColumns, namesAt, type Source } from "./source.js";

const NAMES = [
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

const FIELDS = ["open", "high", "low", "close", "volume", "quote_volume"];

/**
 * Binance's klines of one day: twelve columns, without names in spot files; times in milliseconds, and in microseconds
 * from 2025 on, told apart by their digits in every row. A bar is dated by the UTC day on which it opens, at whose end it closes.
 */
export const binanceKlines: PriceFormat = {
  name: "Binance klines",
  recognises: (source) =>
    isBare(source) || hasColumns(source, 1, "open_time", "close", "close_time"),
  open(source, options) {
    const area = isBare(source) ? { names: NAMES, above: 0 } : areaBelow(source, 1);
    checkDaily(source, area);
    const columns = seriesColumns(area, "open_time", {
      clock: "24:00 UTC",
    }).filter(({ name }) => FIELDS.includes(name));
    return priceTable(
      source,
      {
        area,
        date: "open_time",
        columns,
        dayOf: (cell) => dayOfTime(unixTime(cell)),
      },
      options,
    );
  },
};

/** Rows without names above them. */
function isBare(source: Source): boolean {
  const cells = namesAt(source, 1);
  return cells.length === NAMES.length && !Number.isNaN(unixTime(cells[0]!));
}

const DAY = 86_400_000;

function checkDaily(source: Source, { names, above }: TableArea): void {
  const cells = namesAt(source, above + 1);
  const [opens, closes] = ["open_time", "close_time"].map((name) =>
    unixTime(cells[names.indexOf(name)] ?? ""),
  );
  const length = closes! - opens! + 1;
  if (!Number.isNaN(length) && length !== DAY)
    throw new DataError(
      `${source.file}:${above + 1}: bars must be of one day, got ${length / 60_000} minutes; take the files of interval 1d`,
    );
}
