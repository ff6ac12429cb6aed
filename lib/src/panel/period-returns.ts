/** From daily prices of several series to their returns on one date index, with what was left out on the way. */

import type { DatedSeries, DateRange, Frequency } from "../types.js";
import { FRIDAY, inRange, isoDate, periodEnd, periodStart, type Weekday } from "./calendar.js";
import {
  atRows,
  type DailySeries,
  type LastRows,
  lastRows,
  type PeriodSeries,
} from "./resample.js";
import { endCounts, joinReturns, logReturns } from "./returns.js";

/** How periods are cut and joined. */
export interface PeriodReturnsOptions {
  /** Day on which weeks end, 0 = Sunday … 6 = Saturday; Friday by default. */
  readonly weekEnd?: Weekday;
  /** inner (by default): periods in which all series have a return. outer: those in which any has one. */
  readonly how?: "inner" | "outer";
  /** Dates to keep; all by default. */
  readonly range?: DateRange;
}

/** Consecutive periods without a return. */
export interface DroppedPeriods {
  /** The series that has none; several joined by ", ". */
  readonly series: string;
  /** Ends of the first and the last of these periods, ISO. */
  readonly from: string;
  readonly through: string;
  readonly reason: string;
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
 * Partial last periods give no return, nor does the first period, nor one without a price or after such. At daily
 * frequency and with an inner join, only days on which all series have a price count, so that all returns of a date span
 * the same days: a Monday's return of a coin then begins on Friday, as that of a fund does.
 *
 * @throws RangeError if a series is observed more rarely than the frequency asks for
 * @example
 * const { returns } = periodReturns({ BTC: await readPrices(btc, { column: "Close" }) }, "monthly");
 * returns.dates; // ["2018-02-28", "2018-03-31", "2018-04-30"]
 * returns.values; // [0.1937, 0.1781, 0.1466]: log(160 / 132) in February, then log(191 / 160) and log(221 / 191)
 */
export function periodReturns(
  prices: Readonly<Record<string, DailySeries>>,
  frequency: Frequency,
  options: PeriodReturnsOptions = {},
): PeriodReturns {
  const { weekEnd = FRIDAY, how = "inner", range } = options;
  const every = Object.entries(prices);
  const rows = new Map<Int32Array, LastRows>();
  const lasts = every.map(([, series]) => {
    const { days } = series;
    const found = rows.get(days) ?? lastRows(days, frequency, weekEnd);
    rows.set(days, found);
    return atRows(series, found);
  });
  const common = frequency === "daily" && how === "inner" ? commonEnds(lasts) : undefined;
  const returns = lasts.map((last) => logReturns(common ? only(last, common) : last, frequency));
  const names = every.map(([name]) => name);
  const named = Object.fromEntries(names.map((name, i) => [name, returns[i]!]));
  const dropped = together([
    ...every.flatMap(([name, series], i) => droppedOf(name, series, lasts[i]!, frequency, weekEnd)),
    ...(common
      ? every.flatMap(([name], i) => uncommon(name, lasts[i]!, common))
      : how === "inner"
        ? unjoined(names, returns)
        : []),
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

/** Series that lack the same periods for the same reason, in one entry. */
function together(dropped: readonly DroppedPeriods[]): DroppedPeriods[] {
  const groups = new Map<string, DroppedPeriods>();
  for (const entry of dropped) {
    const key = [entry.from, entry.through, entry.reason].join("\n");
    const series = [groups.get(key)?.series ?? [], entry.series].flat();
    groups.set(key, { ...entry, series: series.join(", ") });
  }
  return [...groups.values()];
}

function commonEnds(all: readonly PeriodSeries[]): Set<number> {
  const [first, ...others] = all.map(({ ends }) => new Set(ends));
  return new Set([...(first ?? [])].filter((end) => others.every((ends) => ends.has(end))));
}

function only(series: PeriodSeries, kept: ReadonlySet<number>): PeriodSeries {
  const rows = [...series.ends.keys()].filter((i) => kept.has(series.ends[i]!));
  return {
    ...series,
    ends: Int32Array.from(rows, (i) => series.ends[i]!),
    values: Float64Array.from(rows, (i) => series.values[i]!),
  };
}

/** What a series lacks by itself: its first period, periods without a price, and the last one where that is partial. */
function droppedOf(
  series: string,
  { days }: DailySeries,
  { ends }: PeriodSeries,
  frequency: Frequency,
  weekEnd: Weekday,
): DroppedPeriods[] {
  if (days.length === 0) return [];
  const entry = (from: number, through: number, reason: string) => ({
    series,
    from: isoDate(from),
    through: isoDate(through),
    reason,
  });
  const first = periodEnd(days[0]!, frequency, weekEnd);
  const last = periodEnd(days.at(-1)!, frequency, weekEnd);
  const gaps: DroppedPeriods[] = [];
  for (let i = 1; i < ends.length && frequency !== "daily"; i++) {
    const [before, end] = [ends[i - 1]!, ends[i]!];
    if (periodStart(end, frequency) === before + 1) continue;
    gaps.push(
      entry(
        periodEnd(before + 1, frequency, weekEnd),
        end,
        `no price after ${isoDate(before)} until the period that ends on ${isoDate(end)}`,
      ),
    );
  }
  return [
    entry(first, first, `begins on ${isoDate(days[0]!)}: no price before this period`),
    ...gaps,
    ...(ends.at(-1) === last
      ? []
      : [entry(last, last, `ends on ${isoDate(days.at(-1)!)}: the period is partial`)]),
  ];
}

/** Days on which a series has a price and another has none: one entry for all of them. */
function uncommon(
  series: string,
  { ends }: PeriodSeries,
  common: ReadonlySet<number>,
): DroppedPeriods[] {
  const alone = ends.filter((end) => !common.has(end));
  if (alone.length === 0) return [];
  return [
    {
      series,
      from: isoDate(alone[0]!),
      through: isoDate(alone.at(-1)!),
      reason: `${alone.length} days without a price of every other series: returns run over them`,
    },
  ];
}

/** Runs of periods in which some series have a return and the same others have none. */
function unjoined(names: readonly string[], returns: readonly PeriodSeries[]): DroppedPeriods[] {
  const counts = endCounts(returns);
  const sets = returns.map(({ ends }) => new Set(ends));
  const runs: DroppedPeriods[] = [];
  let before = "";
  for (const end of [...counts.keys()].sort((a, b) => a - b)) {
    const lacking =
      counts.get(end) === names.length ? "" : names.filter((_, i) => !sets[i]!.has(end)).join(", ");
    const date = isoDate(end);
    if (lacking !== "" && lacking === before) runs.push({ ...runs.pop()!, through: date });
    else if (lacking !== "")
      runs.push({
        series: lacking,
        from: date,
        through: date,
        reason: "no return, while the other series have one",
      });
    before = lacking;
  }
  return runs;
}
