/** Descriptive statistics of walk-forward betas over the dates of their block. */

import { betaSeries } from "../betas/series.js";
import type { Start } from "../models/network.js";
import type { MarketBetas } from "../models/network-betas.js";
import { mean, type SampleMoments, sampleMoments } from "../stats/moments.js";
import { type Spread, spread } from "../stats/spread.js";

/** Moments of one coin's walk-forward betas on one market, from one start. */
export interface BetaStatistics {
  readonly coin: string;
  readonly market: string;
  readonly marketSet: string;
  readonly start: Start;
  /** Of the mean beta over seeds, over the dates. */
  readonly moments: SampleMoments;
  /** Mean over the dates, seed by seed. */
  readonly seedMean: Spread;
}

/**
 * Moments of the walk-forward betas of every coin on every market, from every start.
 *
 * Fitted betas are left out: they saw their own returns.
 *
 * @returns by market, coin and start
 * @example
 * const [first] = betaStatistics(markets);
 * first!.coin; // "BTC"
 * first!.moments.n; // 12
 * first!.moments.mean; // -1.9008
 * @see report, Step 4
 */
export function betaStatistics(markets: readonly MarketBetas[]): BetaStatistics[] {
  return markets.flatMap(({ market, marketSet, starts }) => {
    const coins = starts[0]?.walkForward.coins ?? [];
    return coins.flatMap((coin) =>
      starts.map(({ start, walkForward, replicates }) => {
        const series = (path: typeof walkForward) =>
          betaSeries(path, coin, market).map(({ beta }) => beta);
        return {
          coin,
          market,
          marketSet,
          start,
          moments: sampleMoments(series(walkForward)),
          seedMean: spread(replicates.map((seed) => mean(series(seed.walkForward)))),
        };
      }),
    );
  });
}
