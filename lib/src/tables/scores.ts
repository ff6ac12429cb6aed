/** Hedging RMSE of the baseline and its nulls. */

import type { BlockScore } from "../comparing/scores.js";
import { type Table, tableOf } from "./table.js";

/**
 * Hedging RMSE by beta: validation (for networks a selection score) and out-of-sample.
 *
 * @example
 * tableScores([pathScore(dollar, pooled, { beta: "pooled", split: study.split })], "monthly").rows;
 * // [["pooled", 0.2353, 0.2353, 0.2353, 0.1876]]
 */
export function tableScores(scores: readonly BlockScore[], sample: string): Table {
  return {
    id: "baseline-rmse",
    caption: `Hedging RMSE over coins and periods, log returns; ${sample}`,
    ...tableOf(scores, [
      { key: "beta", head: "Beta", value: ({ beta }) => beta },
      {
        key: "validationRmse",
        head: "Validation",
        decimals: 4,
        value: (row) => row.validation.mean,
      },
      {
        key: "validationLowest",
        head: "lowest",
        decimals: 4,
        value: (row) => row.validation.lowest,
      },
      {
        key: "validationHighest",
        head: "highest",
        decimals: 4,
        value: (row) => row.validation.highest,
      },
      {
        key: "outOfSampleRmse",
        head: "Out-of-sample",
        decimals: 4,
        value: ({ outOfSample }) => outOfSample,
      },
    ]),
    notes: [
      "Validation RMSE of a network is a selection score: its epoch was chosen on the same periods. Mean, lowest and highest over replicates; a null has one value.",
      "Out-of-sample RMSE of a network is that of its mean beta over replicates.",
    ],
  };
}
