/** Losses over market sets: the dates that all sets have, and the mean of their losses on each. */

import { expect, it } from "vitest";
import { against } from "../lib/src/comparing/against.js";
import { type FactorPair, overSets } from "../lib/src/comparing/factor-pairs.js";
import type { ComparisonRow } from "../lib/src/comparing/forecast-comparison.js";

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
