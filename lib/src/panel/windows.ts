/** Look-back windows: what the network sees before each target. */

import { checkInteger } from "../check.js";
import type { Panel, Windows } from "../types.js";
import { columnsOf, type InputSeries, inputSeries, type SeriesColumns } from "./input-series.js";
import { rowAt } from "./panel.js";

/**
 * One row per coin and target date: the last `lookback` log returns of the coin and of every market, and values of every
 * predictor, oldest first.
 *
 * The row of target t uses returns t - lookback … t - 1; the returns of t itself are kept apart.
 *
 * @param panel log returns, T periods, N coins, K markets
 * @returns B = N (T - lookback) rows, ordered by target date, then by coin
 * @throws RangeError if `lookback` is not an integer of at least 1
 * @example
 * const windows = lookbackWindows(onePair([0.01, 0.02, 0.03], [0.04, 0.05, 0.06]), 2);
 * windows.inputs; // [0.01, 0.02, 0.04, 0.05]
 * windows.coinLogReturns; // [0.03]
 * @see report, Step 1: 12-month look-back window
 */
export function lookbackWindows(panel: Panel, lookback: number): Windows {
  const [T, N] = [panel.dates.length, panel.coins.length];
  const count = N * Math.max(0, T - lookback);
  const rows = {
    coin: Int32Array.from({ length: count }, (_, row) => row % N),
    target: Int32Array.from({ length: count }, (_, row) => lookback + Math.floor(row / N)),
  };
  return { ...windowsOf(panel, lookback, rows) };
}

/** Rows of windows. */
export type WindowRows = Pick<Windows, "coin" | "target">;

/** Series of the windows that were cut from some; by the windows themselves, as a copy with other inputs is another object. */
const SERIES = new WeakMap<Windows, InputSeries>();

/** Series that windows are cut from, where it is known: what is made of them is made of fewer numbers. */
export const seriesOf = (windows: Windows): InputSeries | undefined => SERIES.get(windows);

/**
 * Some rows of `lookbackWindows`. Their inputs are laid out when they are read, each time anew: those of many coins in days take
 * gigabytes.
 */
export function windowsOf(panel: Panel, lookback: number, { coin, target }: WindowRows): Windows {
  checkInteger("lookbackWindows", "lookback", lookback, 1);
  const [N, K] = [panel.coins.length, panel.markets.length];
  const series = inputSeries(panel);
  const coinLogReturns = new Float64Array(coin.length);
  const marketLogReturns = new Float64Array(coin.length * K);
  for (let row = 0; row < coin.length; row++) {
    const t = target[row]!;
    coinLogReturns[row] = panel.coinLogReturns[t * N + coin[row]!]!;
    for (let k = 0; k < K; k++) marketLogReturns[row * K + k] = panel.marketLogReturns[t * K + k]!;
  }
  const places = { lookback, series: 1 + series.shared.length, coin, target };
  const windows: Windows = {
    ...places,
    markets: K,
    get inputs() {
      return laidOut(series, places, new Float64Array(inputCount(places)));
    },
    coinLogReturns,
    marketLogReturns,
  };
  SERIES.set(windows, series);
  return windows;
}

/** Where windows lie in their series. */
export type WindowPlaces = Pick<Windows, "lookback" | "series" | "coin" | "target">;

/** B L S */
export const inputCount = ({ lookback, series, coin }: WindowPlaces): number =>
  coin.length * lookback * series;

/** Writes windows side by side [B x L S]. */
export function laidOut<Values extends Float32Array | Float64Array>(
  series: SeriesColumns<Values>,
  { lookback, coin, target }: WindowPlaces,
  out: Values,
): Values {
  const columns = series.own.map((_, i) => columnsOf(series, i));
  let at = 0;
  for (let row = 0; row < target.length; row++) {
    const t = target[row]!;
    // Value by value: views of so few values cost more than the values.
    for (const column of columns[coin[row]!]!)
      for (let lag = t - lookback; lag < t; lag++) out[at++] = column[lag]!;
  }
  return out;
}

/**
 * True if every input of a row is there and, unless `targetToo` is false, so are the returns of its target.
 *
 * @example
 * const windows = lookbackWindows(onePair([0.01, 0.02, Number.NaN], [0.04, 0.05, 0.06]), 2);
 * [isCompleteRow(windows, 0), isCompleteRow(windows, 0, false)]; // [false, true]: the coin ends before the target
 */
export function isCompleteRow(windows: Windows, row: number, targetToo = true): boolean {
  const { lookback, series, markets, inputs } = windows;
  const width = lookback * series;
  for (let at = row * width; at < (row + 1) * width; at++)
    if (!Number.isFinite(inputs[at])) return false;
  if (!targetToo) return true;
  return (
    Number.isFinite(windows.coinLogReturns[row]) &&
    rowAt(windows.marketLogReturns, markets, row).every(Number.isFinite)
  );
}

/**
 * The rows of the windows that pass a test of their target date or index, for example one block of a split.
 *
 * @example
 * const windows = lookbackWindows(onePair([0.01, 0.02, 0.03], [0.04, 0.05, 0.06]), 1);
 * selectRows(windows, (target) => target === 2).coinLogReturns; // [0.03]
 */
export function selectRows(
  windows: Windows,
  keep: (target: number, row: number) => boolean,
): Windows {
  const rows = [...windows.target.keys()].filter((row) => keep(windows.target[row]!, row));
  const take = (values: Float64Array, width: number): Float64Array => {
    const out = new Float64Array(rows.length * width);
    rows.forEach((row, at) => {
      rowAt(out, width, at).set(rowAt(values, width, row));
    });
    return out;
  };
  const { lookback, markets, series } = windows;
  return {
    lookback,
    markets,
    series,
    inputs: take(windows.inputs, lookback * series),
    coinLogReturns: take(windows.coinLogReturns, 1),
    marketLogReturns: take(windows.marketLogReturns, markets),
    coin: Int32Array.from(rows, (row) => windows.coin[row]!),
    target: Int32Array.from(rows, (row) => windows.target[row]!),
  };
}
