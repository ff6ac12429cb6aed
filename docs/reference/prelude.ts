/** What the examples of the reference go on from: a notebook has the first lines of it. */

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  betaPath,
  betaSort,
  type ClaimInputs,
  chosenFits,
  claimLedger,
  classicalLadder,
  compareForecasts,
  factorGain,
  fitNeuralBeta,
  gainCandidates,
  heldBeta,
  isoDate,
  type MultiverseOptions,
  marketBetas,
  multiverse,
  networkBetas,
  pooledBeta,
  portfolioSorts,
  printedClaims,
  printedConfigurations,
  readDated,
  readFactors,
  readPanel,
  readRecords,
  readStudy,
  reportedStatistics,
  rollingBeta,
  type SearchOptions,
  searchNetworks,
  selectMarkets,
  shippedFile,
  simdTrainer,
  simulatedBetas,
  studentMeasurement,
  type Table,
  walkedLadder,
  walkForwardSplits,
  writeFiles,
} from "neural-beta";

// The report's study: months from 2018-01 to 2024-11, four coins, four markets.
export const study = await readStudy();
export const panel = await readPanel(study);
export const factors = await readFactors(study);
export const { inSample, validation, outOfSample } = study.split;

// One market, with two estimates of the beta on it.
export const dollar = selectMarkets(panel, ["FIAT"]);
export const pooled = heldBeta(pooledBeta(dollar, inSample), inSample);
export const rolling = rollingBeta(dollar, { lookback: study.lookback });

// A path of betas 3, 1, 2 and 4, the same on every date, and the two portfolios that it sorts the coins into.
export const path = betaPath(dollar, "walkForward", (coin) => [[3, 1, 2, 4][coin]!]);
export const sort = betaSort(dollar, path, { market: "FIAT", quantiles: 2 });

// A search of two networks on each of two markets, trained for fifty epochs.
export const trainer = simdTrainer();
export const small: SearchOptions = {
  ...study,
  marketSets: ["FIAT", "GOLD"],
  grid: {
    hidden: [4],
    learningRates: [0.01],
    activations: ["tanh"],
    replicates: 2,
  },
  starts: ["glorot"],
  epochs: 50,
};
export const rows = await searchNetworks(panel, trainer, small);
export const fits = await chosenFits(panel, trainer, { ...small, rows });
export const markets = marketBetas(fits.map(networkBetas));
export const network = {
  ...study,
  ...study.baseline,
  learningRate: 0.01,
  replicates: 2,
  start: "glorot",
  epochs: 50,
} as const;
export const fit = await fitNeuralBeta(dollar, trainer, network);

// Four estimators, walk-forward over 2021 to 2024.
export const estimators = classicalLadder(1, study).filter(({ id }) =>
  ["zero", "pooled", "historical", "rolling"].includes(id),
);
export const splits = walkForwardSplits(panel.dates, {
  ...study.walkForward,
  from: inSample.from,
  lookback: study.lookback,
});
export const sample = { name: "walk-forward", range: study.walkForward.test };
export const draws = { draws: 199, seed: 1, level: 0.95 };
export const candidates = await walkedLadder(dollar, estimators, { splits });
export const comparison = compareForecasts(candidates, sample, draws);
export const walked = [candidates];
export const gains = await factorGain(panel, factors, {
  marketSets: ["FIAT", "GOLD"],
  candidates: gainCandidates(trainer, study).slice(-1),
  designs: [{ splits, samples: [sample] }],
  bootstrap: draws,
  equity: "EQUITY",
});
export const sorts = await portfolioSorts(dollar, factors, {
  estimators,
  design: { splits, samples: [sample] },
  update: "updated",
  quantiles: 2,
  cost: 0.002,
  ...draws,
});
export const simulated = await simulatedBetas(estimators, {
  processes: ["constant", "step"],
  seeds: [1],
  periods: 60,
  coins: 2,
  markets: 1,
  splits: (dates) =>
    walkForwardSplits(dates, {
      from: "2000-01",
      lookback: 12,
      test: { from: "2003-01", through: "2004-12" },
      refit: "yearly",
    }),
});

// A table.
export const table: Table = {
  id: "example",
  caption: "Beta on the dollar",
  columns: [
    { key: "coin", head: "Coin" },
    { key: "beta", head: "Beta", decimals: 2 },
  ],
  rows: [["BTC", -3.5]],
};

// Published files of 120 days from 2018-01-01: bars as Yahoo writes them, whose close rises by 1 a day, and factors.
export const folder = mkdtempSync(join(tmpdir(), "neural-beta-"));
export const btc = join(folder, "BTC-USD.csv");
export const french = join(folder, "F-F_Research_Data_5_Factors_2x3.csv");
export const frenchDaily = french.replace(".csv", "_daily.csv");
const days = Array.from({ length: 120 }, (_, d) => d);
const day = (d: number) => isoDate(17532 + d);
const bars = days.map(
  (d) => `${day(d)},${100 + d},${103 + d},${99 + d},${101 + d},${101 + d},1000`,
);
const factorFile = (dates: readonly string[]) =>
  [
    "This file was created using the 202408 CRSP database.",
    "",
    ",Mkt-RF,SMB,HML,RMW,CMA,RF",
    ...dates.map((date) => `${date},0.10,0.02,-0.03,0.00,0.01,0.01`),
    "",
  ].join("\n");
writeFiles({
  [btc]: ["Date,Open,High,Low,Close,Adj Close,Volume", ...bars, ""].join("\n"),
  [french]: factorFile(["201801", "201802", "201803", "201804"]),
  [frenchDaily]: factorFile(days.map((d) => day(d).replaceAll("-", ""))),
});

// What the claims of the report are tested with, and the ledger of two of them with made-up measurements.
export const inputs: ClaimInputs = {
  panel,
  weekly: await readPanel({
    ...study,
    returns: shippedFile("weekly.csv"),
    frequency: "weekly",
  }),
  factors,
  trainer,
  returns: await readDated(shippedFile("reported/returns.csv")),
  statistics: reportedStatistics(await readRecords(shippedFile("reported/beta-statistics.csv"))),
  configurations: printedConfigurations(await readRecords(shippedFile("reported/search-best.csv"))),
  claims: printedClaims(await readRecords(shippedFile("reported/claims.csv"))),
  options: {
    ...study,
    grid: { ...study.grid, hidden: [4], learningRates: [0.001], replicates: 2 },
    epochs: 3,
    bootstrap: { draws: 99 },
  },
};
export const ledger = claimLedger(
  inputs.claims.filter(({ id }) => ["smooth", "overfitting"].includes(id)),
  [
    {
      id: "smooth",
      statistic: "share of epochs in which the in-sample RMSE falls",
      region: { lower: 0.95, upper: Infinity },
      measurement: studentMeasurement({
        estimate: 1,
        standardError: 0.01,
        degreesOfFreedom: 99,
        n: 100,
        method: "t over networks",
      }),
    },
    {
      id: "overfitting",
      statistic: "validation over in-sample RMSE, %",
      region: { lower: -Infinity, upper: 5 },
      measurement: studentMeasurement({
        estimate: 72,
        standardError: 3.024,
        degreesOfFreedom: 99,
        n: 100,
        method: "t over networks",
      }),
    },
  ],
);

// Two claims in few specifications.
export const crossed: MultiverseOptions = {
  market: "EQUITY",
  marketSets: ["EQUITY"],
  windows: [12],
  inputs: [],
  years: ["2022"],
  testYears: ["2022"],
  fitFrom: "2019-01",
  through: "2024-11",
  draws: 99,
  seed: 1,
};
export const specifications = await multiverse(panel, factors, crossed);
