/** The dates of a panel: what its markets share, without a period missing, and coins without gaps. */

import { datesFrequency, dayNumber, inRange, isoDate, periodEnd } from "../panel/calendar.js";
import type { DroppedPeriods } from "../panel/dropped.js";
import { seriesOf } from "../panel/panel.js";
import { DataError, type DatedSeries, type DateRange, type Frequency } from "../types.js";

/** The dates of the range from the first to the last on which every market has a return, and what lies before and after them. */
export function withinMarkets(
  { dates, names, values }: DatedSeries,
  { markets, range }: { readonly markets: readonly string[]; readonly range?: DateRange },
): { readonly kept: DatedSeries; readonly edges: readonly DroppedPeriods[] } {
  const S = names.length;
  const returns = new Map(markets.map((name) => [name, seriesOf({ dates, names, values }, name)]));
  const lacking = (t: number) => markets.filter((name) => Number.isNaN(returns.get(name)![t]!));
  const asked = [...dates.keys()].filter((t) => !range || inRange(dates[t]!, range));
  const from = asked.find((t) => lacking(t).length === 0) ?? 0;
  const after = ([...asked].reverse().find((t) => lacking(t).length === 0) ?? -1) + 1;
  const edge = (rows: readonly number[]): DroppedPeriods[] =>
    rows.length === 0
      ? []
      : [
          {
            series: [...new Set(rows.flatMap(lacking))].join(", "),
            from: dates[rows[0]!]!,
            through: dates[rows.at(-1)!]!,
            reason: "no return of the market: the panel has the dates that all markets share",
          },
        ];
  return {
    kept: {
      dates: dates.slice(from, after),
      names,
      values: values.subarray(from * S, after * S),
    },
    edges: [...edge(asked.filter((t) => t < from)), ...edge(asked.filter((t) => t >= after))],
  };
}

/** Windows count rows: every date must end a period of the frequency, and no period may be missing. */
export function checkPeriods(file: string, dates: readonly string[], frequency: Frequency): void {
  const own = datesFrequency(dates);
  if (frequency === "daily" && own !== "daily" && own !== undefined)
    throw new DataError(
      `${file}: dates must be daily, the study's frequency, but they are ${own === "rarer" ? "rarer than monthly" : own} (${dates.slice(0, 3).join(", ")} …); correct frequency or returns in the study`,
    );
  if (frequency === "daily") return;
  dates.forEach((date, row) => {
    const end = isoDate(periodEnd(dayNumber(date), frequency));
    if (date !== end)
      throw new DataError(
        `${file}:${row + 2}: date ${date} must end a period of the study's frequency, ${frequency}, which is ${end}; correct frequency or returns in the study`,
      );
    const next = isoDate(periodEnd(dayNumber(date) + 1, frequency));
    if (row + 1 < dates.length && dates[row + 1] !== next)
      throw new DataError(
        `${file}:${row + 3}: must be ${next}, the period after ${date}, but is ${dates[row + 1]}; add the missing period or take a range without the gap`,
      );
  });
}

/** Every series has a return, and one on every date between its first and its last. */
export function checkGaps(
  file: string,
  {
    kept,
    names,
    line,
  }: {
    readonly kept: DatedSeries;
    readonly names: readonly string[];
    readonly line: (date: string) => number;
  },
): void {
  for (const name of names) {
    const series = seriesOf(kept, name);
    const known = [...series.keys()].filter((t) => !Number.isNaN(series[t]!));
    const first = known[0];
    if (first === undefined)
      throw new DataError(
        `${file}: ${name} has no return from ${kept.dates[0]} to ${kept.dates.at(-1)}; take it out of the study or widen the range`,
      );
    if (known.at(-1)! - first + 1 === known.length) continue;
    const date = kept.dates[first + known.findIndex((t, i) => t !== first + i)]!;
    throw new DataError(
      `${file}:${line(date)}: ${name} has no return on ${date}, between its first and its last; fill the cell, or take a range without the gap`,
    );
  }
}
