import type { PortfolioSort } from "../comparing/portfolio-sorts.js";
import type { Table } from "./table.js";

/** What the definitions and the portfolios are, below every table of sorts. */
export const SORT_NOTE =
  "sound: at least two coins per portfolio, equal-weighted, simple return over the risk-free return. single-coin: the report's quartiles of one coin each, log return minus that of the market, no return that could be earned. longShort: highest minus lowest betas. bab: betting against beta, both legs scaled to beta one; empty where a leg's beta is not above zero.";

/**
 * Mean beta and excess return of every portfolio, by date; from the lowest betas, quantile 1.
 *
 * @example
 * tablePortfolioSorts(sorts, "2021 to 2024").columns.map(({ key }) => key);
 * // ["date", "market", "definition", "estimator", "quantile", "meanBeta", "excessReturn"]
 */
export function tablePortfolioSorts(sorts: readonly PortfolioSort[], sample: string): Table {
  return {
    id: "portfolio-sorts",
    caption: `Portfolios sorted by beta: mean beta known before the date, and excess return of the date, decimals per period; ${sample}`,
    columns: [
      { key: "date", head: "Date" },
      { key: "market", head: "Market" },
      { key: "definition", head: "Definition" },
      { key: "estimator", head: "Estimator" },
      { key: "quantile", head: "Quantile", decimals: 0 },
      { key: "meanBeta", head: "Mean β", decimals: 4 },
      { key: "excessReturn", head: "Excess return", decimals: 4 },
    ],
    rows: sorts.flatMap(({ market, definition, estimator, ...of }) =>
      of.sort.dates.flatMap((date, t) =>
        of.portfolios
          .slice(0, of.sort.quantiles)
          .filter(({ betas }) => !Number.isNaN(betas[t]!))
          .map(({ name, betas, excessReturns }) => [
            date,
            market,
            definition,
            estimator,
            Number(name),
            betas[t]!,
            excessReturns[t]!,
          ]),
      ),
    ),
    notes: [SORT_NOTE],
    shown: 8,
  };
}

/**
 * Beta, return, turnover and return after costs of every portfolio that can be held, by date.
 *
 * @example
 * tablePortfolioReturns(sorts, "2021 to 2024").columns.map(({ key }) => key);
 * // ["date", "market", "estimator", "portfolio", "beta", "excessReturn", "turnover", "netReturn"]
 */
export function tablePortfolioReturns(sorts: readonly PortfolioSort[], sample: string): Table {
  return {
    id: "portfolio-returns",
    caption: `Returns of the sound sorts' portfolios by date, decimals per period; ${sample}`,
    columns: [
      { key: "date", head: "Date" },
      { key: "market", head: "Market" },
      { key: "estimator", head: "Estimator" },
      { key: "portfolio", head: "Portfolio" },
      { key: "beta", head: "β", decimals: 4 },
      { key: "excessReturn", head: "Excess return", decimals: 4 },
      { key: "turnover", head: "Turnover", decimals: 2 },
      { key: "netReturn", head: "After costs", decimals: 4 },
    ],
    rows: sorts
      .filter(({ definition }) => definition === "sound")
      .flatMap(({ market, estimator, sort, portfolios }) =>
        sort.dates.flatMap((date, t) =>
          portfolios
            .filter(({ excessReturns }) => !Number.isNaN(excessReturns[t]!))
            .map((of) => [
              date,
              market,
              estimator,
              of.name,
              of.betas[t]!,
              of.excessReturns[t]!,
              of.turnover[t]!,
              of.netReturns[t]!,
            ]),
        ),
      ),
    notes: [
      "β: of the portfolio, known before the date. Turnover: bought plus sold just before the date, as a share of wealth; the first portfolio is bought from cash. longShort: highest minus lowest betas. bab: betting against beta.",
    ],
    shown: 8,
  };
}
