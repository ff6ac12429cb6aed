/** The measures of claims at their edges: ties, a lone row, the last day of a year, and the blocks in which dates are drawn. */

import { describe, expect, it } from "vitest";
import { pathEstimator } from "../lib/src/betas/estimator.js";
import { historicalBeta } from "../lib/src/betas/historical.js";
import { walkForward } from "../lib/src/comparing/walk-forward.js";
import type { NeuralFit } from "../lib/src/models/neural-beta.js";
import { isoDate } from "../lib/src/panel/calendar.js";
import { returnsOf, seriesOf } from "../lib/src/panel/panel.js";
import type { Configuration } from "../lib/src/report/claims/claim.js";
import type { ClaimContext } from "../lib/src/report/claims/context.js";
import { datedLosses } from "../lib/src/report/claims/networks.js";
import { blockLengthOf, meanCoin } from "../lib/src/report/claims/samples.js";
import { printedDifference, STEP_0 } from "../lib/src/report/claims/step-0.js";
import { STEP_1 } from "../lib/src/report/claims/step-1.js";
import { gapShare, STEP_2 } from "../lib/src/report/claims/step-2.js";
import { STEP_3 } from "../lib/src/report/claims/step-3.js";
import { STEP_4 } from "../lib/src/report/claims/step-4.js";
import { STEP_5 } from "../lib/src/report/claims/step-5.js";
import { excessReturns } from "../lib/src/report/claims/step-7.js";
import { STEP_9 } from "../lib/src/report/claims/step-9.js";
import { STUDY } from "../lib/src/study.js";
import type { Panel, Split } from "../lib/src/types.js";
import { alternating, claimContextOf, monthsOf, sign, walkedOf } from "./support/claim-context.js";

const CLAIMS = [STEP_0, STEP_1, STEP_2, STEP_3, STEP_4, STEP_5, STEP_9].flat();
const claimOf = (id: string) => CLAIMS.find((claim) => claim.id === id)!;
const measured = async (id: string, parts: Partial<ClaimContext>) =>
  claimOf(id).measure(claimContextOf(parts));

/** Fits of which learning curves see the losses: the given RMSEs at the best epoch, then another at the last. */
const fitOf = (rmses: readonly number[], bestEpoch = 0, last = 9): NeuralFit =>
  ({
    scale: { coinRms: 1 },
    networks: rmses.map((rmse) => ({
      weights: new Float32Array(),
      bestEpoch,
      inSampleLoss: Float64Array.of(1),
      validationLoss: Float64Array.from({ length: bestEpoch + 2 }, (_, epoch) =>
        epoch === bestEpoch ? rmse ** 2 : last ** 2,
      ),
    })),
  }) as unknown as NeuralFit;

describe("what the report prints", () => {
  it("is compared with nothing where no series has its name", () => {
    const dates = ["2020-01-31"];
    const series = { dates, names: ["A"], values: Float64Array.of(1) };
    const { estimate, n, exact } = printedDifference(series, series, ["B"]);
    expect([estimate, n, exact]).toEqual([Number.NaN, 0, false]);
  });

  it("has a kurtosis above 2 only where it is more than that", async () => {
    const statistics = [2, 2, 3, 4].map((kurtosis) => ({ n: 12, kurtosis })) as never;
    expect((await measured("kurtosis-printed", { statistics })).estimate).toBe(0.5);
  });

  it("may be one row, whose months say what a normal sample is expected to have", async () => {
    const statistics = [{ n: 12, kurtosis: 3 }] as never;
    const { estimate, n } = await measured("kurtosis-2023", { statistics });
    // A normal sample of n has 3 (n - 1) / (n + 1).
    expect([estimate, n]).toEqual([expect.closeTo(3 - 33 / 13, 12), 12]);
    const { statistic } = claimOf("kurtosis-2023");
    expect(typeof statistic === "function" && statistic(claimContextOf({ statistics }))).toContain(
      "a normal sample of 12",
    );
  });

  it("has no sorts, and no date then", async () => {
    expect((await measured("sorts-printed", { printedSorts: [] })).n).toBe(0);
  });
});

