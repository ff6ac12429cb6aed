/** Moments of betas, against known samples. */

import { describe, expect, it } from "vitest";
import { betaStatistics } from "../lib/src/comparing/beta-statistics.js";
import { marketBetas } from "../lib/src/models/network-betas.js";
import { sampleMoments } from "../lib/src/stats/moments.js";
import { madeUpBetas } from "./support/network-betas.js";

/** Fitted betas are far away: 1,000 and more. */
const month = (date: string) => Number(date.slice(5, 7));
const BETAS = [
  madeUpBetas("glorot", (seed, coin, date) =>
    date <= "2021-01-31" ? 1000 : 10 * coin + seed + month(date),
  ),
  madeUpBetas("ols", () => 2),
];

describe("betaStatistics", () => {
  const statistics = betaStatistics(marketBetas(BETAS));

  it("has a row per market, coin and start", () => {
    expect(statistics.map((row) => [row.market, row.marketSet, row.coin, row.start])).toEqual([
      ["X", "X", "A", "glorot"],
      ["X", "X", "A", "ols"],
      ["X", "X", "B", "glorot"],
      ["X", "X", "B", "ols"],
    ]);
  });

  it("are the moments of the mean beta over the walk-forward dates alone", () => {
    // The mean over the seeds 0, 1, 2 adds 1; dates are February to December.
    const months = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    expect(statistics[0]!.moments).toEqual(sampleMoments(months.map((m) => m + 1)));
    expect(statistics[2]!.moments).toEqual(sampleMoments(months.map((m) => m + 11)));
  });

  it("have each seed's own mean", () => {
    expect(statistics[0]!.seedMean).toEqual({ mean: 8, lowest: 7, highest: 9 });
    expect(statistics[1]!.seedMean).toEqual({ mean: 2, lowest: 2, highest: 2 });
  });

  it("have no shape where the beta does not move", () => {
    const { sampleSd, b2, g1 } = statistics[1]!.moments;
    expect(sampleSd).toBe(0);
    expect([b2, g1]).toEqual([Number.NaN, Number.NaN]);
  });

  it("are none without betas", () => {
    expect(betaStatistics([])).toEqual([]);
  });
});
