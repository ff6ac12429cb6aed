/** Losses over market sets: the dates that all sets have, and the mean of their losses on each. */

import { expect, it } from "vitest";
import { against } from "../lib/src/comparing/against.js";
import { type FactorPair, overSets, pairedLosses } from "../lib/src/comparing/factor-pairs.js";
import type { ComparisonRow } from "../lib/src/comparing/forecast-comparison.js";
import type { Walked } from "../lib/src/comparing/walked.js";
import { betaPath, type Panel } from "../lib/src/types.js";

const pair = (marketSet: string, dates: readonly string[], at: number): FactorPair => {
  const losses = (size: number) => dates.map((date) => size * at + Number(date.slice(-1)));
  const both = (size: number) => ({ base: losses(size), extended: losses(2 * size) });
  return {
    ...{ sample: "test", marketSet, estimator: "ridge", update: "updated", experiment: "A", dates },
    ...both(10),
    clarkWest: losses(30),
    seeds: [both(100), both(1000)],
    without: [both(200)],
  };
};

it("overSets are means on the dates that every set has", () => {
  const pairs = [pair("X", ["d1", "d2", "d3"], 1), pair("Y", ["d2", "d3", "d4"], 3)];
  const { dates, marketSet, estimator, ...all } = overSets(pairs);
  expect([marketSet, estimator, dates]).toEqual(["all", "ridge", ["d2", "d3"]]);
  expect(all).toMatchObject({
    base: [22, 23],
    extended: [42, 43],
    clarkWest: [62, 63],
    seeds: [
      { base: [202, 203], extended: [402, 403] },
      { base: [2002, 2003], extended: [4002, 4003] },
    ],
    without: [{ base: [402, 403], extended: [802, 803] }],
  });
});

it("against are the rows of all coins, of one sample, against one benchmark", () => {
  const row = (coin: string, sample: string, benchmark: string) =>
    ({ coin, sample, benchmark }) as ComparisonRow;
  const rows = [
    row("all", "a", "zero"),
    row("BTC", "a", "zero"),
    row("all", "b", "zero"),
    row("all", "a", "pooled"),
  ];
  expect(against(rows, { sample: "a", benchmark: "zero" })).toEqual([rows[0]]);
  expect(against(rows, { sample: "a", benchmark: "pooled" })).toEqual([rows[3]]);
});

it("pairedLosses are those of ensembles, of every seed, and without every seed", () => {
  const panel: Panel = {
    frequency: "monthly",
    dates: ["2020-01-31", "2020-02-29", "2020-03-31"],
    coins: ["A"],
    markets: ["X"],
    coinLogReturns: Float64Array.of(10, 20, 30),
    marketLogReturns: Float64Array.of(1, 2, 3),
  };
  const ensemble = (...betas: readonly number[]): Walked => {
    const held = (beta: number) => betaPath(panel, "walkForward", () => [beta]).values;
    const mean = betas.reduce((sum, beta) => sum + beta, 0) / betas.length;
    const path = {
      ...betaPath(panel, "walkForward", () => [mean]),
      ...(betas.length > 1 ? { seeds: betas.map(held) } : {}),
    };
    return { panel, marketSet: "X", estimator: "made up", update: "frozen", path };
  };
  const range = { from: "2020-02", through: "2020-03" };
  /** Losses of a beta: the coin is ten times its market. */
  const lossesOf = (beta: number) => [2, 3].map((f) => (f * (10 - beta)) ** 2);
  const pairs = (...betas: readonly (readonly [number, number])[]) =>
    betas.map(([base, extended]) => ({ base: lossesOf(base), extended: lossesOf(extended) }));
  const found = pairedLosses(ensemble(1, 2, 6), ensemble(5, 7, 9), range);
  expect(found).toMatchObject({
    ...{ dates: panel.dates.slice(1), base: lossesOf(3), extended: lossesOf(7) },
    seeds: pairs([1, 5], [2, 7], [6, 9]),
    without: pairs([4, 8], [3.5, 7], [1.5, 6]),
  });
  // Clark and West: e_1^2 - e_2^2 + (e_1 - e_2)^2, here f^2 (49 - 9 + 16).
  expect(found.clarkWest).toEqual([4 * 56, 9 * 56]);
  const single = pairedLosses(ensemble(3), ensemble(7), range);
  expect([single.base, single.extended, single.seeds, single.without]).toEqual([
    lossesOf(3),
    lossesOf(7),
    [],
    [],
  ]);
});
