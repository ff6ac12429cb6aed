/** What a hedge is worth to whoever holds the coins: variance, costs of trading, and the certainty equivalent. */

import type { Update } from "../betas/estimator.js";
import { inRange } from "../panel/calendar.js";
import { betaOffset, rowAt } from "../panel/panel.js";
import { simpleReturns } from "../panel/returns.js";
import { defaultBlockLength } from "../stats/block-length.js";
import { percentileInterval } from "../stats/bootstrap.js";
import { mean, standardDeviation } from "../stats/moments.js";
import { numbered, resampledMeans } from "../stats/resampled-means.js";
import { circularResamples, type Resamples } from "../stats/resamples.js";
import type { Draws, Sample } from "../types.js";
import { FEWEST_DATES } from "./paired-tests.js";
import type { Walked } from "./walked.js";

/** Cost of trading, and who judges. */
export interface HedgeOptions extends Draws {
  /** Share of what is bought or sold of the markets, for example 0.002. */
  readonly cost: number;
  /** Relative risk aversion g of the certainty equivalent, mean - g / 2 variance. */
  readonly riskAversion: number;
}

/** One hedge of the coins, equally weighted; simple returns per period. Intervals are NaN for fewer than 24 dates. */
export interface HedgeEconomics {
  readonly sample: string;
  readonly marketSet: string;
  readonly estimator: string;
  readonly update: Update;
  readonly n: number;
  /** Mean sum over markets of absolute changes of the hedge, as a share of the coins' value; the first is bought from nothing. */
  readonly turnover: number;
  /** Mean cost per period. */
  readonly cost: number;
  /** 1 - variance of the hedged coins, after costs, over that of the coins alone. */
  readonly varianceReduction: number;
  readonly varianceLower: number;
  readonly varianceUpper: number;
  /** Certainty equivalent of the hedged coins after costs minus that of the coins alone. */
  readonly certaintyGain: number;
  readonly gainLower: number;
  readonly gainUpper: number;
}

/**
 * The equally weighted coins, hedged by the mean of the coins' betas: R_t - sum_k b_k,t F_k,t - cost sum_k |b_k,t - b_k,t-1|,
 * simple returns R and F, with circular block bootstraps of whole dates.
 *
 * Hedges are forward contracts without margin: what they tie up earns and costs nothing.
 *
 * @param sets walked estimators of each market set
 * @returns by set, estimator and update; dates that any estimator of the set lacks are left out
 * @throws RangeError if the cost is below 0
 * @example
 * const [zero] = hedgeEconomics(walked, sample, { ...draws, cost: 0.002, riskAversion: 3 });
 * [zero!.estimator, zero!.varianceReduction, zero!.turnover]; // ["zero", 0, 0]
 * @see Fleming, Kirby and Ostdiek (2001), Journal of Finance 56, for the value of hedging by its certainty equivalent
 */
export function hedgeEconomics(
  sets: readonly (readonly Walked[])[],
  { name, range }: Sample,
  options: HedgeOptions,
): HedgeEconomics[] {
  if (!(options.cost >= 0))
    throw new RangeError(
      `hedgeEconomics: cost must be a share of at least 0, got ${options.cost}; 0.002 is 20 basis points`,
    );
  return sets.flatMap((set) => {
    const hedges = set.map((walked) => ({ ...walked, ratios: meanRatios(walked) }));
    const { dates } = set[0]!.panel;
    const rows = [...dates.keys()].filter(
      (t) =>
        inRange(dates[t]!, range) &&
        hedges.every(({ ratios }) => ratios[t]!.every(Number.isFinite)),
    );
    return worths(hedges, rows, options).map((worth) => ({ sample: name, ...worth }));
  });
}

type Hedge = Walked & { readonly ratios: readonly (readonly number[])[] };

/** Mean beta of the coins on each market, by date. */
function meanRatios({ path }: Walked): number[][] {
  return path.dates.map((_, t) =>
    path.markets.map((__, k) =>
      mean(path.coins.map((___, i) => path.values[betaOffset(path, t, i, k)]!)),
    ),
  );
}

