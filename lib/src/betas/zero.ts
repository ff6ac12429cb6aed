/** Beta zero, the first null: no hedge at all. */

import { type BetaPath, betaPath, type Panel } from "../types.js";

/**
 * Zero for every coin, market and date. Its hedging RMSE is the root mean square of the coins' returns.
 *
 * @example
 * zeroBeta(onePair([0.02, 0.01], [0.01, 0.01])).values; // [0, 0]
 */
export function zeroBeta(panel: Panel): BetaPath {
  const zeros = new Array<number>(panel.markets.length).fill(0);
  return betaPath(panel, "walkForward", () => zeros);
}
