/** The search and what it chose. */

import type { SearchRow } from "../models/search.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

const COLUMNS: readonly RowColumn<SearchRow>[] = [
  { key: "marketSet", head: "Markets", value: ({ marketSet }) => marketSet },
  {
    key: "lookback",
    head: "Look-back",
    decimals: 0,
    fileOnly: true,
    value: ({ lookback }) => lookback,
  },
  { key: "hidden", head: "Hidden", decimals: 0, value: ({ hidden }) => hidden },
  { key: "learningRate", head: "Rate", decimals: 3, value: ({ learningRate }) => learningRate },
  { key: "activation", head: "Activation", value: ({ activation }) => activation },
  { key: "start", head: "Start", value: ({ start }) => start },
  { key: "seeds", head: "Seeds", decimals: 0, fileOnly: true, value: ({ seeds }) => seeds },
  { key: "trainRmse", head: "In-sample", decimals: 4, value: ({ trainRmse }) => trainRmse },
  { key: "valRmse", head: "Validation", decimals: 4, value: ({ valRmse }) => valRmse },
  { key: "valRmseSd", head: "Sd", decimals: 4, value: ({ valRmseSd }) => valRmseSd },
  { key: "valRmseSe", head: "Se", decimals: 4, value: standardErrorOf },
  { key: "bestEpoch", head: "Best epoch", decimals: 0, value: ({ bestEpoch }) => bestEpoch },
  {
    key: "bestEpochFirst",
    head: "First",
    decimals: 2,
    value: ({ bestEpochFirst }) => bestEpochFirst,
  },
  { key: "bestEpochLast", head: "Last", decimals: 2, value: ({ bestEpochLast }) => bestEpochLast },
  { key: "parameters", head: "Parameters", decimals: 0, value: ({ parameters }) => parameters },
  { key: "rows", head: "Rows", decimals: 0, fileOnly: true, value: ({ rows }) => rows },
  {
    key: "valRmseTrained",
    head: "After the start",
    fileOnly: true,
    decimals: 4,
    value: (row) => row.valRmseTrained,
  },
  {
    key: "valRmseLast",
    head: "Last epoch",
    fileOnly: true,
    decimals: 4,
    value: (row) => row.valRmseLast,
  },
];

/** Standard error of the mean over seeds. */
function standardErrorOf({ valRmseSd, seeds }: SearchRow): number {
  return valRmseSd / Math.sqrt(seeds);
}

const NOTES = [
  "RMSE over coin-periods in log returns at the best epoch, mean over seeds. The validation RMSE is a selection score: epoch and configuration were chosen on the same periods.",
  "Sd: standard deviation of the validation RMSE over seeds, of a single network; Se: standard error of their mean. First, last: share of networks that are best at their start, and in their last epoch, where they were still improving.",
];

/**
 * Every configuration of the search; the first on screen.
 *
 * @example
 * tableSearch(rows, "two seeds").columns.map(({ key }) => key).slice(0, 6);
 * // ["marketSet", "lookback", "hidden", "learningRate", "activation", "start"]
 */
export function tableSearch(rows: readonly SearchRow[], sample: string): Table {
  return {
    id: "search",
    caption: `Search over ${rows.length} configurations; ${sample}`,
    ...tableOf(rows, COLUMNS),
    notes: NOTES,
    shown: 6,
  };
}

/**
 * The chosen configurations.
 *
 * @example
 * tableSearchBest(bestConfigurations(rows), "two seeds").rows[0]!.slice(0, 4); // ["FIAT", 12, 4, 0.01]
 */
export function tableSearchBest(rows: readonly SearchRow[], sample: string): Table {
  return {
    id: "search-best",
    caption: `Configuration with the lowest mean validation RMSE, by market set and start; ${sample}`,
    ...tableOf(rows, COLUMNS),
    notes: NOTES,
  };
}
