/** What the Fama-French factors add to a hedge: the same betas with and without them, on the same dates and seeds. */

import { checkEstimators } from "../betas/check-estimator.js";
import type { Update } from "../betas/estimator.js";
import { withPredictors } from "../panel/factors.js";
import { defaultBlockLength } from "../stats/block-length.js";
import type { BootstrapInterval } from "../stats/bootstrap.js";
import { lossDifferential } from "../stats/diebold-mariano.js";
import { jackknifeError } from "../stats/jackknife.js";
import { mean } from "../stats/moments.js";
import { holmPValues } from "../stats/multiple-testing.js";
import { circularResamples } from "../stats/resamples.js";
import { rmseChange } from "../stats/rmse-change.js";
import type { Draws, Factors, Panel, Progress } from "../types.js";
import { type FactorPair, overSets, pairedLosses } from "./factor-pairs.js";
import {
  type FactorExperiment,
  factorExperiments,
  factorPanel,
  type GainCandidate,
} from "./gain-candidates.js";
import { FEWEST_DATES, NOT_TESTED, pairedTests } from "./paired-tests.js";
import { type EvaluationDesign, overMarketSets, walkedEstimator } from "./walked.js";

/** One estimator with the factors against itself without them. NaN where n is too small for inference. */
export interface FactorGainRow {
  readonly sample: string;
  /** `all`: squared errors averaged over the market sets by date. */
  readonly marketSet: string;
  readonly estimator: string;
  readonly update: Update;
  readonly experiment: FactorExperiment;
  /** Dates on which both have betas. */
  readonly n: number;
  /** Hedging RMSE without the factors, in log returns. */
  readonly rmseBase: number;
  readonly rmse: number;
  /** rmse / rmseBase - 1: below 0 where the factors help. */
  readonly change: number;
  /** Paired bootstrap of whole dates. */
  readonly lower: number;
  readonly upper: number;
  /** Below 0 where the factors help; two-sided. */
  readonly dmStatistic: number;
  readonly dmPValue: number;
  /** After Holm, over all rows of the sample. */
  readonly holmPValue: number;
  /** One-sided, that the factors help but for the noise of estimating more; exact for the pooled constant only. */
  readonly cwStatistic: number;
  readonly cwPValue: number;
  /**
   * Share of pairs, of a network with and one without the factors, whose former has a lower RMSE; NaN without seeds. All pairs count: one seed
   * gives two networks of different inputs no weights in common.
   */
  readonly seedsBetter: number;
  /** Monte Carlo error of the change over the seeds of both ensembles, jackknife; NaN without seeds. */
  readonly seedError: number;
}

/** What the experiments are run on, how they are judged, and which market stands for Mkt-RF. */
export interface FactorGainOptions extends Progress {
  readonly marketSets: readonly string[];
  readonly candidates: readonly GainCandidate[];
  readonly designs: readonly EvaluationDesign[];
  readonly bootstrap: Draws;
  /** Market in whose presence experiment B leaves Mkt-RF out: they are one series (correlation 0.99 with the shipped EQUITY). */
  readonly equity: string;
}

/**
 * Both experiments of every candidate on every market set, and over all sets together.
 *
 * Base and experiment are estimated on the same blocks with the same seeds, each with a search of its own, and scored on the
 * same dates. Squared errors are averaged over coins by date; the interval is a paired circular block bootstrap of whole dates
 * of the RMSEs' ratio. Fewer than 24 dates: no test and no interval.
 *
 * @param factors must have every date of the panel
 * @returns by design, sample, candidate, experiment and market set; `all` last where there are several sets
 * @throws RangeError if the factors lack a date of the panel, ids are not apart, or an estimator that is not built in fails a
 * short `checkEstimator`
 * @example
 * const hedged = await factorGain(panel, factors, {
 *   marketSets: ["FIAT", "GOLD"],
 *   candidates: gainCandidates(trainer, study).slice(-1),
 *   designs: [{ splits, samples: [sample] }],
 *   bootstrap: draws,
 *   equity: "EQUITY",
 * });
 * hedged.map(({ marketSet, experiment, change }) => [marketSet, experiment, change]);
 * // [["FIAT", "B", -0.0749], ["GOLD", "B", -0.0872], ["all", "B", -0.0811]]
 * @see report, Step 7: "RMSE reduction 2-3 %"
 */
