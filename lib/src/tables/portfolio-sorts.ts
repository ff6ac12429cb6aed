/** Portfolios sorted by beta, by date. */

import type { PortfolioSort } from "../comparing/portfolio-sorts.js";
import type { PortfolioReturns } from "../portfolios/returns.js";
import { fittingDates, type KeptDates } from "./fitting-dates.js";
import { type Table, tableOf } from "./table.js";

/** What the definitions and the portfolios are, below every table of sorts. */
export const SORT_NOTE =
  "sound: at least two coins per portfolio, equal-weighted, simple return over the risk-free return. single-coin: the report's quartiles of one coin each, log return minus that of the market, no return that could be earned. long-short: highest minus lowest betas. bab: betting against beta, both legs scaled to beta one; empty where a leg's beta is not above zero.";

/**
 * Mean beta and excess return of every portfolio, by date; from the lowest betas, quantile 1. Of more than 150,000 rows, those of the last date of
 * each month, quarter or year.
 *
 * @example
 * tablePortfolioSorts(sorts, "2021 to 2024").columns.map(({ key }) => key);
 * // ["date", "market", "definition", "estimator", "quantile", "meanBeta", "excessReturn"]
 */
export function tablePortfolioSorts(sorts: readonly PortfolioSort[], sample: string): Table {
  const { rows, left } = fitting(sorts.flatMap(quantileDates));
  return {
    id: "portfolio-sorts",
    caption: `Portfolios sorted by beta: mean beta known before the date, and excess return of the date, decimals per period; ${sample}`,
    ...tableOf(rows, [
      { key: "date", head: "Date", value: ({ date }) => date },
      { key: "market", head: "Market", value: ({ market }) => market },
      { key: "definition", head: "Definition", value: ({ definition }) => definition },
      { key: "estimator", head: "Estimator", value: ({ estimator }) => estimator },
      { key: "quantile", head: "Quantile", decimals: 0, value: ({ name }) => Number(name) },
      { key: "meanBeta", head: "Mean β", decimals: 4, value: ({ beta }) => beta },
      {
        key: "excessReturn",
        head: "Excess return",
        decimals: 4,
        value: ({ excessReturn }) => excessReturn,
      },
    ]),
    notes: [...left, SORT_NOTE],
    shown: 8,
  };
}

/**
 * Beta, return, turnover and return after costs of every portfolio that can be held, by date. Of more than 150,000 rows, those of the last date
 * of each month, quarter or year.
 *
 * @example
 * tablePortfolioReturns(sorts, "2021 to 2024").columns.map(({ key }) => key);
 * // ["date", "market", "estimator", "portfolio", "beta", "excessReturn", "turnover", "netReturn"]
 */
export function tablePortfolioReturns(sorts: readonly PortfolioSort[], sample: string): Table {
  const held = sorts
    .filter(({ definition }) => definition === "sound")
    .flatMap((sort) => datesOf(sort, sort.portfolios, "excessReturns"));
  const { rows, left } = fitting(held);
  return {
    id: "portfolio-returns",
    caption: `Returns of the sound sorts' portfolios by date, decimals per period; ${sample}`,
    ...tableOf(rows, [
      { key: "date", head: "Date", value: ({ date }) => date },
      { key: "market", head: "Market", value: ({ market }) => market },
      { key: "estimator", head: "Estimator", value: ({ estimator }) => estimator },
      { key: "portfolio", head: "Portfolio", value: ({ name }) => name },
      { key: "beta", head: "β", decimals: 4, value: ({ beta }) => beta },
      {
        key: "excessReturn",
        head: "Excess return",
        decimals: 4,
        value: ({ excessReturn }) => excessReturn,
      },
      { key: "turnover", head: "Turnover", decimals: 2, value: ({ turnover }) => turnover },
      { key: "netReturn", head: "After costs", decimals: 4, value: ({ netReturn }) => netReturn },
    ]),
    notes: [
      ...left,
      "β: of the portfolio, known before the date. Turnover: bought plus sold just before the date, as a share of wealth; the first portfolio is bought from cash. long-short: highest minus lowest betas. bab: betting against beta.",
    ],
    shown: 8,
  };
}

/** One portfolio on one date. */
interface PortfolioDate extends Pick<PortfolioSort, "market" | "definition" | "estimator"> {
  readonly date: string;
  readonly name: string;
  readonly beta: number;
  readonly excessReturn: number;
  readonly turnover: number;
  readonly netReturn: number;
}

/** Rows of a table, of some dates only where they are too many. */
function fitting(all: readonly PortfolioDate[]) {
  const on = (kept: KeptDates) => all.filter(({ date }) => kept.has(date));
  const dates = all.map(({ date }) => date);
  const { kept, left } = fittingDates(dates, (some) => on(some).length);
  return { rows: on(kept), left };
}

/** Some portfolios of a sort, by date: where they hold something, or have a return. */
function datesOf(
  { market, definition, estimator, sort }: PortfolioSort,
  portfolios: readonly PortfolioReturns[],
  known: "betas" | "excessReturns",
): PortfolioDate[] {
  return sort.dates.flatMap((date, t) =>
    portfolios
      .filter((own) => !Number.isNaN(own[known][t]!))
      .map(({ name, betas, excessReturns, turnover, netReturns }) => ({
        ...{ date, market, definition, estimator, name },
        beta: betas[t]!,
        excessReturn: excessReturns[t]!,
        turnover: turnover[t]!,
        netReturn: netReturns[t]!,
      })),
  );
}

/** The quantiles of a sort on the dates on which they hold something. */
const quantileDates = (sorted: PortfolioSort): PortfolioDate[] =>
  datesOf(sorted, sorted.portfolios.slice(0, sorted.sort.quantiles), "betas");
