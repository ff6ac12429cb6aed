/** What an estimator is to whoever compares several: betas for the test block of a split, from what lies before. */

import type { Refit } from "../panel/walk-forward.js";
import type { BetaPath, DateRange, Panel, Split } from "../types.js";
import { betaWithin, dateAfter, heldBeta } from "./assemble.js";

/**
 * When betas are estimated anew.
 *
 * frozen: estimated once, on the fitting block, like the weights of a network; what a network sees fresh every period, its
 * inputs, the others see fresh too where they have inputs (ridge) or a state (Kalman).
 * updated: estimated before every date on all that lies before it. Both are tuned on the validation block, and the tuning
 * holds for the whole test block.
 */
export type Update = "frozen" | "updated";

/** A named way to estimate betas for the test block of a split. */
export interface Estimator {
  /** Name in tables, for example `pooled`: letters, digits, points and hyphens. */
  readonly id: string;
  /** All choices that the betas depend on beside the arguments, in one text; without it a cache keeps none of them. */
  readonly key?: string;
  /** Whether every date updates it, frozen or not: it has no parameters that a fitting block could hold. */
  readonly running?: true;
  /** Whether it has betas for a panel's markets; a ladder leaves it out where not. Every panel by default. */
  readonly applies?: (panel: Panel) => boolean | Promise<boolean>;
  /** True for those of the project's ladder; a comparison checks all others first, see `checkEstimator`. */
  readonly builtIn?: boolean;
  /** Whether several of its paths may be asked for at once, beside other estimators: they are made on threads of their own. */
  readonly beside?: true;
  /** Networks that a path trains beside those of its search; none by default. */
  readonly networks?: (panel: Panel, split: Split, update: Update) => number;
  /**
   * Walk-forward betas on the dates of `split.outOfSample`; NaN on all others.
   *
   * @param panel log returns of the coins and of the markets that shall hedge them
   */
  readonly estimate: (panel: Panel, split: Split, update: Update) => BetaPath | Promise<BetaPath>;
}

/** What a path is made from, and for. */
export interface PathSample extends DateRange {
  /** The dates whose betas are used: a path may leave out all others. */
  readonly dates: DateRange;
}

/**
 * An estimator from a path that is re-estimated before every date: held from the end of the fitting block on, or as it is.
 *
 * @param path betas from data of the fitting block's first date on, through t - 1 for the one dated t; tuned, if it is, on the
 * split's validation block
 * @example
 * const historical = pathEstimator("historical", (panel, { from }) => historicalBeta(panel, { from }));
 * hedgingRmse(dollar, await historical.estimate(dollar, study.split, "frozen"), outOfSample); // 0.1893
 */
export function pathEstimator(
  id: string,
  path: (panel: Panel, fit: PathSample, split: Split) => BetaPath,
): Estimator {
  return {
    id,
    estimate(panel, split, update) {
      const { inSample, outOfSample } = split;
      const next = panel.dates[dateAfter(panel, inSample)];
      const frozen = update === "frozen" && next !== undefined;
      const dates = frozen ? { from: next, through: next } : outOfSample;
      const updated = path(panel, { ...inSample, dates }, split);
      return betaWithin(update === "frozen" ? heldBeta(updated, inSample) : updated, outOfSample);
    },
  };
}

/** When the parameters of an estimator are estimated that runs on with fresh inputs, or a state. */
export interface FittedOptions {
  /** frozen: parameters from the dates of this block. updated: before dates after it, from all since its first. */
  readonly fit: DateRange;
  readonly update: Update;
  /** How often updated parameters are estimated anew: before the first date of every block; before every date by default. */
  readonly refit?: Refit;
}

/**
 * An estimator from a path that has betas after a fitting block: frozen after the split's own, updated after the validation
 * block.
 *
 * @example
 * const ridge = fittedEstimator("ridge", (panel, options) => ridgeBeta(panel, { ...options, lookback: 12, penalty: 1 }));
 * meanBeta(await ridge.estimate(dollar, study.split, "frozen"), "FIAT"); // -3.4192
 */
export function fittedEstimator(
  id: string,
  path: (panel: Panel, options: FittedOptions, split: Split) => BetaPath,
): Estimator {
  return {
    id,
    estimate(panel, split, update) {
      const { inSample, validation, outOfSample } = split;
      const through = update === "frozen" ? inSample.through : validation.through;
      const fit = { from: inSample.from, through };
      return betaWithin(path(panel, { fit, update }, split), outOfSample);
    },
  };
}

/**
 * An estimator without parameters of its own: what it knows is a state, which every date updates. Frozen and updated are the same.
 *
 * @param path betas from data of the fitting block's first date on, through t - 1 for the one dated t
 * @example
 * const bank = runningEstimator("bank", bankBeta);
 * hedgingRmse(dollar, await bank.estimate(dollar, study.split, "frozen"), outOfSample); // 0.1932
 */
export function runningEstimator(
  id: string,
  path: (panel: Panel, fit: PathSample) => BetaPath,
): Estimator {
  return {
    id,
    running: true,
    estimate: (panel, { inSample, outOfSample }) =>
      betaWithin(path(panel, { ...inSample, dates: outOfSample }), outOfSample),
  };
}

/** The estimators that have betas for a panel's markets. */
export async function applicable(
  estimators: readonly Estimator[],
  panel: Panel,
): Promise<Estimator[]> {
  const applies = await Promise.all(
    estimators.map((estimator) => estimator.applies?.(panel) ?? true),
  );
  return estimators.filter((_, i) => applies[i]);
}
