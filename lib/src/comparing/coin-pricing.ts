/** Whether factors price the coins, whether markets span them, and what long-short portfolios earn beyond the coins' own market. */

import { factorsOn } from "../panel/factors.js";
import { rowAt } from "../panel/panel.js";
import { simpleReturns } from "../panel/returns.js";
import { type GrsTest, grsTest } from "../stats/grs.js";
import { inference } from "../stats/inference.js";
import { mean } from "../stats/moments.js";
import { neweyWestCovariance, neweyWestLags } from "../stats/newey-west.js";
import { regression } from "../stats/ols.js";
import { type SpanningTest, spanningTest } from "../stats/spanning.js";
import type { Factors, Panel } from "../types.js";
import { FEWEST_DATES } from "./paired-tests.js";
import type { PortfolioSort } from "./portfolio-sorts.js";

/** Joint tests of all coins; simple returns. */
export interface CoinPricing {
  readonly n: number;
  /** Gibbons, Ross and Shanken: intercepts of the coins' returns over the riskless one on the factors. */
  readonly grs: GrsTest;
  /** Huberman and Kandel: the coins' whole returns by those of the panel's markets. */
  readonly spanning: SpanningTest;
}

/**
 * GRS on the factors, and mean-variance spanning by the markets, over the dates that have all returns.
 *
 * @throws RangeError if the factors and the panel share no date, or returns are collinear
 * @example
 * const { grs } = coinPricing(panel, factors);
 * [grs.statistic, grs.pValue]; // [1.2185, 0.3103]
 */
export function coinPricing(panel: Panel, factors: Factors): CoinPricing {
  const { coins, markets, dates } = panel;
  const [N, K] = [coins.length, markets.length];
  const { names, simpleReturns: factorReturns, riskFree } = factorsOn(factors, panel);
  const coinReturns = simpleReturns(panel.coinLogReturns);
  const marketReturns = simpleReturns(panel.marketLogReturns);
  const rows = [...dates.keys()].filter((t) =>
    [
      rowAt(coinReturns, N, t),
      rowAt(marketReturns, K, t),
      rowAt(factorReturns, names.length, t),
      [riskFree[t]!],
    ].every((values) => Array.from(values).every(Number.isFinite)),
  );
  const taken = (values: Float64Array, width: number) =>
    rows.flatMap((t) => Array.from(rowAt(values, width, t)));
  const excess = rows.flatMap((t) => Array.from(rowAt(coinReturns, N, t), (r) => r - riskFree[t]!));
  return {
    n: rows.length,
    grs: grsTest(taken(factorReturns, names.length), excess, N),
    spanning: spanningTest(taken(marketReturns, K), taken(coinReturns, N), { assets: N }),
  };
}

/** A long-short portfolio on CMKT, the equally weighted coins over the riskless return. NaN for fewer than 24 dates. */
export interface LongShortAlpha {
  readonly estimator: string;
  readonly market: string;
  readonly n: number;
  /** Mean return, and what is left of it beyond beta times CMKT; a period. */
  readonly mean: number;
  readonly alpha: number;
  readonly alphaT: number;
  readonly alphaPValue: number;
  readonly beta: number;
  readonly betaT: number;
}

/**
 * Regressions of sound long-short returns before costs on the coins' own market, with Newey and West's t.
 *
 * @param sorts of one sample
 * @returns one row for each sound sort with 24 dates or more
 * @example
 * longShortAlphas(sorts, panel, factors).map(({ estimator, n }) => [estimator, n]); // [["historical", 47], ["rolling", 47]]
 * @see Liu, Tsyvinski and Wu (2022), Journal of Finance 77, for CMKT, there weighted by value
 */
export function longShortAlphas(
  sorts: readonly PortfolioSort[],
  panel: Panel,
  factors: Factors,
): LongShortAlpha[] {
  const N = panel.coins.length;
  const { riskFree } = factorsOn(factors, panel);
  const simple = simpleReturns(panel.coinLogReturns);
  const coinMarket = new Map(
    panel.dates.map((date, t) => [
      date,
      mean(rowAt(simple, N, t).filter(Number.isFinite)) - riskFree[t]!,
    ]),
  );
  return sorts
    .filter(({ definition }) => definition === "sound")
    .flatMap(({ estimator, market, portfolios }) => {
      const longShort = portfolios.find(({ name }) => name === "long-short");
      // A sort may have fewer dates than the panel.
      const rows = (longShort?.dates ?? [])
        .map((date, t) => [coinMarket.get(date) ?? NaN, longShort!.excessReturns[t]!] as const)
        .filter((row) => row.every(Number.isFinite));
      if (rows.length < FEWEST_DATES) return [];
      const own = rows.map(([, earned]) => earned);
      const fit = regression(
        rows.map(([market]) => market),
        own,
        { intercept: true },
      );
      const covariance = neweyWestCovariance(fit, { lags: neweyWestLags(rows.length) });
      const { tStats, pValues } = inference(fit, covariance, 0.95);
      return {
        estimator,
        market,
        n: rows.length,
        mean: mean(own),
        alpha: fit.coefficients[0]!,
        alphaT: tStats[0]!,
        alphaPValue: pValues[0]!,
        beta: fit.coefficients[1]!,
        betaT: tStats[1]!,
      };
    });
}
