/** The experiment with recurrent networks on simulated series. */

import type { TrialRow } from "../models/recurrent/trial.js";
import { type Table, tableOf } from "./table.js";

/**
 * Scores by process and estimator.
 *
 * @example
 * tableRecurrentTrial([], "simulated").id; // "recurrent-trial"
 */
export function tableRecurrentTrial(rows: readonly TrialRow[], sample: string): Table {
  // Where beta stands still, the oracle's gain is no denominator.
  const shown = ({ process }: TrialRow, value: number) => (process === "constant" ? null : value);
  return {
    id: "recurrent-trial",
    caption: `Recurrent networks, least squares and exact Bayes on series whose betas are known; ${sample}`,
    ...tableOf(rows, [
      { key: "process", head: "Beta", value: ({ process }) => process },
      { key: "estimator", head: "Estimator", value: ({ estimator }) => estimator },
      {
        key: "halfLife",
        head: "Half-life",
        decimals: 1,
        value: ({ halfLife }) => halfLife ?? null,
      },
      { key: "rmse", head: "RMSE", decimals: 4, value: ({ rmse }) => rmse },
      {
        key: "gainPercent",
        head: "Gain %",
        decimals: 2,
        value: ({ gainPercent }) => gainPercent,
      },
      { key: "share", head: "Share", decimals: 3, value: (row) => shown(row, row.share) },
      {
        key: "shareError",
        head: "s.e.",
        decimals: 3,
        value: (row) => shown(row, row.standardError),
      },
    ]),
    notes: [
      "Gain: by how much the hedging RMSE is lower than that of least squares on the window. Share: part of the gain in mean squared error that knowing beta would bring; s.e.: its standard error over the series.",
      "wls: weighted least squares with the half-life, in rows, that is best on these very series. bayes: the posterior mean that knows how the series were made. The number after a network is that of its units.",
    ],
  };
}
