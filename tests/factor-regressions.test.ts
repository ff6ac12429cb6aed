/** Factor regressions of coins, against statsmodels, on both vintages of the factors. */

import { beforeAll, describe, expect, it } from "vitest";
import {
  type FactorRegressionRow,
  factorRegressions,
} from "../lib/src/comparing/factor-regressions.js";
import { readDated, readFactors } from "../lib/src/data/panel-file.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import { returnsOf } from "../lib/src/panel/panel.js";
import { mergedSeries } from "../lib/src/panel/series.js";
import { compareReported } from "../lib/src/report/reported.js";
import { neweyWestAutomaticLags, neweyWestCovariance } from "../lib/src/stats/newey-west.js";
import { regression } from "../lib/src/stats/ols.js";
import { STUDY } from "../lib/src/study.js";
import type { DatedSeries, Factors, Panel } from "../lib/src/types.js";
import { expectClose, reference, studyPanel } from "./support/helpers.js";
import { monthEnds } from "./support/portfolios.js";

const { NaN: none } = Number;

const given = reference<{
  readonly coins: readonly string[];
  readonly factors: readonly string[];
  readonly logReturns: readonly number[];
  readonly factorReturns: readonly number[];
  readonly riskFree: readonly number[];
  readonly rows: readonly (Pick<FactorRegressionRow, "coin" | "factor"> &
    Readonly<Record<string, number>> & { readonly singleF: number })[];
}>("factor-regressions");

const MONTHS = given.riskFree.length;
const panel: Panel = {
  frequency: "monthly",
  dates: monthEnds(MONTHS),
  coins: given.coins,
  markets: ["X"],
  coinLogReturns: Float64Array.from(given.logReturns),
  marketLogReturns: new Float64Array(MONTHS),
};
const factors: Factors = {
  dates: panel.dates,
  names: given.factors,
  simpleReturns: Float64Array.from(given.factorReturns),
  riskFree: Float64Array.from(given.riskFree),
};
const rows = factorRegressions(panel, { ours: factors });

/** The factors without some of their dates. */
const without = (dropped: (date: string) => boolean): Factors => {
  const kept = [...factors.dates.keys()].filter((t) => !dropped(factors.dates[t]!));
  const F = factors.names.length;
  return {
    ...factors,
    dates: kept.map((t) => factors.dates[t]!),
    simpleReturns: Float64Array.from(
      kept.flatMap((t) => [...factors.simpleReturns.subarray(t * F, (t + 1) * F)]),
    ),
    riskFree: Float64Array.from(kept, (t) => factors.riskFree[t]!),
  };
};

describe("factorRegressions", () => {
  it("agree with statsmodels on coefficients, Newey-West errors, fit and the joint test", () => {
    expect(rows).toHaveLength(given.rows.length);
    given.rows.forEach(({ coin, factor, singleF, ...theirs }, i) => {
      const ours = rows[i]!;
      expect(ours).toMatchObject({
        coin,
        factor,
        vintage: "ours",
        from: panel.dates[0],
        through: panel.dates.at(-1),
      });
      for (const [key, value] of Object.entries(theirs)) expectClose(ours[key as "n"], value);
      expectClose(ours.tStat ** 2, singleF);
    });
  });

  it("have the prewhitened errors with the automatic lag beside them", () => {
    const simple = Array.from(
      { length: MONTHS },
      (_, t) => Math.exp(given.logReturns[2 * t]!) - 1 - given.riskFree[t]!,
    );
    const fit = regression(given.factorReturns, simple, { intercept: true });
    const covariance = neweyWestCovariance(fit, {
      lags: "automatic",
      prewhiten: true,
    });
    rows.slice(0, 4).forEach((row, j) => {
      expect(row.automaticStandardError).toBeCloseTo(Math.sqrt(covariance[j * 5]!), 12);
      expect(row.automaticLags).toBe(neweyWestAutomaticLags(fit, { prewhiten: true }));
    });
  });

  it("find a coin that is a factor and the bill: loading one, no alpha", () => {
    const market = Array.from(
      { length: MONTHS },
      (_, t) => given.factorReturns[3 * t]! + given.riskFree[t]!,
    );
    const itself = {
      ...panel,
      coins: ["A"],
      coinLogReturns: Float64Array.from(market, (r) => Math.log(1 + r)),
    };
    const found = factorRegressions(itself, { ours: factors });
    expect(found.map(({ factor }) => factor)).toEqual(["alpha", ...given.factors]);
    [0, 1, 0, 0].forEach((expected, j) => {
      expect(found[j]!.coefficient).toBeCloseTo(expected, 9);
    });
    expect(found[0]!.r2).toBeCloseTo(1, 12);
  });

  it("use the dates that panel and factors share, matched by date", () => {
    const late = without((date) => date < "2020-06" || date === "2021-03-31");
    const found = factorRegressions(panel, { late });
    expect(found[0]).toMatchObject({
      vintage: "late",
      from: "2020-06-30",
      through: panel.dates.at(-1),
      n: MONTHS - 6,
    });
    const shifted = factorRegressions(
      panel,
      { ours: factors },
      { from: "2020-06", through: "2026-12" },
    );
    expect(shifted[0]).toMatchObject({ from: "2020-06-30", n: MONTHS - 5 });
  });

  it("leave out a date on which the coin has no return, for that coin alone", () => {
    const gap = {
      ...panel,
      coinLogReturns: panel.coinLogReturns.with(20, none),
    };
    const found = factorRegressions(gap, { ours: factors });
    expect(found.map(({ n }) => n)).toEqual([
      ...Array(4).fill(MONTHS - 1),
      ...Array(4).fill(MONTHS),
    ]);
  });

  it("have coefficients but no tests for fewer than 24 dates", () => {
    const short = factorRegressions(
      panel,
      { ours: factors },
      { from: panel.dates[0]!, through: panel.dates[22]! },
    );
    for (const row of short) {
      expect(row).toMatchObject({
        n: 23,
        tStat: none,
        pValue: none,
        lower: none,
        upper: none,
        automaticPValue: none,
        slopesF: none,
        slopesPValue: none,
      });
      expect(row.coefficient).not.toBeNaN();
    }
  });

  it("come by vintage, then by coin", () => {
    const two = factorRegressions(panel, { first: factors, second: factors });
    expect(two.map(({ vintage }) => vintage)).toEqual([
      ...Array(8).fill("first"),
      ...Array(8).fill("second"),
    ]);
    expect(two.slice(8).map((row) => ({ ...row, vintage: "first" }))).toEqual(two.slice(0, 8));
  });

  it("leave panel and factors unchanged", () => {
    const before = structuredClone([panel, factors]);
    factorRegressions(panel, { ours: factors });
    expect([panel, factors]).toEqual(before);
  });
});

