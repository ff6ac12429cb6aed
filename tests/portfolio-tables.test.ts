/** Tables of sorts and factor regressions: their columns are a contract. */

import { describe, expect, it } from "vitest";
import type { FactorRegressionRow } from "../lib/src/comparing/factor-regressions.js";
import {
  type PortfolioSort,
  performanceRows,
  type SortDefinition,
  sortedPortfolios,
} from "../lib/src/comparing/portfolio-sorts.js";
import { isoDate } from "../lib/src/panel/calendar.js";
import type { ReportedSort } from "../lib/src/report/reported-sorts.js";
import { tableFactorRegressions } from "../lib/src/tables/factor-regressions.js";
import { tableMergedFactors } from "../lib/src/tables/merged-factors.js";
import { tablePortfolioPerformance } from "../lib/src/tables/portfolio-performance.js";
import { tablePortfolioReturns, tablePortfolioSorts } from "../lib/src/tables/portfolio-sorts.js";
import { tableReportedFactors } from "../lib/src/tables/reported-returns.js";
import { tableReportedSorts } from "../lib/src/tables/reported-sorts.js";
import { type Table, tableCsv, tableText } from "../lib/src/tables/table.js";
import type { DatedSeries, Factors } from "../lib/src/types.js";
import { betasOf, panelOfReturns } from "./support/portfolios.js";

const { NaN: none } = Number;

const panel = panelOfReturns(
  [
    [0.25, 0.5, 0, -0.25],
    [0, 0, 0, 0],
  ],
  [0.1, 0.1],
);
const factors: Factors = {
  dates: panel.dates,
  names: [],
  simpleReturns: new Float64Array(0),
  riskFree: Float64Array.of(0.25, 0),
};

const sortOf = (
  definition: SortDefinition,
  betas: readonly (readonly number[])[] = [
    [1, 2, 3, 4],
    [1, 1, 1, 1],
  ],
): PortfolioSort => ({
  sample: "2020",
  estimator: "historical",
  update: "updated",
  ...sortedPortfolios(panel, betasOf(panel, betas), {
    definition,
    factors,
    quantiles: 2,
    cost: 0.5,
    draws: 10,
    seed: 1,
  }),
});
const SORTS = [sortOf("sound"), sortOf("single-coin")];
const ROWS = performanceRows(SORTS);

const csv = (table: Table) => tableCsv(table).trimEnd().split("\n");
/** One cell by its row and key. */
const cell = (table: Table, row: number, key: string) =>
  table.rows[row]![table.columns.findIndex((column) => column.key === key)];

