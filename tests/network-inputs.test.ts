/** Units of a network's inputs and output, and the inputs that name the coin. */

import { describe, expect, it } from "vitest";
import { hedgingRmse } from "../lib/src/betas/hedging.js";
import { ensembleBeta, learningCurves } from "../lib/src/models/ensemble.js";
import { networkOutputs, weightParts } from "../lib/src/models/network.js";
import {
  type NetworkInputOptions,
  networkInputs,
  networkScale,
  SCALINGS,
} from "../lib/src/models/network-inputs.js";
import { fitNeuralBeta, type NeuralOptions } from "../lib/src/models/neural-beta.js";
import { neuralEstimator } from "../lib/src/models/neural-estimator.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { tfjsTrainer } from "../lib/src/models/tfjs/trainer.js";
import { fittingScale } from "../lib/src/panel/scale.js";
import { splitWindows } from "../lib/src/panel/split.js";
import { lookbackWindows } from "../lib/src/panel/windows.js";
import { STUDY } from "../lib/src/study.js";
import { frozenPooled, studyPanel } from "./support/helpers.js";

/** Relative: twenty epochs of the kernel against TensorFlow.js, both in float32. */
const PARITY = 1e-4;
/** Relative: numbers that went through float32. */
const FLOAT32 = 1e-6;

const OPTIONS: NeuralOptions = {
  lookback: 12,
  split: STUDY.split,
  hidden: 4,
  learningRate: 0.01,
  activation: "tanh",
  start: "glorot",
  epochs: 20,
  seed: 3,
  replicates: 2,
};
const VARIANTS: readonly NetworkInputOptions[] = [false, true].flatMap((coinIdentity) =>
  SCALINGS.map((scaling) => ({ scaling, coinIdentity })),
);
const trainer = simdTrainer({ threads: 1 });
const fiat = await studyPanel("FIAT");
const fit = (more: Partial<NeuralOptions> = {}) =>
  fitNeuralBeta(fiat, trainer, { ...OPTIONS, ...more });
const windows = lookbackWindows(fiat, 12);
const { inSample, validation } = splitWindows(windows, fiat.dates, STUDY.split);

describe("networkScale", () => {
  it("is that of the fitting block by default: beta-scaled, without the coin's identity", () => {
    expect(networkScale(inSample, 4)).toEqual({ ...fittingScale(inSample), coins: 0 });
    expect(networkScale(inSample, 4, { scaling: "beta-scaled", coinIdentity: false })).toEqual(
      networkScale(inSample, 4),
    );
  });

  it("has the moments of the inputs and no scale of the output where it is standardised", () => {
    const { inputMean, inputSd } = fittingScale(inSample);
    const expected = { inputMean, inputSd, coinRms: 1, marketRms: [1], coins: 0 };
    expect(networkScale(inSample, 4, { scaling: "standardised" })).toEqual(expected);
  });

  it("still refuses a series that does not move, where nothing is scaled", () => {
    const still = { ...inSample, coinLogReturns: inSample.coinLogReturns.map(() => Number.NaN) };
    expect(() => networkScale(still, 4, { scaling: "raw" })).toThrow(/^fittingScale: every series/);
  });
});

describe("networkInputs", () => {
  it("are the log returns themselves where they are raw", () => {
    const raw = networkInputs(validation, networkScale(inSample, 4, { scaling: "raw" }));
    expect(raw).toEqual(Float32Array.from(validation.inputs));
  });

  it("end with 1 for the row's coin and 0 for the others", () => {
    const scale = networkScale(inSample, 4, { coinIdentity: true });
    const named = networkInputs(validation, scale);
    const plain = networkInputs(validation, { ...scale, coins: 0 });
    validation.coin.forEach((coin, row) => {
      expect([...named.subarray(28 * row, 28 * row + 24)]).toEqual([
        ...plain.subarray(24 * row, 24 * (row + 1)),
      ]);
      const names = [0, 1, 2, 3].map((other) => Number(other === coin));
      expect([...named.subarray(28 * row + 24, 28 * (row + 1))]).toEqual(names);
    });
  });
});

