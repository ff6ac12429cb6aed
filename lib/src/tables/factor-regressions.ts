/** Regressions of the coins on the factors. */

import type { FactorRegressionRow } from "../comparing/factor-regressions.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

const COLUMNS: readonly RowColumn<FactorRegressionRow>[] = [
  { key: "coin", head: "Coin", value: ({ coin }) => coin },
  { key: "vintage", head: "Vintage", fileOnly: true, value: ({ vintage }) => vintage },
  { key: "from", head: "From", fileOnly: true, value: ({ from }) => from },
  { key: "through", head: "Through", fileOnly: true, value: ({ through }) => through },
  { key: "factor", head: "Factor", value: ({ factor }) => factor },
  { key: "coefficient", head: "Coefficient", decimals: 3, value: ({ coefficient }) => coefficient },
  { key: "standardError", head: "s.e.", decimals: 3, value: ({ standardError }) => standardError },
  { key: "tStat", head: "t", decimals: 2, value: ({ tStat }) => tStat },
  { key: "pValue", head: "p", decimals: 3, value: ({ pValue }) => pValue },
  { key: "lower", head: "95 % from", decimals: 3, value: ({ lower }) => lower },
  { key: "upper", head: "to", decimals: 3, value: ({ upper }) => upper },
  { key: "lags", head: "Lags", decimals: 0, fileOnly: true, value: ({ lags }) => lags },
  {
    key: "automaticStandardError",
    head: "s.e. (1994)",
    decimals: 3,
    fileOnly: true,
    value: ({ automaticStandardError }) => automaticStandardError,
  },
  {
    key: "automaticPValue",
    head: "p (1994)",
    decimals: 3,
    value: ({ automaticPValue }) => automaticPValue,
  },
  {
    key: "automaticLags",
    head: "Lags (1994)",
    decimals: 0,
    fileOnly: true,
    value: ({ automaticLags }) => automaticLags,
  },
  { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
  { key: "r2", head: "R²", decimals: 3, value: ({ r2 }) => r2 },
  {
    key: "adjustedR2",
    head: "Adjusted R²",
    decimals: 3,
    fileOnly: true,
    value: ({ adjustedR2 }) => adjustedR2,
  },
  { key: "slopesF", head: "F", decimals: 2, fileOnly: true, value: ({ slopesF }) => slopesF },
  { key: "slopesPValue", head: "p (F)", decimals: 3, value: ({ slopesPValue }) => slopesPValue },
];

/**
 * Every coefficient of every regression.
 *
 * @param rows of one vintage and sample, for the screen
 * @param others of other vintages and samples, for files only
 * @example
 * const regressions = factorRegressions(panel, { "2025-12": factors });
 * tableFactorRegressions(regressions, [], "monthly").rows.length; // 24: four coins, alpha and five factors
 */
export function tableFactorRegressions(
  rows: readonly FactorRegressionRow[],
  others: readonly FactorRegressionRow[],
  sample: string,
): Table {
  return {
    id: "factor-regressions",
    caption: `Simple returns over the risk-free return on the Fama-French factors; ${sample}`,
    ...tableOf([...rows, ...others], COLUMNS),
    notes: [
      "alpha: decimals per period. s.e., t, p and interval: Newey-West (1987), lag floor(4 (n/100)^(2/9)), n/(n − k), t(n − k). p (1994): prewhitened, automatic lag. p (F): Wald test that no factor has a loading, Newey-West (1987). R², n and F are of the whole regression.",
    ],
    shown: rows.length,
  };
}
