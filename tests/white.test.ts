/** White's covariances, against statsmodels and R. */

import { describe, expect, it } from "vitest";
import { regression } from "../lib/src/stats/ols.js";
import { whiteCovariance } from "../lib/src/stats/white.js";
import { reference } from "./support/helpers.js";
import { expectRelative, REGRESSIONS } from "./support/regressions.js";

const KINDS = ["HC0", "HC1", "HC2", "HC3"] as const;

describe("whiteCovariance", () => {
  it.each(REGRESSIONS)("has statsmodels' HC0, HC1, HC2 and HC3: $name", ({ fit, statsmodels }) => {
    for (const kind of KINDS)
      expectRelative(whiteCovariance(fit, kind), statsmodels.covariances[kind]!);
  });

  it("has the HC3 of R's sandwich", () => {
    const { cases } = reference<{
      cases: { name: string; HC3: number[] }[];
    }>("sandwich");
    for (const { name, HC3 } of cases) {
      const { fit } = REGRESSIONS.find((regression) => regression.name === name)!;
      expectRelative(whiteCovariance(fit, "HC3"), HC3);
    }
  });

  it("has the printed HC1 standard errors of the investment equation", () => {
    const { fit } = REGRESSIONS.find(({ name }) => name === "macro")!;
    const covariance = whiteCovariance(fit, "HC1");
    expectRelative(
      [0, 4, 8].map((at) => Math.sqrt(covariance[at]!)),
      [1.3690593206013, 0.32355452428856, 0.32772840315987],
    );
  });

  it("is sum(x^2 e^2) / sum(x^2)^2 for one regressor", () => {
    const fit = regression([1, 2], [1, 3], { intercept: false });
    // b = 7 / 5, residuals -2/5 and 1/5.
    expectRelative(whiteCovariance(fit, "HC0"), [(4 / 25 + 4 / 25) / 25], 1e-12);
  });

  it("divides residuals by 1 - h: with an intercept alone HC2 is the classical covariance, HC3 n / (n - 1) of it", () => {
    const fit = regression([], [2, 4, 9, 1], { intercept: true });
    const [classical] = fit.covariance;
    expectRelative(whiteCovariance(fit, "HC1"), [classical!], 1e-12);
    expectRelative(whiteCovariance(fit, "HC2"), [classical!], 1e-12);
    expectRelative(whiteCovariance(fit, "HC3"), [(classical! * 4) / 3], 1e-12);
  });

  it("is NaN under HC2 and HC3 where an observation has a regressor to itself", () => {
    const fit = regression([0, 0, 0, 0, 1], [1, 3, 2, 5, 9], {
      intercept: true,
    });
    expect(whiteCovariance(fit, "HC3")).toEqual(new Float64Array(4).fill(NaN));
    expect(whiteCovariance(fit, "HC2")).toEqual(new Float64Array(4).fill(NaN));
    expect(whiteCovariance(fit, "HC0").every(Number.isFinite)).toBe(true);
  });

  it("is NaN where a value is missing, and where rows are as many as coefficients", () => {
    for (const kind of KINDS) {
      const missing = regression([1, 2, 3], [1, NaN, 2], { intercept: false });
      expect(whiteCovariance(missing, kind)).toEqual(Float64Array.of(NaN));
      const exact = regression([2], [1], { intercept: false });
      expect(whiteCovariance(exact, kind)).toEqual(Float64Array.of(NaN));
    }
  });
});
