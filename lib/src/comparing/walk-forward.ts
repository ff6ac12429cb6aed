/** Walk-forward evaluation: the test blocks of an estimator, one after the other, as one path. */

import type { Estimator, Update } from "../betas/estimator.js";
import { walkBlocks } from "../betas/walk-blocks.js";
import { inRange } from "../panel/calendar.js";
import type { BetaPath, Panel, Progress, Split } from "../types.js";

/** The test blocks, and whether betas are updated within them. */
export interface WalkForwardRun extends Progress {
  /** With test blocks apart; see `walkForwardSplits`. */
  readonly splits: readonly Split[];
  readonly update: Update;
}

/**
 * Betas of an estimator on the test block of every split.
 *
 * An estimator sees the panel through the last date of its test block and no further: nothing later can reach a block.
 *
 * @param panel log returns of the coins and of the markets that shall hedge them
 * @returns [T x N x K] walk-forward betas, NaN outside the test blocks
 * @throws RangeError if test blocks overlap
 * @example
 * const historical = estimators.find(({ id }) => id === "historical")!;
 * const walked = await walkForward(dollar, historical, { splits, update: "frozen" });
 * hedgingRmse(dollar, walked, { from: "2021-01", through: "2024-11" }); // 0.2316
 */
export async function walkForward(
  panel: Panel,
  estimator: Estimator,
  { splits, update, onProgress }: WalkForwardRun,
): Promise<BetaPath> {
  const twice = panel.dates.find(
    (date) => splits.filter(({ outOfSample }) => inRange(date, outOfSample)).length > 1,
  );
  if (twice !== undefined)
    throw new RangeError(
      `walkForward: every date must lie in one test block at most, but ${twice} lies in several; keep the splits' test blocks apart`,
    );
  let done = 0;
  return walkBlocks(panel, splits, async (known, split) => {
    const path = await estimator.estimate(known, split, update);
    onProgress?.(++done, splits.length);
    return path;
  });
}
