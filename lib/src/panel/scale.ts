/** Scales of the network's inputs and outputs, from the fitting block alone. */

import { rootMeanSquare } from "../stats/moments.js";
import type { Windows } from "../types.js";
import { columnsOf, type InputSeries, type SeriesColumns } from "./input-series.js";
import { inputCount, laidOut, seriesOf } from "./windows.js";

/** Moments of a fitting block by which a network's inputs and outputs are scaled. */
export interface Scale {
  /** Mean of the inputs, of the own coin, of each market and of each predictor [S]. */
  readonly inputMean: readonly number[];
  /** Standard deviation (n) of the inputs [S]. */
  readonly inputSd: readonly number[];
  /** Uncentred root mean square of the coins' target returns, pooled over coins. */
  readonly coinRms: number;
  /** Uncentred root mean square of each market's target returns [K]. */
  readonly marketRms: readonly number[];
}

/**
 * Moments of a fitting block: one pair per market or predictor and one pooled pair for the own coin, over all rows and lags, so
 * that the scaled inputs of the block have mean 0 and standard deviation 1 exactly.
 *
 * @param block rows of the fitting block; no other row may touch the scale
 * @throws RangeError if a series does not move within the block
 * @example
 * const { coinRms } = fittingScale(splitWindows(lookbackWindows(dollar, 12), dollar.dates, study.split).inSample);
 * coinRms; // 0.2521
 */
export function fittingScale(block: Windows): Scale {
  const { markets, coinLogReturns, marketLogReturns } = block;
  const cutFrom = seriesOf(block);
  const shows = cutFrom ? cutInputs(cutFrom, block) : laidInputs(block);
  const moments = shows.map(inputMoments);
  const scale = {
    inputMean: moments.map((own) => own.mean),
    inputSd: moments.map((own) => own.sd),
    coinRms: rootMeanSquare(coinLogReturns),
    marketRms: Array.from({ length: markets }, (_, k) =>
      rootMeanSquare(marketLogReturns.filter((_f, i) => i % markets === k)),
    ),
  };
  const finite = [...scale.inputSd, scale.coinRms, ...scale.marketRms].every((s) => s > 0);
  if (!finite || !moments.every(({ moves }) => moves))
    throw new RangeError(
      "fittingScale: every series must move within the fitting block, but one is constant or missing; leave it out or move the block",
    );
  return scale;
}

/** Shows the inputs of a series, one window after the other: values from … to - 1. */
type ShowWindows = (visit: (values: Float64Array, from: number, to: number) => void) => void;

function laidInputs({ lookback, series, inputs }: Windows): ShowWindows[] {
  return Array.from({ length: series }, (_, group) => (visit) => {
    for (let at = group * lookback; at < inputs.length; at += lookback * series)
      visit(inputs, at, at + lookback);
  });
}

/** The same of inputs that are never in memory together. */
function cutInputs(
  cutFrom: InputSeries,
  { lookback, series, coin, target }: Windows,
): ShowWindows[] {
  const columns = cutFrom.own.map((_, i) => columnsOf(cutFrom, i));
  return Array.from({ length: series }, (_, group) => (visit) => {
    target.forEach((t, row) => {
      visit(columns[coin[row]!]![group]!, t - lookback, t);
    });
  });
}

/** Mean and standard deviation (n), as `mean` and `standardDeviation` sum them; whether any value differs from the first. */
function inputMoments(show: ShowWindows) {
  let n = 0;
  let sum = 0;
  let squares = 0;
  let moves = false;
  let first: number | undefined;
  // Sums within a window have names of their own: those that two functions share are allocated anew with every value.
  show((values, from, to) => {
    first ??= values[from]!;
    let through = sum;
    for (let at = from; at < to; at++) through += values[at]!;
    sum = through;
    for (let at = from; at < to && !moves; at++) moves = values[at] !== first;
    n += to - from;
  });
  const mean = sum / n;
  show((values, from, to) => {
    let through = squares;
    for (let at = from; at < to; at++) through += (values[at]! - mean) ** 2;
    squares = through;
  });
  return { mean, sd: Math.sqrt(squares / n), moves };
}

/**
 * Inputs as z-scores [B x L S], float32 as the network takes them.
 *
 * @example
 * const windows = lookbackWindows(onePair([0.01, 0.03, 0], [0.02, 0.06, 0.01]), 2);
 * scaledInputs(windows, { inputMean: [0.02, 0.04], inputSd: [0.01, 0.02], coinRms: 1, marketRms: [1] }); // [-1, 1, -1, 1]
 */
export function scaledInputs(windows: Windows, scale: Scale): Float32Array {
  const cutFrom = seriesOf(windows);
  if (cutFrom)
    return laidOut(scaledSeries(cutFrom, scale), windows, new Float32Array(inputCount(windows)));
  const { lookback, series, inputs } = windows;
  const scaled = new Float32Array(inputs.length);
  for (let at = 0, run = 0; at < scaled.length; run++) {
    const mean = scale.inputMean[run % series]!;
    const sd = scale.inputSd[run % series]!;
    for (const end = at + lookback; at < end; at++) scaled[at] = (inputs[at]! - mean) / sd;
  }
  return scaled;
}

/** Series as z-scores, float32: each value is scaled once, and not once for every window that holds it. */
export function scaledSeries(
  { own, shared }: InputSeries,
  { inputMean, inputSd }: Pick<Scale, "inputMean" | "inputSd">,
): SeriesColumns<Float32Array> {
  const scaled = (values: Float64Array, s: number) =>
    Float32Array.from(values.map((v) => (v - inputMean[s]!) / inputSd[s]!));
  return {
    own: own.map((values) => scaled(values, 0)),
    shared: shared.map((values, s) => scaled(values, 1 + s)),
  };
}

/**
 * Beta of a network's output b: beta = b s_r / s_f, with uncentred root mean squares.
 *
 * @example
 * const scale = { inputMean: [0, 0], inputSd: [1, 1], coinRms: 0.2, marketRms: [0.02] };
 * betaOfOutput(scale, 0.15, 0); // 1.5
 */
export function betaOfOutput(scale: Scale, output: number, market: number): number {
  return (output * scale.coinRms) / scale.marketRms[market]!;
}

/** Hedging RMSE in log returns of a loss in the network's units, sqrt(loss) s_r. */
export function rmseOfLoss(scale: Scale, loss: number): number {
  return Math.sqrt(loss) * scale.coinRms;
}
