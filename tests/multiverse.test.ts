/** Two claims in every specification: what each specification is, and how many lie where. */

import { describe, expect, it } from "vitest";
import { rollingBeta } from "../lib/src/betas/rolling.js";
import { factorGain } from "../lib/src/comparing/factor-gain.js";
import { gainCandidates } from "../lib/src/comparing/gain-candidates.js";
import {
  FACTOR_GAIN_CURVE,
  figureSpecificationCurve,
} from "../lib/src/figures/specification-curve.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { column, selectMarkets } from "../lib/src/panel/panel.js";
import { walkForwardSplits } from "../lib/src/panel/walk-forward.js";
import { stream } from "../lib/src/random.js";
import { type CoMovementOptions, coMovements } from "../lib/src/report/multiverse/co-movement.js";
import { factorGains } from "../lib/src/report/multiverse/factor-gains.js";
import { multiverse } from "../lib/src/report/multiverse/multiverse.js";
import { equityForms, type Specification } from "../lib/src/report/multiverse/specification.js";
import { correlation } from "../lib/src/stats/correlation.js";
import { mean, rootMeanSquare } from "../lib/src/stats/moments.js";
import { tableMultiverse } from "../lib/src/tables/multiverse.js";
import type { Factors } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const PANEL = seededPanel(84, ["A", "B"], ["FIAT", "EQUITY"]);
const draw = stream("multiverse");
const FACTORS: Factors = {
  dates: PANEL.dates,
  names: ["Mkt-RF", "SMB"],
  simpleReturns: Float64Array.from({ length: 168 }, () => 0.1 * (draw.uniform() - 0.5)),
  riskFree: new Float64Array(84),
};
const OPTIONS: CoMovementOptions = {
  market: "EQUITY",
  equity: "EQUITY",
  lookbacks: [6, 12],
  from: ["2020", "2021"],
  draws: 199,
  seed: 1,
};
const found = coMovements(PANEL, OPTIONS);
const specified = (choices: Partial<Specification>, among = found) =>
  among.find((specification) =>
    Object.entries(choices).every(([key, value]) =>
      Object.is(specification[key as keyof Specification], value),
    ),
  )!;
const coin = (i: number, from: number) => column(PANEL.coinLogReturns, 2, i).slice(from);
const equity = (from: number) => column(PANEL.marketLogReturns, 2, 1).slice(from);

describe("coMovements", () => {
  it("has every combination of sample, estimator, intercept and coin once", () => {
    expect(found).toHaveLength(2 * 3 * 2 * 3);
    expect(new Set(found.map((row) => JSON.stringify(row))).size).toBe(36);
    expect(new Set(found.map((row) => row.from))).toEqual(new Set(["2020-01-31", "2021-01-31"]));
    expect(new Set(found.map((row) => row.n))).toEqual(new Set([60, 48]));
  });

  it("is the correlation for one regression with an intercept, the uncentred one without", () => {
    const from = "2020-01-31";
    const [r, f] = [coin(0, 24), equity(24)];
    const choices = { from, coin: "A", estimator: "ols" };
    expect(specified({ ...choices, intercept: "yes" }).estimate).toBeCloseTo(correlation(r, f), 12);
    expect(specified({ ...choices, intercept: "no" }).estimate).toBeCloseTo(
      mean(r.map((v, t) => v * f[t]!)) / rootMeanSquare(r) / rootMeanSquare(f),
      12,
    );
  });

  it("is the mean of the rolling betas that are known before each target, in standard deviations", () => {
    const choices = { from: "2021-01-31", estimator: "rolling", lookback: 6 };
    const path = rollingBeta(selectMarkets(PANEL, ["EQUITY"]), { lookback: 6 });
    const expected = [0, 1].map((i) => {
      const betas = Array.from({ length: 48 }, (_, t) => path.values[(36 + t) * 2 + i]!);
      return (mean(betas) * rootMeanSquare(equity(36))) / rootMeanSquare(coin(i, 36));
    });
    expect(specified({ ...choices, intercept: "no", coin: "A" }).estimate).toBeCloseTo(
      expected[0]!,
      10,
    );
    expect(specified({ ...choices, intercept: "no", coin: "all" }).estimate).toBeCloseTo(
      mean(expected),
      10,
    );
  });

  it("has intervals around the estimates, and the same for coins of another scale", () => {
    for (const { lower, estimate, upper } of found) {
      expect(lower).toBeLessThan(estimate);
      expect(upper).toBeGreaterThan(estimate);
    }
    const larger = coMovements(
      { ...PANEL, coinLogReturns: PANEL.coinLogReturns.map((r) => 8 * r) },
      OPTIONS,
    );
    larger.forEach((row, i) => {
      expect(row.estimate).toBeCloseTo(found[i]!.estimate, 12);
      expect(row.lower).toBeCloseTo(found[i]!.lower, 12);
    });
  });

  it("begins where the longest window is full, and leaves samples of fewer than 24 dates out", () => {
    const early = coMovements(PANEL, {
      ...OPTIONS,
      lookbacks: [6, 30],
      from: ["2018", "2023-02", "2030"],
    });
    expect(new Set(early.map((row) => row.from))).toEqual(new Set(["2020-07-31"]));
    expect(new Set(early.map((row) => row.n))).toEqual(new Set([54]));
  });

  it("does not look at what comes before the longest window", () => {
    const changed = PANEL.coinLogReturns.map((r, at) => (at < 2 * 24 ? 9 : r));
    const later = { ...OPTIONS, from: ["2021"] };
    expect(coMovements({ ...PANEL, coinLogReturns: changed }, later)).toEqual(
      coMovements(PANEL, later),
    );
  });
});

