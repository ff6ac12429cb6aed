/** The report's printed sorts: which coins its portfolios are made of, and ours of the same date beside them. */

import type { PortfolioSort } from "../comparing/portfolio-sorts.js";
import { rowAt } from "../panel/panel.js";
import { excessOverMarket } from "../portfolios/report-returns.js";
import type { Panel } from "../types.js";

/** One printed row with the coin whose return it is. */
export interface ReportedSort {
  readonly date: string;
  readonly market: string;
  readonly quantile: number;
  /** As the report prints them. */
  readonly meanBeta: number;
  readonly excessReturn: number;
  /** The coin whose log return minus that of the market is nearest; empty if the panel has no such date or market. */
  readonly coin: string;
  /** That return here. */
  readonly coinExcess: number;
  /** Its absolute difference from the printed one. */
  readonly difference: number;
  /** The absolute difference of the next nearest coin: the larger beside `difference`, the surer the coin. */
  readonly nextDifference: number;
  /** Of our portfolio of the same date, market and number; NaN and empty if there is none. */
  readonly ourCoins: readonly string[];
  readonly ourMeanBeta: number;
  readonly ourExcessReturn: number;
}

/**
 * Printed rows of Step 9 with the coins that they must hold, by their returns, and with our portfolios.
 *
 * The report does not say which coin is in which portfolio, nor that there is one in each; its returns do.
 *
 * @param printed rows with `date`, `market`, `quantile`, `meanBeta`, `excessReturn`
 * @param sorts ours by the report's definition, one per market at most
 * @returns in the order of the printed rows
 * @example
 * const printed = await readRecords(shippedFile("reported/sorts.csv"));
 * matchReportedSorts(printed, panel, []).map(({ coin }) => coin); // ["ETH", "BTC", "BCH", "BCH", "LTC"]
 */
export function matchReportedSorts(
  printed: readonly Readonly<Record<string, string>>[],
  panel: Panel,
  sorts: readonly PortfolioSort[],
): ReportedSort[] {
  return printed.map((record) => {
    const { date, market } = record as { date: string; market: string };
    const quantile = Number(record.quantile);
    const excessReturn = Number(record.excessReturn);
    const [nearest, next] = coinExcesses(panel, date, market)
      .map(({ coin, excess }) => ({
        coin,
        excess,
        difference: Math.abs(excess - excessReturn),
      }))
      .filter(({ difference }) => !Number.isNaN(difference))
      .sort((a, b) => a.difference - b.difference);
    return {
      date,
      market,
      quantile,
      meanBeta: Number(record.meanBeta),
      excessReturn,
      coin: nearest?.coin ?? "",
      coinExcess: nearest?.excess ?? Number.NaN,
      difference: nearest?.difference ?? Number.NaN,
      nextDifference: next?.difference ?? Number.NaN,
      ...ourPortfolio(
        sorts.find((sort) => sort.market === market),
        date,
        quantile,
      ),
    };
  });
}

/**
 * Coins of a date that no printed row of that date holds: of January 2023 the report prints three portfolios.
 *
 * @example
 * const printed = await readRecords(shippedFile("reported/sorts.csv"));
 * missingCoins(matchReportedSorts(printed, panel, []), panel.coins, "2023-01-31"); // ["LTC"]
 */
export function missingCoins(
  matches: readonly ReportedSort[],
  coins: readonly string[],
  date: string,
): string[] {
  const found = matches.filter((m) => m.date === date).map((m) => m.coin);
  return coins.filter((coin) => !found.includes(coin));
}

function coinExcesses(panel: Panel, date: string, market: string) {
  const t = panel.dates.indexOf(date);
  if (t < 0 || !panel.markets.includes(market)) return [];
  const over = rowAt(excessOverMarket(panel, market), panel.coins.length, t);
  return panel.coins.map((coin, i) => ({ coin, excess: over[i]! }));
}

function ourPortfolio(
  ours: PortfolioSort | undefined,
  date: string,
  quantile: number,
): Pick<ReportedSort, "ourCoins" | "ourMeanBeta" | "ourExcessReturn"> {
  const t = ours?.sort.dates.indexOf(date) ?? -1;
  const portfolio = ours?.portfolios.find((p) => p.name === String(quantile));
  if (ours === undefined || portfolio === undefined || t < 0)
    return {
      ourCoins: [],
      ourMeanBeta: Number.NaN,
      ourExcessReturn: Number.NaN,
    };
  const { coins, portfolio: places } = ours.sort;
  const ofDate = rowAt(places, coins.length, t);
  return {
    ourCoins: coins.filter((_, i) => ofDate[i] === quantile),
    ourMeanBeta: portfolio.betas[t]!,
    ourExcessReturn: portfolio.excessReturns[t]!,
  };
}
