/** What a hedge is worth to whoever holds the coins: variance, costs of trading, and the certainty equivalent. */

import type { Update } from "../betas/estimator.js";
import { betaOffset, rowAt } from "../panel/panel.js";
import { simpleReturns } from "../panel/returns.js";
import { defaultBlockLength } from "../stats/block-length.js";
import { percentileInterval } from "../stats/bootstrap.js";
import { mean, standardDeviation } from "../stats/moments.js";
import { numbered, resampledMeans } from "../stats/resampled-means.js";
import { circularResamples, type Resamples } from "../stats/resamples.js";
import type { Draws, Sample } from "../types.js";
import { type CommonCells, commonCells } from "./common-errors.js";
import { FEWEST_DATES } from "./paired-tests.js";
import type { Walked } from "./walked.js";

/** Cost of trading, and who judges. */
export interface HedgeOptions extends Draws {
  /** Share of what is bought or sold of the markets, for example 0.002. */
  readonly cost: number;
  /** Relative risk aversion g of the certainty equivalent, mean - g / 2 variance. */
  readonly riskAversion: number;
}

/**
 * One hedge of the coins, equally weighted; simple returns per period. Intervals are NaN for fewer than 24 dates, and all numbers where
 * nothing is compared (`n` 0).
 */
export interface HedgeEconomics {
  readonly sample: string;
  readonly marketSet: string;
  readonly estimator: string;
  readonly update: Update;
  /** Dates on which every estimator has a beta of some coin; 0 of one that comes too late, see `latePaths`. */
  readonly n: number;
  /** Dates of the sample on which this estimator lacks a beta of some coin that others have: unless it comes too late, the coin is left out for all. */
  readonly missing: number;
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
 * simple returns R and F, with circular block bootstraps of whole dates. Coins may come and go: a date has those of which every
 * estimator has a beta.
 *
 * Hedges are forward contracts without margin: what they tie up earns and costs nothing.
 *
 * @param sets walked estimators of each market set
 * @returns by set, estimator and update; an estimator that comes too late has a row without numbers and shortens no other
 * @throws RangeError if the cost is below 0, or no date of the panel lies in the range
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
    const cells = commonCells("hedgeEconomics", set, range);
    const inTime = set.filter((_, p) => !cells.late[p] && cells.rows.length > 0);
    const own = new Map(worths(inTime, cells, options).map((worth, h) => [inTime[h]!, worth]));
    return set.map((walked, p) => {
      const { marketSet, estimator, update } = walked;
      const missing = cells.missingDates[p]!;
      const worth = own.get(walked) ?? NOTHING;
      return { sample: name, marketSet, estimator, update, missing, ...worth };
    });
  });
}

type Worth = Omit<HedgeEconomics, "sample" | "marketSet" | "estimator" | "update" | "missing">;

const NOTHING: Worth = {
  ...{ n: 0, turnover: NaN, cost: NaN, certaintyGain: NaN, gainLower: NaN, gainUpper: NaN },
  ...{ varianceReduction: NaN, varianceLower: NaN, varianceUpper: NaN },
};

/** Mean over the coins of a date that have betas of all estimators. */
type CoinMean = (t: number, value: (coin: number) => number) => number;

function coinMeans(N: number, { common }: Pick<CommonCells, "common">): CoinMean {
  const coins = Array.from({ length: N }, (_, i) => i);
  return (t, value) => {
    const there = rowAt(common, N, t);
    return mean(coins.filter((i) => there[i] === 1).map(value));
  };
}

/** All hedges of one set on the same dates, drawn together. */
function worths(hedges: readonly Walked[], cells: CommonCells, options: HedgeOptions): Worth[] {
  if (hedges.length === 0) return [];
  const { panel } = hedges[0]!;
  const { rows } = cells;
  const { cost, riskAversion, draws, seed, level } = options;
  const over = coinMeans(panel.coins.length, cells);
  const coins = simpleReturns(panel.coinLogReturns);
  const markets = simpleReturns(panel.marketLogReturns);
  const alone = rows.map((t) => {
    const returns = rowAt(coins, panel.coins.length, t);
    return over(t, (i) => returns[i]!);
  });
  const ratios = hedges.map(({ path }) =>
    rows.map((t) =>
      path.markets.map((_, k) => over(t, (i) => path.values[betaOffset(path, t, i, k)]!)),
    ),
  );
  const traded = ratios.map(tradedBy);
  const net = ratios.map((own, h) =>
    rows.map((t, i) => {
      const f = rowAt(markets, panel.markets.length, t);
      const hedge = f.reduce((sum, each, k) => sum + own[i]![k]! * each, 0);
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
  return hedged.map((after, h) => {
    const reductions = after.variances.map((value, b) => 1 - value / unhedged!.variances[b]!);
    const before = certain(unhedged!);
    const gains = certain(after).map((value, b) => value - before[b]!);
    const [varied, gained] = [interval(reductions), interval(gains)];
    return {
      ...{ n, turnover: mean(traded[h]!), cost: cost * mean(traded[h]!) },
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
const tradedBy = (ratios: readonly (readonly number[])[]): number[] =>
  ratios.map((own, i) =>
    own.reduce((sum, b, k) => sum + Math.abs(b - (ratios[i - 1]?.[k] ?? 0)), 0),
  );

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
