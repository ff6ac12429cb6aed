/** Tests of equal accuracy: Diebold-Mariano and Clark-West, against known answers and R. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clarkWest, clarkWestDifferential } from "../lib/src/stats/clark-west.js";
import {
  type DieboldMarianoOptions,
  dieboldMariano,
  lossDifferential,
} from "../lib/src/stats/diebold-mariano.js";
import {
  autocovariances,
  isConstant,
  longRunVariance,
} from "../lib/src/stats/long-run-variance.js";
import { expectClose, RUNS, reference } from "./support/helpers.js";

interface Test {
  readonly statistic: number;
  readonly pValue: number;
}

const { published, seeded } = reference<{
  readonly published: {
    readonly ets: readonly number[];
    readonly arima: readonly number[];
    readonly tests: readonly {
      readonly loss: "squared" | "absolute";
      readonly horizon: number;
      readonly pValue: number;
    }[];
  };
  readonly seeded: {
    readonly target: readonly number[];
    readonly smallForecast: readonly number[];
    readonly largeForecast: readonly number[];
    readonly adjusted: readonly number[];
    readonly dieboldMariano: readonly (Test & DieboldMarianoOptions)[];
    readonly clarkWest: readonly (Test & {
      readonly lags: number;
      readonly mean: number;
      readonly standardError: number;
    })[];
  };
}>("diebold-mariano");

/** Half a unit of the last digit that R printed. */
const PRINTED = 5e-5;

const LOSS = {
  squared: (error: number) => error ** 2,
  absolute: Math.abs,
} as const;

const errorsOf = (forecast: readonly number[]) =>
  seeded.target.map((value, t) => value - forecast[t]!);
const [small, large] = [errorsOf(seeded.smallForecast), errorsOf(seeded.largeForecast)];
const differential = lossDifferential(small.map(LOSS.squared), large.map(LOSS.squared));

const numbers = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
  minLength: 8,
  maxLength: 40,
});

describe("lossDifferential", () => {
  it("is 0 for one forecast that was computed in two ways, and tests nothing then", () => {
    const again = small.map((e) => LOSS.squared(e) * (1 + 2e-16 * (e > 0 ? 3 : -2)));
    const d = lossDifferential(again, small.map(LOSS.squared));
    expect(d.every((x) => x === 0)).toBe(true);
    expect(dieboldMariano(d, { horizon: 1, variance: "acf" }).pValue).toBeNaN();
  });

  it("keeps every difference where one is more than rounding", () => {
    expect(lossDifferential([1, 1 + 1e-15, 1], [1, 1, 0.9])).toEqual(
      Float64Array.of(0, 1 + 1e-15 - 1, 1 - 0.9),
    );
  });
});

