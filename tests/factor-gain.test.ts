/** What factors add to a hedge: where they matter, where they do not, and that nothing but the factors differs. */

import { describe, expect, it } from "vitest";
import { type FactorGainRow, factorGain } from "../lib/src/comparing/factor-gain.js";
import {
  type FactorExperiment,
  type GainCandidate,
  gainCandidates,
} from "../lib/src/comparing/gain-candidates.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { walkForwardSplits } from "../lib/src/panel/walk-forward.js";
import { stream } from "../lib/src/random.js";
import { intervalPlaces } from "../lib/src/report/verdict.js";
import { dieboldMariano } from "../lib/src/stats/diebold-mariano.js";
import { holmPValues } from "../lib/src/stats/multiple-testing.js";
import { type BetaPath, betaPath, type Factors, type Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const MONTHS = 120;
const LOOKBACK = 3;
const NETWORKS = {
  lookback: LOOKBACK,
  grid: {
    hidden: [4],
    learningRates: [0.01, 0.05],
    activations: ["linear", "tanh"],
    replicates: 4,
  },
  epochs: 150,
  seed: 5,
  starts: ["glorot", "ols"],
} as const;
const candidates = gainCandidates(simdTrainer(), NETWORKS);
const OPTIONS = {
  bootstrap: { draws: 499, seed: 1, level: 0.95 },
  equity: "EQUITY",
};

/** Two factors of unit amplitude, independent over months. */
const factorsOf = (names: readonly string[] = ["Mkt-RF", "SMB"]): Factors => {
  const draw = stream("factors", names.join());
  return {
    dates: seededPanel(MONTHS, ["A"], ["X"]).dates,
    names,
    simpleReturns: Float64Array.from(
      { length: MONTHS * names.length },
      () => 0.12 * (draw.uniform() - 0.5),
    ),
    riskFree: new Float64Array(MONTHS),
  };
};
const FACTORS = factorsOf();
const factor = (t: number, f: number) => FACTORS.simpleReturns[t * 2 + f] ?? 0;

/** Coins on two markets, and on the factors as a world says; from 2018-01. */
function world(
  coinReturn: (market: number, t: number) => number,
  markets: readonly string[] = ["X", "Y"],
): Panel {
  const panel = seededPanel(MONTHS, ["A", "B"], markets);
  const { normal } = stream("noise");
  return {
    ...panel,
    coinLogReturns: panel.coinLogReturns.map((_, at) => {
      const t = Math.floor(at / 2);
      const f = panel.marketLogReturns[t * markets.length]!;
      return coinReturn(f, t) + 0.02 * normal();
    }),
  };
}
const WORLDS = {
  "the beta moves with last month's SMB": world((f, t) => (1 + 30 * factor(t - 1, 1)) * f),
  "SMB moves the coins": world((f, t) => f + 2 * factor(t, 1)),
  "the factors are nothing to the coins": world((f) => f),
} as const;

const designOf = (panel: Panel) => [
  {
    splits: walkForwardSplits(panel.dates, {
      from: "2018-04",
      lookback: LOOKBACK,
      test: { from: "2023-01", through: "2027-12" },
      refit: "yearly",
    }),
    samples: [
      { name: "all years", range: { from: "2023-01", through: "2027-12" } },
      { name: "one year", range: { from: "2024-01", through: "2024-12" } },
    ],
  },
];

const gains = (
  panel: Panel,
  factors: Factors = FACTORS,
  sets: readonly string[] = ["X"],
  some: readonly GainCandidate[] = candidates,
) =>
  factorGain(panel, factors, {
    marketSets: sets,
    candidates: some,
    designs: designOf(panel),
    ...OPTIONS,
  });

const rowsOf = (rows: readonly FactorGainRow[], sample: string, experiment: FactorExperiment) =>
  rows.filter((row) => row.sample === sample && row.experiment === experiment);

describe("factorGain", () => {
  it("finds lagged factors that move the beta: whoever sees inputs gains, in B too, where hedges are inputs; the pooled constant does not", async () => {
    const rows = await gains(WORLDS["the beta moves with last month's SMB"]);
    const a = rowsOf(rows, "all years", "A");
    expect(a.map(({ estimator }) => estimator)).toEqual([
      ...["neural-glorot", "neural-ols", "ridge"],
    ]);
    for (const row of a) {
      expect(row.n).toBe(60);
      expect(row.change, row.estimator).toBeLessThan(-0.15);
      expect(row.upper).toBeLessThan(0);
      expect(row.holmPValue).toBeLessThan(0.01);
      expect(row.cwPValue).toBeLessThan(0.001);
    }
    for (const row of a.slice(0, 2)) {
      expect(row.seedsBetter).toBeGreaterThan(0.9);
      expect(row.seedError).toBeGreaterThan(0);
      expect(row.seedError).toBeLessThan(-row.change);
    }
    expect(a[2]!.seedError).toBeNaN();
    for (const row of rowsOf(rows, "all years", "B"))
      if (row.estimator === "pooled") expect(row.change).toBeGreaterThan(-0.05);
      else expect(row.change, row.estimator).toBeLessThan(-0.15);
  });

  it("finds factors that move the coins: B gains for all, A does not", async () => {
    const rows = await gains(WORLDS["SMB moves the coins"]);
    for (const row of rowsOf(rows, "all years", "B")) {
      expect(row.change, row.estimator).toBeLessThan(-0.5);
      expect(row.upper).toBeLessThan(row.change + 0.2);
    }
    for (const row of rowsOf(rows, "all years", "A"))
      expect(row.change, row.estimator).toBeGreaterThan(-0.05);
  });

  it("finds no gain where the factors are nothing to the coins", async () => {
    const rows = await gains(WORLDS["the factors are nothing to the coins"]);
    for (const row of rows.filter(({ sample }) => sample === "all years")) {
      expect(row.change, row.estimator).toBeGreaterThan(-0.01);
      expect(row.upper).toBeGreaterThan(0);
    }
    expect(intervalPlaces(rows, { lower: -0.03, upper: -0.02 })).toMatchObject({
      inside: 0,
      below: 0,
    });
  });

  it("is a change of exactly zero, without a test, where there is no factor", async () => {
    const rows = await gains(WORLDS["SMB moves the coins"], factorsOf([]));
    expect(rows).toHaveLength(2 * 7);
    for (const row of rows) {
      expect(row.rmse).toBe(row.rmseBase);
      expect(row.change).toBe(0);
      expect(row.dmStatistic).toBeNaN();
      expect(row.holmPValue).toBeNaN();
      if (row.sample === "all years") expect([row.lower, row.upper]).toEqual([0, 0]);
      // Of two different networks one is better, and none is better than itself.
      if (row.estimator.startsWith("neural")) expect(row.seedsBetter).toBeLessThan(0.5);
      else expect(row.seedsBetter).toBeNaN();
    }
  });

  it("sees nothing later: rows of a year do not move when all that follows changes", async () => {
    const panel = WORLDS["the beta moves with last month's SMB"];
    const t = panel.dates.findIndex((date) => date.startsWith("2025-01"));
    const wild = (values: Float64Array, width: number) =>
      values.map((v, at) => (at < t * width ? v : -3 * v + 0.01));
    const changed = {
      ...panel,
      coinLogReturns: wild(panel.coinLogReturns, 2),
      marketLogReturns: wild(panel.marketLogReturns, 2),
    };
    const factors = {
      ...FACTORS,
      simpleReturns: wild(FACTORS.simpleReturns, 2),
    };
    const year = (rows: readonly FactorGainRow[]) =>
      rows.filter(({ sample }) => sample === "one year");
    const before = await gains(panel);
    const after = await gains(changed, factors);
    expect(year(before)).toHaveLength(7);
    expect(year(after)).toEqual(year(before));
    expect(after).not.toEqual(before);
  });

  /** A made-up estimator: its beta is the number of markets times a step, with an input's effect in A. */
  const madeUp = (hasInputs: boolean, seeds: number): GainCandidate => {
    const estimate = (panel: Panel): BetaPath => {
      const path = (seed: number) =>
        betaPath(panel, "walkForward", (_coin, t) =>
          panel.markets.map(
            (_, k) => 0.3 * k + 0.1 * seed + (panel.predictors ? 0.2 * (t % 3) : 0),
          ),
        );
      const alone = Array.from({ length: seeds }, (_, seed) => path(seed).values);
      return { ...path((seeds - 1) / 2), seeds: alone };
    };
    return { estimator: { id: "made-up", estimate }, update: "frozen", hasInputs };
  };

  it("is every number by hand: mean beta over seeds, losses averaged over coins by date", async () => {
    const panel = WORLDS["SMB moves the coins"];
    const [row] = rowsOf(await gains(panel, FACTORS, ["Y"], [madeUp(true, 3)]), "all years", "A");
    const losses = (beta: (t: number) => number) =>
      [...panel.dates.keys()].slice(60).map((t) => {
        const f = panel.marketLogReturns[2 * t + 1]!;
        const [a, b] = panel.coinLogReturns
          .slice(2 * t, 2 * t + 2)
          .map((r) => (r - beta(t) * f) ** 2);
        return (a! + b!) / 2;
      });
    const average = (values: readonly number[]) =>
      values.reduce((sum, v) => sum + v, 0) / values.length;
    const base = losses(() => 0.1);
    const extended = losses((t) => 0.1 + 0.2 * (t % 3));
    expect(row!.rmseBase).toBeCloseTo(Math.sqrt(average(base)), 12);
    expect(row!.rmse).toBeCloseTo(Math.sqrt(average(extended)), 12);
    expect(row!.change).toBeCloseTo(row!.rmse / row!.rmseBase - 1, 12);
    const { statistic, pValue } = dieboldMariano(
      extended.map((loss, t) => loss - base[t]!),
      { horizon: 1, variance: "acf" },
    );
    expect(row!.dmStatistic).toBeCloseTo(statistic, 8);
    expect(row!.dmPValue).toBeCloseTo(pValue, 8);
    const better = [0, 1, 2].filter(
      (seed) =>
        average(losses((t) => 0.1 * seed + 0.2 * (t % 3))) < average(losses(() => 0.1 * seed)),
    );
    expect(row!.seedsBetter).toBeCloseTo(better.length / 3, 12);
    expect(row!.lower).toBeLessThan(row!.change);
    expect(row!.upper).toBeGreaterThan(row!.change);
  });

  it("has a row per sample, candidate, experiment and set, then all sets together; none of A for what sees no input", async () => {
    const panel = WORLDS["SMB moves the coins"];
    const rows = await gains(panel, FACTORS, ["X", "X+Y"], [madeUp(false, 1)]);
    expect(
      rows.map(({ sample, experiment, marketSet }) => [sample, experiment, marketSet]),
    ).toEqual(
      ["all years", "one year"].flatMap((sample) =>
        ["X", "X+Y", "all"].map((set) => [sample, "B", set]),
      ),
    );
    const [x, both, all] = rows as [FactorGainRow, FactorGainRow, FactorGainRow];
    expect(all.rmse ** 2).toBeCloseTo((x.rmse ** 2 + both.rmse ** 2) / 2, 12);
    expect(all.seedsBetter).toBeNaN();
  });

  it("adjusts p-values over all rows of a sample, and is descriptive below 24 dates", async () => {
    const rows = await gains(
      WORLDS["SMB moves the coins"],
      FACTORS,
      ["X", "X+Y"],
      [madeUp(true, 2)],
    );
    const long = rows.filter(({ sample }) => sample === "all years");
    expect(long).toHaveLength(6);
    expect(long.map(({ holmPValue }) => holmPValue)).toEqual([
      ...holmPValues(long.map(({ dmPValue }) => dmPValue)),
    ]);
    for (const row of rows.filter(({ sample }) => sample === "one year")) {
      expect(row.n).toBe(12);
      expect(row.change).toBeTypeOf("number");
      for (const none of [row.lower, row.upper, row.dmPValue, row.cwPValue]) expect(none).toBeNaN();
    }
  });

  it("hedges with every factor in B, but not with Mkt-RF where the equity market does", async () => {
    const seen: (readonly string[])[] = [];
    const { estimator, ...rest } = madeUp(false, 1);
    const spy: GainCandidate = {
      ...rest,
      estimator: {
        ...estimator,
        builtIn: true,
        estimate: (panel, split, update) => {
          if (seen.at(-1)?.join() !== panel.markets.join()) seen.push(panel.markets);
          return estimator.estimate(panel, split, update);
        },
      },
    };
    const panel = world((f) => f, ["EQUITY", "Y"]);
    await gains(panel, FACTORS, ["EQUITY", "Y"], [spy]);
    expect(seen).toEqual([["EQUITY"], ["EQUITY", "SMB"], ["Y"], ["Y", "Mkt-RF", "SMB"]]);
  });

  it("refuses an estimator of one's own that sees the return of its own date, or the factors of that date", async () => {
    const leading = (seen: (panel: Panel, t: number) => number): GainCandidate => ({
      ...madeUp(true, 1),
      estimator: {
        id: "leading",
        estimate: (panel) =>
          betaPath(panel, "walkForward", (_coin, t) => panel.markets.map(() => seen(panel, t))),
      },
    });
    const moves =
      "factorGain: a beta dated t must use returns through t - 1 alone, but that of leading";
    const panel = WORLDS["the factors are nothing to the coins"];
    for (const candidate of [
      leading(({ coinLogReturns }, t) => coinLogReturns[2 * t]!),
      leading(({ predictors }, t) => predictors?.values[2 * t] ?? 1),
    ])
      await expect(gains(panel, FACTORS, ["X"], [candidate])).rejects.toThrow(moves);
  });

  it("refuses two estimators of one id, not one that is both frozen and updated", async () => {
    const panel = WORLDS["the factors are nothing to the coins"];
    const frozen = madeUp(false, 1);
    const updated = { ...frozen, update: "updated" } as const;
    await expect(gains(panel, FACTORS, ["X"], [frozen, madeUp(false, 1)])).rejects.toThrow(
      "factorGain: every estimator must have an id of its own, made-up occurs twice; rename one",
    );
    const both = await gains(panel, FACTORS, ["X", "Y"], [frozen, updated]);
    expect(
      rowsOf(both, "all years", "B").map(({ update, marketSet }) => [update, marketSet]),
    ).toEqual([
      ...["X", "Y"].map((set) => ["frozen", set]),
      ...["X", "Y"].map((set) => ["updated", set]),
      ["frozen", "all"],
      ["updated", "all"],
    ]);
  });

  it("is refused where the factors lack a date of the panel", async () => {
    const short = {
      ...FACTORS,
      dates: FACTORS.dates.slice(0, -1),
      simpleReturns: FACTORS.simpleReturns.slice(0, -2),
    };
    await expect(gains(WORLDS["SMB moves the coins"], short)).rejects.toThrow(
      "the factors must have every date of the panel",
    );
  });
});
