/** Unbalanced panels: whoever is there has the numbers of the balanced panel, for every estimator, score and sort. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ewmaBeta } from "../lib/src/betas/ewma.js";
import { hedgingRmse } from "../lib/src/betas/hedging.js";
import { historicalBeta } from "../lib/src/betas/historical.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { rollingBeta } from "../lib/src/betas/rolling.js";
import { zeroBeta } from "../lib/src/betas/zero.js";
import { commonErrors, dateLosses, meanByDate } from "../lib/src/comparing/common-errors.js";
import { compareForecasts } from "../lib/src/comparing/forecast-comparison.js";
import { sortedPortfolios } from "../lib/src/comparing/portfolio-sorts.js";
import { walkForward } from "../lib/src/comparing/walk-forward.js";
import { walkedEstimator } from "../lib/src/comparing/walked.js";
import { ladder } from "../lib/src/models/ladder.js";
import { fitNeuralBeta } from "../lib/src/models/neural-beta.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { correlations } from "../lib/src/panel/correlations.js";
import { coinLives, isBalanced } from "../lib/src/panel/lives.js";
import { returnsOf } from "../lib/src/panel/panel.js";
import { simulatedPanel } from "../lib/src/panel/simulate.js";
import { splitWindows } from "../lib/src/panel/split.js";
import { lookbackWindows } from "../lib/src/panel/windows.js";
import { leastSquares } from "../lib/src/stats/ols.js";
import type { BetaPath, Factors, Panel } from "../lib/src/types.js";
import { RUNS } from "./support/helpers.js";

const T = 60;
const LOOKBACK = 6;
const SPLIT = {
  inSample: { from: "2000-07", through: "2002-12" },
  validation: { from: "2003-01", through: "2003-12" },
  outOfSample: { from: "2004-01", through: "2004-12" },
};
const OPTIONS = {
  lookback: LOOKBACK,
  grid: { hidden: [2], learningRates: [0.03], activations: ["tanh"], replicates: 2 },
  epochs: 5,
  seed: 1,
  starts: ["glorot", "ols"],
} as const;

/** Every estimator of the notebooks. */
const estimators = ladder(simdTrainer(), OPTIONS);
const UPDATES = ["frozen", "updated"] as const;

/** Coins and markets of a simulated panel. */
const panels = fc
  .record({
    seed: fc.nat(1000),
    coins: fc.integer({ min: 2, max: 4 }),
    markets: fc.integer({ min: 1, max: 2 }),
  })
  .map((sizes) => simulatedPanel("random walk", { periods: T, ...sizes }).panel);
const few = { ...RUNS, numRuns: 4 };

/** The panel without some returns. */
const without = (panel: Panel, isGone: (coin: number, t: number) => boolean): Panel => ({
  ...panel,
  coinLogReturns: panel.coinLogReturns.map((r, at) =>
    isGone(at % panel.coins.length, Math.floor(at / panel.coins.length)) ? Number.NaN : r,
  ),
});

/** The panel with one more coin, which never has a return, in front. */
const withNobody = (panel: Panel): Panel => {
  const N = panel.coins.length;
  const coinLogReturns = new Float64Array(T * (N + 1)).fill(Number.NaN);
  for (let t = 0; t < T; t++)
    coinLogReturns.set(panel.coinLogReturns.subarray(t * N, (t + 1) * N), t * (N + 1) + 1);
  return { ...panel, coins: ["NOBODY", ...panel.coins], coinLogReturns };
};

/** Betas of some coins, by date and coin. */
const betasOf = (path: BetaPath, coins: readonly string[]): number[] => {
  const [N, K] = [path.coins.length, path.markets.length];
  return [...path.values].filter((_, at) => coins.includes(path.coins[Math.floor(at / K) % N]!));
};

const walkedBy = async (panel: Panel, id: string, update: (typeof UPDATES)[number]) =>
  walkForward(panel, estimators(panel.markets.length).find((own) => own.id === id)!, {
    splits: [SPLIT],
    update,
  });

const IDS = estimators(1).map(({ id }) => id);
const applies = (id: string, panel: Panel) => id !== "one" || panel.markets.length === 1;

