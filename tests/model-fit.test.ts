/** Networks of one's own: any model of TensorFlow.js, trained on the hedging loss from our seeds. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Tensor } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { ensembleBetas, learningCurves } from "../lib/src/models/ensemble.js";
import { fitModel, type ModelOptions } from "../lib/src/models/model-fit.js";
import { fitNeuralBeta } from "../lib/src/models/neural-beta.js";
import { tfjs } from "../lib/src/models/tfjs/backend.js";
import type { ModelBuilder } from "../lib/src/models/tfjs/model-family.js";
import { tfjsTrainer } from "../lib/src/models/tfjs/trainer.js";
import { leastSquares } from "../lib/src/stats/ols.js";
import { seededPanel } from "./support/helpers.js";
import { CONVOLUTION, DROPOUT, GRU } from "./support/models.js";
import { scratchFolder } from "./support/scratch.js";

const PANEL = seededPanel(40, ["A", "B"], ["X", "Y"]);
const OPTIONS: ModelOptions = {
  lookback: 4,
  split: {
    inSample: { from: "2018-07", through: "2019-12" },
    validation: { from: "2020-01", through: "2020-06" },
    outOfSample: { from: "2020-07", through: "2020-12" },
  },
  learningRate: 0.05,
  start: "glorot",
  epochs: 6,
  seed: 1,
  replicates: 2,
};
/** Central differences of a loss in single precision, relative. */
const GRADIENT = 2e-2;

const dense =
  (units: number): ModelBuilder =>
  ({ layers }, { inputs, markets }) =>
    layers.sequential({
      layers: [
        layers.layers.dense({ inputShape: [inputs], units, activation: "tanh" }),
        layers.layers.dense({ units: markets }),
      ],
    });

const curvesOf = async (build: ModelBuilder, options: Partial<ModelOptions> = {}) =>
  (await fitModel(PANEL, build, { ...OPTIONS, ...options })).networks.map((network) => [
    ...network.inSampleLoss,
    ...network.validationLoss,
    ...network.weights,
  ]);

