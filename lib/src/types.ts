/** Shapes and units that every room shares. Arrays are row-major; [T x N] means T rows of N numbers. */

/** How far apart the dates of a series are. */
export type Frequency = "daily" | "weekly" | "monthly";

/** Log returns of coins and markets on one date index. */
export interface Panel {
  readonly frequency: Frequency;
  /** Ends of the periods, ISO, ascending, T of them. */
  readonly dates: readonly string[];
  /** Dependent series, N names. */
  readonly coins: readonly string[];
  /** Hedging series, K names. */
  readonly markets: readonly string[];
  /** Log returns of the coins [T x N], decimals per period (0.01 = 1 %). */
  readonly coinLogReturns: Float64Array;
  /** Log returns of the markets [T x K], decimals per period. */
  readonly marketLogReturns: Float64Array;
  /** Series that a network sees beside the returns, and that hedge nothing. */
  readonly predictors?: {
    readonly names: readonly string[];
    /** [T x P], any unit: inputs are scaled. */
    readonly values: Float64Array;
  };
}

/** Several series on one date index, for example log returns before they become a panel. */
export interface DatedSeries {
  /** Period ends, ISO, ascending, T of them. */
  readonly dates: readonly string[];
  /** S names. */
  readonly names: readonly string[];
  /** [T x S]; NaN where a series has no value. */
  readonly values: Float64Array;
}

/** Simple returns of the Fama-French factors on one date index. */
export interface Factors {
  readonly dates: readonly string[];
  /** Names as the publisher writes them, for example Mkt-RF; F of them. */
  readonly names: readonly string[];
  /** Simple returns [T x F], decimals per period. */
  readonly simpleReturns: Float64Array;
  /** Risk-free simple return [T], decimals per period. */
  readonly riskFree: Float64Array;
}

/**
 * Whether a beta may be scored.
 *
 * walkForward: beta dated t uses data through t - 1. fitted: it saw its own month, and is never scored.
 */
export type BetaKind = "walkForward" | "fitted";

/** Betas of every coin on every market over time. */
export interface BetaPath {
  readonly dates: readonly string[];
  readonly coins: readonly string[];
  readonly markets: readonly string[];
  /** [T x N x K]; NaN where there is no estimate. */
  readonly values: Float64Array;
  /** [T x N x K], where the estimator has them. */
  readonly standardErrors?: Float64Array;
  readonly band?: Band;
  /** [T x N x K] each: betas of every network by itself, whose mean is `values`. */
  readonly seeds?: readonly Float64Array[];
  readonly kind: BetaKind;
}

/**
 * What lies between two bounds. A seed band is the range over the replicates of a network and no interval; given bounds are those
 * of a file of betas, whatever they are; the others are 95 % intervals, named for how they are made.
 */
export interface Band {
  readonly interval: "seed" | "hc3" | "kalman" | "bootstrap" | "network" | "given";
  /** [T x N x K] */
  readonly lower: Float64Array;
  /** [T x N x K] */
  readonly upper: Float64Array;
}

/**
 * One row per coin and target date: what is known before the target, and the returns of the target itself.
 * Rows are ordered by target date, then by coin.
 */
export interface Windows {
  readonly lookback: number;
  /** K: markets per row. */
  readonly markets: number;
  /** S = 1 + K + P: series in the inputs. */
  readonly series: number;
  /** [B x L S]: the coin's last L log returns, oldest first, then each market's, then each predictor's values. */
  readonly inputs: Float64Array;
  /** [B]: log return of the coin at the target. */
  readonly coinLogReturns: Float64Array;
  /** [B x K]: log returns of the markets at the target. */
  readonly marketLogReturns: Float64Array;
  /** [B]: index of the coin. */
  readonly coin: Int32Array;
  /** [B]: index of the target date. */
  readonly target: Int32Array;
}

/** First and last date of a block, inclusive; YYYY-MM stands for the whole month, YYYY-MM-DD for a day. */
export interface DateRange {
  readonly from: string;
  readonly through: string;
}

/** Blocks by the date of the target. */
export interface Split {
  readonly inSample: DateRange;
  readonly validation: DateRange;
  readonly outOfSample: DateRange;
}

/** Dates that results are taken over. */
export interface Sample {
  readonly name: string;
  readonly range: DateRange;
}

/** Draws of a bootstrap. */
export interface Draws {
  readonly draws: number;
  readonly seed: number;
  /** Coverage of its intervals, for example 0.95. */
  readonly level: number;
}

/** Who hears how far long work is. */
export interface Progress {
  /** Called after each part with how many are done and how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A file that cannot be used as it is: names file, place, value and remedy. */
export class DataError extends Error {
  override readonly name = "DataError";
}

/**
 * A beta path from a function of coin and date index.
 *
 * @param estimate the K betas of one coin at date index t; NaN where there is none
 * @example
 * betaPath(onePair([0.02, 0.04], [0.01, 0.02]), "walkForward", () => [2]).values; // [2, 2]
 */
export function betaPath(
  panel: Panel,
  kind: BetaKind,
  estimate: (coin: number, t: number) => ArrayLike<number>,
): BetaPath {
  const { dates, coins, markets } = panel;
  const values = new Float64Array(dates.length * coins.length * markets.length);
  let at = 0;
  for (let t = 0; t < dates.length; t++) {
    for (let coin = 0; coin < coins.length; coin++, at += markets.length)
      values.set(estimate(coin, t), at);
  }
  return { dates, coins, markets, values, kind };
}
