/** What a hedge is worth to whoever holds the coins: variance, costs of trading, and the certainty equivalent. */

import type { Update } from "../betas/estimator.js";
import { inRange } from "../panel/calendar.js";
import { betaOffset, rowAt } from "../panel/panel.js";
import { simpleReturns } from "../panel/returns.js";
import { defaultBlockLength } from "../stats/block-length.js";
import { bootstrapInterval } from "../stats/bootstrap.js";
import { mean, standardDeviation } from "../stats/moments.js";
import { circularResamples } from "../stats/resamples.js";
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
    return hedges.map((hedge) => ({ sample: name, ...worthOf(hedge, rows, options) }));
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

function worthOf(
  { panel, marketSet, estimator, update, ratios }: Hedge,
  rows: readonly number[],
  { cost, riskAversion, draws, seed, level }: HedgeOptions,
): Omit<HedgeEconomics, "sample"> {
  const [N, K] = [panel.coins.length, panel.markets.length];
  const coins = simpleReturns(panel.coinLogReturns);
  const markets = simpleReturns(panel.marketLogReturns);
  const alone = rows.map((t) => mean(rowAt(coins, N, t)));
  const traded = rows.map((t, i) =>
    ratios[t]!.reduce(
      (sum, b, k) => sum + Math.abs(b - (i > 0 ? ratios[rows[i - 1]!]![k]! : 0)),
      0,
    ),
  );
  const net = rows.map((t, i) => {
    const hedge = rowAt(markets, K, t).reduce((sum, f, k) => sum + ratios[t]![k]! * f, 0);
    return alone[i]! - hedge - cost * traded[i]!;
  });
  const at = (values: readonly number[], drawn: Uint32Array) =>
    Array.from(drawn, (i) => values[i]!);
  const variance = (values: readonly number[]) => standardDeviation(values, 1) ** 2;
  const reduction = (drawn: Uint32Array) =>
    1 - variance(at(net, drawn)) / variance(at(alone, drawn));
  const certain = (values: readonly number[]) =>
    mean(values) - (riskAversion / 2) * variance(values);
  const gain = (drawn: Uint32Array) => certain(at(net, drawn)) - certain(at(alone, drawn));
  const n = rows.length;
  const own = Uint32Array.from(rows.keys());
  const enough = n >= FEWEST_DATES;
  const blockLength = enough ? defaultBlockLength(alone) : 1;
  const resamples = circularResamples(Math.max(2, n), {
    blockLength,
    draws: enough ? draws : 1,
    seed,
  });
  const interval = (statistic: (drawn: Uint32Array) => number) =>
    enough
      ? bootstrapInterval(statistic, resamples, { level })
      : { lower: Number.NaN, upper: Number.NaN };
  const [varied, gained] = [interval(reduction), interval(gain)];
  return {
    marketSet,
    estimator,
    update,
    n,
    turnover: mean(traded),
    cost: cost * mean(traded),
    varianceReduction: reduction(own),
    varianceLower: varied.lower,
    varianceUpper: varied.upper,
    certaintyGain: gain(own),
    gainLower: gained.lower,
    gainUpper: gained.upper,
  };
}