describe("equityForms", () => {
  it("puts the market factor's log return in the place of the equity market, under its name", () => {
    const [own, factor] = equityForms(PANEL, FACTORS, "EQUITY");
    expect(own).toEqual({ equity: "EQUITY", panel: PANEL });
    expect(factor!.equity).toBe("Mkt-RF");
    expect(factor!.panel.markets).toEqual(PANEL.markets);
    const [fiat, replaced] = [0, 1].map((k) => column(factor!.panel.marketLogReturns, 2, k));
    expect(fiat).toEqual(column(PANEL.marketLogReturns, 2, 0));
    expect(replaced![5]).toBe(Math.log(1 + FACTORS.simpleReturns[10]!));
  });
});

const GAINS = {
  market: "EQUITY",
  equity: "EQUITY",
  marketSets: ["FIAT", "FIAT+EQUITY"],
  windows: [12],
  inputs: [3],
  fitFrom: "2018-06",
  from: ["2021", "2022"],
  through: "2024-12",
  draws: 199,
  seed: 1,
};

describe("factorGains", () => {
  it("gives the changes of factorGain in percent", async () => {
    const gains = await factorGains(PANEL, FACTORS, GAINS);
    const test = { from: "2022-01", through: "2024-12" };
    const splits = walkForwardSplits(PANEL.dates, {
      from: "2018-06",
      lookback: 0,
      test,
      refit: "yearly",
    });
    const pooled = gainCandidates(simdTrainer(), {
      lookback: 12,
      starts: [],
      grid: { hidden: [], learningRates: [], activations: [], replicates: 1 },
      epochs: 1,
      seed: 1,
    }).filter(({ estimator }) => estimator.id === "pooled");
    const [row] = await factorGain(PANEL, FACTORS, {
      marketSets: ["FIAT"],
      candidates: pooled,
      designs: [{ splits, samples: [{ name: "2022", range: test }] }],
      bootstrap: { draws: 199, seed: 1, level: 0.95 },
      equity: "EQUITY",
    });
    expect(
      specified(
        {
          estimator: "pooled updated, B",
          marketSet: "FIAT",
          from: "2022-01-31",
        },
        gains,
      ),
    ).toMatchObject({
      n: 36,
      estimate: 100 * row!.change,
      lower: 100 * row!.lower,
      upper: 100 * row!.upper,
    });
    // Two years of: four OLS rows and a rolling one on two sets; a ridge, twice, on the single one.
    expect(gains).toHaveLength(2 * (2 * 5 + 2));
    expect(gains.filter(({ lookback }) => Number.isNaN(lookback))).toHaveLength(16);
  }, 30_000);
});

