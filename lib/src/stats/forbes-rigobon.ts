/** Correlations in turbulent periods, corrected for the turbulence. */

/**
 * Forbes and Rigobon's correlation r / sqrt(1 + d (1 - r^2)), d = variance of the source in the turbulent periods over that in calm ones, minus 1.
 *
 * With a constant beta, a correlation rises when the source's variance does; the adjusted one is what it would be at the calm variance. It takes the other's
 * own shocks as equally large in both, and the source as not driven by it.
 *
 * @param correlation in the turbulent periods
 * @param variances of the source of turbulence
 * @returns NaN where a value is
 * @throws RangeError if the correlation is outside -1 to 1, or a variance is not above 0
 * @example
 * forbesRigobon(0.8, { turbulent: 4, calm: 1 }); // 0.5547
 * @see Forbes and Rigobon (2002), Journal of Finance 57
 */
export function forbesRigobon(
  correlation: number,
  { turbulent, calm }: { readonly turbulent: number; readonly calm: number },
): number {
  if (Math.abs(correlation) > 1)
    throw new RangeError(
      `forbesRigobon: the correlation must be from -1 to 1, got ${correlation}; pass a correlation, not percent`,
    );
  if (turbulent <= 0 || calm <= 0)
    throw new RangeError(
      `forbesRigobon: variances must be above 0, got ${turbulent} and ${calm}; take periods in which the source moves`,
    );
  const rise = turbulent / calm - 1;
  return correlation / Math.sqrt(1 + rise * (1 - correlation ** 2));
}
