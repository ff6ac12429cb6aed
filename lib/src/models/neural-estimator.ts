/** The neural beta among the estimators: configuration chosen, trained and averaged over seeds, block by block. */

import type { Estimator } from "../betas/estimator.js";
import { walkBlocks } from "../betas/walk-blocks.js";
import { type Refit, walkForwardSplits } from "../panel/walk-forward.js";
import type { Panel, Split } from "../types.js";
import { ensembleBeta } from "./ensemble.js";
import type { Start } from "./network.js";
import { type Final, fitNeuralBeta, type NeuralFit } from "./neural-beta.js";
import {
  bestConfigurations,
  type SearchOptions,
  type SearchRow,
  searchNetworks,
} from "./search.js";
import type { Trainer, TrainOptions } from "./trainer.js";

/** A search without its market sets, split and starts: what the neural estimator chooses its configuration from. */
export interface NeuralEstimatorOptions
  extends Omit<SearchOptions, "marketSets" | "split" | "starts"> {
  /** Updated networks are trained before the first date of each of these; by default before every date. */
  readonly refit?: Refit;
  /** "fitAndValidation": once the validation block has chosen, the networks are trained on both blocks. */
  readonly final?: Final;
}

/**
 * Mean beta over the seeds of the configuration with the lowest mean validation RMSE.
 *
 * frozen: configuration, weights and scale are those of the split. updated: the configuration too, but at every refit the
 * networks are trained anew, with the year before it for their epoch and all targets before that year to fit on. Without
 * `final`, weights stop a year before what they are tested on; with it, they know all before the refit.
 *
 * @returns an estimator `neural-glorot` or `neural-ols`, with `final` `neural-glorot-final` or `neural-ols-final`; its paths have the seeds' range as band
 * @example
 * const estimator = neuralEstimator("ols", trainer, small);
 * meanBeta(await estimator.estimate(dollar, study.split, "frozen"), "FIAT"); // -4.6779
 * @see report, Steps 2 to 4
 */
export function neuralEstimator(
  start: Start,
  trainer: Trainer,
  options: NeuralEstimatorOptions & Pick<TrainOptions, "signal">,
): Estimator {
  const { lookback, grid, epochs, seed, batchSize, scaling, coinIdentity, refit, final, signal } =
    options;
  // Nothing else of the options: the key must name all that the betas depend on.
  const chosen: NeuralEstimatorOptions = {
    lookback,
    grid,
    epochs,
    seed,
    ...(batchSize === undefined ? {} : { batchSize }),
    ...(scaling === undefined ? {} : { scaling }),
    ...(coinIdentity === undefined ? {} : { coinIdentity }),
    ...(refit === undefined ? {} : { refit }),
    ...(final === undefined ? {} : { final }),
  };
  const training = { keep: false, ...(signal ? { signal } : {}) };
  const refits = ({ dates }: Panel, { inSample, outOfSample }: Split) =>
    walkForwardSplits(dates, {
      from: inSample.from,
      lookback,
      test: outOfSample,
      refit: refit ?? "periodically",
    });
  const trainedBy = (trainer: Trainer): Estimator => ({
    id: `neural-${start}${final === undefined ? "" : "-final"}`,
    key: JSON.stringify([trainer.id, chosen]),
    builtIn: true,
    networks(panel, split, update) {
      const fits = update === "frozen" ? 1 : refits(panel, split).length;
      return fits * grid.replicates * (final === undefined ? 1 : 2);
    },
    async estimate(panel, split, update) {
      const fit = (known: Panel, split: Split, row: SearchRow) =>
        fitChosen(known, trainer, { ...chosen, split, row, ...training });
      const [best] = bestConfigurations(
        await searchStart(panel, trainer, { ...chosen, split, start, ...training }),
      ) as [SearchRow];
      if (update === "frozen")
        return ensembleBeta(panel, await fit(panel, split, best), "walkForward");
      return walkBlocks(panel, refits(panel, split), async (known, date) =>
        ensembleBeta(known, await fit(known, date, best), "walkForward"),
      );
    },
  });
  const estimator = trainedBy(trainer);
  return trainer.paths?.(estimator, trainedBy(trainer.plain ?? trainer)) ?? estimator;
}

/** A grid, its split and the start that its networks have. */
export interface StartOptions extends NeuralEstimatorOptions, Pick<TrainOptions, "signal"> {
  readonly split: Split;
  readonly start: Start;
}

/** The grid from one start, on the panel's own markets together. */
export function searchStart(
  panel: Panel,
  trainer: Trainer,
  { start, ...options }: StartOptions,
): Promise<SearchRow[]> {
  const marketSets = [panel.markets.join("+")];
  return searchNetworks(panel, trainer, { ...options, marketSets, starts: [start] });
}

/** A row of a search, and what its networks are trained on. */
export interface ChosenOptions extends NeuralEstimatorOptions, TrainOptions {
  readonly split: Split;
  readonly row: SearchRow;
}

/**
 * Networks of one row of a search, trained again: the same bits, with weights and curves.
 *
 * @example
 * const [best] = bestConfigurations(rows);
 * const again = await fitChosen(dollar, trainer, { ...small, row: best! });
 * again.networks.length; // 2
 */
export function fitChosen(
  panel: Panel,
  trainer: Trainer,
  { row, ...options }: ChosenOptions,
): Promise<NeuralFit> {
  const { replicates } = options.grid;
  return fitNeuralBeta(panel, trainer, { ...options, ...row, replicates });
}

/**
 * True for rows of a network: in tables its estimator is `neural-` and the start.
 *
 * @example
 * comparison.filter(isNetwork).length; // 0: the comparison has classical estimators only
 */
export function isNetwork({ estimator }: { readonly estimator: string }): boolean {
  return estimator.startsWith("neural-");
}
