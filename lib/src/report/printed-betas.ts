/** Every neural beta that the report prints, by pair. */

import type { DateRange } from "../types.js";
import type { ReportedSort } from "./reported-sorts.js";
import type { ReportedStatistics } from "./reported-statistics.js";

/** What the report prints of one pair. */
export interface PrintedBeta {
  readonly coin: string;
  readonly market: string;
  /** Mean over the printed dates; NaN where the report prints nothing of the pair. */
  readonly mean: number;
  /** Standard deviation over them; NaN where it is not printed. */
  readonly std: number;
  /** The dates that it is printed for; without any, those of the table of Step 4. */
  readonly dates: DateRange;
}

/** The pairs that are looked for, and the dates of Step 4. */
export interface PrintedBetasOptions {
  readonly coins: readonly string[];
  readonly markets: readonly string[];
  readonly dates: DateRange;
}

/**
 * The means of Step 4, and for other pairs the mean of the betas of Step 9, whose rows hold one coin each.
 *
 * @param sorts printed rows with the coin that each must hold, `matchReportedSorts`
 * @returns by market and coin, in the order of the options
 * @example
 * const statistics = reportedStatistics(await readRecords(shippedFile("reported/beta-statistics.csv")));
 * const sorts = matchReportedSorts(await readRecords(shippedFile("reported/sorts.csv")), panel, []);
 * const pairs = { coins: ["ETH"], markets: ["FIAT", "EQUITY"], dates: study.split.outOfSample };
 * printedBetas(statistics, sorts, pairs).map(({ market, mean }) => [market, mean]); // [["FIAT", -0.2916], ["EQUITY", 0.0825]]
 */
export function printedBetas(
  statistics: readonly ReportedStatistics[],
  sorts: readonly ReportedSort[],
  { coins, markets, dates }: PrintedBetasOptions,
): PrintedBeta[] {
  return markets.flatMap((market) =>
    coins.map((coin) => {
      const row = statistics.find((other) => other.coin === coin && other.market === market);
      if (row) return { coin, market, mean: row.mean, std: row.std, dates };
      const months = sorts.filter((other) => other.coin === coin && other.market === market);
      const [first] = months;
      const none = { coin, market, mean: Number.NaN, std: Number.NaN, dates };
      if (!first) return none;
      const sum = months.reduce((total, { meanBeta }) => total + meanBeta, 0);
      const range = { from: first.date, through: months.at(-1)!.date };
      return { ...none, mean: sum / months.length, dates: range };
    }),
  );
}
