/** The rows of the ridge beta, from the panel itself: windows laid out side by side would take a hundred times its memory. */

import { checkInteger } from "../check.js";
import {
  columnsOf,
  completeTargets,
  type InputSeries,
  inputSeries,
} from "../panel/input-series.js";
import { type Scale, scaledSeries, scaleOf } from "../panel/scale.js";
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
  const series = inputSeries(panel);
  const [T, N] = [panel.dates.length, panel.coins.length];
  const isComplete = completeTargets(panel, series, { lookback, targetToo: true });
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
    d: lookback * (1 + series.shared.length),
    own: lookback,
    group: N,
    f: Float64Array.from({ length: B * K }, (_, cell) => {
      const [t] = at(Math.floor(cell / K));
      return panel.marketLogReturns[t * K + (cell % K)]! / scale.marketRms[cell % K]!;
    }),
    z: scaledRows(series, scale, lookback),
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

/** `fittingScale` of the complete rows of a block. */
function blockScale(
  { coins, markets, coinLogReturns, marketLogReturns }: Panel,
  series: InputSeries,
  { complete, lookback }: { readonly complete: readonly number[]; readonly lookback: number },
): Scale {
  const [N, K] = [coins.length, markets.length];
  const byCoin = coins.map((_, i) => columnsOf(series, i));
  return scaleOf({
    inputs: Array.from({ length: 1 + series.shared.length }, (_, s) => (visit) => {
      for (const cell of complete) {
        const t = Math.floor(cell / N);
        visit(byCoin[cell % N]![s]!, t - lookback, t);
      }
    }),
    coins: Float64Array.from(complete, (cell) => coinLogReturns[cell]!),
    markets: markets.map((_, k) =>
      Float64Array.from(complete, (cell) => marketLogReturns[Math.floor(cell / N) * K + k]!),
    ),
  });
}

/** Writes the inputs of a row as `scaledInputs` has them. */
function scaledRows(series: InputSeries, scale: Scale, lookback: number): InteractedRows["z"] {
  const { own, shared } = scaledSeries(series, scale);
  const N = own.length;
  return (row, out) => {
    const first = Math.floor(row / N);
    const write = (values: Float32Array, s: number) =>
      out.set(values.subarray(first, first + lookback), s * lookback);
    write(own[row % N]!, 0);
    shared.forEach((values, s) => {
      write(values, 1 + s);
    });
  };
}
