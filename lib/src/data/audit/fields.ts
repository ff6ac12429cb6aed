/** Which price of its bars a column of returns was made from. */

import { FRIDAY, periodEnd, type Weekday } from "../../panel/calendar.js";
import { seriesOf } from "../../panel/panel.js";
import { type DailySeries, lastOfPeriod, type PeriodSeries } from "../../panel/resample.js";
import { type ByName, entriesOf, joinReturns, logReturns } from "../../panel/returns.js";
import { mean } from "../../stats/moments.js";
import type { DatedSeries, Frequency } from "../../types.js";
import { type Finding, short } from "./finding.js";
import { observed, type SeriesReturns } from "./observed.js";
import type { Rules } from "./options.js";

/** Daily prices of one instrument by field; a series with one price a day has a close only. */
export interface DailyBars {
  readonly open?: DailySeries;
  readonly high?: DailySeries;
  readonly low?: DailySeries;
  readonly close: DailySeries;
  /** The close with dividends reinvested, where the publisher has it. */
  readonly adjustedClose?: DailySeries;
}

/**
 * Log returns that each field of the bars would give: what a column of returns is compared with.
 *
 * @param weekEnd day on which weeks end, as in `periodReturns`
 * @returns by field, the series that have it; "average" is the mean of the closes of each period
 * @example
 * const [open, close] = await readPriceSeries(btc, [{ column: "Open" }, { column: "Close" }]);
 * const fields = fieldReturns({ BTC: { open: open!, close: close! } }, "monthly");
 * Object.keys(fields); // ["open", "close", "average"]
 * fields.open!.values; // [0.1951, 0.1792, 0.1473]
 */
export function fieldReturns(
  bars: ByName<DailyBars>,
  frequency: Frequency,
  weekEnd: Weekday = FRIDAY,
): Record<string, DatedSeries> {
  const fields: Record<string, Map<string, PeriodSeries>> = {};
  const add = (field: string, series: string, prices: PeriodSeries) => {
    fields[field] ??= new Map();
    fields[field].set(series, logReturns(prices, frequency));
  };
  for (const [series, prices] of entriesOf(bars)) {
    for (const [field, daily] of Object.entries(prices) as [string, DailySeries][])
      add(field, series, lastOfPeriod(daily, frequency, weekEnd));
    if (frequency !== "daily")
      add("average", series, averageOfPeriod(prices.close, frequency, weekEnd));
  }
  return Object.fromEntries(
    Object.entries(fields).map(([field, returns]) => [
      field,
      joinReturns(returns, "outer", { from: "0000", through: "9999" }),
    ]),
  );
}

/** Mean of each period that `lastOfPeriod` keeps. */
function averageOfPeriod(
  prices: DailySeries,
  frequency: Frequency,
  weekEnd: Weekday,
): PeriodSeries {
  const { days, values } = prices;
  const groups = new Map<number, number[]>();
  days.forEach((day, i) => {
    const end = periodEnd(day, frequency, weekEnd);
    groups.set(end, [...(groups.get(end) ?? []), values[i]!]);
  });
  const { ends } = lastOfPeriod(prices, frequency, weekEnd);
  return {
    ends,
    values: Float64Array.from(ends, (end) => mean(groups.get(end)!)),
  };
}

/** Prices of the period's end that a return should come from, the better first. */
const WANTED = ["adjustedClose", "close"] as const;

/** A column that differs from every field by half of its own size was made from none of them. */
const UNMATCHED = 0.5;

/**
 * The field that a column of returns was made from, if it is not the close, or not as log returns.
 *
 * Differences from each candidate are taken as Laplace errors, whose scale is their mean absolute value: a candidate with
 * smaller errors is chosen over the close once its likelihood is 1 / falseAlarms times as high, n log(ratio of the scales).
 * One month with a dividend does not hide a match.
 *
 * @param fields log returns by field; the column is looked for by its name in each
 * @returns none where fewer than two fields have the series
 */
export function fieldFindings(
  { series, dates, returns }: SeriesReturns,
  fields: Readonly<Record<string, DatedSeries>>,
  { falseAlarms }: Rules,
): Finding[] {
  const named = Object.entries(fields).filter(([, { names }]) => names.includes(series));
  const wanted = WANTED.find((field) => named.some(([name]) => name === field));
  if (named.length < 2 || wanted === undefined) return [];
  const candidates = new Map(named.map(([field, dated]) => [field, byDate(dated, series)]));
  const simple = [...candidates.get(wanted)!].map(([date, r]) => [date, Math.exp(r) - 1] as const);
  candidates.set("simple returns", new Map(simple));
  const own = observed(dates, returns);
  const rows = [...own.dates.keys()].filter((t) =>
    [...candidates.values()].every((values) => values.has(own.dates[t]!)),
  );
  const n = rows.length;
  if (n === 0) return [];
  const size = mean(rows.map((t) => Math.abs(own.values[t]!)));
  const errors = [...candidates].map(([field, values]) => ({
    field,
    error: mean(rows.map((t) => Math.abs(own.values[t]! - values.get(own.dates[t]!)!))),
  }));
  const best = errors.reduce((a, b) => (b.error < a.error ? b : a));
  const mine = errors.find(({ field }) => field === wanted)!;
  if (!(best.error < UNMATCHED * size))
    return [
      {
        series,
        check: "unmatched",
        date: null,
        value: best.error / size,
        threshold: UNMATCHED,
        severity: "warning",
        remedy: `no field of the bars gives these returns, ${best.field} comes nearest: check that both are of one instrument, and their dates`,
      },
    ];
  const threshold = best.error * Math.exp(-Math.log(falseAlarms) / n);
  if (!(mine.error > threshold)) return [];
  const dividends = best.field === "close";
  return [
    {
      series,
      check: "field",
      date: null,
      value: mine.error,
      threshold,
      severity: dividends ? "warning" : "error",
      remedy: `matches ${best.field} (mean absolute difference ${short(best.error)}, n = ${n}), not ${wanted} (${short(mine.error)}): ${dividends ? "dividends are not in it; take adjustedClose for total returns" : `take the log returns of ${wanted}`}`,
    },
  ];
}

/** Log returns of one series by date, where there are any. */
function byDate(dated: DatedSeries, series: string): Map<string, number> {
  const { dates, values } = observed(dated.dates, seriesOf(dated, series));
  return new Map(dates.map((date, t) => [date, values[t]!]));
}
