/** What every trainer checks, and the order of rows in an epoch. */

import { describe, expect, it } from "vitest";
import type { Activation } from "../lib/src/models/network.js";
import {
  checkTraining,
  epochOrder,
  type TrainingBlock,
  type TrainingData,
  type TrainingJob,
} from "../lib/src/models/trainer.js";

const ROWS = 3;
const SHAPE = { inputs: 2, hidden: 1, markets: 1, activation: "tanh" } as const;

const BLOCK: TrainingBlock = {
  inputs: new Float32Array(ROWS * 2).fill(1),
  coinReturns: new Float32Array(ROWS).fill(1),
  marketReturns: new Float32Array(ROWS).fill(1),
};
const EMPTY: TrainingBlock = {
  inputs: new Float32Array(),
  coinReturns: new Float32Array(),
  marketReturns: new Float32Array(),
};
const DATA: TrainingData = { inSample: BLOCK, validation: BLOCK };

const JOB: TrainingJob = {
  label: "FIAT, replicate 0",
  shape: SHAPE,
  startWeights: new Float32Array(5),
  learningRate: 0.1,
  epochs: 1,
};

const batches = (size: number) => ({
  size,
  order: () => Uint32Array.of(0, 1, 2),
});

const refusalOf = (data: TrainingData, jobs: readonly TrainingJob[]) => {
  try {
    checkTraining(data, jobs);
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("checkTraining", () => {
  it.each<[string, Partial<TrainingJob>]>([
    ["one step per epoch", {}],
    ["batches of one row", { batches: batches(1) }],
    ["one batch of all rows", { batches: batches(ROWS) }],
    ["a patience of one epoch", { patience: 1 }],
    ["a weight decay of zero", { weightDecay: 0 }],
  ])("accepts %s", (_, part) => {
    expect(refusalOf(DATA, [{ ...JOB, ...part }])).toBeUndefined();
  });

  it.each<[string, Partial<TrainingJob>]>([
    ["learningRate must be a finite number above 0, got 0", { learningRate: 0 }],
    ["learningRate must be a finite number above 0, got NaN", { learningRate: Number.NaN }],
    [
      "learningRate must be a finite number above 0, got Infinity",
      { learningRate: Number.POSITIVE_INFINITY },
    ],
    ["epochs must be an integer of at least 1, got 0", { epochs: 0 }],
    ["epochs must be an integer of at least 1, got 1.5", { epochs: 1.5 }],
    ["patience must be an integer of at least 1, got 0", { patience: 0 }],
    ["weightDecay must be at least 0 and below 1 / learningRate, got -0.1", { weightDecay: -0.1 }],
    [
      "weightDecay must be at least 0 and below 1 / learningRate, got NaN",
      { weightDecay: Number.NaN },
    ],
    [
      "weightDecay must be at least 0 and below 1 / learningRate, got Infinity",
      { weightDecay: Number.POSITIVE_INFINITY },
    ],
    ["shape.hidden must be an integer of at least 1, got 0", { shape: { ...SHAPE, hidden: 0 } }],
    [
      "activation must be one of linear, sigmoid, tanh, relu, got swish",
      { shape: { ...SHAPE, activation: "swish" as Activation } },
    ],
    [
      "startWeights must be finite, got NaN at index 2; leave out rows with missing values first",
      { startWeights: Float32Array.of(0, 0, Number.NaN, 0, 0) },
    ],
    ["startWeights must have 5 numbers, got 4", { startWeights: new Float32Array(4) }],
    [
      "inSample must have 3 rows of 3 inputs and 1 markets, got 6 and 3 numbers",
      {
        shape: { ...SHAPE, inputs: 3 },
        startWeights: new Float32Array(6),
      },
    ],
    [
      "inSample must have 3 rows of 2 inputs and 2 markets, got 6 and 3 numbers",
      {
        shape: { ...SHAPE, markets: 2 },
        startWeights: new Float32Array(7),
      },
    ],
    ["batches.size must be an integer of at least 1, got 0", { batches: batches(0) }],
    ["batches.size must be at most the 3 fitting rows, got 4", { batches: batches(4) }],
  ])("names the job and says that %s", (message, part) => {
    expect(refusalOf(DATA, [JOB, { ...JOB, ...part }])).toEqual(
      new RangeError(`train (FIAT, replicate 0): ${message}`),
    );
  });

  it.each<[string, Partial<TrainingData>]>([
    ["block inSample must have rows, got none", { inSample: EMPTY }],
    ["block validation must have rows, got none", { validation: EMPTY }],
    [
      "inSample.inputs must be finite, got NaN at index 3; leave out rows with missing values first",
      {
        inSample: { ...BLOCK, inputs: BLOCK.inputs.with(3, Number.NaN) },
      },
    ],
    [
      "validation.coinReturns must be finite, got Infinity at index 0; leave out rows with missing values first",
      {
        validation: {
          ...BLOCK,
          coinReturns: BLOCK.coinReturns.with(0, Number.POSITIVE_INFINITY),
        },
      },
    ],
    [
      "validation.marketReturns must be finite, got NaN at index 2; leave out rows with missing values first",
      {
        validation: {
          ...BLOCK,
          marketReturns: BLOCK.marketReturns.with(2, Number.NaN),
        },
      },
    ],
  ])("says of the data that %s", (message, part) => {
    expect(refusalOf({ ...DATA, ...part }, [])).toEqual(new RangeError(`train: ${message}`));
  });

  it("refuses a validation block of another width than the fitting block", () => {
    const narrow = { ...BLOCK, inputs: new Float32Array(ROWS) };
    expect(refusalOf({ ...DATA, validation: narrow }, [JOB])).toEqual(
      new RangeError(
        "train (FIAT, replicate 0): validation must have 3 rows of 2 inputs and 1 markets, got 3 and 3 numbers",
      ),
    );
  });
});

describe("epochOrder", () => {
  const ordered = (order: readonly number[]): TrainingJob => ({
    ...JOB,
    batches: { size: 2, order: () => Uint32Array.from(order) },
  });

  it("is the job's own order", () => {
    expect([...epochOrder(ordered([2, 0, 1]), 1, 3)]).toEqual([2, 0, 1]);
    const many = Array.from({ length: 300_000 }, (_, row) => row);
    expect(epochOrder(ordered(many), 1, many.length)).toHaveLength(many.length);
  });

  it.each([
    ["a row twice", [0, 0, 1]],
    ["a row too few", [0, 1]],
    ["a row that there is not", [0, 1, 3]],
  ])("refuses an order with %s, which would train on other rows", (_, order) => {
    expect(() => epochOrder(ordered(order), 4, 3)).toThrow(
      "the order of epoch 4 must name each of the 3 fitting rows once",
    );
  });
});