describe("multiverse", () => {
  it("runs both claims with the equity market and with the market factor, on sets with equities only", async () => {
    const steps: number[] = [];
    const { windows: _, equity: __, from: ___, ...shared } = GAINS;
    const all = await multiverse(PANEL, FACTORS, {
      ...shared,
      windows: [4, 12],
      years: ["2020"],
      testYears: ["2022"],
      onProgress: (done) => steps.push(done),
    });
    expect(steps).toEqual([1, 2]);
    const count = (choices: Partial<Specification>) =>
      all.filter((s) =>
        Object.entries(choices).every(([key, value]) => s[key as keyof Specification] === value),
      ).length;
    for (const equity of ["EQUITY", "Mkt-RF"])
      expect(count({ claim: "co-movement", equity })).toBe(3 * 2 * 3);
    expect(count({ equity: "Mkt-RF", marketSet: "FIAT" })).toBe(0);
    expect(count({ equity: "EQUITY", marketSet: "FIAT" })).toBe(5 + 2);
    // A window of four periods fits two hedges and two factors perfectly.
    expect(count({ claim: "factor gain", lookback: 4 })).toBe(0);
    expect(count({ claim: "factor gain", estimator: "ridge frozen, A" })).toBe(1);
  }, 30_000);
});

const made = (lower: number, upper: number): Specification => ({
  ...found[0]!,
  estimate: (lower + upper) / 2,
  lower,
  upper,
});
const REGION = { lower: 2, upper: 3 };
const MADE = [
  made(2.1, 2.9),
  made(1, 2),
  made(3, 4),
  made(2.5, 3.5),
  made(0, 9),
  made(Number.NaN, Number.NaN),
];

describe("the specification curve", () => {
  const figure = figureSpecificationCurve(
    [...MADE.slice(0, 5), { ...made(-3, -1), coin: "B" }],
    {
      id: "curve",
      region: REGION,
      title: "made up, %",
      choices: { coin: (row) => row.coin },
    },
    "monthly",
  );
  const traces = figure.data as {
    name?: string;
    x: number[];
    y: number[];
  }[];

  it("orders the estimates, and tells places apart", () => {
    expect(traces.slice(0, 3).map(({ name }) => name)).toEqual([
      "inside the claim (1)",
      "overlaps the claim (2)",
      "outside the claim (3)",
    ]);
    const all = traces.slice(0, 3).flatMap(({ x, y }) => x.map((at, i) => [at, y[i]!]));
    all.sort((a, b) => a[0]! - b[0]!);
    expect(all.map(([, y]) => y)).toEqual([-2, 1.5, 2.5, 3, 3.5, 4.5]);
  });

  it("marks the choice of each below it, on the line of its name", () => {
    const { tickvals, ticktext } = (
      figure.layout as { yaxis2: { tickvals: number[]; ticktext: string[] } }
    ).yaxis2;
    expect(ticktext).toEqual(["<b>coin</b>", "B", "all"]);
    const marks = traces[3]!;
    expect(marks.x).toEqual([0, 1, 2, 3, 4, 5]);
    expect(marks.y.map((y) => ticktext[tickvals.indexOf(y)])).toEqual([
      "B",
      ...new Array(5).fill("all"),
    ]);
  });

  it("calls a look-back by its years, of 52 weeks or twelve months", () => {
    const years = FACTOR_GAIN_CURVE.choices["look-back, years"]!;
    const some = [
      { lookback: 104, frequency: "weekly" },
      { lookback: 36, frequency: "monthly" },
      { lookback: Number.NaN, frequency: "monthly" },
    ];
    expect(some.map((row) => years(row as Specification))).toEqual(["2", "3", "all"]);
  });

  it("says in words what it shows", () => {
    expect(figure.alt).toContain("6 estimates from -2.00 to 4.50");
  });
});

it("the table has a row per specification", () => {
  const table = tableMultiverse(found);
  expect(table.id).toBe("multiverse");
  expect(table.rows).toHaveLength(36);
  expect(table.columns.map(({ key }) => key)).toEqual(Object.keys(found[0]!));
});