describe.each(IDS)("betas of %s", (id) => {
  it("of the coins that are there are the same beside a coin that never is", async () => {
    await fc.assert(
      fc.asyncProperty(panels, fc.constantFrom(...UPDATES), async (panel, update) => {
        if (!applies(id, panel)) return;
        const alone = await walkedBy(panel, id, update);
        const beside = await walkedBy(withNobody(panel), id, update);
        expect(betasOf(beside, panel.coins)).toEqual(betasOf(alone, panel.coins));
      }),
      few,
    );
  });

  it("are the same until a coin dies, for it and for all", async () => {
    await fc.assert(
      fc.asyncProperty(panels, fc.integer({ min: 49, max: T - 2 }), async (panel, died) => {
        if (!applies(id, panel)) return;
        const dying = without(panel, (coin, t) => coin === 0 && t >= died);
        const through = (died + 1) * panel.coins.length * panel.markets.length;
        for (const update of UPDATES) {
          const [balanced, cut] = [
            await walkedBy(panel, id, update),
            await walkedBy(dying, id, update),
          ];
          expect(cut.values.subarray(0, through)).toEqual(balanced.values.subarray(0, through));
          expect(cut.values.some(Number.isFinite)).toBe(true);
        }
      }),
      few,
    );
  });

  it("of a coin that begins late are there once it has what they need", async () => {
    const { panel } = simulatedPanel("constant", { periods: T, coins: 3, markets: 1, seed: 3 });
    const late = without(panel, (coin, t) => coin === 2 && t < 30);
    for (const update of UPDATES) {
      const path = await walkedBy(late, id, update);
      const tested = [...path.values].slice(48 * 3);
      expect(tested.every(Number.isFinite)).toBe(true);
    }
  });
});

describe("an estimator of each coin's own", () => {
  const own: readonly (readonly [string, (panel: Panel) => BetaPath])[] = [
    ["historical", (panel) => historicalBeta(panel, { from: "2000-01" })],
    ["rolling", (panel) => rollingBeta(panel, { lookback: 6 })],
    ["exponentially weighted", (panel) => ewmaBeta(panel, { from: "2000-01", halfLife: 6 })],
  ];

  it.each(own)("%s: a late coin has the betas of the panel that begins with it", (_, path) => {
    fc.assert(
      fc.property(panels, fc.integer({ min: 1, max: 30 }), (panel, first) => {
        const [N, K] = [panel.coins.length, panel.markets.length];
        const late = path(without(panel, (coin, t) => coin === 0 && t < first));
        const cut = path({
          ...panel,
          dates: panel.dates.slice(first),
          coinLogReturns: panel.coinLogReturns.subarray(first * N),
          marketLogReturns: panel.marketLogReturns.subarray(first * K),
        });
        const coin = [panel.coins[0]!];
        const apart = betasOf(cut, coin).map(
          (beta, at) => beta - betasOf(late, coin)[at + first * K]!,
        );
        // The sums of the window run over other rows before: no digit beyond the eleventh.
        expect(apart.every((d) => Number.isNaN(d) || Math.abs(d) < 1e-11)).toBe(true);
        expect(apart.filter(Number.isNaN).length).toBe(
          betasOf(cut, coin).filter(Number.isNaN).length,
        );
      }),
      { ...RUNS, numRuns: 20 },
    );
  });
});

it("the pooled constant is least squares over the returns that there are", () => {
  fc.assert(
    fc.property(panels, fc.array(fc.nat(30), { minLength: 4, maxLength: 4 }), (panel, begins) => {
      const late = without(panel, (coin, t) => t < begins[coin]!);
      const K = panel.markets.length;
      const [f, r]: [number[], number[]] = [[], []];
      late.coinLogReturns.subarray(0, -panel.coins.length).forEach((value, at) => {
        if (Number.isNaN(value)) return;
        const t = Math.floor(at / panel.coins.length);
        f.push(...panel.marketLogReturns.subarray(t * K, (t + 1) * K));
        r.push(value);
      });
      const pooled = pooledBeta(late, { from: "2000-01" }).values.slice(-K);
      leastSquares(f, r).forEach((beta, k) => {
        expect(pooled[k]).toBeCloseTo(beta, 10);
      });
    }),
    { ...RUNS, numRuns: 20 },
  );
});

describe("rows of networks", () => {
  const { panel } = simulatedPanel("constant", { periods: T, coins: 2, markets: 1, seed: 1 });

  it("are learnt from where inputs and target are there, and asked where inputs are", () => {
    const late = without(panel, (coin, t) => (coin === 0 && t < 10) || (coin === 1 && t >= 50));
    const { inSample, outOfSample } = splitWindows(lookbackWindows(late, 6), late.dates, SPLIT);
    const rowsOf = (block: typeof inSample, coin: number) =>
      [...block.target].filter((_, row) => block.coin[row] === coin);
    expect(rowsOf(inSample, 0)[0]).toBe(16);
    expect(rowsOf(inSample, 1)[0]).toBe(6);
    // The first date without a return is predicted: nobody knows then that none will come.
    expect(rowsOf(outOfSample, 1)).toEqual([48, 49, 50]);
    expect(inSample.coinLogReturns.every(Number.isFinite)).toBe(true);
  });
});

