/** Simulated panels: returns are what the betas make of them, and each beta moves as its process says. */

import { describe, expect, it } from "vitest";
import {
  BETA_PROCESSES,
  type BetaProcess,
  type SimulationOptions,
  simulatedPanel,
} from "../lib/src/panel/simulate.js";
import { normalCdf, studentTCdf } from "../lib/src/stats/distributions.js";
import { mean, sampleMoments } from "../lib/src/stats/moments.js";
import type { BetaPath } from "../lib/src/types.js";

/** Of sums of a few numbers of the order of one. */
const ROUNDING = 1e-12;
/** What Monte Carlo errors are held against: five standard errors. */
const ERRORS = 5;

const SIZES = { periods: 120, coins: 4, markets: 3, seed: 11 } as const;
const simulated = (process: BetaProcess, more: Partial<SimulationOptions> = {}) =>
  simulatedPanel(process, { ...SIZES, ...more });

/** Beta of a coin on a market at a date. */
const betaOf =
  ({ values, coins, markets }: BetaPath) =>
  (t: number, i: number, k: number): number =>
    values[(t * coins.length + i) * markets.length + k]!;
const level = (i: number, k: number): number => [0.5, 1, 1.5][(i + k) % 3]!;

/** What the process adds to the level, by date, coin and market. */
function moves(process: BetaProcess, more: Partial<SimulationOptions> = {}) {
  const { trueBeta } = simulated(process, more);
  const beta = betaOf(trueBeta);
  return trueBeta.dates.map((_, t) =>
    trueBeta.coins.map((_, i) => trueBeta.markets.map((_, k) => beta(t, i, k) - level(i, k))),
  );
}
function expectMoves(
  actual: ReturnType<typeof moves>,
  expected: (t: number, k: number) => number,
): void {
  const off = actual.flatMap((coins, t) =>
    coins.flatMap((moves) => moves.map((move, k) => Math.abs(move - expected(t, k)))),
  );
  // Not Math.max of them all: a NaN is no agreement either.
  expect(off.filter((distance) => !(distance < ROUNDING))).toEqual([]);
}

/** Returns without what the betas make of the markets. */
function noise(process: BetaProcess, more: Partial<SimulationOptions> = {}) {
  const { panel, trueBeta } = simulated(process, more);
  const [N, K] = [panel.coins.length, panel.markets.length];
  const beta = betaOf(trueBeta);
  return panel.coinLogReturns.map((r, at) => {
    const [t, i] = [Math.floor(at / N), at % N];
    const hedged = panel.markets.map((_, k) => beta(t, i, k) * panel.marketLogReturns[t * K + k]!);
    return r - hedged.reduce((sum, part) => sum + part, 0);
  });
}

/** Largest distance between the empirical distribution of a sample and a continuous one. */
function kolmogorov(sample: Float64Array, cdf: (x: number) => number): number {
  const n = sample.length;
  return Math.max(
    ...sample.toSorted().map((x, i) => Math.max(cdf(x) - i / n, (i + 1) / n - cdf(x))),
  );
}
/** A sample of the distribution is further off once in 2 exp(-2 2^2), 1500 times. */
const kolmogorovBound = (n: number): number => 2 / Math.sqrt(n);

