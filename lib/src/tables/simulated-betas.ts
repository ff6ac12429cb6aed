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
      "Oracle share: (MSE_OLS − MSE) / (MSE_OLS − MSE_true beta) of the hedging errors, with OLS the historical beta, updated; 1 is the true beta, below 0 is worse than OLS.",
      "Coverage: share of 95 % intervals that hold the true beta; a seed band is no interval and has none.",
    ],
  };
}

/**
 * Oracle share of every estimator under every process.
 *
 * @example
 * tableOracleShare(simulated, "one panel a process").rows[1];
 * // ["pooled", "frozen", -0.2055, 0.7544]: under a constant and a step
 */
export function tableOracleShare(rows: readonly SimulatedRow[], sample: string): Table {
  return {
    id: "oracle-share",
    caption: `Share of the oracle's gain over OLS; simulated, ${sample}`,
    ...byProcess(rows, ({ oracleShare }) => oracleShare),
    notes: [
      "1 is the true beta, 0 the historical beta, below 0 is worse. Read down a column: which estimator is nearest to the truth under that process.",
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

/** One line per estimator and update, without the true beta; one column per process. */
const byProcess = (rows: readonly SimulatedRow[], cell: (row: SimulatedRow) => number) =>
  pivotOf(
    rows.filter(({ update }) => update !== ""),
    { across: ({ process }) => process, cell, decimals: 2 },
  );
