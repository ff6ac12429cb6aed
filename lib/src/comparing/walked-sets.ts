/** Walk-forward betas of every estimator on every market set: what all out-of-sample tests of a notebook share. */

import type { Estimator } from "../betas/estimator.js";
import { marketNames, selectMarkets } from "../panel/panel.js";
import type { Panel, Split } from "../types.js";
import { type Candidate, walkedLadder } from "./forecast-comparison.js";

/** One market set with the walk-forward betas of its estimators. */
export interface WalkedSet {
  /** The panel with the markets of the set. */
  readonly panel: Panel;
  readonly candidates: readonly Candidate[];
}

/**
 * The ladder on the test blocks of a walk forward, set by set.
 *
 * @param estimators the ladder for a number of markets
 * @returns in the order of the sets
 * @throws RangeError if a set names a market that the panel has not
 * @example
 * const walkedOn = await walkedSets(panel, ["FIAT", "GOLD"], () => estimators, splits);
 * walkedOn.map(({ candidates }) => candidates.length); // [7, 7]
 */
export async function walkedSets(
  panel: Panel,
  marketSets: readonly string[],
  estimators: (markets: number) => readonly Estimator[],
  splits: readonly Split[],
  onProgress?: (done: number, total: number) => void,
): Promise<WalkedSet[]> {
  const sets: WalkedSet[] = [];
  for (const set of marketSets) {
    const chosen = selectMarkets(panel, marketNames(set));
    const ladder = estimators(chosen.markets.length);
    const candidates = await walkedLadder(chosen, ladder, splits);
    sets.push({ panel: chosen, candidates });
    onProgress?.(sets.length, marketSets.length);
  }
  return sets;
}
