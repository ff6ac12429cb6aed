/** The 57 experts in eight groups: by how fast their beta may move. */

import { STEP_VARIANCES } from "../../betas/filter-bank.js";

/** zero, a constant, then filters whose beta walks, from slow to fast; plain and robust ones and all priors together. */
export const EXPERT_GROUPS: readonly string[] = [
  "no beta",
  ...STEP_VARIANCES.map((q) => (q === 0 ? "constant" : `step ${q}`)),
];

/**
 * Weights of the experts summed by group.
 *
 * @param weights of one row [57]
 * @returns [8], in the order of `EXPERT_GROUPS`
 */
export function groupWeights(weights: Float64Array): Float64Array {
  const sums = new Float64Array(EXPERT_GROUPS.length);
  const zero = weights.length - 1;
  weights.forEach((weight, j) => {
    sums[j === zero ? 0 : 1 + (j % STEP_VARIANCES.length)]! += weight;
  });
  return sums;
}

/**
 * Rows after which half of a past row's weight is left in a filter, by group: of the steady gain k of a walk with variance q, where
 * the market's return has its usual size, ln(1/2) / ln(1 - k). Infinite for zero and the constant.
 *
 * @see Harvey (1989), Forecasting, Structural Time Series Models and the Kalman Filter, 4.1
 */
export const GROUP_HALF_LIVES: readonly number[] = [
  Infinity,
  ...STEP_VARIANCES.map((q) => {
    const gain = (Math.sqrt(q * q + 4 * q) - q) / 2;
    return q === 0 ? Infinity : Math.log(0.5) / Math.log(1 - gain);
  }),
];
