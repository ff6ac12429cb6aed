/** Dates and episodes that figures and tables of betas mark. */

import { quantile } from "../stats/quantile.js";
import type { Panel } from "../types.js";
import { dayNumber } from "./calendar.js";
import { marketReturns } from "./panel.js";

/**
 * Days on which Bitcoin's block reward was halved, UTC: blocks 210,000, 420,000, 630,000 and 840,000.
 *
 * @see the timestamps of these blocks in the chain itself
 */
export const HALVINGS: readonly string[] = ["2012-11-28", "2016-07-09", "2020-05-11", "2024-04-20"];

/**
 * Dates on which the return of one market is at or below its quantile over the whole panel: known afterwards only, so for
 * marks and averages, never for an estimate.
 *
 * @param share from 0 to 1, for example 0.1 for the lowest tenth
 * @throws RangeError if the panel has no such market, or the share is out of range
 * @example
 * stressDates(onePair([0, 0, 0], [0.01, -0.09, 0.02]), "MARKET", 0.1); // ["2000-02-29"]
 */
export function stressDates(panel: Panel, market: string, share: number): string[] {
  const { dates } = panel;
  const returns = marketReturns(panel, market);
  if (!(share >= 0 && share <= 1))
    throw new RangeError(`stressDates: share must lie from 0 to 1, got ${share}`);
  const limit = quantile(returns.slice().sort(), share);
  return dates.filter((_, t) => returns[t]! <= limit);
}

/**
 * Dates from the day after an event through so many days after it.
 *
 * @example
 * datesAfter(["2020-05-31", "2021-05-31"], ["2020-05-11"], 365); // ["2020-05-31"]
 */
export function datesAfter(
  dates: readonly string[],
  events: readonly string[],
  days: number,
): string[] {
  const from = events.map(dayNumber);
  return dates.filter((date) => {
    const day = dayNumber(date);
    return from.some((event) => day > event && day <= event + days);
  });
}
