/** Newey-West covariances and their lags, against statsmodels and R. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type NeweyWestOptions,
  neweyWestAutomaticLags,
  neweyWestCovariance,
  neweyWestLags,
} from "../lib/src/stats/newey-west.js";
import { regression } from "../lib/src/stats/ols.js";
import { whiteCovariance } from "../lib/src/stats/white.js";
import { RUNS, reference } from "./support/helpers.js";
import { expectRelative, REGRESSIONS } from "./support/regressions.js";

/** By name: covariances [k x k] and bandwidths of R's sandwich. */
const { cases: sandwich } = reference<{
  readonly cases: readonly {
    readonly name: string;
    readonly bandwidth: number;
    readonly bandwidthPrewhitened: number;
    readonly automatic: readonly number[];
    readonly automaticPrewhitened: readonly number[];
    readonly lag4Prewhitened: readonly number[];
    readonly lag4PrewhitenedAdjusted: readonly number[];
    readonly lag4Adjusted: readonly number[];
  }[];
}>("sandwich");

const macro = REGRESSIONS.find(({ name }) => name === "macro")!.fit;

describe("neweyWestCovariance", () => {
  it("has the standard errors that Stata and R print for the investment equation, 4 lags", () => {
    const adjusted = neweyWestCovariance(macro, { lags: 4 });
    expectRelative(macro.coefficients, [-9.48167277465485, 4.3742216647032, -0.613996969478989]);
    expectRelative(
      [0, 4, 8].map((at) => Math.sqrt(adjusted[at]!)),
      [1.1859338087713, 0.33125644884286, 0.29582347593197],
    );
    expectRelative(
      neweyWestCovariance(macro, { lags: 4, adjust: false }).subarray(0, 3),
      [1.3855512908840137, -0.3133096102522685, -0.0597207976835705],
    );
  });

  it("has their printed covariances with 10 lags", () => {
    expectRelative(
      neweyWestCovariance(macro, { lags: 10, adjust: false }).subarray(0, 3),
      [1.257386180080192, -0.2871560199899846, -0.03958300024627573],
    );
  });

  it.each(REGRESSIONS)(
    "has statsmodels' covariances with and without n / (n - k): $name",
    ({ fit, statsmodels }) => {
      for (const lags of [0, 1, 4, 10])
        for (const adjust of [false, true])
          expectRelative(
            neweyWestCovariance(fit, { lags, adjust }),
            statsmodels.covariances[`HAC ${lags}${adjust ? " adjusted" : ""}`]!,
          );
    },
  );

  it.each(sandwich)(
    "has the covariances of R's sandwich, prewhitened and with automatic lags: $name",
    ({ name, ...r }) => {
      const { fit } = REGRESSIONS.find((regression) => regression.name === name)!;
      const covarianceOf = (options: NeweyWestOptions) => neweyWestCovariance(fit, options);
      const [four, plain] = [{ lags: 4 }, { adjust: false }];
      expectRelative(covarianceOf(four), r.lag4Adjusted);
      const white = { prewhiten: true };
      expectRelative(covarianceOf({ ...four, ...white }), r.lag4PrewhitenedAdjusted);
      expectRelative(covarianceOf({ ...four, ...white, ...plain }), r.lag4Prewhitened);
      const lags = "automatic";
      expectRelative(covarianceOf({ lags, ...plain }), r.automatic);
      expectRelative(covarianceOf({ lags, ...white, ...plain }), r.automaticPrewhitened);
    },
  );

  it("is White's covariance without lags", () => {
    for (const { fit } of REGRESSIONS)
      expectRelative(neweyWestCovariance(fit, { lags: 0 }), whiteCovariance(fit, "HC1"), 1e-12);
  });

  it("takes the project's rule and n / (n - k) unless told otherwise", () => {
    expect(neweyWestCovariance(macro)).toEqual(
      neweyWestCovariance(macro, { lags: 4, prewhiten: false, adjust: true }),
    );
  });

  it("has no negative variance, whatever the errors", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
          minLength: 8,
          maxLength: 30,
        }),
        fc.integer({ min: 0, max: 7 }),
        (y, lags) => {
          const x = y.map((_, t) => Math.cos(t));
          const fit = regression(x, y, { intercept: true });
          const c = neweyWestCovariance(fit, { lags });
          expect(c[0]).toBeGreaterThanOrEqual(0);
          expect(c[3]).toBeGreaterThanOrEqual(0);
          expect(c[0]! * c[3]! - c[1]! * c[2]!).toBeGreaterThanOrEqual(-1e-12 * c[0]! * c[3]!);
        },
      ),
      RUNS,
    );
  });

  it("is NaN where a value is missing, and where rows are as many as coefficients", () => {
    for (const lags of [0, "automatic"] as const) {
      const missing = regression([1, 2, 3], [1, NaN, 2], { intercept: false });
      expect(neweyWestCovariance(missing, { lags })).toEqual(Float64Array.of(NaN));
      const short = regression([1], [1], { intercept: true });
      expect(neweyWestCovariance(short)).toEqual(new Float64Array(4).fill(NaN));
      const exact = regression([2], [1], { intercept: false });
      expect(neweyWestCovariance(exact, { lags })).toEqual(Float64Array.of(NaN));
    }
  });

  it("is zero for a perfect fit, prewhitened or not", () => {
    const fit = regression([1, 2, 3, 5], [2, 4, 6, 10], { intercept: false });
    for (const prewhiten of [false, true])
      expect(neweyWestCovariance(fit, { lags: 1, prewhiten })).toEqual(Float64Array.of(0));
  });

  it("refuses lags that are negative, broken, or as many as the observations", () => {
    expect(() => neweyWestCovariance(macro, { lags: -1 })).toThrow(
      /^neweyWestCovariance: lags must be an integer of at least 0, got -1$/,
    );
    expect(() => neweyWestCovariance(macro, { lags: 1.5 })).toThrow(RangeError);
    expect(() => neweyWestCovariance(macro, { lags: 202 })).toThrow(
      /^neweyWestCovariance: lags must be below the number of observations, 202, got 202; take fewer lags$/,
    );
  });
});

describe("neweyWestLags", () => {
  it("is floor(4 (n / 100)^(2/9))", () => {
    const lags = [1, 12, 47, 83, 99, 100, 272, 273, 2500, 51_200, 1_968_300].map(neweyWestLags);
    expect(lags).toEqual([1, 2, 3, 3, 3, 4, 4, 5, 8, 16, 36]);
  });
});

describe("neweyWestAutomaticLags", () => {
  it("is the whole part of the bandwidth of R's sandwich", () => {
    for (const { name, bandwidth, bandwidthPrewhitened } of sandwich) {
      const { fit } = REGRESSIONS.find((regression) => regression.name === name)!;
      expect(neweyWestAutomaticLags(fit), name).toBe(Math.floor(bandwidth));
      expect(neweyWestAutomaticLags(fit, { prewhiten: true }), name).toBe(
        Math.floor(bandwidthPrewhitened),
      );
    }
  });

  it("is NaN where there is nothing to choose by", () => {
    const missing = regression([1, 2, 3], [1, NaN, 2], { intercept: false });
    expect(neweyWestAutomaticLags(missing)).toBeNaN();
    const perfect = regression([1, 2, 3], [2, 4, 6], { intercept: false });
    expect(neweyWestAutomaticLags(perfect)).toBeNaN();
  });
});
