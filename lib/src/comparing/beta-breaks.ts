/** How the coins' common beta on one market changes over the years: by period, and by tests of a break. */

import { inRange } from "../panel/calendar.js";
import { coinReturns, marketReturns, rowAt } from "../panel/panel.js";
import { correlation } from "../stats/correlation.js";
import { cusum } from "../stats/cusum.js";
import { normalQuantile } from "../stats/distributions.js";
import { inference } from "../stats/inference.js";
import { mean, standardDeviation } from "../stats/moments.js";
import { neweyWestCovariance, neweyWestLags } from "../stats/newey-west.js";
import { regression } from "../stats/ols.js";
import { type ChowTest, chowTest, type SupWald, supWald } from "../stats/sup-wald.js";
import type { Draws, Panel, Sample } from "../types.js";

/** Correlation and beta of one period; of the coins' mean return on the market's. */
export interface BetaPeriod {
  readonly market: string;
  readonly period: string;
  readonly n: number;
  /** Of the market's return and the coins' mean return, with Fisher's interval. */
  readonly correlation: number;
  readonly correlationLower: number;
  readonly correlationUpper: number;
  /** Mean of the coins' own correlations: lower, as each has noise of its own. */
  readonly meanCorrelation: number;
  /** Standard deviation of the market over that of the coins' mean: beta times it is the correlation that a beta implies. */
  readonly deviationRatio: number;
  /** Without intercept: the pooled beta, as every coin has the same market returns. */
  readonly beta: number;
  /** Newey and West (1987). */
  readonly standardError: number;
  readonly betaLower: number;
  readonly betaUpper: number;
}

/**
 * Correlation and pooled beta of each period, with 95 % intervals.
 *
 * @param panel log returns; dates on which the market or every coin lacks a return are left out
 * @throws RangeError if the panel has no such market
 * @example
 * const periods = [{ name: "2018 to 2019", range: { from: "2018", through: "2019" } }];
 * const [early] = betaPeriods(panel, "EQUITY", periods);
 * [early!.n, early!.correlation, early!.beta]; // [24, -0.0540, -0.6793]
 */
export function betaPeriods(
  panel: Panel,
  market: string,
  periods: readonly Sample[],
): BetaPeriod[] {
  return periods.map(({ name, range }) => {
    const { rows, x, y } = commonReturns(panel, market, (date) => inRange(date, range));
    const coins = panel.coins.map((coin) => {
      const own = coinReturns(panel, coin);
      return rows.map((t) => own[t]!);
    });
    const n = x.length;
    const r = correlation(x, y);
    const reach = normalQuantile(0.975) / Math.sqrt(n - 3);
    const fit = regression(x, y, { intercept: false });
    const covariance = neweyWestCovariance(fit, { lags: n > 1 ? neweyWestLags(n) : 0 });
    const { standardErrors, lower, upper } = inference(fit, covariance, 0.95);
    return {
      market,
      period: name,
      n,
      correlation: r,
      correlationLower: Math.tanh(Math.atanh(r) - reach),
      correlationUpper: Math.tanh(Math.atanh(r) + reach),
      meanCorrelation: mean(coins.map((own) => correlation(x, own))),
      deviationRatio: standardDeviation(x, 1) / standardDeviation(y, 1),
      beta: fit.coefficients[0]!,
      standardError: standardErrors[0]!,
      betaLower: lower[0]!,
      betaUpper: upper[0]!,
    };
  });
}

/** Where a break is tested for: at a date stated beforehand, and anywhere between the trimmed ends. */
export interface BetaBreakOptions extends Draws {
  /** First date of the new regime. */
  readonly date: string;
  readonly trim: number;
}

/** Tests of a break in the pooled beta on one market. */
export interface BetaBreak {
  readonly market: string;
  readonly n: number;
  /** Beta from the stated date on minus beta before, and its Newey-West t. */
  readonly change: number;
  readonly changeT: number;
  readonly changePValue: number;
  readonly chow: ChowTest;
  readonly sup: SupWald;
  /** First date of the new regime by the largest statistic, and ends of its interval. */
  readonly date: string;
  readonly from: string;
  readonly through: string;
  /** p-values of the CUSUM of one-step-ahead errors, of residuals with intercept, and of scores. */
  readonly recursivePValue: number;
  readonly olsPValue: number;
  readonly scorePValue: number;
}

/**
 * Tests of one break in the pooled beta, of the coins' mean return on one market's without intercept.
 *
 * @throws RangeError if the panel has no such market, or a side of the date has too few dates
 * @example
 * const options = { date: "2020-01", trim: 0.15, draws: 199, seed: 1, level: 0.95 };
 * const found = betaBreak(panel, "EQUITY", options);
 * [found.changeT, found.chow.pValue, found.date]; // [4.6398, 0.0044, "2020-03-31"]
 */
export function betaBreak(
  panel: Panel,
  market: string,
  { date, trim, draws, seed, level }: BetaBreakOptions,
): BetaBreak {
  const { x, y, dates } = commonReturns(panel, market, () => true);
  const rows = dates.filter((known) => known < date).length;
  const both = x.flatMap((f, t) => [f, t < rows ? 0 : f]);
  const fit = regression(both, y, { intercept: false });
  const covariance = neweyWestCovariance(fit, { lags: neweyWestLags(x.length) });
  const { tStats, pValues } = inference(fit, covariance, level);
  const sup = supWald(x, y, { intercept: false, trim, level, draws, seed });
  const pValue = (kind: "recursive" | "ols" | "score") =>
    cusum(x, y, { kind, intercept: kind === "ols" }).pValue;
  return {
    market,
    n: x.length,
    change: fit.coefficients[1]!,
    changeT: tStats[1]!,
    changePValue: pValues[1]!,
    chow: chowTest(x, y, { intercept: false, rows }),
    sup,
    date: dates[sup.rows]!,
    from: dates[sup.lower]!,
    through: dates[sup.upper]!,
    recursivePValue: pValue("recursive"),
    olsPValue: pValue("ols"),
    scorePValue: pValue("score"),
  };
}

/** Of one market and of the coins, by date. */
interface CommonReturns {
  /** Their rows in the panel. */
  readonly rows: readonly number[];
  readonly dates: readonly string[];
  /** The market's returns. */
  readonly x: readonly number[];
  /** The coins' mean returns. */
  readonly y: readonly number[];
}

/** Returns of the market and mean returns of the coins, on the dates that have both. */
export function commonReturns(
  panel: Panel,
  market: string,
  used: (date: string) => boolean,
): CommonReturns {
  const { dates, coins, coinLogReturns } = panel;
  const f = marketReturns(panel, market);
  const r = dates.map((_, t) =>
    mean(rowAt(coinLogReturns, coins.length, t).filter(Number.isFinite)),
  );
  const kept = [...dates.keys()].filter(
    (t) => used(dates[t]!) && Number.isFinite(f[t]) && Number.isFinite(r[t]),
  );
  return {
    rows: kept,
    dates: kept.map((t) => dates[t]!),
    x: kept.map((t) => f[t]!),
    y: kept.map((t) => r[t]!),
  };
}
