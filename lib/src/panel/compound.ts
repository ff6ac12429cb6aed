/** Factor returns of longer periods from daily ones. */

import type { Factors, Frequency } from "../types.js";
import {
  datesFrequency,
  dayNumber,
  firstWeekday,
  isoDate,
  lastWeekday,
  periodEnd,
} from "./calendar.js";
import { rowAt } from "./panel.js";

/**
 * Simple factor returns per period, compounded from daily rows.
 *
 * The risk-free rate and each factor compound as prod(1 + x) - 1, except the market: Mkt-RF of a period is
 * prod(1 + Mkt-RF + RF) - prod(1 + RF), the compounded market minus the compounded risk-free return. The other
 * factors are differences of portfolios that are not in the file, so that their compounding is a convention.
 *
 * @param daily simple returns of days
 * @throws RangeError if the dates are not daily
 * @example
 * const daily = {
 *   dates: ["2024-01-02", "2024-01-31", "2024-02-01"],
 *   names: ["Mkt-RF"],
 *   simpleReturns: Float64Array.of(0.1, -0.1, 0.02),
 *   riskFree: Float64Array.of(0, 0, 0),
 * };
 * compoundedFactors(daily, "monthly").simpleReturns; // [-0.01, 0.02]
 * @see Kenneth French's annual Mkt-RF follows from his monthly rows by the same formula
 */
export function compoundedFactors(daily: Factors, frequency: Frequency): Factors {
  const own = datesFrequency(daily.dates);
  if (own !== undefined && own !== "daily")
    throw new RangeError(
      `compoundedFactors: the factors must be daily, but they are ${own === "rarer" ? "rarer than monthly" : own} (${daily.dates.slice(0, 3).join(", ")} …); read the publisher's daily file`,
    );
  const F = daily.names.length;
  const isMarket = daily.names.map((name) => name === "Mkt-RF");
  const rows = new Map<number, number[]>();
  daily.dates.forEach((date, t) => {
    const end = periodEnd(dayNumber(date), frequency);
    const riskFree = daily.riskFree[t]!;
    const growth = rows.get(end) ?? new Array<number>(F + 1).fill(1);
    rowAt(daily.simpleReturns, F, t).forEach((simple, f) => {
      growth[f]! *= 1 + (isMarket[f] ? simple + riskFree : simple);
    });
    growth[F]! *= 1 + riskFree;
    rows.set(end, growth);
  });
  const ends = [...rows.keys()];
  const growths = [...rows.values()];
  return {
    dates: ends.map(isoDate),
    names: daily.names,
    simpleReturns: Float64Array.from(
      growths.flatMap((growth) =>
        growth.slice(0, F).map((g, f) => g - (isMarket[f] ? growth[F]! : 1)),
      ),
    ),
    riskFree: Float64Array.from(growths, (growth) => growth[F]! - 1),
  };
}

/** Ends of the periods whose first and last weekday lie within the days: a compounded return of any other is partial. */
export function wholePeriods(
  ends: readonly string[],
  days: readonly string[],
  frequency: Frequency,
): Set<string> {
  const [first, last] = [dayNumber(days[0] ?? ""), dayNumber(days.at(-1) ?? "")];
  return new Set(
    ends.filter(
      (end) =>
        firstWeekday(dayNumber(end), frequency) >= first && lastWeekday(dayNumber(end)) <= last,
    ),
  );
}
