/** What moved between two vintages of the data. */

import { type ColumnDrift, ROUNDING } from "../data/drift.js";
import { type Table, tableOf } from "./table.js";

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
    ...tableOf(changed, [
      { key: "file", head: "File", value: ({ file }) => file },
      { key: "column", head: "Column", value: ({ column }) => column },
      { key: "compared", head: "Periods in both", decimals: 0, value: ({ compared }) => compared },
      { key: "moved", head: "Moved", decimals: 0, value: (row) => row.moves.length },
      { key: "date", head: "Largest move", value: (row) => row.largest?.date ?? null },
      { key: "was", head: "Was", decimals: 5, value: (row) => row.largest?.was ?? null },
      { key: "is", head: "Is", decimals: 5, value: (row) => row.largest?.is ?? null },
      { key: "added", head: "Values added", decimals: 0, value: ({ added }) => added },
      { key: "gone", head: "Values gone", decimals: 0, value: ({ gone }) => gone },
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
    ...tableOf(
      drifts.flatMap(({ file, column, moves }) => moves.map((move) => ({ file, column, ...move }))),
      [
        { key: "file", head: "File", value: ({ file }) => file },
        { key: "column", head: "Column", value: ({ column }) => column },
        { key: "date", head: "Date", value: ({ date }) => date },
        { key: "was", head: "Was", decimals: 5, value: ({ was }) => was },
        { key: "is", head: "Is", decimals: 5, value: ({ is }) => is },
        { key: "move", head: "Move", decimals: 5, value: ({ was, is }) => is - was },
      ],
    ),
  };
}
