/** Look-back windows: what the network sees before each target. */

import { checkInteger } from "../check.js";
import type { Panel, Windows } from "../types.js";
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
  checkInteger("lookbackWindows", "lookback", lookback, 1);
  const T = panel.dates.length;
  const N = panel.coins.length;
  const K = panel.markets.length;
  const B = N * Math.max(0, T - lookback);
  const P = panel.predictors?.names.length ?? 0;
  const series = 1 + K + P;
  const width = lookback * series;
  const inputs = new Float64Array(B * width);
  const coinLogReturns = new Float64Array(B);
  const marketLogReturns = new Float64Array(B * K);
  const coin = new Int32Array(B);
  const target = new Int32Array(B);
  let row = 0;
  for (let t = lookback; t < T; t++) {
    for (let i = 0; i < N; i++, row++) {
      for (let lag = 0; lag < lookback; lag++) {
        const date = t - lookback + lag;
        inputs[row * width + lag] = panel.coinLogReturns[date * N + i]!;
        for (let k = 0; k < K; k++)
          inputs[row * width + (1 + k) * lookback + lag] = panel.marketLogReturns[date * K + k]!;
        for (let p = 0; p < P; p++)
          inputs[row * width + (1 + K + p) * lookback + lag] =
            panel.predictors!.values[date * P + p]!;
      }
      coinLogReturns[row] = panel.coinLogReturns[t * N + i]!;
      rowAt(marketLogReturns, K, row).set(rowAt(panel.marketLogReturns, K, t));
      coin[row] = i;
      target[row] = t;
    }
  }
  return {
    lookback,
    markets: K,
    series,
    inputs,
    coinLogReturns,
    marketLogReturns,
    coin,
    target,
  };
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
