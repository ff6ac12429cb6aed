/** The jackknife's standard error. */

import { expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { jackknifeError } from "../lib/src/stats/jackknife.js";
import { mean, standardDeviation } from "../lib/src/stats/moments.js";

it("is that of the mean where the statistic is the mean", () => {
  const { normal } = stream(1, "jackknife");
  const values = Array.from({ length: 12 }, normal);
  const without = values.map((_, s) => mean(values.filter((__, t) => t !== s)));
  expect(jackknifeError(without)).toBeCloseTo(standardDeviation(values, 1) / Math.sqrt(12), 12);
});

it("is NaN for fewer than two values", () => {
  expect([jackknifeError([]), jackknifeError([1])]).toEqual([Number.NaN, Number.NaN]);
});
