/** Pearson's correlation of two samples. */

import { checkSameLength } from "../check.js";
import { mean } from "./moments.js";

/**
 * Pearson correlation, sum(dx dy) / sqrt(sum(dx^2) sum(dy^2)) of deviations from the means; NaN for fewer than two
 * values, or where one side is constant.
 *
 * @throws RangeError if the lengths differ
 * @example
 * correlation([1, 2, 3], [1, 2, 4]); // 0.9819805060619655
 */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  checkSameLength("correlation", { x, y });
  const [centerX, centerY] = [mean(x), mean(y)];
  // Plain declarations: in an array they take ten times as long.
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i]! - centerX;
    const dy = y[i]! - centerY;
    xy += dx * dy;
    xx += dx ** 2;
    yy += dy ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}
