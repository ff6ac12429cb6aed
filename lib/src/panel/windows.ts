/** Look-back windows: what the network sees before each target. */

import { checkInteger } from "../check.js";
import type { Panel, Windows } from "../types.js";
import { columnsOf, type InputSeries, inputSeries } from "./input-series.js";
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
  const T = panel.dates.length;
  const targets = Array.from({ length: Math.max(0, T - lookback) }, (_, i) => lookback + i);
  const coins = [...panel.coins.keys()];
  const rows = targets.flatMap((target) => coins.map((coin) => ({ target, coin })));
  const { inputs, ...windows } = windowsOf(panel, lookback, rows);
  return { ...windows, inputs };
}

/** The row of a window. */
export interface WindowRow {
  readonly target: number;
  readonly coin: number;
}

/**
 * Some rows of `lookbackWindows`, whose inputs are laid out when they are read, each time anew: those of many coins in days take
 * gigabytes, and what is made of them is smaller.
 */
export function windowsOf(panel: Panel, lookback: number, rows: readonly WindowRow[]): Windows {
  checkInteger("lookbackWindows", "lookback", lookback, 1);
  const [N, K] = [panel.coins.length, panel.markets.length];
  const series = inputSeries(panel);
  const marketLogReturns = new Float64Array(rows.length * K);
  rows.forEach(({ target }, row) => {
    rowAt(marketLogReturns, K, row).set(rowAt(panel.marketLogReturns, K, target));
  });
  return {
    lookback,
    markets: K,
    series: 1 + series.shared.length,
    get inputs() {
      return laidOut(series, lookback, rows);
    },
    coinLogReturns: Float64Array.from(
      rows,
      ({ target, coin }) => panel.coinLogReturns[target * N + coin]!,
    ),
    marketLogReturns,
    coin: Int32Array.from(rows, ({ coin }) => coin),
    target: Int32Array.from(rows, ({ target }) => target),
  };
}

/** [B x L S] */
function laidOut(
  series: InputSeries,
  lookback: number,
  rows: readonly WindowRow[],
): Windows["inputs"] {
  const columns = series.own.map((_, coin) => columnsOf(series, coin));
  const inputs = new Float64Array(rows.length * lookback * (1 + series.shared.length));
  let at = 0;
  for (const { target, coin } of rows)
    for (const column of columns[coin]!) {
      inputs.set(column.subarray(target - lookback, target), at);
      at += lookback;
    }
  return inputs;
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
