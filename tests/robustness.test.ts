/** What only several processes, odd folders and odd calls bring to light. */

import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { stitchedBeta } from "../lib/src/betas/assemble.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { walkForward } from "../lib/src/comparing/walk-forward.js";
import { cachedTrainer } from "../lib/src/models/cache/trainer.js";
import type { Trainer } from "../lib/src/models/trainer.js";
import { readStudy } from "../lib/src/study-file.js";
import { betaPath, DataError } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";
import { scratchFolder, write } from "./support/scratch.js";

const S = scratchFolder();
let n = 0;
const folder = () => join(S, `f${n++}`);
const block = (input: number) => ({
  inputs: Float32Array.of(input),
  coinReturns: Float32Array.of(1),
  marketReturns: Float32Array.of(1),
});
const data = (input = 0) => ({ inSample: block(input), validation: block(input) });
const job = {
  label: "a",
  shape: { inputs: 1, hidden: 1, markets: 1, activation: "tanh" as const },
  startWeights: new Float32Array(4),
  learningRate: 0.1,
  epochs: 2,
};
const network = {
  weights: Float32Array.of(1),
  bestEpoch: 0,
  inSampleLoss: Float64Array.of(1),
  validationLoss: Float64Array.of(1),
};
const stub = (): Trainer => ({
  id: "s",
  train: vi.fn(async (_d, jobs, o) =>
    jobs.map((_: unknown, i: number) => {
      o?.onTrained?.(i, network);
      return network;
    }),
  ),
});

it("forgets only data sets of its own, no other file or folder of the user", async () => {
  const f = folder();
  write(join(f, "thesis", "chapter.txt"), "x".repeat(1000));
  write(join(f, "notes.txt"), "y".repeat(1000));
  await cachedTrainer(stub(), f, { limit: 500 }).train(data(), [job]);
  expect(existsSync(join(f, "thesis", "chapter.txt"))).toBe(true);
  expect(existsSync(join(f, "notes.txt"))).toBe(true);
});
it("a folder among the files of a data set is no raw EISDIR", async () => {
  const f = folder();
  await cachedTrainer(stub(), f).train(data(), [job]);
  mkdirSync(join(f, readdirSync(f)[0]!, "x"));
  await cachedTrainer(stub(), f)
    .train(data(), [job])
    .catch((e) => expect(e).toBeInstanceOf(DataError));
});
it("too few dates are no collinear markets", () => {
  expect(
    pooledBeta(seededPanel(2, ["A", "B"], ["X", "Y"]), {
      from: "2018-01",
    }).values.every(Number.isNaN),
  ).toBe(true);
});
it("a fitted path is not stitched into a walk-forward one", async () => {
  const panel = seededPanel(3, ["A"], ["X"]);
  const r = { from: "2018-02", through: "2018-02" };
  await expect(
    walkForward(
      panel,
      { id: "f", estimate: (p) => betaPath(p, "fitted", () => [1]) },
      { splits: [{ inSample: r, validation: r, outOfSample: r }], update: "frozen" },
    ),
  ).rejects.toThrow();
});
it("a path of other markets is refused", () => {
  const [narrow, wide] = [seededPanel(3, ["A"], ["X"]), seededPanel(3, ["A"], ["X", "Y"])];
  expect(() =>
    stitchedBeta(wide, [
      {
        path: betaPath(narrow, "walkForward", () => [1]),
        range: { from: "2018-01", through: "2018-03" },
      },
    ]),
  ).toThrow(RangeError);
});
it("a test range that ends before it begins is refused by its key", async () => {
  const f = write(
    join(folder(), "s.json"),
    JSON.stringify({
      walkForward: { test: { from: "2024-01", through: "2021-12" } },
    }),
  );
  await expect(readStudy(f)).rejects.toThrow("walkForward.test");
});
it("a limit that is no number is refused", async () => {
  const f = folder();
  await cachedTrainer(stub(), f).train(data(1), [job]);
  let thrown: unknown;
  try {
    await cachedTrainer(stub(), f, { limit: Number.NaN }).train(data(2), [job]);
  } catch (e) {
    thrown = e;
  }
  expect([thrown instanceof RangeError, readdirSync(f).length]).toEqual([true, 1]);
});
it("networks of a trainer that does not call onTrained are kept", async () => {
  const f = folder();
  const quiet = { id: "q", train: vi.fn(async () => [network]) };
  await cachedTrainer(quiet, f).train(data(), [job]);
  await cachedTrainer(quiet, f).train(data(), [job]);
  expect(quiet.train).toHaveBeenCalledTimes(1);
});
it("refuses Infinity epochs with batches", async () => {
  let calls = 0;
  const order = () => {
    if (++calls > 1000) throw new Error("asked for the order of epoch 1000 and on");
    return Uint32Array.of(0);
  };
  const refusing: Trainer = {
    id: "r",
    train: async () => {
      throw new RangeError("epochs must be an integer");
    },
  };
  await expect(
    cachedTrainer(refusing, folder()).train(data(), [
      { ...job, epochs: Infinity, batches: { size: 1, order } },
    ]),
  ).rejects.toThrow("epochs must be");
});
it("a refused run leaves no empty file", async () => {
  const f = folder();
  const refusing: Trainer = {
    id: "r",
    train: async () => {
      throw new RangeError("no");
    },
  };
  for (const _ of [1, 2, 3])
    await cachedTrainer(refusing, f)
      .train(data(), [job])
      .catch(() => undefined);
  expect(existsSync(f) ? readdirSync(f, { recursive: true }).length : 0).toBe(0);
});
it("an aborted signal ends a run of kept networks too", async () => {
  const f = folder();
  await cachedTrainer(stub(), f).train(data(), [job]);
  await expect(
    cachedTrainer(stub(), f).train(data(), [job], {
      signal: AbortSignal.abort(new Error("enough")),
    }),
  ).rejects.toThrow("enough");
});
