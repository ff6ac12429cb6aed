/** From rows of a search to fits and betas. */

import { beforeAll, describe, expect, it } from "vitest";
import { type ChosenFit, chosenFits } from "../lib/src/models/chosen-fits.js";
import { ensembleBetas, learningCurves, replicateBetas } from "../lib/src/models/ensemble.js";
import { marketBetas, type NetworkBetas, networkBetas } from "../lib/src/models/network-betas.js";
import { bestConfigurations, type SearchRow, searchNetworks } from "../lib/src/models/search.js";
import { mean } from "../lib/src/stats/moments.js";
import { spread } from "../lib/src/stats/spread.js";
import type { Panel } from "../lib/src/types.js";
import { plainTrainer, seededPanel } from "./support/helpers.js";

const PANEL = seededPanel(36, ["A", "B"], ["X", "Y"]);
const OPTIONS = {
  marketSets: ["X", "X+Y"],
  lookback: 3,
  split: {
    inSample: { from: "2018-04", through: "2019-06" },
    validation: { from: "2019-07", through: "2019-12" },
    outOfSample: { from: "2020-01", through: "2020-06" },
  },
  grid: {
    hidden: [1, 2],
    learningRates: [0.05],
    activations: ["linear"],
    replicates: 3,
  },
  starts: ["glorot", "ols"],
  epochs: 5,
  seed: 7,
} as const;

let best: SearchRow[];
let fits: ChosenFit[];
beforeAll(async () => {
  best = bestConfigurations(await searchNetworks(PANEL, plainTrainer, OPTIONS));
  fits = await chosenFits(PANEL, plainTrainer, { ...OPTIONS, rows: best });
});

describe("chosenFits", () => {
  it("are the networks of each row, in the order of the rows", () => {
    expect(fits.map(({ row }) => row)).toEqual(best);
    expect(fits).toHaveLength(4);
    for (const { row, fit } of fits) {
      const { selected, bestEpochs } = learningCurves(fit);
      expect(mean(selected)).toBe(row.valRmse);
      expect(mean(bestEpochs)).toBe(row.bestEpoch);
      expect(fit.options).toMatchObject({
        start: row.start,
        hidden: row.hidden,
      });
    }
  });

  it("have the panel with the markets of their row", () => {
    expect(fits.map(({ panel }) => panel.markets)).toEqual([["X"], ["X"], ["X", "Y"], ["X", "Y"]]);
  });

  it("may go on longer than the search: the networks do not change", async () => {
    const split = {
      ...OPTIONS.split,
      outOfSample: { from: "2020-01", through: "2020-12" },
    };
    const longer = await chosenFits(PANEL, plainTrainer, { ...OPTIONS, split, rows: best });
    longer.forEach(({ fit, panel }, i) => {
      expect(fit.networks).toEqual(fits[i]!.fit.networks);
      const dates = (known: Panel, f: typeof fit) =>
        ensembleBetas(known, f).walkForward.values.filter((v) => !Number.isNaN(v)).length;
      expect(dates(panel, fit)).toBe(2 * dates(fits[i]!.panel, fits[i]!.fit));
    });
  });

  it("count progress over all rows", async () => {
    const seen: (readonly [number, number])[] = [];
    const onProgress = (done: number, total: number) => seen.push([done, total]);
    const counting = {
      id: "counting",
      train: async (...[data, jobs, options]: Parameters<typeof plainTrainer.train>) => {
        options?.onProgress?.(jobs.length, jobs.length);
        return plainTrainer.train(data, jobs);
      },
    };
    await chosenFits(PANEL, counting, { ...OPTIONS, rows: best, onProgress });
    expect(seen).toEqual([3, 6, 9, 12].map((done) => [done, 12]));
  });

  it("are none for no row", async () => {
    expect(await chosenFits(PANEL, plainTrainer, { ...OPTIONS, rows: [] })).toEqual([]);
  });

  it("refuse a market that the panel has not", async () => {
    const row = { ...best[0]!, marketSet: "SILVER" };
    await expect(chosenFits(PANEL, plainTrainer, { ...OPTIONS, rows: [row] })).rejects.toThrow(
      "there is no market SILVER",
    );
  });
});

describe("replicateBetas", () => {
  it("are the betas of each network, whose mean and range are those of the ensemble", () => {
    const { panel, fit } = fits[2]!;
    const seeds = replicateBetas(panel, fit);
    expect(seeds).toHaveLength(3);
    const { fitted, walkForward } = ensembleBetas(panel, fit);
    for (const [name, whole] of [
      ["fitted", fitted],
      ["walkForward", walkForward],
    ] as const)
      whole.values.forEach((beta, at) => {
        const expected = spread(seeds.map((seed) => seed[name].values[at]!));
        expect(expected).toEqual({
          mean: beta,
          lowest: whole.band!.lower[at],
          highest: whole.band!.upper[at],
        });
      });
  });
});

describe("networkBetas", () => {
  it("are those of the ensemble and of its networks, with market set and start", () => {
    const { row, panel, fit } = fits[1]!;
    expect(networkBetas(fits[1]!)).toEqual({
      marketSet: "X",
      start: row.start,
      ...ensembleBetas(panel, fit),
      replicates: replicateBetas(panel, fit),
    });
  });
});

describe("marketBetas", () => {
  const betasOf = (marketSet: string, start: "glorot" | "ols"): NetworkBetas => ({
    ...networkBetas(fits[0]!),
    marketSet,
    start,
  });
  const sets = (...names: string[]) =>
    marketBetas(names.flatMap((set) => [betasOf(set, "glorot"), betasOf(set, "ols")])).map(
      ({ market, marketSet }) => [market, marketSet],
    );

  it("take each market alone, where it is trained alone", () => {
    expect(sets("X", "Y", "X+Y")).toEqual([
      ["X", "X"],
      ["Y", "Y"],
    ]);
    expect(sets("X+Y", "Y", "X")).toEqual([
      ["Y", "Y"],
      ["X", "X"],
    ]);
  });

  it("take the smallest set that holds it, else", () => {
    expect(sets("X+Y+Z", "X", "Y+Z", "Z+X")).toEqual([
      ["X", "X"],
      ["Y", "Y+Z"],
      ["Z", "Y+Z"],
    ]);
  });

  it("have every start of their set", () => {
    const [first] = marketBetas([
      betasOf("X+Y", "glorot"),
      betasOf("X", "glorot"),
      betasOf("X", "ols"),
    ]);
    expect(first!.starts.map(({ marketSet, start }) => [marketSet, start])).toEqual([
      ["X", "glorot"],
      ["X", "ols"],
    ]);
  });
});
