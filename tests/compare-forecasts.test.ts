/** Walked estimators on the same dates: every number of a comparison by hand, its unit, its benchmarks, what it refuses. */

import { describe, expect, it } from "vitest";
import { type ComparisonRow, compareForecasts } from "../lib/src/comparing/forecast-comparison.js";
import { FEWEST_DATES } from "../lib/src/comparing/paired-tests.js";
import type { Walked } from "../lib/src/comparing/walked.js";
import { inRange } from "../lib/src/panel/calendar.js";
import { stream } from "../lib/src/random.js";
import { defaultBlockLength } from "../lib/src/stats/block-length.js";
import { percentileInterval } from "../lib/src/stats/bootstrap.js";
import { clarkWest } from "../lib/src/stats/clark-west.js";
import { dieboldMariano } from "../lib/src/stats/diebold-mariano.js";
import { modelConfidenceSet } from "../lib/src/stats/model-confidence-set.js";
import { circularResamples } from "../lib/src/stats/resamples.js";
import { type BetaPath, betaPath, type DateRange, type Panel } from "../lib/src/types.js";
import { DRAWS, PANEL } from "./support/forecast-comparison.js";
import { seededPanel } from "./support/helpers.js";

/** The same number by another sequence of operations; returns are of the order of 0.1. */
const DIGITS = 11;

const WHOLE = { name: "whole", range: { from: "2018-01", through: "2025-12" } };

/** 47 dates: blocks of three. */
const SHORT = { name: "short", range: { from: "2019-02", through: "2022-12" } };

const candidate = (
  estimator: string,
  update: Walked["update"],
  beta: (coin: number, t: number) => readonly number[],
  panel: Panel = PANEL,
): Walked => ({
  panel,
  marketSet: panel.markets.join("+"),
  estimator,
  update,
  path: betaPath(panel, "walkForward", beta),
});

const CANDIDATES: readonly Walked[] = [
  candidate("zero", "frozen", () => [0, 0]),
  candidate("pooled", "frozen", () => [0.6, 0.3]),
  candidate("pooled", "updated", (_, t) => [1.4 + 0.2 * Math.sin(t), -0.1]),
  candidate("own", "frozen", (coin) => [1 + 0.3 * coin, 0]),
  candidate("own", "updated", (coin, t) => [1.5 - coin / 9, Math.sin(5 * t)]),
];

const compare = (
  panel: Panel = PANEL,
  candidates = CANDIDATES,
  sample: { name: string; range: DateRange } = SHORT,
  bootstrap = DRAWS,
) =>
  compareForecasts(
    candidates.map((walked) => ({ ...walked, panel, marketSet: panel.markets.join("+") })),
    sample,
    bootstrap,
  );

const rowOf = (rows: readonly ComparisonRow[], wanted: Partial<ComparisonRow>): ComparisonRow => {
  const found = rows.filter((row) =>
    Object.entries(wanted).every(([key, value]) => row[key as keyof ComparisonRow] === value),
  );
  expect(found, JSON.stringify(wanted)).toHaveLength(1);
  return found[0]!;
};

const expectNear = (actual: unknown, expected: number, what: string): void =>
  expect(actual, what).toEqual(
    Number.isNaN(expected) ? Number.NaN : expect.closeTo(expected, DIGITS),
  );

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Hedging errors by coin, then by date of a range. */
function errorsByHand(
  panel: Panel,
  path: BetaPath,
  range: DateRange,
  coins: readonly number[],
): number[][] {
  const [N, K] = [panel.coins.length, panel.markets.length];
  return coins.map((i) =>
    panel.dates.flatMap((date, t) => {
      if (!inRange(date, range)) return [];
      let error = panel.coinLogReturns[t * N + i]!;
      for (let k = 0; k < K; k++)
        error -= path.values[(t * N + i) * K + k]! * panel.marketLogReturns[t * K + k]!;
      return [error];
    }),
  );
}

/** One value per date: the mean over coins. */
const byDate = (
  errors: readonly (readonly number[])[],
  value: (i: number, t: number) => number,
): number[] => errors[0]!.map((_, t) => average(errors.map((_, i) => value(i, t))));

