/** Betas of the literature on daily data: definitions, identities, and no look at what comes. */

import { beforeAll, describe, expect, it } from "vitest";
import { dccBeta } from "../lib/src/betas/dcc.js";
import { ewmaBeta } from "../lib/src/betas/ewma.js";
import { frazziniPedersenBeta } from "../lib/src/betas/frazzini-pedersen.js";
import { realisedBeta } from "../lib/src/betas/realised.js";
import { harBeta, realisedLevelBeta } from "../lib/src/betas/realised-forecasts.js";
import { rollingBeta } from "../lib/src/betas/rolling.js";
import { welchBeta } from "../lib/src/betas/welch.js";
import {
  type RealisedPrediction,
  realisedPredictions,
} from "../lib/src/comparing/realised-prediction.js";
import { walkedUpdated } from "../lib/src/comparing/walked-updated.js";
import { readPanel } from "../lib/src/data/panel-file.js";
import { dailySource } from "../lib/src/data/shipped.js";
import { dailyLadder } from "../lib/src/models/daily-ladder.js";
import { panelThrough } from "../lib/src/panel/cut.js";
import { column, selectMarkets } from "../lib/src/panel/panel.js";
import { walkForwardSplits } from "../lib/src/panel/walk-forward.js";
import { correlation } from "../lib/src/stats/correlation.js";
import { standardDeviation } from "../lib/src/stats/moments.js";
import { regression } from "../lib/src/stats/ols.js";
import { randomWalkFilter } from "../lib/src/stats/random-walk.js";
import { tableDailyRivals, tableRealisedPredictions } from "../lib/src/tables/daily-rivals.js";
import type { Panel } from "../lib/src/types.js";
import { expectClose } from "./support/helpers.js";

let days: Panel;
/** BTC and ETH on one market, and on two. */
let pair: Panel;
let both: Panel;
const from = "2017-11";

beforeAll(async () => {
  days = await readPanel({ ...dailySource, coins: ["BTC", "ETH"] });
  pair = selectMarkets(days, ["EQUITY"]);
  both = selectMarkets(days, ["EQUITY", "FIAT"]);
});

/** The first rows of a panel. */
const head = (panel: Panel, rows: number): Panel => ({
  ...panel,
  dates: panel.dates.slice(0, rows),
  coinLogReturns: panel.coinLogReturns.slice(0, rows * panel.coins.length),
  marketLogReturns: panel.marketLogReturns.slice(0, rows * panel.markets.length),
});

describe("dccBeta", () => {
  const fit = { from, through: "2018-12" };

  it("is the regression on the markets by variances and correlations of the days before", () => {
    const frozen = dccBeta(both, { fit, update: "frozen" });
    const first = both.dates.findIndex((date) => date > "2018-12-31");
    expect(frozen.values.findIndex(Number.isFinite)).toBe(first * 4);
    const until = dccBeta(head(both, first + 11), { fit, update: "frozen" });
    expectClose(frozen.values.slice(first * 4, (first + 11) * 4), until.values.slice(first * 4));
  });

  it("of a coin that is its market, but for twice the size, is two", () => {
    const market = column(pair.marketLogReturns, 1, 0);
    const noise = pair.coinLogReturns.filter((_, at) => at % 2 === 0);
    const twice = {
      ...pair,
      coins: ["A"],
      coinLogReturns: market.map((f, t) => 2 * f + 1e-6 * noise[t]!),
    };
    const { values } = dccBeta(twice, { fit, update: "frozen" });
    for (const beta of values.filter(Number.isFinite)) expect(beta).toBeCloseTo(2, 2);
  });

  it("estimates anew once a year where it is updated, and gives up below its least rows", () => {
    const short = head(pair, 600);
    const [frozen, updated] = (["frozen", "updated"] as const).map((update) =>
      dccBeta(short, { fit, update }),
    );
    const later = short.dates.findIndex((date) => date >= "2020");
    expect(updated!.values.slice(0, later * 2)).toEqual(frozen!.values.slice(0, later * 2));
    expect(updated!.values[later * 2]).not.toBe(frozen!.values[later * 2]);
    const none = dccBeta(short, { fit, update: "frozen", minObs: 500 });
    expect(none.values.every(Number.isNaN)).toBe(true);
    expect(() => dccBeta(short, { fit, update: "frozen", minObs: 19 })).toThrow(/minObs/);
  });

  it("passes over a day without a return", () => {
    const rows = 400;
    const gap = { ...head(pair, rows), coinLogReturns: head(pair, rows).coinLogReturns.slice() };
    gap.coinLogReturns[2 * 350] = NaN;
    const without = {
      ...gap,
      dates: gap.dates.filter((_, t) => t !== 350),
      coinLogReturns: gap.coinLogReturns.filter((_, at) => Math.floor(at / 2) !== 350),
      marketLogReturns: gap.marketLogReturns.filter((_, t) => t !== 350),
    };
    const [a, b] = [gap, without].map((panel) => dccBeta(panel, { fit, update: "frozen" }).values);
    expect(a!.at(-2)).toBe(b!.at(-2));
    expect(a!.at(-1)).not.toBe(b!.at(-1));
  });
});

