/** Every estimator on the same dates: errors, what they gain over the nulls, and whether that is more than chance. */

import type { Estimator, Update } from "../betas/estimator.js";
import { keptResult } from "../models/cache/results.js";
import { column } from "../panel/panel.js";
import { defaultBlockLength } from "../stats/block-length.js";
import { percentileInterval } from "../stats/bootstrap.js";
import { lossDifferential } from "../stats/diebold-mariano.js";
import { confidenceSetOfMeans } from "../stats/model-confidence-set.js";
import { mean } from "../stats/moments.js";
import { numbered, resampledMeans } from "../stats/resampled-means.js";
import { circularResamples } from "../stats/resamples.js";
import type { Draws, Frequency, Panel, Progress, Sample } from "../types.js";
import { commonErrors, dateLosses } from "./common-errors.js";
import { clarkWestByDate, FEWEST_DATES, NOT_TESTED, pairedTests } from "./paired-tests.js";
import { type EvaluationDesign, overMarketSets, type Walked, walkedLadder } from "./walked.js";

/** One estimator against one benchmark; RMSE in log returns. NaN where n is too small for inference. */
export interface ComparisonRow {
  readonly frequency: Frequency;
  readonly sample: string;
  readonly marketSet: string;
  /** Name of a coin, or `all`: squared errors averaged over coins by date. */
  readonly coin: string;
  readonly estimator: string;
  readonly update: Update;
  /** `zero`, or `pooled` with the same update; one that stands once as frozen meets the frozen one. */
  readonly benchmark: string;
  /** Dates on which every estimator has a beta of the coin; of `all`, of some coin. 0 of an estimator that comes too late, see `latePaths`. */
  readonly n: number;
  /** Dates of the sample on which this estimator lacks a beta of the coin, of `all` of some coin, that others have: unless it comes too late, the coin is left out for all. */
  readonly missing: number;
  readonly rmse: number;
  readonly rmseLower: number;
  readonly rmseUpper: number;
  /** 1 - SSE(beta) / SSE(0), uncentred. */
  readonly hedgingR2: number;
  /** Below 0 where the estimator is better than the benchmark. */
  readonly dmStatistic: number;
  /** Two-sided. */
  readonly dmPValue: number;
  /** Against zero only; above 0 where the estimator is better. */
  readonly cwStatistic: number;
  /** One-sided; asymptotic and slightly cautious for OLS betas, approximate for all others. */
  readonly cwPValue: number;
  /** p-value of the Model Confidence Set of all estimators (T_max): below 0.05, the estimator is not among the best. */
  readonly mcs: number;
  /** RMSE minus that of the benchmark, with a paired bootstrap interval of dates. */
  readonly rmseChange: number;
  readonly changeLower: number;
  readonly changeUpper: number;
}

/**
 * Compares candidates on the dates of a range, for all coins together and for each.
 *
 * The unit is the date: squared errors are averaged over the coins of the date on which every candidate has a beta before any test, and bootstraps (circular blocks, of three for
 * fewer than 60 dates, else of the longest length that a candidate's loss asks for) draw whole dates, the same for all candidates. Diebold-Mariano with the correction of Harvey,
 * Leybourne and Newbold, one period ahead.
 *
 * @param candidates must hold `zero` and `pooled`
 * @param bootstrap with `together`, coins have no rows of their own
 * @returns two rows per coin and candidate, one for each benchmark; none against itself, and none of a coin without a common date. A candidate that
 * comes too late for half of the dates has rows without numbers and shortens no other; so have all where they have no date in common
 * @throws RangeError if a benchmark is missing, or no date of the panel lies in the range
 * @example
 * const compared = compareForecasts(candidates, sample, draws);
 * const rolled = compared.find((row) => row.estimator === "rolling" && row.benchmark === "zero")!;
 * [rolled.rmseChange, rolled.changeLower, rolled.changeUpper]; // [-0.0013, -0.0090, 0.0076]
 */
export function compareForecasts(
  candidates: readonly Walked[],
  sample: Sample,
  { together = false, ...bootstrap }: Draws & { readonly together?: boolean },
): ComparisonRow[] {
  const common = commonErrors("compareForecasts", candidates, sample.range);
  const { errors, late, missing, missingDates } = common;
  const usual = errors[late.indexOf(false)]!;
  const { panel, marketSet } = candidates[0]!;
  const N = panel.coins.length;
  const rows: ComparisonRow[] = [];
  const groups = [
    { coin: "all", members: [...panel.coins.keys()] },
    ...panel.coins.map((coin, i) => ({ coin, members: [i] })),
  ];
  for (const { coin, members } of together || N === 1 ? groups.slice(0, 1) : groups) {
    const there = [...usual[0]!.keys()].filter((t) =>
      members.some((i) => !Number.isNaN(usual[i]![t]!)),
    );
    if (there.length === 0 && coin !== "all") continue;
    rows.push(
      ...compareGroup(
        candidates.map((candidate, c) => ({
          ...candidate,
          errors: members.map((i) => there.map((t) => errors[c]![i]![t]!)),
          late: late[c]!,
          missing: members.length > 1 ? missingDates[c]! : missing[c]![members[0]!]!,
        })),
        { frequency: panel.frequency, sample: sample.name, marketSet, coin, n: there.length },
        bootstrap,
      ),
    );
  }
  return rows;
}

interface Measured extends Walked {
  /** By coin of the group, then by date. */
  readonly errors: readonly (readonly number[])[];
  readonly late: boolean;
  readonly missing: number;
}