describe("networks that differ by their seed", () => {
  it("have one degree of freedom less than the smaller group has networks", () => {
    expect(gapShare([0, 0, 1], [0, 2, 1, 1], 1)).toMatchObject({ n: 3, degreesOfFreedom: 2 });
  });

  it("are below the printed RMSE of their own market set only if they are less than it", async () => {
    const configurations = ["EQUITY", "GOLD"].map((marketSet) => ({
      ...STUDY.baseline,
      marketSet,
    }));
    const claims = [{ id: "best-gold", step: "2", claim: "", about: "", reported: 0.25 }];
    const seeded = async ({ marketSet }: Configuration) =>
      fitOf(marketSet === "GOLD" ? [0.24, 0.25, 0.26, 0.27] : [0, 0, 0, 0]);
    const { estimate } = await measured("best-gold", { configurations, claims, seeded });
    expect(estimate).toBe(0.25);
  });

  it("gain from units by what they have with many less what they have with few", async () => {
    // With 16 units all have 0.5; with 4, EQUITY has 0.8 and all others 0.6.
    const seeded = async ({ marketSet, hidden }: Configuration) =>
      fitOf(Array(2).fill(hidden === 16 ? 0.5 : marketSet === "EQUITY" ? 0.8 : 0.6));
    // (-0.3 - 0.1 + 0.1 + 0.1) / 2.
    expect((await measured("interaction", { seeded })).estimate).toBeCloseTo(-0.1, 12);
  });

  it("have their minimum within a hundred epochs up to epoch 100, on a lone market set, too", async () => {
    const configurations = [STUDY.baseline];
    const share = async (bestEpoch: number) => {
      const seeded = async () => fitOf([1, 2], bestEpoch);
      return (await measured("minima-100", { configurations, seeded })).estimate;
    };
    expect([await share(99), await share(100), await share(101)]).toEqual([1, 1, 0]);
    const seeded = async () => fitOf([2, 4], 3, 8);
    // 8 / 2 and 8 / 4.
    const stable = await measured("minima-stable", { configurations, seeded });
    expect(stable.estimate).toBeCloseTo(3, 12);
  });

  it("fall in no epoch where the RMSE stays, and in none of one that rises", async () => {
    const curve = (...rmse: number[]) =>
      ({
        scale: { coinRms: 1 },
        networks: [0, 1].map(() => ({
          weights: new Float32Array(),
          bestEpoch: 0,
          inSampleLoss: Float64Array.from(rmse, (v) => v ** 2),
          validationLoss: Float64Array.of(1),
        })),
      }) as unknown as NeuralFit;
    const share = async (...rmse: number[]) =>
      (await measured("smooth", { seeded: async () => curve(...rmse) })).estimate;
    expect(await share(5, 4, 3)).toBe(1);
    expect(await share(5, 5, 3)).toBe(0.5);
    expect(await share(3, 4, 5)).toBe(0);
  });
});

describe("the years after a halving", () => {
  const YEAR = 365;
  const day = (date: string) => Date.parse(date) / 86_400_000;
  /** Fridays, of which 2021-01-01 lies 366 days after a halving, and 2022-01-07 more than two years. */
  const halvings = ["2020-01-01"];
  const since = (date: string) => day(date) - day(halvings[0]!);
  const dates = Array.from({ length: 361 }, (_, t) => isoDate(day("2018-01-05") + 7 * t));

  /** Weeks without noise, whose beta is 1, but in the first and second year after the halving. */
  function weekly(first: number, second: number): Panel {
    const { coins, markets } = STUDY;
    const equity = (t: number) => 0.02 * (1 + (t % 3)) * alternating(t);
    const beta = (date: string) => {
      const days = since(date);
      if (days <= 0 || days > 2 * YEAR) return 1;
      return days <= YEAR ? first : second;
    };
    const values = (names: readonly string[], value: (t: number) => number) =>
      Float64Array.from(dates.flatMap((_, t) => names.map(() => value(t))));
    return {
      ...{ frequency: "weekly", dates, coins, markets },
      coinLogReturns: values(coins, (t) => beta(dates[t]!) * equity(t)),
      marketLogReturns: values(markets, equity),
    };
  }

  it("end with their 365th day: betas of the first against all others, and of the second against it", async () => {
    const rising = await measured("rising-halving-regression", { weekly: weekly(3, 1), halvings });
    expect([rising.estimate, rising.lower, rising.upper]).toEqual(
      [2, 2, 2].map((v) => expect.closeTo(v, 10)),
    );
    expect(rising.n).toBe(dates.filter((date) => since(date) > 0 && since(date) <= YEAR).length);
    const parts = { weekly: weekly(3, 0.5), halvings };
    const decoupling = await measured("decoupling-regression", parts);
    expect([decoupling.estimate, decoupling.lower]).toEqual(
      [-2.5, -2.5].map((v) => expect.closeTo(v, 10)),
    );
  });
});

