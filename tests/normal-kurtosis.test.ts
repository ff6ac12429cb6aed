/** Kurtosis of small normal samples, against simulation and theory. */

import { describe, expect, it } from "vitest";
import { mean, smallSampleMoments } from "../lib/src/stats/moments.js";
import { normalKurtosis, shareAbove } from "../lib/src/stats/normal-kurtosis.js";
import { quantile } from "../lib/src/stats/quantile.js";
import { reference } from "./support/helpers.js";

const OPTIONS = { draws: 100_000, seed: 1 };
/** Five standard errors of a share over the draws, at its widest. */
const SHARE = 0.008;
/** Simulated quantiles, relative. */
const QUANTILE = 0.02;

const { cases } = reference<{
  readonly cases: readonly {
    readonly n: number;
    readonly above2: number;
    readonly above3: number;
    readonly quantiles: Readonly<Record<string, number>>;
  }[];
}>("normal-kurtosis");

describe("normalKurtosis", () => {
  it.each(cases)(
    "has the shares and quantiles of scipy's simulation, n = $n",
    ({ n, above2, above3, quantiles }) => {
      const b2 = normalKurtosis(n, OPTIONS);
      expect(Math.abs(shareAbove(b2, 2) - above2)).toBeLessThan(SHARE);
      expect(Math.abs(shareAbove(b2, 3) - above3)).toBeLessThan(SHARE);
      for (const [p, value] of Object.entries(quantiles))
        expect(Math.abs(quantile(b2, Number(p)) / value - 1)).toBeLessThan(QUANTILE);
    },
  );

  it("has the known mean, and stays below the largest value that a sample can have", () => {
    const b2 = normalKurtosis(12, OPTIONS);
    const { normalB2, largestB2, standardErrors } = smallSampleMoments(12);
    const error = standardErrors.b2 / Math.sqrt(OPTIONS.draws);
    expect(Math.abs(mean(b2) - normalB2)).toBeLessThan(5 * error);
    expect(b2[0]).toBeGreaterThan(1);
    expect(b2.at(-1)).toBeLessThan(largestB2);
  });

  it("is ascending, and the same for the same seed alone", () => {
    const b2 = normalKurtosis(12, { draws: 50, seed: 3 });
    expect(b2).toEqual(b2.slice().sort());
    expect(normalKurtosis(12, { draws: 50, seed: 3 })).toEqual(b2);
    expect(normalKurtosis(12, { draws: 50, seed: 4 })).not.toEqual(b2);
  });

  it.each([
    ["n", 1, 10],
    ["draws", 12, 0],
  ])("refuses too small a number of %s", (name, n, draws) => {
    expect(() => normalKurtosis(n, { draws, seed: 1 })).toThrow(
      new RegExp(`^normalKurtosis: ${name} must be an integer of at least`),
    );
  });
});

describe("shareAbove", () => {
  it("counts what lies above, not what is equal", () => {
    expect(shareAbove([1, 2, 3, 4], 2)).toBe(0.5);
    expect(shareAbove([1, 2], 5)).toBe(0);
  });
  it("is NaN for no values, and for no limit", () => {
    expect(shareAbove([], 1)).toBeNaN();
    expect(shareAbove([1, 2], Number.NaN)).toBeNaN();
  });
});
