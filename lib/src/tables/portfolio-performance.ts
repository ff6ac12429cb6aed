import type { PerformanceRow } from "../comparing/portfolio-sorts.js";
import { SORT_NOTE } from "./portfolio-sorts.js";
import type { Column, Table } from "./table.js";

const COLUMNS: readonly Column[] = [
  { key: "sample", head: "Sample", fileOnly: true },
  { key: "definition", head: "Definition" },
  { key: "estimator", head: "Estimator" },
  { key: "update", head: "Update", fileOnly: true },
  { key: "market", head: "Market" },
  { key: "portfolio", head: "Portfolio" },
  { key: "n", head: "n", decimals: 0 },
  { key: "meanBeta", head: "Mean β", decimals: 2 },
  { key: "mean", head: "Mean", decimals: 4 },
  { key: "lower", head: "95 % from", decimals: 4 },
  { key: "upper", head: "to", decimals: 4 },
  { key: "sd", head: "Sd", decimals: 4 },
  { key: "sharpe", head: "Sharpe", decimals: 2 },
  { key: "sharpeAnnual", head: "Sharpe (year)", decimals: 2, fileOnly: true },
  { key: "standardError", head: "s.e.", decimals: 4, fileOnly: true },
  { key: "tStat", head: "t", decimals: 2 },
  { key: "pValue", head: "p", decimals: 3 },
  { key: "lags", head: "Lags", decimals: 0, fileOnly: true },
  { key: "turnover", head: "Turnover", decimals: 2 },
  { key: "netMean", head: "After costs", decimals: 4 },
  { key: "maxDrawdown", head: "Drawdown", decimals: 2 },
  { key: "increasingPValue", head: "p rising", decimals: 3, fileOnly: true },
  { key: "decreasingPValue", head: "p falling", decimals: 3, fileOnly: true },
  { key: "dates", head: "Dates", decimals: 0, fileOnly: true },
  { key: "tied", head: "Tied", decimals: 0, fileOnly: true },
  { key: "tooFew", head: "Too few", decimals: 0, fileOnly: true },
  { key: "withoutBeta", head: "Without β", decimals: 0, fileOnly: true },
];

/** Rows with these values stand first, on screen and in files. */
export type ShownPortfolios = Partial<
  Pick<PerformanceRow, "sample" | "market" | "definition" | "estimator" | "portfolio">
>;

/**
 * Performance of every portfolio; those asked for on screen, all in files.
 *
 * @param cost of a trade, as a share of what is traded
 * @example
 * const shown = { definition: "sound", estimator: "rolling" } as const;
 * tablePortfolioPerformance(performanceRows(sorts), shown, 0.002, "2021 to 2024").shown; // 4
 */
export function tablePortfolioPerformance(
  rows: readonly PerformanceRow[],
  shown: ShownPortfolios,
  cost: number,
  sample: string,
): Table {
  const wanted = Object.entries(shown);
  const first = (row: PerformanceRow) =>
    wanted.every(([key, value]) => row[key as keyof PerformanceRow] === value);
  const ordered = [...rows.filter(first), ...rows.filter((row) => !first(row))];
  return {
    id: "portfolio-performance",
    caption: `Excess returns of portfolios sorted by beta, decimals per period${wanted.map(([key, value]) => `, ${key} ${value}`).join("")}; ${sample}`,
    columns: COLUMNS,
    rows: ordered.map((row) => COLUMNS.map(({ key }) => row[key as keyof PerformanceRow])),
    notes: [
      SORT_NOTE,
      `t, p and the interval: Newey-West (1987), lag floor(4 (n/100)^(2/9)), t(n − 1); none for fewer than 24 dates. Sharpe: mean over standard deviation, per period. Turnover: bought plus sold, as a share of wealth, per period. After costs: mean less ${Number((100 * cost).toPrecision(6))} % of what is traded. Drawdown: largest fall of wealth, before costs.`,
    ],
    shown: rows.filter(first).length,
  };
}
