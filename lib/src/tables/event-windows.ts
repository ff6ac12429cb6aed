/** Correlations and betas around events. */

import type { EventWindow } from "../comparing/event-windows.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

const COLUMNS: readonly RowColumn<EventWindow>[] = [
  { key: "event", head: "Event", value: ({ event }) => event },
  { key: "market", head: "Market", value: ({ market }) => market },
  { key: "from", head: "From", value: ({ from }) => from },
  { key: "through", head: "Through", value: ({ through }) => through },
  { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
  { key: "correlation", head: "Correlation", decimals: 2, value: (row) => row.correlation },
  { key: "calmCorrelation", head: "outside", decimals: 2, value: (row) => row.calmCorrelation },
  {
    key: "adjustedCorrelation",
    head: "adjusted",
    decimals: 2,
    value: (row) => row.adjustedCorrelation,
  },
  { key: "varianceRatio", head: "Variance ratio", decimals: 1, value: (row) => row.varianceRatio },
  { key: "beta", head: "β", decimals: 2, value: ({ beta }) => beta },
  { key: "calmBeta", head: "outside", decimals: 2, value: ({ calmBeta }) => calmBeta },
  { key: "tStat", head: "t (NW)", decimals: 2, value: ({ tStat }) => tStat },
  { key: "pValue", head: "p", decimals: 3, value: ({ pValue }) => pValue },
];

/**
 * Windows around events, against all dates outside of them.
 *
 * @example
 * const options = { events: { "March 2020": "2020-03-12" }, days: 120 };
 * tableEventWindows(eventWindows(panel, "EQUITY", options), "monthly").rows[0]![0]; // "March 2020"
 */
export function tableEventWindows(rows: readonly EventWindow[], sample: string): Table {
  return {
    id: "event-windows",
    caption: `Correlation and pooled beta of the coins around events, log returns; ${sample}`,
    ...tableOf(rows, COLUMNS),
    notes: [
      "outside: all dates outside of all windows. adjusted: Forbes and Rigobon (2002), the window's correlation at the market's variance outside; it is the one to compare with the correlation outside. t: Newey-West, of the beta inside minus that outside.",
    ],
  };
}
