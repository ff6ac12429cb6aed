/** Whether the configurations of a search differ by more than their seeds, and how many beat one constant. */

import type { SearchTest } from "../comparing/search-tests.js";
import { type Table, tableOf } from "./table.js";

/**
 * Tests of a search: a line for each market set and start.
 *
 * @example
 * tableSearchTests(searchTests(rows, nullScores(panel, small)), "two seeds").rows[0];
 * // ["FIAT", "glorot", 1, NaN, NaN, NaN, NaN, NaN, 0, 0, 0]: one configuration, which differs from no other
 */
export function tableSearchTests(tests: readonly SearchTest[], sample: string): Table {
  return {
    id: "search-tests",
    caption: `Do the configurations differ by more than chance, and how many lie below the pooled constant? ${sample}`,
    ...tableOf(tests, [
      { key: "marketSet", head: "Markets", value: ({ marketSet }) => marketSet },
      { key: "start", head: "Start", value: ({ start }) => start },
      {
        key: "configurations",
        head: "Configurations",
        decimals: 0,
        value: ({ configurations }) => configurations,
      },
      { key: "fStatistic", head: "F", decimals: 1, value: ({ fTest }) => fTest.statistic },
      {
        key: "degreesOfFreedom",
        head: "Df within",
        decimals: 0,
        fileOnly: true,
        value: ({ fTest }) => fTest.degreesOfFreedom[1],
      },
      { key: "fPValue", head: "p", decimals: 3, value: ({ fTest }) => fTest.pValue },
      { key: "welchStatistic", head: "Welch", decimals: 1, value: ({ welch }) => welch.statistic },
      { key: "welchPValue", head: "p", decimals: 3, value: ({ welch }) => welch.pValue },
      { key: "below", head: "Below, best epoch", decimals: 0, value: ({ below }) => below },
      {
        key: "belowTrained",
        head: "Below, after epoch 0",
        decimals: 0,
        value: ({ belowTrained }) => belowTrained,
      },
      {
        key: "belowLast",
        head: "Below, last epoch",
        decimals: 0,
        value: ({ belowLast }) => belowLast,
      },
    ]),
    notes: [
      "F: variance of the configurations' mean validation RMSE over the variance within configurations, over seeds; Welch: the same with a variance of each configuration's own, empty where all seeds of one agree. Seeds are the only chance here: all networks are scored on the same dates.",
      "Below: configurations whose mean over seeds lies below the pooled constant, at the best epoch, at the best after epoch 0, and after the last epoch. From the start ols, epoch 0 is the pooled constant itself, so that the best epoch cannot lie above it.",
    ],
  };
}
