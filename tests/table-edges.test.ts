/** Tables at their edges: which rows the screen shows, which columns hold numbers, and rows that stand alone. */

import { expect, it } from "vitest";
import type { BetaBreak } from "../lib/src/comparing/beta-breaks.js";
import type { BetaStatistics } from "../lib/src/comparing/beta-statistics.js";
import type { OutOfSampleTest } from "../lib/src/comparing/out-of-sample-tests.js";
import type { RealisedPrediction } from "../lib/src/comparing/realised-prediction.js";
import type { SimulatedRow } from "../lib/src/comparing/simulated-betas.js";
import { SCALINGS } from "../lib/src/models/network-inputs.js";
import type { SearchRow } from "../lib/src/models/search.js";
import type { ScalingBeta } from "../lib/src/report/scaling-betas.js";
import { sampleMoments } from "../lib/src/stats/moments.js";
import { tableBetaBreaks } from "../lib/src/tables/beta-breaks.js";
import { regionText } from "../lib/src/tables/claim-evidence.js";
import { tableDailyRivals, tableRealisedPredictions } from "../lib/src/tables/daily-rivals.js";
import { type Danfo, toDanfo } from "../lib/src/tables/danfo.js";
import { tableFactorGain } from "../lib/src/tables/factor-gain.js";
import { tableLadderRmse } from "../lib/src/tables/forecast-comparison.js";
import { tableHedgeEconomics } from "../lib/src/tables/hedge-economics.js";
import { missingBetas } from "../lib/src/tables/missing-betas.js";
import { tableNestedTests } from "../lib/src/tables/nested-tests.js";
import { formatPValue } from "../lib/src/tables/number.js";
import { tablePrices } from "../lib/src/tables/prices.js";
import { tableReportedStatistics } from "../lib/src/tables/reported-statistics.js";
import { tableScalingBetas } from "../lib/src/tables/scaling-betas.js";
import { tableSearch } from "../lib/src/tables/search.js";
import { tableOracleShare, tableSimulatedBetas } from "../lib/src/tables/simulated-betas.js";
import { tableCsv } from "../lib/src/tables/table.js";

/** A row of simulated scores whose share is a hundred times its error. */
const simulated = (process: string, estimator: string, oracleShare: number): SimulatedRow =>
  ({
    ...{ process, estimator, update: "frozen", oracleShare, shareError: oracleShare / 100 },
    coverage: 0.9,
  }) as SimulatedRow;

it("the screen shows the simulated process that stands first, be it on one row", () => {
  const rows = ["step", "constant", "constant"].map((process, i) => simulated(process, `e${i}`, i));
  expect(tableSimulatedBetas(rows, "made up").shown).toBe(1);
  expect(tableSimulatedBetas(rows.slice(1), "made up").shown).toBe(2);
});

it("every share has its own error in the column behind it", () => {
  const rows = [
    ...[simulated("step", "pooled", 1), simulated("constant", "pooled", 2)],
    ...[simulated("step", "rolling", 3), simulated("constant", "rolling", 4)],
  ];
  const { columns, rows: lines } = tableOracleShare(rows, "made up");
  expect(lines).toEqual([
    ["pooled", "frozen", 1, 0.01, 2, 0.02],
    ["rolling", "frozen", 3, 0.03, 4, 0.04],
  ]);
  expect(columns.map(({ key, head }) => [key, head]).slice(2)).toEqual([
    ["step", "step"],
    ["step error", "±"],
    ["constant", "constant"],
    ["constant error", "±"],
  ]);
});

it("a data frame has numbers where a column has decimals or a number, and texts elsewhere", async () => {
  class DataFrame {
    constructor(
      readonly values: unknown[][],
      readonly options: { columns: string[]; dtypes: string[] },
    ) {}
  }
  const table = {
    ...{ id: "made-up", caption: "Made up" },
    columns: [
      { key: "coin", head: "Coin" },
      { key: "none", head: "None", decimals: 2 },
      { key: "some", head: "Some" },
    ],
    rows: [
      ["BTC", null, null],
      [null, null, 1],
    ],
  };
  const frame = await toDanfo(table, { DataFrame } as unknown as Danfo);
  expect(frame).toEqual({
    values: [
      ["BTC", Number.NaN, Number.NaN],
      [null, Number.NaN, 1],
    ],
    options: {
      columns: ["coin", "none", "some"],
      dtypes: ["string", "float32", "float32"],
    },
  });
});

