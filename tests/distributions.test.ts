/** Distribution functions against SciPy, and as inverses of each other. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chiSquareCdf,
  chiSquareSurvival,
  fCdf,
  fSurvival,
  normalCdf,
  normalQuantile,
  studentTCdf,
  studentTQuantile,
  studentTSurvival,
  twoSidedP,
} from "../lib/src/stats/distributions.js";
import { RUNS, reference } from "./support/helpers.js";

const DISTRIBUTIONS: Readonly<Record<string, (...given: [number, number, number]) => number>> = {
  chiSquareCdf,
  chiSquareSurvival,
  fCdf,
  fSurvival,
  normalCdf,
  normalQuantile,
  studentTCdf,
  studentTQuantile,
  studentTSurvival,
  twoSidedP,
};

/** Relative, in both tails down to 1e-300. */
const TAILS = 1e-12;

type Case = readonly [given: [number, number, number], scipy: number, digits?: number];

const { versions, ...cases } =
  reference<Readonly<Record<string, readonly Case[]>>>("distributions");

function expectClose(actual: number, expected: number, label: string): void {
  expect(Math.abs(actual - expected), label).toBeLessThanOrEqual(TAILS * Math.abs(expected));
}

describe("the distributions", () => {
  it.each(Object.entries(cases))("%s has scipy's values, far into the tails", (name, values) => {
    const distribution = DISTRIBUTIONS[name]!;
    expect(values.length).toBeGreaterThan(15);
    for (const [given, scipy, digits] of values) {
      // Where scipy itself is off by more than 1e-13 the file has the value of 60-digit arithmetic beside it.
      expectClose(distribution(...given), digits ?? scipy, `${name}(${given})`);
    }
  });

  it("have their printed critical values", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(studentTQuantile(0.975, 1)).toBeCloseTo(12.706204736174694, 12);
    expect(chiSquareSurvival(2 * Math.log(20), 2)).toBeCloseTo(0.05, 15);
    expect(fSurvival(9, 2, 2)).toBeCloseTo(0.1, 15);
  });

  it("sum to one over both tails", () => {
    const value = fc.double({ min: -30, max: 30, noNaN: true });
    const df = fc.double({ min: 0.5, max: 500, noNaN: true });
    fc.assert(
      fc.property(value, df, df, (x, a, b) => {
        const sums = [
          normalCdf(x) + normalCdf(-x),
          studentTCdf(x, a) + studentTSurvival(x, a),
          chiSquareCdf(x, a) + chiSquareSurvival(x, a),
          fCdf(x, a, b) + fSurvival(x, a, b),
        ];
        for (const sum of sums) expect(Math.abs(sum - 1)).toBeLessThan(1e-14);
      }),
      RUNS,
    );
  });

  it("are related: the square of a t is an F, of a normal a chi-square", () => {
    for (const t of [1e-3, 0.7, 2, 9]) {
      expectClose(twoSidedP(-t, 7), fSurvival(t ** 2, 1, 7), `t ${t}`);
      expectClose(2 * normalCdf(-t), chiSquareSurvival(t ** 2, 1), `z ${t}`);
    }
  });

  it("have quantiles that invert the probabilities", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-200, max: 1 - 1e-9, noNaN: true }),
        fc.double({ min: 2, max: 1e6, noNaN: true }),
        (p, df) => {
          expectClose(normalCdf(normalQuantile(p)), p, `normal ${p}`);
          expectClose(studentTCdf(studentTQuantile(p, df), df), p, `${df}`);
        },
      ),
      RUNS,
    );
  });

  it("stay finite and ordered at the ends of their range", () => {
    expect(normalCdf(-Infinity)).toBe(0);
    expect(normalCdf(Infinity)).toBe(1);
    expect(twoSidedP(Infinity, 5)).toBe(0);
    expect(twoSidedP(0, 5)).toBe(1);
    expect(fSurvival(0, 2, 5)).toBe(1);
    expect(fSurvival(Infinity, 2, 5)).toBe(0);
    expect(chiSquareCdf(-1, 3)).toBe(0);
    expect(chiSquareSurvival(Infinity, 3)).toBe(0);
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(studentTQuantile(1, 3)).toBe(Infinity);
    expect(studentTQuantile(0.5, 3)).toBe(0);
  });

  it("are NaN where an argument is missing", () => {
    for (const distribution of Object.values(DISTRIBUTIONS)) {
      const all = [0.3, 4, 5].slice(0, distribution.length);
      all.forEach((_, at) => {
        const given = all.with(at, Number.NaN) as Case[0];
        expect(distribution(...given), `${distribution.name} ${at}`).toBeNaN();
      });
    }
  });

  it("refuse degrees of freedom that are not above 0, and probabilities outside [0, 1]", () => {
    expect(() => twoSidedP(1, 0)).toThrow(/^twoSidedP: df must be a finite number above 0, got 0$/);
    expect(() => fCdf(1, 2, -1)).toThrow(/^fCdf: df2 must be .*, got -1$/);
    expect(() => studentTQuantile(1.1, 5)).toThrow(
      /^studentTQuantile: p must be a probability from 0 to 1, got 1.1$/,
    );
  });
});
