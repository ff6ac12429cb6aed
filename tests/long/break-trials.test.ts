/** Size, coverage and power of the sup-Wald test on simulated data. */

import { describe, expect, it } from "vitest";
import { supWald } from "../../lib/src/stats/sup-wald.js";
import { SEARCH, share, simulated } from "../support/breaks.js";

describe("supWald", () => {
  it("rejects no break of 82 rows in 3 to 8 % of samples by its bootstrap, though the law of x breaks", () => {
    const rejected = share(200, (seed) => {
      const { x, y } = simulated(seed, { n: 82, at: 82, jump: 0 });
      return (
        supWald(x, y, { ...SEARCH, draws: 39, seed, intercept: false }).bootstrapPValue <= 0.05
      );
    });
    expect(rejected).toBeGreaterThan(0.03);
    expect(rejected).toBeLessThan(0.08);
  });

  it.each([1.5, 0.5])(
    "holds the date of a break of %s in at least 92 % of the 95 % intervals",
    (jump) => {
      const covered = share(100, (seed) => {
        const { x, y } = simulated(seed, { n: 82, at: 40, jump });
        const { lower, upper } = supWald(x, y, { ...SEARCH, draws: 39, seed, intercept: false });
        return lower <= 40 && 40 <= upper;
      });
      expect(covered).toBeGreaterThanOrEqual(0.92);
    },
  );

  it("has an interval that is short for a large break, and finds that break nearly always", () => {
    const found = Array.from({ length: 40 }, (_, seed) => {
      const { x, y } = simulated(seed, { n: 82, at: 40, jump: 1.5 });
      return supWald(x, y, { ...SEARCH, draws: 39, seed, intercept: false });
    });
    expect(
      found.filter(({ bootstrapPValue }) => bootstrapPValue <= 0.05).length,
    ).toBeGreaterThanOrEqual(38);
    const widths = found.map(({ lower, upper }) => upper - lower + 1);
    expect(widths.reduce((a, b) => a + b) / 40).toBeLessThan(20);
  });
});
