/** Whether mean returns rise, or fall, along sorted portfolios. */

import { rootMeanSquare } from "./moments.js";
import { numbered, resampledMeans } from "./resampled-means.js";
import type { Resamples } from "./resamples.js";

/** Result of Patton and Timmermann's test. */
export interface MonotonicRelation {
  /** Mean return of each portfolio minus that of the one before [Q - 1]. */
  readonly differences: Float64Array;
  /** Bootstrap standard errors of the differences [Q - 1], around the sample's, divisor B. */
  readonly standardErrors: Float64Array;
  /** Smallest studentized difference in the direction of the alternative. */
  readonly statistic: number;
  readonly pValue: number;
}

/**
 * Monotonic relation test: J = min_i D_i / s_i over the differences D_i of neighbours' mean returns, turned round for
 * `decreasing`; the p-value is the share of draws whose J, recentred at the sample's differences, is at least J.
 *
 * The null is that the means are flat or move weakly against the alternative, which is strictly monotone throughout:
 * `increasing` means D_i > 0 for all i, `decreasing` D_i < 0 for all i. A small p-value speaks for monotone means; a
 * large one does not tell flat means from crooked ones. A test at size a of both alternatives doubles a.
 *
 * @param returns Q series of n returns on the same dates, portfolios in sorted order
 * @param resamples draws of the n rows, in the paper from the stationary bootstrap
 * @returns NaN statistic and p-value where a difference never varies, as between a portfolio and its copy
 * @throws RangeError for fewer than three portfolios, returns of different lengths or missing, resamples not of n rows
 * @example
 * const resamples = stationaryResamples(4, { blockLength: 2, draws: 1000, seed: 1 });
 * pattonTimmermann([[1, 2, 1, 2], [3, 3, 4, 4], [6, 5, 6, 7]], resamples, { alternative: "increasing" }).pValue; // 0
 * @see Patton and Timmermann (2010), Monotonicity in asset returns, Journal of Financial Economics 98
 */
export function pattonTimmermann(
  returns: readonly ArrayLike<number>[],
  resamples: Resamples,
  { alternative }: { readonly alternative: "increasing" | "decreasing" },
): MonotonicRelation {
  const Q = returns.length;
  if (Q < 3)
    throw new RangeError(
      `pattonTimmermann: returns must be of at least three portfolios, got ${Q}; test the difference of two by its t statistic`,
    );
  const { means, draws } = resampledMeans(
    "pattonTimmermann",
    numbered("portfolio", returns),
    resamples,
  );
  const B = resamples.draws;
  const steps = (values: Float64Array, at: number) =>
    Float64Array.from({ length: Q - 1 }, (_, i) => values[at + i + 1]! - values[at + i]!);
  const differences = steps(means, 0);
  const recentred = Array.from({ length: B }, (_, b) =>
    steps(draws, b * Q).map((d, i) => d - differences[i]!),
  );
  const standardErrors = differences.map((_, i) => rootMeanSquare(recentred.map((d) => d[i]!)));
  const sign = alternative === "increasing" ? 1 : -1;
  const smallest = (spreads: Float64Array) =>
    Math.min(...spreads.map((d, i) => (sign * d) / standardErrors[i]!));
  const statistic = standardErrors.every((s) => s > 0) ? smallest(differences) : Number.NaN;
  const beyond = recentred.filter((d) => smallest(d) >= statistic).length;
  return {
    differences,
    standardErrors,
    statistic,
    pValue: Number.isNaN(statistic) ? Number.NaN : beyond / B,
  };
}
