/** What the factors change of the hedging RMSE. */

import type { FactorGainRow } from "../comparing/factor-gain.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

/** @param percent coverage of the intervals, for example "95 %" */
const columnsOf = (percent: string): readonly RowColumn<FactorGainRow>[] => [
  { key: "sample", head: "Sample", fileOnly: true, value: ({ sample }) => sample },
  { key: "marketSet", head: "Markets", value: ({ marketSet }) => marketSet },
  { key: "estimator", head: "Estimator", value: ({ estimator }) => estimator },
  { key: "update", head: "Update", fileOnly: true, value: ({ update }) => update },
  { key: "experiment", head: "Exp.", value: ({ experiment }) => experiment },
  { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
  { key: "rmseBase", head: "RMSE without", decimals: 4, value: ({ rmseBase }) => rmseBase },
  { key: "rmse", head: "with", decimals: 4, value: ({ rmse }) => rmse },
  { key: "changePercent", head: "Change, %", decimals: 1, value: ({ change }) => 100 * change },
  { key: "lowerPercent", head: `${percent} from`, decimals: 1, value: ({ lower }) => 100 * lower },
  { key: "upperPercent", head: "to", decimals: 1, value: ({ upper }) => 100 * upper },
  { key: "dmStatistic", head: "DM", decimals: 2, value: ({ dmStatistic }) => dmStatistic },
  { key: "dmPValue", head: "p", decimals: 3, value: ({ dmPValue }) => dmPValue },
  { key: "holmPValue", head: "p (Holm)", decimals: 3, value: ({ holmPValue }) => holmPValue },
  {
    key: "cwStatistic",
    head: "CW",
    decimals: 2,
    fileOnly: true,
    value: ({ cwStatistic }) => cwStatistic,
  },
  {
    key: "cwPValue",
    head: "p (CW)",
    decimals: 3,
    fileOnly: true,
    value: ({ cwPValue }) => cwPValue,
  },
  {
    key: "seedErrorPercent",
    head: "Seed error",
    decimals: 1,
    value: ({ seedError }) => 100 * seedError,
  },
  {
    key: "seedsBetter",
    head: "Seeds better",
    decimals: 2,
    value: ({ seedsBetter }) => seedsBetter,
  },
];

/** Rows of a table of factor gains. */
export interface FactorGainTable {
  /** Rows for the screen. */
  readonly shown: readonly FactorGainRow[];
  /** Rows for files only; none by default. */
  readonly others?: readonly FactorGainRow[];
  /** Coverage of the intervals. */
  readonly level: number;
}

/**
 * Hedging RMSE with the factors against without them.
 *
 * @example
 * tableFactorGain({ shown: gains, level: 0.95 }, "2021 to 2024").rows.length; // 3: two market sets, and both together
 */
export function tableFactorGain(
  { shown, others = [], level }: FactorGainTable,
  sample: string,
): Table {
  return {
    id: "fama-french",
    caption: `Hedging RMSE in log returns without and with the Fama-French factors, all coins; ${sample}`,
    ...tableOf([...shown, ...others], columnsOf(`${Number((100 * level).toPrecision(4))} %`)),
    notes: [
      "A: the factors are lagged inputs, the hedges stay. B: the factors hedge too (without Mkt-RF where EQUITY does). all: squared errors averaged over the market sets by date.",
      "Change: of the RMSE by the factors, below 0 they help; interval by a paired circular block bootstrap of whole dates. DM: Diebold-Mariano, Harvey-Leybourne-Newbold, two-sided; Holm: over all rows of the sample. CW (in files): Clark-West, one-sided, asymptotic and slightly cautious for the pooled constant, approximate for all others. Seed error: Monte Carlo error of the change over the seeds of both ensembles, in percentage points. Seeds better: share of all pairs, of a network with and one without the factors, whose former has the lower RMSE; more inputs change the width of the start weights' distribution and all draws after the first, so that equal seeds are no pair.",
      "Fewer than 24 dates: no tests and no intervals.",
    ],
    shown: shown.length,
  };
}
