import type { SearchRow } from "../models/search.js";
import type { Cell, Column, Table } from "./table.js";

const COLUMNS: readonly Column[] = [
  { key: "marketSet", head: "Markets" },
  { key: "lookback", head: "Look-back", decimals: 0, fileOnly: true },
  { key: "hidden", head: "Hidden", decimals: 0 },
  { key: "learningRate", head: "Rate", decimals: 3 },
  { key: "activation", head: "Activation" },
  { key: "start", head: "Start" },
  { key: "seeds", head: "Seeds", decimals: 0, fileOnly: true },
  { key: "trainRmse", head: "In-sample", decimals: 4 },
  { key: "valRmse", head: "Validation", decimals: 4 },
  { key: "valRmseSd", head: "Sd", decimals: 4 },
  { key: "bestEpoch", head: "Best epoch", decimals: 0 },
  { key: "bestEpochFirst", head: "First", decimals: 2 },
  { key: "bestEpochLast", head: "Last", decimals: 2 },
  { key: "parameters", head: "Parameters", decimals: 0 },
  { key: "rows", head: "Rows", decimals: 0, fileOnly: true },
];

const NOTES = [
  "RMSE over coin-periods in log returns at the best epoch, mean over seeds. The validation RMSE is a selection score: epoch and configuration were chosen on the same periods.",
  "Sd: standard deviation of the validation RMSE over seeds. First, last: share of networks that are best at their start, and in their last epoch (not finished).",
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
    columns: COLUMNS,
    rows: rows.map(cells),
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
    columns: COLUMNS,
    rows: rows.map(cells),
    notes: NOTES,
  };
}

const cells = (row: SearchRow): Cell[] => COLUMNS.map(({ key }) => row[key as keyof SearchRow]);
