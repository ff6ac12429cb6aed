/** The report's claims: each is printed, and measured once on the data that are shipped. */

import { beforeAll, describe, expect, it } from "vitest";
import { walkForward } from "../lib/src/comparing/walk-forward.js";
import { readDated, readFactors, readPanel, readRecords } from "../lib/src/data/panel-file.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import { neuralEstimator } from "../lib/src/models/neural-estimator.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { panelThrough } from "../lib/src/panel/cut.js";
import { HALVINGS } from "../lib/src/panel/events.js";
import { selectMarkets } from "../lib/src/panel/panel.js";
import {
  type ClaimInputs,
  type PrintedClaim,
  printedClaims,
  printedConfigurations,
} from "../lib/src/report/claims/claim.js";
import {
  type ClaimRow,
  claimLedger,
  claimRegion,
  measuredClaims,
} from "../lib/src/report/claims/ledger.js";
import {
  choiceGrid,
  chosenPaths,
  claimSplits,
  NETWORK_CHOICES,
} from "../lib/src/report/claims/networks.js";
import { reportedStatistics } from "../lib/src/report/reported-statistics.js";
import { VERDICTS } from "../lib/src/report/verdict.js";
import { STUDY } from "../lib/src/study.js";

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

describe("the regions", () => {
  it.each([
    [["volatility", "volatility-typical", "amplitude"], 2, Infinity],
    [["nonlinear", "nonlinear-later", "nonlinear-constant"], -Infinity, 0],
    [["generalizes", "beats-constant", "interaction"], -Infinity, 0],
    [["tuning", "relu-equity", "relu-gold", "smooth-fiat", "smooth-energy"], -Infinity, 0],
    [["fastest", "multi-general", "decoupling", "decoupling-regression"], -Infinity, 0],
    [["negative-returns"], -Infinity, 0],
    [["negative"], 0.05, 0.5],
    [["stationarity"], -0.9, 0.9],
    [["scales"], -Infinity, 2],
    [["equity-column", "minima-100", "kurtosis-printed"], 0.5, Infinity],
    [["row-btc", "row-eth", "row-ltc", "row-bch"], -Infinity, 0.0001],
    [["row-fiat", "row-equity", "row-gold", "row-energy", "factor-rows"], -Infinity, 0.0001],
    [["sorts-printed"], -Infinity, 0.005],
    [["smooth"], 0.95, Infinity],
    [["overfitting"], -Infinity, 5],
    [["minima-stable"], -Infinity, 1.02],
    [["multi-slower"], 0, 50],
    [["linear-4-8"], -Infinity, 0.05],
    [["best-fiat", "best-equity", "best-gold", "best-energy"], 0.025, 0.975],
    [["best-fiat-equity", "best-fiat-gold", "best-fiat-equity-gold-energy"], 0.025, 0.975],
    [["mean-fiat", "mean-equity", "mean-gold", "mean-energy"], -0.25, 0.25],
    [["mean-equity-2023", "mean-energy-2023", "early", "early-regression"], -0.25, 0.25],
    [["contagion-short", "contagion-short-regression"], -0.25, 0.25],
    [["means-printed", "classical"], -Infinity, 0.25],
    [["alignment", "little", "low-power"], -Infinity, 0.1],
    [["kurtosis-2023", "kurtosis", "rising-volatility", "rising-halving"], 0, Infinity],
    [["rising-volatility-regression", "rising-halving-regression"], 0, Infinity],
    [["bullish-equity", "bullish-energy", "contagion"], 0, Infinity],
    [["bullish-equity-regression", "bullish-energy-regression"], 0, Infinity],
    [["contagion-regression", "diversification", "diversification-correlated"], 0, Infinity],
    [["reduction"], -3, -2],
    [["marginal"], -Infinity, 0],
    [["small-effect"], -5, 5],
    [["dispersion", "stratification"], -0.01, 0.01],
    [["flat-slope"], -0.005, 0.005],
    [["comovement-fiat", "comovement-equity", "comovement-gold", "comovement-energy"], -0.3, 0.3],
    [["comovement-fiat-returns", "comovement-equity-returns"], -0.3, 0.3],
    [["comovement-gold-returns", "comovement-energy-returns"], -0.3, 0.3],
  ])("of %s are those that were written down before the results", (ids, lower, upper) => {
    for (const id of ids) expect(claimRegion(id)).toEqual({ lower, upper });
  });

  it("of a printed number, and of a claim that nobody made, are refused", () => {
    for (const id of ["linear-tanh", "moon"])
      expect(() => claimRegion(id)).toThrow(`claimRegion: there is no claim ${id} with a region`);
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
      factors: await readFactors(STUDY),
      trainer: simdTrainer(),
      returns: await readDated(shippedFile("reported/returns.csv")),
      statistics: reportedStatistics(
        await readRecords(shippedFile("reported/beta-statistics.csv")),
      ),
      configurations: printedConfigurations(
        await readRecords(shippedFile("reported/search-best.csv")),
      ),
      claims,
      halvings: HALVINGS,
      replication: await readDated(shippedFile("replication.csv")),
      printedFactors: await readDated(shippedFile("reported/factors.csv")),
      printedSorts: await readRecords(shippedFile("reported/sorts.csv")),
      options,
    };
    const steps: number[] = [];
    rows = claimLedger(
      claims,
      await measuredClaims(inputs, { onProgress: (done) => steps.push(done) }),
    );
    expect(steps).toEqual(claims.map((_, i) => i + 1));
  }, 60_000);

  it("measures every printed claim once, with a number", () => {
    expect(rows.filter((row) => !Number.isFinite(row.measured))).toEqual([]);
    for (const row of rows) expect(VERDICTS).toContain(row.verdict);
  });

  it("cannot test what the report prints of twelve months or five, and episodes of few months", () => {
    const untested = rows.filter((row) => row.verdict === "cannot be tested");
    expect(untested.filter((row) => Number.isNaN(row.lower)).map((row) => row.id)).toEqual([
      "equity-column",
      ...["row-bch", "row-equity", "row-gold"],
      ...["mean-equity-2023", "mean-energy-2023", "kurtosis-2023"],
      ...["rising-halving", "decoupling", "contagion", "contagion-short"],
    ]);
  });

  it("says that a region is too narrow only where it has two ends, no further apart than the interval", () => {
    const narrow = rows.filter(
      (row) => row.verdict === "cannot be tested" && !Number.isNaN(row.lower),
    );
    expect(narrow.map((row) => row.id)).toContain("reduction");
    for (const { region, lower, upper } of narrow)
      expect(upper - lower).toBeGreaterThanOrEqual(region.upper - region.lower);
  });

  it("takes arithmetic on printed numbers as it is", () => {
    const exact = rows.filter((row) => row.method === "arithmetic");
    expect(exact.map((row) => [row.id, row.verdict])).toEqual([
      ...["btc", "eth", "ltc", "fiat"].map((series) => [`row-${series}`, "supported"]),
      ["row-energy", "contradicted"],
      ["optimal", "contradicted"],
      ["means-printed", "supported"],
      ["kurtosis-printed", "contradicted"],
      ["factor-rows", "supported"],
      ["sorts-printed", "supported"],
    ]);
  });

  it("has an interval around every number that is tested, from 24 dates or networks on", () => {
    for (const row of rows.filter((r) => !Number.isNaN(r.lower))) {
      expect(row.n).toBeGreaterThanOrEqual(24);
      expect(row.lower).toBeLessThanOrEqual(row.measured);
      expect(row.upper).toBeGreaterThanOrEqual(row.measured);
      expect(row.pValue).toBeGreaterThanOrEqual(0);
    }
  });

  it("finds the report's lowest RMSE above that of no hedge, and its kurtosis below that of normal samples", () => {
    const rowOf = (id: string) => rows.find((row) => row.id === id)!;
    expect(rowOf("optimal").measured).toBeCloseTo(0.2463, 4);
    expect(rowOf("optimal").measured).toBeLessThan(rowOf("optimal").reported);
    expect(rowOf("kurtosis-2023").measured).toBeCloseTo(2.0513 - 33 / 13, 3);
  });

  it("chooses among configurations what the estimator chooses on that part of the grid", async () => {
    const grids = Object.fromEntries(
      NETWORK_CHOICES.map((choice) => [choice, choiceGrid(choice, STUDY)]),
    );
    expect(grids.all).toEqual(STUDY.grid);
    expect(grids.linear).toEqual({ ...STUDY.grid, activations: ["linear"] });
    expect(grids.curved!.activations).toEqual(["sigmoid", "tanh", "relu"]);
    expect(grids.relu!.activations).toEqual(["relu"]);
    expect(grids.notRelu!.activations).toEqual(["linear", "sigmoid", "tanh"]);
    expect(grids.smooth!.activations).toEqual(["linear", "tanh"]);
    expect(grids.notSmooth!.activations).toEqual(["sigmoid", "relu"]);
    expect(grids.baseline).toEqual({
      hidden: [4],
      learningRates: [0.001],
      activations: ["tanh"],
      replicates: 20,
    });
    const panel = panelThrough(selectMarkets(inputs.panel, ["EQUITY"]), "2022-12");
    const splits = claimSplits(panel, options);
    const { linear } = await chosenPaths(panel, inputs, { splits, choices: ["linear"] });
    const grid = { ...options.grid, activations: ["linear"] as const };
    const only = neuralEstimator("glorot", inputs.trainer, { ...options, grid });
    const walked = await walkForward(panel, only, { splits, update: "frozen" });
    expect(linear.values).toEqual(walked.values);
  });

  it("refuses a grid without a configuration for a choice", () => {
    const grid = { ...STUDY.grid, activations: ["linear"] as const };
    expect(() => choiceGrid("relu", { ...STUDY, grid })).toThrow(
      "measuredClaims: the grid must hold a configuration for relu, but it has none; add it to the grid",
    );
  });
});
