/** Figures of a study with many market sets are no higher than a page, and say what they leave out. */

import { describe, expect, it } from "vitest";
import type { FactorGainRow } from "../lib/src/comparing/factor-gain.js";
import type { ComparisonRow } from "../lib/src/comparing/forecast-comparison.js";
import type { CumulativeGain } from "../lib/src/comparing/out-of-sample-tests.js";
import { figureCumulativeGains } from "../lib/src/figures/cumulative-gains.js";
import { figureFactorGain } from "../lib/src/figures/factor-gain.js";
import type { Figure } from "../lib/src/figures/figure.js";
import { figureLadder } from "../lib/src/figures/ladder.js";
import { figureLearningCurves } from "../lib/src/figures/learning-curves.js";

/** All sets of five markets. */
const SETS = Array.from({ length: 31 }, (_, s) => `SET${s + 1}`);
const ESTIMATORS = Array.from({ length: 15 }, (_, e) => `estimator ${e + 1}`);
const PAGE = 1600;

const RMSE = [Float64Array.of(0.3, 0.2), Float64Array.of(0.4, 0.3)];
const CURVES = {
  inSample: RMSE,
  validation: RMSE,
  selected: [0.2, 0.3],
  bestEpochs: [1, 1],
  diverged: 0,
};

const height = ({ layout }: Figure) => (layout as { height: number }).height;

const ladder = (sets: readonly string[]) =>
  figureLadder(
    sets.flatMap((marketSet) =>
      ESTIMATORS.map(
        (estimator) =>
          ({ marketSet, estimator, update: "updated", n: 40, rmseChange: 0.01 }) as ComparisonRow,
      ),
    ),
    "pooled",
    "Said.",
  );
const gains = (sets: readonly string[]) =>
  figureCumulativeGains(
    sets.map(
      (marketSet): CumulativeGain => ({
        ...{ marketSet, estimator: "neural-ols", update: "frozen" },
        ...{ dates: ["2020-01-31", "2020-02-29"], gains: [1, 2], cumulative: [1, 3] },
      }),
    ),
    "2020-02",
    "Said.",
  );
const factors = (sets: readonly string[]) =>
  figureFactorGain(
    [...sets, "all"].flatMap((marketSet) =>
      ESTIMATORS.slice(0, 4).map(
        (estimator) =>
          ({
            ...{ marketSet, estimator, experiment: "B", change: 0.01, lower: 0, upper: 0.02 },
          }) as FactorGainRow,
      ),
    ),
    { lower: -0.03, upper: -0.02 },
    "Said.",
  );
const curves = (sets: readonly string[]) =>
  figureLearningCurves(
    sets.flatMap((set) =>
      ["glorot", "ols"].map((start) => ({
        title: `${set}, ${start}`,
        curves: CURVES,
        nulls: { zero: 1 },
      })),
    ),
    "Said.",
    { columns: 2 },
  );

describe.each([
  ["ladder", ladder, "The first 8 of 31 market sets are drawn; tables have numbers of them all."],
  [
    "cumulative gains",
    gains,
    "The first 18 of 31 market sets are drawn; tables have numbers of them all.",
  ],
  [
    "gains by factors",
    factors,
    "The first 18 of 31 market sets are drawn; tables have numbers of them all.",
  ],
  [
    "learning curves",
    curves,
    "The first 22 of 62 plots are drawn; tables have numbers of them all.",
  ],
])("the figure of %s", (_, figure, said) => {
  it("is no higher than a page with thirty-one market sets, and says how many it shows", () => {
    expect(height(figure(SETS))).toBeLessThanOrEqual(PAGE);
    expect(figure(SETS).caption).toBe(`Said. ${said}`);
  });

  it("shows all of a few", () => {
    const few = figure(SETS.slice(0, 7));
    expect(few.caption).toBe("Said.");
    expect(few.alt).toContain("SET7");
  });
});

it("a ninth set of the ladder is not left out in silence", () => {
  expect(ladder(SETS.slice(0, 8)).caption).toBe("Said.");
  expect(ladder(SETS.slice(0, 9)).caption).toContain("The first 8 of 9 market sets are drawn");
});

it("the sets together stay among the gains by factors", () => {
  expect(factors(SETS).alt).toContain("SET18, all,");
});
