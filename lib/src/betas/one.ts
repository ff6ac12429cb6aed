/** Beta one: the coin moves with its market, for a single market. */

import { type BetaPath, betaPath, type Panel } from "../types.js";

/**
 * One for every coin and date.
 *
 * @throws RangeError unless the panel has one market: with several, one is no neutral value
 * @example
 * oneBeta(onePair([0.02, 0.01], [0.01, 0.01])).values; // [1, 1]
 */
export function oneBeta(panel: Panel): BetaPath {
  if (panel.markets.length !== 1)
    throw new RangeError(
      `oneBeta: the panel must have one market, got ${panel.markets.length} (${panel.markets.join(", ")}); select one`,
    );
  return betaPath(panel, "walkForward", () => [1]);
}