describe("welchBeta", () => {
  it("bounds the slope of every day, whatever the market's sign", () => {
    const rows = 50;
    const short = head(pair, rows);
    const N = 2;
    const bounded = short.coinLogReturns.map((r, at) => {
      const f = short.marketLogReturns[Math.floor(at / N)]!;
      const slope = Math.min(4, Math.max(-2, r / f));
      return f === 0 ? 0 : slope * f;
    });
    const expected = ewmaBeta(
      { ...short, coinLogReturns: bounded },
      { from, halfLife: 128 * Math.LN2 },
    );
    expectClose(welchBeta(short, { from }).values.slice(N), expected.values.slice(N));
    const wide = welchBeta(short, { from, width: 1e9, halfLife: 20 }).values;
    expectClose(wide.slice(N), ewmaBeta(short, { from, halfLife: 20 }).values.slice(N));
  });

  it("is for one market, and a width above zero", () => {
    expect(() => welchBeta(both, { from })).toThrow(/one market, got 2 \(EQUITY, FIAT\)/);
    expect(() => welchBeta(pair, { from, width: 0 })).toThrow(/width must be above 0/);
  });
});

describe("frazziniPedersenBeta", () => {
  it("is correlation times the ratio of volatilities, drawn to one", () => {
    const options = {
      from,
      volatility: { lookback: 40, minObs: 30 },
      correlation: { lookback: 100, minObs: 60 },
    };
    const { values } = frazziniPedersenBeta(head(pair, 200), options);
    const [r, f] = [column(pair.coinLogReturns, 2, 1), column(pair.marketLogReturns, 1, 0)];
    const sums = (series: Float64Array) =>
      series.map((value, t) => (t < 2 ? NaN : value + series[t - 1]! + series[t - 2]!));
    for (const t of [62, 90, 199]) {
      const [begin, year] = [Math.max(2, t - 100), t - 40];
      const rho = correlation(sums(r).subarray(begin, t), sums(f).subarray(begin, t));
      const ratio =
        standardDeviation(r.subarray(year, t), 1) / standardDeviation(f.subarray(year, t), 1);
      expectClose(values[t * 2 + 1]!, 0.6 * rho * ratio + 0.4);
    }
    expect(values.findIndex(Number.isFinite)).toBe(62 * 2);
  });

  it("refuses several markets and windows that can't be full", () => {
    expect(() => frazziniPedersenBeta(both, { from })).toThrow(/one market, got 2/);
    expect(() =>
      frazziniPedersenBeta(pair, { from, volatility: { lookback: 10, minObs: 20 } }),
    ).toThrow(/lookback/);
    expect(() => frazziniPedersenBeta(pair, { from, overlap: 0 })).toThrow(/overlap/);
  });
});