it("the screen shows one market set of the first sample, which stands first in files too", () => {
  const rows = [
    ["GOLD", "late"],
    ["FIAT", "early"],
    ["FIAT", "late"],
  ].map(([marketSet, sample], n) => ({ marketSet, sample, estimator: "e", update: "frozen", n }));
  for (const make of [tableNestedTests, tableHedgeEconomics] as const) {
    const table = make(rows as never, "FIAT", "made up");
    const at = (key: string) => table.columns.findIndex((column) => column.key === key);
    expect(table.shown).toBe(1);
    expect(table.rows.map((row) => [row[at("marketSet")], row[at("sample")]])).toEqual([
      ["FIAT", "late"],
      ["GOLD", "late"],
      ["FIAT", "early"],
    ]);
    expect(make(rows.slice(2) as never, "FIAT", "made up").shown).toBe(1);
  }
});

it("estimators that lack a date are named with the most, those that lack none are not", () => {
  const row = (estimator: string, n: number, missing: number) =>
    ({ sample: "2020", estimator, update: "frozen", n, missing }) as const;
  const rows = [row("whole", 1, 0), row("short", 1, 1), row("shorter", 1, 3), row("shorter", 1, 2)];
  expect(missingBetas(rows)).toEqual([
    expect.stringMatching(/at most: short, frozen: 1; shorter, frozen: 3\.$/),
  ]);
  expect(missingBetas(rows.slice(0, 1))).toEqual([]);
});

it("the ladder says the fewest dates of what was compared, be it one, or that there are none", () => {
  const row = (estimator: string, n: number) => ({
    ...{ coin: "all", sample: "2020", marketSet: "FIAT", estimator, update: "frozen", n },
    ...{ rmse: 0.1, missing: 0 },
  });
  const caption = (...dates: number[]) =>
    tableLadderRmse(dates.map((n, i) => row(`e${i}`, n)) as never, "made up", {
      sampleName: "2020",
    }).caption;
  expect(caption(0, 1, 5)).toContain("all coins, 1 dates;");
  expect(caption(0, 0)).toContain("all coins, 0 dates;");
});

it("gains by the factors are in percent, with the coverage of their intervals in the head", () => {
  const row = { change: -0.25, lower: -0.5, upper: 0.125 } as never;
  const table = tableFactorGain({ shown: [row], level: 0.9 }, "made up");
  const values = Object.fromEntries(table.columns.map(({ key }, i) => [key, table.rows[0]![i]]));
  expect(values).toMatchObject({ changePercent: -25, lowerPercent: -50, upperPercent: 12.5 });
  const head = (level: number) =>
    tableFactorGain({ shown: [], level }, "made up").columns.find(
      ({ key }) => key === "lowerPercent",
    )!.head;
  // Four digits are written.
  expect([head(0.9), head(0.99996)]).toEqual(["90 % from", "100 % from"]);
});

it("numbers of regions have four decimals at most, and a p-value of 0.001 is written as it is", () => {
  expect(regionText({ lower: 0.12346, upper: 2 })).toBe("0.1235 to 2");
  expect([formatPValue(0.001, 3), formatPValue(0.00099, 3)]).toEqual(["0.001", "< 0.001"]);
});

it("prices of no day have no dates, of one day no gap, of several the longest", () => {
  const series = (days: number[], values: number[]) => ({
    days: Int32Array.from(days),
    values: Float64Array.from(values),
  });
  const prices = new Map([
    ["none", series([], [])],
    ["single", series([0], [5])],
    ["several", series([0, 1, 8], [1, Math.E, Math.E])],
    ["there and back", series([0, 1, 2], [1, Math.E, 1])],
  ]);
  expect(tablePrices(prices, "made up").rows).toEqual([
    ["none", null, null, 0, 0, 0],
    ["single", "1970-01-01", "1970-01-01", 1, 0, 0],
    ["several", "1970-01-01", "1970-01-09", 3, 7, 1],
    // Of two moves as large, the first.
    ["there and back", "1970-01-01", "1970-01-03", 3, 1, 1],
  ]);
});

