/** Walk-forward betas of a network seed by seed: what pairs an experiment with its base. */

import { stitchedBeta } from "../betas/assemble.js";
import { ensembleBeta } from "../models/ensemble.js";
import type { Start } from "../models/network.js";
import { fitChosen, type NeuralEstimatorOptions, searchStart } from "../models/neural-estimator.js";
import { bestConfigurations } from "../models/search.js";
import type { Trainer } from "../models/trainer.js";
import { panelThrough } from "../panel/panel.js";
import type { BetaPath, Panel, Split } from "../types.js";

/**
 * Betas of every replicate on the test block of every split: configuration chosen over all replicates and weights frozen, as
 * `neuralEstimator` does; the mean over the paths is its path.
 *
 * @returns one path per replicate, in their order
 * @throws RangeError if a network's loss is not finite at its start
 * @example
 * const paths = await seedPaths(dollar, "glorot", trainer, small, splits);
 * paths.length; // 2: one for each replicate
 */
export async function seedPaths(
  panel: Panel,
  start: Start,
  trainer: Trainer,
  options: NeuralEstimatorOptions,
  splits: readonly Split[],
): Promise<BetaPath[]> {
  const blocks: BetaPath[][] = [];
  for (const split of splits) {
    const known = panelThrough(panel, split.outOfSample.through);
    const rows = await searchStart(known, trainer, options, split, start);
    const [chosen] = bestConfigurations(rows);
    const fit = await fitChosen(known, trainer, options, split, chosen!);
    blocks.push(
      fit.networks.map((network) =>
        ensembleBeta(known, { ...fit, networks: [network] }, "walkForward"),
      ),
    );
  }
  return blocks[0]!.map((_, replicate) =>
    stitchedBeta(
      panel,
      blocks.map((paths, b) => ({
        path: paths[replicate]!,
        range: splits[b]!.outOfSample,
      })),
    ),
  );
}
