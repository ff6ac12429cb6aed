/** The networks behind rows of a search, with their weights, curves and betas. */

import { marketNames, selectMarkets } from "../panel/panel.js";
import type { Panel, Split } from "../types.js";
import type { NeuralFit } from "./neural-beta.js";
import { fitChosen, type NeuralEstimatorOptions } from "./neural-estimator.js";
import type { SearchRow } from "./search.js";
import type { Trainer, TrainOptions } from "./trainer.js";

/** One row of a search with its networks. */
export interface ChosenFit {
  readonly row: SearchRow;
  /** The panel with the markets of the row. */
  readonly panel: Panel;
  readonly fit: NeuralFit;
}

/** Rows of a search, and what their networks are trained on. */
export interface ChosenFitsOptions extends NeuralEstimatorOptions, TrainOptions {
  readonly split: Split;
  /** For example the chosen configurations, `bestConfigurations(rows)`. */
  readonly rows: readonly SearchRow[];
}

/**
 * Networks of several rows of a search, trained again: the same bits as in the search, with weights and curves.
 *
 * Fits on the fitting block and chooses epochs on the validation block; the out-of-sample block may differ from the search's.
 *
 * @param panel log returns with all markets that the rows name
 * @returns in the order of the rows
 * @throws RangeError if a row names a market that the panel has not
 * @example
 * const chosen = await chosenFits(panel, trainer, { ...small, rows: bestConfigurations(rows) });
 * chosen.map(({ row, fit }) => [row.marketSet, fit.networks.length]); // [["FIAT", 2], ["GOLD", 2]]
 */
export async function chosenFits(
  panel: Panel,
  trainer: Trainer,
  { rows, onProgress, ...options }: ChosenFitsOptions,
): Promise<ChosenFit[]> {
  const { replicates } = options.grid;
  const fits: ChosenFit[] = [];
  for (const row of rows) {
    const hedged = selectMarkets(panel, marketNames(row.marketSet));
    const before = fits.length * replicates;
    const fit = await fitChosen(hedged, trainer, {
      ...options,
      row,
      onProgress: (done) => onProgress?.(before + done, rows.length * replicates),
    });
    fits.push({ row, panel: hedged, fit });
  }
  return fits;
}