it("the error of a mean over four seeds is half their standard deviation", () => {
  const row = { valRmseSd: 0.25, seeds: 4 } as SearchRow;
  const { rows, columns } = tableSearch([row], "made up");
  expect(rows[0]![columns.findIndex(({ head }) => head === "Se")]).toBe(0.125);
});

it("a pair of coin and market has its own betas under every scaling, for each series", () => {
  const pairs = ["ours", "printed"].flatMap((series) =>
    ["A", "B"].flatMap((coin) => ["X", "Y"].map((market) => ({ series, coin, market }))),
  );
  const rows = pairs.flatMap((pair, p) =>
    SCALINGS.map((scaling, s) => ({ ...pair, scaling, beta: 10 * p + s }) as ScalingBeta),
  );
  const table = tableScalingBetas(rows, "made up");
  const at = SCALINGS.map((scaling) => table.columns.findIndex(({ key }) => key === scaling));
  expect(table.rows.map((row) => at.map((column) => row[column]))).toEqual(
    pairs.map((_, p) => [10 * p, 10 * p + 1, 10 * p + 2]),
  );
});

it("a printed row of statistics is followed by ours of the same coin and market", () => {
  const ours = [
    ["A", "Y"],
    ["B", "X"],
    ["A", "X"],
  ].map(([coin, market], i) => ({ coin, market, moments: sampleMoments([0, 1, 2, 3, i]) }));
  const printed = { coin: "A", market: "X", n: 5, mean: 0, std: 1, skew: 0, kurtosis: 3 };
  const { rows } = tableReportedStatistics([{ ...printed, min: 0, max: 1 }], {
    ours: ours as unknown as BetaStatistics[],
  });
  expect(rows.map((row) => row.slice(0, 3))).toEqual([
    ["A", "X", "report"],
    ["A", "X", "ours"],
  ]);
  expect(rows[1]).toContain(1.6);
});

it("a table of two thousand and one rows has each of them in its file, once", () => {
  const rows = Array.from({ length: 2001 }, (_, i) => [i]);
  const table = { id: "long", caption: "Long", columns: [{ key: "i", head: "i" }], rows };
  expect(tableCsv(table)).toBe(`i\n${rows.map(([i]) => `${i}\n`).join("")}`);
});

it("a break has the months of its date and of its interval, and the betas of the only market", () => {
  const found = {
    ...{ date: "2020-03-31", from: "2019-11-30", through: "2021-12-31" },
    chow: { statistic: 1, pValue: 2 },
    sup: { statistic: 3, pValue: 4, bootstrapPValue: 5, before: [6], after: [7] },
  } as unknown as BetaBreak;
  const { columns, rows } = tableBetaBreaks([found], "2020-01", "made up");
  const cell = Object.fromEntries(columns.map(({ key }, i) => [key, rows[0]![i]]));
  expect(cell).toMatchObject({ date: "2020-03", from: "2019-11", through: "2021-12" });
  expect(cell).toMatchObject({ before: 6, after: 7 });
});

it("changes of a daily rival are percent of the pooled constant's RMSE, its own less the change", () => {
  // The pooled constant has 0.2.
  const rival = {
    ...{ marketSet: "FIAT", estimator: "ewma", update: "updated", n: 40, missing: 0 },
    ...{ rmse: 0.21, rmseChange: 0.01, changeLower: -0.02, changeUpper: 0.03, detectable: 0.004 },
  } as OutOfSampleTest;
  const { columns, rows } = tableDailyRivals([rival], ["FIAT"], "made up");
  const percent = columns.flatMap(({ key }, i) => (key.endsWith("Percent") ? [rows[0]![i]] : []));
  expect(percent).toEqual([5, -10, 15, 2].map((value) => expect.closeTo(value, 10)));
});

it("an estimator is too late on a market where one period of another is predicted", () => {
  const row = (estimator: string, periods: number) =>
    ({ marketSet: "FIAT", market: "FIAT", estimator, periods }) as RealisedPrediction;
  const notes = (...rows: readonly RealisedPrediction[]) =>
    tableRealisedPredictions(rows, [], "made up").notes!.slice(1);
  expect(notes(row("pooled", 1), row("late", 0))).toEqual([expect.stringMatching(/: late\.$/)]);
  expect(notes(row("pooled", 0), row("late", 0))).toEqual([expect.stringMatching(/: FIAT\.$/)]);
});
