/** What hedges are worth. */

import type { HedgeEconomics } from "../comparing/hedge-economics.js";
import { missingBetas } from "./missing-betas.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

const COLUMNS: readonly RowColumn<HedgeEconomics>[] = [
  { key: "sample", head: "Sample", fileOnly: true, value: ({ sample }) => sample },
  { key: "marketSet", head: "Markets", value: ({ marketSet }) => marketSet },
  { key: "estimator", head: "Estimator", value: ({ estimator }) => estimator },
  { key: "update", head: "Update", value: ({ update }) => update },
  { key: "n", head: "n", decimals: 0, fileOnly: true, value: ({ n }) => n },
  { key: "turnover", head: "Turnover", decimals: 2, value: ({ turnover }) => turnover },
  { key: "cost", head: "Cost", decimals: 4, value: ({ cost }) => cost },
  {
    key: "varianceReduction",
    head: "Variance reduction",
    decimals: 2,
    value: (row) => row.varianceReduction,
  },
  { key: "varianceLower", head: "from", decimals: 2, value: ({ varianceLower }) => varianceLower },
  { key: "varianceUpper", head: "to", decimals: 2, value: ({ varianceUpper }) => varianceUpper },
  {
    key: "certaintyGain",
    head: "Certainty equivalent",
    decimals: 4,
    value: ({ certaintyGain }) => certaintyGain,
  },
  { key: "gainLower", head: "from", decimals: 4, value: ({ gainLower }) => gainLower },
  { key: "gainUpper", head: "to", decimals: 4, value: ({ gainUpper }) => gainUpper },
];

/**
 * Turnover, cost, variance reduction and certainty equivalent of every hedge of the equally weighted coins.
 *
 * @param rows of one or several samples; the screen shows the first
 * @param shownSet market set for the screen; files have them all
 * @example
 * const rows = hedgeEconomics(walked, sample, { ...draws, cost: 0.002, riskAversion: 3 });
 * tableHedgeEconomics(rows, "FIAT", "2021 to 2024").rows.length; // 7
 */
export function tableHedgeEconomics(
  rows: readonly HedgeEconomics[],
  shownSet: string,
  sample: string,
): Table {
  const shown = rows.filter(
    ({ marketSet, sample: name }) => marketSet === shownSet && name === rows[0]!.sample,
  );
  return {
    id: "hedge-economics",
    caption: `What a hedge of the equally weighted coins is worth, simple returns per period, ${shownSet}; ${sample}`,
    ...tableOf([...shown, ...rows.filter((row) => !shown.includes(row))], COLUMNS),
    notes: [
      "Turnover: mean sum over markets of absolute changes of the hedge, as a share of the coins' value. Variance reduction and certainty equivalent: of the hedged coins after costs against the coins alone, with percentile intervals of a circular block bootstrap of whole dates, which are somewhat too short in samples of this length.",
      ...missingBetas(rows),
    ],
    shown: shown.length,
  };
}
