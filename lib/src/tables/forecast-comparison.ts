import type { ComparisonRow } from "../judging/forecast-comparison.js";
import type { Column, Table } from "./table.js";

const COLUMNS: readonly Column[] = [
  { key: "frequency", head: "Frequency", fileOnly: true },
  { key: "sample", head: "Sample", fileOnly: true },
  { key: "marketSet", head: "Markets" },
  { key: "coin", head: "Coin", fileOnly: true },
  { key: "estimator", head: "Estimator" },
  { key: "update", head: "Update" },
  { key: "benchmark", head: "Benchmark", fileOnly: true },
  { key: "n", head: "n", decimals: 0 },
  { key: "rmse", head: "RMSE", decimals: 4 },
  { key: "rmseLower", head: "95 % from", decimals: 4 },
  { key: "rmseUpper", head: "to", decimals: 4 },
  { key: "hedgingR2", head: "R²", decimals: 3 },
  { key: "dmStatistic", head: "DM", decimals: 2 },
  { key: "dmPValue", head: "p", decimals: 3 },
  { key: "cwStatistic", head: "CW", decimals: 2 },
  { key: "cwPValue", head: "p (CW)", decimals: 3 },
  { key: "mcs", head: "MCS p", decimals: 3 },
  { key: "rmseChange", head: "Change", decimals: 4, fileOnly: true },
  { key: "changeLower", head: "from", decimals: 4, fileOnly: true },
  { key: "changeUpper", head: "to", decimals: 4, fileOnly: true },
];

const NOTES = [
  "RMSE of hedging errors in log returns; the unit is the date, errors averaged over coins. Intervals: circular block bootstrap of whole dates. R²: 1 − SSE(β)/SSE(0), uncentred.",
  "DM: Diebold-Mariano against the benchmark, Harvey-Leybourne-Newbold, two-sided; below 0 the estimator is better. CW: Clark-West against zero, one-sided; exact for OLS betas, approximate for all others. MCS p: Model Confidence Set of all estimators; below 0.05 it is not among the best.",
  "frozen: estimated once per test block, like a network's weights; updated: before every date. Fewer than 24 dates: no tests and no intervals.",
];

/**
 * The rows of one sample and benchmark for readers, all rows for files.
 *
 * @param shown which rows are shown first: pooled over coins, one sample, one benchmark
 */
export function tableForecastComparison(
  rows: readonly ComparisonRow[],
  shown: { readonly sample: string; readonly benchmark: string },
  sample: string,
): Table {
  const first = (row: ComparisonRow) =>
    row.coin === "all" &&
    row.sample === shown.sample &&
    row.benchmark === shown.benchmark;
  const ordered = [...rows.filter(first), ...rows.filter((row) => !first(row))];
  return {
    id: "forecast-comparison",
    caption: `Hedging errors of every estimator, ${shown.sample}, against ${shown.benchmark}, all coins; ${sample}`,
    columns: COLUMNS,
    rows: ordered.map((row) =>
      COLUMNS.map(({ key }) => row[key as keyof ComparisonRow]),
    ),
    notes: NOTES,
    shown: rows.filter(first).length,
  };
}
