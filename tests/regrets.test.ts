/** Regrets by hand: betas that are right from the first date on which they are scored. */

import { expect, it } from "vitest";
import { regrets, singleMarkets } from "../lib/src/comparing/regrets.js";
import { betaPath, type Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

/** Seven months: two are left out, five are scored. The coins are twice their market, and wild before. */
const panel: Panel = (() => {
  const seeded = seededPanel(7, ["A", "B"], ["X"]);
  const coinLogReturns = seeded.coinLogReturns.map((_, at) => {
    const t = Math.floor(at / 2);
    return t < 2 ? 5 + at : 2 * seeded.marketLogReturns[t]!;
  });
  return { ...seeded, coinLogReturns };
})();

it("is by the errors from a third of the dates on", () => {
  const asked: unknown[] = [];
  const held = (estimator: string, beta: number) => ({
    estimator,
    path: (given: Panel, ...range: unknown[]) => {
      asked.push(range);
      return betaPath(given, "walkForward", () => [beta]);
    },
  });
  const paths = [held("none", 0), held("half", 1), held("most", 1.5), held("all", 2)];
  const rows = regrets([{ set: "made up", panel }], paths, ["none", "half"]);
  expect(rows.map(({ set, estimator, n }) => [set, estimator, n])).toEqual(
    ["none", "half", "most", "all"].map((estimator) => ["made up", estimator, 5]),
  );
  expect(rows.map(({ ratio }) => ratio)).toEqual([1, 0.5, 0.25, 0].map((r) => expect.closeTo(r)));
  // The best of the rivals is the half: what is better than all of them has a regret below zero.
  expect(rows.map(({ regret }) => regret)).toEqual(
    [0.5, 0, -0.25, -0.5].map((r) => expect.closeTo(r)),
  );
  const { dates } = panel;
  expect(asked[0]).toEqual([dates[0], { from: dates[2], through: dates[6] }]);
});

it("takes each market by itself, under the panel's frequency", () => {
  const two = seededPanel(5, ["A"], ["X", "Y"]);
  const [x, y] = singleMarkets(two);
  expect([x!.set, y!.set]).toEqual(["monthly coins on X", "monthly coins on Y"]);
  expect([...y!.panel.marketLogReturns]).toEqual(
    [0, 1, 2, 3, 4].map((t) => two.marketLogReturns[2 * t + 1]),
  );
});
