/** What a sample could have found: against the exact power of the t test, by simulation, and by hand. */

import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { detectableMean } from "../lib/src/stats/detectable-mean.js";
import { dieboldMariano } from "../lib/src/stats/diebold-mariano.js";
import { longRunVariance } from "../lib/src/stats/long-run-variance.js";
import { reference } from "./support/helpers.js";

const { cases } = reference<{
  readonly cases: readonly {
    readonly n: number;
    readonly size: number;
    readonly power: number;
    /** Mean over the standard deviation (n - 1). */
    readonly effect: number;
  }[];
}>("detectable-mean");

const ALTERNATING = [1, -1, 2, -2, 1.5];
/** (t + t) / sqrt(47) of a normal variable with variance 1. */
const TRUE_MEAN = 0.4173;
const OPTIONS = { lags: 0, size: 0.05, power: 0.8 };

describe("detectableMean", () => {
  it.each(cases)(
    "agrees with the exact power of a t test: n $n, size $size, power $power",
    ({ n, size, power, effect }) => {
      const { normal } = stream("detectable", n);
      const values = Array.from({ length: n }, normal);
      const average = values.reduce((sum, v) => sum + v, 0) / n;
      const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - average) ** 2, 0) / (n - 1));
      const found = detectableMean(values, { lags: 0, size, power });
      // A shifted t for the noncentral one: worst for small samples and sizes.
      const tolerance = n < 24 ? 0.04 : 0.015;
      expect(Math.abs(found.mean / sd / effect - 1)).toBeLessThan(tolerance);
    },
  );

  it("is the mean that Diebold-Mariano rejects in so many samples", () => {
    const { normal } = stream("power");
    const samples = Array.from({ length: 2000 }, () => Array.from({ length: 47 }, normal));
    const rejections = samples.filter((sample) => {
      const { pValue } = dieboldMariano(
        sample.map((v) => v + TRUE_MEAN),
        { horizon: 1, variance: "acf" },
      );
      return pValue < 0.05;
    });
    const typical =
      samples.reduce((sum, sample) => sum + detectableMean(sample, OPTIONS).mean, 0) /
      samples.length;
    expect(typical).toBeCloseTo(TRUE_MEAN, 2);
    expect(rejections.length / samples.length).toBeGreaterThan(0.77);
    expect(rejections.length / samples.length).toBeLessThan(0.83);
  });

  it("is (t + t) sqrt(v / (n - 1)), and the n at which the own mean is that large", () => {
    const { mean, n } = detectableMean(ALTERNATING, OPTIONS);
    expect(mean).toBeCloseTo(2.855396557530564, 10);
    expect(n).toBeCloseTo(205.81506858959833, 8);
  });

  it("takes the long-run variance with Bartlett weights", () => {
    const [plain, lagged] = [0, 2].map((lags) => detectableMean(ALTERNATING, { ...OPTIONS, lags }));
    const ratio =
      longRunVariance(ALTERNATING, 2, "bartlett") / longRunVariance(ALTERNATING, 0, "bartlett");
    expect(ratio).toBeLessThan(1);
    expect((lagged!.mean / plain!.mean) ** 2).toBeCloseTo(ratio, 12);
    expect(lagged!.n / plain!.n).toBeCloseTo(ratio, 12);
  });

  it("scales with the values, in n not at all, and does not see their sign", () => {
    const whole = detectableMean(ALTERNATING, OPTIONS);
    const scaled = detectableMean(
      ALTERNATING.map((v) => -4 * v),
      OPTIONS,
    );
    expect(scaled.mean).toBeCloseTo(4 * whole.mean, 12);
    expect(scaled.n).toBeCloseTo(whole.n, 8);
  });

  it("never finds a mean of zero, and any mean of values that do not vary", () => {
    expect(detectableMean([1, -1, 2, -2], OPTIONS).n).toBe(Infinity);
    expect(detectableMean([3, 3, 3], OPTIONS)).toEqual({ mean: 0, n: 0 });
  });

  it.each([
    [[1], OPTIONS, "number of values"],
    [[1, Number.NaN], OPTIONS, "values must be finite"],
    [[1, 2], { ...OPTIONS, lags: -1 }, "lags"],
    [[1, 2], { ...OPTIONS, size: 5 }, "size must be between 0 and 1, got 5"],
    [[1, 2], { ...OPTIONS, power: 1 }, "power must be between 0 and 1"],
  ])("refuses %j with %j", (values, options, message) => {
    expect(() => detectableMean(values, options)).toThrow(message);
  });
});
