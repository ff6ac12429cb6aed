/** Frazzini and Pedersen's beta: a correlation of years, volatilities of the last year, drawn to one. */

import { checkInteger } from "../check.js";
import { betaOffset, coinReturns, marketReturns, rowAt } from "../panel/panel.js";
import { movingSums } from "../stats/moving-sums.js";
import type { BetaPath, Panel } from "../types.js";
import { firstRow } from "./rows.js";

/** Windows of Frazzini and Pedersen's beta, in periods; the literature's are of days. */
export interface FrazziniPedersenOptions {
  /** First date whose return is used. */
  readonly from: string;
  /** Of the volatilities: 252, a year, at least 120. */
  readonly volatility?: { readonly lookback: number; readonly minObs: number };
  /** Of the correlation: 1,260, five years, at least 750. */
  readonly correlation?: { readonly lookback: number; readonly minObs: number };
  /** Periods that a return of the correlation spans, overlapping: closes need not be at one hour. 3 by default. */
  readonly overlap?: number;
  /** Weight of the estimate; the rest is on one. 0.6 by default. */
  readonly weight?: number;
}

/**
 * weight rho s_r / s_f + (1 - weight): s of single returns over a year, rho of overlapping sums of three over five.
 *
 * The beta at t uses the dates from `from` through t - 1.
 *
 * @param panel log returns of coins and one market, decimals per period; rows with a missing return are passed over
 * @returns [T x N x 1] betas; NaN until both windows hold their least rows
 * @throws RangeError if the panel has several markets, or a window is shorter than its least rows
 * @example
 * const windows = { lookback: 4, minObs: 4 };
 * const options = { from: "2000-01", volatility: windows, correlation: windows, overlap: 1 };
 * frazziniPedersenBeta(onePair([0.02, 0, 0.04, 0.02, 0], [0.01, 0, 0.02, 0.01, 0]), options).values.at(-1); // 1.6
 * @see Frazzini and Pedersen (2014), Betting against beta, Journal of Financial Economics 111, section 3.2
 */
export function frazziniPedersenBeta(panel: Panel, options: FrazziniPedersenOptions): BetaPath {
  const where = "frazziniPedersenBeta";
  const { from, overlap = 3, weight = 0.6 } = options;
  const { volatility = { lookback: 252, minObs: 120 } } = options;
  const { correlation = { lookback: 1260, minObs: 750 } } = options;
  const { dates, coins, markets } = panel;
  if (markets.length !== 1)
    throw new RangeError(
      `${where}: the panel must have one market, got ${markets.length} (${markets.join(", ")}); select one`,
    );
  checkInteger(where, "overlap", overlap, 1);
  for (const { lookback, minObs } of [volatility, correlation]) {
    checkInteger(where, "minObs", minObs, 2);
    checkInteger(where, "lookback", lookback, minObs);
  }
  const first = firstRow(where, panel, from);
  const values = new Float64Array(dates.length * coins.length).fill(NaN);
  const market = marketReturns(panel, markets[0]!);
  for (const [i, coin] of coins.entries()) {
    const own = coinReturns(panel, coin);
    const complete = [...dates.keys()].filter(
      (t) => t >= first && Number.isFinite(own[t]) && Number.isFinite(market[t]),
    );
    const pairs = complete.map((t): Pair => [own[t]!, market[t]!]);
    const single = movingMoments(pairs, volatility.lookback);
    const sums = movingSums(Float64Array.from(pairs.flat()), 2, overlap);
    // The first sums span fewer periods than they should.
    const spanned = [...pairs.keys()].slice(overlap - 1);
    const several = movingMoments(
      spanned.map((row) => Array.from(rowAt(sums, 2, row)) as Pair),
      correlation.lookback,
    );
    for (let t = first + 1, rows = 0; t < dates.length; t++) {
      while (complete[rows]! < t) rows++;
      const spans = rows - (overlap - 1);
      if (rows < volatility.minObs || spans < correlation.minObs) continue;
      const [, coinSquares, marketSquares] = single(rows);
      const [product, a, b] = several(spans);
      const beta = (product / Math.sqrt(a * b)) * Math.sqrt(coinSquares / marketSquares);
      values[betaOffset(panel, t, i, 0)] = weight * beta + (1 - weight);
    }
  }
  return { dates, coins, markets, values, kind: "walkForward" };
}

type Pair = [number, number];
type Quintuple = [number, number, number, number, number];

/** Product and squares of pairs around their means, summed over the last rows of any first ones. */
function movingMoments(
  pairs: readonly Pair[],
  lookback: number,
): (rows: number) => readonly [number, number, number] {
  const terms = pairs.flatMap(([x, y]): Quintuple => [x, y, x * y, x * x, y * y]);
  const sums = movingSums(Float64Array.from(terms), 5, lookback);
  return (rows) => {
    const n = Math.min(rows, lookback);
    const [x, y, xy, xx, yy] = Array.from(rowAt(sums, 5, rows - 1)) as Quintuple;
    return [xy - (x * y) / n, xx - (x * x) / n, yy - (y * y) / n];
  };
}
