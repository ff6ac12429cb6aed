/** How large a difference must be to be found: what "no significant difference" leaves possible. */

import { checkFinite, checkInteger } from "../check.js";
import { normalQuantile, studentTQuantile } from "./distributions.js";
import { longRunVariance } from "./long-run-variance.js";
import { mean } from "./moments.js";

/** The test whose power is asked for. */
export interface DetectableOptions {
  /** Autocovariances, with Bartlett weights, of the long-run variance v. */
  readonly lags: number;
  /** Size of the two-sided test, for example 0.05. */
  readonly size: number;
  /** Chance of a rejection, for example 0.8. */
  readonly power: number;
}

/** What a sample could find. */
export interface DetectableMean {
  /** Mean, in absolute value, that a test of as many values finds with the chance `power`. */
  readonly mean: number;
  /** Values after which the sample's own mean would be found with that chance; Infinity if it is 0. */
  readonly n: number;
}

/**
 * Smallest mean that a two-sided t test of a series like this one finds with a given chance,
 * (t_(1 - size/2) + t_power) sqrt(v / (n - 1)), and the n after which the sample's own mean would be found as often.
 *
 * Quantiles of t have n - 1 degrees of freedom, v is the long-run variance. That n is (z_(1 - size/2) + z_power)^2 v / mean^2, with
 * quantiles of the normal distribution.
 *
 * The test is that of `dieboldMariano` one period ahead, and its power is approximate: the noncentral t is taken for a shifted
 * one. Variance and serial dependence are taken as they are in the sample.
 *
 * @param values in order of time, for example a loss differential
 * @returns mean 0 where the values do not vary; n Infinity where their mean is 0
 * @throws RangeError for fewer than two values, a missing one, lags not an integer of at least 0, or size and power outside (0, 1)
 * @example
 * detectableMean([1, -1, 2, -2, 1.5], { lags: 0, size: 0.05, power: 0.8 }); // { mean: 2.8554, n: 205.8151 }
 * @see Bloom (1995), Minimum detectable effects, Evaluation Review 19
 */
export function detectableMean(
  values: ArrayLike<number>,
  { lags, size, power }: DetectableOptions,
): DetectableMean {
  const n = values.length;
  checkInteger("detectableMean", "number of values", n, 2);
  checkInteger("detectableMean", "lags", lags, 0);
  checkFinite("detectableMean", "values", values);
  for (const [name, p] of Object.entries({ size, power }))
    if (!(p > 0 && p < 1))
      throw new RangeError(
        `detectableMean: ${name} must be between 0 and 1, got ${p}; write 0.05 for 5 %`,
      );
  const v = longRunVariance(values, lags, "bartlett");
  const sum = (quantile: (p: number) => number) => quantile(1 - size / 2) + quantile(power);
  const t = sum((p) => studentTQuantile(p, n - 1));
  return {
    mean: t * Math.sqrt(v / (n - 1)),
    n: (sum(normalQuantile) ** 2 * v) / mean(values) ** 2,
  };
}