describe("realisedBeta", () => {
  it("of a month is least squares over its days, with its error", () => {
    const { dates, values, standardErrors, kind } = realisedBeta(both, { period: "monthly" });
    expect(kind).toBe("fitted");
    const p = dates.indexOf("2018-03-29");
    const rows = [...both.dates.keys()].filter((t) => both.dates[t]!.startsWith("2018-03"));
    const x = rows.flatMap((t) => [...both.marketLogReturns.subarray(2 * t, 2 * t + 2)]);
    const y = rows.map((t) => both.coinLogReturns[2 * t + 1]!);
    const fit = regression(x, y, { intercept: false });
    expectClose(values.slice(p * 4 + 2, p * 4 + 4), fit.coefficients);
    expectClose(standardErrors![p * 4 + 3]!, Math.sqrt(fit.covariance[3]!));
  });

  it("with a lag is the sum of the betas on both days, with the sum's error", () => {
    const { dates, values, standardErrors } = realisedBeta(pair, { period: "monthly", lags: 1 });
    const p = dates.indexOf("2018-03-29");
    const rows = [...pair.dates.keys()].filter((t) => pair.dates[t]!.startsWith("2018-03"));
    const x = rows.flatMap((t) => [0, 1].map((lag) => pair.marketLogReturns[t - lag]!));
    const y = rows.map((t) => pair.coinLogReturns[2 * t + 1]!);
    const { coefficients, covariance } = regression(x, y, { intercept: false });
    expectClose(values[2 * p + 1]!, coefficients[0]! + coefficients[1]!);
    const variance = covariance.reduce((sum, v) => sum + v, 0);
    expectClose(standardErrors![2 * p + 1]!, Math.sqrt(variance));
    expect(() => realisedBeta(pair, { period: "monthly", lags: -1 })).toThrow(/lags/);
  });

  it("leaves out periods with few days, and refuses periods that are no longer than the panel's", () => {
    const weeks = realisedBeta(both, { period: "weekly" });
    expect(weeks.values.slice(0, 4).every(Number.isFinite)).toBe(true);
    expect(realisedBeta(both, { period: "weekly", minObs: 6 }).values.every(Number.isNaN)).toBe(
      true,
    );
    expect(() => realisedBeta({ ...both, frequency: "monthly" }, { period: "weekly" })).toThrow(
      /longer than those of the panel, which is monthly, got weekly/,
    );
  });
});

describe("forecasts of realised betas", () => {
  it("of an autoregression weigh the months by the precision of their betas", () => {
    const period = "monthly";
    const short = head(pair, 400);
    const forecast = harBeta(short, { from, period, horizons: [1] });
    const { values, standardErrors } = realisedBeta(short, { period });
    const last = values.length / 2 - 1;
    const [x, y]: [number[], number[]] = [[], []];
    for (let p = 1; p < last; p++)
      for (const i of [0, 1]) {
        const weight = 1 / standardErrors![2 * p + i]!;
        x.push(weight, values[2 * (p - 1) + i]! * weight);
        y.push(values[2 * p + i]! * weight);
      }
    const { coefficients } = regression(x, y, { intercept: false });
    const expected = coefficients[0]! + coefficients[1]! * values[2 * (last - 1)]!;
    expectClose(forecast.values.at(-2)!, expected);
  });

  it("of a local level are those of the random walk in units of each month's error", () => {
    const { values, standardErrors } = realisedBeta(pair, { period: "monthly" });
    const months = values.length / 2 - 1;
    const own = (all: Float64Array) => column(all, 2, 0).subarray(0, months);
    const x = own(standardErrors!).map((error) => 1 / error);
    const y = own(values).map((beta, p) => beta * x[p]!);
    const level = realisedLevelBeta(pair, { from, period: "monthly" }).values.at(-2)!;
    const candidates = [0, 0.01, 0.1, 1].map(
      (state) =>
        randomWalkFilter(x, y, { k: 1, observation: 1, states: [state] }).coefficients.at(-1)!,
    );
    expect(level).toBeGreaterThan(Math.min(...candidates));
    expect(level).toBeLessThan(Math.max(...candidates));
  });
});

