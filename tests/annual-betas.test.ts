/** Mean betas by year: which dates belong to a year, and what is left out. */

import { describe, expect, it } from "vitest";
import { annualBetas } from "../lib/src/comparing/annual-betas.js";
import { madeUpBetas } from "./support/network-betas.js";

const month = (date: string) => Number(date.slice(5, 7));
const BETAS = [
  madeUpBetas("glorot", (seed, coin, date) => 100 * coin + 10 * seed + month(date)),
  madeUpBetas("ols", () => -1, ["X", "Y"]),
];

describe("annualBetas", () => {
  const annual = annualBetas(BETAS);
  const rowsOf = (market: string, coin: string, start: string) =>
    annual.filter((row) => row.market === market && row.coin === coin && row.start === start);

  it("is the mean over the dates of a calendar year, by seed", () => {
    // Months 1 to 12 average 6.5; seeds add 0, 10 and 20.
    expect(rowsOf("X", "A", "glorot")[0]).toEqual({
      year: "2020",
      coin: "A",
      market: "X",
      marketSet: "X",
      start: "glorot",
      kind: "fitted",
      n: 12,
      beta: { mean: 16.5, lowest: 6.5, highest: 26.5 },
    });
  });

  it("keeps fitted and walk-forward dates of one year apart", () => {
    expect(
      rowsOf("X", "B", "glorot").map(({ year, kind, n, beta }) => [year, kind, n, beta.mean]),
    ).toEqual([
      ["2020", "fitted", 12, 116.5],
      ["2021", "fitted", 1, 111],
      ["2021", "walkForward", 11, 117],
    ]);
  });

  it("has rows for every market of a set, and none without an estimate", () => {
    expect(annual).toHaveLength(3 * 2 + 3 * 2 * 2);
    expect(rowsOf("Y", "A", "ols").map(({ marketSet, beta }) => [marketSet, beta.mean])).toEqual(
      Array(3).fill(["X+Y", -1]),
    );
    expect(rowsOf("Y", "A", "glorot")).toEqual([]);
    expect(annual.some(({ year }) => year < "2020")).toBe(false);
  });
});
