/** Daily prices from published files: the layout is recognised from the content, the column found by its name. */

import { isoDate } from "../../panel/calendar.js";
import type { DailySeries } from "../../panel/resample.js";
import { DataError } from "../../types.js";
import { listed } from "./csv.js";
import type { Observations, PriceColumn, ReadOptions } from "./format.js";
import { type OpenFile, openPrices } from "./recognise.js";

/** Which series of a file. */
export interface PriceChoice {
  /** Column by the publisher's name, such as Close; may be left out where one is the obvious price. */
  readonly column?: string;
  /** Symbol, where the file holds several. */
  readonly symbol?: string;
}

export interface PriceOptions extends PriceChoice, ReadOptions {}

/** Daily prices, and what the file says of them. */
export interface PriceSeries extends DailySeries {
  /** Name of the layout. */
  readonly format: string;
  readonly column: string;
  readonly symbol?: string;
  /** What was left out, in words. */
  readonly notes: readonly string[];
}

/**
 * Prices of one series by day, ascending; rows without a value are left out.
 *
 * A price is dated by the day at whose end it was taken, in the publisher's own clock: CoinGecko's row of 00:00 UTC on D is
 * the price of D - 1. `clock` says what the file tells of that.
 *
 * @param file path of a file as its publisher wrote it, zipped or not
 * @throws DataError if its layout is unknown, the column or symbol must be named, a date is ambiguous or occurs twice,
 *   or a price is no positive number; with file, line, value and remedy
 * @example
 * await readPrices("VDE.csv", { column: "Close" });
 */
export async function readPrices(
  file: string,
  options: PriceOptions = {},
): Promise<PriceSeries> {
  const [series] = await readPriceSeries(file, [options], options);
  return series!;
}

/**
 * Several series of one file, which is read once.
 *
 * @returns in the order of the choices
 * @throws DataError as `readPrices`
 * @example
 * const [open, close] = await readPriceSeries("VDE.csv", [{ column: "Open" }, { column: "Close" }]);
 */
export async function readPriceSeries(
  file: string,
  choices: readonly PriceChoice[],
  options: ReadOptions = {},
): Promise<PriceSeries[]> {
  const opened = await openPrices(file, options);
  const { source, format, table } = opened;
  const columns = choices.map((choice) => chosen(opened, choice));
  const read = await table.read(columns);
  return columns.map(({ name, symbol, clock }, i) => ({
    ...positive(source.file, name, read[i]!),
    ...(clock === undefined ? {} : { clock }),
    format: format.name,
    column: name,
    ...(symbol === undefined ? {} : { symbol }),
    notes: table.notes ?? [],
  }));
}

/** What columns of these names hold, for those who must choose. */
const MEANINGS: readonly (readonly [name: RegExp, meaning: string])[] = [
  [/^close$/i, "adjusted for splits"],
  [/^adj\.? close$/i, "adjusted for splits and dividends: a total return"],
];

/** Names that are a price, and the day's last, by themselves. */
const OBVIOUS = /^(<?close>?|price|priceusd)$/i;

/**
 * The column that is asked for, or else the only one that can be meant.
 *
 * @throws DataError with the choices
 */
export function chosen(
  { source, table, format }: OpenFile,
  { column, symbol }: PriceChoice,
): PriceColumn {
  const { file } = source;
  const symbols = [...new Set(table.columns.map((c) => c.symbol))];
  if (symbol !== undefined && !symbols.includes(symbol))
    throw new DataError(
      `${file}: has no symbol ${symbol}, it ${symbols[0] === undefined ? "names none" : `has ${listed(symbols as string[])}`}; ${symbols[0] === undefined ? "leave symbol out" : "name one of these"}`,
    );
  if (symbol === undefined && symbols.length > 1)
    throw new DataError(
      `${file}: holds several symbols (${listed(symbols as string[])}); name one with symbol`,
    );
  const candidates = table.columns.filter(
    (c) => symbol === undefined || c.symbol === symbol,
  );
  const names = candidates.map(({ name }) => name);
  const found =
    column === undefined
      ? obvious(candidates)
      : candidates.filter(({ name }) => name === column);
  if (found.length === 1) return found[0]!;
  if (column !== undefined)
    throw new DataError(
      found.length === 0
        ? `${file}: has no column ${column}, it has ${listed(names)}; name one of these`
        : `${file}: has several columns ${column}; rename or delete all but one`,
    );
  const priced = found.length > 1 ? found : candidates;
  throw new DataError(
    `${file}: ${format.name} with ${priced.length} columns of prices, and which is meant must be said: ${listed(
      priced.map(({ name }) => {
        const meaning = MEANINGS.find(([is]) => is.test(name))?.[1];
        return meaning ? `${name} (${meaning})` : name;
      }),
    )}; name one with column`,
  );
}

/** The only column; else the close, unless it stands beside one that is adjusted for dividends. */
function obvious(columns: readonly PriceColumn[]): PriceColumn[] {
  if (columns.length === 1) return [...columns];
  const isAdjusted = ({ name }: PriceColumn) => /^adj\.? close$/i.test(name);
  const prices = columns.filter(
    (column) => OBVIOUS.test(column.name) || isAdjusted(column),
  );
  if (prices.length > 0) return prices;
  return columns.filter(({ name }) => name === "ReferenceRateUSD");
}

/**
 * Rows in the order of their days; a day that occurs twice is refused.
 *
 * @returns undefined where they are in order already
 */
export function ascending({
  days,
  place,
}: Observations): Int32Array | undefined {
  let sorted = true;
  for (let i = 1; i < days.length && sorted; i++)
    sorted = days[i]! > days[i - 1]!;
  if (sorted) return undefined;
  const order = Int32Array.from(days.keys()).sort(
    (a, b) => days[a]! - days[b]! || a - b,
  );
  for (let i = 1; i < order.length; i++)
    if (days[order[i]!] === days[order[i - 1]!])
      throw new DataError(
        `${place(order[i]!)}: date ${isoDate(days[order[i]!]!)} stands already in ${lineOf(place(order[i - 1]!))}; delete one of the two rows`,
      );
  return order;
}

const lineOf = (place: string): string =>
  place.replace(/^.*:(\d+)$/, "line $1").replace(/^.*: /, "");

/** Observations that have a value, in order; every one above zero, since logarithms are taken of them. */
function positive(
  file: string,
  name: string,
  observations: Observations,
): DailySeries {
  const { days, values, place } = observations;
  const order = ascending(observations);
  const keptDays = new Int32Array(days.length);
  const keptValues = new Float64Array(days.length);
  let n = 0;
  for (let i = 0; i < days.length; i++) {
    const row = order ? order[i]! : i;
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    if (value <= 0)
      throw new DataError(
        `${place(row)}: ${name} must be above 0 for a log return, got ${value} on ${isoDate(days[row]!)}; delete the row or choose another series`,
      );
    keptDays[n] = days[row]!;
    keptValues[n] = value;
    n++;
  }
  if (n === 0)
    throw new DataError(
      `${file}: column ${name} has no value in ${days.length} rows; choose another column or download the file again`,
    );
  return { days: keptDays.slice(0, n), values: keptValues.slice(0, n) };
}