describe("tablePortfolioSorts", () => {
  const table = tablePortfolioSorts(SORTS, "two months");

  it("has a row for every portfolio of every date with a sort, and no long-short row", () => {
    const report = Math.log(1.25) - Math.log(1.1);
    expect(csv(table).slice(0, 4)).toEqual([
      "date,market,definition,estimator,quantile,meanBeta,excessReturn",
      "2020-01-31,X,sound,historical,1,1.5,0.125",
      "2020-01-31,X,sound,historical,2,3.5,-0.375",
      `2020-01-31,X,single-coin,historical,1,1,${report}`,
    ]);
    expect(table.rows).toHaveLength(2 + 4);
    expect(table.caption).toContain("two months");
  });

  it("leaves out an empty portfolio and keeps the numbers of the others", () => {
    const sort = sortOf("single-coin", [
      [3, none, 1, 2],
      [none, none, none, none],
    ]);
    const { rows } = tablePortfolioSorts([sort], "");
    expect(rows.map((row) => [row[4], row[5]])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });
});

describe("a table of portfolios by date", () => {
  it("has the last date of each month where it would be longer than 150,000 rows", () => {
    const dates = Array.from({ length: 50_001 }, (_, t) => isoDate(t));
    const own = new Float64Array(dates.length).fill(0.5);
    const portfolio = { betas: own, excessReturns: own, turnover: own, netReturns: own };
    const sort = {
      ...{ market: "X", definition: "sound", estimator: "historical" },
      sort: { dates, quantiles: 3 },
      portfolios: ["1", "2", "3"].map((name) => ({ name, ...portfolio })),
    } as unknown as PortfolioSort;
    const { rows, notes } = tablePortfolioReturns([sort], "");
    // From January 1970 to the 50,001st day, which lies in November 2106.
    expect(rows).toHaveLength(3 * (136 * 12 + 11));
    expect(rows[3]![0]).toBe("1970-02-28");
    expect(notes![0]).toContain("all dates have 150,003 rows, more than 150,000");
  });
});

describe("tablePortfolioReturns", () => {
  it("has beta, return, turnover and the return after costs of what can be held", () => {
    const lines = csv(tablePortfolioReturns(SORTS, ""));
    expect(lines[0]).toBe("date,market,estimator,portfolio,beta,excessReturn,turnover,netReturn");
    expect(lines.slice(1, 4)).toEqual([
      "2020-01-31,X,historical,1,1.5,0.125,1,-0.375",
      "2020-01-31,X,historical,2,3.5,-0.375,1,-0.875",
      "2020-01-31,X,historical,long-short,2,-0.5,2,-1.5",
    ]);
    expect(lines[4]).toMatch(/^2020-01-31,X,historical,bab,/);
    expect(lines).toHaveLength(5);
  });
});

describe("tablePortfolioPerformance", () => {
  const all = tablePortfolioPerformance(ROWS, "two months", { cost: 0.002 });

  it("has the columns that an author looks for", () => {
    expect(all.columns.map(({ key }) => key)).toEqual([
      ...["sample", "definition", "estimator", "update", "market", "portfolio"],
      ...["n", "meanBeta", "mean", "lower", "upper", "sd", "sharpe"],
      ...["sharpeAnnual", "standardError", "tStat", "pValue", "lags"],
      ...["turnover", "netMean", "maxDrawdown"],
      ...["increasingPValue", "decreasingPValue"],
      ...["dates", "tied", "tooFew", "withoutBeta"],
    ]);
  });

  it("has a row for every portfolio of every sort", () => {
    expect(all.rows.map((row) => [row[1], row[5]])).toEqual([
      ...["1", "2", "long-short", "bab"].map((name) => ["sound", name]),
      ...["1", "2", "3", "4", "long-short"].map((name) => ["single-coin", name]),
    ]);
    expect(cell(all, 2, "mean")).toBe(-0.5);
    expect(cell(all, 2, "netMean")).toBe(-1.5);
    expect(cell(all, 2, "meanBeta")).toBe(2);
    expect(cell(all, 0, "tied")).toBe(1);
    expect(cell(all, 0, "n")).toBe(1);
    expect(all.rows.every((row) => row.every((c) => c !== undefined))).toBe(true);
  });

  it("shows what is asked for first, and says so; files have everything", () => {
    const shown = { definition: "sound", portfolio: "long-short" } as const;
    const table = tablePortfolioPerformance(ROWS, "two months", { ...shown, cost: 0.002 });
    expect(table.shown).toBe(1);
    expect(table.rows).toHaveLength(all.rows.length);
    expect(table.rows[0]).toEqual(all.rows[2]);
    expect(table.rows.toSorted()).toEqual(all.rows.toSorted());
    expect(table.caption).toBe(
      "Excess returns of portfolios sorted by beta, decimals per period, definition sound, portfolio long-short; two months",
    );
  });

  it("names the cost, the test and the period of the Sharpe ratio", () => {
    const notes = all.notes!.join(" ");
    expect(notes).toContain("0.2 % of what is traded");
    expect(notes).toContain("Newey-West (1987)");
    expect(notes).toContain("Sharpe: mean over standard deviation, per period");
    const basisPoint = tablePortfolioPerformance(ROWS, "", { cost: 0.0007 });
    expect(basisPoint.notes!.join(" ")).toContain("0.07 % of");
    const long = tablePortfolioPerformance(ROWS, "", { cost: 0.00123456789 });
    expect(long.notes!.join(" ")).toContain(" 0.123457 % of");
  });

  it("leaves out a sort without a date", () => {
    const tied = sortOf("sound", [
      [1, 1, 1, 1],
      [2, 2, 2, 2],
    ]);
    expect(performanceRows([tied])).toEqual([]);
  });
});

describe("tableReportedSorts", () => {
  it("has the report's row, the coin, and our portfolio", () => {
    const match: ReportedSort = {
      date: "2023-01-31",
      market: "FIAT",
      quantile: 1,
      meanBeta: -0.2916,
      excessReturn: 0.3032,
      coin: "ETH",
      coinExcess: 0.3023,
      difference: 0.0009,
      nextDifference: 0.0153,
      ourCoins: ["LTC", "BCH"],
      ourMeanBeta: -5,
      ourExcessReturn: 0.25,
    };
    expect(csv(tableReportedSorts([match], "historical"))).toEqual([
      "date,market,quantile,meanBeta,excessReturn,coin,coinExcess,difference,nextDifference,ourCoins,ourMeanBeta,ourExcessReturn",
      "2023-01-31,FIAT,1,-0.2916,0.3032,ETH,0.3023,0.0009,0.0153,LTC+BCH,-5,0.25",
    ]);
  });
});

describe("tableFactorRegressions", () => {
  const row: FactorRegressionRow = {
    coin: "BTC",
    vintage: "2025-12",
    from: "2018-01-31",
    through: "2024-11-30",
    factor: "alpha",
    coefficient: 0.01,
    standardError: 0.02,
    tStat: 0.5,
    pValue: 0.6,
    lower: -0.03,
    upper: 0.05,
    lags: 3,
    automaticStandardError: 0.03,
    automaticPValue: 0.7,
    automaticLags: 5,
    n: 83,
    r2: 0.2,
    adjustedR2: 0.15,
    slopesF: 3,
    slopesPValue: 0.04,
  };

  it("has every number of a row in its file, in this order", () => {
    const table = tableFactorRegressions([row], [], "monthly");
    expect(csv(table)).toEqual([
      "coin,vintage,from,through,factor,coefficient,standardError,tStat,pValue,lower,upper,lags,automaticStandardError,automaticPValue,automaticLags,n,r2,adjustedR2,slopesF,slopesPValue",
      "BTC,2025-12,2018-01-31,2024-11-30,alpha,0.01,0.02,0.5,0.6,-0.03,0.05,3,0.03,0.7,5,83,0.2,0.15,3,0.04",
    ]);
  });

  it("shows the first rows, and keeps other vintages for files", () => {
    const other = { ...row, vintage: "2024-08" };
    const table = tableFactorRegressions([row], [other], "monthly");
    expect(table.shown).toBe(1);
    expect(table.rows).toHaveLength(2);
    expect(tableText(table)).toContain("1 of 2 rows");
  });
});

describe("tables of the merged data", () => {
  const merged: DatedSeries = {
    dates: ["2018-01-31", "2018-02-28"],
    names: ["BTC", "Mkt-RF"],
    values: Float64Array.of(-0.3, 0.05, 0.02, -0.04),
  };

  it("have one row per date and one column per series", () => {
    const table = tableMergedFactors(merged, "simulated, monthly");
    expect(table.caption).toMatch(/; simulated, monthly, 2018-01-31 to 2018-02-28, n = 2$/);
    expect(csv(table)).toEqual([
      "date,BTC,Mkt-RF",
      "2018-01-31,-0.3,0.05",
      "2018-02-28,0.02,-0.04",
    ]);
  });

  it("have ours below the report's", () => {
    const printed = {
      dates: ["2018-01-31"],
      names: ["BTC", "Mkt-RF"],
      values: Float64Array.of(-0.3167, 0.0558),
    };
    const table = tableReportedFactors(printed, merged);
    expect(table.id).toBe("reported-factors");
    expect(table.rows).toEqual([
      ["2018-01-31", "report", -0.3167, 0.0558],
      ["2018-01-31", "ours", -0.3, 0.05],
    ]);
  });
});
