/** Estimators on panels whose betas are known, and the intervals that must hold what they say. */

import { describe, expect, it, vi } from "vitest";
import { type Estimator, pathEstimator } from "../lib/src/betas/estimator.js";
import { historicalBeta } from "../lib/src/betas/historical.js";
import { oneBeta } from "../lib/src/betas/one.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import {
  type SimulatedBetasOptions,
  type SimulatedRow,
  simulatedBetas,
} from "../lib/src/comparing/simulated-betas.js";
import { walkForward } from "../lib/src/comparing/walk-forward.js";
import { inRange } from "../lib/src/panel/calendar.js";
import { column } from "../lib/src/panel/panel.js";
import { type BetaProcess, simulatedPanel } from "../lib/src/panel/simulate.js";
import { studentTQuantile } from "../lib/src/stats/distributions.js";
import { mean } from "../lib/src/stats/moments.js";
import { regression } from "../lib/src/stats/ols.js";
import { randomWalkFilter } from "../lib/src/stats/random-walk.js";
import { type BetaPath, betaPath, type Split } from "../lib/src/types.js";
import { builtIn } from "./support/helpers.js";

const DIGITS = 12;

const SPLITS: readonly Split[] = [
  {
    inSample: { from: "2000-01", through: "2002-12" },
    validation: { from: "2003-01", through: "2003-06" },
    outOfSample: { from: "2003-07", through: "2003-12" },
  },
  {
    inSample: { from: "2000-01", through: "2003-06" },
    validation: { from: "2003-07", through: "2003-12" },
    outOfSample: { from: "2004-03", through: "2004-06" },
  },
];
const OPTIONS: SimulatedBetasOptions = {
  processes: ["step", "constant"],
  seeds: [5, 2],
  periods: 60,
  coins: 3,
  markets: 1,
  splits: () => SPLITS,
};
/** The network's shape: a band that is the range over seeds. */
const seeds: Estimator = {
  id: "seeds",
  estimate(panel) {
    const path = betaPath(panel, "walkForward", (coin) => [1 + coin / 9]);
    const by = (shift: number) => path.values.map((b) => b + shift);
    return {
      ...path,
      band: { interval: "seed", lower: by(-1), upper: by(1) },
    };
  },
};
const LADDER: readonly Estimator[] = [
  builtIn(pathEstimator("one", oneBeta)),
  builtIn(pathEstimator("pooled", pooledBeta)),
  builtIn(pathEstimator("historical", historicalBeta)),
  seeds,
];
const rowOf = (rows: readonly SimulatedRow[], process: BetaProcess, name: string): SimulatedRow =>
  rows.find((row) => row.process === process && `${row.estimator} ${row.update}` === name)!;

const ROWS = await simulatedBetas(LADDER, OPTIONS);
const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Squared deviations, squared hedging errors and held intervals of an estimator over all panels' test dates. */
async function byHand(process: BetaProcess, estimator: Estimator, update: "frozen" | "updated") {
  const [squares, losses, held]: [number[], number[], boolean[]] = [[], [], []];
  const avoidable: number[] = [];
  for (const seed of OPTIONS.seeds) {
    const { panel, trueBeta } = simulatedPanel(process, { ...OPTIONS, seed });
    const path = await walkForward(panel, estimator, { splits: SPLITS, update });
    panel.dates.forEach((date, t) => {
      if (!SPLITS.some(({ outOfSample }) => inRange(date, outOfSample))) return;
      for (const i of panel.coins.keys()) {
        const at = 3 * t + i;
        const [beta, truth] = [path.values[at]!, trueBeta.values[at]!];
        squares.push((beta - truth) ** 2);
        avoidable.push(((beta - truth) * panel.marketLogReturns[t]!) ** 2);
        losses.push((panel.coinLogReturns[at]! - beta * panel.marketLogReturns[t]!) ** 2);
        if (path.band?.interval === "hc3")
          held.push(truth >= path.band.lower[at]! && truth <= path.band.upper[at]!);
      }
    });
  }
  return { squares, losses, held, avoidable };
}

