import { type ColumnDrift, ROUNDING } from "../data/drift.js";
import type { Table } from "./table.js";

/**
 * Columns that differ between two vintages, one row each; a note counts the others.
 *
 * @example
 * const before = returnsOf(panel);
 * const after = { ...before, values: before.values.with(0, 0.5) };
 * tableDrift(panelDrift("monthly.csv", before, after)).rows;
 * // [["monthly.csv", "BTC", 83, 1, "2018-01-31", -0.3257, 0.5, 0, 0]]
 */
export function tableDrift(drifts: readonly ColumnDrift[]): Table {
  const changed = drifts.filter(({ moves, added, gone }) => moves.length + added + gone > 0);
  return {
    id: "drift",
    caption: "New data against old, decimals (0.01 = 1 %)",
    columns: [
      { key: "file", head: "File" },
      { key: "column", head: "Column" },
      { key: "compared", head: "Periods in both", decimals: 0 },
      { key: "moved", head: "Moved", decimals: 0 },
      { key: "date", head: "Largest move" },
      { key: "was", head: "Was", decimals: 5 },
      { key: "is", head: "Is", decimals: 5 },
      { key: "added", head: "Values added", decimals: 0 },
      { key: "gone", head: "Values gone", decimals: 0 },
    ],
    rows: changed.map((d) => [
      d.file,
      d.column,
      d.compared,
      d.moves.length,
      d.largest?.date ?? null,
      d.largest?.was ?? null,
      d.largest?.is ?? null,
      d.added,
      d.gone,
    ]),
    notes: [
      `Moves below ${ROUNDING} count as rounding; ${drifts.length - changed.length} of ${drifts.length} columns did not change.`,
    ],
  };
}

/**
 * Every value that moved by more than rounding.
 *
 * @example
 * const before = returnsOf(panel);
 * const after = { ...before, values: before.values.with(0, 0.5) };
 * tableMoves(panelDrift("monthly.csv", before, after)).rows; // [["monthly.csv", "BTC", "2018-01-31", -0.3257, 0.5, 0.8257]]
 */
export function tableMoves(drifts: readonly ColumnDrift[]): Table {
  return {
    id: "moves",
    caption: "Values that moved between two vintages, decimals (0.01 = 1 %)",
    columns: [
      { key: "file", head: "File" },
      { key: "column", head: "Column" },
      { key: "date", head: "Date" },
      { key: "was", head: "Was", decimals: 5 },
      { key: "is", head: "Is", decimals: 5 },
      { key: "move", head: "Move", decimals: 5 },
    ],
    rows: drifts.flatMap(({ file, column, moves }) =>
      moves.map(({ date, was, is }) => [file, column, date, was, is, is - was]),
    ),
  };
}
