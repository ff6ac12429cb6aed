/** The report's configurations against the same ones of our search. */

import type { SearchRow } from "../models/search.js";

/** One printed configuration with what our search found for it. */
export interface ReportedConfiguration {
  readonly marketSet: string;
  readonly hidden: number;
  readonly learningRate: number;
  readonly activation: string;
  /** Validation RMSE as the report prints it. */
  readonly reported: number;
  /** The same configuration of our search, from the Glorot start; undefined if the grid has it not. */
  readonly ours: SearchRow | undefined;
}

/**
 * Printed rows matched with our search, from the start `glorot`, in the order of the printed rows.
 *
 * @example
 * const printed = await readRecords(shippedFile("reported/search-best.csv"));
 * const [first] = matchReported(printed, rows);
 * first;
 * // { marketSet: "FIAT", hidden: 4, learningRate: 0.001, reported: 0.2572, ours: undefined }: our small grid has not this
 * // rate
 */
export function matchReported(
  printed: readonly Readonly<Record<string, string>>[],
  rows: readonly SearchRow[],
): ReportedConfiguration[] {
  return printed.map((record) => {
    const [hidden, learningRate] = [Number(record.hidden), Number(record.learningRate)];
    return {
      marketSet: record.marketSet!,
      hidden,
      learningRate,
      activation: record.activation!,
      reported: Number(record.valRmse),
      ours: rows.find(
        (row) =>
          row.start === "glorot" &&
          row.marketSet === record.marketSet &&
          row.hidden === hidden &&
          row.learningRate === learningRate &&
          row.activation === record.activation,
      ),
    };
  });
}