describe("dieboldMariano", () => {
  it.each(published.tests)(
    "has the p-value $pValue that R prints for $loss loss at horizon $horizon",
    ({ loss, horizon, pValue }) => {
      const d = lossDifferential(published.ets.map(LOSS[loss]), published.arima.map(LOSS[loss]));
      const found = dieboldMariano(d, { horizon, variance: "acf" });
      expect(Math.abs(found.pValue - pValue)).toBeLessThan(PRINTED);
      expect(found.horizon).toBe(horizon);
    },
  );

  it.each(seeded.dieboldMariano)(
    "agrees with statsmodels at horizon $horizon, variance $variance",
    ({ horizon, variance, statistic, pValue }) => {
      const found = dieboldMariano(differential, { horizon, variance });
      expectClose(found.statistic, statistic);
      expectClose(found.pValue, pValue);
    },
  );

  it("is the one-sample t test at horizon 1", () => {
    const { statistic, pValue } = dieboldMariano([0.3, 0.1, 0.2, 0.4], {
      horizon: 1,
      variance: "acf",
    });
    expect(statistic).toBeCloseTo(0.25 / Math.sqrt(0.05 / 3 / 4), 12);
    expect(pValue).toBeCloseTo(0.0304662916621709, 12);
  });

  it("changes its sign, and nothing else, when the forecasts change places", () => {
    fc.assert(
      fc.property(
        numbers,
        numbers,
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom("acf" as const, "bartlett" as const),
        (x, y, horizon, variance) => {
          const n = Math.min(x.length, y.length);
          const [a, b] = [x.slice(0, n), y.slice(0, n)];
          const options = { horizon, variance };
          const found = dieboldMariano(lossDifferential(a, b), options);
          const other = dieboldMariano(lossDifferential(b, a), options);
          expect(other.statistic).toBe(0 - found.statistic);
          expect(other.pValue).toBe(found.pValue);
          expect(other.horizon).toBe(found.horizon);
        },
      ),
      RUNS,
    );
  });

  it("tests as at horizon 1, and says so, where the unweighted variance is not positive", () => {
    const swinging = [1, -1.1, 0.9, -1, 1.2, -1, 1, -0.9, 1, -1];
    const options = { horizon: 2, variance: "acf" } as const;
    expect(longRunVariance(swinging, 1, "acf")).toBeLessThan(0);
    const found = dieboldMariano(swinging, options);
    expect(found.horizon).toBe(1);
    expect(found).toEqual(dieboldMariano(swinging, { ...options, horizon: 1 }));
    const weighted = dieboldMariano(swinging, {
      ...options,
      variance: "bartlett",
    });
    expect(weighted.horizon).toBe(2);
    expect(weighted.statistic).not.toBe(found.statistic);
  });

  it("has no statistic for a forecast against itself, nor for a differential that never varies", () => {
    const itself = lossDifferential(published.ets, published.ets);
    for (const d of [itself, new Array<number>(12).fill(0.1)])
      for (const horizon of [1, 3])
        for (const variance of ["acf", "bartlett"] as const) {
          const found = dieboldMariano(d, { horizon, variance });
          expect(found.mean).toBeCloseTo(d[0]!, 14);
          expect(found.statistic).toBeNaN();
          expect(found.pValue).toBeNaN();
        }
  });

  it("refuses losses of two lengths, a horizon as long as the sample, missing values", () => {
    expect(() => lossDifferential([1, 2], [1])).toThrow(
      "lossDifferential: arrays must have one length, but lossA has 2, lossB has 1",
    );
    const test = (d: number[], horizon: number) => () =>
      dieboldMariano(d, { horizon, variance: "acf" });
    expect(test([1, 2, 3], 3)).toThrow(
      "dieboldMariano: horizon must be below the 3 values of the differential, got 3; lengthen the sample",
    );
    expect(test([1], 1)).toThrow(RangeError);
    expect(test([1, 2, 3], 0)).toThrow(RangeError);
    expect(test([1, Number.NaN, 3], 1)).toThrow(
      "dieboldMariano: differential must be finite, got NaN at index 1; leave out rows with missing values first",
    );
  });
});

describe("clarkWest", () => {
  const adjusted = clarkWestDifferential(small, large);

  it("adjusts the differential for the difference of the forecasts", () => {
    expectClose(adjusted, seeded.adjusted);
    expect(clarkWestDifferential([0.2, -0.1], [0.1, -0.1])[1]).toBe(0);
  });

  it("adds to the plain differential, never takes from it", () => {
    adjusted.forEach((f, t) => {
      expect(f).toBeGreaterThanOrEqual(differential[t]!);
    });
  });

  it.each(seeded.clarkWest)(
    "agrees with statsmodels' regression on a constant, $lags lags",
    ({ lags, ...theirs }) => {
      const found = clarkWest(adjusted, { lags });
      for (const key of ["mean", "standardError", "statistic", "pValue"] as const)
        expectClose(found[key], theirs[key]);
    },
  );

  it("is one-sided: the p-values of a differential and its negative add to one", () => {
    const { pValue } = clarkWest(adjusted, { lags: 2 });
    const against = clarkWest(
      adjusted.map((f) => -f),
      { lags: 2 },
    );
    expect(pValue).toBeLessThan(0.5);
    expect(pValue + against.pValue).toBeCloseTo(1, 12);
  });

  it("has no statistic for a forecast against itself", () => {
    const itself = clarkWestDifferential(small, small);
    expect(clarkWest(itself, { lags: 0 })).toEqual({
      mean: 0,
      standardError: 0,
      statistic: Number.NaN,
      pValue: Number.NaN,
    });
  });

  it("keeps missing values in the differential, and refuses them in the test", () => {
    const f = clarkWestDifferential([0.1, Number.NaN], [0.2, 0.1]);
    expect(f[1]).toBeNaN();
    expect(() => clarkWest(f, { lags: 0 })).toThrow(
      /differential must be finite, got NaN at index 1/,
    );
  });

  it("refuses as many lags as values, a single value, errors of two lengths", () => {
    expect(() => clarkWest([1, 2], { lags: 2 })).toThrow(
      "clarkWest: lags must be below the 2 values, got 2; use fewer lags",
    );
    expect(() => clarkWest([1, 2], { lags: -1 })).toThrow(RangeError);
    expect(() => clarkWest([1], { lags: 0 })).toThrow(RangeError);
    expect(() => clarkWestDifferential([1], [1, 2])).toThrow(
      /smallErrors has 1, largeErrors has 2/,
    );
  });
});