describe("comparisons", () => {
  const bootstrap = { draws: 199, seed: 1, level: 0.95 };
  const sample = { name: "test", range: { from: "2002-01", through: "2004-12" } };
  const splits = [{ ...SPLIT, outOfSample: sample.range }];
  const candidates = (panel: Panel) =>
    Promise.all(
      ["zero", "pooled", "rolling"].map((id) =>
        walkedEstimator(panel, estimators(panel.markets.length).find((own) => own.id === id)!, {
          splits: splits.map((split) => ({
            ...split,
            inSample: { from: "2000-02", through: "2000-12" },
            validation: { from: "2001-01", through: "2001-12" },
          })),
          update: "updated",
        }),
      ),
    );

  it("are the same beside a coin that never is", async () => {
    await fc.assert(
      fc.asyncProperty(panels, async (panel) => {
        const alone = compareForecasts(await candidates(panel), sample, bootstrap);
        const beside = compareForecasts(await candidates(withNobody(panel)), sample, bootstrap);
        expect(beside).toEqual(alone);
      }),
      few,
    );
  });

  it("count per estimator what it lacks, and shorten only the coin that lacks it", async () => {
    const { panel } = simulatedPanel("constant", { periods: T, coins: 3, markets: 1, seed: 3 });
    // Six returns are not hedged by the rolling beta: they are the look-back of the coin.
    const late = without(panel, (coin, t) => coin === 2 && t < 30);
    const rows = compareForecasts(await candidates(late), sample, bootstrap);
    const row = (coin: string, estimator: string) =>
      rows.find((own) => own.coin === coin && own.estimator === estimator)!;
    expect([row("all", "rolling").n, row("all", "rolling").missing]).toEqual([36, 6]);
    expect([row("COIN3", "rolling").n, row("COIN3", "rolling").missing]).toEqual([24, 6]);
    expect([row("COIN1", "rolling").n, row("COIN1", "rolling").missing]).toEqual([36, 0]);
    expect(row("COIN3", "pooled").missing).toBe(0);
    const balanced = compareForecasts(await candidates(panel), sample, bootstrap);
    const same = balanced.find((own) => own.coin === "COIN1" && own.estimator === "rolling")!;
    expect(row("COIN1", "rolling").rmse).toBe(same.rmse);
  });

  it("hold the error of a coin against those of its own dates", () => {
    const { panel } = simulatedPanel("constant", { periods: T, coins: 2, markets: 1, seed: 3 });
    const late = without(panel, (coin, t) => coin === 1 && t < 30);
    const { errors } = commonErrors("test", [{ panel: late, path: zeroBeta(late) }], sample.range);
    expect(errors[0]![1]!.filter(Number.isNaN)).toHaveLength(6);
    expect(errors[0]![0]!.every(Number.isFinite)).toBe(true);
  });
});

describe("commonErrors", () => {
  const { panel } = simulatedPanel("constant", { periods: T, coins: 2, markets: 1, seed: 3 });
  const at = (t: number) => panel.dates[t]!;
  const onlyOn = (t: number) => without(panel, (_, date) => date !== t);
  const errorsFrom = (t: number, from: number, through: number) => {
    const lone = onlyOn(t);
    const paths = [{ panel: lone, path: zeroBeta(lone) }];
    return commonErrors("test", paths, { from: at(from), through: at(through) });
  };

  it("are enough on one date, and empty on none", () => {
    expect(errorsFrom(30, 20, 40).dates).toEqual([at(30)]);
    expect(errorsFrom(30, 31, 40)).toMatchObject({ dates: [], errors: [[[], []]], late: [false] });
  });

  it("become losses: squares averaged over the coins of each date", () => {
    expect(
      dateLosses([
        [1, -2, Number.NaN],
        [3, Number.NaN, -0.5],
      ]),
    ).toEqual([5, 4, 0.25]);
    expect(meanByDate([[1], [2], [6]])).toEqual([3]);
  });
});

describe("hedgingRmse", () => {
  const { panel } = simulatedPanel("constant", { periods: T, coins: 2, markets: 1, seed: 4 });
  const range = { from: "2000-01", through: "2004-12" };

  it("is that of the coins that are there", () => {
    const nobody = withNobody(panel);
    expect(hedgingRmse(nobody, zeroBeta(nobody), range)).toBe(
      hedgingRmse(panel, zeroBeta(panel), range),
    );
  });

  it("leaves out a late coin until its first beta, and is NaN where any other beta is missing", () => {
    const late = without(panel, (coin, t) => coin === 1 && t < 10);
    const rolling = rollingBeta(late, { lookback: 6 });
    expect(hedgingRmse(late, rolling, { from: "2000-07", through: "2004-12" })).toBeGreaterThan(0);
    expect(hedgingRmse(late, rolling, range)).toBeNaN();
    const torn = { ...rolling, values: rolling.values.with(2 * 40 + 1, Number.NaN) };
    expect(hedgingRmse(late, torn, { from: "2000-07", through: "2004-12" })).toBeNaN();
  });
});

