/** What portfolios sorted by beta earned. */

import type { PerformanceRow } from "../comparing/portfolio-sorts.js";
import { SORT_NOTE } from "./portfolio-sorts.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

const COLUMNS: readonly RowColumn<PerformanceRow>[] = [
  { key: "sample", head: "Sample", fileOnly: true, value: ({ sample }) => sample },
  { key: "definition", head: "Definition", value: ({ definition }) => definition },
  { key: "estimator", head: "Estimator", value: ({ estimator }) => estimator },
  { key: "update", head: "Update", fileOnly: true, value: ({ update }) => update },
  { key: "market", head: "Market", value: ({ market }) => market },
  { key: "portfolio", head: "Portfolio", value: ({ portfolio }) => portfolio },
  { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
  { key: "meanBeta", head: "Mean β", decimals: 2, value: ({ meanBeta }) => meanBeta },
  { key: "mean", head: "Mean", decimals: 4, value: ({ mean }) => mean },
  { key: "lower", head: "95 % from", decimals: 4, value: ({ lower }) => lower },
  { key: "upper", head: "to", decimals: 4, value: ({ upper }) => upper },
  { key: "sd", head: "Sd", decimals: 4, value: ({ sd }) => sd },
  { key: "sharpe", head: "Sharpe", decimals: 2, value: ({ sharpe }) => sharpe },
  {
    key: "sharpeAnnual",
    head: "Sharpe (year)",
    decimals: 2,
    fileOnly: true,
    value: ({ sharpeAnnual }) => sharpeAnnual,
  },
  {
    key: "standardError",
    head: "s.e.",
    decimals: 4,
    fileOnly: true,
    value: ({ standardError }) => standardError,
  },
  { key: "tStat", head: "t", decimals: 2, value: ({ tStat }) => tStat },
  { key: "pValue", head: "p", decimals: 3, value: ({ pValue }) => pValue },
  { key: "lags", head: "Lags", decimals: 0, fileOnly: true, value: ({ lags }) => lags },
  { key: "turnover", head: "Turnover", decimals: 2, value: ({ turnover }) => turnover },
  { key: "netMean", head: "After costs", decimals: 4, value: ({ netMean }) => netMean },
  { key: "maxDrawdown", head: "Drawdown", decimals: 2, value: ({ maxDrawdown }) => maxDrawdown },
  {
    key: "increasingPValue",
    head: "p rising",
    decimals: 3,
    fileOnly: true,
    value: ({ increasingPValue }) => increasingPValue,
  },
  {
    key: "decreasingPValue",
    head: "p falling",
    decimals: 3,
    fileOnly: true,
    value: ({ decreasingPValue }) => decreasingPValue,
  },
  { key: "dates", head: "Dates", decimals: 0, fileOnly: true, value: ({ dates }) => dates },
  { key: "tied", head: "Tied", decimals: 0, fileOnly: true, value: ({ tied }) => tied },
  { key: "tooFew", head: "Too few", decimals: 0, fileOnly: true, value: ({ tooFew }) => tooFew },
  {
    key: "withoutBeta",
    head: "Without β",
    decimals: 0,
    fileOnly: true,
    value: ({ withoutBeta }) => withoutBeta,
  },
];

/** What rows can be asked for by. */
const SHOWN = ["sample", "market", "definition", "estimator", "portfolio"] as const;

/** Rows with these values stand first, on screen and in files. */
export interface PerformanceTable extends Partial<Pick<PerformanceRow, (typeof SHOWN)[number]>> {
  /** Of a trade, as a share of what is traded. */
  readonly cost: number;
}

/**
 * Performance of every portfolio; those asked for on screen, all in files.
 *
 * @example
 * const shown = { definition: "sound", estimator: "rolling", cost: 0.002 } as const;
 * tablePortfolioPerformance(performanceRows(sorts), "2021 to 2024", shown).shown; // 4
 */
export function tablePortfolioPerformance(
  rows: readonly PerformanceRow[],
  sample: string,
  { cost, ...shown }: PerformanceTable,
): Table {
  const wanted = SHOWN.filter((key) => shown[key] !== undefined);
  const first = (row: PerformanceRow) => wanted.every((key) => row[key] === shown[key]);
  const ordered = [...rows.filter(first), ...rows.filter((row) => !first(row))];
  return {
    id: "portfolio-performance",
    caption: `Excess returns of portfolios sorted by beta, decimals per period${wanted.map((key) => `, ${key} ${shown[key]}`).join("")}; ${sample}`,
    ...tableOf(ordered, COLUMNS),
    notes: [
      SORT_NOTE,
      `t, p and the interval: Newey-West (1987), lag floor(4 (n/100)^(2/9)), t(n − 1); none for fewer than 24 dates. Sharpe: mean over standard deviation, per period. Turnover: bought plus sold, as a share of wealth, per period. After costs: mean less ${Number((100 * cost).toPrecision(6))} % of what is traded. Drawdown: largest fall of wealth, before costs.`,
    ],
    shown: rows.filter(first).length,
  };
}
