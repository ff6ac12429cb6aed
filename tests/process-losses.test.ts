/** Weights of rows by what their process cost at their length. */

import { expect, it } from "vitest";
import { processLosses } from "../lib/src/models/amortised/process-losses.js";
import { ROW, TARGET } from "../lib/src/models/amortised/rows.js";

/** Rows of a process after so many rows seen, with weights 2 and 3 of a squared and an absolute error. */
const targetsOf = (...rows: readonly (readonly [process: number, seen: number])[]) => {
  const targets = new Float32Array(rows.length * ROW.targets);
  rows.forEach(([process, seen], row) => {
    const own = { square: 2, absolute: 3, process, rows: seen };
    for (const [name, value] of Object.entries(own))
      targets[row * ROW.targets + TARGET[name as keyof typeof own]] = value;
  });
  return targets;
};
const weightsOf = (targets: Float32Array, name: "square" | "absolute") =>
  targets.filter((_, at) => at % ROW.targets === TARGET[name]);

it("weighs rows by one over the mean loss of their process and length, with mean one", () => {
  const costs = processLosses();
  // Lengths are counted apart from 12, 24, 48, 96 and 160 rows on.
  const rows = [
    [0, 11],
    [0, 12],
    [1, 11],
    [1, 11],
  ] as const;
  const first = targetsOf(...rows);
  const squares = costs.weigh(first, 4);
  expect([...squares]).toEqual([2, 2, 2, 2]);
  expect(first).toEqual(targetsOf(...rows));
  // By the weight of 2 they cost 0.998, 2.998, and 24.998 on average, as one is held at 25.
  const errors = [0.499, 1.499, 12.498, 100];
  costs.learn(first, Float32Array.from(errors.flatMap((error) => [error, 99])), squares);
  const second = targetsOf(...rows);
  expect([...costs.weigh(second, 4)]).toEqual([2, 2, 2, 2]);
  // One over 1, 3, 25 and 25 with the floor of 0.002: their mean is 106 / 300.
  const factors = [1, 1 / 3, 1 / 25, 1 / 25].map((factor) => factor / (106 / 300));
  weightsOf(second, "square").forEach((weight, i) => {
    expect(weight).toBeCloseTo(2 * factors[i]!, 5);
  });
  weightsOf(second, "absolute").forEach((weight, i) => {
    expect(weight).toBeCloseTo(3 * Math.sqrt(factors[i]!), 5);
  });
  // Half of what they cost now, half of before: 1 and 2 with the floor.
  costs.learn(second, Float32Array.of(0.499, 9, 0.499, 9), Float32Array.of(2, 2));
  const third = targetsOf([0, 11], [0, 12]);
  costs.weigh(third, 2);
  const [a, b] = weightsOf(third, "square");
  expect(a! / b!).toBeCloseTo(2, 5);
});

it("counts lengths together up to 11, 23, 47, 95 and 159 rows, and longer ones", () => {
  const costs = processLosses();
  const ends = [0, 11, 12, 23, 24, 47, 48, 95, 96, 159, 160, 300];
  const rows = ends.map((seen) => [5, seen] as const);
  // With weights of 2, both ends of a group cost 1, 2, ... 6 with the floor of 0.002.
  const errors = ends.map((_, row) => (1 + Math.floor(row / 2) - 0.002) / 2);
  const losses = Float32Array.from(errors.flatMap((error) => [error, 0]));
  costs.learn(targetsOf(...rows), losses, new Float32Array(12).fill(2));
  const weighed = targetsOf(...rows);
  costs.weigh(weighed, 12);
  const weights = weightsOf(weighed, "square");
  weights.forEach((weight, row) => {
    expect(weight / weights[0]!).toBeCloseTo(1 / (1 + Math.floor(row / 2)), 5);
  });
});
