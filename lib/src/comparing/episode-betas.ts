/** Betas inside an episode against those outside. */

import { checkInteger } from "../check.js";
import type { Start } from "../models/network.js";
import type { BlockBetas, MarketBetas } from "../models/network-betas.js";
import { betaOffset, position } from "../panel/panel.js";
import { mean } from "../stats/moments.js";
import { type Spread, spread } from "../stats/spread.js";
import type { BetaKind, BetaPath } from "../types.js";

/** Mean betas on one market inside and outside of one episode. */
export interface EpisodeBeta {
  readonly episode: string;
  readonly market: string;
  readonly marketSet: string;
  readonly start: Start;
  readonly kind: BetaKind;
  /** Dates inside the episode with an estimate, and outside. */
  readonly n: number;
  readonly nOutside: number;
  /** Mean beta over coins and the dates inside, and over those outside; spread over seeds. */
  readonly inside: Spread;
  readonly outside: Spread;
  /** Inside minus outside, seed by seed. */
  readonly difference: Spread;
  /** Share of seeds whose mean beta is higher inside, and lower; the rest does not move. */
  readonly higher: number;
  readonly lower: number;
}

/**
 * Mean betas of all coins inside and outside of episodes, separately for fitted and walk-forward dates.
 *
 * A beta dated t that is walk-forward does not know the return of t: one that reacts to an event does so from the next date on.
 *
 * @param episodes dates by the episode's name
 * @param minDates fewest dates on either side; 1 by default
 * @returns no row where a side has fewer
 * @example
 * const [stress] = episodeBetas(markets, { stress: stressDates(panel, "EQUITY", 0.1) });
 * [stress!.episode, stress!.kind, stress!.n, stress!.nOutside]; // ["stress", "fitted", 7, 41]
 * @see report, Step 5: "rising slightly during high-volatility episodes (e.g., post-halving rallies)"
 */
export function episodeBetas(
  markets: readonly MarketBetas[],
  episodes: Readonly<Record<string, readonly string[]>>,
  { minDates = 1 }: { readonly minDates?: number } = {},
): EpisodeBeta[] {
  checkInteger("episodeBetas", "minDates", minDates, 1);
  return Object.entries(episodes).flatMap(([episode, dates]) => {
    const marked = new Set(dates);
    return markets.flatMap(({ market, marketSet, starts }) =>
      starts.flatMap(({ start, replicates }) =>
        (["fitted", "walkForward"] as const).flatMap((kind) => {
          const sides = replicates.map((seed: BlockBetas) => bothSides(seed[kind], market, marked));
          const [first] = sides;
          if (!first || Math.min(first.n, first.nOutside) < minDates) return [];
          const differences = sides.map((side) => side.inside - side.outside);
          return {
            episode,
            market,
            marketSet,
            start,
            kind,
            n: first.n,
            nOutside: first.nOutside,
            inside: spread(sides.map((side) => side.inside)),
            outside: spread(sides.map((side) => side.outside)),
            difference: spread(differences),
            higher: share(differences, (d) => d > ROUNDING),
            lower: share(differences, (d) => d < -ROUNDING),
          };
        }),
      ),
    );
  });
}

/** Means of a beta that never moves differ by less. */
const ROUNDING = 1e-9;

const share = (values: readonly number[], counts: (value: number) => boolean): number =>
  values.filter(counts).length / values.length;

/** Mean betas on one market over all coins and the dates inside and outside, and how many dates these are. */
function bothSides(path: BetaPath, market: string, marked: ReadonlySet<string>) {
  const { dates, coins, markets, values } = path;
  const k = position("episodeBetas", "market", markets, market);
  const [inside, outside]: [number[], number[]] = [[], []];
  dates.forEach((date, t) => {
    const betas = coins.map((_, i) => values[betaOffset(path, t, i, k)]!);
    if (!betas.some(Number.isNaN)) (marked.has(date) ? inside : outside).push(mean(betas));
  });
  return {
    n: inside.length,
    nOutside: outside.length,
    inside: mean(inside),
    outside: mean(outside),
  };
}
