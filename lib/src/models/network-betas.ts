/** The betas of chosen networks, together and seed by seed. */

import { marketNames } from "../panel/panel.js";
import type { BetaPath } from "../types.js";
import type { ChosenFit } from "./chosen-fits.js";
import { ensembleBetas, replicateBetas } from "./ensemble.js";
import type { Start } from "./network.js";

/** Betas before and in the out-of-sample block. */
export interface BlockBetas {
  readonly fitted: BetaPath;
  readonly walkForward: BetaPath;
}

/** Mean betas over the seeds, with the seeds' range as band. */
export interface NetworkBetas extends BlockBetas {
  readonly marketSet: string;
  readonly start: Start;
  /** Betas of each network by itself, in the order of the seeds. */
  readonly replicates: readonly BlockBetas[];
}

/**
 * Mean betas of the networks of one fit with their seed band, and the betas of each.
 *
 * Fitted in the fitting and validation blocks; walk-forward in the out-of-sample block, with weights that are not updated.
 *
 * @example
 * const { marketSet, replicates, walkForward } = networkBetas(fits[0]!);
 * [marketSet, replicates.length, meanBeta(walkForward, "FIAT")]; // ["FIAT", 2, -1.6779]
 */
export function networkBetas({ row, panel, fit }: ChosenFit): NetworkBetas {
  return {
    marketSet: row.marketSet,
    start: row.start,
    ...ensembleBetas(panel, fit),
    replicates: replicateBetas(panel, fit),
  };
}

/** Betas on one market, from every start. */
export interface MarketBetas {
  readonly market: string;
  readonly marketSet: string;
  readonly starts: readonly NetworkBetas[];
}

/**
 * Betas on each market from the smallest market set that holds it: the market alone, where the study trains that.
 *
 * @returns in the order in which markets occur in the sets; of sets of one size, the first
 * @example
 * marketBetas(fits.map(networkBetas)).map(({ market, marketSet }) => [market, marketSet]);
 * // [["FIAT", "FIAT"], ["GOLD", "GOLD"]]
 */
export function marketBetas(betas: readonly NetworkBetas[]): MarketBetas[] {
  const size = (marketSet: string) => marketNames(marketSet).length;
  const bySize = [...new Set(betas.map(({ marketSet }) => marketSet))].sort(
    (a, b) => size(a) - size(b),
  );
  const markets = [...new Set(bySize.flatMap(marketNames))];
  return markets.map((market) => {
    const marketSet = bySize.find((set) => marketNames(set).includes(market))!;
    const starts = betas.filter((start) => start.marketSet === marketSet);
    return { market, marketSet, starts };
  });
}
