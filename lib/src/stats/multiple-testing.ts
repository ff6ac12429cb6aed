/** P-values of several tests at once. NaN p-values (tests that could not be made) are left out and stay NaN. */

/**
 * Holm's step-down p-values: rejecting where they are at most a keeps the chance of any false rejection at a, under
 * any dependence. The i-th smallest of m is the largest, up to it, of (m - i + 1) p, at most 1.
 *
 * @returns adjusted p-values in the order given
 * @throws RangeError if a p-value is outside [0, 1]
 * @example
 * holmPValues([0.01, Number.NaN, 0.04, 0.03]); // [0.03, NaN, 0.06, 0.06]
 * @see Holm (1979), Scandinavian Journal of Statistics 6
 */
export function holmPValues(pValues: ArrayLike<number>): Float64Array {
  const { adjusted, ranked } = rank("holmPValues", pValues);
  let largest = 0;
  ranked.forEach((at, i) => {
    largest = Math.max(largest, (ranked.length - i) * pValues[at]!);
    adjusted[at] = Math.min(1, largest);
  });
  return adjusted;
}

/**
 * Benjamini and Hochberg's step-up p-values: rejecting where they are at most q keeps the expected share of false ones
 * among the rejections at q, for independent or positively dependent tests. The i-th smallest of m is the smallest,
 * from it on, of m p / i.
 *
 * @returns adjusted p-values in the order given
 * @throws RangeError if a p-value is outside [0, 1]
 * @example
 * benjaminiHochbergPValues([0.01, Number.NaN, 0.04, 0.03]); // [0.03, NaN, 0.04, 0.04]
 * @see Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57
 */
export function benjaminiHochbergPValues(pValues: ArrayLike<number>): Float64Array {
  const { adjusted, ranked } = rank("benjaminiHochbergPValues", pValues);
  let smallest = 1;
  for (let i = ranked.length; i >= 1; i--) {
    const at = ranked[i - 1]!;
    smallest = Math.min(smallest, (ranked.length / i) * pValues[at]!);
    adjusted[at] = smallest;
  }
  return adjusted;
}

/**
 * Benjamini and Yekutieli's p-values: those of Benjamini and Hochberg times 1 + 1/2 + … + 1/m, at most 1. Rejecting where
 * they are at most q keeps the expected share of false ones among the rejections at q under any dependence.
 *
 * @returns adjusted p-values in the order given
 * @throws RangeError if a p-value is outside [0, 1]
 * @example
 * benjaminiYekutieliPValues([0.01, Number.NaN, 0.04, 0.03]); // [0.055, NaN, 0.0733, 0.0733]
 * @see Benjamini and Yekutieli (2001), Annals of Statistics 29
 */
export function benjaminiYekutieliPValues(pValues: ArrayLike<number>): Float64Array {
  const tests = Array.from(pValues).filter((p) => !Number.isNaN(p)).length;
  let harmonic = 0;
  for (let i = 1; i <= tests; i++) harmonic += 1 / i;
  return benjaminiHochbergPValues(pValues).map((p) => Math.min(1, harmonic * p));
}

/** Where the p-values stand from the smallest up, and an array of NaN for the adjusted ones. */
function rank(
  where: string,
  pValues: ArrayLike<number>,
): { readonly adjusted: Float64Array; readonly ranked: readonly number[] } {
  const all = Array.from(pValues);
  const outside = all.findIndex((p) => p < 0 || p > 1);
  if (outside >= 0)
    throw new RangeError(
      `${where}: p-values must be from 0 to 1, got ${all[outside]} at index ${outside}; pass NaN for a test that was not made`,
    );
  return {
    adjusted: new Float64Array(all.length).fill(Number.NaN),
    ranked: [...all.keys()]
      .filter((at) => !Number.isNaN(all[at]))
      .sort((a, b) => all[a]! - all[b]!),
  };
}
