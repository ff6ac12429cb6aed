/** Whether mean returns rise or fall along the portfolios of a sort. */

import { defaultBlockLength } from "../stats/block-length.js";
import { pattonTimmermann } from "../stats/patton-timmermann.js";
import { circularResamples } from "../stats/resamples.js";
import type { PortfolioReturns } from "./returns.js";

/** The bootstrap of a test of monotone means. */
export interface MonotonicityOptions {
  readonly draws: number;
  readonly seed: number;
  /** Fewest dates for a test. */
  readonly fewest: number;
}

/** p-values of the monotonic relation test in both directions; a test of both at size a doubles a. */
export interface Monotonicity {
  /** Small if mean returns rise throughout, from the lowest betas to the highest. */
  readonly increasing: number;
  /** Small if they fall throughout. */
  readonly decreasing: number;
  /** Dates on which all portfolios have a return. */
  readonly n: number;
  /** Why there are no p-values; empty if there are. */
  readonly reason: string;
}

/**
 * Patton and Timmermann's test along the portfolios of a sort, in the project's bootstrap: circular blocks of whole dates.
 *
 * @param portfolios the Q quantile portfolios, from the lowest betas
 * @returns NaN with the reason for fewer than three portfolios (two have one difference: the long-short t tests it), for
 *   fewer dates than `fewest`, and where a difference never varies
 * @example
 * const portfolios = quantilePortfolios(sort).map((portfolio) =>
 *   portfolioReturns(dollar, portfolio, { riskFree: factorsOn(factors, dollar).riskFree, cost: 0 }),
 * );
 * monotonicity(portfolios, { draws: 999, seed: 1, fewest: 24 }).reason; // "2 portfolios, of at least 3"
 * @see Patton and Timmermann (2010), Monotonicity in asset returns, Journal of Financial Economics 98
 */
export function monotonicity(
  portfolios: readonly PortfolioReturns[],
  { draws, seed, fewest }: MonotonicityOptions,
): Monotonicity {
  const dates = [...(portfolios[0]?.dates.keys() ?? [])].filter((t) =>
    portfolios.every((p) => !Number.isNaN(p.excessReturns[t]!)),
  );
  const n = dates.length;
  const none = (reason: string): Monotonicity => ({
    increasing: Number.NaN,
    decreasing: Number.NaN,
    n,
    reason,
  });
  if (portfolios.length < 3) return none(`${portfolios.length} portfolios, of at least 3`);
  if (n < Math.max(2, fewest)) return none(`${n} dates, of at least ${fewest}`);
  const returns = portfolios.map((p) => dates.map((t) => p.excessReturns[t]!));
  const blockLength = Math.min(
    n,
    Math.max(
      ...returns
        .slice(1)
        .map((r, q) => defaultBlockLength(r.map((value, t) => value - returns[q]![t]!))),
    ),
  );
  const resamples = circularResamples(n, { blockLength, draws, seed });
  const p = (alternative: "increasing" | "decreasing") =>
    pattonTimmermann(returns, resamples, { alternative }).pValue;
  const [increasing, decreasing] = [p("increasing"), p("decreasing")];
  return Number.isNaN(increasing)
    ? none("two neighbours have the same returns, up to a constant")
    : { increasing, decreasing, n, reason: "" };
}