describe("simulatedPanel", () => {
  it.each(BETA_PROCESSES)("has the panel's shape: %s", (process) => {
    const { panel, trueBeta } = simulated(process);
    expect(panel.frequency).toBe("monthly");
    expect(panel.dates).toHaveLength(120);
    expect(panel.dates.slice(0, 3)).toEqual(["2000-01-31", "2000-02-29", "2000-03-31"]);
    expect(panel.dates.at(-1)).toBe("2009-12-31");
    expect(panel.coins).toEqual(["COIN1", "COIN2", "COIN3", "COIN4"]);
    expect(panel.markets).toEqual(["MARKET1", "MARKET2", "MARKET3"]);
    expect(panel.coinLogReturns).toHaveLength(480);
    expect(panel.marketLogReturns).toHaveLength(360);
    const { dates, coins, markets } = panel;
    expect(trueBeta).toMatchObject({ dates, coins, markets });
    expect(trueBeta.kind).toBe("walkForward");
    expect(trueBeta.values).toHaveLength(1440);
    for (const values of [panel.coinLogReturns, panel.marketLogReturns, trueBeta.values])
      expect(values.every(Number.isFinite)).toBe(true);
  });

  it.each(BETA_PROCESSES)(
    "has the market returns and the noise of the constant beta, whatever beta does: %s",
    (process) => {
      const [ours, constant] = [simulated(process), simulated("constant")];
      expect(ours.panel.marketLogReturns).toEqual(constant.panel.marketLogReturns);
      const expected = noise("constant");
      const off = noise(process).filter((e, at) => !(Math.abs(e - expected[at]!) < ROUNDING));
      expect(off).toHaveLength(0);
    },
  );

  it("is the same for the same seed, and another for another seed", () => {
    for (const process of BETA_PROCESSES) expect(simulated(process)).toEqual(simulated(process));
    const [first, second] = [simulated("random walk"), simulated("random walk", { seed: 12 })];
    for (const at of [0, 100, 300]) {
      expect(first.panel.marketLogReturns[at]).not.toBe(second.panel.marketLogReturns[at]);
      expect(first.panel.coinLogReturns[at]).not.toBe(second.panel.coinLogReturns[at]);
      expect(first.trueBeta.values[at]).not.toBe(second.trueBeta.values[at]);
    }
  });

  describe("returns", () => {
    const MANY = { periods: 10_000, coins: 2, markets: 2 } as const;
    const n = 2 * MANY.periods;

    it.each([
      ["markets", 0.05, undefined],
      ["markets", 0.05, 3],
      ["markets", 0.05, 5],
      ["noise of the coins", 0.15, undefined],
      ["noise of the coins", 0.15, 5],
    ] as const)(
      "of %s have mean zero, standard deviation %d and the distribution asked for (degrees of freedom: %s)",
      (which, sd, degreesOfFreedom) => {
        const more = {
          ...MANY,
          ...(degreesOfFreedom ? { degreesOfFreedom } : {}),
        };
        const sample =
          which === "markets"
            ? simulated("constant", more).panel.marketLogReturns
            : noise("constant", more);
        expect(sample).toHaveLength(n);
        expect(Math.abs(mean(sample))).toBeLessThan((ERRORS * sd) / Math.sqrt(n));
        const df = degreesOfFreedom;
        // A Student t of unit variance is the usual one times sqrt((df - 2) / df).
        const cdf = df
          ? (x: number) => studentTCdf((x / sd) * Math.sqrt(df / (df - 2)), df)
          : (x: number) => normalCdf(x / sd);
        expect(kolmogorov(sample, cdf)).toBeLessThan(kolmogorovBound(n));
        if (df !== undefined && df <= 4) return;
        // var(s^2) = s^4 (kurtosis - 1) / n.
        const kurtosis = df ? 3 + 6 / (df - 4) : 3;
        const s2 = mean(sample.map((x) => x ** 2)) / sd ** 2;
        expect(Math.abs(s2 - 1)).toBeLessThan(ERRORS * Math.sqrt((kurtosis - 1) / n));
      },
    );

    it("have the kurtosis of a normal, or of a Student t, 3 + 6 / (df - 4)", () => {
      const kurtosis = (degreesOfFreedom?: number) =>
        sampleMoments(
          simulated("constant", {
            ...MANY,
            ...(degreesOfFreedom ? { degreesOfFreedom } : {}),
          }).panel.marketLogReturns,
        ).b2;
      // A normal sample's has standard error sqrt(24 / n); a t's with 20 degrees of freedom about twice that.
      const error = Math.sqrt(24 / n);
      expect(Math.abs(kurtosis() - 3)).toBeLessThan(ERRORS * error);
      expect(Math.abs(kurtosis(20) - 3.375)).toBeLessThan(ERRORS * 2 * error);
      expect(kurtosis(5)).toBeGreaterThan(5);
    });

    it("of markets and coins' noise do not depend on each other, nor on their past", () => {
      const { marketLogReturns } = simulated("constant", MANY).panel;
      const own = noise("constant", MANY);
      const column = (values: Float64Array, k: number) => values.filter((_, at) => at % 2 === k);
      const series = [
        ...[0, 1].map((k) => column(marketLogReturns, k)),
        ...[0, 1].map((i) => column(own, i)),
      ];
      const correlation = (a: Float64Array, b: Float64Array) =>
        a.reduce((sum, x, t) => sum + x * b[t]!, 0) /
        Math.sqrt(a.reduce((sum, x) => sum + x ** 2, 0) * b.reduce((sum, x) => sum + x ** 2, 0));
      const bound = ERRORS / Math.sqrt(MANY.periods - 1);
      series.forEach((a, i) => {
        series.forEach((b, j) => {
          const late = correlation(a.subarray(1), b.subarray(0, -1));
          expect(Math.abs(late)).toBeLessThan(bound);
          if (i !== j) expect(Math.abs(correlation(a, b))).toBeLessThan(bound);
        });
      });
    });
  });

  describe("a beta", () => {
    it("has the level 0.5, 1 or 1.5 by coin and market where it is constant", () => {
      const { trueBeta } = simulated("constant", { periods: 2 });
      const once = [...[0.5, 1, 1.5], ...[1, 1.5, 0.5], ...[1.5, 0.5, 1], ...[0.5, 1, 1.5]];
      expect([...trueBeta.values]).toEqual([...once, ...once]);
    });

    it("has level 1 for every coin where levels are common, with the same returns of markets", () => {
      const common = simulated("constant", { periods: 2, commonLevel: true });
      expect([...common.trueBeta.values]).toEqual(Array(24).fill(1));
      const own = simulated("constant", { periods: 2 });
      expect(common.panel.marketLogReturns).toEqual(own.panel.marketLogReturns);
    });

    it.each([
      [120, 60],
      [7, 4],
      [1, 1],
    ])("steps up by 1 in the middle: %d dates, date %d", (periods, from) => {
      expectMoves(moves("step", { periods }), (t) => (t < from ? 0 : 1));
    });

    it("swings by 0.75 in a cycle of 48 months, from its level upwards", () => {
      const cycle = moves("cycle", { periods: 960 });
      expectMoves(cycle, (t) => 0.75 * Math.sin((2 * Math.PI * t) / 48));
      expect(cycle[12]![0]![0]).toBeCloseTo(0.75, 12);
      expect(cycle[36]![1]![2]).toBeCloseTo(-0.75, 12);
    });

    it("walks at random from its level in independent normal steps of standard deviation 0.1", () => {
      const periods = 5000;
      const walk = moves("random walk", { periods, coins: 2, markets: 2 });
      const paths = [0, 1].flatMap((i) => [0, 1].map((k) => walk.map((betas) => betas[i]![k]!)));
      const steps = paths.map((path) => Float64Array.from(path, (b, t) => b - (path[t - 1] ?? 0)));
      const all = Float64Array.from(steps.flatMap((step) => [...step]));
      const n = all.length;
      expect(Math.abs(mean(all))).toBeLessThan((ERRORS * 0.1) / Math.sqrt(n));
      expect(kolmogorov(all, (x) => normalCdf(x / 0.1))).toBeLessThan(kolmogorovBound(n));
      // Independent across coins and markets, of one another and of the last step.
      const product = (a: Float64Array, b: Float64Array, lag: number) =>
        mean(a.subarray(lag).map((x, t) => x * b[t]!)) / 0.1 ** 2;
      const bound = ERRORS / Math.sqrt(periods - 1);
      steps.forEach((a, i) => {
        steps.forEach((b, j) => {
          expect(Math.abs(product(a, b, 1))).toBeLessThan(bound);
          if (i !== j) expect(Math.abs(product(a, b, 0))).toBeLessThan(bound);
        });
      });
    });

    it("has two regimes 0.75 above and below its level, for all at once, left with probability 0.05", () => {
      const periods = 10_000;
      const regimes = moves("two regimes", { periods, coins: 2, markets: 2 });
      expectMoves(regimes, (t) => 0.75 * Math.sign(regimes[t]![0]![0]!));
      const signs = regimes.map((betas) => Math.sign(betas[0]![0]!));
      expect(new Set(signs)).toEqual(new Set([-1, 1]));
      const changed = signs.map((sign, t) => (t > 0 && sign !== signs[t - 1] ? 1 : 0));
      const error = Math.sqrt((0.05 * 0.95) / periods);
      expect(Math.abs(mean(changed) - 0.05)).toBeLessThan(ERRORS * error);
      // How long a regime has lasted says nothing: a change follows a change as often as any month.
      const again = changed.filter((_, t) => changed[t - 1] === 1);
      expect(Math.abs(mean(again) - 0.05)).toBeLessThan(
        ERRORS * Math.sqrt((0.05 * 0.95) / again.length),
      );
    });

    it("depends on the state: the six returns of its market before the date, and on nothing later", () => {
      const { panel } = simulated("state-dependent");
      const K = panel.markets.length;
      const state = moves("state-dependent");
      expectMoves(state, (t, k) => {
        let sum = 0;
        for (let lag = 1; lag <= 6 && lag <= t; lag++)
          sum += panel.marketLogReturns[(t - lag) * K + k]!;
        return 0.75 * Math.tanh(sum / (0.05 * Math.sqrt(6)));
      });
      expect(state[0]![0]).toEqual([0, 0, 0]);
      const [least, most] = [Math.min, Math.max].map((end) => end(...state.flat(2)));
      expect(least).toBeGreaterThan(-0.75);
      expect(least).toBeLessThan(-0.6);
      expect(most).toBeLessThan(0.75);
      expect(most).toBeGreaterThan(0.6);
    });
  });

  it.each([
    [{ periods: 0 }, /^simulatedPanel: periods must be .*, got 0/],
    [{ periods: 1.5 }, /^simulatedPanel: periods must be .*, got 1\.5/],
    [{ coins: 0 }, /^simulatedPanel: coins must be .*, got 0/],
    [{ markets: Number.NaN }, /^simulatedPanel: markets must be .*, got NaN/],
    [{ degreesOfFreedom: 2 }, /^simulatedPanel: degreesOfFreedom must be .*3.*, got 2/],
    [{ degreesOfFreedom: 4.5 }, /^simulatedPanel: degreesOfFreedom must be .*, got 4\.5/],
  ])("refuses %j", (more, message) => {
    expect(() => simulated("constant", more)).toThrow(RangeError);
    expect(() => simulated("constant", more)).toThrow(message);
  });
});
