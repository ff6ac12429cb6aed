/** Paths of betas that a cache keeps: the same bits, and never those of another panel, split, estimator or code. */

import { describe, expect, it, vi } from "vitest";
import type { Estimator } from "../lib/src/betas/estimator.js";
import { gainCandidates } from "../lib/src/comparing/gain-candidates.js";
import { codeHash, contentHash } from "../lib/src/models/cache/content-hash.js";
import { cachedTrainer } from "../lib/src/models/cache/trainer.js";
import { ladder } from "../lib/src/models/ladder.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import type { Trainer } from "../lib/src/models/trainer.js";
import { betaPath, type Panel, type Split } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";
import { newFolder } from "./support/kept-networks.js";

/** Months from 2018-01. */
const PANEL = seededPanel(48, ["A", "B"], ["X"]);
const SPLIT: Split = {
  inSample: { from: "2018-07", through: "2019-09" },
  validation: { from: "2019-10", through: "2020-09" },
  outOfSample: { from: "2020-10", through: "2020-12" },
};
const OPTIONS = {
  lookback: 6,
  grid: { hidden: [2], learningRates: [0.03], activations: ["tanh"], replicates: 2 },
  epochs: 4,
  seed: 7,
  starts: ["glorot"],
} as const;

/** An estimator that counts, behind the cache of a folder. */
function counted(folder: string, more: Partial<Estimator> = {}) {
  const estimate = vi.fn((panel: Panel) => {
    const path = betaPath(panel, "walkForward", (coin, t) => [coin + t / 7]);
    return path;
  });
  const cached = cachedTrainer(simdTrainer(), folder).paths!;
  return { estimate, kept: cached({ id: "counted", key: "1", estimate, ...more }) };
}

describe("a kept path", () => {
  it("is that of every estimator of the ladder to the last bit, bands, errors and seeds included", async () => {
    const folder = newFolder();
    const plain = ladder(simdTrainer(), OPTIONS)(1);
    for (const _ of ["computed", "kept"])
      for (const [i, estimator] of ladder(
        cachedTrainer(simdTrainer(), folder),
        OPTIONS,
      )(1).entries())
        for (const update of ["frozen", "updated"] as const)
          expect(await estimator.estimate(PANEL, SPLIT, update), estimator.id).toStrictEqual(
            await plain[i]!.estimate(PANEL, SPLIT, update),
          );
  });

  it("is computed once, whoever asks for it: another process, another use of the ladder", async () => {
    const folder = newFolder();
    const train = vi.fn<Trainer["train"]>();
    await gainCandidates(cachedTrainer(simdTrainer(), folder), OPTIONS)[0]!.estimator.estimate(
      PANEL,
      SPLIT,
      "frozen",
    );
    const silent = cachedTrainer({ ...simdTrainer(), train }, folder);
    const network = ladder(silent, OPTIONS)(1).find(({ id }) => id.startsWith("neural"))!;
    expect((await network.estimate(PANEL, SPLIT, "frozen")).seeds).toHaveLength(2);
    expect(train).not.toHaveBeenCalled();
  });

  it("is not that of another panel, split, update, estimator or choice", async () => {
    const folder = newFolder();
    const ask = async (
      more: Partial<Estimator> = {},
      panel = PANEL,
      split = SPLIT,
      update: "frozen" | "updated" = "frozen",
    ) => {
      const { estimate, kept } = counted(folder, more);
      await kept.estimate(panel, split, update);
      return estimate.mock.calls.length;
    };
    expect(await ask()).toBe(1);
    expect(await ask()).toBe(0);
    const changed = PANEL.coinLogReturns.map((r, at) => (at === 0 ? r * (1 + Number.EPSILON) : r));
    const later = { ...SPLIT, inSample: { ...SPLIT.inSample, from: "2018-08" } };
    const predictors = { names: ["Z"], values: new Float64Array(48) };
    for (const other of [
      () => ask({ key: "2" }),
      () => ask({ id: "other" }),
      () => ask({}, { ...PANEL, coins: ["A", "C"] }),
      () => ask({}, { ...PANEL, frequency: "weekly" }),
      () => ask({}, { ...PANEL, predictors }),
      () => ask({}, { ...PANEL, coinLogReturns: changed }),
      () => ask({}, PANEL, later),
      () => ask({}, PANEL, SPLIT, "updated"),
    ]) {
      expect(await other()).toBe(1);
      expect(await other()).toBe(0);
    }
  });

  it("does not exist where an estimator cannot name its choices", async () => {
    const { estimate, kept } = counted(newFolder());
    const { key: _, ...nameless } = kept;
    const unnamed = cachedTrainer(simdTrainer(), newFolder()).paths!(nameless);
    expect(unnamed).toBe(nameless);
    expect(estimate).not.toHaveBeenCalled();
  });

  it("is not changed by what is done to a result", async () => {
    const folder = newFolder();
    const { kept } = counted(folder);
    const first = await kept.estimate(PANEL, SPLIT, "frozen");
    first.values.fill(0);
    const second = await kept.estimate(PANEL, SPLIT, "frozen");
    second.values.fill(0);
    const third = await kept.estimate(PANEL, SPLIT, "frozen");
    expect(third.values.slice(66, 72)).toEqual(
      Float64Array.from({ length: 6 }, (_, at) => (at % 2) + (33 + Math.floor(at / 2)) / 7),
    );
  });
});

describe("the name of content", () => {
  it("is another for every bit of an array, its type, and numbers that JSON has no word for", () => {
    const names = [
      Float64Array.of(1),
      Float64Array.of(1 + Number.EPSILON),
      Float64Array.of(Number.NaN),
      Float32Array.of(1, 0),
      [1],
      [Number.POSITIVE_INFINITY],
      [null],
      { a: 1 },
      { b: 1 },
      "a",
      ["a"],
    ].map(contentHash);
    expect(new Set(names).size).toBe(names.length);
    expect(contentHash({ a: Float64Array.of(1, 2).subarray(1) })).toBe(
      contentHash({ a: Float64Array.of(2) }),
    );
  });

  it("is one for the built code, whenever it is asked for", () => {
    expect(codeHash()).toMatch(/^[0-9a-f]{32}$/);
    expect(codeHash()).toBe(codeHash());
  });
});
