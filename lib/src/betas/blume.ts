/** Blume's beta: the rolling beta, drawn to the pooled constant by as much as past ones have moved there. */

import { checkInteger } from "../check.js";
import { betaOffset } from "../panel/panel.js";
import { type BetaPath, betaPath, type Panel } from "../types.js";
import { pooledBeta } from "./pooled.js";
import { type RollingOptions, rollingBeta } from "./rolling.js";
import { firstRow, wantedDates } from "./rows.js";

/** Window and target of Blume's beta. */
export interface BlumeOptions extends Omit<RollingOptions, "intervals"> {
  /** First date of the pooled constant, and of the windows whose betas are compared. */
  readonly from: string;
  /** What betas are drawn to; Blume's own 1 is right only for shares and their own equity market. "pooled" by default. */
  readonly target?: "pooled" | number;
  /** Fewest pairs of adjacent windows to measure the slope from; 2 by default. */
  readonly minPairs?: number;
}

/** What Bloomberg and others draw betas by, whatever the data. */
const USUAL = 2 / 3;

/**
 * p + b (beta - p) per coin and market, with beta from rolling least squares, p the pooled constant and b Blume's slope.
 *
 * The slope is measured on windows that end at t, t - lookback, t - 2 lookback … and begin at `from` or later: least squares
 * through the origin of (later beta - p) on (earlier beta - p), over coins and pairs of adjacent windows, for each market, with
 * the p of the time between the two. It is cut to 0 … 1, from all the way to not at all. Four coins in one pair of windows share
 * one period's luck, so that with fewer than `minPairs` pairs it is the usual 2/3.
 *
 * Several markets are drawn one by one. The beta at t uses dates before t. No intervals: there is no theory for them.
 *
 * @param panel log returns, decimals per period
 * @returns [T x N x K] betas; NaN where the rolling beta or the pooled constant is
 * @throws RangeError as `rollingBeta` and `pooledBeta` do
 * @example
 * blumeBeta(onePair([0.02, -0.04, 0.06], [0.01, -0.02, 0.03]), { from: "2000-01", lookback: 1, target: 1 }).values;
 * // [NaN, 1 + 2/3, 1 + 2/3]
 * @see Blume (1975), Betas and their regression tendencies; Vasicek (1973) has the slope from standard errors: `vasicekBeta`
 */
export function blumeBeta(panel: Panel, options: BlumeOptions): BetaPath {
  const { from, lookback, target = "pooled", minPairs = 2 } = options;
  checkInteger("blumeBeta", "minPairs", minPairs, 1);
  const start = firstRow("blumeBeta", panel, from);
  const isWanted = wantedDates(panel, options);
  const { dates: _, ...window } = options;
  const rolling = rollingBeta(panel, { ...window, intervals: false }).values;
  const pooled = pooledBeta(panel, { from }).values;
  const targetAt = (at: number) => (target === "pooled" ? pooled[at]! : target);
  const slope = (t: number, k: number): number => {
    let [pairs, product, square] = [0, 0, 0];
    for (let between = t - lookback; between - lookback >= start; between -= lookback) {
      pairs++;
      for (const i of panel.coins.keys()) {
        const earlier = betaOffset(panel, between, i, k);
        const later = betaOffset(panel, between + lookback, i, k);
        const p = targetAt(earlier);
        const [x, y] = [rolling[earlier]! - p, rolling[later]! - p];
        if (!Number.isFinite(x * y)) continue;
        product += x * y;
        square += x ** 2;
      }
    }
    return pairs < minPairs || square === 0 ? USUAL : Math.min(1, Math.max(0, product / square));
  };
  const slopes = panel.dates.map((_, t) =>
    panel.markets.map((_, k) => (isWanted(t) ? slope(t, k) : NaN)),
  );
  return betaPath(panel, "walkForward", (coin, t) =>
    slopes[t]!.map((value, k) => {
      const at = betaOffset(panel, t, coin, k);
      return targetAt(at) + value * (rolling[at]! - targetAt(at));
    }),
  );
}
