/** The rows of the ridge beta, from the panel itself: windows laid out side by side would take a hundred times its memory. */

import { checkInteger } from "../check.js";
import { type Scale, scaleOf } from "../panel/scale.js";
import type { InteractedRows } from "../stats/interacted-ridge.js";
import type { DateRange, Panel } from "../types.js";
import { blockRows } from "./rows.js";

/** Rows of the look-back windows of a panel in units of a fitting block, which are rows start … end - 1. */
export interface FittingBlock {
  readonly fit: DateRange;
  readonly lookback: number;
  readonly scale: Scale;
  /** Row (t - lookback) N + i is that of coin i at t. */
  readonly rows: InteractedRows & { readonly group: number };
  readonly start: number;
  readonly end: number;
  /** Complete rows of the block. */
  readonly n: number;
  /** Dates with such a row. */
  readonly dates: number;
}

/**
 * The rows of a fitting block and of all dates after it.
 *
 * @throws RangeError if the look-back is not an integer of at least 1, the block holds no complete row, or a series does not move there
 */
export function fittingBlock(
  panel: Panel,
  { fit, lookback }: { readonly fit: DateRange; readonly lookback: number },
): FittingBlock {
  checkInteger("ridgeBeta", "lookback", lookback, 1);
  const { first, after } = blockRows("ridgeBeta", panel, fit);
  const series = seriesOf(panel);
  const [T, N] = [panel.dates.length, panel.coins.length];
  const isComplete = completeTargets(panel, series, lookback);
  const complete: number[] = [];
  for (let t = Math.max(first, lookback); t < after; t++)
    for (let i = 0; i < N; i++) if (isComplete(t, i)) complete.push(t * N + i);
  if (complete.length === 0)
    throw new RangeError(
      `ridgeBeta: the fitting block ${fit.from} to ${fit.through} must hold a target with ${lookback} complete periods before it, but it holds none; move the block or shorten the look-back`,
    );
  const scale = blockScale(panel, series, { complete, lookback });
  const K = panel.markets.length;
  const B = N * Math.max(0, T - lookback);
  const at = (row: number) => [lookback + Math.floor(row / N), row % N] as const;
  const rows = {
    k: K,
    d: lookback * series.length,
    own: lookback,
    group: N,
    f: Float64Array.from({ length: B * K }, (_, cell) => {
      const [t] = at(Math.floor(cell / K));
      return panel.marketLogReturns[t * K + (cell % K)]! / scale.marketRms[cell % K]!;
    }),
    z: scaledRows(series, scale, { lookback, N }),
    // Rows that lack an input are left out at any penalty.
    y: Float64Array.from({ length: B }, (_, row) => {
      const [t, i] = at(row);
      return isComplete(t, i) ? panel.coinLogReturns[t * N + i]! / scale.coinRms : NaN;
    }),
  };
  const start = Math.max(first - lookback, 0) * N;
  const dates = new Set(complete.map((cell) => Math.floor(cell / N))).size;
  const end = (after - lookback) * N;
  return { fit, lookback, scale, rows, start, end, n: complete.length, dates };
}

/** Values of a coin's own returns, of a market's, or of a predictor's, and how many stand side by side on a date. */
interface InputSeries {
  readonly values: Float64Array;
  readonly width: number;
  /** Its place on the date: the coin's, if undefined. */
  readonly column: number | undefined;
}

function seriesOf({ coins, markets, coinLogReturns, marketLogReturns, predictors }: Panel) {
  const columns = (values: Float64Array, width: number): InputSeries[] =>
    Array.from({ length: width }, (_, column) => ({ values, width, column }));
  const own: InputSeries = { values: coinLogReturns, width: coins.length, column: undefined };
  return [
    own,
    ...columns(marketLogReturns, markets.length),
    ...(predictors ? columns(predictors.values, predictors.names.length) : []),
  ];
}

/** Whether coin i has a return at t, and every input of the periods before it. */
function completeTargets(
  { dates, coins, markets, coinLogReturns, marketLogReturns }: Panel,
  series: readonly InputSeries[],
  lookback: number,
): (t: number, i: number) => boolean {
  const [T, N, K] = [dates.length, coins.length, markets.length];
  // Finite values in a row through each date, of the coins and of all other series together.
  const runs = new Int32Array(T * N);
  const shared = new Int32Array(T);
  const others = series.slice(1);
  for (let t = 0; t < T; t++) {
    const there = others.every(({ values, width, column }) =>
      Number.isFinite(values[t * width + column!]),
    );
    shared[t] = there ? (shared[t - 1] ?? 0) + 1 : 0;
    for (let i = 0; i < N; i++)
      runs[t * N + i] = Number.isFinite(coinLogReturns[t * N + i])
        ? (runs[(t - 1) * N + i] ?? 0) + 1
        : 0;
  }
  const hedged = Array.from({ length: T }, (_, t) =>
    marketLogReturns.subarray(t * K, (t + 1) * K).every(Number.isFinite),
  );
  return (t, i) =>
    runs[(t - 1) * N + i]! >= lookback &&
    shared[t - 1]! >= lookback &&
    runs[t * N + i]! > 0 &&
    hedged[t]!;
}

/** `fittingScale` of the complete rows of a block. */
function blockScale(
  { coins, markets, coinLogReturns, marketLogReturns }: Panel,
  series: readonly InputSeries[],
  { complete, lookback }: { readonly complete: readonly number[]; readonly lookback: number },
): Scale {
  const [N, K] = [coins.length, markets.length];
  const inputs = series.map(({ values, width, column }) => (visit: (value: number) => void) => {
    for (const cell of complete) {
      const t = Math.floor(cell / N);
      for (let date = t - lookback; date < t; date++)
        visit(values[date * width + (column ?? cell % N)]!);
    }
  });
  return scaleOf({
    inputs,
    coins: Float64Array.from(complete, (cell) => coinLogReturns[cell]!),
    markets: markets.map((_, k) =>
      Float64Array.from(complete, (cell) => marketLogReturns[Math.floor(cell / N) * K + k]!),
    ),
  });
}

/** Writes the inputs of a row as `scaledInputs` has them: each return is scaled once, not once for every window. */
function scaledRows(
  series: readonly InputSeries[],
  { inputMean, inputSd }: Scale,
  { lookback, N }: { readonly lookback: number; readonly N: number },
): InteractedRows["z"] {
  const scaled = series.map(({ values, width, column }, s) =>
    column === undefined
      ? Float32Array.from(values, (v) => (v - inputMean[s]!) / inputSd[s]!)
      : Float32Array.from(
          { length: values.length / width },
          (_, t) => (values[t * width + column]! - inputMean[s]!) / inputSd[s]!,
        ),
  );
  return (row, out) => {
    const [first, i] = [Math.floor(row / N), row % N];
    const own = scaled[0]!;
    for (let lag = 0; lag < lookback; lag++) out[lag] = own[(first + lag) * N + i]!;
    for (let s = 1; s < scaled.length; s++)
      out.set(scaled[s]!.subarray(first, first + lookback), s * lookback);
  };
}
