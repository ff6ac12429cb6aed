/** Errors, t statistics and intervals of regressions, against statsmodels and R. */

import { describe, expect, it } from "vitest";
import { inference } from "../lib/src/stats/inference.js";
import { neweyWestCovariance } from "../lib/src/stats/newey-west.js";
import { regression } from "../lib/src/stats/ols.js";
import { expectRelative, REGRESSIONS } from "./support/regressions.js";

describe("inference", () => {
  it.each(REGRESSIONS)(
    "has statsmodels' standard errors, t, p and intervals: $name, Newey-West with 4 lags",
    ({ fit, statsmodels }) => {
      const ours = inference(fit, neweyWestCovariance(fit, { lags: 4 }), 0.95);
      for (const [name, theirs] of Object.entries(statsmodels.inferenceHac4))
        expectRelative(ours[name as "tStats"], theirs);
    },
  );

  it("is the t-test of a mean with an intercept alone", () => {
    // Mean 5, sample deviation sqrt(13): t = 5 / sqrt(13 / 3), p from t(2) in closed form, 1 - t / sqrt(t^2 + 2).
    const fit = regression([], [2, 4, 9], { intercept: true });
    const { tStats, pValues, lower, upper } = inference(fit, fit.covariance, 0.9);
    const t = 5 / Math.sqrt(13 / 3);
    expectRelative(tStats, [t], 1e-12);
    expectRelative(pValues, [1 - t / Math.sqrt(t ** 2 + 2)], 1e-12);
    const width = 2.919985580353726 * Math.sqrt(13 / 3);
    expectRelative([...lower, ...upper], [5 - width, 5 + width], 1e-12);
  });

  it("has no t and no p where a perfect fit leaves a standard error of 0", () => {
    const fit = regression([1, 2, 3], [2, 4, 6], { intercept: false });
    const { standardErrors, tStats, pValues, lower } = inference(fit, fit.covariance, 0.95);
    expect([standardErrors, tStats, pValues]).toEqual([[0], [NaN], [NaN]]);
    expect(lower).toEqual(fit.coefficients);
  });

  it("is NaN where the regression is, and where rows are as many as coefficients", () => {
    for (const y of [
      [1, Number.NaN, 2],
      [1, 2],
    ]) {
      const fit = regression([1, 2, 5].slice(0, y.length), y, {
        intercept: true,
      });
      const { standardErrors, pValues, upper } = inference(fit, fit.covariance, 0.95);
      for (const values of [standardErrors, pValues, upper]) expect(values).toEqual([NaN, NaN]);
    }
  });

  it("refuses a covariance of another size, and a level that is none", () => {
    const fit = regression([1, 2, 3], [2, 4, 7], { intercept: false });
    expect(() => inference(fit, [1, 2, 3, 4], 0.95)).toThrow(
      /^inference: arrays must have one length, but covariance has 4, k x k has 1$/,
    );
    expect(() => inference(fit, fit.covariance, 95)).toThrow(RangeError);
  });
});
