/** An equity column against the stock market, log(1 + Mkt-RF + RF). */

import { factorSeries } from "../../panel/factors.js";
import { seriesOf } from "../../panel/panel.js";
import { rankCorrelation } from "../../stats/ranks.js";
import { median, robustScale } from "../../stats/robust.js";
import type { Factors } from "../../types.js";
import { normalBound, outlierBound } from "./chance.js";
import { FEWEST, type Finding, short } from "./finding.js";
import { type Observed, observed, type SeriesReturns } from "./observed.js";
import type { Rules } from "./options.js";
import { UNIT_RATIO } from "./units.js";

/** Rank correlation with the US stock market that any equity market has: emerging ones keep to it. */
const LEAST_CORRELATION = 0.5;

/** Log returns of the stock market, log(1 + Mkt-RF + RF), on the dates that have both. */
export function stockMarket(factors: Factors): Observed {
  const excess = factors.names.includes("Mkt-RF") ? seriesOf(factorSeries(factors), "Mkt-RF") : [];
  return observed(
    factors.dates,
    factors.riskFree.map((riskFree, t) => Math.log(1 + (excess[t] ?? Number.NaN) + riskFree)),
  );
}

/** Typical difference of an equity market from the stock market, in median moves of that one, at most. */
const FARTHEST = 2;

/**
 * Findings on a column that is said to be an equity market, on the dates that it shares with the factors.
 *
 * An equity market differs from the stock market by less than that one swings: the largest difference is held against the
 * market's own robust scale over all dates of the factors, so that five observations are enough to refuse a column. Two
 * more need longer ones: the typical difference, by a sign test (a coin is too far), and the correlation, where even its
 * upper bound is too low (Fisher's z, variance 1.06 / (n - 3); gold does not move with stocks).
 *
 * @returns none if the factors have fewer than FEWEST dates, or none in common with the column
 * @see Fieller, Hartley and Pearson (1957), Tests for rank correlation coefficients: the variance
 */
export function marketFindings(
  { series, dates, returns }: SeriesReturns,
  factors: Factors,
  rules: Rules,
): Finding[] {
  const market = stockMarket(factors);
  const position = new Map(market.dates.map((date, at) => [date, at]));
  const own = observed(dates, returns);
  const rows = [...own.dates.keys()].filter((t) => position.has(own.dates[t]!));
  if (market.values.length < FEWEST || rows.length === 0) return [];
  const at = rows.map((t) => position.get(own.dates[t]!)!);
  const pairs: Pairs = {
    series,
    dates: rows.map((t) => own.dates[t]!),
    equity: rows.map((t) => own.values[t]!),
    stocks: at.map((i) => market.values[i]!),
    at,
    history: market.values,
  };
  const unit = unitFindings(pairs);
  return unit.length > 0
    ? unit
    : [
        ...differenceFindings(pairs, rules),
        ...distanceFindings(pairs, rules),
        ...correlationFindings(pairs, rules),
      ];
}

/** A column and the stock market on their common dates. */
interface Pairs {
  readonly series: string;
  readonly dates: readonly string[];
  readonly equity: readonly number[];
  readonly stocks: readonly number[];
  /** Where each pair stands in the market's history. */
  readonly at: readonly number[];
  /** The stock market on all dates of the factors. */
  readonly history: Float64Array;
}

/** Pairs whose medians show a unit. */
const FEWEST_PAIRS = 5;

function unitFindings({ series, equity, stocks }: Pairs): Finding[] {
  const ratio = median(equity.map(Math.abs)) / median(stocks.map(Math.abs));
  if (equity.length < FEWEST_PAIRS || Math.abs(Math.log(ratio)) <= Math.log(UNIT_RATIO)) return [];
  return [
    {
      series,
      check: "market-unit",
      date: null,
      value: ratio,
      threshold: ratio > 1 ? UNIT_RATIO : 1 / UNIT_RATIO,
      severity: "error",
      remedy:
        "one of the two is in percent and the other in decimals, or the column holds no returns: give both one unit",
    },
  ];
}

function differenceFindings(
  { series, dates, equity, stocks, history }: Pairs,
  { falseAlarms }: Rules,
): Finding[] {
  const n = equity.length;
  const scale = robustScale(history);
  const distances = equity.map((value, i) => (value - stocks[i]!) / scale);
  const threshold = outlierBound(n, falseAlarms);
  const beyond = distances.filter((d) => Math.abs(d) > threshold).length;
  if (beyond === 0) return [];
  const worst = distances.reduce(
    (best, d, i) => (Math.abs(d) > Math.abs(distances[best]!) ? i : best),
    0,
  );
  return [
    {
      series,
      check: "market-difference",
      date: dates[worst]!,
      value: distances[worst]!,
      threshold,
      severity: "error",
      remedy: `the column has ${short(equity[worst]!)} where the stock market has ${short(stocks[worst]!)} (periods beyond the threshold: ${beyond} of ${n}), so that it is no equity market: take an index with dividends, or log(1 + Mkt-RF + RF)`,
    },
  ];
}

function distanceFindings(
  { series, equity, stocks, history }: Pairs,
  { falseAlarms }: Rules,
): Finding[] {
  const n = equity.length;
  const far = FARTHEST * median(history.map(Math.abs));
  const value = equity.filter((r, i) => Math.abs(r - stocks[i]!) > far).length / n;
  const threshold = 0.5 + normalBound(falseAlarms) / (2 * Math.sqrt(n));
  if (value <= threshold) return [];
  return [
    {
      series,
      check: "market-distance",
      date: null,
      value,
      threshold,
      severity: "error",
      remedy: `in most periods the column is farther than ${short(far)} from the stock market: take an equity index, or name the series that are equity markets in equity (audit.equity of the study), [] for none`,
    },
  ];
}

function correlationFindings(pairs: Pairs, { falseAlarms }: Rules): Finding[] {
  const n = pairs.equity.length;
  if (n <= 3) return [];
  const threshold = Math.tanh(
    Math.atanh(LEAST_CORRELATION) - normalBound(falseAlarms) * Math.sqrt(1.06 / (n - 3)),
  );
  const value = rankCorrelation(pairs.equity, pairs.stocks);
  if (!(value < threshold)) return [];
  return [
    {
      series: pairs.series,
      check: "market-correlation",
      date: null,
      value,
      threshold,
      severity: "error",
      remedy: `${shifted(pairs)}: take an equity index, or name the series that are equity markets in equity (audit.equity of the study), [] for none`,
    },
  ];
}

/** Whether a shift of the dates by one period explains that a column does not move with the market. */
function shifted({ equity, at, history }: Pairs): string {
  for (const [by, words] of [
    [-1, "before"],
    [1, "after"],
  ] as const) {
    const rows = [...at.keys()].filter((i) => at[i]! + by in history);
    const correlation = rankCorrelation(
      rows.map((i) => equity[i]!),
      rows.map((i) => history[at[i]! + by]!),
    );
    if (correlation > LEAST_CORRELATION)
      return `the column moves with the stock market of the period ${words} (rank correlation ${short(correlation)}), so that its dates, or those of the factors, seem to be shifted; if not`;
  }
  return "the column does not move with the stock market";
}
