/** What the Fama-French factors explain of the coins' returns. */

import { inRange } from "../panel/calendar.js";
import { factorsOn } from "../panel/factors.js";
import { coinReturns, rowAt } from "../panel/panel.js";
import { simpleReturns } from "../panel/returns.js";
import { inference } from "../stats/inference.js";
import { neweyWestAutomaticLags, neweyWestCovariance, neweyWestLags } from "../stats/newey-west.js";
import { type Regression, regression } from "../stats/ols.js";
import { waldTest } from "../stats/wald.js";
import type { DateRange, Factors, Panel } from "../types.js";
import { FEWEST_DATES } from "./paired-tests.js";

/** One coefficient of one coin's regression; t, p and bounds are NaN for fewer than 24 dates. */
export interface FactorRegressionRow {
  readonly coin: string;
  /** Of the factors: their publisher revises the whole history. */
  readonly vintage: string;
  /** First and last date of the sample. */
  readonly from: string;
  readonly through: string;
  /** `alpha` for the intercept, a simple return per period, or the name of a factor. */
  readonly factor: string;
  readonly coefficient: number;
  /** Newey and West (1987). */
  readonly standardError: number;
  readonly tStat: number;
  /** Two-sided, by Student's t with n - k. */
  readonly pValue: number;
  /** Ends of the 95 % interval. */
  readonly lower: number;
  readonly upper: number;
  readonly lags: number;
  /** Newey and West (1994): prewhitened, with automatic lags. */
  readonly automaticStandardError: number;
  readonly automaticPValue: number;
  readonly automaticLags: number;
  readonly n: number;
  /** Of the regression, like the rest of the row: 1 - SSE / SST. */
  readonly r2: number;
  readonly adjustedR2: number;
  /** Wald test that no factor has a loading, as an F, with the covariance of 1987. */
  readonly slopesF: number;
  readonly slopesPValue: number;
}

/**
 * Regressions of every coin's simple return over the risk-free one on the factors' simple returns, with intercept.
 *
 * Standard errors are Newey and West's: of 1987 with lag floor(4 (n / 100)^(2/9)), and of 1994, prewhitened with the
 * automatic lag (R: `sandwich::NeweyWest(fit)`); both times n / (n - k). A date on which the coin or a factor has no return
 * is left out.
 *
 * @param vintages factors by the name of their vintage
 * @param range dates to use, all by default: with the dates that vintages share, only the revisions make a difference
 * @returns by vintage and coin: alpha, then the factors in their order
 * @throws RangeError if the factors and the panel share no date, or factors are collinear
 * @example
 * const regressions = factorRegressions(panel, { "2025-12": factors });
 * const { coin, coefficient, tStat } = regressions.find(({ factor }) => factor === "Mkt-RF")!;
 * [coin, coefficient, tStat]; // ["BTC", 1.5091, 3.3001]
 * @see report, Step 7; Newey and West (1987), (1994)
 */
export function factorRegressions(
  panel: Panel,
  vintages: Readonly<Record<string, Factors>>,
  range: DateRange = { from: panel.dates[0]!, through: panel.dates.at(-1)! },
): FactorRegressionRow[] {
  return Object.entries(vintages).flatMap(([vintage, given]) => {
    const factors = factorsOn(given, panel);
    return panel.coins.flatMap((coin) => {
      const { dates, fit } = coinRegression(panel, coin, { factors, range });
      return coefficientRows(fit, ["alpha", ...factors.names]).map((row) => ({
        coin,
        vintage,
        from: dates[0] ?? "",
        through: dates.at(-1) ?? "",
        ...row,
      }));
    });
  });
}

function coinRegression(
  panel: Panel,
  coin: string,
  { factors, range }: { readonly factors: Factors; readonly range: DateRange },
): { readonly dates: readonly string[]; readonly fit: Regression } {
  const { dates } = panel;
  const { names, simpleReturns: factorReturns, riskFree } = factors;
  const excess = simpleReturns(coinReturns(panel, coin)).map((r, t) => r - riskFree[t]!);
  const x = (t: number) => rowAt(factorReturns, names.length, t);
  const used = [...dates.keys()].filter(
    (t) => inRange(dates[t]!, range) && Number.isFinite(excess[t]) && x(t).every(Number.isFinite),
  );
  const fit = regression(
    used.flatMap((t) => [...x(t)]),
    used.map((t) => excess[t]!),
    { intercept: true },
  );
  return { dates: used.map((t) => dates[t]!), fit };
}

function coefficientRows(
  fit: Regression,
  names: readonly string[],
): Omit<FactorRegressionRow, "coin" | "vintage" | "from" | "through">[] {
  const { n, degreesOfFreedom, r2Centred } = fit;
  const lags = neweyWestLags(n);
  const prewhiten = true;
  const fixed = neweyWestCovariance(fit, { lags });
  const automatic = neweyWestCovariance(fit, { lags: "automatic", prewhiten });
  const of1987 = inference(fit, fixed, 0.95);
  const of1994 = inference(fit, automatic, 0.95);
  const slopes = waldTest(
    fit,
    fixed,
    names.slice(1).map((_, f) => f + 1),
  );
  const enough = (value: number) => (n < FEWEST_DATES ? Number.NaN : value);
  return names.map((factor, j) => ({
    factor,
    coefficient: fit.coefficients[j]!,
    standardError: of1987.standardErrors[j]!,
    tStat: enough(of1987.tStats[j]!),
    pValue: enough(of1987.pValues[j]!),
    lower: enough(of1987.lower[j]!),
    upper: enough(of1987.upper[j]!),
    lags,
    automaticStandardError: of1994.standardErrors[j]!,
    automaticPValue: enough(of1994.pValues[j]!),
    automaticLags: neweyWestAutomaticLags(fit, { prewhiten }),
    n,
    r2: r2Centred,
    adjustedR2: 1 - ((1 - r2Centred) * (n - 1)) / degreesOfFreedom,
    slopesF: enough(slopes.statistic),
    slopesPValue: enough(slopes.pValue),
  }));
}
