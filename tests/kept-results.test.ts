/** Results that a cache keeps: the same bits, for the same estimators alone, and nothing beside them for simulated panels. */

import { describe, expect, it, vi } from "vitest";
import type { Estimator } from "../lib/src/betas/estimator.js";
import { forecastComparison } from "../lib/src/comparing/forecast-comparison.js";
import { simulatedBetas } from "../lib/src/comparing/simulated-betas.js";
import { keptResult } from "../lib/src/models/cache/results.js";
import { cachedTrainer } from "../lib/src/models/cache/trainer.js";
import { ladder } from "../lib/src/models/ladder.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import type { Trainer } from "../lib/src/models/trainer.js";
import { betaPath, type Split } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";
import { filesIn, newFolder } from "./support/kept-networks.js";

const OPTIONS = {
  lookback: 6,
  grid: { hidden: [2], learningRates: [0.03], activations: ["tanh"], replicates: 2 },
  epochs: 3,
  seed: 7,
  starts: ["glorot"],
} as const;
const SIMULATED = {
  ...{ periods: 60, coins: 2, markets: 1, seeds: [1, 2] },
  processes: ["step", "cycle"],
  splits: (): Split[] => [
    {
      inSample: { from: "2001-01", through: "2002-12" },
      validation: { from: "2003-01", through: "2003-12" },
      outOfSample: { from: "2004-01", through: "2004-12" },
    },
  ],
} as const;
const PANEL = seededPanel(72, ["A", "B"], ["X"]);
const SPLITS: Split[] = [
  {
    inSample: { from: "2018-07", through: "2019-12" },
    validation: { from: "2020-01", through: "2020-12" },
    outOfSample: { from: "2021-01", through: "2023-12" },
  },
];
const COMPARED = {
  marketSets: ["X"],
  designs: [{ splits: SPLITS, samples: [{ name: "all", range: SPLITS[0]!.outOfSample }] }],
  ...{ draws: 50, level: 0.95, seed: 1 },
};

/** The ladder behind the cache of a folder; trained says whether any network was. */
function behind(folder: string) {
  const simd = simdTrainer();
  const train = vi.fn<Trainer["train"]>((...asked) => simd.train(...asked));
  const trainer = cachedTrainer({ id: simd.id, train }, folder);
  return { estimators: ladder(trainer, OPTIONS), train };
}

/** One estimator that a cache knows, and how often it was asked. */
function known(folder: string, more: Partial<Estimator> = {}) {
  const estimate = vi.fn<Estimator["estimate"]>((panel) =>
    betaPath(panel, "walkForward", () => [1]),
  );
  const { paths } = cachedTrainer(simdTrainer(), folder);
  return { estimate, estimator: paths!({ id: "own", key: "1", estimate, ...more }) };
}

describe("a kept result", () => {
  it("is that of estimators without a cache to the last bit, and asks for no network again", async () => {
    const folder = newFolder();
    const plain = ladder(simdTrainer(), OPTIONS);
    const compared = await forecastComparison(PANEL, plain, COMPARED);
    const simulated = await simulatedBetas(plain(1), SIMULATED);
    for (const run of ["computed", "kept"]) {
      const { estimators, train } = behind(folder);
      expect(await forecastComparison(PANEL, estimators, COMPARED), run).toStrictEqual(compared);
      expect(await simulatedBetas(estimators(1), SIMULATED), run).toStrictEqual(simulated);
      expect(train.mock.calls.length > 0, run).toBe(run === "computed");
    }
  });

  it("is all that is kept of simulated panels", async () => {
    const folder = newFolder();
    await simulatedBetas(behind(folder).estimators(1), SIMULATED);
    expect(filesIn(folder)).toHaveLength(1);
  });

  it("tells of its progress as one that is computed", async () => {
    const folder = newFolder();
    const told = async () => {
      const onProgress = vi.fn();
      await simulatedBetas(behind(folder).estimators(1), { ...SIMULATED, onProgress });
      return onProgress.mock.lastCall;
    };
    expect(await told()).toEqual([4, 4]);
    expect(await told()).toEqual([4, 4]);
  });

  it("is another for other draws, samples, panels, processes and choices of an estimator", async () => {
    const folder = newFolder();
    const computed = async (more: Partial<Estimator>, content: unknown) => {
      const compute = vi.fn(() => ({ value: Number.NaN }));
      await keptResult([known(folder, more).estimator], content, compute);
      return compute.mock.calls.length;
    };
    for (const [more, content] of [
      [{}, ["a", PANEL]],
      [{}, ["b", PANEL]],
      [{}, ["a", { ...PANEL, coins: ["A", "C"] }]],
      [{ key: "2" }, ["a", PANEL]],
      [{ id: "other" }, ["a", PANEL]],
      [{ running: true }, ["a", PANEL]],
    ] as const) {
      expect(await computed(more, content)).toBe(1);
      expect(await computed(more, content)).toBe(0);
    }
  });

  it("does not exist for a copy that estimates or applies otherwise, whatever its key says", async () => {
    const folder = newFolder();
    const { estimator } = known(folder);
    const compute = vi.fn(() => 1);
    const copies: Estimator[] = [
      { ...estimator, estimate: (panel) => betaPath(panel, "walkForward", () => [2]) },
      { ...estimator, applies: () => false },
      known(newFolder(), { key: undefined! }).estimator,
    ];
    await keptResult([estimator], "content", compute);
    for (const copy of copies) {
      compute.mockClear();
      await keptResult([copy], "content", compute);
      await keptResult([estimator, copy], "content", compute);
      await keptResult([estimator, copy], "content", compute);
      expect(compute).toHaveBeenCalledTimes(3);
    }
    compute.mockClear();
    await keptResult([estimator], "content", compute);
    expect(compute).not.toHaveBeenCalled();
  });
});
