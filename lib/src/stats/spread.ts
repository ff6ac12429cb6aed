/** Mean and range of a few values, such as those of several seeds. */

import { highest, lowest, mean } from "./moments.js";

/** Several values of one number, for example one for each seed. */
export interface Spread {
  readonly mean: number;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Mean, lowest and highest of some values.
 *
 * @returns NaN where there is no value, or one is missing
 * @example
 * spread([1, 2, 6]); // { mean: 3, lowest: 1, highest: 6 }
 */
export function spread(values: readonly number[]): Spread {
  const none = values.length === 0;
  return {
    mean: mean(values),
    lowest: none ? Number.NaN : lowest(values),
    highest: none ? Number.NaN : highest(values),
  };
}
