/** The comparison of all estimators, and their RMSE by market set. */

import type { ComparisonRow } from "../comparing/forecast-comparison.js";
import { lowest } from "../stats/moments.js";
import type { Frequency } from "../types.js";
import { missingBetas } from "./missing-betas.js";
import { pivotOf } from "./pivot.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

const COLUMNS: readonly RowColumn<ComparisonRow>[] = [
  { key: "frequency", head: "Frequency", fileOnly: true, value: ({ frequency }) => frequency },
  { key: "sample", head: "Sample", fileOnly: true, value: ({ sample }) => sample },
  { key: "marketSet", head: "Markets", value: ({ marketSet }) => marketSet },
  { key: "coin", head: "Coin", fileOnly: true, value: ({ coin }) => coin },
  { key: "estimator", head: "Estimator", value: ({ estimator }) => estimator },
  { key: "update", head: "Update", value: ({ update }) => update },
  { key: "benchmark", head: "Benchmark", fileOnly: true, value: ({ benchmark }) => benchmark },
  { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
  { key: "rmse", head: "RMSE", decimals: 4, value: ({ rmse }) => rmse },
  { key: "rmseLower", head: "from", decimals: 4, value: ({ rmseLower }) => rmseLower },
  { key: "rmseUpper", head: "to", decimals: 4, value: ({ rmseUpper }) => rmseUpper },
  { key: "hedgingR2", head: "R²", decimals: 3, value: ({ hedgingR2 }) => hedgingR2 },
  { key: "dmStatistic", head: "DM", decimals: 2, value: ({ dmStatistic }) => dmStatistic },
  { key: "dmPValue", head: "p", decimals: 3, value: ({ dmPValue }) => dmPValue },
  { key: "cwStatistic", head: "CW", decimals: 2, value: ({ cwStatistic }) => cwStatistic },
  { key: "cwPValue", head: "p (CW)", decimals: 3, value: ({ cwPValue }) => cwPValue },
  { key: "mcs", head: "MCS p", decimals: 3, value: ({ mcs }) => mcs },
  {
    key: "rmseChange",
    head: "Change",
    decimals: 4,
    fileOnly: true,
    value: ({ rmseChange }) => rmseChange,
  },
  {
    key: "changeLower",
    head: "from",
    decimals: 4,
    fileOnly: true,
    value: ({ changeLower }) => changeLower,
  },
  {
    key: "changeUpper",
    head: "to",
    decimals: 4,
    fileOnly: true,
    value: ({ changeUpper }) => changeUpper,
  },
];

const NOTES = [
  "RMSE of hedging errors in log returns; the unit is the date, errors averaged over coins. From, to: its interval by a circular block bootstrap of whole dates. R²: 1 − SSE(β)/SSE(0), uncentred.",
  "DM: Diebold-Mariano against the benchmark, Harvey-Leybourne-Newbold, two-sided; below 0 the estimator is better. CW: Clark-West against zero, one-sided; asymptotic and slightly cautious for OLS betas, approximate for all others. MCS p: Model Confidence Set of all estimators; below 0.05 it is not among the best.",
  "frozen: estimated once per test block, like a network's weights; updated: before every date. Fewer than 24 dates: no tests and no intervals.",
];

/** Which rows of a comparison readers see: one sample, market set and benchmark, all coins together. */
export interface ShownComparison {
  readonly frequency: Frequency;
  readonly sample: string;
  readonly marketSet: string;
  readonly benchmark: string;
}

const isShown = (row: ComparisonRow, shown: ShownComparison): boolean =>
  row.coin === "all" &&
  row.frequency === shown.frequency &&
  row.sample === shown.sample &&
  row.marketSet === shown.marketSet &&
  row.benchmark === shown.benchmark;

/**
 * The whole comparison in files; one part of it for readers.
 *
 * @example
 * const shown = { frequency: "monthly", sample: "walk-forward", marketSet: "FIAT", benchmark: "zero" } as const;
 * tableForecastComparison(comparison, shown, "2021 to 2024").shown; // 6
 */
export function tableForecastComparison(
  rows: readonly ComparisonRow[],
  shown: ShownComparison,
  sample: string,
): Table {
  const first = rows.filter((row) => isShown(row, shown));
  const rest = rows.filter((row) => !isShown(row, shown));
  return {
    id: "forecast-comparison",
    caption: `Hedging errors of every estimator with ${shown.marketSet}, ${shown.sample}, against ${shown.benchmark}, all coins; ${sample}`,
    ...tableOf([...first, ...rest], COLUMNS),
    notes: [...NOTES, ...missingBetas(rows)],
    shown: first.length,
  };
}

/** Which sample a table of RMSEs shows, and its name. */
export interface LadderRmseOptions {
  readonly sampleName: string;
  /** Name of its exports, unique in the project; `ladder-rmse` by default. */
  readonly id?: string;
}

/**
 * RMSE of every estimator on every market set, all coins together, in one sample.
 *
 * @param rows of one frequency
 * @throws RangeError if there is no such sample
 * @example
 * tableLadderRmse(comparison, "2021 to 2024", { sampleName: "walk-forward" }).rows.slice(0, 3);
 * // [["zero", "frozen", 0.2323], ["pooled", "frozen", 0.2298], ["pooled", "updated", 0.2321]]
 */
export function tableLadderRmse(
  rows: readonly ComparisonRow[],
  sample: string,
  { sampleName, id = "ladder-rmse" }: LadderRmseOptions,
): Table {
  const shown = rows.filter((row) => row.coin === "all" && row.sample === sampleName);
  if (shown.length === 0)
    throw new RangeError(
      `tableLadderRmse: there is no sample ${sampleName}, there are ${[...new Set(rows.map((row) => row.sample))].join(", ")}; name one of these`,
    );
  const compared = shown.map((row) => row.n).filter((n) => n > 0);
  const n = compared.length > 0 ? lowest(compared) : 0;
  return {
    id,
    caption: `Hedging RMSE in log returns by market set, ${sampleName}, all coins, ${n} dates; ${sample}`,
    ...pivotOf(shown, {
      across: ({ marketSet }) => marketSet,
      cell: ({ rmse }) => rmse,
      // Long sets would push the table out of the page.
      head: (set) => set.replace(/\+.+\+/, "+…+"),
      decimals: 4,
    }),
    notes: ["Empty: the estimator is for one market only.", ...missingBetas(shown)],
  };
}
