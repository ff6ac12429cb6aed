/** What the Fama-French factors add to a hedge: the same betas with and without them, on the same dates and seeds. */

import type { Estimator, Update } from "../betas/estimator.js";
import { classicalLadder, type LadderOptions } from "../betas/ladder.js";
import type { Start } from "../models/network.js";
import type { NeuralEstimatorOptions } from "../models/neural-estimator.js";
import type { Trainer } from "../models/trainer.js";
import { withFactorMarkets, withPredictors } from "../panel/factors.js";
import { marketNames, selectMarkets } from "../panel/panel.js";
import { defaultBlockLength } from "../stats/block-length.js";
import { clarkWest, clarkWestDifferential } from "../stats/clark-west.js";
import { dieboldMariano, lossDifferential } from "../stats/diebold-mariano.js";
import { mean } from "../stats/moments.js";
import { holmPValues } from "../stats/multiple-testing.js";
import { circularResamples } from "../stats/resamples.js";
import { rmseChange } from "../stats/rmse-change.js";
import type { BetaPath, Factors, Panel, Split } from "../types.js";
import { commonErrors, dateLosses, meanByDate } from "./common-errors.js";
import { type BootstrapDraws, type EvaluationDesign, FEWEST_DATES } from "./forecast-comparison.js";
import { seedPaths } from "./seed-paths.js";
import { walkForward } from "./walk-forward.js";

/**
 * A: the factors are lagged inputs, the hedges stay. B: the factors are hedges too, with their returns of the date itself, and, as
 * every hedge, inputs.
 */
export type FactorExperiment = "A" | "B";

/** An estimator that is run with and without factors. */
export interface GainCandidate {
  readonly estimator: string;
  readonly update: Update;
  /** Whether its betas depend on inputs: experiment A leaves the others as they are, so that they have no row of it. */
  readonly hasInputs: boolean;
  /** Walk-forward betas on the test blocks: one path, or one per seed, whose mean is the estimate. */
  readonly paths: (panel: Panel, splits: readonly Split[]) => Promise<readonly BetaPath[]>;
}

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
  /** Share of seeds whose own network has a lower RMSE with the factors; NaN without seeds. */
  readonly seedsBetter: number;
}

