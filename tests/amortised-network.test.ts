/** The network of the amortised beta in its kernel: outputs, gradients and training, against the obvious network. */

import { describe, expect, it } from "vitest";
import {
  EXPERTS,
  filterBank,
  noiseVariance,
  predict,
  TERMS,
} from "../lib/src/betas/filter-bank.js";
import { learn } from "../lib/src/betas/filter-bank-learning.js";
import { FEATURES, signs, watch, writeFeatures } from "../lib/src/models/amortised/features.js";
import { amortisedKernel, BLOCK } from "../lib/src/models/amortised/kernel.js";
import {
  gate,
  layerWidths,
  mixtureWeights,
  OUTPUTS,
  QUANTILES,
  quantileOffsets,
  startWeights,
  weightCount,
} from "../lib/src/models/amortised/network.js";
import { PRIOR_SETTING, simulatedSeries } from "../lib/src/models/amortised/prior.js";
import {
  CYCLE_ROWS,
  chunkRows,
  LENGTHS,
  ROW,
  type Rows,
  simulatedRows,
  TARGET,
} from "../lib/src/models/amortised/rows.js";
import { folded, scalerOf, standardise } from "../lib/src/models/amortised/scaler.js";
import { scoreRows } from "../lib/src/models/amortised/score.js";
import { stream } from "../lib/src/random.js";

const rows = simulatedRows("test of the network", 2);

/** Random weights: those of the start have heads of zero, which hide most of the gradient. */
function someWeights(widths: readonly number[]): Float32Array {
  const chance = stream(1, "weights");
  return startWeights(widths, 1).map((w) => w + 0.1 * chance.normal());
}

function loaded(widths: readonly number[]) {
  const kernel = amortisedKernel(widths, 2);
  for (const name of ["features", "experts", "targets"] as const)
    kernel.rows()[name].set(rows[name].subarray(0, 2 * BLOCK * ROW[name]));
  kernel.weights().set(someWeights(widths));
  return kernel;
}

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

/** The obvious network in double precision: outputs of one row. */
function outputsOf(widths: readonly number[], weights: ArrayLike<number>, row: number): number[] {
  let values = Float64Array.from(
    rows.features.subarray(row * ROW.features, (row + 1) * ROW.features),
  );
  let at = 0;
  for (let layer = 1; layer < widths.length; layer++) {
    const columns = widths[layer]!;
    const biases = at + values.length * columns;
    const sums = new Float64Array(columns);
    for (let column = 0; column < columns; column++) {
      let sum = weights[biases + column]!;
      for (let i = 0; i < values.length; i++)
        sum += values[i]! * weights[at + i * columns + column]!;
      sums[column] = sum;
    }
    at = biases + columns;
    values = layer < widths.length - 1 ? sums.map((z) => z / (1 + Math.exp(-z))) : sums;
  }
  return [...values];
}

/** Both losses of one row; `held` is the beta from which the quantiles are measured. */
function lossOf({ experts, targets }: Rows, outputs: number[], row: number, held?: number) {
  const o = Float64Array.from(outputs) as unknown as Float32Array;
  const weights = new Float64Array(EXPERTS);
  mixtureWeights(o, 0, weights);
  const target = (column: number) => targets[row * ROW.targets + column]!;
  let beta = 0;
  for (let j = 0; j < EXPERTS; j++) beta += weights[j]! * experts[row * ROW.experts + j]!;
  for (let m = 0; m < TERMS; m++) beta += gate(o, 0, m) * target(m);
  const offsets = new Float64Array(QUANTILES.length);
  quantileOffsets(o, 0, offsets);
  const absolute = QUANTILES.map((tau, i) => {
    const d = target(TARGET.beta) - ((held ?? beta) + target(TARGET.sd) * offsets[i]!);
    return Math.max(tau * d, (tau - 1) * d);
  });
  const mean = absolute.reduce((sum, v) => sum + v, 0) / QUANTILES.length;
  const square = (target(TARGET.beta) - beta) ** 2;
  const loss = target(TARGET.square) * square + 0.3 * target(TARGET.absolute) * mean;
  const from = (target(TARGET.beta) - beta) / target(TARGET.sd);
  const isHeld = from >= offsets[0]! && from <= offsets.at(-1)!;
  return { beta, loss, isHeld, cost: (b: number) => costOf(target, b) };
}

