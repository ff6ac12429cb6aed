/** Blocks that are cut from series: laid out for the kernel without their rows, and the same in every number as those that have them. */

import { describe, expect, it } from "vitest";
import { contentHash } from "../lib/src/models/cache/content-hash.js";
import { rowLayout, sharedLayout } from "../lib/src/models/simd/block-layout.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import type { TrainingData } from "../lib/src/models/trainer.js";
import { blockOf, cutOf, inputsOf, plainBlock } from "../lib/src/models/training-block.js";
import { prepareFinal, preparePanel, trainingJobs } from "../lib/src/models/training-jobs.js";
import type { Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const whole = seededPanel(60, ["A", "B", "C"], ["X", "Y"]);
/** Coin B begins late. */
const late: Panel = {
  ...whole,
  coinLogReturns: whole.coinLogReturns.map((r, at) => (at % 3 === 1 && at < 60 ? Number.NaN : r)),
};
const { dates } = whole;
const range = (from: number, through: number) => ({ from: dates[from]!, through: dates[through]! });
const options = {
  lookback: 5,
  split: { inSample: range(5, 35), validation: range(36, 47), outOfSample: range(48, 59) },
  ...({ hidden: 3, activation: "tanh", learningRate: 0.01, start: "ols" } as const),
  ...{ epochs: 10, seed: 1, replicates: 2 },
};

/** The same with its rows side by side. */
const laid = ({ inSample, validation }: TrainingData): TrainingData => ({
  inSample: { ...inSample },
  validation: { ...validation },
});

describe.each([
  ["whole", whole],
  ["unbalanced", late],
])("the blocks of a panel that is %s", (_, panel) => {
  const prepared = preparePanel(panel, options);
  const { data } = prepared;
  const rows = laid(data);

  it("know their series, and a copy of them its inputs alone", () => {
    expect(cutOf(data.inSample)!.lookback).toBe(5);
    expect(cutOf(rows.inSample)).toBeUndefined();
    expect(rows.inSample.inputs).toHaveLength(rows.inSample.coinReturns.length * 5 * 3);
    expect(inputsOf(data.inSample)).toBe(rows.inSample.inputs.length);
    const other = { ...data.inSample, inputs: new Float32Array(3) };
    expect(inputsOf(other)).toBe(3);
  });

  it("lie in the kernel's memory as their rows do", () => {
    for (const block of ["inSample", "validation"] as const) {
      expect(rowLayout(data[block])).toEqual(rowLayout(rows[block]));
      expect(sharedLayout(data[block])).toEqual(sharedLayout(rows[block]));
    }
    const shares = sharedLayout(data.inSample)?.byDate !== undefined;
    expect(shares).toBe(panel === whole);
  });

  it("train to the same bits, in this thread and in others", async () => {
    const jobs = trainingJobs(prepared, options);
    const expected = await simdTrainer().train(rows, jobs);
    expect(await simdTrainer().train(data, jobs)).toEqual(expected);
    expect(await simdTrainer({ threads: 2 }).train(data, jobs)).toEqual(expected);
    expect(await simdTrainer({ threads: 2 }).train(rows, jobs)).toEqual(expected);
  });

  it("cross to another thread, and into a hash, without their rows", () => {
    const sent = structuredClone(plainBlock(data.inSample));
    expect(sent).not.toHaveProperty("inputs");
    expect(blockOf(sent).inputs).toEqual(rows.inSample.inputs);
    expect(blockOf(plainBlock(rows.inSample))).toEqual(rows.inSample);
    const hashed = contentHash(plainBlock(data.inSample));
    expect(contentHash(plainBlock(data.validation))).not.toBe(hashed);
    expect(contentHash(plainBlock(preparePanel(panel, options).data.inSample))).toBe(hashed);
  });
});

it("both blocks together hold no row whose target is missing", () => {
  // Coin A has no return on the fifth date of the validation block.
  const coinLogReturns = whole.coinLogReturns.map((r, at) => (at === 3 * 40 ? Number.NaN : r));
  const { data, blocks } = prepareFinal({ ...whole, coinLogReturns }, options);
  expect(data.inSample.coinReturns.every(Number.isFinite)).toBe(true);
  // Three coins on 43 dates, but for A on that date and on the five that look back to it.
  expect(blocks.inSample.target).toHaveLength(3 * 43 - 6);
});
