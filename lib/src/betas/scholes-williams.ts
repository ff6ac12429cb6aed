/** Scholes and Williams's beta: right where coin and market close at different hours. */

import { LuDecomposition, Matrix } from "ml-matrix";
import { checkInteger } from "../check.js";
import { rowAt } from "../panel/panel.js";
import { type BetaPath, betaPath, type Panel } from "../types.js";
import type { ExpandingOptions } from "./regression-betas.js";
import { firstRow, refuseCollinear } from "./rows.js";

/** Cross products so far, of a coin's complete rows. */
interface Moments {
  rows: number;
  /** Z'F [K x K]. */
  readonly markets: Float64Array;
  /** Z'r [K]. */
  readonly coin: Float64Array;
  /** Sums of squares of the columns of F [K]. */
  readonly squares: Float64Array;
}

/**
 * Instrumental-variable beta per coin, (Z'F)^-1 Z'r, where z[t] = f[t-1] + f[t] + f[t+1].
 *
 * With one market, this is Scholes and Williams's (b[-1] + b[0] + b[+1]) / (1 + 2 rho), all sums taken over the same rows: the
 * betas on the market one period earlier, now and one later, and the market's autocorrelation. As instrumental variables, their
 * own second form, it serves several markets. No intercept, so that moments are not centred.
 *
 * The beta at t uses returns through t - 1: the last coin return is that of t - 2, as z needs the market one period later;
 * coin returns begin at `from`, the market's one period before.
 *
 * @param panel log returns, decimals per period; rows with a missing return are left out
 * @returns [T x N x K] betas; NaN until a coin has `minObs` rows
 * @throws RangeError if the markets are collinear
 * @example
 * scholesWilliamsBeta(onePair([0, 0.02, 0.04, 0], [0.01, 0.01, 0.02, 0.03]), { from: "2000-01" }).values; // [NaN, NaN, NaN, 2]
 * @see Scholes and Williams (1977), Estimating betas from nonsynchronous data
 */
export function scholesWilliamsBeta(panel: Panel, options: ExpandingOptions): BetaPath {
  const where = "scholesWilliamsBeta";
  const { coins, markets } = panel;
  const K = markets.length;
  const { from, minObs = K } = options;
  checkInteger(where, "minObs", minObs, K);
  let seen = firstRow(where, panel, from);
  const moments = coins.map(
    (): Moments => ({
      rows: 0,
      markets: new Float64Array(K * K),
      coin: new Float64Array(K),
      squares: new Float64Array(K),
    }),
  );
  const path = betaPath(panel, "walkForward", (coin, t) => {
    for (; seen < t - 1; seen++)
      moments.forEach((sums, i) => {
        addRow(sums, panel, i, seen);
      });
    const sums = moments[coin]!;
    return sums.rows < minObs ? new Array<number>(K).fill(NaN) : solution(sums, K);
  });
  if (moments.some(({ rows }) => rows >= minObs)) refuseCollinear(where, path, from);
  return path;
}

function addRow(sums: Moments, panel: Panel, coin: number, t: number): void {
  const K = panel.markets.length;
  const market = (at: number, k: number) =>
    at < 0 ? NaN : rowAt(panel.marketLogReturns, K, at)[k]!;
  const r = rowAt(panel.coinLogReturns, panel.coins.length, t)[coin]!;
  const f = panel.markets.map((_, k) => market(t, k));
  const z = f.map((now, k) => market(t - 1, k) + now + market(t + 1, k));
  if (![r, ...z].every(Number.isFinite)) return;
  sums.rows++;
  for (const [i, instrument] of z.entries()) {
    for (const [j, now] of f.entries()) sums.markets[i * K + j]! += instrument * now;
    sums.coin[i]! += instrument * r;
    sums.squares[i]! += f[i]! ** 2;
  }
}

/** (Z'F)^-1 Z'r; NaN if Z'F is singular in units of the markets, as where instruments are rounding errors. */
function solution(sums: Moments, K: number): number[] {
  const lengths = Array.from(sums.squares, Math.sqrt);
  const scaled = new Matrix(K, K);
  for (const [i, own] of lengths.entries())
    for (const [j, other] of lengths.entries())
      scaled.set(i, j, sums.markets[i * K + j]! / (own * other));
  const lu = new LuDecomposition(scaled);
  const pivots = lu.upperTriangularMatrix.diagonal().map(Math.abs);
  if (!(Math.min(...pivots) > 1e-10)) return new Array<number>(K).fill(NaN);
  const right = Array.from(sums.coin, (v, i) => v / lengths[i]!);
  return lu
    .solve(Matrix.columnVector(right))
    .to1DArray()
    .map((b, j) => b / lengths[j]!);
}
