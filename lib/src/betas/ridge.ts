/** The ridge beta, the third null: linear in what the network sees. */

import { betaOfOutput, fittingScale, scaledInputs } from "../panel/scale.js";
import { lookbackWindows, selectRows } from "../panel/windows.js";
import { recursiveOls } from "../stats/recursive-ols.js";
import { type BetaPath, betaPath, type Panel, type Windows } from "../types.js";
import type { FittedOptions } from "./estimator.js";
import { blockRows, refuseCollinear } from "./rows.js";

/** Block, inputs and penalty of the ridge beta. */
export interface RidgeOptions extends FittedOptions {
  /** Periods of the inputs, those of the network. */
  readonly lookback: number;
  /** Lambda, per row of the fitting block; Infinity gives the pooled constant. */
  readonly penalty: number;
}

/**
 * Betas that are linear in the network's inputs, one set of coefficients for all coins:
 *
 * beta[i,k,t] = (b_k + sum_d c_kd z_d[i,t]) s_r / s_f,k, with z the scaled inputs and s the root mean squares of the network
 * (`fittingScale`). b and c minimise the mean over the n rows of the block of (hedging error / s_r)^2 plus penalty times the sum of
 * c^2: b is not drawn to zero. It is linear in b and c, a regression of r on f and on f z.
 *
 * The beta at t sees inputs of t - lookback … t - 1. Coefficients are those of the targets of the fitting block; updated, they
 * are found anew before every date on all targets since its first, and the penalty keeps the weight it had in the block. The scale
 * is the block's.
 *
 * @param panel log returns, decimals per period; rows with a missing input or return are left out
 * @returns [T x N x K] betas; NaN through the end of the fitting block, and where an input is missing
 * @throws RangeError if the fitting block holds no complete row, a series does not move there, the penalty is below 0, or the
 * markets are collinear
 * @example
 * const ridge = ridgeBeta(dollar, { fit: inSample, update: "frozen", lookback: 12, penalty: 0.1 });
 * hedgingRmse(dollar, ridge, validation); // 0.3948
 * @see Hoerl and Kennard (1970); Ferson and Schadt (1996) for betas that are linear in lagged variables
 */
export function ridgeBeta(panel: Panel, options: RidgeOptions): BetaPath {
  const { fit, update, lookback, penalty } = options;
  if (!(penalty >= 0))
    throw new RangeError(
      `ridgeBeta: penalty must be at least 0, got ${penalty}; Infinity gives the pooled constant`,
    );
  const [N, K] = [panel.coins.length, panel.markets.length];
  const { first, after } = blockRows("ridgeBeta", panel, fit);
  const windows = lookbackWindows(panel, lookback);
  const D = lookback * windows.series;
  const block = selectRows(
    windows,
    (t, row) => t >= first && t < after && isComplete(windows, row),
  );
  const n = block.target.length;
  if (n === 0)
    throw new RangeError(
      `ridgeBeta: the fitting block ${fit.from} to ${fit.through} must hold a target with ${lookback} complete periods before it, but it holds none; move the block or shorten the look-back`,
    );
  const scale = fittingScale(block);
  const z = scaledInputs(windows, scale);
  const inputs = penalty === Infinity ? 0 : D;
  // Coefficients: b, then the c of every market.
  const size = K * (1 + inputs);
  const ols = recursiveOls(
    size,
    Array.from({ length: size }, (_, j) => (j < K ? 0 : penalty * n)),
  );
  const regressors = new Float64Array(size);
  const addTarget = (t: number): void => {
    for (let row = (t - lookback) * N; row < (t - lookback + 1) * N; row++) {
      for (let k = 0; k < K; k++) {
        const f = windows.marketLogReturns[row * K + k]! / scale.marketRms[k]!;
        regressors[k] = f;
        for (let d = 0; d < inputs; d++) regressors[K + k * D + d] = f * z[row * D + d]!;
      }
      // Rows that lack an input are left out at any penalty.
      const r = isComplete(windows, row) ? windows.coinLogReturns[row]! : NaN;
      ols.add(regressors, r / scale.coinRms);
    }
  };
  let next = Math.max(first, lookback);
  let coefficients: readonly number[] = [];
  const path = betaPath(panel, "walkForward", (coin, t) => {
    if (t < after) return new Array<number>(K).fill(NaN);
    const end = update === "frozen" ? after : t;
    if (next < end) {
      for (; next < end; next++) addTarget(next);
      coefficients = ols.coefficients();
    }
    const row = (t - lookback) * N + coin;
    return panel.markets.map((_, k) => {
      let output = coefficients[k]!;
      for (let d = 0; d < inputs; d++) output += coefficients[K + k * D + d]! * z[row * D + d]!;
      return betaOfOutput(scale, output, k);
    });
  });
  if (after < panel.dates.length && new Set(block.target).size >= K)
    refuseCollinear("ridgeBeta", path, fit.from);
  return path;
}

function isComplete(windows: Windows, row: number): boolean {
  const { markets: K, lookback, series, inputs } = windows;
  const D = lookback * series;
  return (
    Number.isFinite(windows.coinLogReturns[row]) &&
    windows.marketLogReturns.subarray(row * K, (row + 1) * K).every(Number.isFinite) &&
    inputs.subarray(row * D, (row + 1) * D).every(Number.isFinite)
  );
}