describe("simulatedBetas", () => {
  it("has rows by process, the true beta first, then the ladder; a constant stands once", () => {
    const names = [
      ...["true beta ", "one frozen", "pooled frozen", "pooled updated"],
      ...["historical frozen", "historical updated", "seeds frozen"],
    ];
    expect(
      ROWS.map(({ process, estimator, update }) => [process, `${estimator} ${update}`]),
    ).toEqual(OPTIONS.processes.flatMap((process) => names.map((name) => [process, name])));
  });

  it("counts the betas of the test dates: panels x dates x coins", () => {
    for (const { n } of ROWS) expect(n).toBe(2 * 10 * 3);
  });

  it("gives the true beta no error and all of the oracle's gain, the updated historical beta none", () => {
    for (const process of OPTIONS.processes) {
      expect(rowOf(ROWS, process, "true beta ")).toMatchObject({
        betaRmse: 0,
        oracleShare: 1,
        interval: "none",
        coverage: Number.NaN,
      });
      const historical = rowOf(ROWS, process, "historical updated");
      expect(historical.oracleShare).toBe(0);
      expect(historical.betaRmse).toBeGreaterThan(0);
    }
    // The noise has standard deviation 0.15; 60 draws of it.
    const { rmse } = rowOf(ROWS, "constant", "true beta ");
    expect(Math.abs(rmse / 0.15 - 1)).toBeLessThan(4 / Math.sqrt(2 * 60));
    // Historical betas mix what lay before the step and after it.
    expect(rowOf(ROWS, "step", "historical updated").betaRmse).toBeGreaterThan(
      rowOf(ROWS, "constant", "historical updated").betaRmse,
    );
  });

  it.each([
    ["one", "frozen"],
    ["pooled", "updated"],
    ["historical", "frozen"],
    ["historical", "updated"],
  ] as const)(
    "is, over all panels and test dates, what can be counted by hand: %s %s",
    async (id, update) => {
      const estimator = LADDER.find((known) => known.id === id)!;
      const historical = LADDER.find((known) => known.id === "historical")!;
      for (const process of OPTIONS.processes) {
        const row = rowOf(ROWS, process, `${id} ${update}`);
        const { squares, losses, held, avoidable } = await byHand(process, estimator, update);
        const ols = (await byHand(process, historical, "updated")).avoidable;
        const mse = average(losses);
        expect(squares).toHaveLength(row.n);
        expect(row.betaRmse).toBeCloseTo(Math.sqrt(average(squares)), DIGITS);
        expect(row.rmse).toBeCloseTo(Math.sqrt(mse), DIGITS);
        const ratio = average(avoidable) / average(ols);
        expect(row.oracleShare).toBeCloseTo(1 - ratio, DIGITS);
        // Two panels: the spread of two numbers around their mean, in shares of the base.
        const half = (values: readonly number[], panel: number) =>
          average(values.slice(30 * panel, 30 * (panel + 1)));
        const [a, b] = [0, 1].map((p) => half(avoidable, p) - ratio * half(ols, p));
        const error = Math.sqrt((2 * (a! ** 2 + b! ** 2)) / 1) / (2 * average(ols));
        expect(row.shareError).toBeCloseTo(error, DIGITS);
        if (id === "historical") {
          expect(held).toHaveLength(row.n);
          expect(row.interval).toBe("hc3");
          expect(row.coverage).toBeCloseTo(average(held.map(Number)), DIGITS);
          expect(row.coverage).toBeGreaterThan(0);
        } else {
          expect(row.interval).toBe("none");
          expect(row.coverage).toBeNaN();
        }
      }
    },
  );

  it("takes shares against another base, and walks an estimator in the updates that are asked for", async () => {
    const rows = await simulatedBetas(LADDER, {
      ...{ ...OPTIONS, base: "pooled" },
      updates: ({ id }) => (id === "historical" ? ["frozen"] : ["frozen", "updated"]),
    });
    const names = rows.slice(0, 7).map(({ estimator, update }) => `${estimator} ${update}`);
    expect(names).not.toContain("historical updated");
    expect(names).toContain("pooled updated");
    expect(rowOf(rows, "step", "pooled updated").oracleShare).toBe(0);
    const { oracleShare, ...same } = rowOf(rows, "step", "historical frozen");
    expect(oracleShare).not.toBe(rowOf(ROWS, "step", "historical frozen").oracleShare);
    expect(same.rmse).toBe(rowOf(ROWS, "step", "historical frozen").rmse);
  });

  it("gives a seed band no coverage: it is no interval", () => {
    const row = rowOf(ROWS, "constant", "seeds frozen");
    expect(row.interval).toBe("seed");
    expect(row.coverage).toBeNaN();
  });

  it.each([
    ["every", Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 1],
    ["no", 100, 101, 0],
    ["every (the bounds belong to it)", 0, 0, 1],
    ["no (it lies below)", 1e-9, 1, 0],
    ["no (it lies above)", -1, -1e-9, 0],
  ])("counts intervals that hold the true beta: %s one", async (_, low, high, share) => {
    const bounded: Estimator = {
      id: "bounded",
      estimate(panel): BetaPath {
        const seed = OPTIONS.seeds.find(
          (drawn) =>
            simulatedPanel("constant", { ...OPTIONS, seed: drawn }).panel.marketLogReturns[0] ===
            panel.marketLogReturns[0],
        )!;
        const { trueBeta } = simulatedPanel("constant", { ...OPTIONS, seed });
        const values = trueBeta.values.subarray(0, panel.dates.length * 3);
        return {
          ...betaPath(panel, "walkForward", () => [1]),
          band: {
            interval: "bootstrap",
            lower: values.map((b) => b + low),
            upper: values.map((b) => b + high),
          },
        };
      },
    };
    const rows = await simulatedBetas([bounded], {
      ...OPTIONS,
      processes: ["constant"],
    });
    expect(rowOf(rows, "constant", "bounded frozen")).toMatchObject({
      interval: "bootstrap",
      coverage: share,
    });
  });

  it("leaves dates without an interval out of the coverage", async () => {
    const half: Estimator = {
      id: "half",
      estimate(panel) {
        const path = betaPath(panel, "walkForward", () => [1]);
        const bound = (value: number) =>
          path.values.map((_, at) => (at % 3 === 0 ? Number.NaN : value));
        return {
          ...path,
          band: { interval: "bootstrap", lower: bound(0.9), upper: bound(2) },
        };
      },
    };
    const rows = await simulatedBetas([half], {
      ...OPTIONS,
      processes: ["constant"],
    });
    // Levels are 0.5, 1 and 1.5 by coin; the first coin has no interval.
    expect(rowOf(rows, "constant", "half frozen").coverage).toBe(1);
  });

  it("is the same for the same seeds in any order, up to rounding, and another for others", async () => {
    expect(await simulatedBetas(LADDER, OPTIONS)).toEqual(ROWS);
    const turned = await simulatedBetas(LADDER, { ...OPTIONS, seeds: [2, 5] });
    turned.forEach((row, r) => {
      expect(row.rmse).toBeCloseTo(ROWS[r]!.rmse, DIGITS);
      expect(row.betaRmse).toBeCloseTo(ROWS[r]!.betaRmse, DIGITS);
    });
    const other = await simulatedBetas(LADDER, { ...OPTIONS, seeds: [3, 4] });
    expect(other[0]!.rmse).not.toBeCloseTo(ROWS[0]!.rmse, 6);
  });

  it("hands the panel's dates to whoever makes the splits, and tells how many panels are done", async () => {
    const splits = vi.fn((_: readonly string[]) => SPLITS);
    const onProgress = vi.fn();
    await simulatedBetas([], { ...OPTIONS, splits, onProgress });
    const { panel } = simulatedPanel("constant", { ...OPTIONS, seed: 1 });
    expect(splits.mock.calls).toEqual(OPTIONS.processes.map(() => [panel.dates]));
    expect(onProgress.mock.calls).toEqual([1, 2, 3, 4].map((d) => [d, 4]));
  });
});

