/** Neural betas by date: means over coins, differences between dates, slopes with their errors, and the error of the weights. */

import { describe, expect, it } from "vitest";
import {
  coinMeans,
  meanDifference,
  reportedMeans,
  reportedPath,
  slopeMeasurement,
  withWeightError,
} from "../lib/src/report/claims/neural-paths.js";
import { studentMeasurement } from "../lib/src/report/measurement.js";
import { STUDY } from "../lib/src/study.js";
import { betaPath } from "../lib/src/types.js";
import { claimContextOf, monthsOf, sign } from "./support/claim-context.js";
import { seededPanel } from "./support/helpers.js";

describe("coinMeans", () => {
  it("are means over the coins by date, and a lone coin's own betas", () => {
    const path = (coins: string[]) =>
      betaPath(seededPanel(3, coins, ["X"]), "walkForward", (coin, t) => [10 * coin + t]);
    expect(coinMeans(path(["A", "B"]), "X").values).toEqual([5, 6, 7]);
    const alone = coinMeans(path(["A"]), "X");
    expect([alone.values, alone.dates.length]).toEqual([[0, 1, 2], 3]);
  });
});

describe("meanDifference", () => {
  const dates = ["a", "b", "c", "d", "e"];
  const path = { dates, values: [1, 2, 100, 4, 8] };

  it("is the mean inside less that outside, without dates that are neither; n is the smaller side's", () => {
    const found = meanDifference(path, { inside: ["a", "b"], outside: ["d", "e", "z"] }, 0);
    expect(found).toMatchObject({ estimate: expect.closeTo(1.5 - 6, 12), n: 2 });
    const more = meanDifference(path, { inside: ["a", "b", "d"], outside: ["e"] }, 0);
    expect(more).toMatchObject({ estimate: expect.closeTo(7 / 3 - 8, 12), n: 1 });
    const fewer = meanDifference(path, { inside: ["a"], outside: ["b", "d", "e"] }, 0);
    expect(fewer).toMatchObject({ estimate: expect.closeTo(1 - 14 / 3, 12), n: 1 });
  });

  it("is no number where one side has no date", () => {
    for (const sides of [
      { inside: [], outside: ["a", "b"] },
      { inside: ["a", "b"], outside: [] },
    ]) {
      const { estimate, n } = meanDifference(path, sides, 0);
      expect([estimate, n]).toEqual([Number.NaN, 0]);
    }
  });
});

describe("slopeMeasurement", () => {
  const x = Array.from({ length: 40 }, (_, t) => Math.sin(t));
  const y = x.map((v, t) => 2 * v + Math.sin(t / 3));

  it("has the lags of the usual rule where none are given: floor(4 (40 / 100)^(2/9)) = 3", () => {
    const error = (lags?: number) => slopeMeasurement(x, y, lags).standardError;
    expect(error()).toBe(error(3));
    expect(error(0)).not.toBeCloseTo(error(3), 6);
  });

  it("has the slope's own error: White's without lags", () => {
    // The constant's and the slope's sums by hand: (sum x u)^2 terms over (sum x^2)^2, about the mean, n / (n - 2).
    const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / 40;
    const [mx, my] = [mean(x), mean(y)];
    const sxx = x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
    const slope = x.reduce((sum, v, t) => sum + (v - mx) * (y[t]! - my), 0) / sxx;
    const meat = x.reduce(
      (sum, v, t) => sum + ((v - mx) * (y[t]! - my - slope * (v - mx))) ** 2,
      0,
    );
    const found = slopeMeasurement(x, y, 0);
    expect(found.estimate).toBeCloseTo(slope, 10);
    expect(found.standardError).toBeCloseTo(Math.sqrt((40 / 38) * meat) / sxx, 8);
  });
});

describe("withWeightError", () => {
  it("adds the scaled error of a pooled beta to the variance", () => {
    const panel = monthsOf(sign, sign);
    const found = (standardError: number, scale: number) =>
      withWeightError(
        studentMeasurement({
          estimate: 0,
          standardError,
          degreesOfFreedom: 46,
          n: 47,
          method: "t",
        }),
        claimContextOf({ panel }),
        { market: "GOLD", scale },
      ).standardError;
    const pooled = found(0, 1);
    expect(pooled).toBeGreaterThan(0.01);
    expect(found(0.3, 2)).toBeCloseTo(Math.sqrt(0.09 + 4 * pooled ** 2), 12);
  });
});

describe("the report's own networks", () => {
  it("must be printed for the market", async () => {
    const configurations = [{ ...STUDY.baseline, marketSet: "GOLD" }];
    const context = claimContextOf({ panel: monthsOf(sign, sign), configurations });
    const said = "must print a configuration for EQUITY, it prints GOLD";
    await expect(reportedPath(context, "EQUITY")).rejects.toThrow(said);
    const range = { from: "2019-01", through: "2020-12" };
    await expect(reportedMeans(context, "EQUITY", range)).rejects.toThrow(said);
  });
});