describe("the two vintages of the factors", () => {
  let latest: DatedSeries;
  let earlier: DatedSeries;
  beforeAll(async () => {
    latest = await readDated(shippedFile("factors-monthly.csv"));
    earlier = await readDated(shippedFile("factors-monthly-2024-08.csv"));
  });

  it("have the publisher's values of 2018", () => {
    expect([...earlier.values.slice(0, 6)]).toEqual([
      0.0557, -0.0317, -0.0128, -0.0075, -0.0091, 0.0012,
    ]);
    expect([...latest.values.slice(0, 6)]).toEqual([
      0.0558, -0.0321, -0.0132, -0.0075, -0.0105, 0.0011,
    ]);
  });

  it("agree with the report in the later one only", async () => {
    const printed = await readDated(shippedFile("reported/factors.csv"));
    const agreeing = (vintage: DatedSeries) =>
      compareReported(printed, vintage).filter(({ agrees }) => agrees);
    expect(agreeing(latest)).toHaveLength(6);
    expect(agreeing(earlier).length).toBeLessThan(6);
  });

  it("differ by less than 0.4 percentage points through 2023", () => {
    const largest = compareReported(earlier, latest).map(({ differences }) =>
      Math.max(...differences.slice(0, 72)),
    );
    [0.14, 0.27, 0.37, 0.27, 0.31, 0.01].forEach((most, f) => {
      expect(100 * largest[f]!).toBeCloseTo(most, 6);
    });
  });

  it("give the coins the same loadings within half a standard error", async () => {
    const study = await studyPanel();
    const rows = factorRegressions(
      study,
      {
        latest: await readFactors(STUDY),
        earlier: await readFactors({
          factors: shippedFile("factors-monthly-2024-08.csv"),
          frequency: "monthly",
        }),
      },
      { from: "2018-01", through: "2024-08" },
    );
    const half = rows.length / 2;
    rows.slice(0, half).forEach((row, i) => {
      const other = rows[half + i]!;
      expect([other.coin, other.factor, other.n]).toEqual([row.coin, row.factor, 80]);
      expect(Math.abs(row.coefficient - other.coefficient) / row.standardError).toBeLessThan(0.5);
    });
  });

  it("merge with the panel into the report's rows of Step 7", async () => {
    const merged = mergedSeries(returnsOf(await studyPanel()), latest);
    expect(merged.dates).toHaveLength(83);
    const printed = mergedSeries(
      await readDated(shippedFile("reported/returns.csv")),
      await readDated(shippedFile("reported/factors.csv")),
    );
    expect(merged.names).toEqual(printed.names);
    expect(
      compareReported(printed, merged)
        .filter(({ agrees }) => agrees)
        .map(({ series }) => series),
    ).toEqual(["FIAT", "Mkt-RF", "SMB", "HML", "RMW", "CMA", "RF"]);
  });
});
