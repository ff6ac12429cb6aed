/** Training of the amortised network on made-up rows: its rate, its steps and its scores, by a plain loop. */

import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { FEATURES } from "../lib/src/models/amortised/features.js";
import { amortisedKernel } from "../lib/src/models/amortised/kernel.js";
import { startWeights } from "../lib/src/models/amortised/network.js";
import { processLosses } from "../lib/src/models/amortised/process-losses.js";
import { ROW, type Rows, TARGET } from "../lib/src/models/amortised/rows.js";
import { folded, scalerOf, standardise } from "../lib/src/models/amortised/scaler.js";
import { scoreRows } from "../lib/src/models/amortised/score.js";
import {
  rateAt,
  TRAINING_PLAN,
  type TrainingRows,
  trainOn,
} from "../lib/src/models/amortised/training.js";
import { stream } from "../lib/src/random.js";

it("trains at a rate that rises over fifty steps and falls by a cosine to a hundredth", () => {
  const at = (step: number) => rateAt({ rate: 2 }, step, 1000) / 2;
  expect(at(0)).toBeCloseTo(0.02 * 1.01, 12);
  expect(at(24)).toBeCloseTo(0.5 * ((1 + Math.cos((Math.PI * 24) / 1000)) / 2 + 0.01), 12);
  expect(at(250)).toBeCloseTo((1 + Math.SQRT1_2) / 2 + 0.01, 12);
  expect(at(500)).toBeCloseTo(0.51, 12);
  expect(at(1000)).toBeCloseTo(0.01, 12);
});

it("trains on rounds of chunks by steps on blocks in a new order, and scores the rows that it keeps apart", async () => {
  /** Numbers spread evenly from 0 to 1, elsewhere in every chunk. */
  const chunkOf = (name: string, count: number): Rows => {
    const first = stream("made-up rows", name).uniform();
    const spread = (width: number, make: (value: number, column: number) => number) =>
      Float32Array.from({ length: count * width }, (_, at) =>
        make((first + 0.618034 * at) % 1, at % width),
      );
    return {
      count,
      features: spread(ROW.features, (v, d) => (d < FEATURES ? 2 + 3 * v : 0)),
      experts: spread(ROW.experts, (v) => 4 * v - 2),
      targets: spread(ROW.targets, (v, column) => {
        if (column === TARGET.process) return Math.floor(9 * v);
        if (column === TARGET.rows) return Math.floor(260 * v);
        return column < TARGET.sd ? 4 * v - 2 : 0.5 + v;
      }),
    };
  };
  const plan = { ...TRAINING_PLAN, hidden: [4], rounds: 2, passes: 6, batch: 3, seed: 4 };
  let asked = 0;
  const rows: TrainingRows = {
    count: 256,
    next: async () => chunkOf(`chunk ${asked++}`, 128),
    validationCount: 128,
    validation: (chunk) => chunkOf(`validation ${chunk}`, 64),
  };
  const told: number[][] = [];
  const onProgress = (...steps: number[]) => told.push(steps);
  const found = await trainOn(rows, plan, { onProgress });
  expect(asked).toBe(4);
  // Four blocks are one step of three in every pass.
  expect(told).toEqual([0, 10, 12].map((step) => [step, 12]));
  expect([found.steps, found.visits]).toEqual([12, 12 * 3 * 64]);
  const hash = createHash("sha256");
  const { features, experts, targets } = chunkOf("chunk 0", 128);
  for (const values of [features, experts, targets]) hash.update(values);
  expect(found.priorHash).toBe(hash.digest("hex"));

  const widths = [220, 4, 72];
  const kernel = amortisedKernel(widths, 6);
  kernel.weights().set(startWeights(widths, 4));
  const write = (chunk: Rows, at: number) => {
    for (const name of ["features", "experts", "targets"] as const)
      kernel.rows()[name].set(chunk[name], at * ROW[name]);
  };
  const ours = (from: number, to: number) =>
    kernel.rows().features.subarray(from * ROW.features, to * ROW.features);
  const costs = processLosses();
  write(chunkOf("chunk 0", 128), 0);
  write(chunkOf("chunk 1", 128), 128);
  const scaler = scalerOf(ours(0, 256));
  write(chunkOf("validation 0", 64), 256);
  write(chunkOf("validation 1", 64), 320);
  standardise(ours(256, 384), scaler);
  const curve = [0, 1].map((round) => {
    write(chunkOf(`chunk ${2 * round}`, 128), 0);
    write(chunkOf(`chunk ${2 * round + 1}`, 128), 128);
    standardise(ours(0, 256), scaler);
    const squares = costs.weigh(kernel.rows().targets, 256);
    for (let pass = 0; pass < 6; pass++) {
      const order = stream(4, "amortised", "order", round, pass).permutation(4);
      const blocks = Int32Array.from(order.slice(0, 3));
      kernel.step(blocks, rateAt(plan, 6 * round + pass, 12), plan.decay);
    }
    costs.learn(kernel.rows().targets, kernel.losses(), squares);
    return scoreRows(kernel, 4, 2);
  });
  expect(found.curve).toEqual(curve);
  expect(found.weights).toEqual(folded(kernel.weights(), 4, scaler));
});

const emptyRows: Rows = {
  count: 64,
  features: new Float32Array(64 * ROW.features),
  experts: new Float32Array(64 * ROW.experts),
  targets: new Float32Array(64 * ROW.targets),
};

it("ends its training with the reason of a signal", async () => {
  const rows: TrainingRows = {
    count: 64,
    validationCount: 64,
    ...{ next: async () => emptyRows, validation: () => emptyRows },
  };
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(trainOn(rows, { ...TRAINING_PLAN, batch: 1 }, { signal })).rejects.toThrow("enough");
});
