/** The report's best configurations beside ours. */

import type { NullScores } from "../comparing/nulls.js";
import type { ReportedConfiguration } from "../report/reported-search.js";
import { type Table, tableOf } from "./table.js";

/**
 * The report's best configurations with ours of the same and the nulls.
 *
 * @example
 * const printed = await readRecords(shippedFile("reported/search-best.csv"));
 * tableReportedSearch(matchReported(printed, rows), nullScores(panel, study)).rows[0];
 * // ["FIAT", 4, 0.001, "tanh", 0.2572, null, null, 0.2353, 0.2463]
 */
export function tableReportedSearch(
  matches: readonly ReportedConfiguration[],
  { zero, pooled }: NullScores,
): Table {
  return {
    id: "reported-search",
    caption:
      "The report's best configurations: its validation RMSE, that of the same configuration here from the same start, and those of the nulls; log returns, coin-months of 2022",
    ...tableOf(matches, [
      { key: "marketSet", head: "Markets", value: ({ marketSet }) => marketSet },
      { key: "hidden", head: "Hidden", decimals: 0, value: ({ hidden }) => hidden },
      { key: "learningRate", head: "Rate", decimals: 3, value: ({ learningRate }) => learningRate },
      { key: "activation", head: "Activation", value: ({ activation }) => activation },
      { key: "reported", head: "Report", decimals: 4, value: ({ reported }) => reported },
      { key: "valRmse", head: "Ours", decimals: 4, value: (row) => row.ours?.valRmse ?? null },
      {
        key: "valRmseSd",
        head: "Sd over seeds",
        decimals: 4,
        value: (row) => row.ours?.valRmseSd ?? null,
      },
      {
        key: "pooled",
        head: "Pooled constant",
        decimals: 4,
        value: (row) => pooled[row.marketSet] ?? null,
      },
      { key: "zero", head: "Zero", decimals: 4, value: () => zero },
    ]),
    notes: [
      "Ours: mean over seeds of the validation RMSE at the best epoch, a selection score as the report's. The nulls choose nothing on these months.",
    ],
  };
}
