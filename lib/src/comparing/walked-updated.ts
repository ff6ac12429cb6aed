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
    const ladder = estimators(panel.markets.length);
    const walks = await trainedBeside(ladder, (estimator) =>
      walkedEstimator(panel, estimator, { splits, update: "updated" }),
    );
    found.push(walks.map((walk) => ({ ...walk, marketSet: set })));
    onProgress?.(i + 1, panels.length);
  }
  return found;
}

/** Walks of a ladder in its order; networks train on threads of their own while the other estimators have this one. */
async function trainedBeside(
  ladder: readonly Estimator[],
  walk: (estimator: Estimator) => Promise<Walked>,
): Promise<Walked[]> {
  const walks = new Map<Estimator, Walked>();
  const keep = async (estimator: Estimator) => {
    walks.set(estimator, await walk(estimator));
  };
  const training = Promise.all(ladder.filter(({ networks }) => networks).map(keep));
  try {
    for (const estimator of ladder.filter(({ networks }) => !networks)) {
      // Between two estimators threads are heard, and given their next network.
      await Promise.race([training, new Promise((resolve) => setImmediate(resolve))]);
      await keep(estimator);
    }
  } finally {
    // Nothing runs on after a failure, which is told rather than one that came later.
    await training.catch(() => {});
  }
  await training;
  return ladder.map((estimator) => walks.get(estimator)!);
}
