/** One coin's betas on one market as dated values, for figures and tables of a single path. */

import { betaOffset, position } from "../panel/panel.js";
import type { BetaPath } from "../types.js";

/** One estimate with its bounds; both are the beta itself where the path has no band. */
export interface DatedBeta {
  readonly date: string;
  readonly beta: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The betas of one coin on one market, on the dates that have an estimate.
 *
 * @throws RangeError if the path has no such coin or market
 * @example
 * betaSeries(zeroBeta(onePair([0.02], [0.01])), "COIN", "MARKET"); // [{ date: "2000-01-31", beta: 0, lower: 0, upper: 0 }]
 */
export function betaSeries(path: BetaPath, coin: string, market: string): DatedBeta[] {
  const { dates, coins, markets, values, band } = path;
  const i = position("betaSeries", "coin", coins, coin);
  const k = position("betaSeries", "market", markets, market);
  return dates.flatMap((date, t) => {
    const at = betaOffset(path, t, i, k);
    const beta = values[at]!;
    const [lower, upper] = [band?.lower[at] ?? beta, band?.upper[at] ?? beta];
    return Number.isNaN(beta) ? [] : { date, beta, lower, upper };
  });
}