describe("compareForecasts", () => {
  it.each([
    ["47 dates, blocks of three", SHORT, 47],
    ["96 dates, blocks as long as the candidates' need them", WHOLE, 96],
  ])("is every test of the losses by date: %s", (_, sample, n) => {
    const rows = compare(PANEL, CANDIDATES, sample);
    for (const coin of ["all", "A", "B", "C"]) {
      const members = coin === "all" ? [0, 1, 2] : ["ABC".indexOf(coin)];
      const errors = CANDIDATES.map(({ path }) => errorsByHand(PANEL, path, sample.range, members));
      const losses = errors.map((byCoin) => byDate(byCoin, (i, t) => byCoin[i]![t]! ** 2));
      const differential = (a: number, b: number) =>
        losses[a]!.map((loss, t) => loss - losses[b]![t]!);
      const blockLength =
        n < 60 ? 3 : Math.max(...CANDIDATES.map((_, c) => defaultBlockLength(differential(c, 0))));
      const resamples = circularResamples(n, { ...DRAWS, blockLength });
      const rmse = (values: readonly number[]) => Math.sqrt(average(values));
      const drawn = (statistic: (rows: number[]) => number) =>
        Float64Array.from({ length: DRAWS.draws }, (_, b) =>
          statistic([...resamples.indices.slice(b * n, (b + 1) * n)]),
        );
      const on = (c: number, rows: readonly number[]) => rmse(rows.map((t) => losses[c]![t]!));
      const { pValues } = modelConfidenceSet(losses, resamples, {
        statistic: "max",
      });
      CANDIDATES.forEach(({ estimator, update }, c) => {
        const pooled = update === "frozen" ? 1 : 2;
        const against = [
          ["zero", 0],
          ["pooled", pooled],
        ] as const;
        for (const [benchmark, b] of against) {
          if (b === c) continue;
          const row = rowOf(rows, { coin, estimator, update, benchmark });
          const own = percentileInterval(
            rmse(losses[c]!),
            drawn((at) => on(c, at)),
            DRAWS.level,
          );
          const change = percentileInterval(
            rmse(losses[c]!) - rmse(losses[b]!),
            drawn((at) => on(c, at) - on(b, at)),
            DRAWS.level,
          );
          const dm = dieboldMariano(differential(c, b), {
            horizon: 1,
            variance: "acf",
          });
          // f = e1^2 - e2^2 + (e2 - e1)^2, averaged over coins.
          const cw = clarkWest(
            byDate(errors[0]!, (i, t) => {
              const [e1, e2] = [errors[0]![i]![t]!, errors[c]![i]![t]!];
              return e1 ** 2 - e2 ** 2 + (e2 - e1) ** 2;
            }),
            { lags: 0 },
          );
          const expected: Partial<ComparisonRow> = {
            rmse: own.estimate,
            rmseLower: own.lower,
            rmseUpper: own.upper,
            hedgingR2: 1 - average(losses[c]!) / average(losses[0]!),
            dmStatistic: dm.statistic,
            dmPValue: dm.pValue,
            cwStatistic: b === 0 ? cw.statistic : Number.NaN,
            cwPValue: b === 0 ? cw.pValue : Number.NaN,
            mcs: pValues[c]!,
            rmseChange: change.estimate,
            changeLower: change.lower,
            changeUpper: change.upper,
          };
          for (const [key, value] of Object.entries(expected))
            expectNear(
              row[key as keyof ComparisonRow],
              value as number,
              `${coin} ${estimator} ${update} ${benchmark} ${key}`,
            );
          expect(row.n).toBe(n);
        }
      });
    }
  });

  it("has a row per coin group, candidate and benchmark, in that order, and none against itself", () => {
    const pairs = [
      ["zero frozen", "pooled"],
      ["pooled frozen", "zero"],
      ["pooled updated", "zero"],
      ...["own frozen", "own updated"].flatMap((own) => [
        [own, "zero"],
        [own, "pooled"],
      ]),
    ];
    expect(
      compare().map(({ coin, estimator, update, benchmark }) => [
        coin,
        `${estimator} ${update}`,
        benchmark,
      ]),
    ).toEqual(["all", "A", "B", "C"].flatMap((coin) => pairs.map((pair) => [coin, ...pair])));
  });

  it("names frequency, sample and market set as panel and sample do", () => {
    for (const row of compare({ ...PANEL, frequency: "weekly" }))
      expect(row).toMatchObject({
        frequency: "weekly",
        sample: "short",
        marketSet: "X+Y",
      });
  });

  it("compares with the pooled constant of the same update, or with the only one there is", () => {
    const rmse = (rows: readonly ComparisonRow[], update: string) =>
      rowOf(rows, {
        coin: "all",
        estimator: "pooled",
        update,
        benchmark: "zero",
      } as Partial<ComparisonRow>).rmse;
    const change = (rows: readonly ComparisonRow[], update: string) => {
      const own = rowOf(rows, {
        coin: "all",
        estimator: "own",
        update,
        benchmark: "pooled",
      } as Partial<ComparisonRow>);
      return own.rmse - own.rmseChange;
    };
    const both = compare();
    expect(rmse(both, "frozen")).not.toBeCloseTo(rmse(both, "updated"), 4);
    for (const update of ["frozen", "updated"])
      expect(change(both, update)).toBeCloseTo(rmse(both, update), DIGITS);
    const alone = compare(
      PANEL,
      CANDIDATES.filter((c) => c.estimator !== "pooled" || c.update !== "updated"),
    );
    for (const update of ["frozen", "updated"])
      expect(change(alone, update)).toBeCloseTo(rmse(alone, "frozen"), DIGITS);
  });

  it("takes zero and pooled wherever they stand among the candidates", () => {
    const key = (row: ComparisonRow) => [row.coin, row.estimator, row.update, row.benchmark].join();
    const sorted = (rows: readonly ComparisonRow[]) =>
      [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
    const turned = compare(PANEL, [...CANDIDATES].reverse());
    // T_max averages over the models left, in another order here.
    const near = (rows: readonly ComparisonRow[]) =>
      sorted(rows).map((row) => ({ ...row, mcs: row.mcs.toFixed(9) }));
    expect(near(turned)).toEqual(near(compare()));
  });

  it("has the date as its unit: a second copy of every coin changes nothing for all coins together", () => {
    const twice = <T>(values: readonly T[], width: number): T[] =>
      Array.from({ length: values.length / width }, (_, t) =>
        values.slice(t * width, (t + 1) * width),
      ).flatMap((row) => [...row, ...row]);
    const N = PANEL.coins.length;
    const doubled: Panel = {
      ...PANEL,
      coins: ["A", "B", "C", "A2", "B2", "C2"],
      coinLogReturns: Float64Array.from(twice([...PANEL.coinLogReturns], N)),
    };
    const copies = CANDIDATES.map((candidate) => ({
      ...candidate,
      path: {
        ...candidate.path,
        coins: doubled.coins,
        values: Float64Array.from(twice([...candidate.path.values], N * 2)),
      },
    }));
    const once = compare().filter(({ coin }) => coin === "all");
    const more = compare(doubled, copies).filter(({ coin }) => coin === "all");
    expect(more).toHaveLength(once.length);
    once.forEach((row, r) => {
      for (const [key, value] of Object.entries(row)) {
        const other = more[r]![key as keyof ComparisonRow];
        if (typeof value === "number") expectNear(other, value, key);
        else expect(other).toBe(value);
      }
    });
    expect(once[0]!.n).toBe(47);
  });

  it("scales RMSE and its change with the returns, and no test", () => {
    const scaled = {
      ...PANEL,
      coinLogReturns: PANEL.coinLogReturns.map((r) => 4 * r),
      marketLogReturns: PANEL.marketLogReturns.map((f) => 4 * f),
    };
    const lengths = [
      ...["rmse", "rmseLower", "rmseUpper"],
      ...["rmseChange", "changeLower", "changeUpper"],
    ] as const;
    const before = compare();
    compare(scaled).forEach((row, r) => {
      for (const [key, value] of Object.entries(before[r]!))
        if (typeof value === "number")
          expectNear(
            row[key as keyof ComparisonRow],
            (lengths as readonly string[]).includes(key) ? 4 * value : value,
            key,
          );
    });
  });

  it("is antisymmetric in the two that are compared", () => {
    const rows = compare(PANEL, CANDIDATES.slice(0, 2));
    for (const coin of ["all", "A", "B", "C"]) {
      const zero = rowOf(rows, { coin, estimator: "zero" });
      const pooled = rowOf(rows, { coin, estimator: "pooled" });
      expect(zero.dmStatistic).toBeCloseTo(-pooled.dmStatistic, DIGITS);
      expect(zero.dmPValue).toBeCloseTo(pooled.dmPValue, DIGITS);
      expect(zero.rmseChange).toBeCloseTo(-pooled.rmseChange, DIGITS);
      expect(zero.changeLower).toBeCloseTo(-pooled.changeUpper, DIGITS);
      expect(Math.abs(zero.dmStatistic)).toBeGreaterThan(0.1);
    }
  });

  it.each([
    ["hedges", 1.5, -1],
    ["adds noise to", 0, 1],
  ] as const)("finds a beta that %s the coins", (_, trueBeta, sign) => {
    const { normal } = stream("better by construction");
    const months = 60;
    const market = Float64Array.from({ length: months }, () => 0.1 * normal());
    const panel: Panel = {
      ...seededPanel(months, ["A", "B"], ["X"]),
      marketLogReturns: market,
      coinLogReturns: Float64Array.from(
        { length: 2 * months },
        (_, at) => trueBeta * market[Math.floor(at / 2)]! + 0.05 * normal(),
      ),
    };
    const rows = compare(
      panel,
      [
        candidate("zero", "frozen", () => [0], panel),
        candidate("pooled", "frozen", () => [1.5], panel),
      ],
      WHOLE,
    );
    const row = rowOf(rows, { coin: "all", estimator: "pooled" });
    const other = rowOf(rows, { coin: "all", estimator: "zero" });
    expect(row.n).toBe(60);
    expect(Math.sign(row.dmStatistic)).toBe(sign);
    expect(row.dmPValue).toBeLessThan(1e-3);
    expect(Math.sign(row.changeLower)).toBe(sign);
    expect(Math.sign(row.changeUpper)).toBe(sign);
    const [winner, loser] = sign < 0 ? [row, other] : [other, row];
    expect(winner.mcs).toBe(1);
    expect(loser.mcs).toBeLessThan(0.05);
    if (sign < 0) {
      expect(row.cwStatistic).toBeGreaterThan(4);
      expect(row.cwPValue).toBeLessThan(1e-4);
      // Explained variance 1.5^2 0.1^2 = 0.0225 beside 0.05^2 of noise.
      expect(row.hedgingR2).toBeCloseTo(0.9, 1);
    } else {
      expect(row.cwPValue).toBeGreaterThan(0.01);
      expect(row.hedgingR2).toBeLessThan(0);
    }
  });

  it("is descriptive below 24 dates, and tests from there on", () => {
    expect(FEWEST_DATES).toBe(24);
    const through = (date: string) =>
      compare(PANEL, CANDIDATES, {
        name: "few",
        range: { from: "2019-01", through: date },
      });
    const inference = [
      ...["rmseLower", "rmseUpper", "dmStatistic", "dmPValue", "mcs"],
      ...["changeLower", "changeUpper"],
    ] as const;
    const described = ["rmse", "hedgingR2", "rmseChange"] as const;
    for (const row of through("2020-11")) {
      expect(row.n).toBe(23);
      for (const key of [...inference, "cwStatistic", "cwPValue"])
        expect(row[key as keyof ComparisonRow], key).toBeNaN();
      for (const key of described) expect(row[key]).toSatisfy(Number.isFinite);
    }
    for (const row of through("2020-12")) {
      expect(row.n).toBe(24);
      for (const key of [...inference, ...described])
        expect(row[key as keyof ComparisonRow], key).toSatisfy(Number.isFinite);
      expect(Number.isFinite(row.cwPValue)).toBe(row.benchmark === "zero");
    }
  });

  it("takes the dates that all candidates have: one that begins later shortens all", () => {
    const late = candidate("late", "frozen", (_, t) =>
      t < 24 ? [Number.NaN, Number.NaN] : [1, 1],
    );
    const rows = compare(PANEL, [...CANDIDATES, late]);
    const range = { from: "2020-01", through: SHORT.range.through };
    const alone = compare(PANEL, CANDIDATES, { name: "short", range });
    expect(rows.every(({ n }) => n === 36)).toBe(true);
    const without = rows.filter(({ estimator }) => estimator !== "late");
    // The Model Confidence Set has one more member.
    const kept = (compared: readonly ComparisonRow[]) =>
      compared.map((row) => ({ ...row, mcs: 0 }));
    expect(kept(without)).toEqual(kept(alone));
  });

  it("leaves out the coin of a date on which it has no return, and no other", () => {
    const t = PANEL.dates.findIndex((date) => date.startsWith("2020-05"));
    const coinLogReturns = PANEL.coinLogReturns.slice();
    coinLogReturns[3 * t + 1] = Number.NaN;
    for (const row of compare({ ...PANEL, coinLogReturns })) {
      expect(row.n).toBe(row.coin === PANEL.coins[1] ? 46 : 47);
      expect(row.missing).toBe(0);
      expect(row.rmse).toSatisfy(Number.isFinite);
    }
  });

  it("has only rows for all coins where there is one", () => {
    const panel = seededPanel(40, ["A"], ["X"]);
    const rows = compare(
      panel,
      [
        candidate("zero", "frozen", () => [0], panel),
        candidate("pooled", "frozen", () => [1], panel),
      ],
      WHOLE,
    );
    expect(rows.map(({ coin }) => coin)).toEqual(["all", "all"]);
  });

  it("gives the same rows for the same seed, other intervals for another, and never other tests", () => {
    expect(compare()).toEqual(compare());
    const other = compare(PANEL, CANDIDATES, SHORT, { ...DRAWS, seed: 4 });
    compare().forEach((row, r) => {
      expect(other[r]).toMatchObject({
        rmse: row.rmse,
        dmPValue: row.dmPValue,
        cwPValue: row.cwPValue,
        rmseChange: row.rmseChange,
      });
      expect(other[r]!.rmseLower).not.toBe(row.rmseLower);
      expect(other[r]!.changeUpper).not.toBe(row.changeUpper);
    });
  });

  it("has wider intervals at a higher level", () => {
    const wide = compare(PANEL, CANDIDATES, SHORT, { ...DRAWS, level: 0.99 });
    compare().forEach((row, r) => {
      expect(wide[r]!.rmseLower).toBeLessThan(row.rmseLower);
      expect(wide[r]!.changeUpper).toBeGreaterThan(row.changeUpper);
    });
  });

  it("leaves its panel and candidates unchanged", () => {
    const before = structuredClone([PANEL, CANDIDATES]);
    compare();
    expect([PANEL, CANDIDATES]).toEqual(before);
  });

  it.each(["zero", "pooled"])("refuses candidates without %s", (id) => {
    const others = CANDIDATES.filter(({ estimator }) => estimator !== id);
    expect(() => compare(PANEL, others)).toThrow(RangeError);
    expect(() => compare(PANEL, others)).toThrow(
      new RegExp(
        `^compareForecasts: candidates must hold the benchmark ${id}, but there are .*own.*; add it$`,
      ),
    );
  });

  it("refuses a range in which the panel has no date", () => {
    const never = { name: "never", range: { from: "2030-01", through: "2030-12" } };
    expect(() => compare(PANEL, CANDIDATES, never)).toThrow(
      "compareForecasts: the range must hold a date of the panel, but 2030-01 to 2030-12 has none; the panel runs from 2018-01-31 to 2025-12-31",
    );
  });

  it("refuses a fitted path", () => {
    const fitted = CANDIDATES.map((candidate) => ({
      ...candidate,
      path: { ...candidate.path, kind: "fitted" as const },
    }));
    expect(() => compare(PANEL, fitted)).toThrow("walkForward");
  });
});
