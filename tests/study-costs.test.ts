/** What the keys of a study cost, each by hand, and in which order a budget cuts them. */

import { describe, expect, it } from "vitest";
import { STUDY, type Study, simulatedPanels } from "../lib/src/study.js";
import { trainingCost, trainingMinutes, withinBudget } from "../lib/src/study-budget.js";
import { checkStudy } from "../lib/src/study-checks.js";

const SMALL: Study = {
  ...STUDY,
  marketSets: ["FIAT"],
  grid: { hidden: [4], learningRates: [0.01], activations: ["tanh"], replicates: 1 },
  starts: ["ols"],
};

describe("the cost of a study", () => {
  it("is that of its periods a year: 252 days, 52 weeks, 12 months", () => {
    const months = trainingCost(SMALL);
    for (const [frequency, periods] of [
      ["weekly", 52],
      ["daily", 252],
    ] as const) {
      const cost = trainingCost({ ...SMALL, frequency });
      expect(cost.search / months.search).toBeCloseTo(periods / 12, 10);
      expect(cost.walk / months.walk).toBeCloseTo(periods / 12, 10);
      expect(cost.prepare / months.prepare).toBeCloseTo(periods / 12, 10);
    }
  });

  it("is that of refits before every month, where these are monthly or before every period", () => {
    const { walkForward } = SMALL;
    const refits = (refit: Study["refit"], walk: Study["refit"]) =>
      trainingCost({ ...SMALL, refit, walkForward: { ...walkForward, refit: walk } });
    const monthly = refits("monthly", "monthly");
    expect(refits("periodically", "periodically")).toEqual(monthly);
    // Four years of tests and one out of sample, 48 blocks: 7 x 49 and 3 x 60 data sets, against 7 x 5 and 3 x 5.
    expect(monthly.prepare / refits("yearly", "yearly").prepare).toBeCloseTo(
      (7 * 49 + 3 * 60) / (7 * 5 + 3 * 5),
      10,
    );
  });

  it("has blocks as long as the walk may fit, and of one year at least", () => {
    const { walkForward } = SMALL;
    const weights = 15e-9 + 105 * 0.06e-9;
    // Three passes over the years that are fitted and one over a year, four coins: of 4 blocks and 2 x (4 + 20) chosen ones.
    const walk = (years: number) => 200 * 4 * 12 * (3 * years + 1) * weights * (4 + 2 * 24);
    const fit = (fitYears: number) =>
      trainingCost({ ...SMALL, walkForward: { ...walkForward, fitYears } }).walk;
    expect(fit(2)).toBeCloseTo(walk(2), 9);
    expect(fit(9)).toBeCloseTo(walk(37 / 12), 9);
    // One block at the beginning, of which half a year lies in the middle of its test: a year is fitted.
    const late = trainingCost({
      ...SMALL,
      split: { ...SMALL.split, inSample: { from: "2021-01", through: "2021-12" } },
      walkForward: { ...walkForward, test: { from: "2021-01", through: "2021-12" } },
    });
    expect(late.walk).toBeCloseTo(200 * 4 * 12 * 4 * weights * (1 + 2 * (1 + 8)), 9);
  });

  it("is of inputs for every market, and of one more for every coin with an identity", () => {
    // 60 inputs, 64 with the coins: 60 x 4 + 4 + 4 x 4 + 4 = 264 weights, and 280.
    const cost = (coinIdentity: boolean) =>
      trainingCost({ ...SMALL, coinIdentity, marketSets: ["FIAT+EQUITY+GOLD+ENERGY"] });
    const row = (weights: number) => 15 + 0.06 * weights;
    expect(cost(false).search / trainingCost(SMALL).search).toBeCloseTo(row(264) / row(105), 10);
    expect(cost(true).search / trainingCost(SMALL).search).toBeCloseTo(row(280) / row(105), 10);
    expect(cost(true).prepare / cost(false).prepare).toBeCloseTo(
      (2000 + 12 * 64) / (2000 + 12 * 60),
      10,
    );
  });

  it("adds up over market sets, widths, rates, activations and starts", () => {
    const sum = (...studies: Partial<Study>[]) =>
      studies.reduce((total, more) => total + trainingCost({ ...SMALL, ...more }).search, 0);
    const grid = (more: Partial<Study["grid"]>) => ({ grid: { ...SMALL.grid, ...more } });
    expect(sum({ marketSets: ["FIAT", "GOLD+FIAT"] })).toBeCloseTo(
      sum({}, { marketSets: ["GOLD+FIAT"] }),
      12,
    );
    expect(sum(grid({ hidden: [4, 16] }))).toBeCloseTo(sum({}, grid({ hidden: [16] })), 12);
    expect(sum(grid({ learningRates: [0.1, 0.2], activations: ["relu", "tanh"] }))).toBeCloseTo(
      4 * sum({}),
      12,
    );
    expect(sum({ starts: ["ols", "glorot"] })).toBeCloseTo(2 * sum({}), 12);
  });

  it("takes days for the months that they lie in", () => {
    const days = (range: { from: string; through: string }) => ({
      from: `${range.from}-10`,
      through: `${range.through}-20`,
    });
    const { inSample, validation, outOfSample } = SMALL.split;
    const split = { ...{ inSample: days(inSample), validation: days(validation) }, outOfSample };
    const walkForward = { ...SMALL.walkForward, test: days(SMALL.walkForward.test) };
    expect(trainingCost({ ...SMALL, split, walkForward })).toEqual(trainingCost(SMALL));
  });

  it("is told in minutes of two cores", () => {
    const { search, walk, prepare } = trainingCost(STUDY);
    expect(trainingMinutes(STUDY)).toBeCloseTo((search + walk + prepare) / 120, 12);
  });
});

