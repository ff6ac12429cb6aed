/** In which units the report's network gives the betas that the report prints. */

import { describe, expect, it } from "vitest";
import { meanBeta } from "../lib/src/betas/mean-beta.js";
import { betaSeries } from "../lib/src/betas/series.js";
import { readDated, readPanel, readRecords } from "../lib/src/data/panel-file.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import { learningCurves, replicateBetas } from "../lib/src/models/ensemble.js";
import { SCALINGS } from "../lib/src/models/network-inputs.js";
import { fitNeuralBeta } from "../lib/src/models/neural-beta.js";
import type { SearchRow } from "../lib/src/models/search.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { inRange } from "../lib/src/panel/calendar.js";
import { marketReturns } from "../lib/src/panel/panel.js";
import { equityStandIn } from "../lib/src/report/equity-stand-in.js";
import { printedBetas } from "../lib/src/report/printed-betas.js";
import { matchReported } from "../lib/src/report/reported-search.js";
import { matchReportedSorts } from "../lib/src/report/reported-sorts.js";
import { reportedStatistics } from "../lib/src/report/reported-statistics.js";
import { scalingBetas } from "../lib/src/report/scaling-betas.js";
import { mean } from "../lib/src/stats/moments.js";
import { quantile } from "../lib/src/stats/quantile.js";
import { STUDY } from "../lib/src/study.js";
import { tableScalingBetas, tableScalings } from "../lib/src/tables/scaling-betas.js";
import { studyPanel } from "./support/helpers.js";

const trainer = simdTrainer({ threads: 1 });
const panel = await readPanel(STUDY);
const returns = await readDated(shippedFile("reported/returns.csv"));
const { coins, markets, lookback, split, seed } = STUDY;
const printed = printedBetas(
  reportedStatistics(await readRecords(shippedFile("reported/beta-statistics.csv"))),
  matchReportedSorts(await readRecords(shippedFile("reported/sorts.csv")), panel, []),
  { coins, markets, dates: split.outOfSample },
);
const configurations = matchReported(
  await readRecords(shippedFile("reported/search-best.csv")),
  [],
);
const options = { ...{ configurations, lookback, split, seed, networks: 5, epochs: 10 } };
const rows = await scalingBetas(panel, trainer, { ...options, printed, series: "ours" });

describe("matchReported", () => {
  const record = {
    ...{ marketSet: "FIAT", hidden: "8", learningRate: "0.01", activation: "tanh" },
    valRmse: "0.25",
  };
  const row = { marketSet: "FIAT", start: "glorot", hidden: 8, learningRate: 0.01 };
  const ours = { ...row, activation: "tanh" } as SearchRow;
  /** Each differs in one thing. */
  const others = [
    { start: "ols" },
    { marketSet: "GOLD" },
    { hidden: 4 },
    { learningRate: 0.1 },
    { activation: "relu" },
  ].map((change) => ({ ...ours, ...change }) as SearchRow);

  it("finds the row of the same set, start, units, rate and activation among those that differ in one", () => {
    expect(matchReported([record], [...others, ours, ...others])[0]).toEqual({
      ...{ marketSet: "FIAT", hidden: 8, learningRate: 0.01, activation: "tanh" },
      reported: 0.25,
      ours,
    });
    expect(matchReported([record], others)[0]!.ours).toBeUndefined();
  });
});

describe("printedBetas", () => {
  it("has all sixteen pairs: eight of Step 4, four of Step 9, and four that are not printed", () => {
    expect(printed.map(({ market, coin }) => `${market} ${coin}`)).toEqual(
      markets.flatMap((market) => coins.map((coin) => `${market} ${coin}`)),
    );
    const found = (market: string) =>
      printed.filter((row) => row.market === market).map((row) => row.mean);
    // BCH stands in both printed months of FIAT.
    expect(found("FIAT")).toEqual([-0.2706, -0.2916, -0.2611, (-0.264 - 0.2779) / 2]);
    expect(found("GOLD")).toEqual([NaN, NaN, NaN, NaN]);
    expect(found("ENERGY")).toEqual([-0.0983, -0.0972, -0.0987, -0.1109]);
  });

  it("has the dates that each number is printed for", () => {
    const dates = (market: string, coin: string) =>
      printed.find((row) => row.market === market && row.coin === coin)!.dates;
    expect(dates("FIAT", "BCH")).toEqual({ from: "2023-01-31", through: "2023-02-28" });
    expect(dates("FIAT", "LTC")).toEqual({ from: "2023-02-28", through: "2023-02-28" });
    expect(dates("EQUITY", "LTC")).toEqual(split.outOfSample);
  });
});

describe("equityStandIn", () => {
  const madeUp = equityStandIn(panel, returns, { market: "EQUITY", seed: 3 });

  it("begins with the printed returns, and goes on between their levels", () => {
    const series = [...marketReturns(madeUp, "EQUITY")];
    const theirs = [-0.0794, 0.1366, -0.0514, 0.0919, -1.9484];
    expect(series.slice(0, 5)).toEqual(theirs);
    const levels = [0];
    for (const r of theirs) levels.push(levels.at(-1)! + r);
    let level = levels.at(-1)!;
    for (const r of series.slice(5)) {
      level += r;
      expect(Math.min(...levels.map((other) => Math.abs(other - level)))).toBeLessThan(1e-12);
    }
  });

  it("draws from the seed, and touches no other series", () => {
    const other = equityStandIn(panel, returns, { market: "EQUITY", seed: 4 });
    expect(marketReturns(other, "EQUITY")).not.toEqual(marketReturns(madeUp, "EQUITY"));
    for (const market of ["FIAT", "GOLD", "ENERGY"])
      expect(marketReturns(madeUp, market)).toEqual(marketReturns(panel, market));
    expect(madeUp.coinLogReturns).toBe(panel.coinLogReturns);
  });

  it("refuses a panel that does not begin with the printed dates", () => {
    const later = { ...panel, dates: panel.dates.map((date) => date.replace("2018", "2017")) };
    expect(() => equityStandIn(later, returns, { market: "EQUITY", seed: 1 })).toThrow(
      /^equityStandIn: the panel must begin with the printed dates 2018-01-31 to 2018-05-31, it begins on 2017-01-31; /,
    );
  });
});

