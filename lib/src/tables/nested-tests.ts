/** Networks against constants, on equal information and on all. */

import type { NestedTest } from "../comparing/nested-tests.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

const COLUMNS: readonly RowColumn<NestedTest>[] = [
  { key: "sample", head: "Sample", fileOnly: true, value: ({ sample }) => sample },
  { key: "marketSet", head: "Markets", value: ({ marketSet }) => marketSet },
  { key: "estimator", head: "Network", value: ({ estimator }) => estimator },
  { key: "update", head: "Update", value: ({ update }) => update },
  { key: "information", head: "Constant knows", value: ({ information }) => information },
  { key: "n", head: "n", decimals: 0, fileOnly: true, value: ({ n }) => n },
  { key: "rmse", head: "RMSE", decimals: 4, value: ({ rmse }) => rmse },
  {
    key: "benchmarkRmse",
    head: "Constant",
    decimals: 4,
    value: ({ benchmarkRmse }) => benchmarkRmse,
  },
  { key: "change", head: "Change", decimals: 4, value: ({ change }) => change },
  { key: "changeLower", head: "from", decimals: 4, value: ({ changeLower }) => changeLower },
  { key: "changeUpper", head: "to", decimals: 4, value: ({ changeUpper }) => changeUpper },
  { key: "dmStatistic", head: "DM", decimals: 2, fileOnly: true, value: (row) => row.dmStatistic },
  { key: "dmPValue", head: "p (DM)", decimals: 3, value: ({ dmPValue }) => dmPValue },
  { key: "dmHolm", head: "p (Holm)", decimals: 3, fileOnly: true, value: ({ dmHolm }) => dmHolm },
  {
    key: "dmRomanoWolf",
    head: "p (RW)",
    decimals: 3,
    value: ({ dmRomanoWolf }) => dmRomanoWolf,
  },
  { key: "cwStatistic", head: "CW", decimals: 2, fileOnly: true, value: (row) => row.cwStatistic },
  { key: "cwPValue", head: "p (CW)", decimals: 3, value: ({ cwPValue }) => cwPValue },
  {
    key: "encStatistic",
    head: "ENC-NEW",
    decimals: 2,
    fileOnly: true,
    value: ({ encStatistic }) => encStatistic,
  },
  { key: "encPValue", head: "p (ENC-NEW)", decimals: 3, value: ({ encPValue }) => encPValue },
];

/**
 * Every network against the constant that knows all, and against the one that knows what the network's weights know.
 *
 * @param rows of one or several samples; the screen shows the first
 * @param shownSet market set for the screen; files have them all
 * @example
 * tableNestedTests(nestedTests(walked, sample, draws), "FIAT", "2021 to 2024").rows.length; // 0
 */
export function tableNestedTests(
  rows: readonly NestedTest[],
  shownSet: string,
  sample: string,
): Table {
  const shown = rows.filter(
    ({ marketSet, sample: name }) => marketSet === shownSet && name === rows[0]!.sample,
  );
  return {
    id: "nested-tests",
    caption: `Networks against the constant that they nest, hedging RMSE in log returns, ${shownSet}, all coins; ${sample}`,
    ...tableOf([...shown, ...rows.filter((row) => !shown.includes(row))], COLUMNS),
    notes: [
      "Constant knows: all before each date, or only the targets that the network's weights were trained on. A network ending in -final is trained once more on fit and validation together, for the epochs that the validation block chose.",
      "Change: RMSE minus the constant's, with a studentized circular block bootstrap of whole dates. DM: Diebold-Mariano, two-sided, no lags; RW: Romano and Wolf's step-down over all networks against constants of the same information, Newey-West errors.",
      "p (CW), p (ENC-NEW): whether the network holds anything that the constant lacks, one-sided: Clark-West, asymptotic and slightly cautious for least squares, approximate for networks; ENC-NEW with critical values of a wild bootstrap.",
    ],
    shown: shown.length,
  };
}
