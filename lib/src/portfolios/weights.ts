/** Weights of the coins in sorted portfolios. */

import { rowAt } from "../panel/panel.js";
import { type BetaSort, coinsByBeta } from "./sort.js";

/** What a portfolio holds during each date. */
export interface Portfolio {
  /** Number of a quantile, `long-short` or `bab`. */
  readonly name: string;
  readonly dates: readonly string[];
  readonly coins: readonly string[];
  /** Shares of the wealth before the date [T x N], below 0 if sold short; the rest is in bills. NaN on dates without a sort. */
  readonly weights: Float64Array;
  /** Beta of the portfolio on the sort's market, sum of weight times beta [T]: known before the date. */
  readonly betas: Float64Array;
}

/**
 * The Q portfolios of a sort, equal-weighted: 1 / n for each of the n coins of a portfolio.
 *
 * @returns from the lowest betas to the highest; NaN weights where a portfolio is empty
 * @example
 * quantilePortfolios(sort)[0]!.weights.slice(0, 4); // [0, 0.5, 0.5, 0]: the betas are 3, 1, 2 and 4
 */
export function quantilePortfolios(sort: BetaSort): Portfolio[] {
  return Array.from({ length: sort.quantiles }, (_, q) =>
    portfolioOf(sort, String(q + 1), (members) => equalWeights(sort.portfolio, members, q + 1)),
  );
}

/**
 * Portfolio Q minus portfolio 1: long the highest betas, short the lowest, equal-weighted, each for the whole wealth.
 *
 * Weights sum to 0; the wealth itself is in bills.
 *
 * @example
 * longShortPortfolio(sort).weights.slice(0, 4); // [0.5, -0.5, -0.5, 0.5]: the betas are 3, 1, 2 and 4
 */
export function longShortPortfolio(sort: BetaSort): Portfolio {
  return portfolioOf(sort, "long-short", (members) => {
    const long = equalWeights(sort.portfolio, members, sort.quantiles);
    const short = equalWeights(sort.portfolio, members, 1);
    return long.map((w, i) => w - short[i]!);
  });
}

/**
 * Betting against beta: long the low betas, short the high ones, each leg scaled to a beta of one.
 *
 * With z the rank of a beta among the n of its date and z' = (n + 1) / 2, the legs weigh coins by max(0, z' - z) (low) and
 * max(0, z - z') (high), scaled to sums of 1; weights are low / beta(low) - high / beta(high). So the beta of the whole is 0,
 * and low betas are levered up, high ones down. The middle coin of an odd number is in no leg. All coins with a beta take
 * part, whatever the number of portfolios; equal betas rank in the order of the coins.
 *
 * Frazzini and Pedersen shrink betas towards 1 first, which keeps legs from a beta near 0; here betas are taken as they are.
 *
 * @returns NaN weights on dates without a sort, and where the low leg's beta is not above 0: no long position makes it one
 * @example
 * babPortfolio(sort).weights.slice(0, 4); // [-0.0667, 0.6, 0.2, -0.2]: of betas 3, 1, 2 and 4 the legs have 1.25 and 3.75
 * @see Frazzini and Pedersen (2014), Betting against beta, Journal of Financial Economics 111
 */
export function babPortfolio(sort: BetaSort): Portfolio {
  const { betas } = sort;
  return portfolioOf(sort, "bab", (members) => {
    const first = members[0]!;
    const ranked = coinsByBeta(betas, first, members.length);
    const middle = (ranked.length - 1) / 2;
    const below = ranked.map((_, z) => Math.max(0, middle - z));
    const legs = [below, below.toReversed()].map((ranks) => {
      const total = ranks.reduce((sum, rank) => sum + rank);
      return ranks.map((rank) => rank / total);
    }) as [number[], number[]];
    const [low, high] = legs.map((leg) =>
      leg.reduce((sum, w, z) => sum + w * betas[ranked[z]!]!, 0),
    ) as [number, number];
    // The high leg has the higher beta.
    if (!(low > 0)) return members.map(() => Number.NaN);
    const weights = members.map(() => 0);
    ranked.forEach((at, z) => {
      weights[at - first] = legs[0][z]! / low - legs[1][z]! / high;
    });
    return weights;
  });
}

/** A portfolio from the weights of one date, given the indices of its coins; NaN on dates without a sort. */
function portfolioOf(
  { dates, coins, betas, portfolio }: BetaSort,
  name: string,
  weightsOf: (members: readonly number[]) => readonly number[],
): Portfolio {
  const N = coins.length;
  const weights = new Float64Array(betas.length).fill(Number.NaN);
  for (let t = 0; t < dates.length; t++) {
    if (rowAt(portfolio, N, t).every((own) => own === 0)) continue;
    const members = Array.from({ length: N }, (_, i) => t * N + i);
    weights.set(weightsOf(members), t * N);
  }
  return {
    name,
    dates,
    coins,
    weights,
    betas: Float64Array.from(dates, (_, t) => exposure(rowAt(weights, N, t), rowAt(betas, N, t))),
  };
}

function equalWeights(
  portfolio: Int32Array,
  members: readonly number[],
  quantile: number,
): number[] {
  const n = members.filter((at) => portfolio[at] === quantile).length;
  return members.map((at) => (n === 0 ? Number.NaN : portfolio[at] === quantile ? 1 / n : 0));
}

/** Sum over the coins that are held of weight times value: a value of a coin not held does not matter. */
export function exposure(weights: Float64Array, values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 0) sum += weights[i]! * values[i]!;
  return sum;
}
