/** Coins sorted by every estimator's betas on every market, as the report defines a sort and as one can hold it. */

import { betaWithin, cutBeta } from "../betas/assemble.js";
import { checkEstimators } from "../betas/check-estimator.js";
import { applicable, type Estimator, type Update } from "../betas/estimator.js";
import { panelWithin, rowsWithin } from "../panel/cut.js";
import { factorsOn } from "../panel/factors.js";
import { type CoinLife, coinLives, livesFrom } from "../panel/lives.js";
import { type Monotonicity, monotonicity } from "../portfolios/monotonicity.js";
import { type Performance, portfolioPerformance } from "../portfolios/performance.js";
import { REPORT_QUANTILES, reportReturns } from "../portfolios/report-returns.js";
import { type PortfolioReturns, portfolioReturns } from "../portfolios/returns.js";
import { type BetaSort, betaSort, fewestCoins } from "../portfolios/sort.js";
import { babPortfolio, longShortPortfolio, quantilePortfolios } from "../portfolios/weights.js";
import type { BetaPath, DateRange, Factors, Panel, Progress } from "../types.js";
import { FEWEST_DATES } from "./paired-tests.js";
import { walkForward } from "./walk-forward.js";
import { type EvaluationDesign, overMarketSets } from "./walked.js";

/**
 * What a sort is.
 *
 * sound: at least two coins per portfolio, equal-weighted, simple returns over the risk-free return, with turnover and costs.
 * single-coin: quartiles of one coin each, log return minus that of the market.
 */
export type SortDefinition = "sound" | "single-coin";

/** Portfolios of a sort, what trading costs, and the bootstrap of its test. */
export interface PortfolioSortOptions {
  /** Portfolios of the sound sort; the report's has four. */
  readonly quantiles: number;
  /** Cost of a trade as a share of what is traded. */
  readonly cost: number;
  /** Draws and seed of the bootstrap that tests monotone means. */
  readonly draws: number;
  readonly seed: number;
}

/** Whose betas sort, over which test blocks. */
export interface PortfolioSortsOptions extends PortfolioSortOptions, Progress {
  /** For one market. */
  readonly estimators: readonly Estimator[];
  /** The test blocks, and the samples of their dates on which returns are judged; each begins with a purchase from cash. */
  readonly design: EvaluationDesign;
  readonly update: Update;
}

/** What a sort by one path is. */
export interface SortedPortfoliosOptions extends PortfolioSortOptions {
  readonly definition: SortDefinition;
  /** For their risk-free return. */
  readonly factors: Factors;
  /** As those of `SortOptions`. */
  readonly lives?: readonly CoinLife[];
}

/** One sort and what its portfolios earned. */
export interface PortfolioSort {
  readonly sample: string;
  readonly market: string;
  readonly definition: SortDefinition;
  readonly estimator: string;
  readonly update: Update;
  readonly sort: BetaSort;
  /** The quantiles from the lowest betas, then `long-short`, then, if the sort is sound, `bab`. */
  readonly portfolios: readonly PortfolioReturns[];
  /** Of each portfolio, in the same order. */
  readonly performance: readonly Performance[];
  readonly monotonicity: Monotonicity;
}

/**
 * Sorts on one market after the other, by the walk-forward betas of each estimator on that market alone.
 *
 * The betas dated t, known at t - 1, choose the portfolios of t. Fewer than 24 dates with returns: no t, p or interval.
 *
 * @param factors for their risk-free return; a date that they lack has no excess return
 * @returns by market, estimator and sample: the sound sort, then the report's
 * @throws RangeError if the coins are too few for the quantiles
 * @example
 * const design = { splits, samples: [sample] };
 * const options = { estimators, design, update: "frozen", quantiles: 2, cost: 0.002, draws: 199, seed: 1 } as const;
 * const sorted = await portfolioSorts(dollar, factors, options);
 * const sound = sorted.filter(({ definition }) => definition === "sound");
 * sound.map(({ estimator, sort }) => [estimator, sort.counts.sorted]);
 * // [["zero", 0], ["pooled", 0], ["historical", 47], ["rolling", 47]]: one beta for all coins sorts nothing
 * @see report, Step 9
 */
