/** The logistic function and its inverse: free variables for shares between 0 and 1. */

/** @example logistic(0); // 0.5 */
export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** @example logit(0.5); // 0 */
export const logit = (share: number): number => Math.log(share / (1 - share));
