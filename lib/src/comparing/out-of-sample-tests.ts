/** Estimators against the pooled constant, date by date: both lag conventions, what the sample could detect, and when they gain. */

import { cutBeta } from "../betas/assemble.js";
import type { Update } from "../betas/estimator.js";
import { hedgingErrors } from "../betas/hedging.js";
import { panelWithin } from "../panel/cut.js";
import { detectableMean } from "../stats/detectable-mean.js";
import { dieboldMariano, lossDifferential } from "../stats/diebold-mariano.js";
import { jackknifeError } from "../stats/jackknife.js";
import { mean, rootMeanSquare } from "../stats/moments.js";
import { neweyWestLags } from "../stats/newey-west.js";
import type { BetaPath, DateRange, Draws, Sample } from "../types.js";
import { commonErrors, dateLosses } from "./common-errors.js";
import { benchmarkOf, type ComparisonRow, compareForecasts } from "./forecast-comparison.js";
import { leftOut } from "./left-out.js";
import { FEWEST_DATES } from "./paired-tests.js";
import type { Walked } from "./walked.js";

/** Two-sided size and chance of a rejection for which detectable differences are stated. */
export const POWER = { size: 0.05, power: 0.8 } as const;

/** A row against the pooled constant with the same update, all coins together; Clark-West is that against zero. */
export interface OutOfSampleTest extends ComparisonRow {
  /** Diebold-Mariano with the Newey-West variance of `hacLags` lags; `dmStatistic` has none, as one-period losses need none. */
  readonly hacStatistic: number;
  readonly hacPValue: number;
  readonly hacLags: number;
  /** Monte Carlo error of a network's RMSE over seeds, jackknife; NaN of what has none. */
  readonly seedError: number;
  /** RMSE reduction over the pooled constant's that the test would find in 80 % of samples; log returns. */
  readonly detectable: number;
}

/** Losses of one estimator and of the pooled constant with the same update, by date. */
interface Meeting {
  readonly marketSet: string;
  readonly estimator: string;
  readonly update: Update;
  readonly dates: readonly string[];
  readonly losses: readonly number[];
  readonly pooled: readonly number[];
  readonly seedError: number;
}

/** Every estimator but the pooled constant itself, on the dates of a range that all estimators have; on none where it comes too late. */
function meetings(candidates: readonly Walked[], range: DateRange): Meeting[] {
  const { dates, errors, late } = commonErrors("outOfSampleTests", candidates, range);
  const all = candidates.map((candidate, c) => ({
    ...candidate,
    losses: late[c] ? [] : dateLosses(errors[c]!),
  }));
  return all
    .filter(({ estimator }) => estimator !== "pooled")
    .map(({ marketSet, estimator, update, losses, ...walked }) => ({
      marketSet,
      estimator,
      update,
      dates: losses.length > 0 ? dates : [],
      losses,
      seedError: losses.length > 0 ? seedErrorOf(walked, range) : Number.NaN,
      pooled: benchmarkOf(all, "pooled", update).losses,
    }));
}

/** Jackknife over the networks of an ensemble, on all cells of the range that have a beta and a return. */
function seedErrorOf({ panel, path }: Pick<Walked, "panel" | "path">, range: DateRange): number {
  const tested = panelWithin(panel, range);
  const rmse = (own: BetaPath) =>
    rootMeanSquare(hedgingErrors(tested, own).filter(Number.isFinite));
  return jackknifeError(leftOut(cutBeta(path, range)).map(rmse));
}

/**
 * The tests of every market set over a range of dates.
 *
 * Two lag conventions of Diebold-Mariano: none, as for optimal one-period forecasts, whose losses are not autocorrelated; and
 * Newey and West's floor(4 (n / 100)^(2/9)) with Bartlett weights, for betas that adapt late. Fewer than 24 dates: no tests.
 *
 * @returns by set, estimator and update, without the pooled constant; without numbers for what comes too late, see `compareForecasts`
 * @throws RangeError if a set has no `zero` or `pooled`, or no date of the panel lies in the range
 * @example
 * const tests = outOfSampleTests(walked, sample, draws);
 * const rolled = tests.find(({ estimator }) => estimator === "rolling")!;
 * [rolled.dmPValue, rolled.hacPValue, rolled.detectable]; // [0.7254, 0.6838, 0.0082]
 */
export function outOfSampleTests(
  sets: readonly (readonly Walked[])[],
  sample: Sample,
  bootstrap: Draws,
): OutOfSampleTest[] {
  return sets.flatMap((set) => {
    const rows = compareForecasts(set, sample, { ...bootstrap, together: true });
    return meetings(set, sample.range).map((meeting) => {
      const { estimator, update, dates, losses, pooled, seedError } = meeting;
      const against = (benchmark: string) =>
        rows.find(
          (row) =>
            row.estimator === estimator && row.update === update && row.benchmark === benchmark,
        );
      const zero = against("zero");
      return {
        ...against("pooled")!,
        cwStatistic: zero?.cwStatistic ?? Number.NaN,
        cwPValue: zero?.cwPValue ?? Number.NaN,
        seedError,
        ...(dates.length < FEWEST_DATES
          ? NO_TEST
          : testsOf(lossDifferential(losses, pooled), mean(pooled))),
      };
    });
  });
}

type Tests = Pick<OutOfSampleTest, "hacStatistic" | "hacPValue" | "hacLags" | "detectable">;

const NO_TEST: Tests = {
  hacStatistic: Number.NaN,
  hacPValue: Number.NaN,
  hacLags: Number.NaN,
  detectable: Number.NaN,
};

function testsOf(differential: Float64Array, pooledLoss: number): Tests {
  const lags = neweyWestLags(differential.length);
  const { statistic, pValue } = dieboldMariano(differential, {
    horizon: 1,
    variance: "bartlett",
    lags,
  });
  const least = detectableMean(differential, { lags, ...POWER });
  return {
    hacStatistic: statistic,
    hacPValue: pValue,
    hacLags: lags,
    // NaN where not even a loss of zero would be found.
    detectable: Math.sqrt(pooledLoss) - Math.sqrt(pooledLoss - least.mean),
  };
}

/** How far ahead of the pooled constant an estimator is, date by date. */
export interface CumulativeGain {
  readonly marketSet: string;
  readonly estimator: string;
  readonly update: Update;
  readonly dates: readonly string[];
  /** Loss of the pooled constant minus that of the estimator, squared log returns: above 0 where the estimator is better. */
  readonly gains: readonly number[];
  /** Their sum through each date: it rises while the estimator is better. */
  readonly cumulative: readonly number[];
}

/**
 * Cumulative squared-error difference of each estimator and the pooled constant with the same update.
 *
 * @returns by set, estimator and update, without the pooled constant and what comes too late
 * @example
 * const [zero] = cumulativeGains(walked, sample.range);
 * [zero!.dates.length, zero!.cumulative.at(-1)]; // [47, -0.0540]
 * @see Goyal and Welch (2008), Review of Financial Studies 21
 */
export function cumulativeGains(
  sets: readonly (readonly Walked[])[],
  range: DateRange,
): CumulativeGain[] {
  return sets.flatMap((set) =>
    meetings(set, range)
      .filter(({ dates }) => dates.length > 0)
      .map(({ losses, pooled, seedError: _, ...row }) => {
        const gains = losses.map((loss, t) => pooled[t]! - loss);
        let sum = 0;
        const cumulative = gains.map((gain) => {
          sum += gain;
          return sum;
        });
        return { ...row, gains, cumulative };
      }),
  );
}
