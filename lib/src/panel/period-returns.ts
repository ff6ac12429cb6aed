/** From daily prices of several series to their returns on one date index, with what was left out on the way. */

import type { DatedSeries, DateRange, Frequency } from "../types.js";
import { FRIDAY, inRange, periodEnd, type Weekday } from "./calendar.js";
import { panelClosed } from "./closed-days.js";
import {
  type DroppedPeriods,
  droppedOf,
  partial,
  together,
  uncommon,
  unjoined,
  unusable,
} from "./dropped.js";
import {
  atRows,
  type DailySeries,
  type LastRows,
  lastRows,
  type PeriodSeries,
  tradesEveryDay,
} from "./resample.js";
import {
  type ByName,
  entriesOf,
  type Join,
  joinReturns,
  logReturns,
  returnsOver,
  type Steps,
  stepsOf,
} from "./returns.js";

/** How periods are cut and joined. */
export interface PeriodReturnsOptions {
  /** Day on which weeks end, 0 = Sunday … 6 = Saturday; Friday by default. */
  readonly weekEnd?: Weekday;
  /**
   * inner (by default): periods in which all series have a return. outer: those in which any has one. Names: those in which these
   * series have one; the others begin and end when they do.
   */
  readonly how?: Join;
  /** Dates to keep; all by default. */
  readonly range?: DateRange;
}

/** Returns on one date index, with what was left out. */
export interface PeriodReturns {
  /** Log returns, decimals per period. */
  readonly returns: DatedSeries;
  /** In the order of the series, then those that the join left out; without what lies outside the range. */
  readonly dropped: readonly DroppedPeriods[];
}

/**
 * Log returns from the last price of each period to that of the next, joined on the period: a coin that trades on Sunday
 * and a fund that last traded on Friday meet in the week or month that both belong to.
 *
 * Partial last periods give no return, nor does the first period, nor one without a price above 0 or after such. A period is over
 * with the last day on which the series can have traded, or where the series `ends`: the last return of a dead asset belongs
 * to it. At daily
 * frequency and unless the join is outer, only days on which all series have a price count, so that all returns of a date span
 * the same days: a Monday's return of a coin then begins on Friday, as that of a fund does. Where a join names its series, each
 * of the others has a say from its first price to its last only.
 *
 * @throws RangeError if a series is observed more rarely than the frequency asks for
 * @example
 * const { returns } = periodReturns({ BTC: await readPrices(btc, { column: "Close" }) }, "monthly");
 * returns.dates; // ["2018-02-28", "2018-03-31", "2018-04-30"]
 * returns.values; // [0.1937, 0.1781, 0.1466]: log(160 / 132) in February, then log(191 / 160) and log(221 / 191)
 */
export function periodReturns(
  prices: ByName<DailySeries>,
  frequency: Frequency,
  options: PeriodReturnsOptions = {},
): PeriodReturns {
  const { weekEnd = FRIDAY, how = "inner", range } = options;
  const every = entriesOf(prices);
  const lasts = lastsOf(
    every.map(([, series]) => series),
    frequency,
    weekEnd,
  );
  const required = typeof how === "string" ? every.map(([name]) => name) : how;
  const common =
    frequency === "daily" && how !== "outer"
      ? commonEnds(
          lasts,
          every.map(([name]) => required.includes(name)),
        )
      : undefined;
  const steps = sharedSteps(frequency);
  const returns = lasts.map((last) =>
    common ? logReturns(only(last, common), frequency) : returnsOver(last, steps(last.ends)),
  );
  const names = every.map(([name]) => name);
  const named = new Map(names.map((name, i) => [name, returns[i]!]));
  const latest = Math.max(...every.map(([, { days }]) => days.at(-1) ?? Number.NEGATIVE_INFINITY));
  const dropped = together([
    ...every.flatMap(([series, daily], i) => {
      const last = lasts[i]!;
      const prices = { series, daily, last, gaps: steps(last.ends).gaps };
      return [
        ...droppedOf(prices, frequency, weekEnd),
        ...unusable(series, last),
        ...partial(prices, periodEnd(daily.days.at(-1) ?? 0, frequency, weekEnd), latest),
      ];
    }),
    ...(common
      ? every.flatMap(([name], i) => uncommon(name, lasts[i]!, common))
      : how === "outer"
        ? []
        : unjoined(names, returns, required)),
  ]);
  return {
    returns: joinReturns(named, how, range),
    dropped: dropped.filter(
      ({ from, through }) =>
        !range ||
        inRange(from, range) ||
        inRange(through, range) ||
        (from < range.from && through > range.through),
    ),
  };
}

/** Prices of period ends; series that share their days and their end share the search. */
function lastsOf(
  every: readonly DailySeries[],
  frequency: Frequency,
  weekEnd: Weekday,
): PeriodSeries[] {
  const closed = panelClosed(
    [...new Set(every.map(({ days }) => days))].filter((days) => !tradesEveryDay(days)),
  );
  const known = new Map<Int32Array, Map<string | undefined, LastRows>>();
  return every.map((series) => {
    const { days, ends } = series;
    const byEnd = known.get(days) ?? new Map<string | undefined, LastRows>();
    known.set(days, byEnd);
    const found = byEnd.get(ends) ?? lastRows(series, frequency, { weekEnd, closed });
    byEnd.set(ends, found);
    return atRows(series, found);
  });
}

/** Steps between period ends, found once for series that share them. */
function sharedSteps(frequency: Frequency): (ends: Int32Array) => Steps {
  const known = new Map<Int32Array, Steps>();
  return (ends) => {
    const found = known.get(ends) ?? stepsOf(ends, frequency);
    known.set(ends, found);
    return found;
  };
}

/** Ends that every series has which is required, or which has begun and not ended. */
function commonEnds(all: readonly PeriodSeries[], required: readonly boolean[]): Set<number> {
  const series = all.map(({ ends }, i) => ({
    ends: new Set(ends),
    from: required[i] ? Number.NEGATIVE_INFINITY : (ends[0] ?? Number.POSITIVE_INFINITY),
    through: required[i] ? Number.POSITIVE_INFINITY : (ends.at(-1) ?? Number.NEGATIVE_INFINITY),
  }));
  const first = series[required.indexOf(true)] ?? series[0];
  return new Set(
    [...(first?.ends ?? [])].filter((end) =>
      series.every(({ ends, from, through }) => end < from || end > through || ends.has(end)),
    ),
  );
}

function only(series: PeriodSeries, kept: ReadonlySet<number>): PeriodSeries {
  const rows = [...series.ends.keys()].filter((i) => kept.has(series.ends[i]!));
  return {
    ...series,
    ends: Int32Array.from(rows, (i) => series.ends[i]!),
    values: Float64Array.from(rows, (i) => series.values[i]!),
  };
}
