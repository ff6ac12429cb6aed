/** Several series of one file on its dates. */

import { isoDate } from "../../panel/calendar.js";
import { DataError, type DatedSeries } from "../../types.js";
import { chooser } from "./choose.js";
import type { Observations, ReadOptions } from "./format.js";
import { ordering } from "./prices.js";
import { openPrices } from "./recognise.js";

/** Which series of a wide file, and how to read what the file leaves open. */
export interface WideOptions extends ReadOptions {
  /** Series to read, by name or symbol; all by default. */
  readonly series?: readonly string[];
  /** Where the file holds bars of several symbols: which column of each, such as Close. */
  readonly column?: string;
}

/**
 * All series of a wide file: prices or returns, one column each, or one symbol each; dates ascending, NaN for an empty cell.
 *
 * @returns values as they stand in the file: what they are, prices or log returns, it does not say
 * @throws DataError if there is no such series, a date is ambiguous or occurs twice, or a cell is no number
 * @example
 * const wide = await readWide(shippedFile("studies/simulated.csv"), { series: ["COIN1", "MARKET1"] });
 * wide.values.slice(0, 2); // [132.5734, 97.4088]
 */
export async function readWide(file: string, options: WideOptions = {}): Promise<DatedSeries> {
  const { series, column } = options;
  const opened = await openPrices(file, options);
  const { columns } = opened.table;
  const symbols = [...new Set(columns.map((c) => c.symbol))];
  const several = symbols.length > 1;
  const all = several ? (symbols as string[]) : columns.map(({ name }) => name);
  const names = series ?? all;
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new DataError(
      `${opened.source.file}: has several series ${twice}; rename or delete all but one`,
    );
  const choose = chooser(opened);
  const wanted = names.map((name) =>
    choose(
      several ? { symbol: name, ...(column === undefined ? {} : { column }) } : { column: name },
    ),
  );
  const read = await opened.table.read(wanted);
  return joined(names, inOrder(read));
}

interface Column {
  readonly days: Int32Array;
  readonly values: Float64Array;
}

/** Columns by ascending day; those that share their days still do so. */
function inOrder(read: readonly Observations[]): Column[] {
  const order = ordering();
  const sorted = new Map<Int32Array, Int32Array>();
  return read.map((observations) => {
    const { days, values } = observations;
    const rows = order(observations);
    if (!rows) return { days, values };
    const inTime = sorted.get(days) ?? rows.map((row) => days[row]!);
    sorted.set(days, inTime);
    return {
      days: inTime,
      values: Float64Array.from(rows, (row) => values[row]!),
    };
  });
}

/** Columns on the union of their days. */
function joined(names: readonly string[], columns: readonly Column[]): DatedSeries {
  const S = names.length;
  const distinct = [...new Set(columns.map(({ days }) => days))];
  const days =
    distinct.length === 1
      ? distinct[0]!
      : Int32Array.from(new Set(distinct.flatMap((d) => [...d]))).sort();
  const values = new Float64Array(days.length * S).fill(Number.NaN);
  columns.forEach((column, s) => {
    let t = 0;
    for (const [i, day] of column.days.entries()) {
      while (days[t] !== day) t++;
      values[t * S + s] = column.values[i]!;
    }
  });
  return { dates: Array.from(days, isoDate), names, values };
}
