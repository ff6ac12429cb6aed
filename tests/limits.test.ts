/** Limits of a study's keys: the largest and the smallest value are read, the next is refused by its key. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FILE_LIMITS, STUDY_LIMITS } from "../lib/src/limits.js";
import { readStudy } from "../lib/src/study-file.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();

/** A study of some keys, read from a file. */
const read = (keys: object) => readStudy(write(join(folder, "study.json"), JSON.stringify(keys)));

const names = (n: number) => Array.from({ length: n }, (_, i) => `S${i}`);
const numbers = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

/** Faults of a study, by key; none where it is read. */
async function faults(keys: object): Promise<string> {
  try {
    await read(keys);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("a key of a study", () => {
  // One network of one epoch: what is large together has a limit of its own.
  const small = {
    epochs: 1,
    grid: { hidden: [1], learningRates: [0.1], activations: ["relu"], replicates: 1 },
    starts: ["glorot"],
  };
  it.each<[string, number, number, (value: number) => object]>([
    ["coins", 1, 10_000, (n) => ({ coins: names(n) })],
    ["markets", 1, 100, (n) => ({ markets: names(n) })],
    ["lookback", 1, 10_000, (lookback) => ({ lookback })],
    ["baseline.hidden", 1, 4096, (hidden) => ({ baseline: { hidden } })],
    ["baseline.replicates", 1, 10_000, (replicates) => ({ baseline: { replicates } })],
    ["grid.hidden.0", 1, 4096, (n) => ({ grid: { ...small.grid, hidden: [n] } })],
    ["grid.hidden", 1, 100, (n) => ({ grid: { ...small.grid, hidden: numbers(n) } })],
    ["grid.replicates", 1, 10_000, (n) => ({ grid: { ...small.grid, replicates: n } })],
    ["epochs", 1, 100_000, (epochs) => ({ epochs })],
    ["budget", 1, 525_600, (budget) => ({ budget })],
    ["batchSize", 1, 1_000_000, (batchSize) => ({ batchSize })],
    ["walkForward.fitYears", 1, 1000, (fitYears) => ({ walkForward: { fitYears } })],
    ["bootstrap.draws", 99, 1_000_000, (draws) => ({ bootstrap: { draws, level: 0.9 } })],
    ["sorts.quantiles", 2, 1000, (quantiles) => ({ sorts: { quantiles } })],
  ])("%s is from %d to %d", async (key, least, most, keys) => {
    expect(await faults({ ...small, ...keys(least) })).toBe("");
    expect(await faults({ ...small, ...keys(most) })).toBe("");
    for (const value of [least - 1, most + 1])
      expect(await faults({ ...small, ...keys(value) })).toContain(`${key}: `);
  });

  it("has at most 1,000 market sets and 100 files of betas", async () => {
    const sets = (n: number) => ({ ...small, markets: names(100), marketSets: pairs(n) });
    const pairs = (n: number) =>
      Array.from({ length: n }, (_, i) => `S${Math.floor(i / 50)}+S${50 + (i % 50)}`);
    expect(await faults(sets(1000))).toBe("");
    expect(await faults(sets(1001))).toContain("marketSets: ");
    const files = (n: number) => ({ estimators: names(n).map((id) => ({ id, file: "b.csv" })) });
    expect(await faults(files(100))).toBe("");
    expect(await faults(files(101))).toContain("estimators: ");
  });

  it("that is a share or a rate lies within its open ends", async () => {
    const rate = (learningRate: number) => ({ baseline: { learningRate } });
    const level = (value: number) => ({ bootstrap: { draws: 1_000_000, level: value } });
    const cost = (value: number) => ({ sorts: { cost: value } });
    for (const keys of [rate(1e-9), rate(100), level(1e-9), level(0.9999), cost(0), cost(0.999)])
      expect(await faults(keys)).toBe("");
    for (const keys of [rate(0), rate(100.1), level(0), level(1), cost(-1e-9), cost(1)])
      expect(await faults(keys)).toMatch(/^\S+: (baseline|bootstrap|sorts)\.\w+: /);
  });
});

it("leaves room for what the README says: files, threads and arrays", () => {
  expect(FILE_LIMITS).toEqual({
    json: 4e6,
    data: 256e6,
    line: 1e6,
    rows: 5e6,
    columns: 1e4,
  });
  // Doubles of eight bytes.
  expect([8 * STUDY_LIMITS.numbers, STUDY_LIMITS.search]).toEqual([4e9, 4e9]);
  expect(STUDY_LIMITS.threads).toBe(2 ** 10);
});
