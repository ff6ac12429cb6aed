/** Whether a larger forecast beats one that is nested in it, once its estimation noise is allowed for. */

import { checkFinite, checkInteger, checkSameLength } from "../check.js";
import { normalCdf } from "./distributions.js";
import { longRunVariance } from "./long-run-variance.js";
import { mean } from "./moments.js";

/** Result of Clark and West's test. */
export interface ClarkWest {
  /** Mean of the adjusted differential: above 0 where the larger forecast is better. */
  readonly mean: number;
  readonly standardError: number;
  readonly statistic: number;
  /** One-sided, against the larger forecast being better. */
  readonly pValue: number;
}

/**
 * Adjusted loss differential f = e1^2 - (e2^2 - (yhat1 - yhat2)^2), with the forecasts' difference yhat1 - yhat2 = e2 - e1.
 *
 * @param smallErrors errors e1 of the nested (smaller) forecast, target minus forecast
 * @param largeErrors errors e2 of the larger forecast of the same targets
 * @returns [n]; NaN where an error is missing
 * @throws RangeError if the lengths differ
 * @example
 * clarkWestDifferential([0.2, -0.1], [0.1, -0.1]); // [0.04, 0]
 */
export function clarkWestDifferential(
  smallErrors: ArrayLike<number>,
  largeErrors: ArrayLike<number>,
): Float64Array {
  checkSameLength("clarkWestDifferential", { smallErrors, largeErrors });
  return Float64Array.from(smallErrors, (e1, t) => {
    const e2 = largeErrors[t]!;
    return e1 ** 2 - (e2 ** 2 - (e2 - e1) ** 2);
  });
}

/**
 * Clark-West test of equal accuracy of nested forecasts: the t statistic of the mean of the adjusted differential,
 * with the Newey-West variance times n / (n - 1), which is the plain one for lags = 0; one-sided, standard normal.
 *
 * The critical values hold for nested pairs of OLS forecasts only, where they are slightly cautious: for them alone is
 * (yhat1 - yhat2)^2 what noise adds to the larger one's loss. For a network or any other shrunken or non-linear beta the
 * result is approximate; show a bootstrap of the RMSE change (`rmseChange`) beside it.
 *
 * @param differential from `clarkWestDifferential`, averaged over coins by month, in order of time
 * @param options.lags of the Newey-West variance; 0 for one-step forecasts, horizon - 1 or more beyond
 * @returns NaN statistic and p-value where the differential does not vary, as between a forecast and itself
 * @throws RangeError if lags is not an integer from 0 to n - 1, n < 2, or a value is missing
 * @example
 * clarkWest([0.3, 0.1, 0.2, 0.4], { lags: 0 }).statistic; // 3.8729833462074166
 * @see Clark and West (2007), Journal of Econometrics 138
 */
export function clarkWest(
  differential: ArrayLike<number>,
  { lags }: { readonly lags: number },
): ClarkWest {
  const n = differential.length;
  checkInteger("clarkWest", "number of values", n, 2);
  checkInteger("clarkWest", "lags", lags, 0);
  checkFinite("clarkWest", "differential", differential);
  if (lags >= n)
    throw new RangeError(
      `clarkWest: lags must be below the ${n} values, got ${lags}; use fewer lags`,
    );
  const average = mean(differential);
  const variance = longRunVariance(differential, lags, "bartlett") / (n - 1);
  const standardError = Math.sqrt(variance);
  const statistic = variance > 0 ? average / standardError : Number.NaN;
  return {
    mean: average,
    standardError,
    statistic,
    pValue: normalCdf(-statistic),
  };
}
