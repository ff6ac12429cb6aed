/** Scores on simulated panels, where the true beta is known. */

import type { SimulatedRow } from "../comparing/simulated-betas.js";
import { pivotOf } from "./pivot.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

const COLUMNS: readonly RowColumn<SimulatedRow>[] = [
  { key: "process", head: "True beta", value: ({ process }) => process },
  { key: "estimator", head: "Estimator", value: ({ estimator }) => estimator },
  { key: "update", head: "Update", value: ({ update }) => update },
  { key: "n", head: "n", decimals: 0, fileOnly: true, value: ({ n }) => n },
  { key: "betaRmse", head: "RMSE of β", decimals: 3, value: ({ betaRmse }) => betaRmse },
  { key: "rmse", head: "Hedging RMSE", decimals: 4, value: ({ rmse }) => rmse },
  {
    key: "oracleShare",
    head: "Oracle share",
    decimals: 2,
    value: ({ oracleShare }) => oracleShare,
  },
  { key: "shareError", head: "± s.e.", decimals: 2, value: ({ shareError }) => shareError },
  { key: "interval", head: "Interval", value: ({ interval }) => interval },
  { key: "coverage", head: "Coverage", decimals: 3, value: ({ coverage }) => coverage },
];

/**
 * Scores on simulated panels: the first process on screen, all in files.
 *
 * @example
 * tableSimulatedBetas(simulated, "one panel a process").rows[0]!.slice(0, 5); // ["constant", "true beta", "", 48, 0]
 */
export function tableSimulatedBetas(rows: readonly SimulatedRow[], sample: string): Table {
  return {
    id: "simulated-betas",
    caption: `Estimators against betas that are known; simulated, ${sample}`,
    ...tableOf(rows, COLUMNS),
    shown: rows.filter((row) => row.process === rows[0]?.process).length,
    notes: [
      "Oracle share: 1 − L / L_OLS, with L the sum of ((β − β̂) f)² over coins and tested dates and OLS the historical beta, updated; 1 is the true beta, below 0 is worse than OLS. The coins' own noise, which no beta can hedge, is not in it. ± s.e.: over panels.",
      "Coverage: share of 95 % intervals that hold the true beta; a seed band is no interval and has none.",
    ],
  };
}

/**
 * Oracle share of every estimator under every process.
 *
 * @example
 * tableOracleShare(simulated, "one panel a process").rows[1]!.slice(0, 3); // ["pooled", "frozen", -2.0229]
 */
export function tableOracleShare(rows: readonly SimulatedRow[], sample: string): Table {
  return {
    id: "oracle-share",
    caption: `Share of the oracle's gain over OLS; simulated, ${sample}`,
    ...withErrors(rows),
    notes: [
      "1 is the true beta, 0 the historical beta, below 0 is worse. Read down a column: which estimator is nearest to the truth under that process. ±: standard error over panels of the column before. The coins' own noise is not in the shares.",
    ],
  };
}

/**
 * Coverage of the 95 % intervals of every estimator that has them, under every process.
 *
 * @example
 * tableCoverage(simulated, "one panel a process").rows[0];
 * // ["historical", "frozen", 0.5, 1]: share of intervals that hold the true beta, constant and step
 */
export function tableCoverage(rows: readonly SimulatedRow[], sample: string): Table {
  const covered = rows.filter((row) => !Number.isNaN(row.coverage));
  return {
    id: "coverage",
    caption: `Share of 95 % intervals that hold the true beta; simulated, ${sample}`,
    ...byProcess(covered, ({ coverage }) => coverage),
    notes: [
      "An interval of a constant beta does not know that beta moves: where it does, coverage must fall short. Tested dates share their panels, so that shares vary more than their number suggests.",
    ],
  };
}

/** Shares by process, each with its standard error in the column behind it. */
function withErrors(rows: readonly SimulatedRow[]): Pick<Table, "columns" | "rows"> {
  const shares = byProcess(rows, ({ oracleShare }) => oracleShare);
  const errors = byProcess(rows, ({ shareError }) => shareError);
  const [estimator, update, ...processes] = shares.columns;
  return {
    columns: [
      ...[estimator!, update!],
      ...processes.flatMap((column) => [
        column,
        { ...column, key: `${column.key} error`, head: "±" },
      ]),
    ],
    rows: shares.rows.map((row, r) => [
      ...row.slice(0, 2),
      ...row.slice(2).flatMap((share, p) => [share, errors.rows[r]![p + 2]!]),
    ]),
  };
}

/** One line per estimator and update, without the true beta; one column per process. */
const byProcess = (rows: readonly SimulatedRow[], cell: (row: SimulatedRow) => number) =>
  pivotOf(
    rows.filter(({ update }) => update !== ""),
    { across: ({ process }) => process, cell, decimals: 2 },
  );
