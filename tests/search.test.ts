/** The search over networks: every configuration once, the best, and their tables. */

import { describe, expect, it } from "vitest";
import { learningCurves } from "../lib/src/models/ensemble.js";
import { fitNeuralBeta } from "../lib/src/models/neural-beta.js";
import {
  bestConfigurations,
  type SearchOptions,
  type SearchRow,
  searchNetworks,
} from "../lib/src/models/search.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { mean, standardDeviation } from "../lib/src/stats/moments.js";
import { STUDY } from "../lib/src/study.js";
import { tableSearch, tableSearchBest } from "../lib/src/tables/search.js";
import { studyPanel } from "./support/helpers.js";
import { SEARCH_ROW } from "./support/search-row.js";

const OPTIONS: SearchOptions = {
  marketSets: ["GOLD", "FIAT+EQUITY"],
  lookback: 12,
  split: STUDY.split,
  grid: {
    hidden: [2, 3],
    learningRates: [0.01, 0.1],
    activations: ["linear", "tanh"],
    replicates: 3,
  },
  starts: ["glorot", "ols"],
  epochs: 12,
  seed: 5,
};
const search = async (more: Partial<SearchOptions> = {}) =>
  searchNetworks(await studyPanel(), simdTrainer({ threads: 2 }), {
    ...OPTIONS,
    ...more,
  });
const row = (more: Partial<SearchRow>): SearchRow => ({
  ...SEARCH_ROW,
  bestEpochFirst: 0,
  ...more,
});

describe("searchNetworks", () => {
  it("has a row per market set, start, width, rate and activation, in that order", async () => {
    const rows = await search();
    const expected = OPTIONS.marketSets.flatMap((marketSet) =>
      OPTIONS.starts.flatMap((start) =>
        OPTIONS.grid.hidden.flatMap((hidden) =>
          OPTIONS.grid.learningRates.flatMap((learningRate) =>
            OPTIONS.grid.activations.map((activation) => ({
              marketSet,
              start,
              hidden,
              learningRate,
              activation,
            })),
          ),
        ),
      ),
    );
    expect(rows).toMatchObject(expected);
    expect(rows).toHaveLength(expected.length);
    expect(
      rows.every(
        ({ seeds, rows: fitted, lookback }) => seeds === 3 && fitted === 144 && lookback === 12,
      ),
    ).toBe(true);
  });

  it("gives each configuration what it gets when it is trained alone", async () => {
    const rows = await search();
    const alone = rows[21]!;
    const fit = await fitNeuralBeta(
      await studyPanel(alone.marketSet),
      simdTrainer({ threads: 1 }),
      {
        ...alone,
        split: STUDY.split,
        epochs: OPTIONS.epochs,
        seed: OPTIONS.seed,
        replicates: 3,
      },
    );
    const { selected, bestEpochs } = learningCurves(fit);
    expect(alone.valRmse).toBe(mean(selected));
    expect(alone.valRmseSd).toBe(standardDeviation(selected, 1));
    expect(alone.bestEpoch).toBe(mean(bestEpochs));
    const curves = learningCurves(fit).validation;
    expect(alone.valRmseTrained).toBe(mean(curves.map((curve) => Math.min(...curve.slice(1)))));
    expect(alone.valRmseLast).toBe(mean(curves.map((curve) => curve.at(-1)!)));
  });

  it("is moved by every dimension: none is ignored", async () => {
    const base = (await search({ marketSets: ["GOLD"] })).map((r) => r.valRmse);
    expect(new Set(base).size).toBe(base.length);
    const changes: Partial<SearchOptions>[] = [
      { lookback: 6 },
      { epochs: 11 },
      { seed: 6 },
      { batchSize: 16 },
      { scaling: "raw" },
      { scaling: "standardised" },
      { coinIdentity: true },
      {
        split: {
          ...STUDY.split,
          inSample: { from: "2019-01", through: "2021-11" },
        },
      },
    ];
    for (const change of changes) {
      const moved = (await search({ marketSets: ["GOLD"], ...change })).map((r) => r.valRmse);
      expect(moved, JSON.stringify(change)).not.toEqual(base);
    }
  });

  it("counts progress over all market sets", async () => {
    const seen: [number, number][] = [];
    await searchNetworks(await studyPanel(), simdTrainer({ threads: 2 }), {
      ...OPTIONS,
      onProgress: (done, total) => seen.push([done, total]),
    });
    expect(seen.at(-1)).toEqual([96, 96]);
    expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).sort((a, b) => a - b));
  });

  it("refuses a market that the panel has not", async () => {
    await expect(search({ marketSets: ["SILVER"] })).rejects.toThrow("there is no market SILVER");
  });
});

describe("bestConfigurations", () => {
  it("is the lowest mean validation RMSE of each market set and start", () => {
    const rows = [
      row({}),
      row({ valRmse: 0.29, hidden: 8 }),
      row({ start: "ols", valRmse: 0.4 }),
      row({ marketSet: "FIAT" }),
    ];
    expect(bestConfigurations(rows)).toEqual([rows[1], rows[2], rows[3]]);
  });
  it("breaks ties by fewer parameters, then by the lower rate, then by the order", () => {
    const [a, b, c] = [
      row({ parameters: 200 }),
      row({ learningRate: 0.1 }),
      row({ learningRate: 0.001 }),
    ];
    const same = row({ learningRate: 0.001, activation: "relu" });
    expect(bestConfigurations([a, b, c, same])).toEqual([c]);
  });
});

describe("the tables of the search", () => {
  it("have the columns that other programs read, and all rows", () => {
    const table = tableSearch([row({}), row({ hidden: 8 })], "sample");
    expect(table.id).toBe("search");
    expect(table.columns.map(({ key }) => key).join()).toBe(
      "marketSet,lookback,hidden,learningRate,activation,start,seeds,trainRmse,valRmse,valRmseSd,valRmseSe,bestEpoch,bestEpochFirst,bestEpochLast,parameters,rows,valRmseTrained,valRmseLast",
    );
    expect(table.rows[1]).toEqual([
      "GOLD",
      12,
      8,
      0.01,
      "tanh",
      "glorot",
      2,
      0.2,
      0.3,
      0.01,
      0.01 / Math.sqrt(2),
      3,
      0,
      0.5,
      100,
      144,
      0.31,
      0.32,
    ]);
    expect(tableSearchBest([row({})], "sample").rows).toHaveLength(1);
  });
});
