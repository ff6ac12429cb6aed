/** Betas on consecutive test blocks as one path, whoever estimates them. */

import { panelThrough } from "../panel/cut.js";
import type { BetaPath, Panel, Split } from "../types.js";
import { stitchedBeta } from "./assemble.js";

/**
 * Walk-forward betas of every split's test block, one block after the other.
 *
 * @param estimate sees the panel through the last date of the split's test block and no further
 * @returns [T x N x K], NaN outside the test blocks
 */
export async function walkBlocks(
  panel: Panel,
  splits: readonly Split[],
  estimate: (known: Panel, split: Split) => BetaPath | Promise<BetaPath>,
): Promise<BetaPath> {
  const blocks: { path: BetaPath; range: Split["outOfSample"] }[] = [];
  for (const split of splits) {
    const range = split.outOfSample;
    const path = await estimate(panelThrough(panel, range.through), split);
    blocks.push({ path, range });
  }
  return stitchedBeta(panel, blocks);
}
