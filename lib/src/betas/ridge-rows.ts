/** The rows of the ridge beta, from the panel itself: windows laid out side by side would take a hundred times its memory. */

import { checkInteger } from "../check.js";
import { completeTargets, type InputSeries, inputSeries } from "../panel/input-series.js";
import { fittingScale, type Scale, scaledSeries } from "../panel/scale.js";
import { completeWindows } from "../panel/split.js";
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
  const complete = completeWindows(panel, lookback, { ranges: [fit], targetToo: true });
  const n = complete.target.length;
  if (n === 0)
    throw new RangeError(
      `ridgeBeta: the fitting block ${fit.from} to ${fit.through} must hold a target with ${lookback} complete periods before it, but it holds none; move the block or shorten the look-back`,
    );
  const scale = fittingScale(complete);
  const isComplete = completeTargets(panel, series, { lookback, targetToo: true });
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
  const end = (after - lookback) * N;
  return { fit, lookback, scale, rows, start, end, n, dates: new Set(complete.target).size };
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
