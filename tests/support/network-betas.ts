/** Made-up betas of networks: two coins, three seeds, fitted in 2020 and January 2021, walk-forward after that. */

import type { NetworkBetas } from "../../lib/src/models/network-betas.js";
import { mean } from "../../lib/src/stats/moments.js";
import { type BetaKind, type BetaPath, betaPath, type Panel } from "../../lib/src/types.js";
import { seededPanel } from "./helpers.js";

/** 2018-01 to 2021-12. */
export const MADE_UP: Panel = seededPanel(48, ["A", "B"], ["X"]);
const LAST_FITTED = "2021-01-31";

/**
 * @param beta of one seed, coin and date
 * @param names the markets of the set; all have the same betas
 */
export function madeUpBetas(
  start: "glorot" | "ols",
  beta: (seed: number, coin: number, date: string) => number,
  names: readonly string[] = ["X"],
): NetworkBetas {
  const panel = { ...MADE_UP, markets: names };
  const path = (kind: BetaKind, betaAt: (coin: number, date: string) => number) =>
    betaPath(panel, kind, (coin, t) => {
      const date = panel.dates[t]!;
      const inBlock = date <= LAST_FITTED === (kind === "fitted");
      const value = inBlock && date > "2020" ? betaAt(coin, date) : Number.NaN;
      return names.map(() => value);
    });
  const seeds = [0, 1, 2];
  const blocks = (betaAt: (coin: number, date: string) => number) => ({
    fitted: path("fitted", betaAt),
    walkForward: path("walkForward", betaAt),
  });
  const replicates = seeds.map((seed) => blocks((coin, date) => beta(seed, coin, date)));
  const all = blocks((coin, date) => mean(seeds.map((seed) => beta(seed, coin, date))));
  const band = (kind: "fitted" | "walkForward"): BetaPath => {
    const reduced = (reduce: (...values: number[]) => number) =>
      all[kind].values.map((_, at) => reduce(...replicates.map((seed) => seed[kind].values[at]!)));
    return {
      ...all[kind],
      band: { interval: "seed", lower: reduced(Math.min), upper: reduced(Math.max) },
    };
  };
  return {
    marketSet: names.join("+"),
    start,
    fitted: band("fitted"),
    walkForward: band("walkForward"),
    replicates,
  };
}