describe("sorts", () => {
  const { panel } = simulatedPanel("constant", { periods: T, coins: 6, markets: 1, seed: 5 });
  const factors: Factors = {
    dates: panel.dates,
    names: [],
    simpleReturns: new Float64Array(0),
    riskFree: new Float64Array(T),
  };
  const options = {
    definition: "sound",
    factors,
    quantiles: 2,
    cost: 0.002,
    draws: 99,
    seed: 1,
  } as const;
  const sorted = (own: Panel) =>
    sortedPortfolios(own, historicalBeta(own, { from: "2000-01" }), options);

  it("are the same beside a coin that never is", () => {
    const [alone, beside] = [sorted(panel), sorted(withNobody(panel))];
    expect(beside.sort.counts).toEqual(alone.sort.counts);
    expect(beside.performance).toEqual(alone.performance);
    expect(beside.portfolios.map((own) => own.netReturns)).toEqual(
      alone.portfolios.map((own) => own.netReturns),
    );
  });

  it("hold a dying coin through its last return, and not after", () => {
    const died = 40;
    const dying = without(panel, (coin, t) => coin === 0 && t >= died);
    const { sort, portfolios } = sorted(dying);
    expect(sort.portfolio[(died - 1) * 6]).not.toBe(0);
    expect(sort.portfolio[died * 6]).toBe(0);
    expect(sort.counts.withoutBeta).toBe(0);
    for (const { excessReturns } of portfolios.slice(0, 3))
      expect(excessReturns.subarray(2).every(Number.isFinite)).toBe(true);
    const balanced = sorted(panel).portfolios[0]!;
    expect(portfolios[0]!.excessReturns.subarray(0, died)).toEqual(
      balanced.excessReturns.subarray(0, died),
    );
  });
});

describe("coinLives", () => {
  const { panel } = simulatedPanel("constant", { periods: T, coins: 2, markets: 1, seed: 1 });

  it("are first and last return of each coin, with what is missing in between", () => {
    const late = without(
      panel,
      (coin, t) => (coin === 0 && (t < 3 || t === 7)) || (coin === 1 && t > 50),
    );
    expect(coinLives(late)).toEqual([
      { coin: "COIN1", first: 3, last: T - 1, gaps: 1 },
      { coin: "COIN2", first: 0, last: 50, gaps: 0 },
    ]);
    expect([isBalanced(panel), isBalanced(late)]).toEqual([true, false]);
    expect(coinLives(withNobody(panel))[0]).toEqual({
      coin: "NOBODY",
      first: -1,
      last: -1,
      gaps: 0,
    });
  });
});

it("correlations are of the dates on which both series have a return", () => {
  const { panel } = simulatedPanel("constant", { periods: T, coins: 2, markets: 1, seed: 1 });
  const late = without(panel, (coin, t) => coin === 1 && t < 20);
  const cut = { ...returnsOf(panel), values: returnsOf(panel).values.subarray(20 * 3) };
  expect(correlations(returnsOf(late))[5]).toBe(correlations(cut)[5]);
});

it("a network trained once more on both blocks learns from complete rows alone", async () => {
  const { panel } = simulatedPanel("constant", { periods: T, coins: 3, markets: 1, seed: 3 });
  const late = without(panel, (coin, t) => coin === 2 && t < T - 5);
  const options = {
    ...({ lookback: 6, hidden: 2, learningRate: 0.01, activation: "tanh", start: "ols" } as const),
    ...({ epochs: 3, seed: 1, replicates: 1, final: "fitAndValidation" } as const),
    split: {
      inSample: { from: panel.dates[10]!, through: panel.dates[40]! },
      validation: { from: panel.dates[41]!, through: panel.dates[50]! },
      outOfSample: { from: panel.dates[51]!, through: panel.dates.at(-1)! },
    },
  };
  const { blocks, networks } = await fitNeuralBeta(late, simdTrainer(), options);
  expect(blocks.inSample.inputs.every(Number.isFinite)).toBe(true);
  expect(networks[0]!.weights.every(Number.isFinite)).toBe(true);
  // Two coins in forty-one months.
  expect(blocks.inSample.target).toHaveLength(82);
});
