/** A study's budget: what networks cost, and what is cut of a grid that costs more. */

import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STUDY, type Study } from "../lib/src/study.js";
import {
  budgetText,
  trainingCost,
  trainingMinutes,
  withinBudget,
} from "../lib/src/study-budget.js";
import { readStudy } from "../lib/src/study-file.js";
import { RUNS } from "./support/helpers.js";
import { scratchFolder, write } from "./support/scratch.js";

const sizes = ({ grid, epochs, starts }: Study) =>
  grid.hidden.length *
  grid.learningRates.length *
  grid.activations.length *
  grid.replicates *
  starts.length *
  epochs;

describe("the cost of a study", () => {
  it("is that of every row in every epoch of every network", () => {
    const { search, walk, prepare } = trainingCost({
      ...STUDY,
      marketSets: ["FIAT"],
      grid: { hidden: [4], learningRates: [0.01], activations: ["tanh"], replicates: 10 },
      starts: ["ols"],
    });
    // Three passes over 144 fitting rows, one over 48; 24 inputs, four units and a beta have 105 weights.
    const row = 15e-9 + 105 * 0.06e-9;
    expect(search).toBeCloseTo(10 * 200 * (3 * 144 + 48) * row, 12);
    // Blocks of 37 months by the middle of the four years of tests, less a year to choose on; four of them, and a chosen network with
    // each, and before each of the 20 quarters of both tests.
    const blocks = 4 * (3 * (25 + 24 - 12) + 12);
    expect(walk).toBeCloseTo(10 * 200 * blocks * row * (4 + 2 * (4 + 20)), 9);
    // Seven data sets of the split and of each block, three before each refit, of four coins' 37 months and the year to choose on.
    const sets = 7 * (1 + 4) + 3 * 20;
    expect(prepare).toBeCloseTo(sets * 4 * (37 + 12) * (2000e-9 + 24 * 12e-9), 9);
  });

  it("doubles with seeds, with epochs and with coins", () => {
    const { search, walk, prepare } = trainingCost(STUDY);
    const twice = [
      { ...STUDY, grid: { ...STUDY.grid, replicates: 40 } },
      { ...STUDY, epochs: 400 },
      { ...STUDY, coins: [...STUDY.coins, "A", "B", "C", "D"] },
    ];
    for (const study of twice) {
      const cost = trainingCost(study);
      expect(cost.search / search).toBeCloseTo(2, 12);
      expect(cost.walk / walk).toBeCloseTo(2, 12);
    }
    const [seeds, epochs, coins] = twice.map((study) => trainingCost(study).prepare / prepare);
    expect([seeds, epochs]).toEqual([1, 1]);
    expect(coins).toBeCloseTo(2, 12);
  });
});

describe("a budget", () => {
  it("leaves a study alone that has none, or costs no more", () => {
    expect(withinBudget(STUDY)).toBe(STUDY);
    const rich = { ...STUDY, budget: 1000 };
    expect(withinBudget(rich)).toBe(rich);
  });

  it("is never exceeded, and pays for more where it is larger", () => {
    const budgets = fc.double({ min: 0.01, max: 20, noNaN: true });
    fc.assert(
      fc.property(budgets, budgets, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((budget) =>
          withinBudget({ ...STUDY, budget }),
        ) as [Study, Study];
        expect(trainingMinutes(less)).toBeLessThanOrEqual(less.budget!);
        expect(sizes(less)).toBeLessThanOrEqual(sizes(more));
      }),
      RUNS,
    );
  });

  it("refits no more often than the study says", () => {
    const cuts = Array.from({ length: 82 }, (_, i) =>
      withinBudget({ ...STUDY, refit: "yearly", budget: 20 * 0.9 ** i }),
    );
    expect(new Set(cuts.map(({ refit }) => refit))).toEqual(new Set(["yearly"]));
  });
  it("cuts activations to the first two, refits to quarters and years, activations to the first, and epochs to 100, 50 and 25", () => {
    const cuts = Array.from({ length: 82 }, (_, i) =>
      withinBudget({ ...STUDY, refit: "monthly", budget: 20 * 0.9 ** i }),
    );
    const activations = cuts.map(({ grid }) => grid.activations.join(" "));
    expect([...new Set(activations)]).toEqual([
      "linear sigmoid tanh relu",
      "linear sigmoid",
      "linear",
    ]);
    expect([...new Set(cuts.map(({ epochs }) => epochs))]).toEqual([200, 100, 50, 25]);
    expect([...new Set(cuts.map(({ baseline }) => baseline.replicates))]).toEqual([10, 5, 3]);
    expect([...new Set(cuts.map(({ refit }) => refit))]).toEqual([
      "monthly",
      "quarterly",
      "yearly",
    ]);
  });

  it("that cannot pay for the smallest grid is refused", () => {
    expect(() => withinBudget({ ...STUDY, budget: 1e-6 })).toThrow(
      /^budget: must pay for the smallest grid, which takes about [\d.e-]+ minutes, got 0.000001; raise it/,
    );
  });

  it("is a key of a study file, whose grid it cuts, and said in words", async () => {
    const folder = scratchFolder();
    const study = await readStudy(write(join(folder, "cut.json"), '{ "budget": 0.1 }'));
    expect(study).toEqual(withinBudget({ ...STUDY, budget: 0.1, sorts: study.sorts }));
    expect(study.grid.replicates).toBeLessThan(20);
    expect(budgetText(study)).toMatch(
      /^budget 0.1 minutes: widths 4, rates .* about 0\.\d+ minutes of training on two cores$/,
    );
    expect(budgetText(STUDY)).toBeUndefined();
    const small = write(join(folder, "small.json"), '{ "budget": 0.0001 }');
    await expect(readStudy(small)).rejects.toThrow(`${small}: budget: must pay for`);
  });
});