export async function portfolioSorts(
  panel: Panel,
  factors: Factors,
  { estimators, design, update, onProgress, ...options }: PortfolioSortsOptions,
): Promise<PortfolioSort[]> {
  const sorts: PortfolioSort[] = [];
  const total = panel.markets.length * estimators.length;
  // A sample may lie outside the dates of the factors, the panel may not.
  const onPanel = { ...options, factors: factorsOn(factors, panel) };
  const lives = coinLives(panel);
  let done = 0;
  await overMarketSets(panel, panel.markets, async (chosen) => {
    const own = await applicable(estimators, chosen);
    done += estimators.length - own.length;
    await checkEstimators("portfolioSorts", own, { panel: chosen, splits: design.splits });
    for (const estimator of own) {
      const path = await walkForward(chosen, estimator, { splits: design.splits, update });
      for (const { name, range } of design.samples) {
        const kept = withStart(panel.dates, range);
        const within = panelWithin(chosen, kept);
        const betas = cutBeta(betaWithin(path, range), kept);
        const own = livesFrom(lives, panel.dates.indexOf(within.dates[0]!));
        for (const definition of ["sound", "single-coin"] as const)
          sorts.push({
            sample: name,
            estimator: estimator.id,
            update,
            ...sortedPortfolios(within, betas, { definition, lives: own, ...onPanel }),
          });
      }
      onProgress?.(++done, total);
    }
  });
  return sorts;
}

/** A range with the date before it, at whose end the first portfolio is bought. */
function withStart(dates: readonly string[], range: DateRange): DateRange {
  const { from } = rowsWithin(dates, range);
  return { ...range, from: dates[Math.max(0, from - 1)]! };
}

/**
 * The sort by one path of betas on the first market, with its portfolios and their performance.
 *
 * @param path walk-forward betas
 * @throws RangeError if the path is fitted, or the coins are too few for the quantiles
 * @example
 * const options = { definition: "sound", factors, quantiles: 2, cost: 0.002, draws: 199, seed: 1 } as const;
 * const { portfolios } = sortedPortfolios(dollar, path, options);
 * portfolios.map(({ name }) => name); // ["1", "2", "long-short", "bab"]
 */
export function sortedPortfolios(
  panel: Panel,
  path: BetaPath,
  { definition, factors, quantiles, lives, cost, draws, seed }: SortedPortfoliosOptions,
): Omit<PortfolioSort, "sample" | "estimator" | "update"> {
  const market = path.markets[0]!;
  const sound = definition === "sound";
  const sort = betaSort(panel, path, {
    market,
    ...(lives && { lives }),
    ...(sound
      ? { quantiles, fewest: fewestCoins(panel.coins.length) }
      : { quantiles: REPORT_QUANTILES, fewest: 0 }),
  });
  const { riskFree } = factorsOn(factors, panel);
  const held = [
    ...quantilePortfolios(sort),
    longShortPortfolio(sort),
    ...(sound ? [babPortfolio(sort)] : []),
  ];
  const portfolios = held.map((portfolio) =>
    sound
      ? portfolioReturns(panel, portfolio, { riskFree, cost })
      : reportReturns(panel, portfolio, market),
  );
  return {
    market,
    definition,
    sort,
    portfolios,
    performance: portfolios.map((returns) =>
      portfolioPerformance(returns, {
        frequency: panel.frequency,
        fewest: FEWEST_DATES,
      }),
    ),
    monotonicity: monotonicity(portfolios.slice(0, sort.quantiles), {
      draws,
      seed,
      fewest: FEWEST_DATES,
    }),
  };
}

/** One portfolio of one sort, as tables and claims want it. */
export interface PerformanceRow extends Performance {
  readonly sample: string;
  readonly definition: SortDefinition;
  readonly estimator: string;
  readonly update: Update;
  readonly market: string;
  /** p-values of the monotonic relation test, on the row of `long-short`; NaN on all others. */
  readonly increasingPValue: number;
  readonly decreasingPValue: number;
  /** Dates on which the sort has portfolios, and what it left out. */
  readonly dates: number;
  readonly tied: number;
  readonly tooFew: number;
  readonly withoutBeta: number;
}

/**
 * The performance of every portfolio of the sorts that have a date, in their order.
 *
 * @example
 * const row = performanceRows(sorts).find((of) => of.portfolio === "long-short" && of.estimator === "rolling")!;
 * [row.definition, row.n, row.mean, row.tStat]; // ["sound", 47, 0.0085, 0.3175]
 */
export function performanceRows(sorts: readonly PortfolioSort[]): PerformanceRow[] {
  return sorts
    .filter(({ sort }) => sort.counts.sorted > 0)
    .flatMap(({ sample, definition, estimator, update, market, ...outcome }) =>
      outcome.performance.map((performance) => {
        const tested = performance.portfolio === "long-short";
        const { increasing, decreasing } = outcome.monotonicity;
        const { sorted, ...leftOut } = outcome.sort.counts;
        return {
          ...performance,
          sample,
          definition,
          estimator,
          update,
          market,
          increasingPValue: tested ? increasing : Number.NaN,
          decreasingPValue: tested ? decreasing : Number.NaN,
          dates: sorted,
          ...leftOut,
        };
      }),
    );
}
