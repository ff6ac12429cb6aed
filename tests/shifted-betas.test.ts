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