/** How experiments are judged, and which market stands for Mkt-RF. */
export interface FactorGainOptions {
  readonly bootstrap: BootstrapDraws;
  /** Market in whose presence experiment B leaves Mkt-RF out: they are one series (correlation 0.99 with the shipped EQUITY). */
  readonly equity: string;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Networks of every start, frozen in each test block, and the classical counterparts: a ridge on the same inputs and the pooled
 * constant, both updated before every date.
 *
 * @example
 * gainCandidates(trainer, study).map(({ estimator }) => estimator); // ["neural-glorot", "neural-ols", "ridge", "pooled"]
 */
export function gainCandidates(
  trainer: Trainer,
  options: NeuralEstimatorOptions & LadderOptions & { readonly starts: readonly Start[] },
): GainCandidate[] {
  // Neither depends on the number of markets that the ladder is asked for.
  const ladder = classicalLadder(1, options);
  const classical = (id: string, hasInputs: boolean) =>
    gainCandidate(ladder.find((of) => of.id === id)!, "updated", hasInputs);
  return [
    ...options.starts.map(
      (start): GainCandidate => ({
        estimator: `neural-${start}`,
        update: "frozen",
        hasInputs: true,
        paths: (panel, splits) => seedPaths(panel, start, trainer, options, splits),
      }),
    ),
    classical("ridge", true),
    classical("pooled", false),
  ];
}

/** An estimator of one path as a candidate. */
export function gainCandidate(
  estimator: Estimator,
  update: Update,
  hasInputs = false,
): GainCandidate {
  return {
    estimator: estimator.id,
    update,
    hasInputs,
    paths: async (panel, splits) => [await walkForward(panel, estimator, splits, { update })],
  };
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
 * @throws RangeError if the factors lack a date of the panel
 * @example
 * const constant = gainCandidates(trainer, study).slice(-1);
 * const design = { splits, samples: [sample] };
 * const options = { bootstrap: draws, equity: "EQUITY" };
 * const hedged = await factorGain(panel, factors, ["FIAT", "GOLD"], constant, [design], options);
 * hedged.map(({ marketSet, experiment, change }) => [marketSet, experiment, change]);
 * // [["FIAT", "B", -0.0749], ["GOLD", "B", -0.0872], ["all", "B", -0.0811]]
 * @see report, Step 7: "RMSE reduction 2-3 %"
 */
export async function factorGain(
  panel: Panel,
  factors: Factors,
  marketSets: readonly string[],
  candidates: readonly GainCandidate[],
  designs: readonly EvaluationDesign[],
  { bootstrap, equity, onProgress }: FactorGainOptions,
): Promise<FactorGainRow[]> {
  const rows: FactorGainRow[] = [];
  const total = designs.length * candidates.length * marketSets.length;
  let done = 0;
  for (const { splits, samples } of designs) {
    const pairs: Pair[] = [];
    for (const candidate of candidates)
      for (const set of marketSets) {
        const base = selectMarkets(panel, marketNames(set));
        const without = await candidate.paths(base, splits);
        for (const experiment of candidate.hasInputs ? (["A", "B"] as const) : (["B"] as const)) {
          const extended =
            experiment === "A"
              ? withPredictors(base, factors)
              : withFactorMarkets(base, factors, hedges(base, factors, equity));
          const paths = await candidate.paths(extended, splits);
          for (const { name, range } of samples)
            pairs.push({
              sample: name,
              marketSet: set,
              estimator: candidate.estimator,
              update: candidate.update,
              experiment,
              ...pairedLosses(base, without, extended, paths, range),
            });
        }
        onProgress?.(++done, total);
      }
    for (const { name } of samples) rows.push(...sampleRows(pairs, name, marketSets, bootstrap));
  }
  return rows;
}

/** The factors that hedge in experiment B. */
const hedges = ({ markets }: Panel, { names }: Factors, equity: string): string[] =>
  names.filter((name) => name !== "Mkt-RF" || !markets.includes(equity));

/** Losses by date of one estimator without and with the factors. */
interface Pair
  extends Pick<FactorGainRow, "sample" | "marketSet" | "estimator" | "update" | "experiment"> {
  readonly dates: readonly string[];
  readonly base: readonly number[];
  readonly extended: readonly number[];
  readonly clarkWest: readonly number[];
  /** The same losses of every seed by itself. */
  readonly seeds: readonly {
    readonly base: readonly number[];
    readonly extended: readonly number[];
  }[];
}

function pairedLosses(
  base: Panel,
  without: readonly BetaPath[],
  extended: Panel,
  withFactors: readonly BetaPath[],
  range: Parameters<typeof commonErrors>[2],
): Pick<Pair, "dates" | "base" | "extended" | "clarkWest" | "seeds"> {
  const { dates, errors } = commonErrors(
    "factorGain",
    [
      { panel: base, path: meanPath(without) },
      { panel: extended, path: meanPath(withFactors) },
      ...without.map((path) => ({ panel: base, path })),
      ...withFactors.map((path) => ({ panel: extended, path })),
    ],
    range,
  );
  const [small, large, ...single] = errors;
  const seeds = without.length;
  return {
    dates,
    base: dateLosses(small!),
    extended: dateLosses(large!),
    clarkWest: meanByDate(small!.map((e, i) => clarkWestDifferential(e, large![i]!))),
    seeds:
      seeds === 1
        ? []
        : without.map((_, seed) => ({
            base: dateLosses(single[seed]!),
            extended: dateLosses(single[seeds + seed]!),
          })),
  };
}

function meanPath(paths: readonly BetaPath[]): BetaPath {
  const [{ band: _, ...first }] = paths as readonly [BetaPath];
  return {
    ...first,
    values: first.values.map((_, at) => mean(paths.map(({ values }) => values[at]!))),
  };
}

/** Rows of one sample, with Holm's p-values over all of them. */
function sampleRows(
  pairs: readonly Pair[],
  sample: string,
  marketSets: readonly string[],
  bootstrap: BootstrapDraws,
): FactorGainRow[] {
  const of = pairs.filter((pair) => pair.sample === sample);
  const key = ({ estimator, experiment }: Pair) => `${estimator} ${experiment}`;
  const rows = [...new Set(of.map(key))].flatMap((line) => {
    const group = of.filter((pair) => key(pair) === line);
    const all = marketSets.length > 1 ? [overSets(group)] : [];
    return [...group, ...all].map((pair) => gainRow(pair, bootstrap));
  });
  const adjusted = holmPValues(rows.map(({ dmPValue }) => dmPValue));
  return rows.map((row, i) => ({ ...row, holmPValue: adjusted[i]! }));
}

/** All market sets as one, on the dates that all have. */
function overSets(group: readonly Pair[]): Pair {
  const [first] = group as readonly [Pair];
  const dates = first.dates.filter((date) => group.every((pair) => pair.dates.includes(date)));
  const average = (of: (pair: Pair) => readonly number[]) =>
    meanByDate(group.map((pair) => dates.map((date) => of(pair)[pair.dates.indexOf(date)]!)));
  return {
    ...first,
    marketSet: "all",
    dates,
    base: average(({ base }) => base),
    extended: average(({ extended }) => extended),
    clarkWest: average((pair) => pair.clarkWest),
    seeds: first.seeds.map((_, seed) => ({
      base: average(({ seeds }) => seeds[seed]!.base),
      extended: average(({ seeds }) => seeds[seed]!.extended),
    })),
  };
}

function gainRow(
  { dates, base, extended, clarkWest: adjusted, seeds, ...place }: Pair,
  { draws, seed, level }: BootstrapDraws,
): Omit<FactorGainRow, "holmPValue"> {
  const n = dates.length;
  const enough = n >= FEWEST_DATES;
  const differential = lossDifferential(extended, base);
  const dm = enough && dieboldMariano(differential, { horizon: 1, variance: "acf" });
  const cw = enough && clarkWest(adjusted, { lags: 0 });
  const ratio =
    enough &&
    rmseChange(
      extended,
      base,
      circularResamples(n, {
        blockLength: defaultBlockLength(differential),
        draws,
        seed,
      }),
      { level },
    ).ratio;
  const rmseBase = Math.sqrt(mean(base));
  const rmse = Math.sqrt(mean(extended));
  const better = seeds.filter((of) => mean(of.extended) < mean(of.base));
  return {
    ...place,
    n,
    rmseBase,
    rmse,
    change: rmse / rmseBase - 1,
    lower: ratio ? ratio.lower - 1 : Number.NaN,
    upper: ratio ? ratio.upper - 1 : Number.NaN,
    dmStatistic: dm ? dm.statistic : Number.NaN,
    dmPValue: dm ? dm.pValue : Number.NaN,
    cwStatistic: cw ? cw.statistic : Number.NaN,
    cwPValue: cw ? cw.pValue : Number.NaN,
    seedsBetter: seeds.length === 0 ? Number.NaN : better.length / seeds.length,
  };
}