describe("a network in any units", () => {
  it.each(VARIANTS)("%o: has the losses of TensorFlow.js in the kernel", async (variant) => {
    const options = { ...OPTIONS, ...variant };
    const [ours, theirs] = [
      await fitNeuralBeta(fiat, trainer, options),
      await fitNeuralBeta(fiat, tfjsTrainer(), options),
    ];
    ours.networks.forEach((network, i) => {
      network.validationLoss.forEach((loss, epoch) => {
        const other = theirs.networks[i]!.validationLoss[epoch]!;
        expect(Math.abs(loss / other - 1)).toBeLessThanOrEqual(PARITY);
      });
    });
  });

  it.each(VARIANTS)(
    "%o: has a selection score that is the hedging RMSE of its betas in the validation block",
    async (variant) => {
      const trained = await fit({ ...variant, replicates: 1 });
      const path = ensembleBeta(fiat, trained, "fitted");
      const rmse = hedgingRmse(fiat, { ...path, kind: "walkForward" }, STUDY.split.validation);
      expect(learningCurves(trained).selected[0]! / rmse).toBeCloseTo(1, 6);
    },
  );

  it.each(VARIANTS)("%o: begins at the pooled constant from the start ols", async (variant) => {
    const trained = await fit({ ...variant, start: "ols", epochs: 1, learningRate: 1e-12 });
    const path = ensembleBeta(fiat, trained, "walkForward");
    const constant = frozenPooled(fiat, STUDY.split.inSample).values.find(Number.isFinite)!;
    for (const beta of path.values.filter(Number.isFinite))
      expect(Math.abs(beta / constant - 1)).toBeLessThanOrEqual(FLOAT32);
  });

  it("is its output where it is not beta-scaled", async () => {
    for (const scaling of ["raw", "standardised"] as const) {
      const trained = await fit({ scaling, replicates: 1 });
      const { outOfSample } = trained.blocks;
      const outputs = networkOutputs(
        trained.shape,
        trained.networks[0]!.weights,
        networkInputs(outOfSample, trained.scale),
      );
      const path = ensembleBeta(fiat, trained, "walkForward");
      expect([...path.values.filter(Number.isFinite)]).toEqual([...outputs]);
    }
  });

  it("differs by its units, and by whether it is told the coin", async () => {
    const paths = await Promise.all(
      VARIANTS.map(async (variant) => ensembleBeta(fiat, await fit(variant), "walkForward")),
    );
    const betas = paths.map(({ values }) => values.filter(Number.isFinite).join());
    expect(new Set(betas).size).toBe(VARIANTS.length);
  });

  it("draws one start for all units, of other weights where it has more inputs", async () => {
    const start = async (more: NetworkInputOptions) =>
      (await fit({ ...more, epochs: 1, learningRate: 1e-12 })).networks[0]!.weights;
    const [raw, scaled] = [await start({ scaling: "raw" }), await start({})];
    raw.forEach((weight, at) => {
      expect(weight).toBeCloseTo(scaled[at]!, 9);
    });
    expect(await start({ coinIdentity: true })).toHaveLength(raw.length + 4 * OPTIONS.hidden);
  });

  it("can hold a level for each coin by its identity alone", async () => {
    const { shape } = await fit({ coinIdentity: true });
    const weights = new Float32Array(shape.inputs * 4 + 4 + 4 + 1);
    const linear = { ...shape, activation: "linear" } as const;
    const [hidden, , output] = weightParts(linear, weights);
    // Unit h sees coin h alone, and has its level as output weight.
    for (let coin = 0; coin < 4; coin++) hidden[(24 + coin) * 4 + coin] = 1;
    output.set([1, 2, 3, 4]);
    const rows = networkInputs(validation, networkScale(inSample, 4, { coinIdentity: true }));
    expect([...networkOutputs(linear, weights, rows)]).toEqual(
      Array.from(validation.coin, (coin) => coin + 1),
    );
  });

  it("has a key for each choice: a cache tells them apart", () => {
    const grid = {
      hidden: [2],
      learningRates: [0.01],
      activations: ["tanh"],
      replicates: 1,
    } as const;
    const keys = VARIANTS.map(
      (variant) => neuralEstimator("ols", trainer, { ...OPTIONS, grid, ...variant }).key,
    );
    expect(new Set(keys).size).toBe(VARIANTS.length);
  });
});
