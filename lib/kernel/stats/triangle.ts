/** Rows of a lower triangle of doubles, one behind the other, each through its diagonal and on to a multiple of eight numbers. */

import { numbers } from "./numbers";

/** Address of row `i`. */
// @ts-ignore: decorator
@inline
export function rowOf(base: usize, i: i32): usize {
  const whole = i >> 3;
  return base + numbers((whole + 1) * (32 * whole + 8 * (i & 7)));
}
