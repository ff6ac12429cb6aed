/** The neural beta among the estimators: configuration chosen, trained and averaged over seeds, block by block. */

import type { Estimator } from "../betas/estimator.js";
import { walkBlocks } from "../betas/walk-blocks.js";
import { walkForwardSplits } from "../panel/walk-forward.js";
import type { Panel, Split } from "../types.js";
import { ensembleBeta } from "./ensemble.js";
import type { Start } from "./network.js";
import { fitNeuralBeta, type NeuralFit } from "./neural-beta.js";
import {
  bestConfigurations,
  type SearchOptions,
  type SearchRow,
  searchNetworks,
} from "./search.js";
import type { Trainer, TrainOptions } from "./trainer.js";

/** A search without its market sets, split and starts: what the neural estimator chooses its configuration from. */
export type NeuralEstimatorOptions = Omit<SearchOptions, "marketSets" | "split" | "starts">;

/**
 * Mean beta over the seeds of the configuration with the lowest mean validation RMSE.
 *
 * frozen: configuration, weights and scale are those of the split. updated: the configuration too, but before every date
 * of the test block the networks are trained anew, with the year before that date for their epoch and all targets before
 * that year to fit on.
 *
 * @returns an estimator `neural-glorot` or `neural-ols`; its paths have the seeds' range as band
 * @example
 * const estimator = neuralEstimator("ols", trainer, small);
 * meanBeta(await estimator.estimate(dollar, study.split, "frozen"), "FIAT"); // -4.6779
 * @see report, Steps 2 to 4
 */
export function neuralEstimator(
  start: Start,
  trainer: Trainer,
  options: NeuralEstimatorOptions,
  { signal }: Pick<TrainOptions, "signal"> = {},
): Estimator {
  const training = signal ? { signal } : {};
  return {
    id: `neural-${start}`,
    async estimate(panel, split, update) {
      const fit = (known: Panel, of: Split, row: SearchRow) =>
        fitChosen(known, trainer, options, of, row, training);
      const [chosen] = bestConfigurations(
        await searchStart(panel, trainer, options, split, start, training),
      ) as [SearchRow];
      if (update === "frozen")
        return ensembleBeta(panel, await fit(panel, split, chosen), "walkForward");
      const dates = walkForwardSplits(panel.dates, {
        from: split.inSample.from,
        lookback: options.lookback,
        test: split.outOfSample,
        refit: "periodically",
      });
      return walkBlocks(panel, dates, async (known, of) =>
        ensembleBeta(known, await fit(known, of, chosen), "walkForward"),
      );
    },
  };
}

/** The grid from one start, on the panel's own markets together. */
export function searchStart(
  panel: Panel,
  trainer: Trainer,
  options: NeuralEstimatorOptions,
  split: Split,
  start: Start,
  training: TrainOptions = {},
): Promise<SearchRow[]> {
  return searchNetworks(
    panel,
    trainer,
    {
      ...options,
      split,
      marketSets: [panel.markets.join("+")],
      starts: [start],
    },
    training,
  );
}

/**
 * Networks of one row of a search, trained again: the same bits, with weights and curves.
 *
 * @example
 * const [best] = bestConfigurations(rows);
 * const again = await fitChosen(dollar, trainer, small, study.split, best!);
 * again.networks.length; // 2
 */
export function fitChosen(
  panel: Panel,
  trainer: Trainer,
  options: NeuralEstimatorOptions,
  split: Split,
  row: SearchRow,
  training: TrainOptions = {},
): Promise<NeuralFit> {
  const { replicates } = options.grid;
  return fitNeuralBeta(panel, trainer, { ...options, ...row, split, replicates }, training);
}
