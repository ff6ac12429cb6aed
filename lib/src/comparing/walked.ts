/** Walk-forward betas of estimators on market sets: what every comparison is made of. */

import { cutBeta } from "../betas/assemble.js";
import { checkEstimators } from "../betas/check-estimator.js";
import { applicable, type Estimator, type Update } from "../betas/estimator.js";
import { inRange } from "../panel/calendar.js";
import { panelWithin } from "../panel/cut.js";
import { marketNames, selectMarkets } from "../panel/panel.js";
import type { BetaPath, DateRange, Panel, Progress, Sample, Split } from "../types.js";
import { type WalkForwardRun, walkForward } from "./walk-forward.js";

/** Betas of one estimator on the test blocks of a design. */
export interface Walked {
  /** The panel whose markets hedge, from the first tested date to the last, as those of the path. */
  readonly panel: Panel;
  readonly marketSet: string;
  readonly estimator: string;
  readonly update: Update;
  readonly path: BetaPath;
}

/** A way to evaluate: the report's split, or a walk forward; with the samples that are taken from its test blocks. */
export interface EvaluationDesign {
  readonly splits: readonly Split[];
  readonly samples: readonly Sample[];
}

/** The test blocks of a walk. */
export interface WalkedOptions extends Progress {
  readonly splits: readonly Split[];
}

/** What a visit makes of the panel with the markets of each set, one set after the other. */
export async function overMarketSets<T>(
  panel: Panel,
  marketSets: readonly string[],
  visit: (chosen: Panel, marketSet: string) => T | Promise<T>,
): Promise<T[]> {
  const found: T[] = [];
  for (const set of marketSets)
    found.push(await visit(selectMarkets(panel, marketNames(set)), set));
  return found;
}

/** One estimator on the test blocks of a design. */
export async function walkedEstimator(
  panel: Panel,
  estimator: Estimator,
  run: Pick<WalkForwardRun, "splits" | "update">,
): Promise<Walked> {
  const { splits, update } = run;
  const [marketSet, tested] = [panel.markets.join("+"), testedRange(panel, splits)];
  // Of twenty years of days three are tested, and many walks are kept at once.
  const path = cutBeta(await walkForward(panel, estimator, run), tested);
  return { panel: panelWithin(panel, tested), marketSet, estimator: estimator.id, update, path };
}

/** From the first tested date to the last; every date if none is tested. */
export function testedRange({ dates }: Panel, splits: readonly Split[]): DateRange {
  const tested = dates.filter((date) => splits.some((split) => inRange(date, split.outOfSample)));
  return { from: tested[0] ?? "", through: tested.at(-1) ?? "" };
}

/**
 * Betas of every estimator on the test blocks of a design, `frozen` and `updated`; an estimator whose two paths are the same,
 * as a constant's are, stands once: as frozen, or as updated where every date updates it. Estimators that do not apply to the panel's
 * markets are left out.
 *
 * @throws RangeError if ids are not apart, or an estimator that is not built in fails a short `checkEstimator`
 * @example
 * const walked = await walkedLadder(dollar, estimators, { splits });
 * walked.map(({ estimator, update }) => `${estimator}, ${update}`);
 * // ["zero, frozen", "pooled, frozen", "pooled, updated", "historical, frozen", "historical, updated", "rolling, frozen",
 * // "rolling, updated"]
 */
export async function walkedLadder(
  panel: Panel,
  ladder: readonly Estimator[],
  { splits, onProgress }: WalkedOptions,
): Promise<Walked[]> {
  const estimators = await applicable(ladder, panel);
  await checkEstimators("walkedLadder", estimators, { panel, splits });
  let done = 0;
  const walk = async (estimator: Estimator, update: Update) => {
    const own = await walkedEstimator(panel, estimator, { splits, update });
    onProgress?.(++done, 2 * estimators.length);
    return own;
  };
  const both = async (estimator: Estimator): Promise<Walked[]> => {
    const updated = await walk(estimator, "updated");
    if (estimator.running) onProgress?.(++done, 2 * estimators.length);
    const frozen = estimator.running ? updated : await walk(estimator, "frozen");
    const moves = updated.path.values.some((b, at) => !Object.is(b, frozen.path.values[at]));
    // What every date updates knows what updated ones know, and is held against them.
    return moves ? [frozen, updated] : [estimator.running ? updated : frozen];
  };
  // Those that may go on beside the others begin together; the others take turns.
  const walks = estimators.map((own) => (own.beside ? both(own) : undefined));
  // A failure is told below, when those that take turns are done.
  for (const begun of walks) begun?.catch(() => {});
  const walked: Walked[][] = [];
  for (const [i, own] of estimators.entries()) if (!walks[i]) walked[i] = await both(own);
  for (const [i, begun] of walks.entries()) if (begun) walked[i] = await begun;
  return walked.flat();
}

/**
 * The ladder on the test blocks of a walk forward, set by set.
 *
 * @param estimators the ladder for a number of markets
 * @returns in the order of the sets
 * @throws RangeError if a set names a market that the panel has not
 * @example
 * const walkedOn = await walkedSets(panel, () => estimators, { marketSets: ["FIAT", "GOLD"], splits });
 * walkedOn.map((set) => [set[0]!.marketSet, set.length]); // [["FIAT", 7], ["GOLD", 7]]
 */
export async function walkedSets(
  panel: Panel,
  estimators: (markets: number) => readonly Estimator[],
  { marketSets, splits, onProgress }: WalkedOptions & { readonly marketSets: readonly string[] },
): Promise<Walked[][]> {
  let done = 0;
  return overMarketSets(panel, marketSets, async (chosen) => {
    const walked = await walkedLadder(chosen, estimators(chosen.markets.length), { splits });
    onProgress?.(++done, marketSets.length);
    return walked;
  });
}
