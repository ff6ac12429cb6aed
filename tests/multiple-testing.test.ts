/** Holm's and Benjamini-Hochberg's p-values, against their references. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  benjaminiHochbergPValues,
  benjaminiYekutieliPValues,
  holmPValues,
} from "../lib/src/stats/multiple-testing.js";
import { expectClose, RUNS, reference } from "./support/helpers.js";

const { cases } = reference<{
  readonly cases: readonly {
    readonly pValues: readonly number[];
    readonly holm: readonly number[];
    readonly benjaminiHochberg: readonly number[];
    readonly benjaminiYekutieli: readonly number[];
  }[];
}>("multiple-testing");

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
  maxLength: 20,
});

describe("holmPValues and benjaminiHochbergPValues", () => {
  it("agree with statsmodels, ties, zeros and ones included", () => {
    expect(cases).toHaveLength(5);
    for (const { pValues: given, holm, benjaminiHochberg, benjaminiYekutieli } of cases) {
      expectClose(holmPValues(given), holm);
      expectClose(benjaminiHochbergPValues(given), benjaminiHochberg);
      expectClose(benjaminiYekutieliPValues(given), benjaminiYekutieli);
    }
  });

  it("leave out tests that were not made, whose p-value stays NaN", () => {
    const given = [0.01, Number.NaN, 0.04, 0.03];
    expectClose(holmPValues(given).filter(Number.isFinite), [0.03, 0.06, 0.06]);
    expect(holmPValues(given)[1]).toBeNaN();
    expectClose(benjaminiHochbergPValues(given).filter(Number.isFinite), [0.03, 0.04, 0.04]);
    expect(benjaminiHochbergPValues(given)[1]).toBeNaN();
    const harmonic = 1 + 1 / 2 + 1 / 3;
    expectClose(
      benjaminiYekutieliPValues(given).filter(Number.isFinite),
      [0.03, 0.04, 0.04].map((p) => harmonic * p),
    );
    expect(benjaminiYekutieliPValues(given)[1]).toBeNaN();
  });

  it("never lower a p-value, keep their order, and Holm is the stricter", () => {
    fc.assert(
      fc.property(pValues, (given) => {
        const holm = holmPValues(given);
        const bh = benjaminiHochbergPValues(given);
        given.forEach((p, i) => {
          expect(bh[i]).toBeGreaterThanOrEqual(p * (1 - 1e-15));
          expect(holm[i]).toBeGreaterThanOrEqual(bh[i]! * (1 - 1e-15));
          expect(holm[i]).toBeLessThanOrEqual(1);
          given.forEach((q, j) => {
            if (p < q) {
              expect(holm[i]).toBeLessThanOrEqual(holm[j]!);
              expect(bh[i]).toBeLessThanOrEqual(bh[j]!);
            }
          });
        });
      }),
      RUNS,
    );
  });

  it("leave a single p-value, and no p-value, as it is", () => {
    expect([...holmPValues([0.2])]).toEqual([0.2]);
    expect([...benjaminiHochbergPValues([0.2])]).toEqual([0.2]);
    expect(holmPValues([])).toHaveLength(0);
  });

  it("refuse what is no probability", () => {
    expect(() => holmPValues([0.1, 1.2])).toThrow(
      "holmPValues: p-values must be from 0 to 1, got 1.2 at index 1; pass NaN for a test that was not made",
    );
    expect(() => benjaminiHochbergPValues([-0.1])).toThrow(RangeError);
  });
});
