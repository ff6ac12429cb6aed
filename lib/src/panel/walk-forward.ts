/** The blocks of a walk-forward evaluation: test blocks that follow one another, each with what may be known before it. */

import { checkInteger } from "../check.js";
import type { DateRange, Split } from "../types.js";
import { dayNumber, inRange, isoDate } from "./calendar.js";

/** What a study's keys `refit` may say. */
export const REFITS = ["yearly", "quarterly", "monthly", "periodically"] as const;
/** How often something is estimated anew: before every calendar year, quarter, month, or period. */
export type Refit = (typeof REFITS)[number];

/** The years of a walk-forward evaluation, and how often betas are fitted anew. */
export interface WalkForwardOptions {
  /** First target that may be fitted on; a later one if the look-back does not reach it. */
  readonly from: string;
  readonly lookback: number;
  /** Targets to test on. */
  readonly test: DateRange;
  /** A test block is a calendar year, quarter or month, or one period. */
  readonly refit: Refit;
  /** Length of the fitting block in years, on a rolling window; without it, the block begins at `from` and grows. */
  readonly fitYears?: number;
}

/**
 * One split per test block: select on the year before the block, fit on the targets before that year.
 *
 * Yearly, the year before is the calendar year; else, the periods of the year that ends before the block's first date.
 *
 * @param dates the panel's dates; blocks without a date are left out, so that a shorter panel has the same blocks, fewer
 * @returns splits in time; their test blocks do not overlap
 * @throws RangeError if no date lies in the test range, or a block has no target to fit on or to select on
 * @example
 * const [first] = walkForwardSplits(panel.dates, {
 *   from: "2019-01",
 *   lookback: 12,
 *   test: { from: "2021-01", through: "2024-12" },
 *   refit: "yearly",
 * });
 * first!.inSample; // { from: "2019-01-31", through: "2019-12-31" }
 * first!.outOfSample; // { from: "2021-01-31", through: "2021-12-31" }
 */
export function walkForwardSplits(dates: readonly string[], options: WalkForwardOptions): Split[] {
  const { from, lookback, test, refit, fitYears } = options;
  checkInteger("walkForwardSplits", "lookback", lookback, 0);
  if (fitYears !== undefined) checkInteger("walkForwardSplits", "fitYears", fitYears, 1);
  const tested = dates.filter((date) => inRange(date, test));
  if (tested.length === 0)
    throw new RangeError(
      `walkForwardSplits: the test range ${test.from} to ${test.through} must hold a date of the panel, which has ${dates[0]} to ${dates.at(-1)}; move the range`,
    );
  const targets = dates.slice(lookback);
  const nameOf = BLOCKS[refit];
  const names = [...new Set(tested.map(nameOf))];
  const blocks = names.map((name) => tested.filter((date) => nameOf(date) === name));
  return blocks.map((block) => {
    const first = block[0]!;
    const start = refit === "yearly" ? `${year(first)}-01-01` : first;
    const selectFrom = yearsBefore(start, 1);
    const fitFrom = fitYears === undefined ? from : yearsBefore(selectFrom, fitYears);
    const span = (begin: string, end: string): DateRange => {
      const within = targets.filter((date) => date >= begin && date < end);
      if (within.length === 0)
        throw new RangeError(
          `walkForwardSplits: the test block from ${first} must have a target before it to fit on and one to select on, but none lies from ${begin} to ${end}; begin the test later or the fit earlier`,
        );
      return { from: within[0]!, through: within.at(-1)! };
    };
    return {
      inSample: span(fitFrom > from ? fitFrom : from, selectFrom),
      validation: span(selectFrom, start),
      outOfSample: { from: first, through: block.at(-1)! },
    };
  });
}

/**
 * True for dates before which something is fitted anew: the first of every calendar year, quarter or month, or every date.
 *
 * @param t index of the date; the first of the dates begins a block too
 */
export const beginsBlock = (dates: readonly string[], t: number, refit: Refit): boolean =>
  t === 0 || BLOCKS[refit](dates[t]!) !== BLOCKS[refit](dates[t - 1]!);

const year = (date: string): string => date.slice(0, 4);

/** Names of the blocks that dates lie in. */
const BLOCKS: Readonly<Record<Refit, (date: string) => string>> = {
  yearly: year,
  quarterly: (date) => `${year(date)} ${Math.ceil(Number(date.slice(5, 7)) / 3)}`,
  monthly: (date) => date.slice(0, 7),
  periodically: (date) => date,
};

/** The same day some years earlier, from 100 on; the last of February where that year has no 29th. */
function yearsBefore(date: string, years: number): string {
  const earlier = `${String(Math.max(100, Number(year(date)) - years)).padStart(4, "0")}${date.slice(4)}`;
  return Number.isNaN(dayNumber(earlier))
    ? isoDate(dayNumber(`${earlier.slice(0, 8)}01`) + 27)
    : earlier;
}
