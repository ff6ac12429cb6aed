/** Fama-French factors: their file, and the panels that take them as predictors or as hedges. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pathEstimator } from "../lib/src/betas/estimator.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { factorGain } from "../lib/src/comparing/factor-gain.js";
import { factorRegressions } from "../lib/src/comparing/factor-regressions.js";
import { readFactors, readPanel } from "../lib/src/data/panel-file.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import {
  factorGap,
  factorSeries,
  factorsOn,
  NO_FACTORS,
  withFactorMarkets,
  withPredictors,
} from "../lib/src/panel/factors.js";
import { STUDY } from "../lib/src/study.js";
import { DataError, type Factors, type Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const file = (...lines: readonly string[]) =>
  write(join(folder, `${written++}.csv`), `${lines.join("\n")}\n`);

/** 2018-01 to 2018-04. */
const PANEL: Panel = seededPanel(4, ["A", "B"], ["X", "Y"]);
/** One month more on both sides, and numbers that tell month and factor. */
const FACTORS: Factors = {
  dates: ["2017-12-31", ...PANEL.dates, "2018-05-31"],
  names: ["Mkt-RF", "SMB", "HML"],
  simpleReturns: Float64Array.from(
    { length: 18 },
    (_, at) => (Math.floor(at / 3) + 0.1 * (at % 3)) / 100,
  ),
  riskFree: new Float64Array(6).fill(0.001),
};
/** Of the panel's first month on. */
const EXPECTED = [1, 2, 3, 4].map((month) => [0, 1, 2].map((f) => (month + 0.1 * f) / 100));

describe("withPredictors", () => {
  it("adds all factors of the panel's dates, whatever rows there are before and after", () => {
    const { predictors, ...rest } = withPredictors(PANEL, FACTORS);
    expect(rest).toEqual(PANEL);
    expect(predictors!.names).toEqual(FACTORS.names);
    expect([...predictors!.values]).toEqual(EXPECTED.flat());
  });

  it("goes by date, not by row: months that the panel leaves out are left out", () => {
    const gappy: Panel = {
      ...PANEL,
      dates: [0, 3].map((t) => PANEL.dates[t]!),
      coinLogReturns: PANEL.coinLogReturns.slice(0, 4),
      marketLogReturns: PANEL.marketLogReturns.slice(0, 4),
    };
    expect([...withPredictors(gappy, FACTORS).predictors!.values]).toEqual([
      ...EXPECTED[0]!,
      ...EXPECTED[3]!,
    ]);
  });

  it("lets a missing return flow through", () => {
    const simpleReturns = FACTORS.simpleReturns.slice();
    simpleReturns[7] = Number.NaN;
    const { predictors } = withPredictors(PANEL, { ...FACTORS, simpleReturns });
    expect([...predictors!.values].map(Number.isNaN).indexOf(true)).toBe(4);
  });
});

describe("withFactorMarkets", () => {
  it("adds the named factors after the markets, in the order asked for, as log returns", () => {
    const panel = withFactorMarkets(PANEL, FACTORS, ["HML", "SMB"]);
    expect(panel.markets).toEqual(["X", "Y", "HML", "SMB"]);
    const { markets: _, marketLogReturns, ...rest } = panel;
    expect({ ...PANEL, ...rest }).toEqual(PANEL);
    EXPECTED.forEach(([, smb, hml], t) => {
      const [x, y, third, fourth] = marketLogReturns.slice(4 * t, 4 * t + 4);
      expect([x, y]).toEqual([...PANEL.marketLogReturns.slice(2 * t, 2 * t + 2)]);
      expect(third).toBeCloseTo(Math.log(1 + hml!), 15);
      expect(fourth).toBeCloseTo(Math.log(1 + smb!), 15);
    });
    expect(marketLogReturns).toHaveLength(16);
  });

  it("is the panel itself where no factor is named", () => {
    expect(withFactorMarkets(PANEL, FACTORS, [])).toEqual(PANEL);
  });

  it("keeps predictors, and the other way round", () => {
    const names = ["SMB"];
    expect(withFactorMarkets(withPredictors(PANEL, FACTORS), FACTORS, names)).toEqual(
      withPredictors(withFactorMarkets(PANEL, FACTORS, names), FACTORS),
    );
  });

  it("refuses a name that is no factor", () => {
    const refused = () => withFactorMarkets(PANEL, FACTORS, ["SMB", "UMD"]);
    expect(refused).toThrow(RangeError);
    expect(refused).toThrow(
      "withFactorMarkets: there is no factor UMD, there are Mkt-RF, SMB, HML; name one of these",
    );
  });
});

