/** The tests out of sample, and the RMSE by year. */

import type { ComparisonRow } from "../comparing/forecast-comparison.js";
import type { OutOfSampleTest } from "../comparing/out-of-sample-tests.js";
import { missingBetas } from "./missing-betas.js";
import { pivotOf } from "./pivot.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

const COLUMNS: readonly RowColumn<OutOfSampleTest>[] = [
  { key: "frequency", head: "Frequency", fileOnly: true, value: ({ frequency }) => frequency },
  { key: "sample", head: "Sample", fileOnly: true, value: ({ sample }) => sample },
  { key: "marketSet", head: "Markets", value: ({ marketSet }) => marketSet },
  { key: "estimator", head: "Estimator", value: ({ estimator }) => estimator },
  { key: "update", head: "Update", value: ({ update }) => update },
  { key: "n", head: "n", decimals: 0, fileOnly: true, value: ({ n }) => n },
  { key: "rmse", head: "RMSE", decimals: 4, value: ({ rmse }) => rmse },
  { key: "seedError", head: "Seed error", decimals: 4, value: ({ seedError }) => seedError },
  { key: "hedgingR2", head: "R²", decimals: 3, value: ({ hedgingR2 }) => hedgingR2 },
  { key: "rmseChange", head: "Change", decimals: 4, value: ({ rmseChange }) => rmseChange },
  { key: "changeLower", head: "from", decimals: 4, value: ({ changeLower }) => changeLower },
  { key: "changeUpper", head: "to", decimals: 4, value: ({ changeUpper }) => changeUpper },
  { key: "dmStatistic", head: "DM", decimals: 2, value: ({ dmStatistic }) => dmStatistic },
  { key: "dmPValue", head: "p", decimals: 3, value: ({ dmPValue }) => dmPValue },
  {
    key: "hacStatistic",
    head: "DM (NW)",
    decimals: 2,
    fileOnly: true,
    value: ({ hacStatistic }) => hacStatistic,
  },
  { key: "hacPValue", head: "p (NW)", decimals: 3, value: ({ hacPValue }) => hacPValue },
  {
    key: "hacLags",
    head: "Lags (NW)",
    decimals: 0,
    fileOnly: true,
    value: ({ hacLags }) => hacLags,
  },
  {
    key: "cwStatistic",
    head: "CW",
    decimals: 2,
    fileOnly: true,
    value: ({ cwStatistic }) => cwStatistic,
  },
  { key: "cwPValue", head: "p (CW)", decimals: 3, value: ({ cwPValue }) => cwPValue },
  { key: "mcs", head: "MCS p", decimals: 3, value: ({ mcs }) => mcs },
  { key: "detectable", head: "Detectable", decimals: 4, value: ({ detectable }) => detectable },
];

/**
 * Every estimator against the pooled constant.
 *
 * @param shown rows for the screen
 * @param others for files only
 * @example
 * tableOutOfSampleTests(outOfSampleTests(walked, sample, draws), [], "2021 to 2024").rows.length; // 5
 */
export function tableOutOfSampleTests(
  shown: readonly OutOfSampleTest[],
  others: readonly OutOfSampleTest[],
  sample: string,
): Table {
  return {
    id: "out-of-sample-tests",
    caption: `Hedging RMSE against that of the pooled constant with the same update, log returns, all coins; ${sample}`,
    ...tableOf([...shown, ...others], COLUMNS),
    notes: [
      "Change: RMSE minus that of the pooled constant, below 0 the estimator is better, with a paired circular block bootstrap of whole dates. R²: 1 − SSE(β)/SSE(0), uncentred. DM: Diebold-Mariano, Harvey-Leybourne-Newbold, two-sided, without lags (p) and with those of Newey and West, floor(4 (n/100)^(2/9)) (p (NW)).",
      "Seed error: Monte Carlo error of the RMSE over the networks of an ensemble, jackknife, with their configuration kept.",
      "p (CW): Clark-West against no hedge, one-sided; asymptotic and slightly cautious for OLS betas, approximate for all others. MCS p: Model Confidence Set of all estimators; below 0.05 it is not among the best.",
      "Detectable: RMSE reduction that the test (NW) would find at 5 % in 80 % of samples; empty where not even an error of zero would be.",
      ...missingBetas([...shown, ...others]),
    ],
    shown: shown.length,
  };
}

/**
 * RMSE of every estimator by year, all coins together.
 *
 * @param rows of several samples, one per year, and of one frequency
 * @param shownSet market set for the screen; files have them all
 * @example
 * tableRmseByYear(comparison, "FIAT", "2021 to 2024").rows[0]; // ["FIAT", "zero", "frozen", 0.2323]
 */
export function tableRmseByYear(
  rows: readonly ComparisonRow[],
  shownSet: string,
  sample: string,
): Table {
  const all = rows.filter(({ coin }) => coin === "all");
  const headOf = (year: string) => `${year} (n = ${all.find((row) => row.sample === year)!.n})`;
  const sets = [...new Set(all.map(({ marketSet }) => marketSet))];
  const bySet = sets.map((set) => {
    const { columns, rows: lines } = pivotOf(
      all.filter(({ marketSet }) => marketSet === set),
      { across: ({ sample: year }) => year, cell: ({ rmse }) => rmse, head: headOf, decimals: 4 },
    );
    return { set, columns, lines: lines.map((line) => [set, ...line]) };
  });
  const shown = bySet.filter(({ set }) => set === shownSet);
  const rest = bySet.filter(({ set }) => set !== shownSet);
  return {
    id: "rmse-by-year",
    caption: `Hedging RMSE in log returns by test year, ${shownSet}, all coins; ${sample}`,
    columns: [{ key: "marketSet", head: "Markets", fileOnly: true }, ...bySet[0]!.columns],
    rows: [...shown, ...rest].flatMap(({ lines }) => lines),
    notes: [
      "frozen: estimated once per test block, like a network's weights; updated: before every date. Single years are described, not tested.",
      ...missingBetas(rows),
    ],
    shown: shown.flatMap(({ lines }) => lines).length,
  };
}
