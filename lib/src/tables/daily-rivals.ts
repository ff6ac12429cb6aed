/** Estimators on days: hedging errors against the pooled constant, and predictions of the realised beta to come. */

import type { OutOfSampleTest } from "../comparing/out-of-sample-tests.js";
import type { RealisedPrediction } from "../comparing/realised-prediction.js";
import { holmPValues } from "../stats/multiple-testing.js";
import { missingBetas, noneCommon, tooLate } from "./missing-betas.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

/** Parts of the pooled constant's RMSE, in percent. */
const percent = (row: OutOfSampleTest, part: number) => (100 * part) / (row.rmse - row.rmseChange);

interface RivalRow extends OutOfSampleTest {
  readonly holm: number;
}

const RIVALS: readonly RowColumn<RivalRow>[] = [
  { key: "marketSet", head: "Set", value: ({ marketSet }) => marketSet },
  { key: "estimator", head: "Estimator", value: ({ estimator }) => estimator },
  { key: "n", head: "n", decimals: 0, fileOnly: true, value: ({ n }) => n },
  { key: "rmse", head: "RMSE", decimals: 5, value: ({ rmse }) => rmse },
  {
    key: "changePercent",
    head: "Change %",
    decimals: 2,
    value: (row) => percent(row, row.rmseChange),
  },
  {
    key: "lowerPercent",
    head: "from",
    decimals: 2,
    value: (row) => percent(row, row.changeLower),
  },
  {
    key: "upperPercent",
    head: "to",
    decimals: 2,
    value: (row) => percent(row, row.changeUpper),
  },
  { key: "hacPValue", head: "p (NW)", decimals: 3, value: ({ hacPValue }) => hacPValue },
  { key: "hacHolm", head: "p (Holm)", decimals: 3, value: ({ holm }) => holm },
  { key: "mcs", head: "MCS p", decimals: 3, value: ({ mcs }) => mcs },
  {
    key: "detectablePercent",
    head: "Detectable %",
    decimals: 2,
    value: (row) => percent(row, row.detectable),
  },
];

/**
 * Every estimator's hedging RMSE against that of the pooled constant on the same days, set by set.
 *
 * @param tests of updated betas, without the pooled constant itself, as `outOfSampleTests` returns them
 * @param shownSets sets for the screen; files have them all
 * @example
 * tableDailyRivals(outOfSampleTests(walked, sample, draws), ["FIAT"], "2021 to 2024").columns[1]!.head; // "Estimator"
 */
export function tableDailyRivals(
  tests: readonly OutOfSampleTest[],
  shownSets: readonly string[],
  sample: string,
): Table {
  const sets = [...new Set([...shownSets, ...tests.map(({ marketSet }) => marketSet)])];
  const rows = sets.flatMap((set) => {
    const own = tests.filter(({ marketSet }) => marketSet === set);
    const corrected = holmPValues(own.map(({ hacPValue }) => hacPValue));
    return own.map((row, i) => ({ ...row, holm: corrected[i]! }));
  });
  return {
    id: "daily-rivals",
    caption: `Hedging RMSE in log returns of updated betas against that of the pooled constant; ${sample}`,
    ...tableOf(rows, RIVALS),
    notes: [
      "Change: RMSE less that of the pooled constant, in percent of it; below 0 the estimator is better. The interval is a paired circular block bootstrap of whole dates.",
      "p (NW): Diebold-Mariano with Newey and West's lags; p (Holm): the same after Holm's correction over the estimators of the set. MCS p: Model Confidence Set; below 0.05 the estimator is not among the best. Detectable: reduction that the test would find at 5 % in 80 % of samples.",
      ...missingBetas(tests),
    ],
    shown: rows.filter(({ marketSet }) => shownSets.includes(marketSet)).length,
  };
}

const PREDICTIONS: readonly RowColumn<RealisedPrediction>[] = [
  { key: "marketSet", head: "Set", value: ({ marketSet }) => marketSet },
  { key: "market", head: "Market", value: ({ market }) => market },
  { key: "estimator", head: "Estimator", value: ({ estimator }) => estimator },
  { key: "sample", head: "Sample", fileOnly: true, value: ({ sample }) => sample },
  { key: "periods", head: "Periods", decimals: 0, fileOnly: true, value: ({ periods }) => periods },
  { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
  { key: "loss", head: "Loss", decimals: 2, value: ({ loss }) => loss },
  { key: "r2", head: "R²", decimals: 3, value: ({ r2 }) => r2 },
  { key: "dmPValue", head: "p", decimals: 3, value: ({ dmPValue }) => dmPValue },
];

/**
 * How well betas that are known before a period predict its realised beta.
 *
 * @param shownSets sets for the screen; files have them all
 * @example
 * tableRealisedPredictions([], [], "months, 2021 to 2024").id; // "realised-predictions"
 */
export function tableRealisedPredictions(
  predictions: readonly RealisedPrediction[],
  shownSets: readonly string[],
  sample: string,
): Table {
  const isShown = ({ marketSet }: RealisedPrediction) => shownSets.includes(marketSet);
  const shown = predictions.filter(isShown);
  const rows = [...shown, ...predictions.filter((row) => !isShown(row))];
  return {
    id: "realised-predictions",
    caption: `Predictions of the realised beta of the period to come, by betas known before it; ${sample}`,
    ...tableOf(rows, PREDICTIONS),
    notes: [
      "Loss: mean of ((realised − predicted) / standard error of the realised)²; it is about 1 where only the measurement errs. R²: 1 − loss / loss of the pooled constant. p: Diebold-Mariano by period against the pooled constant.",
      ...notPredicted(predictions),
    ],
    shown: shown.length,
  };
}

/** Names the rows that have no periods: estimators with too few betas, and markets where no period is common to all. */
function notPredicted(predictions: readonly RealisedPrediction[]): string[] {
  const place = ({ marketSet, market }: RealisedPrediction) =>
    marketSet === market ? market : `${market} of ${marketSet}`;
  const compared = new Set(predictions.filter(({ periods }) => periods > 0).map(place));
  const without = predictions.filter(({ periods }) => periods === 0);
  const late = new Set(
    without.filter((row) => compared.has(place(row))).map(({ estimator }) => estimator),
  );
  const empty = new Set(without.map(place).filter((name) => !compared.has(name)));
  return [...tooLate([...late].join(", ")), ...noneCommon("period", [...empty])];
}
