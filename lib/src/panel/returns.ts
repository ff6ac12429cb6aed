/** Returns from period-end prices, joined on the period. */

import type { DatedSeries, DateRange, Frequency } from "../types.js";
import { inRange, isoDate, periodStart } from "./calendar.js";
import type { PeriodSeries } from "./resample.js";

/**
 * Log returns log(p_t / p_{t-1}) of one series; over a missing week or month there is none, and
 * daily returns run from one observation to the next.
 *
 * @param prices positive period-end prices
 */
export function logReturns(
  prices: PeriodSeries,
  frequency: Frequency,
): PeriodSeries {
  const { ends, values, clock } = prices;
  const kept = [...ends.keys()].filter(
    (i) =>
      i > 0 &&
      (frequency === "daily" ||
        periodStart(ends[i]!, frequency) === ends[i - 1]! + 1),
  );
  return {
    ends: Int32Array.from(kept, (i) => ends[i]!),
    values: Float64Array.from(kept, (i) =>
      Math.log(values[i]! / values[i - 1]!),
    ),
    ...(clock === undefined ? {} : { clock }),
  };
}

/**
 * Log returns of several series on one date index.
 *
 * @param how inner: the periods in which all series have a return. outer: those in which any has one
 * @param range dates to keep; all by default
 */
export function joinReturns(
  returns: Readonly<Record<string, PeriodSeries>>,
  how: "inner" | "outer",
  range?: DateRange,
): DatedSeries {
  const columns = Object.values(returns).map(
    ({ ends, values }) => new Map([...ends].map((end, i) => [end, values[i]!])),
  );
  const any = new Set(columns.flatMap((column) => [...column.keys()]));
  const ends = [...any]
    .filter((end) => range === undefined || inRange(isoDate(end), range))
    .filter(
      (end) => how === "outer" || columns.every((column) => column.has(end)),
    )
    .sort((a, b) => a - b);
  return {
    dates: ends.map(isoDate),
    names: Object.keys(returns),
    values: Float64Array.from(
      ends.flatMap((end) =>
        columns.map((column) => column.get(end) ?? Number.NaN),
      ),
    ),
  };
}
