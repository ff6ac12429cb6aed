/** Returns from period-end prices, joined on the period. */

import type { DatedSeries, DateRange, Frequency } from "../types.js";
import { inRange, isoDate, periodStart } from "./calendar.js";
import type { PeriodSeries } from "./resample.js";

/** Something by name of the series, in order. A plain object puts names of digits (600519) first: a Map keeps them where they stand. */
export type ByName<T> = ReadonlyMap<string, T> | Readonly<Record<string, T>>;

/** Names with what they stand for, in order. */
export const entriesOf = <T>(named: ByName<T>): (readonly [name: string, what: T])[] =>
  named instanceof Map ? [...named] : Object.entries(named as Readonly<Record<string, T>>);

/** Steps from one period end to the next, of all series that share their ends. */
export interface Steps {
  /** Ends to which a return leads, and their indices. */
  readonly ends: Int32Array;
  readonly rows: Int32Array;
  /** Indices of ends that follow on a missing period. */
  readonly gaps: Int32Array;
}

/** Which period ends follow directly on the one before; daily, all. */
export function stepsOf(ends: Int32Array, frequency: Frequency): Steps {
  const [rows, gaps]: [number[], number[]] = [[], []];
  for (let i = 1; i < ends.length; i++) {
    const follows = frequency === "daily" || periodStart(ends[i]!, frequency) === ends[i - 1]! + 1;
    (follows ? rows : gaps).push(i);
  }
  return {
    ends: Int32Array.from(rows, (i) => ends[i]!),
    rows: new Int32Array(rows),
    gaps: new Int32Array(gaps),
  };
}

/**
 * Log returns log(p_t / p_{t-1}) of one series; over a missing week or month there is none, and daily returns run from one
 * observation to the next. To and from a price that is not above 0 they are NaN.
 *
 * @param prices period-end prices
 * @example
 * const ends = Int32Array.of(dayNumber("2024-01-31"), dayNumber("2024-02-29"));
 * logReturns({ ends, values: Float64Array.of(100, 110) }, "monthly").values; // [0.0953]
 */
export function logReturns(prices: PeriodSeries, frequency: Frequency): PeriodSeries {
  return returnsOver(prices, stepsOf(prices.ends, frequency));
}

/** The same over known steps between the prices' ends. */
export function returnsOver({ values, clock }: PeriodSeries, { ends, rows }: Steps): PeriodSeries {
  const returns = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const [from, to] = [values[row - 1]!, values[row]!];
    returns[i] = from > 0 && to > 0 ? Math.log(to / from) : Number.NaN;
  }
  return { ends, values: returns, ...(clock === undefined ? {} : { clock }) };
}

/** inner: periods in which all series have a return. outer: those in which any has one. Names: those in which these series have one. */
export type Join = "inner" | "outer" | readonly string[];

/**
 * Log returns of several series on one date index.
 *
 * @param how inner: the periods in which all series have a return. outer: those in which any has one. Names: those in which these
 * series have one, whatever the others
 * @param range dates to keep; all by default
 * @example
 * const january = { ends: Int32Array.of(dayNumber("2024-01-31")), values: Float64Array.of(0.1) };
 * joinReturns({ BTC: january, GOLD: january }, "inner");
 * // { dates: ["2024-01-31"], names: ["BTC", "GOLD"], values: [0.1, 0.1] }
 */
export function joinReturns(
  returns: ByName<PeriodSeries>,
  how: Join,
  range?: DateRange,
): DatedSeries {
  const named = entriesOf(returns);
  const columns = named.map(([, column]) => column);
  const required = new Set(typeof how === "string" ? [] : how);
  const asked = required.size > 0 ? named.filter(([name]) => required.has(name)) : named;
  const counts = endCounts(asked.map(([, column]) => column));
  const fewest = how === "outer" ? 1 : asked.length;
  const ends = [...counts.keys()]
    .filter((end) => counts.get(end)! >= fewest)
    .filter((end) => range === undefined || inRange(isoDate(end), range))
    .sort((a, b) => a - b);
  const row = new Map(ends.map((end, t) => [end, t]));
  const S = columns.length;
  const values = new Float64Array(ends.length * S).fill(Number.NaN);
  const known = new Map<Int32Array, Int32Array>();
  columns.forEach((column, s) => {
    const rows = known.get(column.ends) ?? column.ends.map((end) => row.get(end) ?? -1);
    known.set(column.ends, rows);
    for (let i = 0; i < rows.length; i++)
      if (rows[i]! >= 0) values[rows[i]! * S + s] = column.values[i]!;
  });
  return { dates: ends.map(isoDate), names: named.map(([name]) => name), values };
}

/** In how many of the series each end has a value; none that no series has. */
export function endCounts(series: readonly PeriodSeries[]): Map<number, number> {
  // Many series share their ends: these are looked up once for all of them.
  const shared = new Map<Int32Array, Int32Array>();
  for (const { ends, values } of series) {
    const own = shared.get(ends) ?? new Int32Array(ends.length);
    shared.set(ends, own);
    for (let i = 0; i < own.length; i++) if (!Number.isNaN(values[i]!)) own[i]!++;
  }
  const counts = new Map<number, number>();
  for (const [ends, own] of shared)
    for (let i = 0; i < own.length; i++)
      if (own[i]! > 0) counts.set(ends[i]!, (counts.get(ends[i]!) ?? 0) + own[i]!);
  return counts;
}

/**
 * Simple returns exp(r) - 1 of log returns r: what a position earns, and what adds up over coins.
 *
 * @param logReturns decimals per period; NaN stays NaN
 * @example
 * simpleReturns([Math.log(1.1), -Math.log(2)]); // [0.1, -0.5]
 */
export function simpleReturns(logReturns: ArrayLike<number>): Float64Array {
  // Copied, then mapped: `from` with a callback takes ten times as long.
  return new Float64Array(logReturns).map((r) => Math.exp(r) - 1);
}
