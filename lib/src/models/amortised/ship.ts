/** The files that ship: weights trained from nothing, and their card with scores on fresh series. */

import { createHash } from "node:crypto";
import { FEATURES } from "./features.js";
import { layerWidths } from "./network.js";
import { priorSeries } from "./prior.js";
import { truthScores } from "./prior-test.js";
import { CYCLE_ROWS } from "./rows.js";
import { networkOf } from "./series-betas.js";
import { type AmortisedTrainingOptions, type TrainingPlan, trainAmortised } from "./training.js";
import { type AmortisedCard, packedWeights } from "./weights.js";

/** Series of the test whose scores the card has. */
const TEST_SERIES = 1500;
/** Rows seen before the betas that the card scores. */
export const TEST_LOOKBACKS: readonly number[] = [8, 12, 18, 24, 36, 60, 90, 120, 180, 240];

/**
 * Trains the network of a plan and scores it on series of the prior that neither trained nor chose anything.
 *
 * @returns the weights file's bytes, 32-bit floats little-endian, and the card; the same bytes on every machine and for any number
 * of threads
 * @example
 * const { card } = await makeAmortised({ ...TRAINING_PLAN, hidden: [8], rounds: 1, cycles: 1, passes: 1, batch: 29 }, { series: 20 });
 * card.steps; // 15
 */
export async function makeAmortised(
  plan: TrainingPlan,
  {
    series = TEST_SERIES,
    ...options
  }: AmortisedTrainingOptions & { readonly series?: number } = {},
): Promise<{ readonly bytes: Uint8Array; readonly card: AmortisedCard }> {
  const { weights, steps, visits, priorHash, curve } = await trainAmortised(plan, options);
  const widths = layerWidths(plan.hidden);
  const packed = packedWeights(weights, widths, FEATURES);
  const bytes = new Uint8Array(packed.buffer);
  const fresh = Array.from({ length: series }, (_, i) => priorSeries("test", i, { rows: 260 }));
  const [, , bank, network] = truthScores(fresh, TEST_LOOKBACKS, networkOf(widths, weights));
  const card: AmortisedCard = {
    plan,
    parameters: packed.length,
    steps,
    rows: plan.rounds * plan.cycles * CYCLE_ROWS,
    visits,
    prior: priorHash,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    curve,
    test: {
      series,
      share: network!.share,
      bankShare: bank!.share,
      tStat: network!.tStat,
      coverage: network!.coverage,
    },
  };
  return { bytes, card };
}
