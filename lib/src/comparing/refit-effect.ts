/** What a schedule of refits costs or gains: the same networks, trained before every date. */

import { hedgingRmse } from "../betas/hedging.js";
import type { Start } from "../models/network.js";
import { type NeuralEstimatorOptions, neuralEstimator } from "../models/neural-estimator.js";
import type { Trainer } from "../models/trainer.js";
import type { Panel, Split } from "../types.js";
import { walkForward } from "./walk-forward.js";

/** Hedging RMSE of updated networks from one start, in log returns. */
export interface RefitEffect {
  readonly start: Start;
  /** Trained as often as the options say. */
  readonly scheduled: number;
  /** Trained before every date. */
  readonly everyDate: number;
}

/** Networks of some starts, and the test blocks that they are walked over. */
export interface RefitEffectOptions extends NeuralEstimatorOptions {
  readonly starts: readonly Start[];
  readonly splits: readonly Split[];
}

/**
 * Updated networks of every start on the test blocks of a design, by the schedule of the options and trained before every date.
 *
 * @example
 * const options = { ...small, refit: "quarterly" } as const;
 * const [effect] = await refitEffect(dollar, trainer, { ...options, splits: splits.slice(-1) });
 * [effect!.scheduled, effect!.everyDate]; // [0.2396, 0.2377]
 */
export async function refitEffect(
  panel: Panel,
  trainer: Trainer,
  { starts, splits, ...options }: RefitEffectOptions,
): Promise<RefitEffect[]> {
  const { refit: _, ...always } = options;
  const range = {
    from: splits[0]!.outOfSample.from,
    through: splits.at(-1)!.outOfSample.through,
  };
  const effects: RefitEffect[] = [];
  for (const start of starts) {
    const rmse = async (given: NeuralEstimatorOptions) => {
      const estimator = neuralEstimator(start, trainer, given);
      const path = await walkForward(panel, estimator, { splits, update: "updated" });
      return hedgingRmse(panel, path, range);
    };
    effects.push({ start, scheduled: await rmse(options), everyDate: await rmse(always) });
  }
  return effects;
}
