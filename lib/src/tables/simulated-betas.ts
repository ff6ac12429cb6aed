import type { SimulatedRow } from "../judging/simulated-betas.js";
import type { Column, Table } from "./table.js";

const COLUMNS: readonly Column[] = [
  { key: "process", head: "True beta" },
  { key: "estimator", head: "Estimator" },
  { key: "update", head: "Update" },
  { key: "n", head: "n", decimals: 0, fileOnly: true },
  { key: "betaRmse", head: "RMSE of β", decimals: 3 },
  { key: "rmse", head: "Hedging RMSE", decimals: 4 },
  { key: "oracleShare", head: "Oracle share", decimals: 2 },
  { key: "interval", head: "Interval" },
  { key: "coverage", head: "Coverage", decimals: 3 },
];

/** Scores on simulated panels; the best estimators of every process on screen, all in files. */
export function tableSimulatedBetas(
  rows: readonly SimulatedRow[],
  sample: string,
): Table {
  return {
    id: "simulated-betas",
    caption: `Estimators against betas that are known; simulated, ${sample}`,
    columns: COLUMNS,
    rows: rows.map((row) =>
      COLUMNS.map(({ key }) => row[key as keyof SimulatedRow]),
    ),
    notes: [
      "Oracle share: (MSE_OLS − MSE) / (MSE_OLS − MSE_true beta) of the hedging errors, with OLS the historical beta, updated; 1 is the true beta, below 0 is worse than OLS.",
      "Coverage: share of 95 % intervals that hold the true beta; a seed band is no interval and has none.",
    ],
  };
}
