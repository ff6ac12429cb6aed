/** Betas averaged over calendar years. */

import { betaSeries } from "../betas/series.js";
import type { Start } from "../models/network.js";
import type { NetworkBetas } from "../models/network-betas.js";
import { mean } from "../stats/moments.js";
import { type Spread, spread } from "../stats/spread.js";
import type { BetaKind } from "../types.js";

/** Mean betas of one coin on one market in one calendar year. */
export interface AnnualBeta {
  readonly year: string;
  readonly coin: string;
  readonly market: string;
  readonly marketSet: string;
  readonly start: Start;
  readonly kind: BetaKind;
  /** Dates of the year with an estimate of this kind. */
  readonly n: number;
  /** Mean over the year's dates: of the mean beta, and lowest and highest of the seeds. */
  readonly beta: Spread;
}

/**
 * Mean beta of every calendar year, by market set, start, market and coin; a year with fitted and with walk-forward betas has
 * a row for each kind.
 *
 * @example
 * const of2023 = annualBetas(fits.map(networkBetas)).find(({ year }) => year === "2023");
 * of2023; // { coin: "BTC", market: "FIAT", kind: "walkForward", n: 12 }
 * of2023!.beta; // { mean: -1.9008, lowest: -3.7658, highest: -0.0359 }
 * @see report, Step 5: annual mean beta trajectories
 */
export function annualBetas(betas: readonly NetworkBetas[]): AnnualBeta[] {
  return betas.flatMap(({ marketSet, start, replicates, ...all }) =>
    all.fitted.markets.flatMap((market) =>
      all.fitted.coins.flatMap((coin) =>
        (["fitted", "walkForward"] as const).flatMap((kind) => {
          const seeds = replicates.map((seed) => byYear(betaSeries(seed[kind], coin, market)));
          const years = byYear(betaSeries(all[kind], coin, market));
          return [...years].map(([year, { length: n }]) => ({
            year,
            coin,
            market,
            marketSet,
            start,
            kind,
            n,
            beta: spread(seeds.map((seed) => mean(seed.get(year)!))),
          }));
        }),
      ),
    ),
  );
}

function byYear(
  series: readonly { readonly date: string; readonly beta: number }[],
): Map<string, number[]> {
  const years = new Map<string, number[]>();
  for (const { date, beta } of series) {
    const year = date.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), beta]);
  }
  return years;
}
