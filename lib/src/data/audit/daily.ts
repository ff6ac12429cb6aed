/** The audit of daily prices, before they are resampled. */

import { isoDate, periodEnd } from "../../panel/calendar.js";
import { type DailySeries, daysMissing, lastOfPeriod } from "../../panel/resample.js";
import { type ByName, entriesOf } from "../../panel/returns.js";
import type { Frequency } from "../../types.js";
import { FEW_UNUSABLE } from "../readers/prices.js";
import { openCloseFindings, rangeFindings } from "./bars.js";
import { dateFindings } from "./dates.js";
import type { DailyBars } from "./fields.js";
import { type Finding, short } from "./finding.js";
import { type Observed, observed } from "./observed.js";
import { type AuditOptions, type Rules, rulesOf } from "./options.js";
import { extremeFindings, jumpFindings } from "./returns.js";
import { longRuns, missingFindings } from "./runs.js";

/** How strict the audit of daily prices is, and what they are for. */
export interface DailyAuditOptions extends AuditOptions {
  /** Periods into which the prices will be resampled. */
  readonly frequency: Frequency;
}

/**
 * Everything in daily prices that is wrong or may be; nothing is changed.
 *
 * @param series bars by name of the series; the checks of single prices are made on the close
 * @returns findings by series, in the order given; an empty list if there are none
 * @throws RangeError if an option is out of its range
 * @example
 * const { days } = await readPrices(btc, { column: "Close" });
 * const march = days.filter((day) => day < dayNumber("2018-03-01") || day > dayNumber("2018-03-31"));
 * const close = { days: march, values: Float64Array.from(march, (_, row) => 100 + row) };
 * const [finding] = auditDaily({ BTC: { close } }, { frequency: "weekly" });
 * [finding!.check, finding!.severity, finding!.date, finding!.value];
 * // ["gap", "warning", "2018-03-01", 31]: 31 days are missing
 */
export function auditDaily(series: ByName<DailyBars>, options: DailyAuditOptions): Finding[] {
  const rules = rulesOf("auditDaily", options);
  return entriesOf(series).flatMap(([name, bars]) => {
    const dates = Array.from(bars.close.days, isoDate);
    const ofDates = dateFindings(name, dates, { ...rules, frequency: "daily" });
    // What follows takes each price for the successor of the last.
    if (ofDates.some(({ severity }) => severity === "error")) return ofDates;
    const range = rangeFindings(name, bars);
    const misnamed = range.some(({ severity }) => severity === "error");
    return [
      ...ofDates,
      ...partialFindings(name, bars.close, options.frequency),
      ...missingFindings(name, dates, bars.close.values),
      ...priceFindings(name, observed(dates, bars.close.values), rules),
      ...range,
      ...(misnamed ? [] : openCloseFindings(name, bars, rules)),
    ];
  });
}

/** The last week or month, if `lastOfPeriod` will drop it. */
function partialFindings(series: string, close: DailySeries, frequency: Frequency): Finding[] {
  const { days, values } = close;
  const missing = daysMissing(close, frequency);
  if (missing === 0) return [];
  const before = lastOfPeriod(close, frequency).values.at(-1) ?? Number.NaN;
  const move = Math.log(values.at(-1)! / before);
  const moved = Number.isNaN(move) ? "" : `, whose log return is ${short(move)} so far`;
  return [
    {
      series,
      check: "partial",
      date: isoDate(days.at(-1)!),
      value: missing,
      threshold: 0,
      severity: "warning",
      remedy: `resampling drops the period that ends on ${isoDate(periodEnd(days.at(-1)!, frequency))}${moved}: say ends: "delisted" if the asset ended there, ends: "complete" if the period was over; else it is complete with later prices`,
    },
  ];
}

function priceFindings(series: string, prices: Observed, rules: Rules): Finding[] {
  const { dates, values } = prices;
  const n = values.length;
  const bad = [...values.keys()].filter((i) => values[i]! <= 0);
  if (bad.length > FEW_UNUSABLE * n)
    return [
      {
        series,
        check: "returns-as-prices",
        date: null,
        value: bad.length / n,
        threshold: FEW_UNUSABLE,
        severity: "error",
        remedy: "the column looks like returns: name a column of prices",
      },
    ];
  const returns = observed(
    dates,
    values.map((price, i) => {
      const last = values[i - 1] ?? Number.NaN;
      return price > 0 && last > 0 ? Math.log(price / last) : Number.NaN;
    }),
  );
  return [
    ...bad.map(
      (i): Finding => ({
        series,
        check: "non-positive",
        date: dates[i]!,
        value: values[i]!,
        threshold: 0,
        severity: "warning",
        remedy:
          "empty the cell if the price is wrong; if it was paid, as WTI was on 2020-04-20, only a period that ends on it has no return",
      }),
    ),
    ...longRuns(n, (i) => values[i] === values[i - 1], rules.falseAlarms).map(
      ({ from, length, bound }): Finding => ({
        series,
        check: "stale",
        date: dates[from]!,
        value: length,
        threshold: bound,
        severity: "warning",
        remedy:
          "compare with the source: prices carried forward over missing days belong out; delete the rows",
      }),
    ),
    ...extremeFindings(series, returns, rules),
    ...jumpFindings(series, returns),
  ];
}
