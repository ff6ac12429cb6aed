/** Estimators that come too late for a sample: they are counted and said, and shorten no other. */

import { describe, expect, it } from "vitest";
import { latePaths } from "../lib/src/comparing/common-errors.js";
import { type ComparisonRow, compareForecasts } from "../lib/src/comparing/forecast-comparison.js";
import { hedgeEconomics } from "../lib/src/comparing/hedge-economics.js";
import { nestedTests } from "../lib/src/comparing/nested-tests.js";
import { cumulativeGains, outOfSampleTests } from "../lib/src/comparing/out-of-sample-tests.js";
import { realisedPredictions } from "../lib/src/comparing/realised-prediction.js";
import type { Walked } from "../lib/src/comparing/walked.js";
import { walkedUpdated } from "../lib/src/comparing/walked-updated.js";
import { readPanel } from "../lib/src/data/panel-file.js";
import { dailySource } from "../lib/src/data/shipped.js";
import { figureLadder } from "../lib/src/figures/ladder.js";
import { dailyLadder } from "../lib/src/models/daily-ladder.js";
import { walkForwardSplits } from "../lib/src/panel/walk-forward.js";
import { studyLedger } from "../lib/src/report/study-claims/measures.js";
import { studyClaims } from "../lib/src/report/study-claims/template.js";
import { tableLadderRmse } from "../lib/src/tables/forecast-comparison.js";
import { tableHedgeEconomics } from "../lib/src/tables/hedge-economics.js";
import { missingBetas } from "../lib/src/tables/missing-betas.js";
import { betaPath } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

/** Four years from 2018-01. */
const PANEL = seededPanel(48, ["A", "B"], ["X"]);
const SAMPLE = { name: "test", range: { from: "2019-01", through: "2021-12" } };
const DRAWS = { draws: 99, seed: 3, level: 0.95 };

const candidate = (
  estimator: string,
  beta: (t: number) => number,
  there: (t: number) => boolean = () => true,
): Walked => ({
  panel: PANEL,
  marketSet: "X",
  estimator,
  update: "updated",
  path: betaPath(PANEL, "walkForward", (_, t) => [there(t) ? beta(t) : Number.NaN]),
});
const SET = [
  candidate("zero", () => 0),
  candidate("pooled", () => 1),
  candidate("neural-ols", (t) => 1 + 0.3 * Math.sin(t)),
  candidate("pooled-network", () => 1.2),
];
/** There on the last seventeen of 36 dates: fewer than half. */
const LATE = candidate(
  "late",
  () => 0.8,
  (t) => t >= 31,
);
const isLate = ({ estimator }: { readonly estimator: string }) => estimator === "late";

describe("latePaths", () => {
  it("are those with fewer than half of what the middle one has; a pair has none", () => {
    expect(latePaths([10, 10, 10, 5, 4])).toEqual([false, false, false, false, true]);
    expect(latePaths([0, 10])).toEqual([false, false]);
    expect(latePaths([100, 40, 40, 40, 19])).toEqual([false, false, false, false, true]);
    expect(latePaths([0])).toEqual([false]);
  });
});

