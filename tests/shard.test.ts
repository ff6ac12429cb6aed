/** Shards of a study's training: each its own part, merged by union, and nothing left to train. */

import { describe, expect, it } from "vitest";
import { factorGain } from "../lib/src/comparing/factor-gain.js";
import { gainCandidates } from "../lib/src/comparing/gain-candidates.js";
import { simulatedBetas } from "../lib/src/comparing/simulated-betas.js";
import { simulatedDesigns } from "../lib/src/comparing/simulated-designs.js";
import { type StudyTrainingOptions, trainStudy } from "../lib/src/comparing/study-training.js";
import { walkedSets } from "../lib/src/comparing/walked.js";
import { mergeCaches } from "../lib/src/models/cache/merge.js";
import { cachedTrainer } from "../lib/src/models/cache/trainer.js";
import { chosenFits } from "../lib/src/models/chosen-fits.js";
import { equalInformation } from "../lib/src/models/equal-information.js";
import { ladder } from "../lib/src/models/ladder.js";
import { rawNetworks } from "../lib/src/models/raw-networks.js";
import { bestConfigurations, searchNetworks } from "../lib/src/models/search.js";
import { type Asked, inShard, shardTrainer } from "../lib/src/models/shard.js";
import type { Trainer } from "../lib/src/models/trainer.js";
import { simulatedPanel } from "../lib/src/panel/simulate.js";
import { walkForwardSplits } from "../lib/src/panel/walk-forward.js";
import type { Factors } from "../lib/src/types.js";
import { newFolder, stub } from "./support/kept-networks.js";

const split = {
  inSample: { from: "2003-01", through: "2005-12" },
  validation: { from: "2006-01", through: "2006-12" },
  outOfSample: { from: "2007-01", through: "2007-12" },
};
const sizes = { seed: 1, periods: 96, coins: 2, markets: 2, degreesOfFreedom: 5 };
const { panel } = simulatedPanel("step", sizes);
const factors: Factors = {
  dates: panel.dates,
  names: ["SMB"],
  simpleReturns: Float64Array.from(panel.dates, (_, t) => 0.01 * Math.sin(t)),
  riskFree: new Float64Array(panel.dates.length),
};
const splits = walkForwardSplits(panel.dates, {
  ...{ from: "2003-01", lookback: 12, refit: "yearly" },
  test: { from: "2007-01", through: "2007-06" },
});
const grid = {
  hidden: [1],
  learningRates: [0.01, 0.1],
  activations: ["tanh"],
  replicates: 3,
} as const;
const options: StudyTrainingOptions = {
  ...{
    marketSets: [panel.markets.join("+")],
    lookback: 12,
    split,
    splits,
    grid,
    seed: 1,
    epochs: 1,
  },
  starts: ["ols"],
  refit: "quarterly",
  gainFactors: factors,
  equity: "EQUITY",
  baseline: { marketSet: panel.markets[0]! },
  panels: 0,
};

/** A stub on a folder: labels of what it trains, and what its shard is asked for. */
function shard(folder: string, index: number, count: number) {
  const { trainer, trained } = stub();
  const asked = new Map<string, Asked>();
  const part = shardTrainer(cachedTrainer(trainer, folder), {
    own: inShard({ index, count }),
    onAsked: (each) => asked.set(each.key, each),
  });
  return { part, trained, asked };
}

/** What a folder has of the study, by key: nobody's part is asked for. */
async function contentOf(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const nobody = shardTrainer(cachedTrainer(stub().trainer, folder), {
    own: () => false,
    onAsked: ({ key, body }) =>
      found.set(key, body ? Buffer.from(body).toString("hex") : "missing"),
  });
  await trainStudy(panel, nobody, options);
  return found;
}