/** Squared error of a beta, over one plus the mean square of the betas. */
const costOf = (target: (column: number) => number, beta: number) =>
  Math.min(25, target(TARGET.square) * (target(TARGET.beta) - beta) ** 2);

describe("the start", () => {
  it("starts hidden layers uniform within one over the root of their inputs, heads at zero, gates at -2", () => {
    const widths = layerWidths([8, 4]);
    const start = startWeights(widths, 3);
    const chance = stream(3, "amortised", "start");
    const expected = new Float32Array(start.length);
    let at = 0;
    for (const [inputs, real, columns] of [
      [widths[0]!, FEATURES, 8],
      [8, 8, 4],
    ] as const) {
      // Padded inputs have no weight and no draw; the last row are the biases.
      for (let row = 0; row < inputs + 1; row++)
        for (let column = 0; column < columns; column++, at++)
          if (row < real || row === inputs)
            expected[at] = (1 / Math.sqrt(real)) * (2 * chance.uniform() - 1);
    }
    const gates = start.length - 1 - QUANTILES.length - TERMS;
    expect(start).toEqual(expected.fill(-2, gates, gates + TERMS));
    expect([...start.subarray(at, gates)].every((w) => w === 0)).toBe(true);
  });
});

describe("outputs", () => {
  it("are 57 logits and three that say nothing, four gates, seven gaps and their scale", () => {
    expect(layerWidths()).toEqual([220, 64, 64, 72]);
    expect(weightCount([2, 3, 1])).toBe(3 * 3 + 4);
    const outputs = new Float32Array(74);
    outputs.set([1, 0, 1], 2);
    // Logits of 1, 0, 1 and 54 zeros.
    const weights = new Float64Array(57);
    mixtureWeights(outputs, 2, weights);
    const sum = 2 * Math.E + 55;
    expect(
      furthest(
        weights.subarray(0, 4),
        [Math.E, 1, Math.E, 1].map((w) => w / sum),
      ),
    ).toBeLessThan(1e-12);
    // Whatever is added to all logits changes nothing, however large.
    mixtureWeights(
      outputs.map((logit) => logit + 600),
      2,
      weights,
    );
    expect(weights[0]).toBeCloseTo(Math.E / sum, 5);
    outputs.set([0, Math.log(3), -Math.log(3), 50], 2 + 60);
    const gates = [0, 1, 2, 3].map((m) => gate(outputs, 2, m));
    expect(furthest(gates, [0.5, 0.75, 0.25, 1])).toBeLessThan(1e-6);
  });

  it("are quantiles by gaps outward from the median, all times their scale", () => {
    const outputs = new Float32Array(72);
    // The output whose softplus after 0.3 more is a gap.
    const gapOf = (gap: number) => Math.log(Math.exp(gap) - 1) - 0.3;
    outputs.set([gapOf(3), gapOf(2), gapOf(1), 10, gapOf(4), gapOf(5), gapOf(6), Math.log(2)], 64);
    const offsets = new Float64Array(7);
    quantileOffsets(outputs, 0, offsets);
    // The median is 3: 3 - 1, less 2, less 3; 3 + 4, and 5, and 6.
    const expected = [-3, 0, 2, 3, 7, 12, 18].map((quantile) => 2 * quantile);
    expect(furthest(offsets, expected)).toBeLessThan(1e-4);
    // A softplus above 20 is its argument, to the last bit.
    outputs.fill(0).fill(20.25, 64 + 2, 64 + 3);
    quantileOffsets(outputs, 0, offsets);
    expect(offsets[2]).toBe(-20.55);
  });
});