describe("a late estimator", () => {
  it("leaves every other row of a comparison as it is without it, and has rows without numbers", () => {
    const rows = compareForecasts([...SET, LATE], SAMPLE, DRAWS);
    expect(rows.filter((row) => !isLate(row))).toEqual(compareForecasts(SET, SAMPLE, DRAWS));
    const own = rows.filter((row) => isLate(row) && row.coin === "all");
    expect(own.map(({ benchmark, n, missing }) => [benchmark, n, missing])).toEqual([
      ["zero", 0, 19],
      ["pooled", 0, 19],
    ]);
    for (const { rmse, rmseLower, hedgingR2, rmseChange, dmPValue, mcs } of own)
      expect([rmse, rmseLower, hedgingR2, rmseChange, dmPValue, mcs]).toEqual(Array(6).fill(NaN));
  });

  it("shortens the sample where it has half of the dates, and is counted", () => {
    const half = candidate(
      "half",
      () => 0.8,
      (t) => t >= 30,
    );
    const rows = compareForecasts([...SET, half], SAMPLE, { ...DRAWS, together: true });
    expect(new Set(rows.map(({ n }) => n))).toEqual(new Set([18]));
    expect(rows.find(({ estimator }) => estimator === "half")!.missing).toBe(18);
  });

  it("leaves the tests out of sample, their gains and nested tests as they are without it", () => {
    const tests = outOfSampleTests([[...SET, LATE]], SAMPLE, DRAWS);
    expect(tests.filter((row) => !isLate(row))).toEqual(outOfSampleTests([SET], SAMPLE, DRAWS));
    const { n, rmse, hacPValue, detectable } = tests.find(isLate)!;
    expect([n, rmse, hacPValue, detectable]).toEqual([0, NaN, NaN, NaN]);
    expect(cumulativeGains([[...SET, LATE]], SAMPLE.range)).toEqual(
      cumulativeGains([SET], SAMPLE.range),
    );
    const network = { ...LATE, estimator: "neural-glorot" };
    expect(nestedTests([[...SET, network]], SAMPLE, DRAWS)).toEqual(
      nestedTests([SET], SAMPLE, DRAWS),
    );
  });

  it("leaves what hedges are worth as it is without it, and is named below the table", () => {
    const options = { ...DRAWS, cost: 0.002, riskAversion: 3 };
    const rows = hedgeEconomics([[...SET, LATE]], SAMPLE, options);
    expect(rows.filter((row) => !isLate(row))).toEqual(hedgeEconomics([SET], SAMPLE, options));
    const { n, missing, turnover, varianceReduction, gainLower } = rows.find(isLate)!;
    expect([n, missing, turnover, varianceReduction, gainLower]).toEqual([0, 19, NaN, NaN, NaN]);
    expect(tableHedgeEconomics(rows, "X", "made up").notes).toContain(
      "Not compared, as they lack more than half of the betas that most estimators have; dates without: late, updated: 19.",
    );
  });

  it("is no rival of a claim, and makes its own claim one that cannot be tested", async () => {
    const claims = studyClaims({ markets: [], marketSets: ["X"] }).filter(({ statistic }) =>
      ["network-pooled", "network-classical"].includes(statistic),
    );
    const judge = (set: readonly Walked[]) =>
      studyLedger(claims, {
        ...{ panel: PANEL, walked: [set], range: SAMPLE.range },
        bootstrap: { draws: 99, seed: 1 },
      });
    const kalman = { ...LATE, estimator: "kalman" };
    const measured = async (set: readonly Walked[]) =>
      (await judge(set)).map((row) => [row.about, row.measured, row.verdict]);
    expect(await measured([...SET, kalman])).toEqual(await measured(SET));
    const network = { ...LATE, estimator: "neural-ols" };
    const others = ["rolling", "ewma"].map((id, i) => candidate(id, () => 1 + i / 9));
    const judged = await judge([SET[0]!, SET[1]!, ...others, network]);
    const byRival = judged.find(({ id }) => id.startsWith("network-classical"))!;
    expect([byRival.n, byRival.verdict]).toEqual([0, "cannot be tested"]);
  });

  it("is named below the tables with the dates that it lacks, and has no line in the figure", () => {
    const rows = compareForecasts([...SET, LATE], SAMPLE, { ...DRAWS, together: true });
    const table = tableLadderRmse(rows, "2019 to 2021", { sampleName: "test" });
    expect(table.caption).toContain("36 dates");
    expect(table.rows.find(([estimator]) => estimator === "late")!.at(-1)).toBeNaN();
    expect(table.notes).toContain(
      "Not compared, as they lack more than half of the betas that most estimators have; dates without: late, updated: 19.",
    );
    const shown = rows.filter(({ benchmark }) => benchmark === "pooled");
    expect(figureLadder(shown, "pooled", "Test.").alt).not.toContain("late");
  });
});

describe("a sample without a common date", () => {
  const early = (id: string) =>
    candidate(
      id,
      () => 1,
      (t) => t < 30,
    );
  const disjoint = [
    ...SET.slice(0, 2),
    early("a"),
    candidate(
      "b",
      () => 1,
      (t) => t >= 30,
    ),
  ];

  it("has rows without numbers, and is named below the tables", () => {
    const rows = compareForecasts(disjoint, SAMPLE, { ...DRAWS, together: true });
    expect(rows.map(({ n }) => n)).toEqual(Array(rows.length).fill(0));
    expect(rows.every(({ rmse, mcs }) => Number.isNaN(rmse) && Number.isNaN(mcs))).toBe(true);
    expect(missingBetas(rows)).toEqual([
      "No date has betas of all estimators, so that nothing is compared: test.",
    ]);
    const tests = outOfSampleTests([disjoint], SAMPLE, DRAWS);
    expect(tests.map(({ n, detectable }) => [n, detectable])).toEqual(Array(3).fill([0, NaN]));
  });

  it("does not hide the samples beside it", () => {
    const row = (sample: string, n: number): ComparisonRow =>
      ({ sample, n, estimator: "a", update: "frozen", missing: 3 }) as ComparisonRow;
    expect(missingBetas([row("2021", 5), row("2022", 0)])).toEqual([
      "Dates on which a coin is left out for all estimators because one has no beta of it, at most: a, frozen: 3.",
      "No date has betas of all estimators, so that nothing is compared: 2022.",
    ]);
  });
});

it("three years of days are compared without Frazzini and Pedersen's beta, which takes as many to begin", async () => {
  const study = { ...dailySource, coins: ["BTC"], markets: ["EQUITY"] };
  const panel = await readPanel({ ...study, range: { from: "2020-01", through: "2022-12" } });
  const test = { from: "2022-01", through: "2022-12" };
  const splits = walkForwardSplits(panel.dates, {
    ...{ from: panel.dates[0]!, lookback: 0, refit: "yearly" as const },
    test,
  });
  const few = ["zero", "pooled", "rolling", "frazzini-pedersen"];
  const sets = await walkedUpdated(
    [{ set: "EQUITY", panel }],
    () => dailyLadder(1).filter(({ id }) => few.includes(id)),
    { splits },
  );
  const tests = outOfSampleTests(sets, { name: "2022", range: test }, DRAWS);
  const days = panel.dates.filter((date) => date >= "2022").length;
  const own = Object.fromEntries(tests.map((row) => [row.estimator, [row.n, row.missing]]));
  expect(own).toEqual({ zero: [days, 0], rolling: [days, 0], "frazzini-pedersen": [0, days] });
  const predicted = realisedPredictions(
    sets[0]!,
    { name: "2022", range: test },
    { period: "monthly" },
  );
  expect(Object.fromEntries(predicted.map((row) => [row.estimator, row.periods]))).toEqual({
    ...{ zero: 12, pooled: 12, rolling: 12 },
    "frazzini-pedersen": 0,
  });
});
