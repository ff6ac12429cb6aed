/** Tables of notebooks 03 to 05: their columns are what other programs read. */

import { describe, expect, it } from "vitest";
import { annualBetas } from "../lib/src/comparing/annual-betas.js";
import { betaStatistics } from "../lib/src/comparing/beta-statistics.js";
import { episodeBetas } from "../lib/src/comparing/episode-betas.js";
import { readRecords } from "../lib/src/data/panel-file.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import type { Convergence } from "../lib/src/models/convergence.js";
import { marketBetas } from "../lib/src/models/network-betas.js";
import type { SearchRow } from "../lib/src/models/search.js";
import { reportedStatistics } from "../lib/src/report/reported-statistics.js";
import { tableAnnualBetas } from "../lib/src/tables/annual-betas.js";
import { tableBetaConventions, tableBetaStatistics } from "../lib/src/tables/beta-statistics.js";
import { tableBetas } from "../lib/src/tables/betas.js";
import { tableEpisodeBetas } from "../lib/src/tables/episode-betas.js";
import { tableConvergence, tableLearningCurves } from "../lib/src/tables/learning-curves.js";
import {
  tableReportedKurtosis,
  tableReportedStatistics,
} from "../lib/src/tables/reported-statistics.js";
import { type Table, tableCsv, tableText } from "../lib/src/tables/table.js";
import { madeUpBetas } from "./support/network-betas.js";
import { SEARCH_ROW } from "./support/search-row.js";

const month = (date: string) => Number(date.slice(5, 7));
const BETAS = [
  madeUpBetas("glorot", (seed, coin, date) => coin + seed + month(date)),
  madeUpBetas("ols", () => 2),
];
const MARKETS = marketBetas(BETAS);
const STATISTICS = betaStatistics(MARKETS);

const keys = (table: Table) => table.columns.map(({ key }) => key);
/** One row by the keys of its columns. */
const record = (table: Table, row: number) =>
  Object.fromEntries(keys(table).map((key, i) => [key, table.rows[row]![i]]));

describe("tableLearningCurves", () => {
  const row: SearchRow = { ...SEARCH_ROW, seeds: 20 };
  const convergence: Convergence = {
    row,
    epochMedian: 7,
    epochLowest: 1,
    epochHighest: 90,
    shareWithin: 0.95,
    gap: { mean: 0.1, lowest: 0.05, highest: 0.2 },
    later: { mean: 1.5, lowest: 1, highest: 2 },
    reached: 19,
  };
  const table = tableLearningCurves([convergence], "monthly", { by: 50 });

  it("has the configuration, its epochs, what follows them and the gap", () => {
    expect(table.id).toBe("learning-curves");
    expect(record(table, 0)).toEqual({
      marketSet: "GOLD",
      start: "glorot",
      hidden: 4,
      learningRate: 0.01,
      activation: "tanh",
      seeds: 20,
      epochMedian: 7,
      epochLowest: 1,
      epochHighest: 90,
      shareWithin: 0.95,
      bestEpochFirst: 0.25,
      bestEpochLast: 0.5,
      trainRmse: 0.2,
      valRmse: 0.3,
      gap: 0.1,
      gapLowest: 0.05,
      gapHighest: 0.2,
      later: 1.5,
      laterLowest: 1,
      laterHighest: 2,
      laterSeeds: 19,
    });
  });
  it("says on screen which epoch was asked for", () => {
    expect(tableText(table)).toContain("≤ 50");
    expect(tableText(table)).toContain("At 50");
  });
  it("may have another id", () => {
    expect(tableLearningCurves([convergence], "monthly", { by: 50, id: "other" }).id).toBe("other");
  });
});

describe("tableConvergence", () => {
  it("has means over the grid, and the gap between them", () => {
    const table = tableConvergence(
      [
        {
          marketSet: "GOLD",
          start: "ols",
          configurations: 36,
          bestEpoch: 12.5,
          bestEpochFirst: 0.5,
          bestEpochLast: 0,
          trainRmse: 0.25,
          valRmse: 0.5,
        },
      ],
      "monthly",
    );
    expect(tableCsv(table)).toBe(
      "marketSet,start,configurations,bestEpoch,bestEpochFirst,bestEpochLast,trainRmse,valRmse,gap\nGOLD,ols,36,12.5,0.5,0,0.25,0.5,0.25\n",
    );
  });
});

