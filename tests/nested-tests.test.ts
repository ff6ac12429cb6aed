/** Networks against constants: which constant meets which network, the tests' values, and their size where betas are estimated. */

import { describe, expect, it } from "vitest";
import { hedgingErrors } from "../lib/src/betas/hedging.js";
import { historicalBeta } from "../lib/src/betas/historical.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { nestedTests } from "../lib/src/comparing/nested-tests.js";
import { clarkWestByDate, pairedTests } from "../lib/src/comparing/paired-tests.js";
import type { Walked } from "../lib/src/comparing/walked.js";
import { stream } from "../lib/src/random.js";
import { clarkWest } from "../lib/src/stats/clark-west.js";
import { encNew } from "../lib/src/stats/enc-new.js";
import { holmPValues } from "../lib/src/stats/multiple-testing.js";
import { tableNestedTests } from "../lib/src/tables/nested-tests.js";
import { tableText } from "../lib/src/tables/table.js";
import { betaPath, type Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const PANEL = seededPanel(48, ["A", "B"], ["X"]);
const SAMPLE = { name: "last years", range: { from: "2019-01", through: "2021-12" } };
const DRAWS = { draws: 199, seed: 1, level: 0.95 };

/** A path whose beta is a function of the date's number. */
const walked = (
  estimator: string,
  update: Walked["update"],
  beta: (coin: number, t: number) => number,
): Walked => ({
  panel: PANEL,
  marketSet: "X",
  estimator,
  update,
  path: betaPath(PANEL, "walkForward", (coin, t) => [beta(coin, t)]),
});

const SET: readonly Walked[] = [
  walked("zero", "frozen", () => 0),
  walked("pooled", "frozen", () => 0.1),
  walked("pooled", "updated", () => 0.2),
  walked("pooled-network", "updated", () => 0.3),
  walked("pooled-network-final", "updated", () => 0.4),
  walked("neural-ols", "updated", (coin, t) => ((7 * t + coin) % 5) / 5),
  walked("neural-ols-final", "updated", (coin, t) => ((3 * t + coin) % 4) / 4),
];

/** Root mean squared error of a constant beta on the sample. */
function constantRmse(beta: number): number {
  const errors = hedgingErrors(
    PANEL,
    betaPath(PANEL, "walkForward", () => [beta]),
  );
  const rows = [...PANEL.dates.keys()].filter((t) => PANEL.dates[t]! >= "2019");
  const squares = rows.flatMap((t) => [errors[2 * t]! ** 2, errors[2 * t + 1]! ** 2]);
  return Math.sqrt(squares.reduce((sum, e) => sum + e, 0) / squares.length);
}

describe("nestedTests", () => {
  const rows = nestedTests([SET], SAMPLE, DRAWS);

  it("meets the constant that knows all, then the one with the network's own information", () => {
    expect(
      rows.map(({ estimator, information, benchmarkRmse }) => [
        estimator,
        information,
        benchmarkRmse,
      ]),
    ).toEqual([
      ["neural-ols", "all", expect.closeTo(constantRmse(0.2), 12)],
      ["neural-ols-final", "all", expect.closeTo(constantRmse(0.2), 12)],
      ["neural-ols", "network's", expect.closeTo(constantRmse(0.3), 12)],
      ["neural-ols-final", "network's", expect.closeTo(constantRmse(0.4), 12)],
    ]);
  });

  it("has the statistics of the tests by hand, and Holm over each family", () => {
    const [network, constant] = [SET[5]!, SET[3]!].map(({ path }) => {
      const errors = hedgingErrors(PANEL, path);
      const t = [...PANEL.dates.keys()].filter((at) => PANEL.dates[at]! >= "2019");
      return [0, 1].map((coin) => t.map((at) => errors[2 * at + coin]!));
    }) as [number[][], number[][]];
    const losses = (byCoin: number[][]) =>
      byCoin[0]!.map((e, t) => (e ** 2 + byCoin[1]![t]! ** 2) / 2);
    const row = rows[2]!;
    const byHand = pairedTests(losses(network), losses(constant));
    expect([row.dmStatistic, row.dmPValue]).toEqual([byHand.dmStatistic, byHand.dmPValue]);
    const cw = clarkWest(clarkWestByDate(constant, network), { lags: 0 });
    expect([row.cwStatistic, row.cwPValue]).toEqual([cw.statistic, cw.pValue]);
    const enc = encNew(constant, network, DRAWS);
    expect([row.encStatistic, row.encPValue]).toEqual([enc.statistic, enc.pValue]);
    for (const family of [rows.slice(0, 2), rows.slice(2)])
      expect(family.map(({ dmHolm }) => dmHolm)).toEqual([
        ...holmPValues(family.map(({ dmPValue }) => dmPValue)),
      ]);
    expect(row.changeLower).toBeLessThan(row.change);
    expect(row.changeUpper).toBeGreaterThan(row.change);
  });

  it("tests 24 dates", () => {
    const range = { from: "2020", through: "2021" };
    for (const { n, dmPValue, cwPValue, changeLower } of nestedTests(
      [SET],
      { ...SAMPLE, range },
      DRAWS,
    ))
      expect([n, ...[dmPValue, cwPValue, changeLower].map(Number.isFinite)]).toEqual([
        ...[24, true, true, true],
      ]);
  });

  it("makes no test of fewer than 24 dates", () => {
    const few = nestedTests([SET], { ...SAMPLE, range: { from: "2021", through: "2021" } }, DRAWS);
    expect(few.map(({ n }) => n)).toEqual([12, 12, 12, 12]);
    for (const { dmPValue, cwPValue, encPValue, changeLower, dmRomanoWolf } of few)
      expect([dmPValue, cwPValue, encPValue, changeLower, dmRomanoWolf]).toEqual(
        Array(5).fill(Number.NaN),
      );
  });

  it("is empty without a network, and refuses a set without the constants", () => {
    expect(nestedTests([SET.slice(0, 3)], SAMPLE, DRAWS)).toEqual([]);
    expect(() =>
      nestedTests([SET.filter((w) => w.estimator !== "pooled-network")], SAMPLE, DRAWS),
    ).toThrow("candidates must hold the benchmark pooled-network");
  });

  it("fills its table, rows of the shown set first", () => {
    const table = tableNestedTests(rows, "X", "made up");
    expect([table.rows.length, table.shown]).toEqual([4, 4]);
    const [first] = rows;
    const small = tableNestedTests([{ ...first!, dmPValue: 0.0002 }], "X", "made up");
    expect(tableText(small)).toContain("< 0.001");
    expect(table.rows[2]!.slice(1, 5)).toEqual(["X", "neural-ols", "updated", "network's"]);
  });
});

describe("tests of nested betas that are estimated as they go", () => {
  /** Four coins with one constant beta, 83 months, the last 47 of them tested. */
  const simulated = (seed: number): Panel => {
    const { normal } = stream(seed, "constant");
    const coins = ["A", "B", "C", "D"];
    const empty = seededPanel(83, coins, ["X"]);
    const marketLogReturns = Float64Array.from({ length: 83 }, () => 0.05 * normal());
    return {
      ...empty,
      marketLogReturns,
      coinLogReturns: Float64Array.from(
        { length: 83 * 4 },
        (_, at) => marketLogReturns[Math.floor(at / 4)]! + 0.2 * normal(),
      ),
    };
  };

  it("reject a true constant against one beta per coin in at most 10 % of 200 samples at 5 %; bench/nested.mjs has 1,000", () => {
    const counts = { cw: 0, enc: 0 };
    for (let seed = 0; seed < 200; seed++) {
      const panel = simulated(seed);
      const [small, large] = [pooledBeta, historicalBeta].map((beta) => {
        const errors = hedgingErrors(panel, beta(panel, { from: "2018", intervals: false }));
        return [0, 1, 2, 3].map((coin) =>
          Array.from({ length: 47 }, (_, t) => errors[(36 + t) * 4 + coin]!),
        );
      }) as [number[][], number[][]];
      if (clarkWest(clarkWestByDate(small, large), { lags: 0 }).pValue < 0.05) counts.cw++;
      if (encNew(small, large, { draws: 199, seed }).pValue <= 0.05) counts.enc++;
    }
    expect(counts.cw / 200).toBeLessThan(0.1);
    expect(counts.enc / 200).toBeLessThan(0.1);
    expect(counts.enc / 200).toBeGreaterThan(0.005);
  });
});
