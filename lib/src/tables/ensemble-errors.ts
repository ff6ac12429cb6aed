/** Monte Carlo errors of the ensembles behind the ledger. */

import type { EnsembleError } from "../report/claims/ensemble-error.js";
import { type Table, tableOf } from "./table.js";

/**
 * What each comparison of RMSEs would move by with other seeds, and how many networks would make that small.
 *
 * @example
 * tableEnsembleErrors([{ id: "tuning", networks: 20, change: -1.4, error: 0.7, needed: 500 }]).rows;
 * // [["tuning", 20, -1.4, 0.7, 500]]
 */
export function tableEnsembleErrors(rows: readonly EnsembleError[]): Table {
  return {
    id: "ensemble-errors",
    caption: "Monte Carlo error of the changes of RMSE, all market sets, unseen dates",
    ...tableOf(rows, [
      { key: "id", head: "Claim", value: ({ id }) => id },
      { key: "networks", head: "Networks", decimals: 0, value: ({ networks }) => networks },
      { key: "change", head: "Change, %", decimals: 2, value: ({ change }) => change },
      { key: "error", head: "Error over seeds", decimals: 2, value: ({ error }) => error },
      { key: "needed", head: "Networks for a tenth", decimals: 0, value: ({ needed }) => needed },
    ]),
    notes: [
      "Jackknife over seeds, with the chosen configurations kept. The last column is the number of networks that makes the error a tenth of the change.",
    ],
  };
}