describe("scalingBetas", () => {
  it("has every pair in every scaling, by market", () => {
    expect(rows).toHaveLength(16 * SCALINGS.length);
    expect(rows.slice(0, 12).map(({ market, scaling }) => `${market} ${scaling}`)).toEqual(
      SCALINGS.flatMap((scaling) => Array(4).fill(`FIAT ${scaling}`)),
    );
  });

  it("is the report's configuration, trained by hand", async () => {
    const energy = await studyPanel("ENERGY");
    const fit = await fitNeuralBeta(energy, trainer, {
      ...{ lookback, split, seed, hidden: 4, learningRate: 0.001, activation: "linear" as const },
      ...{ start: "glorot" as const, scaling: "raw" as const, epochs: 10, replicates: 5 },
    });
    const raw = rows.filter((row) => row.market === "ENERGY" && row.scaling === "raw");
    const paths = replicateBetas(energy, fit);
    const means = paths.map(({ walkForward }) => meanBeta(walkForward, "ENERGY"));
    expect(mean(raw.map(({ beta }) => beta))).toBeCloseTo(mean(means), 12);
    const deviations = paths.map(({ walkForward }) => {
      const betas = betaSeries(walkForward, raw[0]!.coin, "ENERGY").filter(({ date }) =>
        inRange(date, split.outOfSample),
      );
      const center = mean(betas.map(({ beta }) => beta));
      const squares = betas.map(({ beta }) => (beta - center) ** 2);
      return Math.sqrt((mean(squares) * 12) / 11);
    });
    expect(raw[0]!.std).toBeCloseTo(mean(deviations), 12);
    expect(raw[0]!.valRmse).toBe(mean(learningCurves(fit).selected));
    expect(raw[0]!.printedRmse).toBe(0.2545);
  });

  it("says whether the printed beta lies between the quantiles, and how far networks are from it", () => {
    for (const { printed: target, lower, upper, inside, distance, beta } of rows) {
      expect(inside).toBe(lower <= target && target <= upper);
      if (Number.isNaN(target)) expect(distance).toBeNaN();
      else expect(distance).toBeGreaterThanOrEqual(Math.abs(beta - target) - 1e-12);
    }
  });

  it("refuses a printed market without configuration", async () => {
    const none = { ...options, configurations: configurations.slice(0, 1), printed, series: "x" };
    await expect(scalingBetas(panel, trainer, none)).rejects.toThrow(
      /^scalingBetas: every printed market must have a configuration, but EQUITY has none among FIAT; /,
    );
  });

  it("reproduces an independent program's 200 raw networks of 100 epochs within their noise", async () => {
    const fiat = await studyPanel("FIAT");
    const fit = await fitNeuralBeta(fiat, trainer, {
      ...{ lookback, split, seed, hidden: 4, learningRate: 0.001, activation: "tanh" as const },
      ...{ start: "glorot" as const, scaling: "raw" as const, epochs: 100, replicates: 200 },
    });
    const means = replicateBetas(fiat, fit)
      .map(({ walkForward }) => meanBeta(walkForward, "FIAT"))
      .sort((a, b) => a - b);
    // Theirs: mean -.40, 5 to 95 % from -.55 to -.26, validation RMSE .2452; standard errors .007, .02, .02 and .0001.
    expect(Math.abs(mean(means) + 0.4)).toBeLessThan(0.02);
    expect(Math.abs(quantile(means, 0.05) + 0.55)).toBeLessThan(0.05);
    expect(Math.abs(quantile(means, 0.95) + 0.26)).toBeLessThan(0.05);
    expect(Math.abs(mean(learningCurves(fit).selected) - 0.2452)).toBeLessThan(0.0003);
  });
});

describe("the tables of scalings", () => {
  it("have the sixteen pairs with a column for each scaling, and a line for each market and scaling", () => {
    const pairs = tableScalingBetas(rows, "sample");
    expect(pairs.rows).toHaveLength(16);
    const [first] = pairs.rows;
    expect([first![0], first![1], first![2], first![3]]).toEqual(["FIAT", "ours", "BTC", -0.2706]);
    const btc = rows.filter((row) => row.market === "FIAT" && row.coin === "BTC");
    expect([first![4], first![7], first![10]]).toEqual(btc.map(({ beta }) => beta));
    const byMarket = tableScalings(rows, "sample");
    expect(byMarket.rows).toHaveLength(12);
    const fiat = rows.filter((row) => row.market === "FIAT" && row.scaling === "raw");
    expect(byMarket.rows[0]!.slice(3, 5)).toEqual([
      mean(fiat.map((row) => row.printed)),
      mean(fiat.map((row) => row.beta)),
    ]);
  });
});