describe("blocks", () => {
  it("of widths are those that the squared returns ask for, and draws are recentred", async () => {
    // Twice as wild in the second half: squares are alike for long, cubes have the signs of chance.
    const wide = (t: number, name: string) => (t < 42 ? 0.1 : 0.3) * sign(t, name);
    const panel = monthsOf(wide, wide);
    const returns = returnsOf(panel);
    const squares = returns.names.map((name) => seriesOf(returns, name).map((r) => r * r));
    const length = blockLengthOf(squares);
    expect(length).toBeGreaterThan(5);
    const { method } = await measured("volatility", { panel });
    expect(method).toBe(`recentred bootstrap, blocks of ${length}`);
  });

  it("of an early beta are those of the products of its returns", async () => {
    const dates = Array.from({ length: 110 }, (_, t) => isoDate(17_536 + 7 * t));
    const market = dates.map((_, t) => (sign(t % 83, "GOLD") > 0 ? 0.01 : 0.1));
    const coin = market.map((m, t) => (t < 50 ? 0.001 : 0.002) / m);
    const weekly: Panel = {
      ...{ frequency: "weekly", dates, coins: ["A"], markets: ["EQUITY"] },
      coinLogReturns: Float64Array.from(coin),
      marketLogReturns: Float64Array.from(market),
    };
    const early = dates.flatMap((date, t) => (date < "2020" ? [t] : []));
    const length = blockLengthOf([early.map((t) => meanCoin(weekly)[t]! * market[t]!)]);
    expect(length).toBeGreaterThan(5);
    const { method, n } = await measured("early-regression", { weekly });
    expect([method, n]).toEqual([`bootstrap, blocks of ${length}`, early.length]);
  });

  it("of a hedging R² are those of the losses' differences; it is one less the ratio of their sums", async () => {
    const options = {
      ...STUDY,
      bootstrap: { draws: 99 },
      walkForward: { ...STUDY.walkForward, test: { from: "2019-06", through: "2024-11" } },
    };
    const noise = (t: number, name: string) => (t < 50 ? 0.02 : 0.2) * sign(t, name);
    const panel = monthsOf((t, name) => marketsOf(t) + noise(t, name), market);
    const { test } = options.walkForward;
    const splits: Split[] = [
      {
        inSample: { from: "2018-01", through: "2018-12" },
        validation: { from: "2019-01", through: "2019-05" },
        outOfSample: test,
      },
    ];
    const all = async () => ({ ...walkedOf(panel, STUDY.markets.join("+"), () => 0), splits });
    const path = await walkForward(panel, pathEstimator("historical", historicalBeta), {
      splits,
      update: "updated",
    });
    const hedged = datedLosses(panel, path, test);
    const first = panel.dates.findIndex((date) => date >= "2019-06");
    const unhedged = hedged.map((_, t) =>
      STUDY.coins.reduce(
        (sum, name) => sum + (marketsOf(first + t) + noise(first + t, name)) ** 2 / 4,
        0,
      ),
    );
    const sum = (values: readonly number[]) => values.reduce((total, v) => total + v, 0);
    const found = await measured("low-power", { panel, options, walkedOn: all });
    expect(found.estimate).toBeCloseTo(1 - sum(hedged) / sum(unhedged), 10);
    expect(found.estimate).toBeLessThan(0.99);
    const length = blockLengthOf([hedged.map((loss, t) => loss - unhedged[t]!)]);
    expect(found.method).toBe(`bootstrap, blocks of ${length}`);
  });

  it("of betas' kurtosis are the networks' look-back, and draws are recentred", async () => {
    const panel = monthsOf(sign, sign);
    const walkedOn = async (set: string) =>
      walkedOf(panel, set, (_, t, coin) => sign(t + coin, "BTC"));
    const { method, n } = await measured("kurtosis", { panel, walkedOn });
    expect([method, n]).toEqual([`recentred bootstrap, blocks of ${STUDY.lookback}`, 47]);
  });
});

const market = (t: number, name: string) => 0.05 * sign(t, name);
const marketsOf = (t: number) => STUDY.markets.reduce((sum, name) => sum + market(t, name), 0);

it("excess returns are simple ones less the risk-free rate of the same month", () => {
  const panel = monthsOf((t) => Math.log(1 + t / 100), market);
  const factors = {
    dates: panel.dates,
    names: [],
    simpleReturns: new Float64Array(0),
    riskFree: Float64Array.from(panel.dates, (_, t) => t / 1000),
  };
  const [coin] = excessReturns(panel, factors);
  expect([coin![0], coin![10]]).toEqual([0, expect.closeTo(0.09, 12)]);
});
