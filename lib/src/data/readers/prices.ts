/** Daily prices from published files: the layout is recognised from the content, the column found by its name. */

import { isoDate } from "../../panel/calendar.js";
import type { DailySeries } from "../../panel/resample.js";
import { DataError } from "../../types.js";
import { chooser } from "./choose.js";
import type { Observations, ReadOptions } from "./format.js";
import { openPrices } from "./recognise.js";

/** Which series of a file. */
export interface PriceChoice {
  /** Column by the publisher's name, such as Close; may be left out where one is the obvious price. */
  readonly column?: string;
  /** Symbol, where the file holds several. */
  readonly symbol?: string;
}

/** Which series of a price file, and how to read what the file leaves open. */
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
 * @throws DataError if its layout is unknown, the column or symbol must be named, a date is ambiguous or occurs twice, a price is no
 *   number, or more than a quarter of them are not above 0; with file, line, value and remedy
 * @example
 * const { values } = await readPrices(btc, { column: "Close" });
 * values.slice(0, 3); // [101, 102, 103]
 * await readPrices("none.csv"); // DataError: none.csv: cannot be read (ENOENT)
 */
export async function readPrices(file: string, options: PriceOptions = {}): Promise<PriceSeries> {
  const [series] = await readPriceSeries(file, [options], options);
  return series!;
}

/**
 * Several series of one file, which is read once.
 *
 * @returns in the order of the choices
 * @throws DataError as `readPrices`
 * @example
 * const [open, close] = await readPriceSeries(btc, [{ column: "Open" }, { column: "Close" }]);
 * [open!.values[0], close!.values[0]]; // [100, 101]
 */
export async function readPriceSeries(
  file: string,
  choices: readonly PriceChoice[],
  options: ReadOptions = {},
): Promise<PriceSeries[]> {
  const opened = await openPrices(file, options);
  const { source, format, table } = opened;
  const columns = choices.map(chooser(opened));
  const read = await table.read(columns);
  const order = ordering();
  return columns.map(({ name, symbol, clock }, i) => {
    const { series, notes } = priced(read[i]!, order(read[i]!), { file: source.file, name });
    return {
      ...series,
      ...(clock === undefined ? {} : { clock }),
      format,
      column: name,
      ...(symbol === undefined ? {} : { symbol }),
      notes: [...(table.notes ?? []), ...notes],
    };
  });
}

/**
 * Where a file has the price of a day, for messages: file and line.
 *
 * @returns the file alone where the day has no row
 */
export async function pricePlace(
  file: string,
  options: PriceOptions,
  day: number,
): Promise<string> {
  const opened = await openPrices(file, options);
  const [read] = await opened.table.read([chooser(opened)(options)]);
  const row = read!.days.indexOf(day);
  return row < 0 ? file : read!.place(row);
}

/**
 * Finds the order of rows by their days, once for all series that share them; a day that occurs twice is refused.
 *
 * @returns a function with undefined where the rows are in order already
 */
export function ordering(): (observations: Observations) => Int32Array | undefined {
  const known = new Map<Int32Array, Int32Array | undefined>();
  return (observations) => {
    const { days } = observations;
    if (!known.has(days)) known.set(days, ascending(observations));
    return known.get(days);
  };
}

function ascending({ days, place }: Observations): Int32Array | undefined {
  // The first day has none before it: no number is at most undefined.
  if (!days.some((day, row) => day <= days[row - 1]!)) return undefined;
  const order = Int32Array.from(days.keys()).sort((a, b) => days[a]! - days[b]! || a - b);
  for (const [i, row] of order.entries()) {
    const before = order[i - 1];
    if (before !== undefined && days[row] === days[before])
      throw new DataError(
        `${place(row)}: date ${isoDate(days[row]!)} stands already in ${lineOf(place(before))}; delete one of the two rows`,
      );
  }
  return order;
}

const lineOf = (place: string): string =>
  place.replace(/^.*:(\d+)$/, "line $1").replace(/^.*: /, "");

/** Above this share, values that are not positive are no slips: returns have about one half, prices none. */
export const FEW_UNUSABLE = 0.25;

/** Observations that have a value, in order, and what they say of themselves. */
function priced(
  { days, values, place }: Observations,
  order: Int32Array | undefined,
  { file, name }: { readonly file: string; readonly name: string },
): { readonly series: DailySeries; readonly notes: readonly string[] } {
  if (!order && allPositive(values)) return { series: { days, values }, notes: [] };
  const keptDays = new Int32Array(days.length);
  const keptValues = new Float64Array(days.length);
  const unusable: number[] = [];
  let n = 0;
  for (const row of order ?? days.keys()) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    if (value <= 0) unusable.push(row);
    keptDays[n] = days[row]!;
    keptValues[n] = value;
    n++;
  }
  if (n === 0)
    throw new DataError(
      `${file}: column ${name} has no value in ${days.length} rows; choose another column or download the file again`,
    );
  const [first] = unusable;
  const at = first === undefined ? "" : `${values[first]} on ${isoDate(days[first]!)}`;
  if (unusable.length > FEW_UNUSABLE * n)
    throw new DataError(
      `${place(first!)}: ${name} must be above 0 for a log return, got ${at} (${unusable.length} of ${n} values are not); choose a column of prices`,
    );
  const missing = days.length - n;
  return {
    series: { days: keptDays.slice(0, n), values: keptValues.slice(0, n) },
    notes: [
      ...(missing > 0
        ? [`${missing} of ${days.length} rows have no ${name} and are left out`]
        : []),
      ...(first === undefined
        ? []
        : [
            `${name} is not above 0 in ${unusable.length} of ${n} rows (${at}): a period that ends on such a price has no return`,
          ]),
    ],
  };
}

function allPositive(values: Float64Array): boolean {
  // An iterator takes three times as long.
  for (let i = 0; i < values.length; i++) if (!(values[i]! > 0)) return false;
  return values.length > 0;
}