describe("dailyLadder", () => {
  it("has the literature's estimators, single-market ones only where there is one", () => {
    const [single, two] = [1, 2].map((markets) => dailyLadder(markets).map(({ id }) => id));
    expect(single!.filter((id) => !two!.includes(id))).toEqual(["welch", "frazzini-pedersen"]);
    expect(two).toContain("cdcc");
  });

  it("has a window of a year, a monthly AR(1), and networks of the size that was written down before", async () => {
    const ladder = new Map(dailyLadder(1).map((estimator) => [estimator.id, estimator]));
    for (const { builtIn } of ladder.values()) expect(builtIn).toBe(true);
    const size = { hidden: 8, lookback: 64, replicates: 2, seed: 1 };
    const plan = { passes: 4, batch: 64, rate: 0.002, warmUp: 40 };
    for (const id of ["nb", "nbi"])
      expect(JSON.parse(ladder.get(id)!.key!)).toEqual({ ...size, plan, head: id });
    const panel = head(pair, 400);
    const test = { from: "2019-01", through: "2019-02" };
    const [split] = walkForwardSplits(panel.dates, { from, lookback: 0, refit: "yearly", test });
    const values = async (id: string) =>
      (await ladder.get(id)!.estimate(panel, split!, "updated")).values;
    const first = 2 * panel.dates.findIndex((date) => date >= "2019-01");
    const month = { period: "monthly", horizons: [1] } as const;
    for (const [id, { values: expected }] of [
      ["rolling", rollingBeta(panel, { lookback: 252 })],
      ["ar1", harBeta(panel, { from, ...month })],
    ] as const)
      expectClose((await values(id)).slice(first, first + 40), expected.slice(first, first + 40));
  });

  it.each([
    ...["welch", "frazzini-pedersen", "blume", "ar1", "har", "realised-level"],
    ...["dcc", "cdcc", "nb", "nbi"],
  ])("%s does not look ahead", async (id) => {
    const estimator = dailyLadder(1).find((candidate) => candidate.id === id)!;
    const test = { from: "2022-11", through: "2022-12" };
    const [split] = walkForwardSplits(pair.dates, { from, lookback: 0, refit: "yearly", test });
    const known = panelThrough(pair, "2022-12-08");
    const later = known.dates.length - 1;
    const other = { ...known, coinLogReturns: known.coinLogReturns.slice() };
    other.coinLogReturns.fill(0.5, 2 * later);
    for (const update of ["frozen", "updated"] as const) {
      const [whole, part, moved] = await Promise.all(
        [pair, known, other].map((panel) => estimator.estimate(panel, split!, update)),
      );
      const until = 2 * (later + 1);
      expect(whole!.values.slice(0, until).some(Number.isFinite)).toBe(true);
      expect(part!.values).toEqual(whole!.values.slice(0, until));
      expect(moved!.values).toEqual(part!.values);
    }
  });

  it("is walked, tested against the realised beta to come, and printed", async () => {
    const few = dailyLadder(1).filter(({ id }) => ["zero", "pooled", "welch"].includes(id));
    const test = { from: "2021-01", through: "2022-12" };
    const splits = walkForwardSplits(pair.dates, { from, lookback: 0, refit: "yearly", test });
    const [set] = await walkedUpdated([{ set: "shares", panel: pair }], () => few, { splits });
    expect(set!.map(({ marketSet, update }) => `${marketSet} ${update}`)).toEqual(
      few.map(() => "shares updated"),
    );
    const rows = realisedPredictions(
      set!,
      { name: "two years", range: test },
      { period: "monthly" },
    );
    const { values, standardErrors, dates } = realisedBeta(pair, { period: "monthly" });
    const first = pair.dates.findIndex((date) => date >= "2021-01");
    const p = dates.findIndex((date) => date >= "2021-01");
    const losses = Array.from(
      { length: 48 },
      (_, at) => (values[2 * p + at]! / standardErrors![2 * p + at]!) ** 2,
    );
    expectClose(rows[0]!.loss, losses.reduce((sum, loss) => sum + loss, 0) / 48);
    expect([rows[0]!.periods, rows[0]!.n, rows[1]!.r2]).toEqual([24, 48, 0]);
    expectClose(rows[0]!.r2, 1 - rows[0]!.loss / rows[1]!.loss);
    expect(Number.isNaN(rows[1]!.dmPValue)).toBe(true);
    expect(rows[2]!.dmPValue).toBeGreaterThan(0);
    expect(set![2]!.path.values[0]).toBe(welchBeta(pair, { from }).values[2 * first]);
    const table = tableRealisedPredictions(rows, ["shares"], "two years");
    expect([table.rows.length, table.shown]).toEqual([3, 3]);
    expect(table.notes).toHaveLength(1);
    const [alone] = realisedPredictions(
      set!.slice(1, 2),
      { name: "two years", range: test },
      { period: "monthly" },
    );
    expect(alone!.loss).toBe(rows[1]!.loss);
    expect(tableDailyRivals([], [], "none").rows).toEqual([]);
    expect(() =>
      realisedPredictions(set!.slice(0, 1), { name: "x", range: test }, { period: "monthly" }),
    ).toThrow(/must have the estimator pooled, it has zero/);
  });
});

it("tableRealisedPredictions names who is not compared, and where nobody is", () => {
  const row = (market: string, estimator: string, periods: number): RealisedPrediction => ({
    ...{ marketSet: "GOLD+EQUITY", market, estimator, sample: "two years" },
    ...{ periods, n: 2 * periods, loss: 1, r2: 0, dmPValue: Number.NaN },
  });
  const rows = ["GOLD", "EQUITY"].flatMap((market, k) =>
    ["pooled", "late"].map((estimator, i) => row(market, estimator, k + i === 0 ? 24 : 0)),
  );
  const { notes } = tableRealisedPredictions(rows, [], "two years");
  expect(notes!.slice(1)).toEqual([
    "Not compared, as they lack more than half of the betas that most estimators have: late.",
    "No period has betas of all estimators, so that nothing is compared: EQUITY of GOLD+EQUITY.",
  ]);
});
