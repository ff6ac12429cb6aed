/** The model confidence set: it keeps the best, and is what its reference gives. */

import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { modelConfidenceSet } from "../lib/src/stats/model-confidence-set.js";
import { circularResamples, type Resamples } from "../lib/src/stats/resamples.js";
import { expectClose, reference } from "./support/helpers.js";

const STATISTICS = ["max", "range"] as const;

const { cases } = reference<{
  readonly cases: readonly {
    readonly losses: readonly (readonly number[])[];
    readonly statistic: "max" | "range";
    readonly bootstrap: string;
    readonly draws: number;
    readonly indices: readonly number[];
    readonly order: readonly number[];
    readonly pValuesInOrder: readonly number[];
  }[];
}>("model-confidence-set");

const resamplesOf = ({ losses, draws, indices }: (typeof cases)[0]) => ({
  rows: losses[0]!.length,
  draws,
  indices: Uint32Array.from(indices),
});

/** Losses of models that differ in nothing but chance. */
function equalModels(models: number, n: number, seed: number): Float64Array[] {
  const { uniform } = stream("equalModels", seed);
  return Array.from({ length: models }, () =>
    Float64Array.from({ length: n }, () => uniform() ** 2),
  );
}

const draws = (n: number, seed: number): Resamples =>
  circularResamples(n, { blockLength: 3, draws: 200, seed });

describe("modelConfidenceSet", () => {
  it.each(cases)("agrees with arch on the same rows: $statistic, $bootstrap", (given) => {
    const found = modelConfidenceSet(given.losses, resamplesOf(given), given);
    expect(found.order).toEqual(given.order);
    expectClose(
      found.order.map((model) => found.pValues[model]!),
      given.pValuesInOrder,
    );
  });

  it.each(STATISTICS)("keeps all models if their losses are identical: %s", (statistic) => {
    const losses = cases[0]!.losses[0]!;
    const found = modelConfidenceSet([losses, losses, losses], resamplesOf(cases[0]!), {
      statistic,
    });
    expect([...found.pValues]).toEqual([1, 1, 1]);
    expect(found.order).toEqual([0, 1, 2]);
  });

  it.each(STATISTICS)(
    "gives two copies of a model one p-value, and takes them out together: %s",
    (statistic) => {
      for (let seed = 0; seed < 20; seed++) {
        const losses = equalModels(4, 40, seed);
        const setOf = (all: readonly Float64Array[]) =>
          modelConfidenceSet(all, draws(40, seed), { statistic });
        const worst = setOf(losses).order[0]!;
        const { pValues, order } = setOf([...losses, losses[worst]!]);
        expect(pValues[worst]).toBe(pValues[4]);
        expect(Math.abs(order.indexOf(worst) - order.indexOf(4))).toBe(1);
      }
    },
  );

  it.each(STATISTICS)(
    "throws out at once what is always worse by the same amount: %s",
    (statistic) => {
      const best = equalModels(1, 40, 1)[0]!;
      const losses = [best.map((loss) => loss + 0.5), best];
      const { pValues, order } = modelConfidenceSet(losses, draws(40, 1), {
        statistic,
      });
      expect([...pValues]).toEqual([0, 1]);
      expect(order).toEqual([0, 1]);
    },
  );

  it.each(STATISTICS)(
    "has p-values that never fall in the order of leaving, and 1 at its end: %s",
    (statistic) => {
      for (let seed = 0; seed < 20; seed++) {
        const losses = equalModels(6, 40, seed);
        const found = modelConfidenceSet(losses, draws(40, seed), {
          statistic,
        });
        const inOrder = found.order.map((model) => found.pValues[model]!);
        expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
        expect(inOrder.at(-1)).toBe(1);
        expect(found.order.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
      }
    },
  );

  it.each(STATISTICS)(
    "follows its models when they change places, and keeps when losses change their unit: %s",
    (statistic) => {
      const losses = cases[0]!.losses;
      const resamples = resamplesOf(cases[0]!);
      const setOf = (all: readonly ArrayLike<number>[]) =>
        modelConfidenceSet(all, resamples, { statistic });
      const found = setOf(losses);
      const turned = setOf(losses.toReversed());
      expectClose(turned.pValues, found.pValues.toReversed());
      // A power of two: not even rounding differs.
      expect(setOf(losses.map((l) => l.map((v) => v * 1024)))).toEqual(found);
    },
  );

  it.each(STATISTICS)(
    "keeps the best of equal models in nearly 95 % of samples at size 5 %: %s",
    (statistic) => {
      const samples = 1000;
      let kept = 0;
      for (let seed = 0; seed < samples; seed++) {
        const losses = equalModels(4, 100, seed);
        const resamples = circularResamples(100, {
          blockLength: 1,
          draws: 199,
          seed,
        });
        const { pValues } = modelConfidenceSet(losses, resamples, {
          statistic,
        });
        // Each of the equal models is a best one; the first stands for it.
        if (pValues[0]! >= 0.05) kept++;
      }
      // Size holds in large samples; four Monte Carlo standard errors of 95 % are 0.028.
      expect(kept / samples).toBeGreaterThan(0.922);
    },
  );

  it("leaves its arguments as they were", () => {
    const losses = cases[0]!.losses.map((l) => Float64Array.from(l));
    const resamples = resamplesOf(cases[0]!);
    modelConfidenceSet(losses, resamples, { statistic: "range" });
    expect(losses.map((l) => [...l])).toEqual(cases[0]!.losses);
    expect([...resamples.indices]).toEqual(cases[0]!.indices);
  });

  it("refuses one model alone, losses of two lengths, missing losses, resamples of other rows", () => {
    const setOf =
      (losses: readonly number[][], n = 3) =>
      () =>
        modelConfidenceSet(losses, draws(n, 1), { statistic: "max" });
    expect(setOf([[1, 2, 3]])).toThrow(
      "modelConfidenceSet: losses must be of at least two models, got 1; a single model has no competitor",
    );
    expect(
      setOf([
        [1, 2, 3],
        [1, 2],
      ]),
    ).toThrow("modelConfidenceSet: arrays must have one length, but model 0 has 3, model 1 has 2");
    expect(
      setOf([
        [1, 2, 3],
        [1, Number.NaN, 3],
      ]),
    ).toThrow(
      "modelConfidenceSet: model 1 must be finite, got NaN at index 1; leave out rows with missing values first",
    );
    expect(
      setOf(
        [
          [1, 2, 3],
          [3, 2, 1],
        ],
        4,
      ),
    ).toThrow(/^modelConfidenceSet: resamples must be 200 draws of the sample's 3 rows/);
  });
});
