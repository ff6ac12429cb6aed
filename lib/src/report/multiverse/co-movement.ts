/** The multiverse of "weak, occasionally negative co-movement": betas on equities in every defensible way. */

import { FEWEST_DATES } from "../../comparing/paired-tests.js";
import { coinReturns, marketReturns } from "../../panel/panel.js";
import { defaultBlockLength } from "../../stats/block-length.js";
import { mean } from "../../stats/moments.js";
import { valuesOf } from "../../stats/resamples.js";
import type { Panel } from "../../types.js";
import { bootstrapMeasurements } from "../measurement.js";
import type { Specification } from "./specification.js";

export interface CoMovementOptions {
  /** Name of the equity market in the panel. */
  readonly market: string;
  /** What stands under this name. */
  readonly equity: string;
  /** Windows in periods; the longest comes before the first target of all specifications. */
  readonly lookbacks: readonly number[];
  /** First targets, "YYYY" or "YYYY-MM": those that the longest window does not reach begin later. */
  readonly from: readonly string[];
  readonly draws: number;
  readonly seed: number;
}

/**
 * Mean beta of the targets in standard deviations, b s_f / s_r, by least squares over all targets (then it is the correlation, or the
 * uncentred one without an intercept) and as the mean of rolling betas, known before each target; with and without an
 * intercept, for each coin and their mean.
 *
 * The mean over coins is also what a pooled regression finds, as coins share their regressor. Intervals: circular block bootstrap
 * of the targets, the periods before them as they are; on every draw windows roll anew. Blocks are shorter than windows and make
 * these more alike than they were: draws of rolling betas are recentred.
 *
 * @returns none for samples of fewer than 24 targets
 */
export function coMovements(
  panel: Panel,
  { market, equity, lookbacks, from, draws, seed }: CoMovementOptions,
): Specification[] {
  const longest = Math.max(...lookbacks);
  const f = marketReturns(panel, market);
  const coins = panel.coins.map((coin) => coinReturns(panel, coin));
  const average = f.map((_, t) => mean(coins.map((r) => r[t]!)));
  return from.flatMap((date) => {
    const found = panel.dates.findIndex((dated) => dated >= date);
    const target = found < 0 ? panel.dates.length : Math.max(found, longest);
    const n = panel.dates.length - target;
    if (n < FEWEST_DATES) return [];
    const products = average.map((r, t) => r * f[t]!).subarray(target);
    const blockLength = Math.max(3, defaultBlockLength(products));
    const drawnSums = sumsOfDraws(coins, f, { target, longest });
    const ways = [undefined, ...lookbacks].flatMap((lookback) =>
      (["no", "yes"] as const).map((intercept) => ({ lookback, intercept })),
    );
    const wayOf = (s: number) => ways[Math.floor(s / (1 + coins.length))]!;
    const measured = bootstrapMeasurements(
      n,
      (rows) => {
        const pairs = drawnSums(rows);
        return ways.flatMap(({ lookback, intercept }) => {
          const betas = pairs.map((sums) =>
            standardBeta(sums, longest, { lookback, centred: intercept === "yes" }),
          );
          return [mean(betas), ...betas];
        });
      },
      { draws, seed, blockLength, recentred: (s) => wayOf(s).lookback !== undefined },
    );
    return measured.map(({ estimate, lower, upper }, s) => {
      const c = s % (1 + coins.length);
      const { lookback, intercept } = wayOf(s);
      return {
        claim: "co-movement" as const,
        frequency: panel.frequency,
        equity,
        marketSet: market,
        coin: c === 0 ? "all" : panel.coins[c - 1]!,
        estimator: lookback === undefined ? "ols" : "rolling",
        lookback: lookback ?? Number.NaN,
        intercept,
        from: panel.dates[target]!,
        n,
        estimate,
        lower,
        upper,
      };
    });
  });
}

/** Sums of r, f and their products through each period, so that a window is a difference [T + 1]. */
interface Sums {
  readonly sr: Float64Array;
  readonly sf: Float64Array;
  readonly rf: Float64Array;
  readonly rr: Float64Array;
  readonly ff: Float64Array;
}

/** Sums of every coin on draws of the targets, with the periods before them as they are; overwritten by the next draw. */
function sumsOfDraws(
  coins: readonly Float64Array[],
  market: Float64Array,
  { target, longest }: { readonly target: number; readonly longest: number },
): (rows: Uint32Array) => Sums[] {
  const T = longest + market.length - target;
  const room = () => new Float64Array(T + 1);
  const sums = coins.map(() => ({ sr: room(), sf: room(), rf: room(), rr: room(), ff: room() }));
  const drawn = (returns: Float64Array, rows: Uint32Array) => {
    const series = new Float64Array(T);
    series.set(returns.subarray(target - longest, target));
    series.set(valuesOf(returns.subarray(target), rows), longest);
    return series;
  };
  return (rows) => {
    const f = drawn(market, rows);
    coins.forEach((r, i) => {
      sumInto(sums[i]!, drawn(r, rows), f);
    });
    return sums;
  };
}

function sumInto({ sr, sf, rf, rr, ff }: Sums, r: Float64Array, f: Float64Array): void {
  for (let t = 0; t < r.length; t++) {
    sr[t + 1] = sr[t]! + r[t]!;
    sf[t + 1] = sf[t]! + f[t]!;
    rf[t + 1] = rf[t]! + r[t]! * f[t]!;
    rr[t + 1] = rr[t]! + r[t]! ** 2;
    ff[t + 1] = ff[t]! + f[t]! ** 2;
  }
}

/** Mean beta of the targets from an index on, times s_f / s_r of the targets: of one regression on them, or of rolling ones. */
function standardBeta(
  { sr, sf, rf, rr, ff }: Sums,
  target: number,
  { lookback, centred }: { readonly lookback: number | undefined; readonly centred: boolean },
): number {
  const T = sr.length - 1;
  const [cross, market, coin] = [
    { product: rf, a: sr, b: sf },
    { product: ff, a: sf, b: sf },
    { product: rr, a: sr, b: sr },
  ];
  const over = ({ product, a, b }: typeof cross, from: number, to: number) =>
    product[to]! -
    product[from]! -
    (centred ? ((a[to]! - a[from]!) * (b[to]! - b[from]!)) / (to - from) : 0);
  const beta = (from: number, to: number) => over(cross, from, to) / over(market, from, to);
  let sum = 0;
  if (lookback === undefined) sum = (T - target) * beta(target, T);
  else for (let t = target; t < T; t++) sum += beta(t - lookback, t);
  return (sum / (T - target)) * Math.sqrt(over(market, target, T) / over(coin, target, T));
}
