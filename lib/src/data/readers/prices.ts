/** Daily prices from published files; the format is recognised from the content, the column found by name. */

import { dayNumber } from "../../panel/calendar.js";
import type { DailySeries } from "../../panel/resample.js";
import { DataError } from "../../types.js";
import { chartingExport } from "./charting-export.js";
import { isMissing, numberOf, readSource, type TextTable } from "./csv.js";
import type { PriceFormat } from "./format.js";
import { fredGraph } from "./fred-graph.js";
import { yfinanceDownload } from "./yfinance-download.js";
import { yfinanceHistory } from "./yfinance-history.js";

const FORMATS: readonly PriceFormat[] = [
  yfinanceHistory,
  yfinanceDownload,
  fredGraph,
  chartingExport,
];

/**
 * Prices of one series by day, ascending; rows without a value are left out.
 *
 * @param file path of a file as its publisher wrote it: FRED graph CSV, yfinance history or download, charting export
 * @param column name of the price column, for example Close
 * @throws DataError if the file is none of these, has no such column, a date twice, or a price that is no positive number
 */
export async function readPrices(
  file: string,
  column: string,
): Promise<DailySeries> {
  const source = readSource(file);
  const format = FORMATS.find((f) => f.recognises(source.head));
  if (!format)
    throw new DataError(
      `${file}:1: is in no known format (begins with ${JSON.stringify(source.head[0]?.slice(0, 60))}); expected one of ${FORMATS.map((f) => f.name).join(", ")}`,
    );
  const { table, dateColumn } = await format.read(source);
  return dailySeries(table, table.cells(dateColumn), column);
}

function dailySeries(
  table: TextTable,
  dates: readonly string[],
  column: string,
): DailySeries {
  const cells = table.cells(column);
  const rowOfDay = new Map<number, number>();
  const prices = new Map<number, number>();
  dates.forEach((date, row) => {
    if (date === "" && isMissing(cells[row]!)) return;
    // A date may carry a time and an offset: its first ten characters are the trading day.
    const day = /^.{10}\d/.test(date)
      ? Number.NaN
      : dayNumber(date.slice(0, 10));
    if (Number.isNaN(day))
      throw new DataError(
        `${table.file}:${table.line(row)}: date must be YYYY-MM-DD, got ${JSON.stringify(date)}; correct or delete the row`,
      );
    const earlier = rowOfDay.get(day);
    if (earlier !== undefined)
      throw new DataError(
        `${table.file}:${table.line(row)}: date ${date.slice(0, 10)} stands already in line ${table.line(earlier)}; delete one of the two rows`,
      );
    rowOfDay.set(day, row);
    if (isMissing(cells[row]!)) return;
    const price = numberOf(table, column, row, cells[row]!);
    if (price <= 0)
      throw new DataError(
        `${table.file}:${table.line(row)}: ${column} must be above 0 for a log return, got ${price} on ${date.slice(0, 10)}; delete the row or choose another series`,
      );
    prices.set(day, price);
  });
  if (prices.size === 0)
    throw new DataError(
      `${table.file}: column ${column} has no value in ${dates.length} rows; choose another column or download the file again`,
    );
  const days = [...prices.keys()].sort((a, b) => a - b);
  return {
    days: Int32Array.from(days),
    values: Float64Array.from(days, (day) => prices.get(day)!),
  };
}
