/** Medians, robust scales and ranks, and the bounds of the audit. */

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalBound, outlierBound, runBound } from "../lib/src/data/audit/chance.js";
import { rankCorrelation, ranks } from "../lib/src/stats/ranks.js";
import { median, robustScale } from "../lib/src/stats/robust.js";
import { RUNS } from "./support/helpers.js";

const reference = JSON.parse(
  readFileSync(new URL("fixtures/reference/robust.json", import.meta.url), "utf8"),
) as {
  samples: {
    values: number[];
    median: number;
    robustScale: number;
    ranks: number[];
  }[];
  pairs: { x: number[]; y: number[]; spearman: number }[];
  outlierBound: { n: number; falseAlarms: number; bound: number }[];
};

const sample = fc.array(fc.integer({ min: -1e6, max: 1e6 }), {
  minLength: 1,
  maxLength: 30,
});

describe("median, robustScale and ranks", () => {
  it("are scipy's, with ties", () => {
    for (const { values, ...expected } of reference.samples) {
      expect(median(values)).toBeCloseTo(expected.median, 14);
      expect(robustScale(values)).toBeCloseTo(expected.robustScale, 13);
      expect([...ranks(values)]).toEqual(expected.ranks);
    }
  });

  it("are not moved by wild values among fewer than half", () => {
    expect(median([1, 2, 3, 4, 1e9])).toBe(3);
    expect(robustScale([1, 2, 3, 4, 1e9])).toBe(robustScale([1, 2, 3, 4, 5]));
  });

  it("are NaN for an empty sample and for one with NaN", () => {
    for (const values of [[], [1, Number.NaN, 3]]) {
      expect(median(values)).toBeNaN();
      expect(robustScale(values)).toBeNaN();
    }
  });

  it("leave their values in place", () => {
    const values = [3, 1, 2];
    median(values);
    robustScale(values);
    ranks(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it("scale with the values", () => {
    fc.assert(
      fc.property(sample, (values) => {
        const doubled = values.map((value) => -2 * value);
        // + 0: no difference between 0 and -0.
        expect(median(doubled) + 0).toBe(-2 * median(values) + 0);
        expect(robustScale(doubled)).toBe(2 * robustScale(values));
      }),
      RUNS,
    );
  });

  it("give no rank to NaN", () => {
    expect(() => ranks([1, Number.NaN])).toThrow(/^ranks: values must be finite/);
  });
});

describe("rankCorrelation", () => {
  it("is scipy's Spearman, with ties", () => {
    for (const { x, y, spearman } of reference.pairs)
      expect(rankCorrelation(x, y)).toBeCloseTo(spearman, 13);
  });

  it("is 1 for what rises together, -1 for what turns, whatever the sizes", () => {
    expect(rankCorrelation([1, 2, 3], [1, 10, 1e6])).toBe(1);
    expect(rankCorrelation([1, 2, 3], [1e6, 10, 1])).toBe(-1);
  });

  it("is NaN where one side has a single value", () => {
    expect(rankCorrelation([1, 2], [5, 5])).toBeNaN();
    expect(rankCorrelation([], [])).toBeNaN();
  });

  it("needs pairs", () => {
    expect(() => rankCorrelation([1, 2], [1])).toThrow(RangeError);
  });
});

describe("the audit's bounds", () => {
  it("for outliers are those of Student t with 4 degrees of freedom, in its robust standard deviations", () => {
    for (const { n, falseAlarms, bound } of reference.outlierBound)
      expect(outlierBound(n, falseAlarms) / bound).toBeCloseTo(1, 10);
  });

  it("for runs are the shortest that n trials hold too rarely", () => {
    expect(runBound(100, 0, 0.01)).toBe(1);
    // 100 x 0.01 = 1 and 100 x 0.0001 = 0.01.
    expect(runBound(99, 0.01, 0.01)).toBe(2);
    expect(runBound(101, 0.01, 0.01)).toBe(3);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 1e-6, max: 0.9, noNaN: true }),
        fc.double({ min: 1e-4, max: 0.4, noNaN: true }),
        (n, rate, falseAlarms) => {
          const k = runBound(n, rate, falseAlarms);
          const chance = (length: number) =>
            Math.log(n) + length * Math.log(rate) - Math.log(falseAlarms);
          expect(chance(k)).toBeLessThanOrEqual(1e-9);
          if (k > 1) expect(chance(k - 1)).toBeGreaterThan(-1e-9);
        },
      ),
      RUNS,
    );
  });

  it("for large samples are the normal's", () => {
    expect(normalBound(0.01)).toBeCloseTo(2.3263478740408408, 10);
  });
});
