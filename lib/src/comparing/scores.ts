/** Hedging RMSE of betas in the blocks of a split, in one form for nulls and networks. */

import { hedgingRmse } from "../betas/hedging.js";
import { ensembleBeta, learningCurves } from "../models/ensemble.js";
import type { TrainedFit } from "../models/neural-beta.js";
import { type Spread, spread } from "../stats/spread.js";
import type { BetaPath, Panel, Split } from "../types.js";

/** Hedging RMSE of one beta in the validation and the out-of-sample block. */
export interface BlockScore {
  readonly beta: string;
  /** RMSE of the validation block: for networks a selection score, over replicates. */
  readonly validation: Spread;
  /** RMSE of the block that nothing was chosen on; for networks, of their mean beta. */
  readonly outOfSample: number;
}

/**
 * Scores of a walk-forward path, for example of a null.
 *
 * @example
 * pathScore(dollar, pooled, { beta: "the pooled constant", split: study.split });
 * // { beta: "the pooled constant", validation: { mean: 0.2353, lowest: 0.2353, highest: 0.2353 }, outOfSample: 0.1876 }
 */
export function pathScore(
  panel: Panel,
  path: BetaPath,
  { beta, split }: { readonly beta: string; readonly split: Split },
): BlockScore {
  const rmse = hedgingRmse(panel, path, split.validation);
  return {
    beta,
    validation: spread([rmse]),
    outOfSample: hedgingRmse(panel, path, split.outOfSample),
  };
}

/**
 * Scores of trained networks.
 *
 * @example
 * networkScore("network", dollar, fit);
 * // { beta: "network", validation: { mean: 0.2724, lowest: 0.2561, highest: 0.2886 }, outOfSample: 0.2133 }
 */
export function networkScore(beta: string, panel: Panel, fit: TrainedFit): BlockScore {
  const { selected } = learningCurves(fit);
  const walkForward = ensembleBeta(panel, fit, "walkForward");
  return {
    beta,
    validation: spread(selected),
    outOfSample: hedgingRmse(panel, walkForward, fit.options.split.outOfSample),
  };
}
