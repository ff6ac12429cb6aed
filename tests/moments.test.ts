import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  mean,
  rootMeanSquare,
  standardDeviation,
} from "../lib/src/stats/moments.js";
import { RUNS } from "./helpers.js";

/** Relative to the size of the values. */
const ROUNDING = 1e-12;

const returns = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
  minLength: 2,
  maxLength: 50,
});

describe("mean", () => {
  it("is the sum over the count", () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(mean(Float64Array.of(-0.5, 0.5))).toBe(0);
  });

  it("is NaN for an empty sample and where a value is missing", () => {
    expect(mean([])).toBeNaN();
    expect(mean([1, Number.NaN, 3])).toBeNaN();
  });
});

describe("standardDeviation", () => {
  it("divides by n for the population, by n - 1 for a sample", () => {
    const values = [2, 4, 4, 4, 5, 5, 7, 9];
    expect(standardDeviation(values, 0)).toBe(2);
    expect(standardDeviation(values, 1)).toBeCloseTo(Math.sqrt(32 / 7), 14);
  });

  it("is NaN for one value as a sample, and where a value is missing", () => {
    expect(standardDeviation([3], 1)).toBeNaN();
    expect(standardDeviation([3], 0)).toBe(0);
    expect(standardDeviation([1, Number.NaN], 0)).toBeNaN();
  });

  it("stays when all values shift, and doubles when they double", () => {
    fc.assert(
      fc.property(returns, fc.constantFrom<0 | 1>(0, 1), (values, ddof) => {
        const sd = standardDeviation(values, ddof);
        const shifted = values.map((v) => v + 0.25);
        expect(
          Math.abs(standardDeviation(shifted, ddof) - sd),
        ).toBeLessThanOrEqual(ROUNDING);
        const doubled = values.map((v) => 2 * v);
        expect(standardDeviation(doubled, ddof)).toBeCloseTo(2 * sd, 12);
      }),
      RUNS,
    );
  });
});

describe("rootMeanSquare", () => {
  it("is uncentred", () => {
    expect(rootMeanSquare([3, 3])).toBe(3);
    expect(rootMeanSquare([0, 3, 4])).toBeCloseTo(Math.sqrt(25 / 3), 14);
  });

  it("is NaN for an empty sample and where a value is missing", () => {
    expect(rootMeanSquare([])).toBeNaN();
    expect(rootMeanSquare([1, Number.NaN])).toBeNaN();
  });

  it("squared is the squared mean plus the population variance", () => {
    fc.assert(
      fc.property(returns, (values) => {
        const parts = mean(values) ** 2 + standardDeviation(values, 0) ** 2;
        expect(
          Math.abs(rootMeanSquare(values) ** 2 - parts),
        ).toBeLessThanOrEqual(ROUNDING);
      }),
      RUNS,
    );
  });
});
