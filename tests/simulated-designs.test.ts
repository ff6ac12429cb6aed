/** The simulated designs: which months are fitted and tested, and which networks are trained on them. */

import { describe, expect, it } from "vitest";
import { simulatedDesigns } from "../lib/src/comparing/simulated-designs.js";
import { inRange } from "../lib/src/panel/calendar.js";
import { simulatedPanel } from "../lib/src/panel/simulate.js";
import { STUDY } from "../lib/src/study.js";
import { stub } from "./support/kept-networks.js";

const designs = simulatedDesigns(stub().trainer, { ...STUDY, panels: 20 });

describe("simulatedDesigns", () => {
  // A year of months is looked back on before the first is fitted.
  it.each([
    ["levels", 20, [8 * 12, 12, 5 * 12]],
    ["oneLevel", 20, [8 * 12, 12, 5 * 12]],
    ["long", 2, [3000 - 12, 1000, 1000]],
  ] as const)("fits, selects and tests on whole panels: %s", (name, panels, lengths) => {
    const { processes, seeds, splits, ...sizes } = designs[name].options;
    expect(seeds).toEqual(Array.from({ length: panels }, (_, i) => i + 1));
    const { dates } = simulatedPanel(processes[0]!, { ...sizes, seed: 1 }).panel;
    const [{ inSample, validation, outOfSample }] = splits(dates) as [(typeof STUDY)["split"]];
    const blocks = [inSample, validation, outOfSample];
    const rows = blocks.map((block) => dates.filter((date) => inRange(date, block)));
    expect(rows.map(({ length }) => length)).toEqual(lengths);
    expect(rows.flat()).toEqual(dates.slice(12));
  });

  it.each([
    ["levels", 180, undefined],
    ["oneLevel", 180, true],
    ["long", 5000, true],
  ] as const)(
    "have four coins on one market with heavy tails: %s",
    (name, periods, commonLevel) => {
      const { options } = designs[name];
      expect(options).toMatchObject({ periods, coins: 4, markets: 1, degreesOfFreedom: 5 });
      expect(options.commonLevel).toBe(commonLevel);
    },
  );

  it("have a tenth as many long panels, and at least one", () => {
    const seedsOf = (panels: number) =>
      simulatedDesigns(stub().trainer, { ...STUDY, panels }).long.options.seeds;
    expect([1, 10, 11].map((panels) => seedsOf(panels).length)).toEqual([1, 1, 2]);
  });

  it("fit networks once, what runs on before every date, and all others both ways", () => {
    const { updates } = designs.levels.options;
    const found = designs.levels.estimators.map((own) => [own.id, updates!(own).join(" ")]);
    const by = Object.fromEntries(found);
    expect(by).toMatchObject({
      "neural-ols": "frozen",
      "neural-ols, coin known": "frozen",
      amortised: "updated",
      bank: "updated",
      pooled: "frozen updated",
      ridge: "frozen updated",
    });
    for (const name of ["oneLevel", "long"] as const)
      expect(designs[name].options.updates!(designs.levels.estimators[0]!)).toEqual(["frozen"]);
  });

  it("hold few estimators against the pooled constant where coins have one level", () => {
    const idsOf = (name: keyof typeof designs) => designs[name].estimators.map(({ id }) => id);
    expect(idsOf("oneLevel")).toEqual(["pooled", "ridge", "neural-glorot", "neural-ols"]);
    expect(idsOf("long")).toEqual(["pooled", "ridge", "neural-ols"]);
  });

  it.each([
    ["levels", [0.01, 0.1], 3],
    ["oneLevel", [0.01, 0.1], 3],
    ["long", [0.01], 4],
  ] as const)("trains narrow tanh networks: %s", (name, learningRates, replicates) => {
    const { estimators } = designs[name];
    const { key } = estimators.find(({ id }) => id === "neural-ols")!;
    const [, { grid, lookback }] = JSON.parse(key!);
    expect(lookback).toBe(12);
    expect(grid).toEqual({
      ...STUDY.grid,
      hidden: [Math.min(...STUDY.grid.hidden)],
      activations: ["tanh"],
      learningRates,
      replicates,
    });
  });
});