/**
 * 93 to 97 % are four standard errors, sqrt(0.95 x 0.05 / 2000) each, around what is held to be 95 %: one date of each panel;
 * the four coins of a panel have their own noise, and exact intervals whatever the market did.
 */
const PANELS = 500;
const COINS = 4;
const panels = (process: BetaProcess, periods: number, markets: number, count: number = PANELS) =>
  Array.from({ length: count }, (_, seed) =>
    simulatedPanel(process, { periods, coins: COINS, markets, seed }),
  );
/** Two years of months, and the one whose beta is to be held. */
const MONTHS = 24;
const CONSTANT = panels("constant", MONTHS + 1, 1);
function expectNominal(held: readonly boolean[]): void {
  expect(held).toHaveLength(2000);
  const share = mean(held.map(Number));
  expect(share).toBeGreaterThan(0.93);
  expect(share).toBeLessThan(0.97);
}

describe("95 % intervals hold the true beta in 93 to 97 % of 2000 cases", () => {
  it.each([1, 2])(
    "OLS, HC3 with Student's t, constant beta, normal errors: %d markets, 24 months",
    (markets) => {
      const months = MONTHS;
      const all = markets === 1 ? CONSTANT : panels("constant", months + 1, markets, 250);
      const width = COINS * markets;
      expectNominal(
        all.flatMap(({ panel, trueBeta }) => {
          const { band } = historicalBeta(panel, {
            from: panel.dates[0]!,
            minObs: months,
          });
          return Array.from({ length: width }, (_, j) => {
            const at = months * width + j;
            const beta = trueBeta.values[at]!;
            return band!.lower[at]! <= beta && beta <= band!.upper[at]!;
          });
        }),
      );
    },
  );

  it("OLS, classical with Student's t, constant beta, normal errors: 12 months", () => {
    const months = 12;
    const width = studentTQuantile(0.975, months - 1);
    expectNominal(
      CONSTANT.flatMap(({ panel, trueBeta }) =>
        panel.coins.map((_, i) => {
          const { coefficients, covariance } = regression(
            panel.marketLogReturns.subarray(0, months),
            column(panel.coinLogReturns, COINS, i).subarray(0, months),
            { intercept: false },
          );
          const off = trueBeta.values[i]! - coefficients[0]!;
          return Math.abs(off) <= width * Math.sqrt(covariance[0]!);
        }),
      ),
    );
  });

  it.each([
    ["random walk", 0.1 ** 2],
    ["constant", 0],
  ] as const)("Kalman with known variances: %s", (process, state) => {
    const months = MONTHS;
    const known = { observation: 0.15 ** 2, states: [state] };
    expectNominal(
      (state === 0 ? CONSTANT : panels(process, months + 1, 1)).flatMap(({ panel, trueBeta }) =>
        panel.coins.map((_, i) => {
          const { coefficients, standardErrors } = randomWalkFilter(
            panel.marketLogReturns.subarray(0, months),
            column(panel.coinLogReturns, COINS, i).subarray(0, months),
            { k: 1, ...known },
          );
          const off = trueBeta.values[months * COINS + i]! - coefficients[months]!;
          return Math.abs(off) <= 1.959964 * standardErrors[months]!;
        }),
      ),
    );
  });

  it("and does not hold it so often where beta walks and the interval takes it for constant", () => {
    const months = 48;
    const held = panels("random walk", months + 1, 1, 100).flatMap(({ panel, trueBeta }) => {
      const { band } = historicalBeta(panel, {
        from: panel.dates[0]!,
        minObs: months,
      });
      return panel.coins.map((_, i) => {
        const at = months * COINS + i;
        const beta = trueBeta.values[at]!;
        return band!.lower[at]! <= beta && beta <= band!.upper[at]!;
      });
    });
    expect(mean(held.map(Number))).toBeLessThan(0.9);
  });
});
