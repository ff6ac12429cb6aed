/** The Kalman beta: filtered one step ahead, and as sure as its intervals say. */

import { describe, expect, it } from "vitest";
import { historicalBeta } from "../lib/src/betas/historical.js";
import { kalmanBeta } from "../lib/src/betas/kalman.js";
import { column } from "../lib/src/panel/panel.js";
import { simulatedPanel } from "../lib/src/panel/simulate.js";
import { stream } from "../lib/src/random.js";
import { randomWalkFilter, randomWalkVariances } from "../lib/src/stats/random-walk.js";
import type { BetaPath, Panel } from "../lib/src/types.js";
import { expectClose, seededPanel } from "./support/helpers.js";

const FIT = { from: "2018-07", through: "2020-12" };
const [FIRST, AFTER, T] = [6, 36, 48];
const PANEL = seededPanel(T, ["A", "B"], ["X", "Y"]);

const at = (path: BetaPath, t: number, i: number) =>
  [path.values, path.standardErrors!].map((part) => [
    ...part.slice((t * 2 + i) * 2, (t * 2 + i + 1) * 2),
  ]);

/** What the filter says of date t, with variances of the rows before `until`; in other units than kalmanBeta's. */
function byHand(t: number, i: number, until: number) {
  const x = PANEL.marketLogReturns.slice(FIRST * 2).map((f) => 30 * f);
  const y = column(PANEL.coinLogReturns, 2, i).slice(FIRST);
  const rows = until - FIRST;
  const variances = randomWalkVariances(x.slice(0, rows * 2), y.slice(0, rows), 2);
  const { coefficients, standardErrors } = randomWalkFilter(x, y, { k: 2, ...variances });
  const row = (t - FIRST) * 2;
  return [coefficients, standardErrors].map((part) =>
    [...part.slice(row, row + 2)].map((v) => 30 * v),
  );
}

/** A variance near the optimum is found to half the digits of the likelihood. */
const expectNear = (ours: number[][], theirs: number[][]) => {
  theirs.flat().forEach((value, j) => {
    expect(Math.abs(ours.flat()[j]! / value - 1)).toBeLessThan(1e-5);
  });
};

