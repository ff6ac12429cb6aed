/** Updated betas alone, on panels under names: where every estimator is estimated anew, frozen ones are another question. */

import type { Estimator } from "../betas/estimator.js";
import type { NamedPanel } from "./regrets.js";
import { type Walked, type WalkedOptions, walkedEstimator } from "./walked.js";

/**
 * Updated betas of every estimator on each panel, which stands as market set under its name.
 *
 * @param estimators the ladder for a number of markets
 * @returns in the order of the panels
 * @example
 * const sets = await walkedUpdated([{ set: "the dollar", panel: dollar }], () => estimators, { splits });
 * sets[0]!.map(({ marketSet, estimator }) => `${marketSet}: ${estimator}`).slice(0, 2); // ["the dollar: zero", "the dollar: pooled"]
 */
export async function walkedUpdated(
  panels: readonly NamedPanel[],
  estimators: (markets: number) => readonly Estimator[],
  { splits, onProgress }: WalkedOptions,
): Promise<Walked[][]> {
  const found: Walked[][] = [];
  for (const [i, { set, panel }] of panels.entries()) {
    const walked: Walked[] = [];
    for (const estimator of estimators(panel.markets.length)) {
      const walk = await walkedEstimator(panel, estimator, { splits, update: "updated" });
      walked.push({ ...walk, marketSet: set });
    }
    found.push(walked);
    onProgress?.(i + 1, panels.length);
  }
  return found;
}
