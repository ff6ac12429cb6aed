/** What a study of a frequency does where its file says nothing: one table, which docs/frequencies.md prints. */

import type { Frequency } from "../types.js";
import type { Refit } from "./walk-forward.js";

/** Defaults of one frequency; lengths are in its periods. */
export interface FrequencyDefaults {
  /** Periods of a network's inputs. */
  readonly lookback: number;
  /** Half-lives of weighted least squares to choose from: a quarter to four look-backs, and equal weights. */
  readonly halfLives: readonly number[];
  /** Test blocks of the walk forward: how often frozen networks are chosen and fitted anew. */
  readonly walkForward: Refit;
  /** How often updated networks, ridge coefficients and Kalman variances are fitted anew. */
  readonly refit: Refit;
  /** The factor file that the project ships, in `data/`. */
  readonly factors: string;
}

/**
 * Look-back, half-lives, refits and factors of a study that names none, by frequency.
 *
 * Shorter periods need a longer window, as the market's variance per period is smaller beside the noise of the coin, but not in
 * proportion: a year of months, half a year of weeks, a quarter of days. A refit costs about the same at any frequency, so that
 * all have one a quarter.
 *
 * @example
 * frequencyDefaults.daily.lookback; // 63
 */
export const frequencyDefaults: Readonly<Record<Frequency, FrequencyDefaults>> = {
  daily: defaults(63, "factors-daily.csv"),
  weekly: defaults(26, "factors-weekly.csv"),
  monthly: defaults(12, "factors-monthly.csv"),
};

function defaults(lookback: number, factors: string): FrequencyDefaults {
  const refits = { walkForward: "yearly", refit: "quarterly" } as const;
  return { lookback, halfLives: halfLivesOf(lookback), ...refits, factors };
}

/**
 * Half-lives that a look-back gives: a quarter, a half, one, two and four of it, and Infinity.
 *
 * @param lookback periods
 * @example
 * halfLivesOf(12); // [3, 6, 12, 24, 48, Infinity]
 */
export function halfLivesOf(lookback: number): number[] {
  return [0.25, 0.5, 1, 2, 4, Infinity].map((multiple) => multiple * lookback);
}