describe("rows", () => {
  it("are those of five chunks of 160 series in a cycle, long ones by turns with short ones", () => {
    const kept = [0, 1, 2, 3, 4].map((chunk) => chunkRows(chunk) / 160);
    expect(kept).toEqual([40, 40, 24, 40, 30]);
    expect(CYCLE_ROWS).toBe(160 * (40 + 40 + 24 + 40 + 30));
    const share = (rows: number) => 20 * LENGTHS.filter(([length]) => length === rows).length;
    const said = `260 rows (${share(260)} %), 130 (${share(130)} %), 64 (${share(64)} %)`;
    expect(PRIOR_SETTING[0]).toEqual(["length", said]);
  });

  it("are what the bank says before some dates of a series, in units of the noise over the market", () => {
    const chance = stream("prior", "test of the network", 2);
    let row = 0;
    for (let i = 0; i < 3; i++) {
      const { x, y, betas, process } = simulatedSeries(chance, { rows: 64 });
      const dates = new Set<number>();
      // Two thirds by the logarithm of the rows seen, a third evenly.
      while (dates.size < 24) {
        const u = chance.uniform();
        const isEarly = chance.uniform() < 2 / 3;
        dates.add(Math.floor(isEarly ? 6 * (64 / 6) ** u : 6 + 58 * u));
      }
      const [bank, sign] = [filterBank(x, y, 1), signs(1)];
      const weight = 1 / (1 + betas.reduce((sum, b) => sum + b ** 2, 0) / 64);
      for (let t = 0; t < 64; t++) {
        predict(bank);
        if (dates.has(t)) {
          const part = (name: "features" | "experts" | "targets") =>
            rows[name].subarray(row * ROW[name], (row + 1) * ROW[name]);
          const unit = Math.sqrt(noiseVariance(bank) / bank.marketVariances[0]!);
          const inUnits = (beta: number) => Math.max(-60, Math.min(60, beta / unit));
          const features = new Float32Array(ROW.features);
          writeFeatures(bank, sign, features, 0);
          expect(part("features")).toEqual(features);
          expect(
            furthest(part("experts"), [...[...bank.betas].map(inUnits), 0, 0, 0]),
          ).toBeLessThan(1e-6);
          const targets = [
            ...[...bank.terms].map(inUnits),
            betas[t]! / unit,
            // The plain filter of step variance 8e-3 is the fifth.
            inUnits(Math.sqrt(bank.variances[4]!)),
            weight * unit ** 2,
            Math.sqrt(weight) * unit,
            process,
            t,
          ];
          expect(furthest(part("targets"), [...targets, 0, 0])).toBeLessThan(1e-5);
          row++;
        }
        watch(sign, bank, x, t, y[t]!);
        learn(bank, x, t, y[t]!);
      }
    }
    expect(row).toBe(72);
  });

  it("have mean 0 and a deviation of nearly 1 when they are scaled", () => {
    // Features that are 1 and 3 by turns: mean 2, standard deviation 1.
    const features = Float32Array.from({ length: 4 * ROW.features }, (_, at) =>
      Math.floor(at / ROW.features) % 2 === 0 ? 1 : 3,
    );
    const before = features.slice();
    standardise(features, scalerOf(features));
    const scaled = before.map((value, at) =>
      at % ROW.features < FEATURES ? (value - 2) / 1.05 : value,
    );
    expect(features).toEqual(scaled);
  });
});

