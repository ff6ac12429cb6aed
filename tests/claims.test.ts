/** The ledger: every claim of the report is measured, on data where the truth is known it is found, and the table says what the rule says. */

import { beforeAll, describe, expect, it } from "vitest";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { walkForward } from "../lib/src/comparing/walk-forward.js";
import { readDated, readFactors, readPanel, readRecords } from "../lib/src/data/panel-file.js";
import { figureClaims } from "../lib/src/figures/claims.js";
import { neuralEstimator } from "../lib/src/models/neural-estimator.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { isoDate } from "../lib/src/panel/calendar.js";
import { datesAfter, HALVINGS } from "../lib/src/panel/events.js";
import { panelThrough, selectMarkets } from "../lib/src/panel/panel.js";
import { stream } from "../lib/src/random.js";
import {
  above,
  type ClaimInputs,
  type MeasuredClaim,
  type PrintedClaim,
  printedClaims,
  printedConfigurations,
} from "../lib/src/report/claims/claim.js";
import { discussionClaims } from "../lib/src/report/claims/discussion.js";
import { type ClaimRow, claimLedger, measuredClaims } from "../lib/src/report/claims/ledger.js";
import { chosenPaths, claimSplits, rmsePercent } from "../lib/src/report/claims/networks.js";
import {
  adjustedR2,
  betaDifference,
  blockLengthOf,
  coinWeight,
  marketCorrelation,
  meanCoin,
  pooledOn,
  topDates,
  trailing,
} from "../lib/src/report/claims/samples.js";
import { step5Claims } from "../lib/src/report/claims/step-5.js";
import { studentMeasurement } from "../lib/src/report/measurement.js";
import { reportedStatistics } from "../lib/src/report/reported-statistics.js";
import { VERDICTS } from "../lib/src/report/verdict.js";
import { holmPValues } from "../lib/src/stats/multiple-testing.js";
import { regression } from "../lib/src/stats/ols.js";
import { STUDY, shippedFile } from "../lib/src/study.js";
import { claimPhrase, tableClaimRules, tableClaims } from "../lib/src/tables/claims.js";
import { tableCsv } from "../lib/src/tables/table.js";
import type { Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const CHANCE = { draws: 499, seed: 1 };

/** A claim above 0 with an estimate so many standard errors from it. */
const measured = (id: string, errors: number, n = 60): MeasuredClaim => ({
  id,
  statistic: `what ${id} is`,
  region: above(0),
  measurement: studentMeasurement(errors, 1, n - 1, n, "t"),
});
const printed = (id: string, step: string, about = ""): PrintedClaim => ({
  id,
  step,
  claim: `words of ${id}`,
  about,
  reported: Number.NaN,
});

describe("claimLedger", () => {
  const claims = [
    printed("a", "1"),
    printed("b", "1"),
    printed("c", "1", "one of two"),
    printed("d", "2"),
    printed("e", "2"),
  ];
  const rows = claimLedger(claims, [
    measured("e", 3, 12),
    measured("d", 2.2),
    measured("c", -4),
    measured("b", 2.2),
    measured("a", 0.5),
  ]);

  it("keeps the order of the printed claims", () => {
    expect(rows.map(({ id }) => id)).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("corrects p-values within each step, over the claims that can be tested", () => {
    const alone = (errors: number) => measured("x", errors).measurement.pValue(0);
    const step1 = holmPValues([alone(0.5), alone(2.2), alone(-4)]);
    expect(rows.map(({ pValue }) => pValue)).toEqual([...step1, alone(2.2), Number.NaN]);
  });

  it("gives the same measurement another verdict among more claims", () => {
    expect(rows.map(({ verdict }) => verdict)).toEqual([
      "not supported",
      "not supported",
      "contradicted",
      "supported",
      "cannot be tested",
    ]);
    expect(rows[1]!.lower).toBeGreaterThan(0);
  });

  it("shows a number, but no interval, where nothing can be tested", () => {
    expect(rows[4]).toMatchObject({ measured: 3, n: 12 });
    expect([rows[4]!.lower, rows[4]!.upper]).toEqual([Number.NaN, Number.NaN]);
  });

  it("refuses a claim without a measurement, with two, and a measurement without a claim", () => {
    const one = [printed("a", "1")];
    expect(() => claimLedger(one, [])).toThrow(
      "claimLedger: every printed claim must be measured once, but a is 0 times; measure it, or take it out of the file",
    );
    expect(() => claimLedger(one, [measured("a", 1), measured("a", 1)])).toThrow(
      "but a is 2 times",
    );
    expect(() => claimLedger(one, [measured("a", 1), measured("b", 1)])).toThrow(
      "claimLedger: every measured claim must be printed, but b is not; add it to the file",
    );
  });

  describe("as a table", () => {
    const table = tableClaims(rows, "made up");

    it("has the columns that other programs rely on", () => {
      expect(table.id).toBe("claims");
      expect(tableCsv(table).split("\n")[0]).toBe(
        "id,step,claim,reported,measured,lower,upper,pValue,n,verdict",
      );
      expect(table.rows[2]![2]).toBe("words of c (one of two)");
    });

    it("states what is measured, where it is true, and how the interval is made", () => {
      const rules = tableClaimRules([
        ...rows.slice(0, 1),
        { ...rows[1]!, region: { lower: -Infinity, upper: 0.05 } },
        { ...rows[2]!, region: { lower: -0.25, upper: 20 } },
      ]);
      expect(rules.rows).toEqual([
        ["a", "1", "what a is", "above 0", "t"],
        ["b", "1", "what b is", "below 0.05", "t"],
        ["c", "1", "what c is", "−0.25 to 20", "t"],
      ]);
    });

    it("says a claim in words, and knows no other", () => {
      expect(claimPhrase(rows, "c", " %")).toBe("−4.00 % (−6.00 to −2.00: contradicted)");
      expect(claimPhrase(rows, "e")).toBe("3.00 (n 12: cannot be tested)");
      expect(() => claimPhrase(rows, "z")).toThrow(
        "claimPhrase: there is no claim z, there are a, b, c, d, e; name one of these",
      );
    });
  });

  describe("as a figure", () => {
    const { data, layout, alt } = figureClaims(rows, "made up");
    const traces = data as { name: string; x: number[]; y: number[] }[];

    it("has a trace per verdict, with their number", () => {
      expect(traces.map(({ name }) => name)).toEqual([
        "supported (1)",
        "not supported (2)",
        "contradicted (1)",
        "cannot be tested (1)",
      ]);
      expect(alt).toContain("contradicted: 1");
    });

    it("draws what is contradicted on the left, what cannot be tested at zero, each on the line of its name", () => {
      const { tickvals, ticktext } = (
        layout as { yaxis: { tickvals: number[]; ticktext: string[] } }
      ).yaxis;
      const at = (name: string) => tickvals[ticktext.indexOf(name)];
      expect(traces[2]!.x[0]).toBeCloseTo(-2, 2);
      expect(traces[2]!.y).toEqual([at("c")]);
      expect(traces[3]!.x).toEqual([0]);
      expect(traces[3]!.y).toEqual([at("e")]);
      expect(ticktext).toContain("<b>Step 2</b>");
    });

    it("cuts what lies further than six half-widths", () => {
      const far = claimLedger([printed("a", "1")], [measured("a", 50)]);
      const [supported] = figureClaims(far, "made up").data as typeof traces;
      expect(supported!.x).toEqual([6]);
    });
  });
});

describe("the report's claims", () => {
  let claims: PrintedClaim[];
  beforeAll(async () => {
    claims = printedClaims(await readRecords(shippedFile("reported/claims.csv")));
  });

  it("are at least twenty, each with an id of its own, from all steps of the report", () => {
    expect(claims.length).toBeGreaterThanOrEqual(20);
    expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
    expect([...new Set(claims.map(({ step }) => step))]).toEqual([
      "0",
      "1",
      "2",
      "3",
      "4",
      "5",
      "7",
      "9",
      "Discussion",
    ]);
  });

  it("have the numbers that the printed tables have", async () => {
    const reported = (id: string) => claims.find((claim) => claim.id === id)!.reported;
    const sample = await readRecords(shippedFile("reported/search-sample.csv"));
    const rmse = (hidden: string, activation: string) =>
      Number(sample.find((r) => r.hidden === hidden && r.activation === activation)!.valRmse);
    expect(reported("linear-4-8")).toBeCloseTo(rmse("4", "linear") - rmse("8", "linear"), 10);
    expect(reported("linear-tanh")).toBeCloseTo(rmse("4", "linear") - rmse("4", "tanh"), 10);
    const best = await readRecords(shippedFile("reported/search-best.csv"));
    expect(reported("optimal")).toBe(Math.min(...best.map(({ valRmse }) => Number(valRmse))));
    const rows = reportedStatistics(await readRecords(shippedFile("reported/beta-statistics.csv")));
    const average = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
    for (const market of ["EQUITY", "ENERGY"])
      expect(reported(`mean-${market.toLowerCase()}-2023`)).toBeCloseTo(
        average(rows.filter((r) => r.market === market).map((r) => r.mean)),
        4,
      );
    expect(reported("kurtosis-2023")).toBeCloseTo(average(rows.map(({ kurtosis }) => kurtosis)), 4);
  });
});

describe("measuredClaims", () => {
  let inputs: ClaimInputs;
  let rows: ClaimRow[];
  /** The study with few small networks, and few draws. */
  const options = {
    ...STUDY,
    marketSets: ["FIAT", "EQUITY", "GOLD", "ENERGY", STUDY.markets.join("+")],
    grid: {
      hidden: [4],
      learningRates: [0.001],
      activations: STUDY.grid.activations,
      replicates: 2,
    },
    epochs: 6,
    bootstrap: { draws: 99 },
  };
  beforeAll(async () => {
    const claims = printedClaims(await readRecords(shippedFile("reported/claims.csv")));
    inputs = {
      panel: await readPanel(STUDY),
      weekly: await readPanel({
        ...STUDY,
        returns: shippedFile("weekly.csv"),
        frequency: "weekly",
      }),
      factors: await readFactors(STUDY.factors),
      trainer: simdTrainer(),
      returns: await readDated(shippedFile("reported/returns.csv")),
      statistics: reportedStatistics(
        await readRecords(shippedFile("reported/beta-statistics.csv")),
      ),
      configurations: printedConfigurations(
        await readRecords(shippedFile("reported/search-best.csv")),
      ),
      claims,
      options,
    };
    const steps: number[] = [];
    rows = claimLedger(claims, await measuredClaims(inputs, (done) => steps.push(done)));
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }, 60_000);

  it("measures every printed claim once, with a number", () => {
    expect(rows.filter((row) => !Number.isFinite(row.measured))).toEqual([]);
    for (const row of rows) expect(VERDICTS).toContain(row.verdict);
  });

  it("cannot test what the report prints of twelve months, or of five", () => {
    expect(rows.filter((row) => row.verdict === "cannot be tested").map((r) => r.id)).toEqual([
      "equity-column",
      "optimal",
      "mean-equity-2023",
      "mean-energy-2023",
      "kurtosis-2023",
    ]);
  });

  it("has an interval around every number that is tested, from 24 dates or networks on", () => {
    for (const row of rows.filter((r) => r.verdict !== "cannot be tested")) {
      expect(row.n).toBeGreaterThanOrEqual(24);
      expect(row.lower).toBeLessThanOrEqual(row.measured);
      expect(row.upper).toBeGreaterThanOrEqual(row.measured);
      expect(row.pValue).toBeGreaterThanOrEqual(0);
    }
  });

  it("finds the report's lowest RMSE above that of no hedge, and its kurtosis below that of normal samples", () => {
    const of = (id: string) => rows.find((row) => row.id === id)!;
    expect(of("optimal").measured).toBeCloseTo(0.2463, 4);
    expect(of("optimal").measured).toBeLessThan(of("optimal").reported);
    expect(of("kurtosis-2023").measured).toBeCloseTo(2.0513 - 33 / 13, 3);
  });

  it("chooses among all configurations what the estimator of the ladder chooses", async () => {
    const panel = panelThrough(selectMarkets(inputs.panel, ["EQUITY"]), "2022-12");
    const splits = claimSplits(panel, options);
    const { all, linear } = await chosenPaths(panel, inputs, splits, {
      all: () => true,
      linear: (row) => row.activation === "linear",
    });
    const ladder = await walkForward(
      panel,
      neuralEstimator("glorot", inputs.trainer, options),
      splits,
      { update: "frozen" },
    );
    expect(all!.values).toEqual(ladder.values);
    const only = await walkForward(
      panel,
      neuralEstimator("glorot", inputs.trainer, {
        ...options,
        grid: { ...options.grid, activations: ["linear"] },
      }),
      splits,
      { update: "frozen" },
    );
    expect(linear!.values).toEqual(only.values);
    await expect(chosenPaths(panel, inputs, splits, { none: () => false })).rejects.toThrow(
      "chosenPaths: the grid must hold a configuration for none, but it has none; add it to the grid",
    );
  });
});

/** Weeks of four coins and four markets through the study's years, where betas on EQUITY are what a function of the date says. */
function weeks(beta: (date: string) => number, noise = 0.01): Panel {
  const draw = stream("weeks");
  const dates = Array.from({ length: 361 }, (_, t) =>
    isoDate(Date.UTC(2018, 0, 5) / 86_400_000 + 7 * t),
  );
  const markets = STUDY.markets;
  const marketLogReturns = Float64Array.from({ length: 361 * 4 }, () => 0.02 * draw.normal());
  return {
    frequency: "weekly",
    dates,
    coins: STUDY.coins,
    markets,
    marketLogReturns,
    coinLogReturns: Float64Array.from(
      { length: 361 * 4 },
      (_, at) =>
        noise * draw.normal() +
        beta(dates[Math.floor(at / 4)]!) *
          marketLogReturns[4 * Math.floor(at / 4) + markets.indexOf("EQUITY")]!,
    ),
  };
}

describe("claims about episodes", () => {
  const options = { ...STUDY, bootstrap: { draws: 499 } };
  const verdicts = (weekly: Panel) => {
    const found = step5Claims({ weekly, options });
    return Object.fromEntries(
      claimLedger(
        found.map(({ id }) => printed(id, "5")),
        found,
      ).map(({ id, verdict }) => [id, verdict]),
    );
  };

  it("find betas that rise after halvings and decouple in the second year, and betas that do the opposite", () => {
    const first = new Set(datesAfter(weeks(() => 0).dates, HALVINGS, 365));
    const rising = verdicts(weeks((date) => (first.has(date) ? 1 : 0)));
    expect(rising).toMatchObject({
      early: "supported",
      "rising-halving": "supported",
      decoupling: "supported",
    });
    const falling = verdicts(weeks((date) => (first.has(date) ? 0 : 1)));
    expect(falling).toMatchObject({
      early: "contradicted",
      "rising-halving": "contradicted",
      decoupling: "contradicted",
    });
  });

  it("support nothing where a beta does not move", () => {
    const { early: _, ...moves } = verdicts(weeks(() => 1));
    expect(Object.values(moves)).toEqual(["not supported", "not supported", "not supported"]);
  });

  it("find coins that make a portfolio of the markets safer, and coins that do not", async () => {
    const factors = await readFactors(STUDY.factors);
    const panel = await readPanel(STUDY);
    const outcome = (weekly: Panel, id: string) =>
      discussionClaims({ panel, weekly, factors, options }).find((claim) => claim.id === id)!;
    // Coins with the markets' own risk make a portfolio safer; with ten times their beta they do not.
    const { measurement } = outcome(
      weeks(() => 0),
      "diversification",
    );
    expect(measurement.lower).toBeGreaterThan(0);
    const risky = outcome(
      weeks(() => 10),
      "diversification",
    ).measurement;
    expect(risky.upper).toBeLessThan(0);
  });
});

describe("samples of claims", () => {
  const panel = seededPanel(60, ["A", "B"], ["X", "Y"]);
  const x = Float64Array.from(panel.dates, (_, t) => panel.marketLogReturns[2 * t]!);

  it("average coins by date, and find the pooled beta of the mean coin", () => {
    const coin = meanCoin(panel);
    expect(coin[3]).toBeCloseTo((panel.coinLogReturns[6]! + panel.coinLogReturns[7]!) / 2, 15);
    const pooled = pooledBeta(selectMarkets(panel, ["X"]), { from: "2018" });
    const before = Array.from({ length: 59 }, (_, t) => t);
    expect(pooledOn(coin, x, before)).toBeCloseTo(pooled.values.at(-1)!, 12);
    expect(pooledOn([2, 4], [1, 2], [0, 1])).toBe(2);
    expect(pooledOn([2, 4], [1, 2], [])).toBeNaN();
  });

  it("compare betas inside and outside: exactly, where coins have no noise", () => {
    const inside = panel.dates.filter((date) => date < "2020");
    const outside = panel.dates.filter((date) => date >= "2020-06");
    const exact: Panel = {
      ...panel,
      coinLogReturns: panel.coinLogReturns.map((_, at) => {
        const t = Math.floor(at / 2);
        return (panel.dates[t]! < "2020" ? 3 : 1) * x[t]!;
      }),
    };
    const difference = betaDifference(exact, "X", inside, outside, CHANCE);
    expect(difference.estimate).toBeCloseTo(2, 12);
    expect(difference.lower).toBeCloseTo(2, 12);
    expect(difference.n).toBe(24);
  });

  it("take the top share of dates, and leave dates without a value out", () => {
    const dates = ["a", "b", "c", "d", "e"];
    expect(topDates(dates, [Number.NaN, 1, 4, 2, 3], 0.25)).toEqual({
      inside: ["c"],
      outside: ["b", "d", "e"],
    });
  });

  it("know the periods before a date, not the date itself", () => {
    const seen: number[][] = [];
    const values = trailing(2, 4, (from, to) => {
      seen.push([from, to]);
      return to;
    });
    expect(Array.from(values)).toEqual([Number.NaN, Number.NaN, 2, 3]);
    expect(seen).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });

  it("measure how correlated markets are, whatever the sign", () => {
    const mirrored: Panel = {
      ...panel,
      marketLogReturns: Float64Array.from(panel.dates.flatMap((_, t) => [x[t]!, -x[t]!])),
    };
    expect(marketCorrelation(mirrored, 12)[20]).toBeCloseTo(1, 12);
    expect(marketCorrelation(mirrored, 12)[11]).toBeNaN();
  });

  it("weigh coins as the textbook does: half of two like risks, none of a beta of one", () => {
    const coin = Float64Array.from({ length: 60 }, (_, t) => (t % 4 < 2 ? 0.1 : -0.1));
    const other = Float64Array.from({ length: 60 }, (_, t) => (t % 2 ? 0.1 : -0.1));
    const simple = (of: Float64Array) => of.map((r) => Math.log(1 + r));
    const pair = (c: Float64Array, m: Float64Array): Panel => ({
      ...panel,
      coins: ["A"],
      markets: ["X"],
      coinLogReturns: simple(c),
      marketLogReturns: simple(m),
    });
    const weight = (of: Panel) => coinWeight(of, of.dates, CHANCE).estimate;
    expect(weight(pair(coin, other))).toBeCloseTo(0.5, 12);
    const levered = other.map((m, t) => m + coin[t]!);
    expect(weight(pair(levered, other))).toBeCloseTo(0, 12);
  });

  it("average the adjusted R² of the coins' regressions", () => {
    const coins = [0, 1].map((i) =>
      Float64Array.from(panel.dates, (_, t) => panel.coinLogReturns[2 * t + i]!),
    );
    const expected = coins.map((y) => {
      const fit = regression(x, y, { intercept: true });
      return 1 - ((1 - fit.r2Centred) * 59) / 58;
    });
    const found = adjustedR2(coins, [x], CHANCE);
    expect(found.estimate).toBeCloseTo((expected[0]! + expected[1]!) / 2, 12);
    expect(found.lower).toBeLessThan(found.estimate);
  });

  it("compare RMSEs in percent: errors half as large are 50 % less", () => {
    const loss = Array.from(x, (v) => v ** 2 + 0.01);
    const half = rmsePercent(
      loss.map((l) => l / 4),
      loss,
      CHANCE,
    );
    expect(half.estimate).toBeCloseTo(-50, 10);
    expect(half.upper).toBeCloseTo(-50, 10);
  });

  it("draw blocks of three periods at least", () => {
    expect(
      blockLengthOf([Float64Array.from({ length: 100 }, (_, t) => t % 2)]),
    ).toBeGreaterThanOrEqual(3);
    expect(blockLengthOf([x])).toBeGreaterThanOrEqual(3);
  });
});
