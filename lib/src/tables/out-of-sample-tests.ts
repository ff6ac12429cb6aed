import type { ComparisonRow } from "../comparing/forecast-comparison.js";
import type { OutOfSampleTest } from "../comparing/out-of-sample-tests.js";
import type { Column, Table } from "./table.js";

const COLUMNS: readonly Column[] = [
  { key: "frequency", head: "Frequency", fileOnly: true },
  { key: "sample", head: "Sample", fileOnly: true },
  { key: "marketSet", head: "Markets" },
  { key: "estimator", head: "Estimator" },
  { key: "update", head: "Update" },
  { key: "n", head: "n", decimals: 0, fileOnly: true },
  { key: "rmse", head: "RMSE", decimals: 4 },
  { key: "hedgingR2", head: "R²", decimals: 3 },
  { key: "rmseChange", head: "Change", decimals: 4 },
  { key: "changeLower", head: "from", decimals: 4 },
  { key: "changeUpper", head: "to", decimals: 4 },
  { key: "dmStatistic", head: "DM", decimals: 2 },
  { key: "dmPValue", head: "p", decimals: 3 },
  { key: "hacStatistic", head: "DM (NW)", decimals: 2, fileOnly: true },
  { key: "hacPValue", head: "p (NW)", decimals: 3 },
  { key: "hacLags", head: "Lags (NW)", decimals: 0, fileOnly: true },
  { key: "cwStatistic", head: "CW", decimals: 2, fileOnly: true },
  { key: "cwPValue", head: "p (CW)", decimals: 3 },
  { key: "mcs", head: "MCS p", decimals: 3 },
  { key: "detectable", head: "Detectable", decimals: 4 },
  { key: "datesNeeded", head: "Dates needed", decimals: 0 },
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
    columns: COLUMNS,
    rows: [...shown, ...others].map((row) =>
      COLUMNS.map(({ key }) => row[key as keyof OutOfSampleTest]),
    ),
    notes: [
      "Change: RMSE minus that of the pooled constant, below 0 the estimator is better, with a paired circular block bootstrap of whole dates. R²: 1 − SSE(β)/SSE(0), uncentred. DM: Diebold-Mariano, Harvey-Leybourne-Newbold, two-sided, without lags (p) and with those of Newey and West, floor(4 (n/100)^(2/9)) (p (NW)).",
      "p (CW): Clark-West against no hedge, one-sided; exact for OLS betas, approximate for all others. MCS p: Model Confidence Set of all estimators; below 0.05 it is not among the best.",
      "Detectable: RMSE reduction that the test (NW) would find at 5 % in 80 % of samples; empty where not even an error of zero would be. Dates needed: for the change of the sample to be found as often.",
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
  const of = rows.filter(({ coin }) => coin === "all");
  const years = [...new Set(of.map((row) => row.sample))];
  const key = (row: ComparisonRow) => [row.marketSet, row.estimator, row.update].join(" ");
  const lines = [...new Set(of.map(key))].map((line) => {
    const group = of.filter((row) => key(row) === line);
    const { marketSet, estimator, update } = group[0]!;
    const found = years.map((year) => group.find((row) => row.sample === year));
    return { marketSet, cells: [marketSet, estimator, update], found };
  });
  const shown = lines.filter(({ marketSet }) => marketSet === shownSet);
  const rest = lines.filter(({ marketSet }) => marketSet !== shownSet);
  return {
    id: "rmse-by-year",
    caption: `Hedging RMSE in log returns by test year, ${shownSet}, all coins; ${sample}`,
    columns: [
      { key: "marketSet", head: "Markets", fileOnly: true },
      { key: "estimator", head: "Estimator" },
      { key: "update", head: "Update" },
      ...years.map((year) => ({
        key: year,
        head: `${year} (n = ${of.find((row) => row.sample === year)!.n})`,
        decimals: 4,
      })),
    ],
    rows: [...shown, ...rest].map(({ cells, found }) => [
      ...cells,
      ...found.map((row) => row?.rmse ?? Number.NaN),
    ]),
    notes: [
      "frozen: estimated once per test block, like a network's weights; updated: before every date. Single years are described, not tested.",
    ],
    shown: shown.length,
  };
}