describe.each([[[64, 64]], [[32]]])("the kernel of a network with %j hidden units", (hidden) => {
  const widths = layerWidths(hidden);

  it("has the outputs of the obvious network", () => {
    const kernel = loaded(widths);
    const outputs = kernel.forward(1).slice();
    for (const row of [0, 17, 63]) {
      const wanted = outputsOf(widths, kernel.weights(), BLOCK + row);
      const found = outputs.subarray(row * OUTPUTS, (row + 1) * OUTPUTS);
      expect(furthest(found, wanted)).toBeLessThan(1e-4);
    }
  });

  it("has the losses and the gradient of the obvious network, by finite differences", () => {
    const kernel = loaded(widths);
    const gradient = kernel.gradient(0);
    const weights = Float64Array.from(kernel.weights());
    const held = Array.from({ length: BLOCK }, (_, row) =>
      lossOf(rows, outputsOf(widths, weights, row), row),
    );
    const losses = kernel.losses();
    held.forEach(({ loss }, row) => {
      expect(Math.abs(losses[2 * row + 1]! / loss - 1)).toBeLessThan(1e-3);
    });
    const mean = () => {
      let sum = 0;
      for (let row = 0; row < BLOCK; row++)
        sum += lossOf(rows, outputsOf(widths, weights, row), row, held[row]!.beta).loss / BLOCK;
      return sum;
    };
    const chance = stream(2, "places");
    const largest = Math.max(...gradient.map(Math.abs));
    const places = Array.from({ length: 12 }, () => Math.floor(chance.uniform() * weights.length));
    // All heads: one weight of each kind of output in the last layer.
    const last = weights.length - OUTPUTS;
    for (const at of [
      ...places,
      last,
      last + 30,
      last + 61,
      last + 65,
      last + 67,
      last + 70,
      last + 71,
    ]) {
      const before = weights[at]!;
      const h = 1e-4;
      weights[at] = before + h;
      const up = mean();
      weights[at] = before - h;
      const down = mean();
      weights[at] = before;
      expect(Math.abs((up - down) / (2 * h) - gradient[at]!)).toBeLessThan(2e-3 * largest);
    }
  });

  it("is scored by the betas and intervals of the obvious network", () => {
    const kernel = loaded(widths);
    const { mse, share, coverage } = scoreRows(kernel, 1, 1);
    const places = Array.from({ length: BLOCK }, (_, i) => BLOCK + i);
    const all = places.map((row) => lossOf(rows, outputsOf(widths, kernel.weights(), row), row));
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const ours = sum(all.map(({ beta, cost }) => cost(beta)));
    const ols = sum(all.map(({ cost }, i) => cost(rows.experts[places[i]! * ROW.experts]!)));
    expect(mse / (ours / BLOCK)).toBeCloseTo(1, 4);
    expect(share).toBeCloseTo(1 - ours / ols, 4);
    expect(coverage).toBe(all.filter(({ isHeld }) => isHeld).length / BLOCK);
  });

  it("takes features as they are by folded weights, as it takes those of like size", () => {
    const plain = loaded(widths);
    const scaled = loaded(widths);
    const { features } = scaled.rows();
    const scaler = scalerOf(features);
    standardise(features, scaler);
    plain.weights().set(folded(scaled.weights(), widths[1]!, scaler));
    const [ours, theirs] = [plain, scaled].map((kernel) => kernel.forward(1).slice());
    expect(furthest(ours!, theirs!)).toBeLessThan(1e-3);
  });

  it("learns: steps lower the loss, and the same steps give the same bits", () => {
    const learnt = () => {
      const kernel = loaded(widths);
      kernel.gradient(0);
      const mean = () =>
        kernel
          .losses()
          .subarray(0, 2 * BLOCK)
          .filter((_, i) => i % 2 === 1)
          .reduce((a, b) => a + b) / BLOCK;
      const first = mean();
      for (let i = 0; i < 30; i++) kernel.step(Int32Array.of(0, 1), 3e-3, 1e-4);
      expect(mean()).toBeLessThan(0.9 * first);
      return kernel.weights().slice();
    };
    expect(learnt()).toEqual(learnt());
  });

  it("takes steps of AdamW on the mean gradient of some blocks, held within a length of one", () => {
    const kernel = loaded(widths);
    const own = Float64Array.from(kernel.weights());
    const moments = [own.map(() => 0), own.map(() => 0)] as const;
    [[0, 1], [1]].forEach((blocks, before) => {
      const gradients = blocks.map((block) => kernel.gradient(block));
      const mean = own.map((_, i) => gradients.reduce((sum, g) => sum + g[i]!, 0) / blocks.length);
      const length = Math.hypot(...mean);
      own.forEach((w, i) => {
        const g = mean[i]! / Math.max(1, length);
        const m = 0.9 * moments[0][i]! + 0.1 * g;
        const v = 0.999 * moments[1][i]! + 0.001 * g ** 2;
        [moments[0][i], moments[1][i]] = [m, v];
        const size = Math.sqrt(v / (1 - 0.999 ** (before + 1))) + 1e-8;
        // Weights shrink by rate times decay.
        own[i] = w * (1 - 0.01 * 0.5) - (0.01 * m) / (1 - 0.9 ** (before + 1)) / size;
      });
      kernel.step(Int32Array.from(blocks), 0.01, 0.5);
      expect(furthest(kernel.weights(), own)).toBeLessThan(1e-4);
    });
  });
});