describe.each([
  ["withPredictors", withPredictors],
  [
    "withFactorMarkets",
    (panel: Panel, factors: Factors) => withFactorMarkets(panel, factors, ["SMB"]),
  ],
] as const)("%s", (name, add) => {
  it("refuses factors that lack a date of the panel, and names it", () => {
    const late = {
      ...PANEL,
      dates: [...PANEL.dates.slice(0, 3), "2018-06-30"],
    };
    expect(() => add(late, FACTORS)).toThrow(RangeError);
    expect(() => add(late, FACTORS)).toThrow(
      `${name}: the factors must have every date of the panel, but they have 2017-12-31 to 2018-05-31 without 2018-06-30; use factors that reach as far`,
    );
  });

  it("leaves panel and factors unchanged", () => {
    const before = structuredClone([PANEL, FACTORS]);
    const panel = add(PANEL, FACTORS);
    panel.marketLogReturns === PANEL.marketLogReturns || panel.marketLogReturns.fill(9);
    panel.predictors?.values.fill(9);
    expect([PANEL, FACTORS]).toEqual(before);
  });
});

describe("readFactors", () => {
  it("reads factors in the file's order, the risk-free return apart, wherever its column stands", async () => {
    const path = file(
      "date,SMB,RF,HML",
      "2018-01-31,0.01,0.0011,-0.02",
      "2018-02-28,0.03,0.0012,0.04",
      "2018-03-31,,0.0013,0.05",
    );
    const factors = await readFactors({ factors: path, frequency: "monthly" });
    expect(factors).toEqual({
      dates: ["2018-01-31", "2018-02-28", "2018-03-31"],
      names: ["SMB", "HML"],
      simpleReturns: Float64Array.of(...[0.01, -0.02], ...[0.03, 0.04], ...[Number.NaN, 0.05]),
      riskFree: Float64Array.of(0.0011, 0.0012, 0.0013),
    });
  });

  it("refuses a file without the risk-free return, and says what it has", async () => {
    const path = file("date,Mkt-RF,SMB", "2018-01-31,0.01,0.02");
    const refused = readFactors({ factors: path, frequency: "monthly" });
    await expect(refused).rejects.toBeInstanceOf(DataError);
    await expect(refused).rejects.toThrow(
      `${path}: has no column RF, it has Mkt-RF, SMB; add the risk-free return of each period, or name a file that has it with riskFree`,
    );
  });

  it.each([
    ["monthly", 0.0558],
    ["weekly", undefined],
  ] as const)("reads the project's own %s file", async (frequency, january) => {
    const { dates, names, simpleReturns, riskFree } = await readFactors({
      factors: shippedFile(`factors-${frequency}.csv`),
      frequency,
    });
    expect(names).toEqual(["Mkt-RF", "SMB", "HML", "RMW", "CMA"]);
    expect(simpleReturns).toHaveLength(5 * dates.length);
    expect(riskFree).toHaveLength(dates.length);
    // Decimals, not percent: no month of the sample lost or won a third.
    expect(simpleReturns.every((f) => Math.abs(f) < 0.33)).toBe(true);
    expect(riskFree.every((rf) => rf >= 0 && rf < 0.01)).toBe(true);
    if (january === undefined) return;
    // Ken French, vintage 2025-12: 2018-01.
    const t = dates.indexOf("2018-01-31");
    expect(simpleReturns[5 * t]).toBeCloseTo(january, 12);
  });

  it("refuses a file of another frequency than the study's", async () => {
    const months = shippedFile("factors-monthly.csv");
    for (const frequency of ["daily", "weekly"] as const)
      await expect(readFactors({ factors: months, frequency })).rejects.toThrow(
        new DataError(
          `${months}: the factors must be ${frequency}, as the returns are, but they are monthly (2018-01-31, 2018-02-28, 2018-03-31 …); name a file of ${frequency} factors in \`factors\``,
        ),
      );
  });

  it("gives none where a study names none", async () => {
    expect(await readFactors({ frequency: "daily" })).toBe(NO_FACTORS);
  });
});

