import { dayOfTime } from "../../panel/calendar.js";
import { DataError } from "../../types.js";
import { cellsOf } from "./cells.js";
import { unixTime } from "./dates.js";
import type { PriceFormat } from "./format.js";
import { priceTable, seriesColumns } from "./price-table.js";
import { namesAt, type Source } from "./source.js";

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

/**
 * Binance's klines of one day: twelve columns, without names in spot files; times in milliseconds, and in microseconds
 * from 2025 on, told apart by their digits in every row. A bar is dated by the UTC day on which it opens, at whose end it closes.
 */
export const binanceKlines: PriceFormat = {
  name: "Binance klines",
  recognises: (source) =>
    namesAt(source, 1).length === NAMES.length &&
    (isTime(namesAt(source, 1)[0]!) ||
      /^open.?time$/i.test(namesAt(source, 1)[0]!)),
  open(source, options) {
    const above = isTime(namesAt(source, 1)[0]!) ? 0 : 1;
    checkDaily(source, above);
    const area = { names: NAMES, above };
    const columns = seriesColumns(area, "open_time", {
      clock: "24:00 UTC",
    }).filter(({ name }) => FIELDS.includes(name));
    return priceTable(
      source,
      { area, date: "open_time", columns, dayOf },
      options,
    );
  },
};

const FIELDS = ["open", "high", "low", "close", "volume", "quote_volume"];

const isTime = (cell: string): boolean => !Number.isNaN(unixTime(cell));

const dayOf = (cell: string): number => dayOfTime(unixTime(cell));

const DAY = 86_400_000;

function checkDaily({ file, head, separator }: Source, above: number): void {
  const cells = cellsOf(head[above] ?? "", separator);
  const length = unixTime(cells[6] ?? "") - unixTime(cells[0] ?? "") + 1;
  if (!Number.isNaN(length) && length !== DAY)
    throw new DataError(
      `${file}:${above + 1}: bars must be of one day, got ${length / 60_000} minutes; take the files of interval 1d`,
    );
}
