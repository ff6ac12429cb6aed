/** What a portfolio's returns come to: mean, risk, and whether the mean differs from zero by more than chance. */

import { inference } from "../stats/inference.js";
import { mean, standardDeviation } from "../stats/moments.js";
import { neweyWestCovariance, neweyWestLags } from "../stats/newey-west.js";
import { regression } from "../stats/ols.js";
import type { Frequency } from "../types.js";
import type { PortfolioReturns } from "./returns.js";

/** The frequency of returns, and how many a test takes. */
export interface PerformanceOptions {
  readonly frequency: Frequency;
  /** Fewest dates for t, p and an interval; NaN below. */
  readonly fewest: number;
}

/** One portfolio over all dates on which it has a return; decimals per period. NaN where there is no value. */
export interface Performance {
  readonly portfolio: string;
  /** Dates with a return. */
  readonly n: number;
  /** Mean of the beta that the portfolio was known to have before each date. */
  readonly meanBeta: number;
  /** Mean excess return, arithmetic, before costs. */
  readonly mean: number;
  /** Standard deviation of excess returns, n - 1. */
  readonly sd: number;
  /** mean / sd, per period. */
  readonly sharpe: number;
  /** Times the square root of the periods in a year: right if returns are not autocorrelated. */
  readonly sharpeAnnual: number;
  readonly standardError: number;
  readonly tStat: number;
  /** Two-sided, of mean = 0, by Student's t with n - 1. */
  readonly pValue: number;
  /** Ends of the 95 % interval of the mean. */
  readonly lower: number;
  readonly upper: number;
  /** Of Newey and West's standard error. */
  readonly lags: number;
  /** Mean turnover: bought plus sold as a share of wealth. */
  readonly turnover: number;
  /** Mean excess return after costs. */
  readonly netMean: number;
  /** Largest fall of wealth from an earlier height, as a share of it, before costs. */
  readonly maxDrawdown: number;
}

const PERIODS_A_YEAR: Readonly<Record<Frequency, number>> = {
  daily: 252,
  weekly: 52,
  monthly: 12,
};

/**
 * Performance of a portfolio, on the dates on which it has a return.
 *
 * The standard error of the mean is Newey and West's (1987), lag floor(4 (n / 100)^(2/9)), times sqrt(n / (n - 1)). Dates
 * without a return are left out, and those around them count as neighbours.
 *
 * @returns NaN where the portfolio has no return on any date; a Sharpe ratio of NaN where returns do not vary
 * @example
 * const { riskFree } = factorsOn(factors, dollar);
 * const returns = portfolioReturns(dollar, longShortPortfolio(sort), { riskFree, cost: 0.002 });
 * portfolioPerformance(returns, { frequency: "monthly", fewest: 24 }).tStat; // 0.1238
 * @see Lo (2002), The statistics of Sharpe ratios, for the annual one; Newey and West (1987)
 */
export function portfolioPerformance(
  returns: PortfolioReturns,
  { frequency, fewest }: PerformanceOptions,
): Performance {
  const { name, excessReturns, growth } = returns;
  const held = [...excessReturns.keys()].filter((t) => !Number.isNaN(excessReturns[t]!));
  const on = (values: Float64Array) => held.map((t) => values[t]!);
  const excess = on(excessReturns);
  const n = held.length;
  const center = mean(excess);
  const sd = standardDeviation(excess, 1);
  const sharpe = sd > 0 ? center / sd : Number.NaN;
  const test = meanTest(excess, fewest);
  return {
    portfolio: name,
    n,
    meanBeta: mean(on(returns.betas)),
    mean: center,
    sd,
    sharpe,
    sharpeAnnual: sharpe * Math.sqrt(PERIODS_A_YEAR[frequency]),
    ...test,
    turnover: mean(on(returns.turnover)),
    netMean: mean(on(returns.netReturns)),
    maxDrawdown: maxDrawdown(on(growth)),
  };
}

type MeanTest = Pick<
  Performance,
  "standardError" | "tStat" | "pValue" | "lower" | "upper" | "lags"
>;

/** The mean as a regression on a constant. */
function meanTest(values: readonly number[], fewest: number): MeanTest {
  const [n, nan] = [values.length, Number.NaN];
  if (n < Math.max(2, fewest))
    return {
      standardError: nan,
      tStat: nan,
      pValue: nan,
      lower: nan,
      upper: nan,
      lags: nan,
    };
  const fit = regression([], values, { intercept: true });
  const lags = neweyWestLags(n);
  const { standardErrors, tStats, pValues, lower, upper } = inference(
    fit,
    neweyWestCovariance(fit, { lags }),
    0.95,
  );
  return {
    standardError: standardErrors[0]!,
    tStat: tStats[0]!,
    pValue: pValues[0]!,
    lower: lower[0]!,
    upper: upper[0]!,
    lags,
  };
}

/**
 * Largest fall of wealth from an earlier height, as a share of that height: 1 if everything is lost.
 *
 * @param growth wealth after each date of one unit before it
 * @returns 0 if wealth never falls; NaN without dates, or where growth is missing
 * @example
 * maxDrawdown([1.25, 0.8, 0.5, 3]); // 0.6
 */
export function maxDrawdown(growth: ArrayLike<number>): number {
  let [worst, height] = [growth.length === 0 ? Number.NaN : 0, 1];
  for (const wealth of wealthOf(growth)) {
    height = Math.max(height, wealth);
    worst = Math.max(worst, 1 - wealth / height);
  }
  return worst;
}

/**
 * Wealth after each date, from one unit before the first: the product of growth so far.
 *
 * @returns [T]; 0 from the date on which everything is lost; NaN from a date without growth on
 * @example
 * wealthOf([1.5, 0.5]); // [1.5, 0.75]
 */
export function wealthOf(growth: ArrayLike<number>): Float64Array {
  let wealth = 1;
  return Float64Array.from(growth, (g) => {
    wealth *= Math.max(0, g);
    return wealth;
  });
}
