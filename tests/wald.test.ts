/** The Wald test of several coefficients, against statsmodels. */

import { describe, expect, it } from "vitest";
import { inference } from "../lib/src/stats/inference.js";
import { neweyWestCovariance } from "../lib/src/stats/newey-west.js";
import { regression } from "../lib/src/stats/ols.js";
import { waldTest } from "../lib/src/stats/wald.js";
import { expectRelative, REGRESSIONS } from "./support/regressions.js";

describe("waldTest", () => {
  it("of one coefficient is its t squared, with t's p-value", () => {
    for (const { fit } of REGRESSIONS) {
      const covariance = neweyWestCovariance(fit);
      const { tStats, pValues } = inference(fit, covariance, 0.95);
      tStats.forEach((t, j) => {
        const { statistic, pValue } = waldTest(fit, covariance, [j]);
        expectRelative([statistic, pValue], [t ** 2, pValues[j]!], 1e-8);
      });
    }
  });

  it("of all slopes with the classical covariance is the regression's F, from R squared", () => {
    for (const { fit } of REGRESSIONS.filter((regression) => regression.intercept)) {
      const { k, degreesOfFreedom, r2Centred } = fit;
      const slopes = Array.from({ length: k - 1 }, (_, j) => j + 1);
      expectRelative(
        [waldTest(fit, fit.covariance, slopes).statistic],
        [r2Centred / (k - 1) / ((1 - r2Centred) / degreesOfFreedom)],
        1e-8,
      );
    }
  });

  it("does not depend on the units of a regressor or the order of the coefficients", () => {
    const x = [1, 4, 2, 1, 3, 3, 4, 2, 5, 7, 6, 1];
    const y = [2, 1, 4, 3, 7, 5];
    const testOf = (rows: readonly number[], tested: readonly number[]) => {
      const fit = regression(rows, y, { intercept: true });
      return waldTest(fit, neweyWestCovariance(fit, { lags: 1 }), tested);
    };
    const { statistic } = testOf(x, [1, 2]);
    const scaled = x.map((v, at) => (at % 2 === 0 ? 1e6 * v : v));
    expectRelative([testOf(scaled, [1, 2]).statistic], [statistic], 1e-8);
    expectRelative([testOf(x, [2, 1]).statistic], [statistic], 1e-8);
  });

  it("is NaN where the covariance is missing or singular", () => {
    const fit = regression([1, 2, 4], [1, 3, 2], { intercept: true });
    const missing = { statistic: Number.NaN, pValue: Number.NaN };
    expect(waldTest(fit, [1, 2, 2, Number.NaN], [0, 1])).toEqual(missing);
    expect(waldTest(fit, [1, 2, 2, 4], [0, 1])).toEqual(missing);
    expect(waldTest(fit, [0, 0, 0, 0], [1])).toEqual(missing);
  });

  it("refuses a covariance of another size, no coefficient, and one that is not there", () => {
    const fit = regression([1, 2, 4], [1, 3, 2], { intercept: true });
    expect(() => waldTest(fit, [1], [0])).toThrow(/^waldTest: arrays must/);
    expect(() => waldTest(fit, fit.covariance, [])).toThrow(
      new RangeError(
        "waldTest: tested must be positions of the 2 coefficients, 0 to 1, got none; name those to be tested",
      ),
    );
    expect(() => waldTest(fit, fit.covariance, [1, 2])).toThrow(/got 1, 2/);
  });
});