export async function factorGain(
  panel: Panel,
  factors: Factors,
  { marketSets, candidates, designs, bootstrap, equity, onProgress }: FactorGainOptions,
): Promise<FactorGainRow[]> {
  const rows: FactorGainRow[] = [];
  const total = designs.length * candidates.length * marketSets.length;
  let done = 0;
  const estimators = [...new Set(candidates.map(({ estimator }) => estimator))];
  for (const { splits, samples } of designs) {
    await overMarketSets(panel, marketSets, (base) =>
      checkEstimators("factorGain", estimators, {
        panel: withPredictors(base, factors),
        splits,
      }),
    );
    const pairs: FactorPair[] = [];
    for (const candidate of candidates)
      await overMarketSets(panel, marketSets, async (base, marketSet) => {
        const { estimator, update } = candidate;
        const without = await walkedEstimator(base, estimator, { splits, update });
        for (const experiment of factorExperiments(candidate)) {
          const extended = factorPanel(base, factors, { experiment, equity });
          const walked = await walkedEstimator(extended, estimator, { splits, update });
          for (const { name, range } of samples)
            pairs.push({
              sample: name,
              marketSet,
              estimator: estimator.id,
              update,
              experiment,
              ...pairedLosses(without, walked, range),
            });
        }
        onProgress?.(++done, total);
      });
    for (const { name } of samples)
      rows.push(...sampleRows(pairs, { sample: name, marketSets }, bootstrap));
  }
  return rows;
}

/** Rows of one sample, with Holm's p-values over all of them. */
function sampleRows(
  pairs: readonly FactorPair[],
  { sample, marketSets }: { readonly sample: string; readonly marketSets: readonly string[] },
  bootstrap: Draws,
): FactorGainRow[] {
  const own = pairs.filter((pair) => pair.sample === sample);
  const key = ({ estimator, experiment }: FactorPair) => `${estimator} ${experiment}`;
  const rows = [...new Set(own.map(key))].flatMap((line) => {
    const group = own.filter((pair) => key(pair) === line);
    const updates = marketSets.length > 1 ? new Set(group.map(({ update }) => update)) : [];
    const all = [...updates].map((update) =>
      overSets(group.filter((pair) => pair.update === update)),
    );
    return [...group, ...all].map((pair) => gainRow(pair, bootstrap));
  });
  const adjusted = holmPValues(rows.map(({ dmPValue }) => dmPValue));
  return rows.map((row, i) => ({ ...row, holmPValue: adjusted[i]! }));
}

function gainRow(
  { dates, base, extended, clarkWest: adjusted, seeds, without, ...place }: FactorPair,
  bootstrap: Draws,
): Omit<FactorGainRow, "holmPValue"> {
  const n = dates.length;
  const enough = n >= FEWEST_DATES;
  const ratio = enough ? drawnRatio(extended, base, bootstrap) : undefined;
  const rmseBase = Math.sqrt(mean(base));
  const rmse = Math.sqrt(mean(extended));
  const better = seeds.flatMap((informed) =>
    seeds.filter((bare) => mean(informed.extended) < mean(bare.base)),
  );
  const errors = [
    without.map((less) => Math.sqrt(mean(extended) / mean(less.base))),
    without.map((less) => Math.sqrt(mean(less.extended) / mean(base))),
  ];
  return {
    ...place,
    n,
    rmseBase,
    rmse,
    change: rmse / rmseBase - 1,
    lower: ratio ? ratio.lower - 1 : Number.NaN,
    upper: ratio ? ratio.upper - 1 : Number.NaN,
    ...(enough ? pairedTests(extended, base, adjusted) : NOT_TESTED),
    seedsBetter: seeds.length === 0 ? Number.NaN : better.length / seeds.length ** 2,
    seedError: Math.sqrt(errors.reduce((sum, values) => sum + jackknifeError(values) ** 2, 0)),
  };
}

/** RMSE with the factors over that without, by a paired bootstrap of dates. */
function drawnRatio(
  extended: readonly number[],
  base: readonly number[],
  { draws, seed, level }: Draws,
): BootstrapInterval {
  const blockLength = defaultBlockLength(lossDifferential(extended, base));
  const resamples = circularResamples(base.length, { blockLength, draws, seed });
  return rmseChange(extended, base, { resamples, level }).ratio;
}
