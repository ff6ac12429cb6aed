/** Sorting coins by beta into portfolios, date by date. */

import { checkInteger, checkSameAxis } from "../check.js";
import { STUDY_LIMITS } from "../limits.js";
import { type CoinLife, coinLives } from "../panel/lives.js";
import { position } from "../panel/panel.js";
import type { BetaPath, Panel } from "../types.js";

/** How many portfolios, and how many coins each needs. */
export interface SortOptions {
  /** The market on which coins have the betas that they are sorted by. */
  readonly market: string;
  /** Number of portfolios, Q. */
  readonly quantiles: number;
  /** Fewest coins in each portfolio, 2 by default; with 0, a date with fewer coins than portfolios leaves some empty. */
  readonly fewest?: number;
  /** When the coins begin and end, where the panel is a part of a longer one; its own first and last returns by default. */
  readonly lives?: readonly CoinLife[];
}

/** Which coin is in which portfolio. */
export interface BetaSort {
  readonly dates: readonly string[];
  readonly coins: readonly string[];
  readonly market: string;
  /** Q */
  readonly quantiles: number;
  /** Betas on the market [T x N]; NaN where there is none, and before a coin begins and after it ends. */
  readonly betas: Float64Array;
  /** Portfolio of each coin [T x N]: 1, the lowest betas, to Q, the highest; 0 where the coin is in none. */
  readonly portfolio: Int32Array;
  readonly counts: SortCounts;
}

/** What a sort had to leave out, over the dates on which any coin has a beta. */
export interface SortCounts {
  /** Dates with portfolios. */
  readonly sorted: number;
  /** Dates with too few coins to fill the portfolios. */
  readonly tooFew: number;
  /** Dates on which all betas are equal, as a pooled beta's are: nothing to sort by. */
  readonly tied: number;
  /** Betas that are missing, coin by coin; coins that have not begun or have ended are not counted. */
  readonly withoutBeta: number;
}

/**
 * Portfolios of coins by their betas on one market: of n coins with a beta, the one of rank i = 0 … n - 1 from below is in
 * portfolio floor(i Q / n) + 1. Sizes differ by one at most.
 *
 * The portfolios of t are sorted by the betas dated t. A walk-forward beta dated t is known at the end of t - 1, so that
 * there is no second lag. Equal betas rank in the order of the coins; a date on which all are equal has no portfolios. A coin
 * without a beta is in no portfolio of that date, nor is one that has not begun or has ended: whether it can be bought at the end of
 * t - 1 is known then, and its last return is earned by whoever holds it.
 *
 * @param panel what the path was made from
 * @throws RangeError if the path is fitted, has no such market or other axes than the panel; if quantiles is below 2, or the
 *   coins are too few for them on every date
 * @example
 * betaSort(dollar, path, { market: "FIAT", quantiles: 2 }).portfolio.slice(0, 4); // [2, 1, 1, 2]: the betas are 3, 1, 2 and 4
 * @see report, Step 9, which sorts four coins into quartiles: `reportPortfolios`
 */
export function betaSort(
  panel: Panel,
  path: BetaPath,
  { market, quantiles, fewest = 2, lives = coinLives(panel) }: SortOptions,
): BetaSort {
  checkSort(panel, path, { market, quantiles, fewest });
  const { dates, coins, markets } = path;
  const [N, K] = [coins.length, markets.length];
  const k = position("betaSort", "market", markets, market);
  const isAlive = ({ first, last }: CoinLife, t: number) => t >= first && t <= last;
  const betas = path.values
    .filter((_, at) => at % K === k)
    .map((beta, at) => (isAlive(lives[at % N]!, Math.floor(at / N)) ? beta : Number.NaN));
  const portfolio = new Int32Array(betas.length);
  let [sorted, tooFew, tied, withoutBeta] = [0, 0, 0, 0];
  for (let t = 0; t < dates.length; t++) {
    const ranked = coinsByBeta(betas, t * N, N);
    const n = ranked.length;
    if (n === 0) continue;
    withoutBeta += lives.filter((life) => isAlive(life, t)).length - n;
    if (n < fewest * quantiles) tooFew++;
    else if (betas[ranked[0]!] === betas[ranked[n - 1]!]) tied++;
    else {
      sorted++;
      ranked.forEach((at, i) => {
        portfolio[at] = Math.floor((i * quantiles) / n) + 1;
      });
    }
  }
  const counts = { sorted, tooFew, tied, withoutBeta };
  return { dates, coins, market, quantiles, betas, portfolio, counts };
}

/** Indices of the betas of one date that are there, from the lowest; equal ones in the order of the coins. */
export function coinsByBeta(betas: Float64Array, from: number, coins: number): number[] {
  return Array.from({ length: coins }, (_, i) => from + i)
    .filter((at) => Number.isFinite(betas[at]))
    .sort((a, b) => betas[a]! - betas[b]!);
}

function checkSort(
  panel: Panel,
  path: BetaPath,
  { market, quantiles, fewest }: Required<Omit<SortOptions, "lives">>,
): void {
  const where = "betaSort";
  if (path.kind !== "walkForward")
    throw new RangeError(
      `${where}: path must be walkForward, got ${path.kind}; a fitted beta saw the returns of its portfolio`,
    );
  for (const axis of ["dates", "coins"] as const)
    checkSameAxis(where, axis, { path: path[axis], panel: panel[axis] });
  if (!path.markets.includes(market))
    throw new RangeError(
      `${where}: path must have betas on ${market}, it has them on ${path.markets.join(", ")}; name one of these`,
    );
  checkInteger(where, "quantiles", quantiles, 2, STUDY_LIMITS.quantiles);
  checkInteger(where, "fewest", fewest, 0);
  if (path.coins.length < fewest * quantiles)
    throw new RangeError(
      `${where}: quantiles must leave at least ${fewest} of the ${path.coins.length} coins to each portfolio, got ${quantiles}; take fewer quantiles or more coins`,
    );
}

/**
 * Portfolios of a sort where a study names no number: halves below six coins, terciles from six, quartiles from ten, quintiles from
 * twenty, deciles from fifty.
 *
 * From four coins on, each has two coins at least.
 *
 * @example
 * [4, 6, 10, 30, 100].map(usualQuantiles); // [2, 3, 4, 5, 10]
 */
export function usualQuantiles(coins: number): number {
  const steps = [6, 10, 20].filter((least) => coins >= least).length;
  return coins >= 50 ? 10 : 2 + steps;
}

/**
 * Coins that every portfolio of a sort has at least: two, and one where a study has fewer than four coins.
 *
 * @example
 * [2, 3, 4].map(fewestCoins); // [1, 1, 2]
 */
export const fewestCoins = (coins: number): number => (coins < 4 ? 1 : 2);
