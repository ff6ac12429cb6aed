/** What a search found beyond chance. */

import { describe, expect, it } from "vitest";
import { nullScores } from "../lib/src/comparing/nulls.js";
import { searchCounts, searchTests } from "../lib/src/comparing/search-tests.js";
import { type SearchRow, searchNetworks } from "../lib/src/models/search.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { oneWayTest } from "../lib/src/stats/one-way.js";
import { STUDY } from "../lib/src/study.js";
import { tableSearchTests } from "../lib/src/tables/search-tests.js";
import { studyPanel } from "./support/helpers.js";

const row = (more: Partial<SearchRow>): SearchRow => ({
  ...{ marketSet: "X", lookback: 12, hidden: 4, learningRate: 0.01, activation: "tanh" as const },
  ...{ start: "ols" as const, seeds: 5, trainRmse: 0.2, valRmse: 0.23, valRmseSd: 0.01 },
  ...{ valRmseTrained: 0.25, valRmseLast: 0.3, bestEpoch: 3, bestEpochFirst: 0 },
  ...{ bestEpochLast: 0.5, parameters: 100, rows: 144 },
  ...more,
});
const nulls = { zero: 0.25, pooled: { X: 0.24, Y: 0.1 } };

describe("searchTests", () => {
  it("counts configurations below the constant at the best epoch, after epoch 0 and after the last", () => {
    const rows = [row({}), row({ valRmseTrained: 0.2 }), row({ valRmseLast: 0.2, valRmse: 0.25 })];
    expect(searchTests(rows, nulls)[0]).toMatchObject({
      configurations: 3,
      below: 2,
      belowTrained: 1,
      belowLast: 1,
    });
  });

  it("has a line for each market set and start, in their order, against the constant of the set", () => {
    const rows = [row({}), row({ start: "glorot" }), row({ marketSet: "Y" }), row({})];
    const found = searchTests(rows, nulls);
    expect(found.map(({ marketSet, start, below }) => [marketSet, start, below])).toEqual([
      ["X", "ols", 2],
      ["X", "glorot", 1],
      ["Y", "ols", 0],
    ]);
  });

  it("tests the configurations' means against their spread over seeds", () => {
    const rows = [row({}), row({ valRmse: 0.26, valRmseSd: 0.02 })];
    const groups = rows.map(({ seeds, valRmse, valRmseSd }) => ({
      ...{ n: seeds, mean: valRmse, standardDeviation: valRmseSd },
    }));
    expect(searchTests(rows, nulls)[0]!.fTest).toEqual(oneWayTest(groups));
  });

  it("tests nothing with one configuration, or one seed", () => {
    expect(searchTests([row({})], nulls)[0]!.fTest.pValue).toBeNaN();
    const alone = [row({ seeds: 1 }), row({ seeds: 1, valRmse: 0.3 })];
    expect(searchTests(alone, nulls)[0]!.fTest.pValue).toBeNaN();
  });

  it("counts every network from the start ols at its best epoch, whatever training does", async () => {
    const panel = await studyPanel("FIAT");
    const options = {
      marketSets: ["FIAT"],
      lookback: 12,
      split: STUDY.split,
      grid: {
        ...{ hidden: [2], learningRates: [0.1, 1], activations: ["tanh" as const], replicates: 3 },
      },
      ...{ starts: ["ols" as const], epochs: 5, seed: 1 },
    };
    const rows = await searchNetworks(panel, simdTrainer({ threads: 1 }), options);
    const [found] = searchTests(rows, nullScores(panel, options));
    // Epoch 0 is the constant, but for its rounding to single precision.
    const constant = nullScores(panel, options).pooled.FIAT! * (1 + 1e-6);
    expect(rows.every(({ valRmse }) => valRmse <= constant)).toBe(true);
    expect(rows.some(({ valRmseTrained }) => valRmseTrained > constant)).toBe(true);
    expect(found!.belowLast).toBe(0);
  });
});

describe("searchCounts", () => {
  it("adds the market sets of each start", () => {
    const rows = [row({}), row({ marketSet: "Y", valRmseLast: 0.05 }), row({ start: "glorot" })];
    expect(searchCounts(searchTests(rows, nulls))).toEqual([
      { start: "ols", configurations: 2, below: 1, belowTrained: 0, belowLast: 1 },
      { start: "glorot", configurations: 1, below: 1, belowTrained: 0, belowLast: 0 },
    ]);
  });
});

describe("tableSearchTests", () => {
  it("has the counts and the p-values", () => {
    const rows = [row({}), row({ valRmse: 0.26, valRmseSd: 0.02 })];
    const tests = searchTests(rows, nulls);
    const table = tableSearchTests(tests, "sample");
    expect(table.id).toBe("search-tests");
    const [{ fTest, welch }] = tests as [(typeof tests)[0]];
    expect(table.rows[0]).toEqual([
      ...["X", "ols", 2, fTest.statistic, 8, fTest.pValue],
      ...[welch.statistic, welch.pValue, 1, 0, 0],
    ]);
  });
});
