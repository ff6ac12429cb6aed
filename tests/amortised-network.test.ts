/** The network of the amortised beta in its kernel: outputs, gradients and training, against the obvious network. */

import { describe, expect, it } from "vitest";
import { EXPERTS, TERMS } from "../lib/src/betas/filter-bank.js";
import { FEATURES } from "../lib/src/models/amortised/features.js";
import { amortisedKernel, BLOCK } from "../lib/src/models/amortised/kernel.js";
import {
  gate,
  layerWidths,
  mixtureWeights,
  OUTPUTS,
  QUANTILES,
  quantileOffsets,
  startWeights,
} from "../lib/src/models/amortised/network.js";
import {
  CYCLE_ROWS,
  chunkRows,
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

/** The slow obvious network in double precision: outputs of one row. */
function outputsOf(widths: readonly number[], weights: ArrayLike<number>, row: number): number[] {
  let values = Array.from(rows.features.subarray(row * ROW.features, (row + 1) * ROW.features));
  let at = 0;
  for (let layer = 1; layer < widths.length; layer++) {
    const columns = widths[layer]!;
    const inner = widths[layer - 1]!;
    const sums = Array.from({ length: columns }, (_, column) =>
      values.reduce(
        (sum, v, i) => sum + v * weights[at + i * columns + column]!,
        weights[at + inner * columns + column]!,
      ),
    );
    at += (inner + 1) * columns;
    values = layer < widths.length - 1 ? sums.map((z) => z / (1 + Math.exp(-z))) : sums;
  }
  return values;
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

describe("rows", () => {
  it("are those of five chunks of 160 series in a cycle, long ones by turns with short ones", () => {
    const kept = [0, 1, 2, 3, 4].map((chunk) => chunkRows(chunk) / 160);
    expect(kept).toEqual([40, 40, 24, 40, 30]);
    expect(CYCLE_ROWS).toBe(160 * (40 + 40 + 24 + 40 + 30));
  });

  it("have mean 0 and a deviation of nearly 1 when they are scaled", () => {
    // Features that are 1 and 3 by turns: mean 2, standard deviation 1.
    const features = Float32Array.from({ length: 4 * ROW.features }, (_, at) =>
      Math.floor(at / ROW.features) % 2 === 0 ? 1 : 3,
    );
    const before = features.slice();
    standardise(features, scalerOf(features));
    features.forEach((value, at) => {
      const scaled = (before[at]! - 2) / 1.05;
      expect(value).toBe(Math.fround(at % ROW.features < FEATURES ? scaled : before[at]!));
    });
  });
});

describe.each([[[64, 64]], [[32]]])("the kernel of a network with %j hidden units", (hidden) => {
  const widths = layerWidths(hidden);

  it("has the outputs of the obvious network", () => {
    const kernel = loaded(widths);
    const outputs = kernel.forward(1).slice();
    for (const row of [0, 17, 63]) {
      const wanted = outputsOf(widths, kernel.weights(), BLOCK + row);
      wanted.forEach((value, i) => {
        expect(Math.abs(outputs[row * OUTPUTS + i]! - value)).toBeLessThan(1e-4);
      });
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
    ours!.forEach((value, i) => {
      expect(Math.abs(value - theirs![i]!)).toBeLessThan(1e-3);
    });
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
});