describe("factors of another frequency than the panel, or none at all", () => {
  /** Fridays, four of which end a month. */
  const weekly = async (): Promise<Panel> =>
    readPanel({ ...STUDY, returns: shippedFile("weekly.csv"), frequency: "weekly" });
  const uses = {
    factorsOn: (panel: Panel, factors: Factors) => factorsOn(factors, panel),
    withPredictors,
    withFactorMarkets: (panel: Panel, factors: Factors) =>
      withFactorMarkets(panel, factors, ["SMB"]),
  };

  it.each(Object.entries(uses))("are refused by %s", async (name, use) => {
    const [panel, months] = [await weekly(), await readFactors(STUDY)];
    expect(panel.dates.filter((date) => months.dates.includes(date)).length).toBeGreaterThan(9);
    expect(() => use(panel, months)).toThrow(
      `${name}: the factors must be weekly, as the returns are, but they are monthly (2018-01-31, 2018-02-28, 2018-03-31 …); name a file of weekly factors in \`factors\``,
    );
    expect(() => use(panel, NO_FACTORS)).toThrow(
      `${name}: there must be weekly factors, but this study has none; name a file in \`factors\``,
    );
  });

  it("are refused by factorRegressions and factorGain, on the monthly factors' own dates too", async () => {
    const [panel, months] = [await weekly(), await readFactors(STUDY)];
    expect(() => factorRegressions(panel, { months })).toThrow("the factors must be weekly");
    const splits = [STUDY.split];
    const pooled = pathEstimator("pooled", pooledBeta);
    const candidates = [{ estimator: pooled, update: "updated", hasInputs: false } as const];
    const gain = factorGain(panel, months, {
      marketSets: ["FIAT"],
      candidates,
      designs: [{ splits, samples: [] }],
      bootstrap: { draws: 99, seed: 1, level: 0.95 },
      equity: "EQUITY",
    });
    await expect(gain).rejects.toThrow("the factors must be weekly");
  });

  it("are told from factors of other years, which say nothing of the panel", async () => {
    const months = await readFactors(STUDY);
    expect(factorGap(PANEL, FACTORS)).toBeUndefined();
    expect(factorGap({ frequency: "daily", dates: ["2018-01-31"] }, NO_FACTORS)).toBe(
      "this study has no daily factors; name a file in `factors`",
    );
    expect(factorGap({ frequency: "monthly", dates: ["2000-01-31", "2000-02-29"] }, months)).toBe(
      "no date of this study's panel, 2000-01-31 to 2000-02-29, is among those of its factors, 2018-01-31 to 2025-12-31",
    );
    expect(() => factorGap({ frequency: "weekly", dates: ["2018-08-31"] }, months)).toThrow(
      "factorGap: the factors must be weekly",
    );
  });
});

describe("factorSeries", () => {
  it("has RF as its last series", () => {
    const { names, values } = factorSeries(FACTORS);
    expect(names).toEqual(["Mkt-RF", "SMB", "HML", "RF"]);
    expect([...values.slice(0, 8)]).toEqual([0, 0.001, 0.002, 0.001, ...EXPECTED[0]!, 0.001]);
    expect(factorSeries(NO_FACTORS)).toEqual({
      dates: [],
      names: ["RF"],
      values: new Float64Array(),
    });
  });
});

describe("factorsOn", () => {
  it("matches factors by date, and is NaN where they have Number.NaN", () => {
    const known: Factors = {
      dates: ["2020-01-31", "2020-03-31"],
      names: ["Mkt-RF", "SMB"],
      simpleReturns: Float64Array.of(1, 2, 3, 4),
      riskFree: Float64Array.of(5, 6),
    };
    expect(factorsOn(known, { frequency: "monthly", dates: ["2020-02-29", "2020-03-31"] })).toEqual(
      {
        dates: ["2020-02-29", "2020-03-31"],
        names: ["Mkt-RF", "SMB"],
        simpleReturns: Float64Array.of(Number.NaN, Number.NaN, 3, 4),
        riskFree: Float64Array.of(Number.NaN, 6),
      },
    );
    expect(() => factorsOn(known, { frequency: "monthly", dates: ["2019-01-31"] })).toThrow(
      new RangeError(
        "factorsOn: the factors must have dates of 2019-01-31 to 2019-01-31, but they have 2020-01-31 to 2020-03-31; take factors of these dates",
      ),
    );
  });
});
