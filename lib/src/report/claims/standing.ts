/** Where a measurement stands to the edge of its claim's region, in one unit for all claims. */

import type { Region } from "../verdict.js";

/** Distances from the region's edge in half-widths of the interval; above 0 inside. */
export interface Standing {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Position of an estimate and of its interval's ends relative to the region: (value - end) / half-width, turned so that what
 * is above 0 lies inside. The end is the one that is crossed, or nearer to being so.
 *
 * The interval lies inside the region if its lower end is above 0, and inside the complement if its upper end is not.
 *
 * @returns infinite where the interval is one point; NaN where there is none
 * @example
 * standing({ measured: 3, lower: 2, upper: 4 }, { lower: 1, upper: Infinity }); // { estimate: 2, lower: 1, upper: 3 }
 */
export function standing(
  {
    measured,
    lower,
    upper,
  }: {
    readonly measured: number;
    readonly lower: number;
    readonly upper: number;
  },
  region: Region,
): Standing {
  const half = (upper - lower) / 2;
  const byLower =
    measured <= region.lower ||
    (measured < region.upper && lower - region.lower < region.upper - upper);
  const place = (value: number) => (byLower ? value - region.lower : region.upper - value) / half;
  return {
    estimate: place(measured),
    lower: place(byLower ? lower : upper),
    upper: place(byLower ? upper : lower),
  };
}
