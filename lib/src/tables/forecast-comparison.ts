import type { ComparisonRow } from "../comparing/forecast-comparison.js";
import { lowest } from "../stats/moments.js";
import type { Frequency } from "../types.js";
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
  { key: "rmseLower", head: "from", decimals: 4 },
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
  "RMSE of hedging errors in log returns; the unit is the date, errors averaged over coins. From, to: its interval by a circular block bootstrap of whole dates. R²: 1 − SSE(β)/SSE(0), uncentred.",
  "DM: Diebold-Mariano against the benchmark, Harvey-Leybourne-Newbold, two-sided; below 0 the estimator is better. CW: Clark-West against zero, one-sided; exact for OLS betas, approximate for all others. MCS p: Model Confidence Set of all estimators; below 0.05 it is not among the best.",
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
    columns: COLUMNS,
    rows: [...first, ...rest].map((row) =>
      COLUMNS.map(({ key }) => row[key as keyof ComparisonRow]),
    ),
    notes: NOTES,
    shown: first.length,
  };
}

/**
 * RMSE of every estimator on every market set, all coins together, in one sample.
 *
 * @param rows of one frequency
 * @param id name of its exports, unique in the project
 * @example
 * tableLadderRmse(comparison, "walk-forward", "2021 to 2024").rows.slice(0, 3);
 * // [["zero", "frozen", 0.2323], ["pooled", "frozen", 0.2298], ["pooled", "updated", 0.2321]]
 */
export function tableLadderRmse(
  rows: readonly ComparisonRow[],
  sampleName: string,
  sample: string,
  id: string = "ladder-rmse",
): Table {
  const of = rows.filter((row) => row.coin === "all" && row.sample === sampleName);
  if (of.length === 0)
    throw new RangeError(
      `tableLadderRmse: there is no sample ${sampleName}, there are ${[...new Set(rows.map((row) => row.sample))].join(", ")}; name one of these`,
    );
  const sets = [...new Set(of.map((row) => row.marketSet))];
  const lines = [...new Set(of.map((row) => `${row.estimator} ${row.update}`))];
  const n = lowest(of.map((row) => row.n));
  return {
    id,
    caption: `Hedging RMSE in log returns by market set, ${sampleName}, all coins, ${n} dates; ${sample}`,
    columns: [
      { key: "estimator", head: "Estimator" },
      { key: "update", head: "Update" },
      ...sets.map((set) => ({
        key: set,
        // Long sets would push the table out of the page.
        head: set.replace(/\+.+\+/, "+…+"),
        decimals: 4,
      })),
    ],
    rows: lines.map((line) => [
      ...(line.split(" ") as [string, string]),
      ...sets.map(
        (set) =>
          of.find((row) => row.marketSet === set && `${row.estimator} ${row.update}` === line)
            ?.rmse ?? Number.NaN,
      ),
    ]),
    notes: ["Empty: the estimator is for one market only."],
  };
}
