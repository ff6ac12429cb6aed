/** One coin's betas as dated values. */

import { describe, expect, it } from "vitest";
import { betaSeries } from "../lib/src/betas/series.js";
import { betaPath } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const PANEL = seededPanel(3, ["A", "B"], ["X", "Y", "Z"]);
const [JANUARY, , MARCH] = PANEL.dates as [string, string, string];
/** Coin, date and market can be read off the number. */
const path = betaPath(PANEL, "fitted", (coin, t) =>
  t === 1 ? [1, 2, 3].map(() => Number.NaN) : [0, 1, 2].map((k) => 100 * t + 10 * coin + k),
);

describe("betaSeries", () => {
  it("is one coin on one market, on the dates that have an estimate", () => {
    expect(betaSeries(path, "B", "Z").map(({ date, beta }) => [date, beta])).toEqual([
      [JANUARY, 12],
      [MARCH, 212],
    ]);
  });

  it("has the bounds of the band", () => {
    const band = {
      interval: "seed",
      lower: path.values.map((beta) => beta - 1),
      upper: path.values.map((beta) => beta + 2),
    } as const;
    expect(betaSeries({ ...path, band }, "A", "Y")).toEqual([
      { date: JANUARY, beta: 1, lower: 0, upper: 3 },
      { date: MARCH, beta: 201, lower: 200, upper: 203 },
    ]);
  });

  it("has the beta itself as bounds where there is no band", () => {
    expect(betaSeries(path, "A", "X")[0]).toEqual({
      date: JANUARY,
      beta: 0,
      lower: 0,
      upper: 0,
    });
  });

  it("is empty where nothing is estimated", () => {
    const none = betaPath(PANEL, "fitted", () => [0, 1, 2].map(() => Number.NaN));
    expect(betaSeries(none, "A", "X")).toEqual([]);
  });

  it("refuses a coin or a market that the path has not, and names those it has", () => {
    expect(() => betaSeries(path, "C", "X")).toThrow(
      "betaSeries: there is no coin C, there are A, B; name one of these",
    );
    expect(() => betaSeries(path, "A", "GOLD")).toThrow(
      "betaSeries: there is no market GOLD, there are X, Y, Z; name one of these",
    );
  });
});