describe("kalmanBeta", () => {
  it("frozen: filters on with the variances of the fitting block", () => {
    const path = kalmanBeta(PANEL, { fit: FIT, update: "frozen" });
    for (const [t, i] of [
      [36, 0],
      [40, 1],
      [47, 0],
    ] as const)
      expectNear(at(path, t, i), byHand(t, i, AFTER));
  });

  it("updated: has the variances of all rows before each date", () => {
    const path = kalmanBeta(PANEL, { fit: FIT, update: "updated" });
    for (const [t, i] of [
      [36, 0],
      [40, 1],
      [47, 0],
    ] as const)
      expectNear(at(path, t, i), byHand(t, i, t));
  });

  it("begins after the fitting block, both ways with the same beta", () => {
    const [frozen, updated] = (["frozen", "updated"] as const).map((update) =>
      kalmanBeta(PANEL, { fit: FIT, update }),
    );
    for (const path of [frozen!, updated!]) {
      expect(path.kind).toBe("walkForward");
      expect(path.values.slice(0, AFTER * 4).every(Number.isNaN)).toBe(true);
      expect(path.values.slice(AFTER * 4).every(Number.isFinite)).toBe(true);
    }
    expect(at(frozen!, AFTER, 1)).toEqual(at(updated!, AFTER, 1));
    expect(at(frozen!, 47, 1)).not.toEqual(at(updated!, 47, 1));
  });

  it("has the same betas without intervals on request", () => {
    const options = { fit: FIT, update: "updated", refit: "yearly" } as const;
    const { band, standardErrors, ...path } = kalmanBeta(PANEL, options);
    expect(kalmanBeta(PANEL, { ...options, intervals: false })).toEqual(path);
    expect([band?.interval, standardErrors?.length]).toEqual(["kalman", path.values.length]);
  });

  it("has normal 95 % intervals, named kalman", () => {
    const { values, standardErrors, band } = kalmanBeta(PANEL, {
      fit: FIT,
      update: "frozen",
    });
    expect(band!.interval).toBe("kalman");
    for (let cell = AFTER * 4; cell < T * 4; cell++) {
      const width = 1.959963984540054 * standardErrors![cell]!;
      expect(band!.lower[cell]).toBeCloseTo(values[cell]! - width, 12);
      expect(band!.upper[cell]).toBeCloseTo(values[cell]! + width, 12);
    }
  });

  it("does not use returns before the block", () => {
    const other = {
      ...PANEL,
      coinLogReturns: PANEL.coinLogReturns.map((r, cell) => (cell < FIRST * 2 ? NaN : r)),
      marketLogReturns: PANEL.marketLogReturns.map((f, cell) => (cell < FIRST * 2 ? 7 : f)),
    };
    const options = { fit: FIT, update: "updated" } as const;
    expect(kalmanBeta(other, options)).toEqual(kalmanBeta(PANEL, options));
  });

  it("follows a beta that walks better than the historical beta does", () => {
    const { panel, trueBeta } = simulatedPanel("random walk", {
      periods: 240,
      coins: 4,
      markets: 1,
      seed: 1,
    });
    const fit = { from: "2000-01", through: "2009-12" };
    const errorOf = ({ values }: BetaPath) => {
      let sum = 0;
      for (let cell = 480; cell < 960; cell++) sum += (values[cell]! - trueBeta.values[cell]!) ** 2;
      return sum;
    };
    const historical = errorOf(historicalBeta(panel, { from: "2000-01" }));
    for (const update of ["frozen", "updated"] as const)
      expect(errorOf(kalmanBeta(panel, { fit, update }))).toBeLessThan(0.7 * historical);
  });

  it("is a constant where no walk shows: the least squares of all rows", () => {
    // Errors that alternate in sign are what no walk makes.
    const panel = seededPanel(40, ["A"], ["X"]);
    const f = panel.marketLogReturns;
    const steady: Panel = {
      ...panel,
      coinLogReturns: f.map((now, t) => 1.5 * now + (t % 2 === 0 ? 0.01 : -0.01) * Math.sign(now)),
    };
    const fit = { from: "2018-01", through: "2020-06" };
    const { values } = kalmanBeta(steady, { fit, update: "updated" });
    const own = historicalBeta(steady, { from: "2018-01" }).values;
    expectClose(values.slice(30), own.slice(30));
  });

  it("keeps a beta over missing returns, less surely", () => {
    const coinLogReturns = PANEL.coinLogReturns.slice();
    for (let t = 40; t < 44; t++) coinLogReturns[t * 2] = NaN;
    const path = kalmanBeta({ ...PANEL, coinLogReturns }, { fit: FIT, update: "frozen" });
    const [first, second] = [at(path, 41, 0), at(path, 43, 0)];
    expect(second[0]).toEqual(first[0]);
    second[1]!.forEach((error, k) => {
      expect(error).toBeGreaterThanOrEqual(first[1]![k]!);
    });
  });

  it("has no beta for a coin with fewer than 2K + 1 returns in the block; updated, until it has them", () => {
    // B is listed four dates before the end of the block.
    const coinLogReturns = PANEL.coinLogReturns.map((r, cell) =>
      cell % 2 === 1 && cell < (AFTER - 4) * 2 ? NaN : r,
    );
    const late = { ...PANEL, coinLogReturns };
    const begins = (update: "frozen" | "updated") =>
      PANEL.dates.findIndex((_, t) =>
        Number.isFinite(kalmanBeta(late, { fit: FIT, update }).values[t * 4 + 2]),
      );
    expect(begins("frozen")).toBe(-1);
    expect(begins("updated")).toBe(AFTER + 1);
  });

  it("calls a market collinear from 2K + 1 rows of a coin on: fewer say nothing", () => {
    const panel = seededPanel(12, ["A"], ["X"]);
    const check = (rows: number) =>
      kalmanBeta(
        {
          ...panel,
          coinLogReturns: panel.coinLogReturns.map((r, t) => (t < rows ? r : NaN)),
          marketLogReturns: panel.marketLogReturns.map(() => 0),
        },
        { fit: { from: "2018-01", through: "2018-10" }, update: "frozen" },
      );
    expect(check(2).values.every(Number.isNaN)).toBe(true);
    expect(() => check(3)).toThrow("kalmanBeta: the markets X must not be collinear");
  });

  it("refuses a block without a date, and markets that are collinear or zero", () => {
    expect(() =>
      kalmanBeta(PANEL, {
        fit: { from: "2010-01", through: "2010-12" },
        update: "frozen",
      }),
    ).toThrow(
      "kalmanBeta: the fitting block 2010-01 to 2010-12 must hold a date of the panel, which has 2018-01-31 to 2021-12-31; move the block",
    );
    const zero = {
      ...PANEL,
      marketLogReturns: PANEL.marketLogReturns.map((f, cell) => (cell % 2 === 0 ? f : 0)),
    };
    expect(() => kalmanBeta(zero, { fit: FIT, update: "updated" })).toThrow(
      "kalmanBeta: the markets X, Y must not be collinear, but they are in every period from 2018-07 on (or one is zero); leave one out",
    );
  });
});

describe("the filter's intervals with known variances", () => {
  it.each([1, 2])("hold a walking beta in 93 to 97 of 100 cases, K = %d", (K) => {
    const { normal } = stream("coverage", K);
    let [held, n] = [0, 0];
    for (let series = 0; series < 2000; series++) {
      const x = Array.from({ length: 20 * K }, normal);
      const beta = Array.from({ length: K }, () => 3 * normal());
      const y: number[] = [];
      for (let t = 0; t < 20; t++) {
        y.push(beta.reduce((sum, b, k) => sum + b * x[t * K + k]!, 0.5 * normal()));
        for (let k = 0; k < K; k++) beta[k]! += 0.2 * normal();
      }
      const { coefficients, standardErrors } = randomWalkFilter(x, y, {
        k: K,
        observation: 0.25,
        states: new Array(K).fill(0.04),
      });
      beta.forEach((b, k) => {
        n++;
        const off = Math.abs(coefficients[20 * K + k]! - b);
        if (off <= 1.959963984540054 * standardErrors[20 * K + k]!) held++;
      });
    }
    expect(held / n).toBeGreaterThan(0.93);
    expect(held / n).toBeLessThan(0.97);
  });
});
