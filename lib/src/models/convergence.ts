/** How fast networks reach their lowest validation loss, and what becomes of it afterwards. */

import { checkInteger } from "../check.js";
import { mean } from "../stats/moments.js";
import { quantile } from "../stats/quantile.js";
import { type Spread, spread } from "../stats/spread.js";
import type { ChosenFit } from "./chosen-fits.js";
import { learningCurves } from "./ensemble.js";
import type { Start } from "./network.js";
import type { SearchRow } from "./search.js";

/** Convergence of the networks of one configuration, over its seeds. */
export interface Convergence {
  readonly row: SearchRow;
  /** Median epoch of the lowest validation loss; 0 is the start. */
  readonly epochMedian: number;
  readonly epochLowest: number;
  readonly epochHighest: number;
  /** Share of networks whose epoch is at most `by`. */
  readonly shareWithin: number;
  /** Validation minus in-sample RMSE at that epoch, log returns. */
  readonly gap: Spread;
  /** Validation RMSE at epoch `by` over the lowest; NaN if no network was trained so far. */
  readonly later: Spread;
  /** Networks that were trained through epoch `by`. */
  readonly reached: number;
}

/**
 * Convergence of the networks of one row of a search.
 *
 * @param by epoch that a claim names, for example 100: "stable minima within 100 epochs"
 * @throws RangeError if `by` is not an integer of at least 0
 * @example
 * const { epochMedian, later } = convergence(fits[0]!, 10);
 * [epochMedian, later.mean]; // [4.5, 1.0349]
 * @see report, Step 3
 */
export function convergence({ row, fit }: ChosenFit, by: number): Convergence {
  checkInteger("convergence", "by", by, 0);
  const { inSample, validation, selected, bestEpochs } = learningCurves(fit);
  const epochs = [...bestEpochs].sort((a, b) => a - b);
  const later = validation.flatMap((rmse, seed) =>
    rmse[by] === undefined ? [] : rmse[by] / selected[seed]!,
  );
  return {
    row,
    epochMedian: quantile(epochs, 0.5),
    epochLowest: epochs[0]!,
    epochHighest: epochs.at(-1)!,
    shareWithin: epochs.filter((epoch) => epoch <= by).length / epochs.length,
    gap: spread(selected.map((rmse, seed) => rmse - inSample[seed]![bestEpochs[seed]!]!)),
    later: spread(later),
    reached: later.length,
  };
}

/** Means over all configurations of one market set and start: market sets at equal widths, rates and activations. */
export interface GridConvergence {
  readonly marketSet: string;
  readonly start: Start;
  readonly configurations: number;
  readonly bestEpoch: number;
  readonly bestEpochFirst: number;
  readonly bestEpochLast: number;
  readonly trainRmse: number;
  readonly valRmse: number;
}

/**
 * Convergence over the whole grid, in the order in which market sets and starts occur in the rows.
 *
 * @example
 * const [first] = gridConvergence(rows);
 * first;
 * // { marketSet: "FIAT", start: "glorot", configurations: 1, bestEpoch: 4.5, bestEpochFirst: 0.5, bestEpochLast: 0,
 * // trainRmse: 0.2472, valRmse: 0.2724 }
 */
export function gridConvergence(rows: readonly SearchRow[]): GridConvergence[] {
  const groups = new Map<string, SearchRow[]>();
  for (const row of rows) {
    const key = `${row.marketSet} ${row.start}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) => {
    const { marketSet, start } = group[0]!;
    const over = (
      key: "bestEpoch" | "bestEpochFirst" | "bestEpochLast" | "trainRmse" | "valRmse",
    ) => mean(group.map((row) => row[key]));
    return {
      marketSet,
      start,
      configurations: group.length,
      bestEpoch: over("bestEpoch"),
      bestEpochFirst: over("bestEpochFirst"),
      bestEpochLast: over("bestEpochLast"),
      trainRmse: over("trainRmse"),
      valRmse: over("valRmse"),
    };
  });
}
