/** What a search has to beat: the nulls of its validation block. */

import { heldBeta } from "../betas/assemble.js";
import { hedgingRmse } from "../betas/hedging.js";
import { pooledBeta } from "../betas/pooled.js";
import { zeroBeta } from "../betas/zero.js";
import { marketNames, selectMarkets } from "../panel/panel.js";
import { panelWindows, targetRange } from "../panel/split.js";
import type { Panel, Split } from "../types.js";

/** Validation RMSE of no hedge and of one constant beta per market. */
export interface NullScores {
  /** Hedging RMSE of no hedge, in log returns. */
  readonly zero: number;
  /** Hedging RMSE of the frozen pooled constant, by market set. */
  readonly pooled: Readonly<Record<string, number>>;
}

/**
 * Validation RMSE of the nulls on the targets that the networks have.
 *
 * The pooled constant is fitted on the targets of the fitting block, from the first that has a whole look-back.
 *
 * @example
 * nullScores(panel, small); // { zero: 0.2463, pooled: { FIAT: 0.2353, GOLD: 0.2401 } }
 */
export function nullScores(
  panel: Panel,
  options: {
    readonly marketSets: readonly string[];
    readonly lookback: number;
    readonly split: Split;
  },
): NullScores {
  const { inSample, validation } = panelWindows(panel, options.lookback, options.split);
  const fit = targetRange(inSample, panel.dates);
  const scored = targetRange(validation, panel.dates);
  const pooled = options.marketSets.map((set) => {
    const chosen = selectMarkets(panel, marketNames(set));
    const frozen = heldBeta(pooledBeta(chosen, fit), fit);
    return [set, hedgingRmse(chosen, frozen, scored)] as const;
  });
  return {
    zero: hedgingRmse(panel, zeroBeta(panel), scored),
    pooled: Object.fromEntries(pooled),
  };
}