type Place = Pick<ComparisonRow, "frequency" | "sample" | "marketSet" | "coin" | "n">;

function compareGroup(
  measured: readonly Measured[],
  place: Place,
  bootstrap: Draws,
): ComparisonRow[] {
  const all = measured.map((candidate) => ({
    ...candidate,
    losses: candidate.late ? [] : dateLosses(candidate.errors),
  }));
  const zero = benchmarkOf(all, "zero");
  const inTime = all.filter(({ late }) => !late);
  const drawn = place.n >= FEWEST_DATES ? drawnLosses(inTime, zero, bootstrap) : undefined;
  return all.flatMap((candidate) => {
    const { estimator, update, losses, errors, missing } = candidate;
    const rmse = Math.sqrt(mean(losses));
    const drawnOf = (own: (typeof all)[number]) => drawn?.rmse[inTime.indexOf(own)];
    const own = drawnOf(candidate);
    const interval = own && percentileInterval(rmse, own, bootstrap.level);
    return [zero, benchmarkOf(all, "pooled", update)]
      .filter((other) => other !== candidate)
      .map((other): ComparisonRow => {
        const others = drawnOf(other);
        const tests =
          own && others
            ? pairedTests(
                losses,
                other.losses,
                other === zero ? clarkWestByDate(zero.errors, errors) : undefined,
              )
            : NOT_TESTED;
        const change = rmse - Math.sqrt(mean(other.losses));
        const apart = own && others && own.map((value, b) => value - others[b]!);
        const changed = apart && percentileInterval(change, apart, bootstrap.level);
        return {
          ...place,
          n: losses.length,
          estimator,
          update,
          benchmark: other.estimator,
          missing,
          rmse,
          rmseLower: interval?.lower ?? Number.NaN,
          rmseUpper: interval?.upper ?? Number.NaN,
          hedgingR2: 1 - mean(losses) / mean(zero.losses),
          ...tests,
          mcs: drawn?.mcs[inTime.indexOf(candidate)] ?? Number.NaN,
          rmseChange: change,
          changeLower: changed?.lower ?? Number.NaN,
          changeUpper: changed?.upper ?? Number.NaN,
        };
      });
  });
}

interface Losses {
  readonly losses: readonly number[];
}

/** RMSE of every candidate in every draw [B], and p-values of the Model Confidence Set: one set of draws of all losses. */
function drawnLosses(
  candidates: readonly Losses[],
  zero: Losses,
  { draws, seed }: Draws,
): { readonly rmse: readonly Float64Array[]; readonly mcs: Float64Array } {
  const losses = candidates.map((candidate) => candidate.losses);
  const blockLength = Math.max(
    ...losses.map((own) => defaultBlockLength(lossDifferential(own, zero.losses))),
  );
  const resamples = circularResamples(zero.losses.length, { blockLength, draws, seed });
  const means = resampledMeans("compareForecasts", numbered("candidate", losses), resamples);
  const rmse = losses.map((_, c) => column(means.draws, losses.length, c).map(Math.sqrt));
  return { rmse, mcs: confidenceSetOfMeans(means, "max").pValues };
}

/**
 * The candidate that others are compared with: of the same update, or the only one there is.
 *
 * @throws RangeError if there is no such estimator
 */
export function benchmarkOf<C extends Pick<Walked, "estimator" | "update">>(
  candidates: readonly C[],
  estimator: string,
  update?: Update,
): C {
  const found =
    candidates.find((c) => c.estimator === estimator && c.update === update) ??
    candidates.find((c) => c.estimator === estimator);
  if (!found)
    throw new RangeError(
      `compareForecasts: candidates must hold the benchmark ${estimator}, but there are ${candidates.map((c) => c.estimator).join(", ")}; add it`,
    );
  return found;
}

/** What a comparison runs over, and the draws of its bootstraps. */
export interface ForecastComparisonOptions extends Draws, Progress {
  readonly marketSets: readonly string[];
  readonly designs: readonly EvaluationDesign[];
}

/**
 * The whole comparison: every market set, design, sample and coin.
 *
 * @param estimators the ladder for a number of markets
 * @returns rows by market set, design, sample, coin, estimator, update and benchmark
 * @example
 * const designs = [{ splits, samples: [sample] }];
 * const options = { marketSets: ["FIAT", "GOLD"], designs, ...draws };
 * const compared = await forecastComparison(panel, () => estimators, options);
 * [...new Set(compared.map(({ marketSet }) => marketSet))]; // ["FIAT", "GOLD"]
 */
export async function forecastComparison(
  panel: Panel,
  estimators: (markets: number) => readonly Estimator[],
  { marketSets, designs, onProgress, ...bootstrap }: ForecastComparisonOptions,
): Promise<ComparisonRow[]> {
  const total = marketSets.length * designs.length;
  let done = 0;
  const rows = await overMarketSets(panel, marketSets, async (chosen) => {
    const ladder = estimators(chosen.markets.length);
    const found: ComparisonRow[] = [];
    for (const { splits, samples } of designs) {
      const content = ["forecastComparison", chosen, splits, samples, bootstrap];
      found.push(
        ...(await keptResult(ladder, content, async () => {
          const candidates = await walkedLadder(chosen, ladder, { splits });
          return samples.flatMap((sample) => compareForecasts(candidates, sample, bootstrap));
        })),
      );
      onProgress?.(++done, total);
    }
    return found;
  });
  return rows.flat();
}
