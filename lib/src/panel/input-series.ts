/** The series that a look-back window sees, and the targets whose window is whole. */

import type { Panel } from "../types.js";
import { column, rowAt } from "./panel.js";

/** Columns by series: a coin's own returns, then each market's and each predictor's, which all coins share. */
export interface SeriesColumns<Values> {
  /** Log returns of each coin [N], T each. */
  readonly own: readonly Values[];
  /** Log returns of each market, then values of each predictor [K + P], T each. */
  readonly shared: readonly Values[];
}

/** The columns as the panel has them. */
export type InputSeries = SeriesColumns<Float64Array>;

export function inputSeries(panel: Panel): InputSeries {
  const { coins, markets, coinLogReturns, marketLogReturns, predictors } = panel;
  const columns = (values: Float64Array, width: number) =>
    Array.from({ length: width }, (_, index) => column(values, width, index));
  return {
    own: columns(coinLogReturns, coins.length),
    shared: [
      ...columns(marketLogReturns, markets.length),
      ...(predictors ? columns(predictors.values, predictors.names.length) : []),
    ],
  };
}

/** Columns of a coin's window, in the order of the inputs. */
export const columnsOf = <Values>(
  { own, shared }: SeriesColumns<Values>,
  coin: number,
): Values[] => [own[coin]!, ...shared];

/**
 * Whether coin i has every input of the periods before date t and, where `targetToo`, the returns of t itself.
 *
 * @returns takes date and coin
 */
export function completeTargets(
  panel: Panel,
  series: InputSeries,
  { lookback, targetToo }: { readonly lookback: number; readonly targetToo: boolean },
): (t: number, i: number) => boolean {
  const K = panel.markets.length;
  const own = series.own.map(finiteRuns);
  const shared = series.shared.map(finiteRuns);
  const whole = panel.dates.map((_, t) => shared.every((runs) => runs[t - 1]! >= lookback));
  const hedged = panel.dates.map((_, t) =>
    rowAt(panel.marketLogReturns, K, t).every(Number.isFinite),
  );
  return (t, i) =>
    whole[t]! && own[i]![t - 1]! >= lookback && (!targetToo || (own[i]![t]! > 0 && hedged[t]!));
}

/** Finite values in a row through each date. */
function finiteRuns(values: Float64Array): Int32Array {
  const runs = new Int32Array(values.length);
  values.forEach((value, t) => {
    runs[t] = Number.isFinite(value) ? (runs[t - 1] ?? 0) + 1 : 0;
  });
  return runs;
}
