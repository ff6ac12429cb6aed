/** Periods without a return: which, of which series, and why. */

import type { Frequency } from "../types.js";
import { isoDate, periodEnd, type Weekday } from "./calendar.js";
import type { DailySeries, PeriodSeries } from "./resample.js";
import { endCounts } from "./returns.js";

/** Consecutive periods without a return. */
export interface DroppedPeriods {
  /** The series that has none; several joined by ", ". */
  readonly series: string;
  /** Ends of the first and the last of these periods, ISO. */
  readonly from: string;
  readonly through: string;
  readonly reason: string;
}

/** Series that lack the same periods for the same reason, in one entry. */
export function together(dropped: readonly DroppedPeriods[]): DroppedPeriods[] {
  const groups = new Map<string, DroppedPeriods>();
  for (const entry of dropped) {
    const key = [entry.from, entry.through, entry.reason].join("\n");
    const series = [groups.get(key)?.series ?? [], entry.series].flat();
    groups.set(key, { ...entry, series: series.join(", ") });
  }
  return [...groups.values()];
}

/** Prices of a series, and the last of every period. */
interface LastPrices {
  readonly series: string;
  readonly daily: DailySeries;
  readonly last: PeriodSeries;
  /** Indices of ends that follow on a missing period. */
  readonly gaps: Int32Array;
}

/** What a series lacks by itself: its first period, and periods without a price. */
export function droppedOf(
  { series, daily: { days }, last: { ends }, gaps }: LastPrices,
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
  const missing = Array.from(gaps, (i) => {
    const [before, end] = [ends[i - 1]!, ends[i]!];
    return entry(
      periodEnd(before + 1, frequency, weekEnd),
      end,
      `no price after ${isoDate(before)} until the period that ends on ${isoDate(end)}`,
    );
  });
  return [
    entry(first, first, `begins on ${isoDate(days[0]!)}: no price before this period`),
    ...missing,
  ];
}

/** Periods of prices that have no logarithm: neither they nor the next have a return. */
export function unusable(series: string, { ends, values }: PeriodSeries): DroppedPeriods[] {
  if (!values.some((value) => value <= 0)) return [];
  return [...ends.keys()]
    .filter((i) => values[i]! <= 0)
    .map((i) => ({
      series,
      from: isoDate(ends[i]!),
      through: isoDate(ends[i + 1] ?? ends[i]!),
      reason: `the price of the period that ends on ${isoDate(ends[i]!)} is ${values[i]}: a log return needs prices above 0`,
    }));
}

/**
 * The last period where it is partial, with how far the price has moved in it: an asset may have died there.
 *
 * @param end of the period of the last price
 * @param latest day with a price of any series
 */
export function partial(
  { series, daily: { days, values }, last }: Omit<LastPrices, "gaps">,
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
export function uncommon(
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

/** Runs of periods in which some series have a return and the same others, of those that are required, have none. */
export function unjoined(
  names: readonly string[],
  returns: readonly PeriodSeries[],
  required: readonly string[],
): DroppedPeriods[] {
  const counts = endCounts(returns);
  if ([...counts.values()].every((count) => count === names.length)) return [];
  const sets = returns.map(
    ({ ends, values }) => new Set(ends.filter((_, i) => !Number.isNaN(values[i]!))),
  );
  const runs: DroppedPeriods[] = [];
  let before = "";
  for (const end of [...counts.keys()].sort((a, b) => a - b)) {
    const lacking =
      counts.get(end) === names.length
        ? ""
        : names.filter((name, i) => !sets[i]!.has(end) && required.includes(name)).join(", ");
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
