/** Means, deviations, skewness and kurtosis, known answers and invariances. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { normalQuantile } from "../lib/src/stats/distributions.js";
import {
  mean,
  rootMeanSquare,
  type SampleMoments,
  sampleMoments,
  smallSampleMoments,
  standardDeviation,
} from "../lib/src/stats/moments.js";
import { RUNS, reference } from "./support/helpers.js";

/** Relative to the size of the values. */
const ROUNDING = 1e-12;

/** Relative, against scipy on the same doubles. */
const SCIPY = 1e-12;

const published = reference<{
  readonly samples: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly scipy: Readonly<Record<Exclude<keyof SampleMoments, "sampleKurtosis">, number>>;
  }[];
  readonly printed: Readonly<Record<string, Partial<SampleMoments>>>;
}>("moments");

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
    expect(standardDeviation([], 1)).toBeNaN();
  });

  it("stays when all values shift, and doubles when they double", () => {
    fc.assert(
      fc.property(returns, fc.constantFrom<0 | 1>(0, 1), (values, ddof) => {
        const sd = standardDeviation(values, ddof);
        const shifted = values.map((v) => v + 0.25);
        expect(Math.abs(standardDeviation(shifted, ddof) - sd)).toBeLessThanOrEqual(ROUNDING);
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
        expect(Math.abs(rootMeanSquare(values) ** 2 - parts)).toBeLessThanOrEqual(ROUNDING);
      }),
      RUNS,
    );
  });
});

describe("sampleMoments", () => {
  it.each(published.samples)(
    "has scipy's skewness and kurtosis in both conventions: $name",
    ({ name, values, scipy }) => {
      const ours = sampleMoments(values);
      // Around a mean of 1e6 with a spread of 0.01 the data themselves have eight digits left.
      const tolerance = name === "far" ? 1e-8 : SCIPY;
      for (const [key, theirs] of Object.entries(scipy)) {
        const value = ours[key as keyof SampleMoments];
        expect(Math.abs(value - theirs), key).toBeLessThanOrEqual(
          tolerance * Math.max(1e-2, Math.abs(theirs)),
        );
      }
    },
  );

  it("has the printed values of R's PerformanceAnalytics", () => {
    for (const [name, printed] of Object.entries(published.printed)) {
      const { values } = published.samples.find((s) => s.name === name)!;
      const moments = sampleMoments(values);
      const { n, g1 } = moments;
      // Its "sample" skewness divides by the population's deviation cubed, not the sample's: not the G1 of anyone else.
      const theirs = {
        ...moments,
        G1: (g1 * n ** 2) / ((n - 1) * (n - 2)),
      };
      for (const [key, value] of Object.entries(printed))
        expect(theirs[key as keyof SampleMoments], `${name} ${key}`).toBeCloseTo(
          value,
          name === "bacon" ? 2 : 4,
        );
    }
  });

  it("reaches the bounds of its size where one value differs from the others", () => {
    for (const n of [3, 4, 12, 100]) {
      const spike = sampleMoments([1, ...new Array<number>(n - 1).fill(0)]);
      const bounds = smallSampleMoments(n);
      expect(spike.g1).toBeCloseTo(bounds.largestG1, 11);
      expect(spike.b2).toBeCloseTo(bounds.largestB2, 10);
    }
  });

  it("turns its skewness round when the values change sign, and keeps shape when they are scaled and shifted", () => {
    fc.assert(
      fc.property(returns, (values) => {
        const [a, b] = [sampleMoments(values), sampleMoments(values.map((v) => 0.5 - 2 * v))];
        // Values a rounding error apart have no shape to keep.
        if (!(a.populationSd > 1e-3)) return;
        expect(b.g1).toBeCloseTo(-a.g1, 9);
        expect(b.b2).toBeCloseTo(a.b2, 9);
      }),
      RUNS,
    );
  });

  it("has no shape where all values are equal, nor where they are too few", () => {
    const flat = sampleMoments([0.1, 0.1, 0.1, 0.1, 0.1, 0.1]);
    for (const key of ["g1", "G1", "b2", "g2", "G2", "sampleKurtosis"] as const)
      expect(flat[key], key).toBeNaN();
    expect(flat.mean).toBeCloseTo(0.1, 15);
    const two = sampleMoments([1, 3]);
    expect([two.g1, two.b2]).toEqual([0, 1]);
    expect([two.G1, two.G2, two.sampleKurtosis]).toEqual([NaN, NaN, NaN]);
    expect(sampleMoments([1, 2, 4]).G2).toBeNaN();
    expect(sampleMoments([1, 2, 4, 5]).G2).toBeCloseTo(-3.3, 12);
  });

  it("has of one value its ends and its mean, and of none neither", () => {
    expect(sampleMoments([5])).toMatchObject({ n: 1, mean: 5, min: 5, max: 5, b2: Number.NaN });
    const { NaN: none } = Number;
    expect(sampleMoments([])).toMatchObject({ n: 0, mean: none, min: none, max: none });
  });

  it("is NaN but for n where a value is missing, and where there is none", () => {
    for (const values of [[1, Number.NaN, 3, 4], []]) {
      const { n, ...rest } = sampleMoments(values);
      expect(n).toBe(values.length);
      expect(Object.values(rest)).toEqual(Object.values(rest).map(() => NaN));
    }
  });
});

describe("smallSampleMoments", () => {
  it("expects a kurtosis of 2.54 of twelve normal values, not 3", () => {
    expect(smallSampleMoments(12).normalB2).toBeCloseTo(33 / 13, 14);
  });

  it("has standard errors that approach sqrt(6/n) and sqrt(24/n)", () => {
    const n = 1e6;
    const { g1, G1, b2, G2 } = smallSampleMoments(n).standardErrors;
    for (const value of [g1, G1]) expect(value * Math.sqrt(n / 6)).toBeCloseTo(1, 5);
    for (const value of [b2, G2]) expect(value * Math.sqrt(n / 24)).toBeCloseTo(1, 4);
  });

  it("agrees with the spread of seeded normal samples of twelve", () => {
    const draw = stream("smallSampleMoments");
    const normal = () => normalQuantile(draw.uniform());
    const drawn = Array.from({ length: 20_000 }, () =>
      sampleMoments(Array.from({ length: 12 }, normal)),
    );
    const { normalB2, standardErrors } = smallSampleMoments(12);
    // Within four standard errors of the simulation, which are below 1 % for skewness and 3 % for kurtosis.
    const b2 = drawn.map((m) => m.b2);
    expect(Math.abs(mean(b2) - normalB2)).toBeLessThan(0.025);
    for (const [key, wide] of [
      ["g1", 0.03],
      ["G1", 0.03],
      ["b2", 0.06],
      ["G2", 0.06],
    ] as const) {
      const spread = standardDeviation(
        drawn.map((m) => m[key]),
        1,
      );
      expect(Math.abs(spread / standardErrors[key] - 1), key).toBeLessThan(wide);
    }
  });

  it("refuses a size that is no sample", () => {
    expect(() => smallSampleMoments(1)).toThrow(
      /^smallSampleMoments: n must be an integer of at least 2, got 1$/,
    );
  });
});
