/** The trainer of TensorFlow.js, the reference network. */

import { describe, expect, it } from "vitest";
import {
  ACTIVATIONS,
  type Activation,
  type NetworkShape,
  networkOutputs,
  parameterCount,
  startingWeights,
  weightParts,
} from "../lib/src/models/network.js";
import { tfjs } from "../lib/src/models/tfjs/backend.js";
import { reportFamily } from "../lib/src/models/tfjs/family.js";
import { tfjsTrainer } from "../lib/src/models/tfjs/trainer.js";
import type {
  TrainedNetwork,
  TrainingBlock,
  TrainingData,
  TrainingJob,
} from "../lib/src/models/trainer.js";
import { stream } from "../lib/src/random.js";
import { plainTrainer } from "./support/helpers.js";

/** Relative: a loss in float32 against the same in float64. */
const LOSS = 1e-5;
/** Relative: ten epochs of training in float32 against float64. */
const CURVE = 1e-4;
/** Absolute: weights around 1 in float32. */
const WEIGHT = 1e-6;

const INPUTS = 6;

const shape = (activation: Activation, markets = 1): NetworkShape => ({
  inputs: INPUTS,
  hidden: 4,
  markets,
  activation,
});

/** Rows whose best beta depends on the first input. */
function seededBlock(rows: number, markets: number, key: string): TrainingBlock {
  const draw = stream("block", rows, markets, key);
  const swing = () => 2 * (2 * draw.uniform() - 1);
  const inputs = Float32Array.from({ length: rows * INPUTS }, swing);
  const marketReturns = Float32Array.from({ length: rows * markets }, swing);
  const coinReturns = Float32Array.from({ length: rows }, (_, row) => {
    let hedge = 0.5 * swing();
    for (let k = 0; k < markets; k++)
      hedge += (1 + inputs[row * INPUTS]! / (1 + k)) * marketReturns[row * markets + k]!;
    return hedge;
  });
  return { inputs, coinReturns, marketReturns };
}

const seededData = (markets = 1): TrainingData => ({
  inSample: seededBlock(20, markets, "inSample"),
  validation: seededBlock(8, markets, "validation"),
});

function seededJob(network: NetworkShape, part: Partial<TrainingJob> = {}): TrainingJob {
  return {
    label: "test",
    shape: network,
    startWeights: startingWeights(network, {
      start: "glorot",
      stream: stream("start"),
      pooled: [],
    }),
    learningRate: 0.03,
    epochs: 10,
    ...part,
  };
}

const train = async (data: TrainingData, job: TrainingJob): Promise<TrainedNetwork> =>
  (await tfjsTrainer().train(data, [job]))[0]!;

function hedgingLoss(network: NetworkShape, weights: Float32Array, block: TrainingBlock): number {
  const K = network.markets;
  const outputs = networkOutputs(network, weights, block.inputs);
  let sum = 0;
  block.coinReturns.forEach((r, row) => {
    let error = r;
    for (let k = 0; k < K; k++) error -= outputs[row * K + k]! * block.marketReturns[row * K + k]!;
    sum += error ** 2;
  });
  return sum / block.coinReturns.length;
}

function expectCurve(actual: Float64Array, expected: Float64Array, tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((loss, epoch) => {
    expect(Math.abs(loss / expected[epoch]! - 1), `epoch ${epoch}`).toBeLessThanOrEqual(tolerance);
  });
}

const lowest = (curve: Float64Array) => curve.indexOf(Math.min(...curve));

/** A 1-1-1 network: hidden weight and bias, output weight and bias. */
const TINY: NetworkShape = {
  inputs: 1,
  hidden: 1,
  markets: 1,
  activation: "linear",
};
const tinyBlock = (x: number, r: number, f: number): TrainingBlock => ({
  inputs: Float32Array.of(x),
  coinReturns: Float32Array.of(r),
  marketReturns: Float32Array.of(f),
});

/** Fitting and validation rows ask for opposite betas: the start is best. */
const OPPOSED: TrainingData = {
  inSample: tinyBlock(1, 1, 1),
  validation: tinyBlock(1, -1, 1),
};