describe("three shards with folders of their own", () => {
  it("merge to what one process keeps, and train nothing twice", async () => {
    const [alone, merged] = [newFolder(), newFolder()];
    const single = shard(alone, 0, 1);
    await trainStudy(panel, single.part, options);
    const all: string[] = [];
    // The networks of the grids, then the walks that choose among them.
    for (const round of [0, 1]) {
      const folders = [];
      for (const index of [0, 1, 2]) {
        const folder = newFolder();
        if (round > 0) mergeCaches(folder, [merged]);
        const { part, trained } = shard(folder, index, 3);
        await trainStudy(panel, part, options);
        all.push(...trained);
        folders.push(folder);
      }
      mergeCaches(merged, folders);
    }
    const content = await contentOf(merged);
    expect(content).toEqual(await contentOf(alone));
    expect([...content.values()]).not.toContain("missing");
    expect(all.sort()).toEqual(single.trained.sort());
    expect(mergeCaches(merged, [alone])).toBe(0);
  });

  it("leave nothing to the notebooks' searches, fits, walks and experiments", async () => {
    const folder = newFolder();
    const simulated = { ...options, panels: 1 };
    // Rows of simulated panels are whole: the first round of two shards makes all of them.
    for (const index of [0, 1, 0, 1])
      await trainStudy(panel, shard(folder, index, 2).part, simulated);
    const { trainer, trained } = stub();
    const kept = cachedTrainer(trainer, folder);
    const rows = await searchNetworks(panel, kept, options);
    await chosenFits(panel, kept, { ...options, rows: bestConfigurations(rows) });
    await rawNetworks(panel, kept, options);
    for (const { estimators, options: design } of Object.values(simulatedDesigns(kept, simulated)))
      await simulatedBetas(estimators, design);
    for (const blocks of [[split], splits])
      await walkedSets(panel, ladder(kept, options), { ...options, splits: blocks });
    await walkedSets(panel, equalInformation(kept, options), options);
    const sample = { name: "all", range: { from: "2007-01", through: "2007-06" } };
    await factorGain(panel, factors, {
      ...options,
      candidates: gainCandidates(kept, options),
      designs: [
        { splits: [split], samples: [sample] },
        { splits, samples: [sample] },
      ],
      bootstrap: { draws: 99, level: 0.95, seed: 1 },
    });
    expect(trained).toEqual([]);
  });
});

describe("a shard", () => {
  it("owns what no other owns, and together they own all", async () => {
    const owners = [0, 1, 2].map((index) => inShard({ index, count: 3 }));
    const keys = [...(await contentOf(newFolder())).keys()];
    expect(keys.length).toBeGreaterThan(20);
    const counts = keys.map((key) => owners.filter((own) => own(key)).length);
    expect(new Set(counts)).toEqual(new Set([1]));
    for (const own of owners) expect(keys.filter(own).length).toBeGreaterThan(keys.length / 6);
  });

  it("goes on after a kill with what is missing", async () => {
    const folder = newFolder();
    const { trainer, trained } = stub();
    let left = 4;
    const dying: Trainer = {
      ...trainer,
      train: (data, jobs, training) =>
        trainer.train(data, jobs, {
          ...training,
          onTrained(i, network) {
            if (left-- === 0) throw new Error("killed");
            training?.onTrained?.(i, network);
          },
        }),
    };
    const part = shardTrainer(cachedTrainer(dying, folder), { own: () => true });
    await expect(trainStudy(panel, part, options)).rejects.toThrow("killed");
    const again = shard(folder, 0, 1);
    await trainStudy(panel, again.part, options);
    const whole = shard(newFolder(), 0, 1);
    await trainStudy(panel, whole.part, options);
    // The fifth was torn: trained, and not kept.
    expect(trained).toHaveLength(5);
    expect([...trained.slice(0, 4), ...again.trained].sort()).toEqual(whole.trained.sort());
  });

  it("needs a trainer that keeps what it computes", () => {
    expect(() => shardTrainer(stub().trainer, { own: () => true })).toThrow(
      "shardTrainer: trainer must keep what it computes, but stub does not; wrap it in cachedTrainer",
    );
  });

  it("is one of those there are", () => {
    expect(() => inShard({ index: 3, count: 3 })).toThrow("inShard: index must be");
    expect(() => inShard({ index: 0, count: 0 })).toThrow("inShard: count must be");
  });
});

describe("mergeCaches", () => {
  it("refuses a folder without a cache", () => {
    const empty = newFolder();
    expect(() => mergeCaches(newFolder(), [empty])).toThrow(
      `${empty}: must hold a cache, but has no results`,
    );
  });
});
