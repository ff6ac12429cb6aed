/** Numbers as readers see them. */

/**
 * A number for readers: fixed decimals, a true minus sign.
 *
 * @throws TypeError if there is no number, as in `formatNumber(rows[0]?.value, 2)` without rows
 * @example
 * formatNumber(-0.04567, 3); // "−0.046"
 */
export function formatNumber(value: number, decimals: number): string {
  if (typeof value !== "number")
    throw new TypeError(
      `formatNumber: value must be a number, got ${value}; the sample that it comes from may be empty`,
    );
  const text = value.toFixed(decimals);
  return /^-0\.?0*$/.test(text) ? text.slice(1) : text.replace("-", "−");
}

/**
 * A p-value for readers: one that rounds to nothing is no zero.
 *
 * @example
 * [formatPValue(0.0123, 3), formatPValue(0.0004, 3)]; // ["0.012", "< 0.001"]
 */
export function formatPValue(value: number, decimals: number): string {
  const least = 1 / Number(`1e${decimals}`);
  return value < least ? `< ${formatNumber(least, decimals)}` : formatNumber(value, decimals);
}