describe("reportFamily", () => {
  it("has the outputs of the plain network, for every activation", async () => {
    const lib = await tfjs();
    for (const activation of ACTIVATIONS) {
      const network = shape(activation, 2);
      const { startWeights } = seededJob(network);
      const { inputs } = seededBlock(5, 2, "outputs");
      const [w1, b1, w2, b2] = weightParts(network, startWeights);
      const model = reportFamily.model(lib, network);
      expect(model.countParams()).toBe(parameterCount(network));
      const outputs = lib.tf.tidy(() => {
        model.setWeights([
          lib.tf.tensor2d(w1, [INPUTS, 4]),
          lib.tf.tensor1d(b1),
          lib.tf.tensor2d(w2, [4, 2]),
          lib.tf.tensor1d(b2),
        ]);
        const rows = model.apply(lib.tf.tensor2d(inputs, [5, INPUTS]));
        return (rows as ReturnType<typeof lib.tf.tensor2d>).dataSync();
      });
      model.dispose();
      networkOutputs(network, startWeights, inputs).forEach((output, at) => {
        expect(Math.abs(outputs[at]! - output)).toBeLessThanOrEqual(WEIGHT);
      });
    }
  });
});

describe("tfjsTrainer", () => {
  describe.each([1, 2])("with %i markets", (markets) => {
    const data = seededData(markets);

    it.each(ACTIVATIONS)(
      "reports the losses of the weights that it returns (%s)",
      async (activation) => {
        const network = shape(activation, markets);
        const trained = await train(data, seededJob(network));
        for (const name of ["inSample", "validation"] as const) {
          const curve = trained[`${name}Loss`];
          const loss = hedgingLoss(network, trained.weights, data[name]);
          expect(Math.abs(curve[trained.bestEpoch]! / loss - 1)).toBeLessThanOrEqual(LOSS);
        }
      },
    );

    it.each(ACTIVATIONS)(
      "follows the plain trainer on all rows at once (%s)",
      async (activation) => {
        const job = seededJob(shape(activation, markets));
        const [plain] = await plainTrainer.train(data, [job]);
        const trained = await train(data, job);
        expectCurve(trained.inSampleLoss, plain!.inSampleLoss, CURVE);
        expectCurve(trained.validationLoss, plain!.validationLoss, CURVE);
        expect(trained.bestEpoch).toBe(plain!.bestEpoch);
      },
    );

    it("follows the plain trainer on batches in a new order each epoch, the last one smaller", async () => {
      const job = seededJob(shape("tanh", markets), {
        batches: {
          size: 8,
          order: (epoch) => stream("order", epoch).permutation(20),
        },
      });
      const [plain] = await plainTrainer.train(data, [job]);
      const trained = await train(data, job);
      expectCurve(trained.inSampleLoss, plain!.inSampleLoss, CURVE);
      expectCurve(trained.validationLoss, plain!.validationLoss, CURVE);
    });
  });

  it("follows AdamW in its weight decay: the gradient is that of the weights before they decay", async () => {
    const data = seededData();
    const job = seededJob(shape("tanh"), { weightDecay: 2 });
    const [plain] = await plainTrainer.train(data, [job]);
    const trained = await train(data, job);
    expectCurve(trained.inSampleLoss, plain!.inSampleLoss, CURVE);
  });

  it("starts with Adam's step by hand: the rate, against the sign of the gradient", async () => {
    // Unit 2, beta 3 x 2 + 1 = 7, error 6 - 7 = -1; by the beta the loss has the slope 2.
    const trained = await train(
      { inSample: tinyBlock(1, 6, 1), validation: tinyBlock(1, 6, 1) },
      seededJob(TINY, {
        startWeights: Float32Array.of(2, 0, 3, 1),
        learningRate: 0.01,
        epochs: 1,
      }),
    );
    expect(trained.inSampleLoss[0]).toBe(1);
    expect(trained.bestEpoch).toBe(1);
    [1.99, -0.01, 2.99, 0.99].forEach((weight, i) => {
      expect(Math.abs(trained.weights[i]! - weight)).toBeLessThanOrEqual(WEIGHT);
    });
  });

  it("halves the first step where the gradient is Adam's epsilon, 1e-7", async () => {
    const data = tinyBlock(0, 5e-8, 1);
    const { weights } = await train(
      { inSample: data, validation: data },
      seededJob(TINY, {
        startWeights: new Float32Array(4),
        learningRate: 1e-8,
        epochs: 1,
      }),
    );
    expect(weights[3]! / 1e-8).toBeCloseTo(0.5, 4);
  });

  it("weighs earlier gradients by 0.9 and 0.999 in the second step", async () => {
    // Only the output bias moves: its gradients are -2 (r - b), from b = 0 and then from b = 1.
    const data = tinyBlock(0, 3, 1);
    const { weights, bestEpoch } = await train(
      { inSample: data, validation: data },
      seededJob(TINY, {
        startWeights: new Float32Array(4),
        learningRate: 1,
        epochs: 2,
      }),
    );
    const first = (0.9 * 0.1 * -6 + 0.1 * -4) / (1 - 0.9 * 0.9);
    const second = (0.999 * 0.001 * 36 + 0.001 * 16) / (1 - 0.999 * 0.999);
    expect(bestEpoch).toBe(2);
    // One minus a power of 0.999 loses digits in float32.
    expect(weights[3]).toBeCloseTo(1 - first / Math.sqrt(second), 4);
  });

  it.each(ACTIVATIONS)("lowers the fitting loss with %s units", async (activation) => {
    const { inSampleLoss, weights } = await train(
      seededData(),
      seededJob(shape(activation), { epochs: 30 }),
    );
    expect(inSampleLoss.at(-1)).toBeLessThan(0.8 * inSampleLoss[0]!);
    expect(weights.every(Number.isFinite)).toBe(true);
  });

  it("trains other weights with every activation", async () => {
    const jobs = ACTIVATIONS.map((activation) => seededJob(shape(activation)));
    const trained = await tfjsTrainer().train(seededData(), jobs);
    expect(new Set(trained.map(({ weights }) => weights.join())).size).toBe(ACTIVATIONS.length);
  });

  it("gives the same bytes for the same job, alone or after others", async () => {
    const data = seededData();
    const job = seededJob(shape("tanh"), {
      batches: {
        size: 8,
        order: (epoch) => stream("order", epoch).permutation(20),
      },
    });
    const alone = await train(data, job);
    const [, after, again] = await tfjsTrainer().train(data, [seededJob(shape("relu")), job, job]);
    expect(after).toEqual(alone);
    expect(again).toEqual(alone);
  });

  it("gives the same bytes for one batch of all rows in their order as for no batches", async () => {
    const data = seededData(2);
    const job = seededJob(shape("sigmoid", 2));
    const batched = await train(data, {
      ...job,
      batches: {
        size: 20,
        order: () => Uint32Array.from({ length: 20 }, (_, i) => i),
      },
    });
    expect(batched).toEqual(await train(data, job));
  });

  it("asks for the order of every epoch once, from 1 to the last", async () => {
    const asked: number[] = [];
    await train(
      seededData(),
      seededJob(shape("linear"), {
        epochs: 3,
        batches: {
          size: 5,
          order: (epoch) => {
            asked.push(epoch);
            return stream(epoch).permutation(20);
          },
        },
      }),
    );
    expect(asked).toEqual([1, 2, 3]);
  });

  it("gives curves from epoch 0 to the last", async () => {
    const trained = await train(seededData(), seededJob(shape("tanh")));
    expect(trained.inSampleLoss).toHaveLength(11);
    expect(trained.validationLoss).toHaveLength(11);
    expect(trained.divergedAt).toBeUndefined();
  });

  it("returns the epoch with the lowest validation loss, between start and end", async () => {
    const data = seededData();
    const rates = [0.03, 0.1, 0.3, 1];
    const trained = await tfjsTrainer().train(
      data,
      rates.map((learningRate) => seededJob(shape("tanh"), { learningRate, epochs: 20 })),
    );
    for (const { bestEpoch, validationLoss } of trained)
      expect(bestEpoch).toBe(lowest(validationLoss));
    expect(trained.some(({ bestEpoch }) => bestEpoch > 0 && bestEpoch < 20)).toBe(true);
  });

  it("returns the start where training never helps the validation block", async () => {
    const startWeights = Float32Array.of(0.5, 0, 0.5, 0);
    const trained = await train(OPPOSED, seededJob(TINY, { startWeights, epochs: 5 }));
    expect(trained.bestEpoch).toBe(0);
    expect(trained.weights).toEqual(startWeights);
    expect(trained.inSampleLoss[5]).toBeLessThan(trained.inSampleLoss[0]!);
  });

  it("returns the earliest of epochs that are equally good", async () => {
    const nothing = tinyBlock(1, 1, 0);
    const trained = await train(
      { inSample: nothing, validation: nothing },
      seededJob(TINY, { startWeights: new Float32Array(4), epochs: 3 }),
    );
    expect([...trained.validationLoss]).toEqual([1, 1, 1, 1]);
    expect(trained.bestEpoch).toBe(0);
  });

  it("stops after as many epochs without a better one as its patience", async () => {
    const job = seededJob(TINY, {
      startWeights: Float32Array.of(0.5, 0, 0.5, 0),
      epochs: 9,
      patience: 3,
    });
    expect((await train(OPPOSED, job)).validationLoss).toHaveLength(1 + 3);
  });

  it("does not stop while the validation loss falls", async () => {
    const data = { ...OPPOSED, validation: OPPOSED.inSample };
    const job = seededJob(TINY, {
      startWeights: Float32Array.of(0.5, 0, 0.5, 0),
      learningRate: 0.001,
      epochs: 9,
      patience: 1,
    });
    expect((await train(data, job)).validationLoss).toHaveLength(1 + 9);
  });

  it("multiplies weights, not biases, by 1 - rate x decay in each step", async () => {
    // Without a market return there is no gradient; validation likes small weights.
    const trained = await train(
      { inSample: tinyBlock(1, 1, 0), validation: tinyBlock(1, 0, 1) },
      seededJob(TINY, {
        startWeights: Float32Array.of(2, 0.5, 3, 0.25),
        learningRate: 0.1,
        weightDecay: 0.5,
        epochs: 2,
      }),
    );
    expect(trained.bestEpoch).toBe(2);
    const kept = 0.95 * 0.95;
    [2 * kept, 0.5, 3 * kept, 0.25].forEach((weight, i) => {
      expect(Math.abs(trained.weights[i]! - weight)).toBeLessThanOrEqual(WEIGHT);
    });
  });

  it("ends at the epoch of a loss that is not finite, and keeps finite weights", async () => {
    const job = seededJob(shape("linear"), { learningRate: 1e30 });
    const trained = await train(seededData(), job);
    expect(trained.divergedAt).toBe(1);
    expect(trained.inSampleLoss).toHaveLength(1);
    expect(trained.validationLoss).toHaveLength(1);
    expect(trained.weights).toEqual(job.startWeights);
  });

  it("says so if already the start has no finite loss", async () => {
    const startWeights = new Float32Array(4).fill(1e30);
    const trained = await train(OPPOSED, seededJob(TINY, { startWeights }));
    expect(trained.divergedAt).toBe(0);
    expect(trained.weights.every(Number.isFinite)).toBe(true);
  });

  it("does not stop other jobs when one diverges", async () => {
    const data = seededData();
    const good = seededJob(shape("tanh"));
    const [, after] = await tfjsTrainer().train(data, [
      seededJob(shape("linear"), { learningRate: 1e30 }),
      good,
    ]);
    expect(after).toEqual(await train(data, good));
  });

  it("gives results in the order of the jobs, and tells how many are done", async () => {
    const told: number[][] = [];
    const trained = await tfjsTrainer().train(
      seededData(),
      [1, 2, 3].map((epochs) => seededJob(shape("relu"), { epochs })),
      { onProgress: (done, total) => told.push([done, total]) },
    );
    expect(trained.map(({ inSampleLoss }) => inSampleLoss.length)).toEqual([2, 3, 4]);
    expect(told).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it("stops between two jobs when its signal is aborted, with the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("interrupted");
    let done = 0;
    const job = seededJob(shape("tanh"), { epochs: 1 });
    const training = tfjsTrainer().train(seededData(), [job, job, job], {
      signal: controller.signal,
      onProgress: () => {
        done++;
        controller.abort(reason);
      },
    });
    await expect(training).rejects.toBe(reason);
    expect(done).toBe(1);
  });

  it("refuses a bad job before the first one is trained", async () => {
    let done = 0;
    const good = seededJob(shape("tanh"), { epochs: 1 });
    const training = tfjsTrainer().train(seededData(), [good, { ...good, epochs: 0 }], {
      onProgress: () => done++,
    });
    await expect(training).rejects.toThrow(/^train \(test\): epochs must be an integer/);
    expect(done).toBe(0);
  });

  it("leaves no tensor behind", async () => {
    const { tf } = await tfjs();
    const data = seededData();
    const job = seededJob(shape("tanh"), {
      weightDecay: 0.1,
      batches: { size: 8, order: () => stream("order").permutation(20) },
    });
    const before = tf.memory().numTensors;
    await tfjsTrainer().train(data, [job, seededJob(shape("linear"), { learningRate: 1e30 })]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("leaves data and jobs unchanged", async () => {
    const data = seededData();
    const { startWeights } = seededJob(shape("tanh"));
    const before = structuredClone({ data, startWeights });
    const trained = await train(data, seededJob(shape("tanh"), { startWeights }));
    trained.weights.fill(0);
    expect({ data, startWeights }).toEqual(before);
  });
});
