/** Series, samples and estimates that the claims of several steps share. */

import { describe, expect, it } from "vitest";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { selectMarkets } from "../lib/src/panel/panel.js";
import { rmsePercent } from "../lib/src/report/claims/networks.js";
import {
  adjustedR2,
  betaDifference,
  blockLengthOf,
  coinWeight,
  drawnMoments,
  marketCorrelation,
  meanCoin,
  pooledOn,
  topDates,
  trailing,
} from "../lib/src/report/claims/samples.js";
import { regression } from "../lib/src/stats/ols.js";
import type { Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const CHANCE = { draws: 499, seed: 1 };

describe("samples of claims", () => {
  const panel = seededPanel(60, ["A", "B"], ["X", "Y"]);
  const x = Float64Array.from(panel.dates, (_, t) => panel.marketLogReturns[2 * t]!);

  it("average coins by date, and find the pooled beta of the mean coin", () => {
    const coin = meanCoin(panel);
    expect(coin[3]).toBeCloseTo((panel.coinLogReturns[6]! + panel.coinLogReturns[7]!) / 2, 15);
    const pooled = pooledBeta(selectMarkets(panel, ["X"]), { from: "2018" });
    const before = Array.from({ length: 59 }, (_, t) => t);
    expect(pooledOn(coin, x, before)).toBeCloseTo(pooled.values.at(-1)!, 12);
    expect(pooledOn([2, 4], [1, 2], [0, 1])).toBe(2);
    expect(pooledOn([2, 4], [1, 2], [])).toBeNaN();
  });

  it("compare betas inside and outside: exactly, where coins have no noise", () => {
    const inside = panel.dates.filter((date) => date < "2020");
    const outside = panel.dates.filter((date) => date >= "2020-06");
    const exact: Panel = {
      ...panel,
      coinLogReturns: panel.coinLogReturns.map((_, at) => {
        const t = Math.floor(at / 2);
        return (panel.dates[t]! < "2020" ? 3 : 1) * x[t]!;
      }),
    };
    const difference = betaDifference(exact, "X", { inside, outside, ...CHANCE });
    expect(difference.estimate).toBeCloseTo(2, 12);
    expect(difference.lower).toBeCloseTo(2, 12);
    expect(difference.n).toBe(24);
  });

  it("take the top share of dates, and leave dates without a value out", () => {
    const dates = ["a", "b", "c", "d", "e"];
    expect(topDates(dates, [Number.NaN, 1, 4, 2, 3], 0.25)).toEqual({
      inside: ["c"],
      outside: ["b", "d", "e"],
    });
  });

  it("know the periods before a date, not the date itself", () => {
    const seen: number[][] = [];
    const values = trailing(2, 4, (from, to) => {
      seen.push([from, to]);
      return to;
    });
    expect(Array.from(values)).toEqual([Number.NaN, Number.NaN, 2, 3]);
    expect(seen).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });

  it("measure how correlated markets are, whatever the sign", () => {
    const mirrored: Panel = {
      ...panel,
      marketLogReturns: Float64Array.from(panel.dates.flatMap((_, t) => [x[t]!, -x[t]!])),
    };
    expect(marketCorrelation(mirrored, 12)[20]).toBeCloseTo(1, 12);
    expect(marketCorrelation(mirrored, 12)[11]).toBeNaN();
  });

  it("weigh coins as the textbook does: half of two like risks, none of a beta of one", () => {
    const coin = Float64Array.from({ length: 60 }, (_, t) => (t % 4 < 2 ? 0.1 : -0.1));
    const other = Float64Array.from({ length: 60 }, (_, t) => (t % 2 ? 0.1 : -0.1));
    const simple = (returns: Float64Array) => returns.map((r) => Math.log(1 + r));
    const pair = (c: Float64Array, m: Float64Array): Panel => ({
      ...panel,
      coins: ["A"],
      markets: ["X"],
      coinLogReturns: simple(c),
      marketLogReturns: simple(m),
    });
    const weight = (paired: Panel) => coinWeight(paired, paired.dates, CHANCE).estimate;
    expect(weight(pair(coin, other))).toBeCloseTo(0.5, 12);
    // Means are no risk, and twice the risk is four times the variance.
    const [drifting, moving] = [coin.map((c) => 2 * c + 0.03), other.map((m) => m + 0.02)];
    expect(weight(pair(drifting, moving))).toBeCloseTo(0.01 / 0.05, 12);
    const levered = other.map((m, t) => m + coin[t]!);
    expect(weight(pair(levered, other))).toBeCloseTo(0, 12);
  });

  it("weigh coins that move with the markets by their covariance, too", () => {
    const wave = (period: number) =>
      Float64Array.from({ length: 60 }, (_, t) => (t % period < period / 2 ? 0.1 : -0.1));
    const [other, own] = [wave(2), wave(4)];
    const paired: Panel = {
      ...panel,
      coins: ["A"],
      markets: ["X"],
      coinLogReturns: own.map((c, t) => Math.log(1 + c + 0.5 * other[t]!)),
      marketLogReturns: other.map((m) => Math.log(1 + m)),
    };
    // Variances of 1.25 and 1 and a covariance of 0.5: (1 - 0.5) / (1.25 + 1 - 1).
    const found = coinWeight(paired, paired.dates, CHANCE);
    expect(found.estimate).toBeCloseTo(0.4, 12);
    const products = own.map((c, t) => (c + 0.5 * other[t]!) * other[t]!);
    expect(found.method).toBe(`bootstrap, blocks of ${blockLengthOf([products])}`);
  });

  it("find uncorrelated markets uncorrelated, and no market beside itself", () => {
    const apart: Panel = {
      ...panel,
      marketLogReturns: Float64Array.from(
        panel.dates.flatMap((_, t) => [t % 2 ? 0.1 : -0.1, t % 4 < 2 ? 0.1 : -0.1]),
      ),
    };
    expect(marketCorrelation(apart, 12)[20]).toBeCloseTo(0, 12);
  });

  it("have a mean coin for each date, and the smaller side's number of dates", () => {
    expect(meanCoin(panel)).toHaveLength(60);
    const inside = panel.dates.slice(10);
    const outside = panel.dates.slice(0, 10);
    expect(betaDifference(panel, "X", { inside, outside, ...CHANCE }).n).toBe(10);
    // Of five values, the highest is above the limit of the top fourth, which is the next.
    const five = ["a", "b", "c", "d", "e"];
    expect(topDates(five, [1, 2, 3, 4, 5], 0.25).inside).toEqual(["e"]);
  });

  it("sum squares and products about the means of what is drawn", () => {
    const moments = drawnMoments([
      [1, 2, 4, 7],
      [2, 0, 1, 5],
      [1, 0, 0, 1],
    ]);
    const all = (rows: number[]) => {
      const covariance = moments(Uint32Array.from(rows));
      return [0, 1, 2].map((i) => [0, 1, 2].map((j) => covariance(i, j)));
    };
    const close = (rows: number[][]) => rows.map((row) => row.map((v) => expect.closeTo(v, 12)));
    const first = [
      [24.75, 10.5, -0.75],
      [10.5, 9, 1.5],
      [-0.75, 1.5, 0.75],
    ];
    // Of 1, 1, 4, 7, of 2, 2, 1, 5 and of 1, 1, 0, 1; another draw forgets it.
    expect(all([0, 0, 2, 3])).toEqual(close(first));
    expect(all([1, 1, 1, 1])).toEqual(close([0, 0, 0].map(() => [0, 0, 0])));
    expect(all([3, 2, 0, 0])).toEqual(close(first));
    expect(drawnMoments([[1, 3]])(Uint32Array.of(0, 1))(0, 0)).toBeCloseTo(2, 12);
  });

  it("have the adjusted R² of a lone series on several, with draws moved to it", () => {
    const y = Float64Array.from(panel.dates, (_, t) => panel.coinLogReturns[2 * t]!);
    const others = [
      x,
      Float64Array.from(panel.dates, (_, t) => 100 * panel.marketLogReturns[2 * t + 1]!),
      Float64Array.from(panel.dates, (_, t) => t / 7 + y[t]!),
    ];
    const byRow = panel.dates.flatMap((_, t) => others.map((values) => values[t]!));
    const fit = regression(byRow, y, { intercept: true });
    const found = adjustedR2([y], others, CHANCE);
    expect(found.estimate).toBeCloseTo(1 - ((1 - fit.r2Centred) * 59) / 56, 10);
    expect(found.method).toMatch(/^recentred/);
  });

  it("average the adjusted R² of the coins' regressions", () => {
    const coins = [0, 1].map((i) =>
      Float64Array.from(panel.dates, (_, t) => panel.coinLogReturns[2 * t + i]!),
    );
    const expected = coins.map((y) => {
      const fit = regression(x, y, { intercept: true });
      return 1 - ((1 - fit.r2Centred) * 59) / 58;
    });
    const found = adjustedR2(coins, [x], CHANCE);
    expect(found.estimate).toBeCloseTo((expected[0]! + expected[1]!) / 2, 12);
    expect(found.lower).toBeLessThan(found.estimate);
  });

  it("compare RMSEs in percent: errors half as large are 50 % less", () => {
    const loss = Array.from(x, (v) => v ** 2 + 0.01);
    const half = rmsePercent(
      loss.map((l) => l / 4),
      loss,
      CHANCE,
    );
    expect(half.estimate).toBeCloseTo(-50, 10);
    expect(half.upper).toBeCloseTo(-50, 10);
  });

  it("draw blocks of three periods at least", () => {
    // Noise asks for fewer.
    expect(blockLengthOf([x])).toBe(3);
    expect(blockLengthOf([x.map((_, t) => Math.floor(t / 12))])).toBeGreaterThan(3);
  });
});
