/** The ridge beta, the third null: linear in what the network sees. */

import { betaOfOutput } from "../panel/scale.js";
import { beginsBlock } from "../panel/walk-forward.js";
import { interactedRidge, ridgeCoefficients } from "../stats/interacted-ridge.js";
import { type BetaPath, betaPath, type Panel } from "../types.js";
import type { FittedOptions } from "./estimator.js";
import type { DatesOptions } from "./regression-betas.js";
import { type FittingBlock, fittingBlock } from "./ridge-rows.js";
import { refuseCollinear, wantedDates } from "./rows.js";

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
 * are found anew before every date, or before the first of every block of `refit`, on all targets since its first, and the penalty keeps the weight it had in the block. The scale
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
  const { update, penalty, refit = "periodically" } = options;
  checkPenalty(penalty);
  const block = fittingBlock(panel, options);
  const { n, rows } = block;
  const between = update === "frozen" ? n : rowsBetween(panel, block, refit);
  const ridge = interactedRidge(rows, penalty * n, { n, between });
  let next = block.start;
  let coefficients: ArrayLike<number> = [];
  return ridgePath(panel, block, (before, t) => {
    const end = update === "frozen" ? block.end : before;
    // Later coins of a date find its coefficients, as next is then no longer below end.
    if (next < end && (coefficients.length === 0 || beginsBlock(panel.dates, t, refit))) {
      for (; next < end; next++) ridge.add(next);
      coefficients = ridge.coefficients();
    }
    return coefficients;
  });
}

/** Rows from one estimate to the next, as refits would fall in the block: what comes after it must not decide how sums are made. */
export function rowsBetween(
  { dates }: Pick<Panel, "dates">,
  { rows, start, end, lookback, n }: FittingBlock,
  refit: NonNullable<RidgeOptions["refit"]>,
): number {
  const [first, after] = [start / rows.group + lookback, end / rows.group + lookback];
  const estimates = [...dates.keys()]
    .slice(first, after)
    .filter((t) => beginsBlock(dates, t, refit));
  return n / Math.max(1, estimates.length);
}

/** `ridgeBeta` frozen after a block, for any number of penalties: what they share is computed once. Only wanted dates have betas. */
export function frozenRidge(
  panel: Panel,
  options: Pick<RidgeOptions, "fit" | "lookback"> & DatesOptions,
): (penalty: number) => BetaPath {
  const block = fittingBlock(panel, options);
  const { rows, start, end, n } = block;
  const taken = Array.from({ length: end - start }, (_, i) => start + i);
  const coefficients = ridgeCoefficients(rows, taken);
  return (penalty) => {
    checkPenalty(penalty);
    const found = coefficients(penalty * n);
    return ridgePath(panel, block, () => found, wantedDates(panel, options));
  };
}

function checkPenalty(penalty: number): void {
  if (!(penalty >= 0))
    throw new RangeError(
      `ridgeBeta: penalty must be at least 0, got ${penalty}; Infinity gives the pooled constant`,
    );
}

/** Betas after a block from the coefficients that rows before a number tell. */
function ridgePath(
  panel: Panel,
  { fit, lookback, scale, rows, end, dates }: FittingBlock,
  coefficientsBefore: (row: number, t: number) => ArrayLike<number>,
  isWanted: (t: number) => boolean = () => true,
): BetaPath {
  const [N, K] = [panel.coins.length, panel.markets.length];
  const z = new Float64Array(rows.d);
  let isTested = false;
  const path = betaPath(panel, "walkForward", (coin, t) => {
    const first = (t - lookback) * N;
    if (first < end || !isWanted(t)) return new Array<number>(K).fill(NaN);
    const coefficients = coefficientsBefore(first, t);
    // None for the constant.
    const D = coefficients.length / K - 1;
    if (D > 0) rows.z(first + coin, z);
    isTested ||= D === 0 || z.every(Number.isFinite);
    return panel.markets.map((_, k) => {
      let output = coefficients[k]!;
      for (let d = 0; d < D; d++) output += coefficients[K + k * D + d]! * z[d]!;
      return betaOfOutput(scale, output, k);
    });
  });
  if (isTested && dates >= K) refuseCollinear("ridgeBeta", path, fit.from);
  return path;
}