describe("dieboldMariano with lags of its own", () => {
  const differential = [0.3, 0.1, 0.2, 0.4];

  it("takes autocovariances through that lag, and the correction of its horizon", () => {
    // By numpy: mean / sqrt(v / n) sqrt((n - 1) / n).
    const test = (lags: number) =>
      dieboldMariano(differential, { horizon: 1, variance: "bartlett", lags });
    expect(test(1).statistic).toBeCloseTo(4.200840252084029, 12);
    expect(test(1).pValue).toBeCloseTo(0.024619033488346913, 12);
    expect(test(2).statistic).toBeCloseTo(5.669467095138407, 12);
    expect(test(2).horizon).toBe(1);
  });

  it("is the published test for horizon - 1 lags", () => {
    for (const variance of ["acf", "bartlett"] as const)
      for (const horizon of [1, 2])
        expect(
          dieboldMariano(differential, {
            horizon,
            variance,
            lags: horizon - 1,
          }),
        ).toEqual(dieboldMariano(differential, { horizon, variance }));
  });

  it("falls back to no lags where their sum is not positive", () => {
    const alternating = [1, -1, 1, -1, 1.5];
    expect(longRunVariance(alternating, 1, "acf")).toBeLessThan(0);
    expect(dieboldMariano(alternating, { horizon: 1, variance: "acf", lags: 1 })).toEqual(
      dieboldMariano(alternating, { horizon: 1, variance: "acf" }),
    );
  });

  it("refuses lags that are no integer of at least 0", () => {
    expect(() => dieboldMariano(differential, { horizon: 1, variance: "acf", lags: -1 })).toThrow(
      /dieboldMariano: lags/,
    );
  });
});

describe("longRunVariance", () => {
  it("is never negative with Bartlett weights", () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 7 }), (x, lags) => {
        expect(longRunVariance(x, lags, "bartlett")).toBeGreaterThanOrEqual(-1e-15);
      }),
      RUNS,
    );
  });

  it("sums autocovariances over n at every lag", () => {
    expect([...autocovariances([1, 2, 4, 1], 3)]).toEqual([1.5, -0.5, -0.5, 0.25].map((v) => v));
    const x = [1, 2, 4, 1];
    expect(longRunVariance(x, 1, "acf")).toBe(1.5 + 2 * -0.5);
    expect(longRunVariance(x, 1, "bartlett")).toBe(1.5 + -0.5);
  });

  it("is exactly zero for values that differ by rounding alone, in any unit", () => {
    const noise = [0.1 + 0.2, 0.3, 0.3];
    for (const unit of [1e-9, 1, 1e9])
      expect(
        longRunVariance(
          noise.map((v) => v * unit),
          1,
          "acf",
        ),
      ).toBe(0);
    expect(isConstant([1, 1 + 1e-9])).toBe(false);
    expect(isConstant([1, Number.NaN])).toBe(false);
  });
});
