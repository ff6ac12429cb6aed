import type { FactorRegressionRow } from "../comparing/factor-regressions.js";
import type { Column, Table } from "./table.js";

const COLUMNS: readonly Column[] = [
  { key: "coin", head: "Coin" },
  { key: "vintage", head: "Vintage", fileOnly: true },
  { key: "from", head: "From", fileOnly: true },
  { key: "through", head: "Through", fileOnly: true },
  { key: "factor", head: "Factor" },
  { key: "coefficient", head: "Coefficient", decimals: 3 },
  { key: "standardError", head: "s.e.", decimals: 3 },
  { key: "tStat", head: "t", decimals: 2 },
  { key: "pValue", head: "p", decimals: 3 },
  { key: "lower", head: "95 % from", decimals: 3 },
  { key: "upper", head: "to", decimals: 3 },
  { key: "lags", head: "Lags", decimals: 0, fileOnly: true },
  {
    key: "automaticStandardError",
    head: "s.e. (1994)",
    decimals: 3,
    fileOnly: true,
  },
  { key: "automaticPValue", head: "p (1994)", decimals: 3 },
  {
    key: "automaticLags",
    head: "Lags (1994)",
    decimals: 0,
    fileOnly: true,
  },
  { key: "n", head: "n", decimals: 0 },
  { key: "r2", head: "R²", decimals: 3 },
  { key: "adjustedR2", head: "Adjusted R²", decimals: 3, fileOnly: true },
  { key: "slopesF", head: "F", decimals: 2, fileOnly: true },
  { key: "slopesPValue", head: "p (F)", decimals: 3 },
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
    columns: COLUMNS,
    rows: [...rows, ...others].map((row) =>
      COLUMNS.map(({ key }) => row[key as keyof FactorRegressionRow]),
    ),
    notes: [
      "alpha: decimals per period. s.e., t, p and interval: Newey-West (1987), lag floor(4 (n/100)^(2/9)), n/(n − k), t(n − k). p (1994): prewhitened, automatic lag. p (F): Wald test that no factor has a loading, Newey-West (1987). R², n and F are of the whole regression.",
    ],
    shown: rows.length,
  };
}
