/** Estimators against the pooled constant out of sample: each number by hand, and what is left out. */

import { describe, expect, it } from "vitest";
import { hedgingRmse } from "../lib/src/betas/hedging.js";
import { compareForecasts } from "../lib/src/comparing/forecast-comparison.js";
import {
  cumulativeGains,
  outOfSampleTests,
  POWER,
} from "../lib/src/comparing/out-of-sample-tests.js";
import type { Walked } from "../lib/src/comparing/walked.js";
import { detectableMean } from "../lib/src/stats/detectable-mean.js";
import { dieboldMariano } from "../lib/src/stats/diebold-mariano.js";
import { jackknifeError } from "../lib/src/stats/jackknife.js";
import { betaPath } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

/** Seven years from 2018-01. */
const PANEL = seededPanel(84, ["A", "B"], ["X", "Y"]);
const RANGE = { from: "2021-01", through: "2024-11" };
const SAMPLE = { name: "walk-forward", range: RANGE };
const DRAWS = { draws: 199, seed: 3, level: 0.95 };

const candidate = (
  estimator: string,
  update: Walked["update"],
  beta: (coin: number, t: number) => number,
): Walked => ({
  panel: PANEL,
  marketSet: "X+Y",
  estimator,
  update,
  path: betaPath(PANEL, "walkForward", (coin, t) => [beta(coin, t), 0]),
});
const SET: readonly Walked[] = [
  candidate("zero", "frozen", () => 0),
  candidate("pooled", "frozen", () => 1),
  candidate("pooled", "updated", (_, t) => 1.4 + 0.1 * Math.sin(t)),
  candidate("own", "frozen", (coin) => 1.4 + 0.2 * coin),
  candidate("own", "updated", (_, t) => 1.5 + Math.sin(t)),
];

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Squared errors by date of 2021-01 to 2024-11, averaged over the two coins. */
const losses = (c: number): number[] =>
  Array.from({ length: 47 }, (_, i) => {
    const t = 36 + i;
    return average(
      [0, 1].map((coin) => {
        const beta = SET[c]!.path.values[(t * 2 + coin) * 2]!;
        const f = PANEL.marketLogReturns[t * 2]!;
        return (PANEL.coinLogReturns[t * 2 + coin]! - beta * f) ** 2;
      }),
    );
  });

describe("outOfSampleTests", () => {
  const rows = outOfSampleTests([SET], SAMPLE, DRAWS);

  it("has a row per estimator and update against the pooled constant of that update, and none for itself", () => {
    expect(
      rows.map(({ estimator, update, benchmark }) => [estimator, update, benchmark].join(" ")),
    ).toEqual(["zero frozen pooled", "own frozen pooled", "own updated pooled"]);
    for (const row of rows) expect(row).toMatchObject({ coin: "all", marketSet: "X+Y", n: 47 });
  });

  it("is the comparison of all coins, with Clark-West against zero", () => {
    const compared = compareForecasts(SET, SAMPLE, DRAWS);
    const [, , own] = rows;
    const find = (benchmark: string) =>
      compared.find(
        (row) =>
          row.coin === "all" &&
          row.estimator === "own" &&
          row.update === "updated" &&
          row.benchmark === benchmark,
      )!;
    expect(own).toMatchObject({
      ...find("pooled"),
      cwStatistic: find("zero").cwStatistic,
      cwPValue: find("zero").cwPValue,
    });
    expect(rows[0]!.cwStatistic).toBeNaN();
  });

  it.each([
    [1, 3, 1],
    [2, 4, 2],
  ])(
    "row %i: the second test has Newey-West lags, and says what could be found",
    (row, own, pooled) => {
      const differential = losses(own).map((loss, t) => loss - losses(pooled)[t]!);
      const { statistic, pValue } = dieboldMariano(differential, {
        horizon: 1,
        variance: "bartlett",
        lags: 3,
      });
      const found = rows[row]!;
      expect(found.hacLags).toBe(3);
      expect(found.hacStatistic).toBeCloseTo(statistic, 10);
      expect(found.hacPValue).toBeCloseTo(pValue, 10);
      expect(found.hacPValue).not.toBeCloseTo(found.dmPValue, 4);
      const least = detectableMean(differential, { lags: 3, ...POWER });
      const mse = average(losses(pooled));
      expect(found.detectable).toBeCloseTo(Math.sqrt(mse) - Math.sqrt(mse - least.mean), 12);
    },
  );

  it("has the jackknife error of an ensemble over its networks, and none of what has no seeds", () => {
    const path = betaPath(PANEL, "walkForward", (_, t) => [1 + t / 100, 0]);
    const seeds = [0.9, 1, 1.1].map((scale) => path.values.map((beta) => scale * beta));
    const ensemble = { ...candidate("neural-ols", "frozen", () => 0), path: { ...path, seeds } };
    const without = [1.05, 1, 0.95].map((scale) =>
      hedgingRmse(PANEL, { ...path, values: path.values.map((beta) => scale * beta) }, RANGE),
    );
    const [found] = outOfSampleTests([[ensemble, ...SET]], SAMPLE, DRAWS);
    expect(found!.seedError).toBeCloseTo(jackknifeError(without), 12);
    expect(found!.seedError).toBeGreaterThan(0);
    expect(rows.every(({ seedError }) => Number.isNaN(seedError))).toBe(true);
  });

  it("calls nothing detectable where not even an error of zero would be found", () => {
    const wild = candidate("wild", "updated", (_, t) => (t === 40 ? 90 : 1));
    const [row] = outOfSampleTests([[...SET.slice(0, 3), wild]], SAMPLE, DRAWS).slice(-1);
    expect(row!.detectable).toBeNaN();
  });

  it("makes no test of fewer than 24 dates", () => {
    const few = outOfSampleTests(
      [SET],
      { name: "few", range: { from: "2024-01", through: "2024-11" } },
      DRAWS,
    );
    for (const row of few) {
      expect(row.n).toBe(11);
      expect(row.rmse).toBeGreaterThan(0);
      for (const key of ["hacStatistic", "hacPValue", "hacLags", "detectable", "dmPValue"] as const)
        expect(row[key]).toBeNaN();
    }
  });
});

describe("cumulativeGains", () => {
  it("adds the pooled constant's loss minus the estimator's, date by date", () => {
    const [zero, own] = cumulativeGains([SET], RANGE);
    expect([zero!.estimator, own!.estimator]).toEqual(["zero", "own"]);
    expect(own!.dates).toHaveLength(47);
    expect(own!.dates[0]).toBe("2021-01-31");
    const gains = losses(1).map((loss, t) => loss - losses(3)[t]!);
    gains.forEach((gain, t) => {
      expect(own!.gains[t]).toBeCloseTo(gain, 12);
      expect(own!.cumulative[t]).toBeCloseTo(
        gains.slice(0, t + 1).reduce((sum, g) => sum + g, 0),
        12,
      );
    });
  });

  it("ends above zero exactly where the RMSE is lower", () => {
    const rows = outOfSampleTests([SET], SAMPLE, DRAWS);
    const gains = cumulativeGains([SET], RANGE);
    expect(gains.map((gain) => gain.cumulative.at(-1)! > 0)).toEqual(
      rows.map((row) => row.rmseChange < 0),
    );
    expect(rows.map((row) => row.rmseChange < 0)).toContain(true);
    expect(rows.map((row) => row.rmseChange < 0)).toContain(false);
  });
});
