import type { SimulatedRow } from "../comparing/simulated-betas.js";
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
    columns: COLUMNS,
    rows: rows.map((row) => COLUMNS.map(({ key }) => row[key as keyof SimulatedRow])),
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
  return byProcess(
    rows,
    "oracle-share",
    `Share of the oracle's gain over OLS; simulated, ${sample}`,
    "oracleShare",
    "1 is the true beta, 0 the historical beta, below 0 is worse. Read down a column: which estimator is nearest to the truth under that process.",
  );
}

/**
 * Coverage of the 95 % intervals of every estimator that has them, under every process.
 *
 * @example
 * tableCoverage(simulated, "one panel a process").rows[0];
 * // ["historical", "frozen", 0.5, 1]: share of intervals that hold the true beta, constant and step
 */
export function tableCoverage(rows: readonly SimulatedRow[], sample: string): Table {
  return byProcess(
    rows.filter((row) => !Number.isNaN(row.coverage)),
    "coverage",
    `Share of 95 % intervals that hold the true beta; simulated, ${sample}`,
    "coverage",
    "An interval of a constant beta does not know that beta moves: where it does, coverage must fall short. Tested dates share their panels, so that shares vary more than their number suggests.",
  );
}

function byProcess(
  rows: readonly SimulatedRow[],
  id: string,
  caption: string,
  value: "oracleShare" | "coverage",
  note: string,
): Table {
  const processes = [...new Set(rows.map((row) => row.process))];
  const lines = [
    ...new Set(
      rows.filter((row) => row.update !== "").map((row) => `${row.estimator} ${row.update}`),
    ),
  ];
  return {
    id,
    caption,
    columns: [
      { key: "estimator", head: "Estimator" },
      { key: "update", head: "Update" },
      ...processes.map((process) => ({
        key: process,
        head: process,
        decimals: 2,
      })),
    ],
    rows: lines.map((line) => [
      ...(line.split(" ") as [string, string]),
      ...processes.map(
        (process) =>
          rows.find(
            (row) => row.process === process && `${row.estimator} ${row.update}` === line,
          )?.[value] ?? Number.NaN,
      ),
    ]),
    notes: [note],
  };
}