describe("a budget", () => {
  const wide: Study = {
    ...STUDY,
    grid: {
      hidden: [16, 4, 8],
      learningRates: [0.1, 0.001, 0.01, 0.02],
      activations: ["relu", "tanh", "linear"],
      replicates: 20,
    },
    refit: "monthly",
    // Long enough for blocks of more than five years.
    split: { ...STUDY.split, inSample: { from: "2005-01", through: "2021-12" } },
  };
  const keys = ({ grid, baseline, refit, walkForward, epochs, starts }: Study) => [
    ...[grid.replicates, baseline.replicates, grid.hidden.join(" "), grid.learningRates.join(" ")],
    ...[grid.activations.join(" "), refit, walkForward.fitYears, epochs, starts.join(" ")],
  ];
  /** What is left of a study as its budget shrinks by a hundredth at a time. */
  function cutsOf(study: Study) {
    const seen: ReturnType<typeof keys>[] = [];
    for (let budget = trainingMinutes(study); ; budget *= 0.99)
      try {
        const left = keys(withinBudget({ ...study, budget }));
        if (seen.at(-1)?.join() !== left.join()) seen.push(left);
      } catch {
        return seen;
      }
  }
  const starts = STUDY.starts.join(" ");
  const rates = "0.1 0.001 0.01 0.02";
  const three = "relu tanh linear";

  it("cuts one key after the other", () => {
    expect(cutsOf(wide)).toEqual([
      [20, 10, "16 4 8", rates, three, "monthly", undefined, 200, starts],
      [5, 5, "16 4 8", rates, three, "monthly", undefined, 200, starts],
      [5, 5, "4", rates, three, "monthly", undefined, 200, starts],
      [3, 3, "4", rates, three, "monthly", undefined, 200, starts],
      // Of four rates the third.
      [3, 3, "4", "0.02", three, "monthly", undefined, 200, starts],
      [3, 3, "4", "0.02", "relu tanh", "monthly", undefined, 200, starts],
      [3, 3, "4", "0.02", "relu tanh", "quarterly", undefined, 200, starts],
      [3, 3, "4", "0.02", "relu tanh", "quarterly", 5, 200, starts],
      [3, 3, "4", "0.02", "relu tanh", "yearly", 5, 200, starts],
      [3, 3, "4", "0.02", "relu", "yearly", 5, 200, starts],
      [3, 3, "4", "0.02", "relu", "yearly", 5, 100, starts],
      [3, 3, "4", "0.02", "relu", "yearly", 5, 50, starts],
      [3, 3, "4", "0.02", "relu", "yearly", 5, 25, starts],
      [3, 3, "4", "0.02", "relu", "yearly", 5, 25, STUDY.starts.at(-1)],
    ]);
  });

  it("pays for what costs as much", () => {
    const whole = trainingMinutes(wide);
    expect(withinBudget({ ...wide, budget: whole })).toEqual({ ...wide, budget: whole });
    const smallest: Study = {
      ...wide,
      ...{ refit: "yearly", epochs: 25, starts: STUDY.starts.slice(-1) },
      grid: { hidden: [4], learningRates: [0.02], activations: ["relu"], replicates: 3 },
      walkForward: { ...wide.walkForward, fitYears: 5 },
    };
    const cost = trainingMinutes(smallest);
    expect(withinBudget({ ...wide, budget: cost }).starts).toEqual(STUDY.starts.slice(-1));
    expect(() => withinBudget({ ...wide, budget: cost * (1 - 1e-9) })).toThrow("must pay for");
  });

  it("leaves what is less already", () => {
    const { grid, walkForward } = wide;
    const small = {
      ...wide,
      grid: { ...grid, replicates: 2, learningRates: [0.1, 0.3, 0.2] },
      walkForward: { ...walkForward, fitYears: 3 },
      epochs: 40,
    };
    const last = cutsOf(small).at(-1)!;
    expect(last).toEqual([...[2, 3, "4", "0.2", "relu", "yearly", 3, 25, STUDY.starts.at(-1)]]);
  });
});