/** All hedges of one set on the same dates, drawn together. */
function worths(
  hedges: readonly Hedge[],
  rows: readonly number[],
  options: HedgeOptions,
): Omit<HedgeEconomics, "sample">[] {
  const { panel } = hedges[0]!;
  const { cost, riskAversion, draws, seed, level } = options;
  const coins = simpleReturns(panel.coinLogReturns);
  const markets = simpleReturns(panel.marketLogReturns);
  const alone = rows.map((t) => mean(rowAt(coins, panel.coins.length, t)));
  const traded = hedges.map(({ ratios }) => tradedBy(ratios, rows));
  const net = hedges.map(({ ratios }, h) =>
    rows.map((t, i) => {
      const own = rowAt(markets, panel.markets.length, t);
      const hedge = own.reduce((sum, f, k) => sum + ratios[t]![k]! * f, 0);
      return alone[i]! - hedge - cost * traded[h]![i]!;
    }),
  );
  const n = rows.length;
  const enough = n >= FEWEST_DATES;
  const resamples = enough
    ? circularResamples(n, { blockLength: defaultBlockLength(alone), draws, seed })
    : undefined;
  const [unhedged, ...hedged] = momentsOf([alone, ...net], resamples);
  const certain = ({ means, variances }: Moments) =>
    means.map((value, b) => value - (riskAversion / 2) * variances[b]!);
  const interval = ([own, ...drawn]: ArrayLike<number> & Iterable<number>) =>
    enough
      ? percentileInterval(own!, Float64Array.from(drawn), level)
      : { lower: Number.NaN, upper: Number.NaN };
  return hedges.map(({ marketSet, estimator, update }, h) => {
    const after = hedged[h]!;
    const reductions = after.variances.map((value, b) => 1 - value / unhedged!.variances[b]!);
    const before = certain(unhedged!);
    const gains = certain(after).map((value, b) => value - before[b]!);
    const [varied, gained] = [interval(reductions), interval(gains)];
    return {
      ...{ marketSet, estimator, update, n },
      turnover: mean(traded[h]!),
      cost: cost * mean(traded[h]!),
      varianceReduction: reductions[0]!,
      varianceLower: varied.lower,
      varianceUpper: varied.upper,
      certaintyGain: gains[0]!,
      gainLower: gained.lower,
      gainUpper: gained.upper,
    };
  });
}

/** What is bought and sold of the markets on each date, as a share of the coins' value. */
const tradedBy = (ratios: Hedge["ratios"], rows: readonly number[]): number[] =>
  rows.map((t, i) => {
    const before = i > 0 ? ratios[rows[i - 1]!]! : [];
    return ratios[t]!.reduce((sum, b, k) => sum + Math.abs(b - (before[k] ?? 0)), 0);
  });

/** Mean and variance (n - 1) of a series over its own dates, then over those of each draw [1 + B]. */
interface Moments {
  readonly means: Float64Array;
  readonly variances: Float64Array;
}

/** By means of squares, which are of deviations from the series' own mean: they cancel less. */
function momentsOf(
  series: readonly (readonly number[])[],
  resamples: Resamples | undefined,
): Moments[] {
  const centred = series.map((values) => {
    const middle = mean(values);
    return values.map((value) => value - middle);
  });
  const squares = centred.map((values) => values.map((value) => value * value));
  const drawn =
    resamples &&
    resampledMeans("hedgeEconomics", numbered("hedge", [...centred, ...squares]), resamples).draws;
  const S = series.length;
  const B = resamples?.draws ?? 0;
  const moments = series.map((values) => ({
    means: new Float64Array(1 + B).fill(mean(values)),
    variances: new Float64Array(1 + B).fill(standardDeviation(values, 1) ** 2),
  }));
  const n = series[0]!.length;
  for (let b = 0; b < B; b++) {
    const row = rowAt(drawn!, 2 * S, b);
    moments.forEach(({ means, variances }, s) => {
      const moved = row[s]!;
      means[1 + b]! += moved;
      variances[1 + b] = ((row[S + s]! - moved * moved) * n) / (n - 1);
    });
  }
  return moments;
}