describe("tableBetaStatistics", () => {
  const normal = [1, 2, 3, 4];
  const table = tableBetaStatistics(STATISTICS, normal, "monthly");

  it("begins with the report's columns", () => {
    expect(keys(table).slice(0, 9)).toEqual([
      "coin",
      "market",
      "n",
      "mean",
      "std",
      "skew",
      "kurtosis",
      "min",
      "max",
    ]);
  });

  it("has n - 1, g1 and b2 there, and the other conventions after them", () => {
    const { moments, seedMean } = STATISTICS[0]!;
    expect(record(table, 0)).toEqual({
      coin: "A",
      market: "X",
      n: 11,
      mean: moments.mean,
      std: moments.sampleSd,
      skew: moments.g1,
      kurtosis: moments.b2,
      min: moments.min,
      max: moments.max,
      start: "glorot",
      populationSd: moments.populationSd,
      skewAdjusted: moments.G1,
      kurtosisExcess: moments.g2,
      kurtosisAdjusted: moments.G2,
      // b2 of eleven evenly spaced numbers is 1.78: three of the four values are above.
      normalAbove: 0.75,
      seedMeanLowest: seedMean.lowest,
      seedMeanHighest: seedMean.highest,
      marketSet: "X",
    });
  });

  it("is empty where a beta that does not move has no shape", () => {
    const line = tableCsv(table).split("\n")[2]!;
    expect(line).toBe("A,X,11,2,0,,,2,2,ols,0,,,,,2,2,X");
  });
});

describe("tableBetaConventions", () => {
  it("has every convention of the same betas", () => {
    const table = tableBetaConventions(STATISTICS, "monthly");
    const { moments } = STATISTICS[0]!;
    expect(record(table, 0)).toEqual({
      coin: "A",
      market: "X",
      start: "glorot",
      sampleSd: moments.sampleSd,
      populationSd: moments.populationSd,
      g1: moments.g1,
      adjustedG1: moments.G1,
      b2: moments.b2,
      g2: moments.g2,
      adjustedG2: moments.G2,
      sampleKurtosis: moments.sampleKurtosis,
    });
  });
});

describe("the tables beside the report's statistics", async () => {
  const printed = reportedStatistics(
    await readRecords(shippedFile("reported/beta-statistics.csv")),
  );

  it("set ours of the same coin and market below each of the report's rows", () => {
    const ours = STATISTICS.map((statistics) => ({
      ...statistics,
      coin: statistics.coin === "A" ? "BTC" : "LTC",
      market: "ENERGY",
    }));
    const table = tableReportedStatistics(printed, {
      one: ours.filter(({ start }) => start === "glorot"),
      two: ours.filter(({ start }) => start === "ols"),
    });
    expect(table.rows.map((row) => row.slice(0, 3))).toEqual([
      ["BCH", "ENERGY", "report"],
      ["BTC", "ENERGY", "report"],
      ["BTC", "ENERGY", "one"],
      ["BTC", "ENERGY", "two"],
      ["ETH", "ENERGY", "report"],
      ["LTC", "ENERGY", "report"],
      ["LTC", "ENERGY", "one"],
      ["LTC", "ENERGY", "two"],
      ...["BCH", "BTC", "ETH", "LTC"].map((coin) => [coin, "EQUITY", "report"]),
    ]);
    expect(record(table, 1)).toMatchObject({ mean: -0.0983, kurtosis: 1.9208 });
    const { moments } = ours[0]!;
    expect(record(table, 2)).toMatchObject({
      n: 11,
      mean: moments.mean,
      std: moments.sampleSd,
      skew: moments.g1,
      kurtosis: moments.b2,
    });
  });

  it("say of each printed kurtosis what it can be", () => {
    const table = tableReportedKurtosis(printed);
    expect(table.rows).toHaveLength(8);
    expect(record(table, 0)).toMatchObject({
      coin: "BCH",
      kurtosis: 2.321,
      impliedB2: 2.321,
      impliedExcess: 5.321,
      possible: "b2, G2 + 3",
    });
  });
});