describe("fitModel", () => {
  it.each(["glorot", "ols"] as const)(
    "of the report's network is fitNeuralBeta, bit for bit, start %s",
    async (start) => {
      const configuration = { ...OPTIONS, start, hidden: 3, activation: "tanh" } as const;
      const own = await fitModel(PANEL, dense(3), configuration);
      const report = await fitNeuralBeta(PANEL, tfjsTrainer(), configuration);
      expect(own.networks).toEqual(report.networks);
      expect(learningCurves(own)).toEqual(learningCurves(report));
      // Betas of TensorFlow.js in single precision, of the library in double.
      const [ours, theirs] = [own, report].map((fit) => ensembleBetas(PANEL, fit).walkForward);
      ours!.values.forEach((beta, at) => {
        const other = theirs!.values[at]!;
        if (Number.isNaN(other)) expect(beta).toBeNaN();
        else expect(Math.abs(beta / other - 1)).toBeLessThan(1e-4);
      });
    },
  );

  it("changes every number when the model has another layer", async () => {
    const deeper: ModelBuilder = (lib, shape) => {
      const model = dense(3)(lib, shape);
      return lib.layers.sequential({
        layers: [
          model.layers[0]!,
          lib.layers.layers.dense({ units: 3, activation: "tanh" }),
          lib.layers.layers.dense({ units: shape.markets }),
        ],
      });
    };
    const [plain, deep] = [await curvesOf(dense(3)), await curvesOf(deeper)];
    expect(deep[0]!.length).toBe(plain[0]!.length + 12);
    expect(deep[0]![0]).not.toBe(plain[0]![0]);
  });

  describe.each([
    ["dropout", DROPOUT],
    ["a GRU", GRU],
    ["a convolution", CONVOLUTION],
  ])("with %s", (name, build) => {
    it("gives the same bytes twice, others with another seed, and others for every replicate", async () => {
      const once = await curvesOf(build);
      expect(await curvesOf(build)).toEqual(once);
      expect(once[1]).not.toEqual(once[0]);
      expect((await curvesOf(build, { seed: 2 }))[0]).not.toEqual(once[0]);
    });

    it("begins at the pooled constant from the start ols", async () => {
      const { jobs, networks, scale, blocks, outputs, data } = await fitModel(PANEL, build, {
        ...OPTIONS,
        start: "ols",
        replicates: 1,
      });
      const pooled = leastSquares(blocks.inSample.marketLogReturns, blocks.inSample.coinLogReturns);
      const first = outputs(jobs[0]!.startWeights, data.validation.inputs);
      for (const k of [0, 1])
        expect((first[k]! * scale.coinRms) / scale.marketRms[k]!).toBeCloseTo(pooled[k]!, 5);
      expect(networks[0]!.inSampleLoss.at(-1)).toBeLessThan(networks[0]!.inSampleLoss[0]!);
    });

    it("steps down the slope of the hedging loss", async () => {
      if (name === "dropout") return;
      // Adam's first step is the rate against the sign of the gradient: that sign by central differences.
      const options = { ...OPTIONS, replicates: 1, epochs: 1, learningRate: 1e-3 };
      const { jobs, outputs, data, networks } = await fitModel(PANEL, build, options);
      const { startWeights } = jobs[0]!;
      const { inputs, coinReturns, marketReturns } = data.inSample;
      const lossAt = (weights: Float32Array) =>
        outputs(weights, inputs).reduce((sum, _, at, b) => {
          if (at % 2 === 1) return sum;
          const hedge = b[at]! * marketReturns[at]! + b[at + 1]! * marketReturns[at + 1]!;
          return sum + (coinReturns[at / 2]! - hedge) ** 2 / coinReturns.length;
        }, 0);
      expect(Math.abs(lossAt(startWeights) / networks[0]!.inSampleLoss[0]! - 1)).toBeLessThan(1e-5);
      const slope = startWeights.map((weight, at) => {
        const moved = (by: number) => lossAt(startWeights.with(at, weight + by));
        return (moved(0.01) - moved(-0.01)) / 0.02;
      });
      // The gain of a step of the rate along those signs.
      const stepped = startWeights.map((weight, at) => weight - 1e-3 * Math.sign(slope[at]!));
      const gain = lossAt(startWeights) - lossAt(stepped);
      const made = networks[0]!.inSampleLoss[0]! - networks[0]!.inSampleLoss[1]!;
      expect(Math.abs(made / gain - 1)).toBeLessThan(GRADIENT);
    });
  });

  it("takes a new mask of dropout in every step", async () => {
    const masks = new Set<number>();
    const heard: ModelBuilder = (lib, shape) => {
      const model = DROPOUT(lib, shape);
      const layer = model.layers.find((found) => found.getClassName() === "Dropout")!;
      const call = layer.call.bind(layer);
      layer.call = (inputs, kwargs) => {
        const output = call(inputs, kwargs) as { sum?: unknown; dataSync: () => Float32Array };
        if (kwargs.training) masks.add(output.dataSync().indexOf(0));
        return output as ReturnType<typeof call>;
      };
      return model;
    };
    await fitModel(PANEL, heard, { ...OPTIONS, epochs: 12, replicates: 1 });
    expect(masks.size).toBeGreaterThan(2);
  });

  it("leaves JavaScript's own generator as it was, and no tensor behind", async () => {
    const { random } = Math;
    const { tf } = await tfjs();
    await fitModel(PANEL, GRU, OPTIONS);
    const before = tf.memory().numTensors;
    await fitModel(PANEL, GRU, OPTIONS);
    await expect(fitModel(PANEL, () => undefined as never, OPTIONS)).rejects.toThrow();
    expect(Math.random).toBe(random);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("keeps what it has trained under its key: another width, rate or key is trained anew", async () => {
    const cache = join(scratchFolder(), "networks");
    const trained = async (units: number, options: Partial<ModelOptions> = {}) => {
      let count = 0;
      const given = { ...OPTIONS, cache, key: "dense", ...options };
      const onProgress = (done: number) => {
        count = done;
      };
      const { networks } = await fitModel(PANEL, dense(units), { ...given, onProgress });
      return { networks, count };
    };
    const first = await trained(3);
    expect(existsSync(cache)).toBe(true);
    expect((await trained(3)).networks).toEqual(first.networks);
    expect((await trained(4)).networks).not.toEqual(first.networks);
    expect((await trained(3, { learningRate: 0.01 })).networks).not.toEqual(first.networks);
  });

  it("never takes a network of another key for one whose builder differs in a value from around it alone", async () => {
    const cache = join(scratchFolder(), "networks");
    const scaled = async (rate: number, key?: string) => {
      const build: ModelBuilder = ({ tf, layers }, { inputs, markets }) => {
        const model = layers.sequential({
          layers: [layers.layers.dense({ units: markets, inputShape: [inputs] })],
        });
        const apply = model.apply.bind(model);
        // The layers say nothing of it.
        model.apply = (...given) => tf.mul(apply(...given) as Tensor, rate);
        return model;
      };
      const keyed = key === undefined ? {} : { key };
      return (await fitModel(PANEL, build, { ...OPTIONS, cache, ...keyed })).networks;
    };
    const plain = await scaled(1, "rate 1");
    expect(await scaled(2, "rate 2")).not.toEqual(plain);
    expect(await scaled(1, "rate 1")).toEqual(plain);
    await expect(scaled(2)).rejects.toThrow(/fitModel: a cache needs a key/);
  });

  it("draws matrices within Glorot's limits, whose fans count the periods under a convolution", async () => {
    const fit = await fitModel(PANEL, CONVOLUTION, { ...OPTIONS, epochs: 1, replicates: 1 });
    const start = fit.jobs[0]!.startWeights;
    const largest = (from: number, to: number) => Math.max(...start.slice(from, to).map(Math.abs));
    // Three periods of three series to three filters; these on two places to two markets.
    for (const [from, to, limit] of [
      [0, 27, Math.sqrt(6 / (9 + 9))],
      [30, 42, Math.sqrt(6 / (6 + 2))],
    ] as const) {
      expect(largest(from, to)).toBeLessThanOrEqual(limit);
      expect(largest(from, to)).toBeGreaterThan(0.8 * limit);
    }
    expect([largest(27, 30), largest(42, 44), start.length]).toEqual([0, 0, 44]);
  });

  it("gives sequences oldest first, the coin before the markets, with the coin's name in every period", async () => {
    const shapes: unknown[] = [];
    const flat: ModelBuilder = ({ layers }, shape) => {
      shapes.push(shape);
      return layers.sequential({
        layers: [
          layers.layers.flatten({ inputShape: [shape.lookback, shape.series] }),
          layers.layers.dense({ units: shape.markets }),
        ],
      });
    };
    const fit = await fitModel(PANEL, flat, { ...OPTIONS, coinIdentity: true, replicates: 1 });
    expect(shapes[0]).toEqual({ inputs: 14, lookback: 4, series: 5, coins: 2, markets: 2 });
    const D = 14;
    const { inputs } = fit.data.inSample;
    // A weight of one on a place of the sequence gives back that place.
    const at = (period: number, series: number, row: number) => {
      const weights = new Float32Array(4 * 5 * 2 + 2);
      weights[(period * 5 + series) * 2] = 1;
      return fit.outputs(weights, inputs.slice(row * D, (row + 1) * D))[0];
    };
    for (const row of [0, 3])
      for (const period of [0, 3]) {
        for (const series of [0, 1, 2])
          expect(at(period, series, row)).toBe(inputs[row * D + series * 4 + period]);
        for (const coin of [0, 1]) expect(at(period, 3 + coin, row)).toBe(row % 2 === coin ? 1 : 0);
      }
  });
});

describe("a model that cannot be trained is refused", () => {
  it.each<[string, ModelBuilder, string]>([
    [
      "an output per row too many",
      ({ layers }, { inputs }) =>
        layers.sequential({ layers: [layers.layers.dense({ units: 3, inputShape: [inputs] })] }),
      "fitModel: the model must give one output per market, [B, 2], but its output is [B, 3]; end with",
    ],
    [
      "inputs of another size",
      ({ layers }, { markets }) =>
        layers.sequential({ layers: [layers.layers.dense({ units: markets, inputShape: [7] })] }),
      "fitModel: the model must take rows of 12 inputs, [B, 12], or 4 periods of 3 series, [B, 4, 3], but its input is [B, 7]; set",
    ],
    [
      "nothing to train",
      ({ layers }, { inputs, markets }) =>
        layers.sequential({
          layers: [layers.layers.dense({ units: markets, inputShape: [inputs], trainable: false })],
        }),
      "fitModel: the model must have weights to train, it has none; add",
    ],
    [
      "a seed of its own",
      ({ layers }, { inputs, markets }) =>
        layers.sequential({
          layers: [
            layers.layers.dropout({ rate: 0.1, seed: 3, inputShape: [inputs] }),
            layers.layers.dense({ units: markets }),
          ],
        }),
      "has the seed 3, which gives every step the same numbers; leave it out",
    ],
    [
      "a regularizer",
      ({ layers }, { inputs, markets }) =>
        layers.sequential({
          layers: [
            layers.layers.dense({
              ...{ units: markets, inputShape: [inputs] },
              kernelRegularizer: layers.regularizers.l2(),
            }),
          ],
        }),
      "has a kernelRegularizer; leave it out and use the option weightDecay",
    ],
    [
      "an unknown layer",
      (lib) => (lib.layers.layers as unknown as Record<string, () => never>).transformer!(),
      "fitModel: the model must be built of layers of TensorFlow.js, but building it fails: ",
    ],
    ["nothing at all", () => undefined as never, "must return a model with an input, got nothing"],
  ])("with %s", async (_, build, message) => {
    const fit = fitModel(PANEL, build, OPTIONS);
    await expect(fit).rejects.toThrow(message);
    await expect(fit).rejects.toBeInstanceOf(RangeError);
  });

  it("whose loss is not a number at the start, in the name of the model", async () => {
    const lost: ModelBuilder = ({ layers }, { inputs, markets }) =>
      layers.sequential({
        layers: [
          layers.layers.dense({
            ...{ units: markets, inputShape: [inputs] },
            biasInitializer: layers.initializers.constant({ value: 1e30 }),
          }),
        ],
      });
    await expect(fitModel(PANEL, lost, { ...OPTIONS, name: "lost" })).rejects.toThrow(
      "train (X+Y, lost, rate 0.05, start glorot, replicate 0): the loss must be finite at the start",
    );
  });

  it("whose start is unknown, or has no place for the pooled beta", async () => {
    const start = "zero" as never;
    await expect(fitModel(PANEL, dense(2), { ...OPTIONS, start })).rejects.toThrow(
      "fitModel: start must be one of glorot, ols, own, got zero",
    );
    const bare: ModelBuilder = ({ layers }, { inputs, markets }) =>
      layers.sequential({
        layers: [layers.layers.dense({ units: markets, inputShape: [inputs], useBias: false })],
      });
    await expect(fitModel(PANEL, bare, { ...OPTIONS, start: "ols" })).rejects.toThrow(
      "fitModel: start ols must find the pooled beta's place",
    );
  });
});
