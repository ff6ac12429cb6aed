/** Blocks whose coins share the inputs of the markets: where they are found, and that networks trained on them are the same. */

import { describe, expect, it } from "vitest";
import { ACTIVATIONS, parameterCount } from "../lib/src/models/network.js";
import { rowLayout, sharedLayout } from "../lib/src/models/simd/block-layout.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import type { TrainingBlock, TrainingJob } from "../lib/src/models/trainer.js";
import { stream } from "../lib/src/random.js";
import { plainTrainer } from "./support/helpers.js";

/** Largest relative difference of losses over twenty epochs. */
const PARITY = 1e-4;

/** Rows by date, then by coin: own inputs, then inputs and market returns that a date's coins share. */
function blockOf(
  name: string,
  [dates, coins]: readonly [number, number],
  { own = 3, shared = 5, markets = 2 } = {},
): TrainingBlock {
  const draw = stream("shared inputs", name, dates, coins, own, shared);
  const numbers = (length: number) => Array.from({ length }, () => 3.4 * draw.uniform() - 1.7);
  const [inputs, marketReturns]: [number[], number[]] = [[], []];
  for (let t = 0; t < dates; t++) {
    const [common, returns] = [numbers(shared), numbers(markets)];
    for (let c = 0; c < coins; c++) {
      inputs.push(...numbers(own), ...common);
      marketReturns.push(...returns);
    }
  }
  return {
    inputs: Float32Array.from(inputs),
    coinReturns: Float32Array.from(numbers(dates * coins)),
    marketReturns: Float32Array.from(marketReturns),
  };
}

const found = (block: TrainingBlock) => {
  const byDate = sharedLayout(block)?.byDate;
  return byDate && [byDate.series, byDate.own, byDate.padded];
};

describe("the layout of a block", () => {
  it("has what the coins of a date share once, and coins one after the other", () => {
    const block = {
      inputs: Float32Array.of(1, 9, 8, 2, 9, 8, 3, 7, 6, 4, 7, 6),
      coinReturns: Float32Array.of(1, 2, 3, 4),
      marketReturns: Float32Array.of(5, 5, 6, 6),
    };
    const wide = { ...block, inputs: Float32Array.from(block.inputs) };
    expect(rowLayout(wide).inputs.slice(0, 4)).toEqual(Float32Array.of(1, 2, 3, 4));
    const { inputs, coins, byDate } = sharedLayout(wide)!;
    expect(inputs).toEqual(Float32Array.of(1, 3, 0, 0, 2, 4, 0, 0));
    expect(coins).toEqual(Float32Array.of(1, 3, 0, 0, 2, 4, 0, 0));
    expect(byDate).toEqual({
      ...{ series: 2, own: 1, padded: 4 },
      inputs: Float32Array.of(9, 7, 0, 0, 8, 6, 0, 0),
    });
  });

  it("finds the coins of a date and the first input that they share", () => {
    expect(found(blockOf("a", [12, 4]))).toEqual([4, 3, 12]);
    expect(found(blockOf("a", [13, 4]))).toEqual([4, 3, 16]);
    expect(found(blockOf("a", [13, 3]))).toEqual([3, 3, 16]);
    expect(found(blockOf("a", [12, 4], { own: 0 }))).toEqual([4, 0, 12]);
  });

  it("is by rows where dates differ in their coins, where nothing is shared, and where padding costs more", () => {
    const whole = blockOf("a", [12, 4]);
    const cut = {
      inputs: whole.inputs.slice(0, -8),
      coinReturns: whole.coinReturns.slice(0, -1),
      marketReturns: whole.marketReturns.slice(0, -2),
    };
    expect(found(cut)).toBeUndefined();
    const moved = whole.inputs.slice();
    moved[8 * 21 + 7]! += 1;
    expect(found({ ...whole, inputs: moved })).toBeUndefined();
    expect(found(blockOf("a", [12, 1]))).toBeUndefined();
    expect(found(blockOf("a", [1, 4], { own: 5, shared: 1 }))).toBeUndefined();
    // One date of four coins takes 16 own and 4 shared numbers, instead of 8 of each: as much where a third is own.
    expect(found(blockOf("a", [1, 4], { own: 2, shared: 4 }))).toBeUndefined();
    expect(found(blockOf("a", [1, 4], { own: 2, shared: 5 }))).toEqual([4, 2, 4]);
  });
});

describe("a network on shared inputs", () => {
  it.each(
    ACTIVATIONS.flatMap((activation) =>
      [1, 2, 4, 7, 8].flatMap((hidden) =>
        [
          [9, 2],
          [12, 3],
          [17, 4],
          [10, 5],
        ].map((size) => ({ activation, hidden, size: size as [number, number] })),
      ),
    ),
  )(
    "has the losses of the slow trainer: $activation, $hidden units, dates and coins $size",
    async ({ activation, hidden, size }) => {
      const shape = { inputs: 8, hidden, markets: 2, activation };
      const data = { inSample: blockOf("fit", size), validation: blockOf("validation", size) };
      expect(found(data.inSample)?.[0]).toBe(size[1]);
      const draw = stream("shared job", hidden, activation);
      const job: TrainingJob = {
        label: "shared",
        shape,
        startWeights: Float32Array.from(
          { length: parameterCount(shape) },
          () => 0.8 * draw.uniform() - 0.4,
        ),
        learningRate: 0.01,
        epochs: 20,
      };
      const [ours] = await simdTrainer({ threads: 1 }).train(data, [job]);
      const [theirs] = await plainTrainer.train(data, [job]);
      for (const curve of ["inSampleLoss", "validationLoss"] as const)
        ours![curve].forEach((loss, epoch) => {
          expect(Math.abs(loss / theirs![curve][epoch]! - 1)).toBeLessThanOrEqual(PARITY);
        });
    },
  );
});
