/** From daily prices of several series to their returns on one date index, with what was left out on the way. */

import type { DatedSeries, DateRange, Frequency } from "../types.js";
import { FRIDAY, inRange, isoDate, periodEnd, periodStart, type Weekday } from "./calendar.js";
import { panelClosed } from "./closed-days.js";
import {
  atRows,
  type DailySeries,
  type LastRows,
  lastRows,
  type PeriodSeries,
  tradesEveryDay,
} from "./resample.js";
import { type ByName, endCounts, entriesOf, joinReturns, logReturns } from "./returns.js";

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
 * Partial last periods give no return, nor does the first period, nor one without a price above 0 or after such. A period is over
 * with the last day on which the series can have traded, or where the series `ends`: the last return of a dead asset belongs
 * to it. At daily
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
  const common = frequency === "daily" && how === "inner" ? commonEnds(lasts) : undefined;
  const returns = lasts.map((last) => logReturns(common ? only(last, common) : last, frequency));
  const names = every.map(([name]) => name);
  const named = new Map(names.map((name, i) => [name, returns[i]!]));
  const latest = Math.max(...every.map(([, { days }]) => days.at(-1) ?? Number.NEGATIVE_INFINITY));
  const dropped = together([
    ...every.flatMap(([name, series], i) => [
      ...droppedOf(name, series, lasts[i]!, frequency, weekEnd),
      ...unusable(name, lasts[i]!),
      ...partial(
        name,
        series,
        lasts[i]!,
        periodEnd(series.days.at(-1) ?? 0, frequency, weekEnd),
        latest,
      ),
    ]),
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

/** What a series lacks by itself: its first period, and periods without a price. */
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
  ];
}

/** Periods of prices that have no logarithm: neither they nor the next have a return. */
function unusable(series: string, { ends, values }: PeriodSeries): DroppedPeriods[] {
  return [...ends.keys()]
    .filter((i) => values[i]! <= 0)
    .map((i) => ({
      series,
      from: isoDate(ends[i]!),
      through: isoDate(ends[i + 1] ?? ends[i]!),
      reason: `the price of the period that ends on ${isoDate(ends[i]!)} is ${values[i]}: a log return needs prices above 0`,
    }));
}

/** The last period where it is partial, with how far the price has moved in it: an asset may have died there. */
function partial(
  series: string,
  { days, values }: DailySeries,
  last: PeriodSeries,
  end: number,
  latest: number,
): DroppedPeriods[] {
  if (days.length === 0 || last.ends.at(-1) === end) return [];
  const move = Math.log(values.at(-1)! / (last.values.at(-1) ?? Number.NaN));
  const moved = Number.isNaN(move)
    ? ""
    : `, with a log return of ${Number(move.toPrecision(4))} so far`;
  const goOn =
    latest < end
      ? ""
      : '; other series go on: say ends: "delisted" if the asset ended there, ends: "complete" if the period was over, or obtain later prices';
  return [
    {
      series,
      from: isoDate(end),
      through: isoDate(end),
      reason: `ends on ${isoDate(days.at(-1)!)}: the period is partial${moved}${goOn}`,
    },
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
  const sets = returns.map(
    ({ ends, values }) => new Set(ends.filter((_, i) => !Number.isNaN(values[i]!))),
  );
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
