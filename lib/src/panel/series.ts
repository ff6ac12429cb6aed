/** Series that are put together or chosen before they become a panel. */

import type { DatedSeries } from "../types.js";
import { datesFrequency } from "./calendar.js";
import { pickColumns, positions, rowAt, sideBySide } from "./panel.js";

/**
 * Two sets of series side by side, on the dates that both have.
 *
 * @throws RangeError if they share no date, or their dates are of two frequencies
 * @example
 * mergedSeries(returnsOf(panel), factorSeries(factors)).names.length; // 14: eight returns beside five factors and RF
 */
export function mergedSeries(series: DatedSeries, other: DatedSeries): DatedSeries {
  const frequencies = [series, other].map(({ dates }) => datesFrequency(dates));
  if (!frequencies.includes(undefined) && frequencies[0] !== frequencies[1])
    throw new RangeError(
      `mergedSeries: both must have one frequency, but one is ${frequencies[0]}, the other ${frequencies[1]}; resample one of them`,
    );
  const rows = new Map(other.dates.map((date, row) => [date, row]));
  const shared = [...series.dates.keys()].filter((t) => rows.has(series.dates[t]!));
  if (shared.length === 0)
    throw new RangeError(
      `mergedSeries: both must share a date, but one has ${series.dates[0]} to ${series.dates.at(-1)}, the other ${other.dates[0]} to ${other.dates.at(-1)}; take series of one frequency`,
    );
  const dates = shared.map((t) => series.dates[t]!);
  return {
    dates,
    names: [...series.names, ...other.names],
    values: sideBySide(
      dates.length,
      pickRows(series, shared),
      pickRows(
        other,
        dates.map((date) => rows.get(date)!),
      ),
    ),
  };
}

function pickRows({ names, values }: DatedSeries, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows.flatMap((row) => [...rowAt(values, names.length, row)]));
}

/**
 * Some of the series, in the order asked for.
 *
 * @throws RangeError if there is no such series
 * @example
 * selectSeries(returnsOf(panel), ["GOLD", "BTC"]).names; // ["GOLD", "BTC"]
 */
export function selectSeries(dated: DatedSeries, names: readonly string[]): DatedSeries {
  const columns = positions("selectSeries", "series", dated.names, names);
  return {
    ...dated,
    names,
    values: pickColumns(dated.values, dated.names.length, columns),
  };
}
