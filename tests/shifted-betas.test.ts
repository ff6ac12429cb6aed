/** Betas of months that end on other days for the coins than for the markets. */

import { describe, expect, it } from "vitest";
import { shiftedBetas } from "../lib/src/comparing/shifted-betas.js";
import { tableShiftedBetas } from "../lib/src/tables/shifted-betas.js";
import type { Panel } from "../lib/src/types.js";

/** Two days a month; the coin's return of a day is given by the market's. */
const days = (coin: (market: readonly number[], t: number) => number): Panel => {
  const dates = Array.from({ length: 48 }, (_, t) => {
    const month = Math.floor(t / 2);
    const year = 2020 + Math.floor(month / 12);
    return `${year}-${String((month % 12) + 1).padStart(2, "0")}-${t % 2 ? "28" : "14"}`;
  });
  const market = dates.map((_, t) => Math.sin(t * t) / 20);
  return {
    frequency: "daily",
    dates,
    coins: ["A"],
    markets: ["X"],
    coinLogReturns: Float64Array.from(market, (_, t) => coin(market, t)),
    marketLogReturns: Float64Array.from(market),
  };
};
const PERIODS = [{ name: "inner months", range: { from: "2020-02", through: "2021-11" } }];

describe("shiftedBetas", () => {
  it("is the beta of monthly sums where nothing is shifted", () => {
    const rows = shiftedBetas(
      days((f, t) => 2 * f[t]!),
      "X",
      PERIODS,
    );
    expect(rows.map(({ shift, n }) => [shift, n])).toEqual([
      [-1, 22],
      [0, 22],
      [1, 22],
    ]);
    expect(rows[1]!.beta).toBeCloseTo(2, 12);
    expect(Math.abs(rows[0]!.beta - 2)).toBeGreaterThan(0.1);
  });

  it("undoes a coin whose prices come a day late by months that end a day later", () => {
    const late = days((f, t) => 2 * (f[t - 1] ?? 0));
    expect(shiftedBetas(late, "X", PERIODS)[2]!.beta).toBeCloseTo(2, 12);
    const early = days((f, t) => 2 * (f[t + 1] ?? 0));
    expect(shiftedBetas(early, "X", PERIODS)[0]!.beta).toBeCloseTo(2, 12);
  });

  it("adds the days of each month; the first and the last day stay where the panel has no neighbour", () => {
    // Months of three, two and three days, the first and the last of them alone at the ends.
    const dates = ["01-30", "01-31", "02-03", "02-28", "03-02", "03-30", "03-31", "04-01"];
    const panel: Panel = {
      frequency: "daily",
      dates: dates.map((day) => `2020-${day}`),
      coins: ["A", "B"],
      markets: ["Y", "X"],
      coinLogReturns: Float64Array.of(1, 2, 3, 4, 5, 9, 7, 1, 4, 4, 8, 2, 6, 8, 0, 4),
      marketLogReturns: Float64Array.of(9, 1, 9, 1, 9, 2, 9, 3, 9, 1, 9, 1, 9, 2, 9, 3),
    };
    const year = [{ name: "year", range: { from: "2020", through: "2020" } }];
    const rows = shiftedBetas(panel, "X", year);
    // By months from January on, the market's sums are 2, 5, 4 and 3; the coins' mean by day 1.5, 3.5, 7, 4, 4, 5, 7, 2.
    const sums = [
      [1.5, 3.5 + 7, 4 + 4 + 5, 7 + 2],
      [1.5 + 3.5, 7 + 4, 4 + 5 + 7, 2],
      [1.5 + 3.5 + 7, 4 + 4, 5 + 7 + 2, 0],
    ];
    const market = [2, 5, 4, 3];
    const product = (own: readonly number[]) => own.reduce((sum, r, m) => sum + r * market[m]!, 0);
    expect(rows.map(({ shift, n, beta }) => [shift, n, beta])).toEqual(
      sums.map((own, i) => [i - 1, 4, expect.closeTo(product(own) / product(market), 10)]),
    );
  });

  it("has a line for every shift in its table", () => {
    const rows = shiftedBetas(
      days((f, t) => f[t]!),
      "X",
      PERIODS,
    );
    expect(tableShiftedBetas(rows, "made up").rows.map((row) => row.slice(0, 3))).toEqual([
      ["X", "inner months", -1],
      ["X", "inner months", 0],
      ["X", "inner months", 1],
    ]);
  });
});
