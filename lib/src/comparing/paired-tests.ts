/** The tests of one sequence of losses against another of the same dates. */

import { clarkWest, clarkWestDifferential } from "../stats/clark-west.js";
import { dieboldMariano, lossDifferential } from "../stats/diebold-mariano.js";
import { meanByDate } from "./common-errors.js";

/** Fewest dates for tests and intervals: below, results are descriptive. */
export const FEWEST_DATES = 24;

/** What the tests say. */
export interface PairedTests {
  /** Diebold-Mariano, two-sided; below 0 where the losses are the lower ones. */
  readonly dmStatistic: number;
  readonly dmPValue: number;
  /** Clark-West, one-sided; NaN where it was not asked for. */
  readonly cwStatistic: number;
  readonly cwPValue: number;
}

/** Where there are too few dates for a test. */
export const NOT_TESTED: PairedTests = {
  dmStatistic: Number.NaN,
  dmPValue: Number.NaN,
  cwStatistic: Number.NaN,
  cwPValue: Number.NaN,
};

/**
 * Losses against those of a benchmark, one period ahead, by date.
 *
 * @param adjusted Clark and West's differential by date; without it, no such test
 */
export function pairedTests(
  losses: readonly number[],
  benchmark: readonly number[],
  adjusted?: readonly number[],
): PairedTests {
  const differential = lossDifferential(losses, benchmark);
  const dm = dieboldMariano(differential, { horizon: 1, variance: "acf" });
  const cw = adjusted && clarkWest(adjusted, { lags: 0 });
  return {
    dmStatistic: dm.statistic,
    dmPValue: dm.pValue,
    cwStatistic: cw?.statistic ?? Number.NaN,
    cwPValue: cw?.pValue ?? Number.NaN,
  };
}

/** Clark and West's differential of nested betas, mean over coins by date. */
export function clarkWestByDate(
  small: readonly (readonly number[])[],
  large: readonly (readonly number[])[],
): number[] {
  return meanByDate(small.map((errors, i) => clarkWestDifferential(errors, large[i]!)));
}
