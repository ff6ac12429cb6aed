/** The mean of many betas on one market: the level of an estimator in one number. */

import { position } from "../panel/panel.js";
import { mean } from "../stats/moments.js";
import type { BetaPath } from "../types.js";

/**
 * Mean beta on one market over all coins and the dates that have an estimate.
 *
 * @returns NaN if there is no estimate
 * @throws RangeError if the path has no such market
 * @example
 * meanBeta(zeroBeta(onePair([0.02], [0.01])), "MARKET"); // 0
 */
export function meanBeta(path: BetaPath, market: string): number {
  const k = position("meanBeta", "market", path.markets, market);
  return mean(
    path.values.filter((beta, at) => at % path.markets.length === k && !Number.isNaN(beta)),
  );
}