it("simulated panels are forty for the report's, and two for any other", () => {
  expect([simulatedPanels(STUDY), simulatedPanels({ ...STUDY, coins: ["BTC"] })]).toEqual([40, 2]);
});

describe("checkStudy", () => {
  it("lets an interval's ends be the first and the last of the draws", () => {
    // With 127 draws, each end has 1 / 128 beyond it.
    const check = (draws: number) => () =>
      checkStudy({ ...STUDY, bootstrap: { draws, level: 1 - 2 / 128 } });
    expect(check(127)).not.toThrow();
    expect(check(126)).toThrow(
      `bootstrap.level: must be at most ${1 - 2 / 127} with 126 draws, got 0.984375`,
    );
  });

  it("counts the bytes of all networks of the widest market set", () => {
    const grid = { ...SMALL.grid, replicates: 10_000 };
    const bytes = (more: Partial<Study>) => () => checkStudy({ ...SMALL, grid, ...more });
    // Two curves of eight bytes an epoch: 16 x 100,000 x 10,000, and 105 weights of four bytes each.
    expect(bytes({ epochs: 100_000 })).toThrow("must fit into 4000 MB, but take 16005 MB");
    // 60 inputs, 2,000 units and four markets: 60 x 2000 + 2000 + 4 x 2000 + 4 weights; 64 inputs with the coins.
    const sets = { marketSets: ["FIAT", "FIAT+EQUITY+GOLD+ENERGY"], epochs: 1 };
    expect(bytes({ ...sets, grid: { ...grid, hidden: [2000] } })).toThrow("but take 5201 MB");
    expect(bytes({ ...sets, grid: { ...grid, hidden: [2000, 4] } })).toThrow("but take 5212 MB");
    expect(bytes({ ...sets, grid: { ...grid, hidden: [2000] }, coinIdentity: true })).toThrow(
      "but take 5521 MB",
    );
    const twice = { ...grid, hidden: [2000], learningRates: [0.1, 0.2], replicates: 5000 };
    expect(bytes({ ...sets, grid: twice })).toThrow("but take 5201 MB");
    expect(bytes({ ...sets, grid: { ...grid, hidden: [1500] } })).not.toThrow();
  });

  it("lets networks of a market set have four thousand million bytes", () => {
    // 36 inputs, two units and two markets: 36 x 2 + 2 + 2 x 2 + 2 weights of four bytes, and 16 bytes an epoch.
    const check = (epochs: number) => () =>
      checkStudy({
        ...SMALL,
        ...{ epochs, marketSets: ["FIAT+GOLD"] },
        grid: { ...SMALL.grid, hidden: [2], replicates: 10_000 },
      });
    expect(check(24_980)).not.toThrow();
    expect(check(24_981)).toThrow("must fit into 4000 MB");
  });

  it("takes a range and a test that begin where they end", () => {
    const month = { from: "2021-01", through: "2021-01" };
    const { walkForward } = STUDY;
    expect(() => checkStudy({ ...STUDY, range: month })).not.toThrow();
    expect(() =>
      checkStudy({ ...STUDY, range: { from: "2021-01-31", through: "2021-01" } }),
    ).not.toThrow();
    expect(() => checkStudy({ ...STUDY, range: { ...month, through: "2020-12" } })).toThrow(
      "range: from (2021-01) must not lie after through (2020-12)",
    );
    const tested = (test: typeof month) => () =>
      checkStudy({ ...STUDY, walkForward: { ...walkForward, test } });
    expect(tested(month)).not.toThrow();
    expect(tested({ ...month, through: "2020-12" })).toThrow(
      "walkForward.test: from (2021-01) must not lie after through (2020-12)",
    );
  });
});