describe("tableBetas", () => {
  const [{ fitted, walkForward }] = BETAS as [(typeof BETAS)[0]];
  const table = tableBetas(
    [fitted, walkForward].map((path) => ({
      marketSet: "X",
      estimator: "neural-glorot",
      update: "frozen" as const,
      path,
    })),
    "monthly",
  );

  it("has the columns that other programs rely on", () => {
    expect(keys(table).join(",")).toBe(
      "date,coin,market,marketSet,estimator,update,beta,lower,upper,interval,kind",
    );
  });

  it("has a row per estimate, coin by coin, with its band and its kind", () => {
    expect(table.rows).toHaveLength(2 * (13 + 11));
    expect(record(table, 14)).toEqual({
      date: "2020-02-29",
      coin: "B",
      market: "X",
      marketSet: "X",
      estimator: "neural-glorot",
      update: "frozen",
      beta: 4,
      lower: 3,
      upper: 5,
      interval: "seed",
      kind: "fitted",
    });
    expect(table.rows.at(-1)).toEqual([
      "2021-12-31",
      ...["B", "X", "X", "neural-glorot", "frozen", 14, 13, 15, "seed"],
      "walk-forward",
    ]);
  });

  it("says none of a path without a band, and leaves its bounds empty", () => {
    const { band: _, ...path } = walkForward;
    const [first] = tableBetas(
      [{ marketSet: "X", estimator: "pooled", update: "updated", path }],
      "monthly",
    ).rows;
    expect(first!.slice(6)).toEqual([3, null, null, "none", "walk-forward"]);
  });

  it("keeps the last date of each month, quarter or year where there are more betas than fit", () => {
    const dates = "2020-01-30 2020-01-31 2020-02-28 2020-04-01 2021-05-03 2021-05-04".split(" ");
    const values = Float64Array.of(1, 2, 3, 4, NaN, 6);
    const path = { ...walkForward, dates, coins: ["A"], markets: ["X"], values };
    const named = { marketSet: "X", estimator: "pooled", update: "updated", path } as const;
    const kept = (most: number) => tableBetas([named], "daily", { most });
    const betas = (most: number) => kept(most).rows.map((row) => row[6]);
    expect([5, 4, 3, 2, 1].map(betas)).toEqual([
      [1, 2, 3, 4, 6],
      [2, 3, 4, 6],
      [3, 4, 6],
      [4, 6],
      // Years are the coarsest.
      [4, 6],
    ]);
    expect(kept(5).notes).toHaveLength(1);
    expect(kept(3).notes![0]).toBe(
      "Rows are of the last date of each quarter: all dates have 5 rows, more than 3.",
    );
  });

  it("counts the betas of all coins on all markets", () => {
    const dates = ["2020-01-30", "2020-01-31"];
    const values = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const path = { ...walkForward, dates, coins: ["A", "B"], markets: ["X", "Y"], values };
    const named = { marketSet: "X+Y", estimator: "pooled", update: "updated", path } as const;
    expect(tableBetas([named], "daily", { most: 8 }).rows).toHaveLength(8);
    const { rows, notes } = tableBetas([named], "daily", { most: 7 });
    // By market, then by coin.
    expect(rows.map((row) => row[6])).toEqual([5, 7, 6, 8]);
    expect(notes![0]).toContain("all dates have 8 rows, more than 7");
  });

  it("has every network on request, numbered from 1, below the mean and without a band", () => {
    const path = {
      ...walkForward,
      seeds: [walkForward.values, walkForward.values.map((b) => b + 1)],
    };
    const named = { marketSet: "X", estimator: "neural-glorot", update: "frozen", path } as const;
    const seeded = tableBetas([named], "monthly", { id: "seeded", seeds: true });
    expect(seeded.id).toBe("seeded");
    expect(keys(seeded)[6]).toBe("seed");
    const count = seeded.rows.length / 3;
    const rowsFrom = (from: number) => seeded.rows.slice(from * count, (from + 1) * count);
    expect(new Set(rowsFrom(0).map((row) => row[6]))).toEqual(new Set([null]));
    expect(rowsFrom(1)).toEqual(
      rowsFrom(0).map((row) => [...row.slice(0, 6), 1, row[7], null, null, "none", "walk-forward"]),
    );
    expect(rowsFrom(2).map((row) => row[6])).toEqual(rowsFrom(2).map(() => 2));
    expect(rowsFrom(2).map((row) => row[7])).toEqual(
      rowsFrom(0).map((row) => (row[7] as number) + 1),
    );
  });

  it("shows a few rows and has all of them in its file", () => {
    expect(tableText(table)).toContain("4 of 48 rows");
    expect(tableCsv(table).trim().split("\n")).toHaveLength(1 + 48);
  });
});

describe("tableAnnualBetas", () => {
  it("has mean, lowest and highest of each year", () => {
    const table = tableAnnualBetas(annualBetas(BETAS), "monthly");
    expect(record(table, 0)).toEqual({
      year: "2020",
      coin: "A",
      market: "X",
      marketSet: "X",
      start: "glorot",
      kind: "fitted",
      n: 12,
      beta: 7.5,
      lower: 6.5,
      upper: 8.5,
    });
  });
});

describe("tableEpisodeBetas", () => {
  it("has both sides and their difference", () => {
    const episodes = episodeBetas(MARKETS, { stress: ["2021-12-31"] });
    const table = tableEpisodeBetas(episodes, "monthly");
    // December is 12, February to November 6.5 on average; coins add 0.5, seeds 1.
    expect(record(table, 0)).toEqual({
      episode: "stress",
      market: "X",
      marketSet: "X",
      start: "glorot",
      kind: "walk-forward",
      n: 1,
      nOutside: 10,
      inside: 13.5,
      outside: 8,
      difference: 5.5,
      differenceLowest: 5.5,
      differenceHighest: 5.5,
      higher: 1,
      lower: 0,
    });
  });
});
