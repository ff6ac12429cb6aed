/** Sorts of the study: both definitions, no look-ahead, and the report's rows. */

import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Estimator } from "../lib/src/betas/estimator.js";
import { classicalLadder } from "../lib/src/betas/ladder.js";
import {
  type PortfolioSort,
  portfolioSorts,
  sortedPortfolios,
} from "../lib/src/comparing/portfolio-sorts.js";
import { readFactors, readRecords } from "../lib/src/data/panel-file.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import { selectMarkets } from "../lib/src/panel/panel.js";
import { walkForwardSplits } from "../lib/src/panel/walk-forward.js";
import { matchReportedSorts, missingCoins } from "../lib/src/report/reported-sorts.js";
import { STUDY } from "../lib/src/study.js";
import { betaPath, type Factors, type Panel, type Sample } from "../lib/src/types.js";
import { studyPanel } from "./support/helpers.js";

const { NaN: none } = Number;

const OPTIONS = { quantiles: 2, cost: 0.002, draws: 999, seed: 1 };

/** Expanding betas by coin, from 2019, in the walk-forward years. */
const historical = classicalLadder(1, STUDY).filter(({ id }) => id === "historical");

const SAMPLES: readonly Sample[] = [
  { name: "2021-2024", range: STUDY.walkForward.test },
  { name: "2023", range: STUDY.split.outOfSample },
];

const onProgress = vi.fn();
const sortsOf = (
  panel: Panel,
  factors: Factors,
  estimators: readonly Estimator[] = historical,
  samples: readonly Sample[] = SAMPLES,
): Promise<PortfolioSort[]> =>
  portfolioSorts(panel, factors, {
    estimators,
    design: {
      splits: walkForwardSplits(panel.dates, {
        ...STUDY.walkForward,
        from: STUDY.split.inSample.from,
        lookback: STUDY.lookback,
      }),
      samples,
    },
    update: "updated",
    onProgress,
    ...OPTIONS,
  });

let panel: Panel;
let factors: Factors;
let sorts: PortfolioSort[];
beforeAll(async () => {
  panel = await studyPanel();
  factors = await readFactors(STUDY);
  sorts = await sortsOf(panel, factors);
});

const find = (
  found: readonly PortfolioSort[],
  market: string,
  definition: string,
  sample = "2021-2024",
) => found.find((s) => s.market === market && s.definition === definition && s.sample === sample)!;

describe("portfolioSorts", () => {
  it("says how many estimators of how many markets are sorted", () => {
    const [first] = onProgress.mock.calls;
    expect(first).toEqual([1, panel.markets.length]);
  });

  it("counts every estimator on every market", async () => {
    const two = classicalLadder(1, STUDY).filter(
      ({ id }) => id === "historical" || id === "pooled",
    );
    await sortsOf(selectMarkets(panel, panel.markets.slice(0, 2)), factors, two);
    expect(onProgress.mock.lastCall).toEqual([4, 4]);
  });

  it("has the dates of its sample and the one before, and none of a sample that is not tested", async () => {
    expect(find(sorts, "FIAT", "sound").sort.dates).toHaveLength(48);
    expect(find(sorts, "FIAT", "sound", "2023").sort.dates).toHaveLength(13);
    const samples = [{ name: "early", range: { from: "2018-01", through: "2018-12" } }];
    const early = await sortsOf(selectMarkets(panel, ["FIAT"]), factors, historical, samples);
    expect(early.map(({ sort }) => sort.counts.sorted)).toEqual([0, 0]);
    expect(early[0]!.performance.map(({ n }) => n)).toEqual([0, 0, 0, 0]);
  });

  it("holds a coin whose return is missing on a sample's first or last date, as it is alive", async () => {
    const N = panel.coins.length;
    const [first, last] = ["2023-01-31", "2023-12-31"].map((date) => panel.dates.indexOf(date));
    const coinLogReturns = panel.coinLogReturns.slice();
    for (const t of [first!, last!]) coinLogReturns[t * N] = Number.NaN;
    const holed = { ...selectMarkets(panel, ["FIAT"]), coinLogReturns };
    const { sort } = find(await sortsOf(holed, factors), "FIAT", "sound", "2023");
    expect(sort.portfolio[N]).toBeGreaterThan(0);
    expect(sort.portfolio[12 * N]).toBeGreaterThan(0);
    expect(sort.counts.sorted).toBe(12);
  });

  it("sorts on every market, in every sample, by both definitions", () => {
    expect(sorts.map((s) => [s.market, s.sample, s.definition])).toEqual(
      panel.markets.flatMap((market) =>
        ["2021-2024", "2023"].flatMap((sample) => [
          [market, sample, "sound"],
          [market, sample, "single-coin"],
        ]),
      ),
    );
    for (const sort of sorts)
      expect(sort).toMatchObject({
        estimator: "historical",
        update: "updated",
      });
  });

  it("holds two portfolios of two coins, their difference and betting against beta; the report, four of one", () => {
    const sound = find(sorts, "EQUITY", "sound");
    const report = find(sorts, "EQUITY", "single-coin");
    const names = (s: PortfolioSort) => s.portfolios.map(({ name }) => name);
    expect(names(sound)).toEqual(["1", "2", "long-short", "bab"]);
    expect(names(report)).toEqual(["1", "2", "3", "4", "long-short"]);
    for (const s of [sound, report])
      expect(s.performance.map((p) => p.portfolio)).toEqual(names(s));
  });

  it("has every month of the sample, and no other", () => {
    for (const [sample, months] of [
      ["2021-2024", 47],
      ["2023", 12],
    ] as const) {
      const { sort, performance } = find(sorts, "FIAT", "sound", sample);
      expect(sort.counts).toEqual({
        sorted: months,
        tooFew: 0,
        tied: 0,
        withoutBeta: 0,
      });
      expect(performance[2]!.n).toBe(months);
    }
  });

  it("tests means from 24 months on, and says nothing of twelve", () => {
    const [whole, year] = ["2021-2024", "2023"].map((sample) =>
      find(sorts, "FIAT", "single-coin", sample),
    );
    expect(whole!.performance[4]!.pValue).not.toBeNaN();
    expect(whole!.monotonicity.reason).toBe("");
    expect(year!.performance[4]).toMatchObject({ tStat: none, pValue: none });
    expect(year!.performance[4]!.mean).not.toBeNaN();
    expect(year!.monotonicity.reason).toBe("12 dates, of at least 24");
  });

  it("has no test of monotone means along two portfolios, with the reason", () => {
    expect(find(sorts, "FIAT", "sound").monotonicity).toMatchObject({
      increasing: none,
      decreasing: none,
      reason: "2 portfolios, of at least 3",
    });
  });

  it("has no betting against beta on FIAT, on which betas are below zero", () => {
    expect(find(sorts, "FIAT", "sound").performance[3]!.n).toBe(0);
    expect(find(sorts, "EQUITY", "sound").performance[3]!.n).toBe(47);
  });

  it("has no sort by an estimator that gives all coins one beta", async () => {
    const pooled = classicalLadder(1, STUDY).filter(({ id }) => id === "pooled");
    for (const { sort, performance } of await sortsOf(panel, factors, pooled)) {
      expect(sort.counts.sorted).toBe(0);
      expect(sort.counts.tied).toBeGreaterThan(0);
      expect(performance.map(({ n }) => n)).toEqual(performance.map(() => 0));
    }
  });

  it.each(["2021-06", "2023-07", "2024-11"])(
    "moves no portfolio through %s when every return from then on changes",
    async (month) => {
      const t = panel.dates.findIndex((date) => date.startsWith(month));
      const wild = (values: Float64Array, width: number) =>
        values.map((r, at) => (at < t * width ? r : -3 * r + Math.sin(at)));
      const changed = await sortsOf(
        {
          ...panel,
          coinLogReturns: wild(panel.coinLogReturns, panel.coins.length),
          marketLogReturns: wild(panel.marketLogReturns, panel.markets.length),
        },
        {
          ...factors,
          riskFree: factors.riskFree.map((r, row) => (row < t ? r : 0.5)),
        },
      );
      let after = 0;
      sorts.forEach((sort, s) => {
        const other = changed[s]!;
        const N = panel.coins.length;
        // Dates of the sample before the changed one, and through it.
        const [earlier, known] = [0, 1].map(
          (more) => sort.sort.dates.filter((date) => date < (panel.dates[t + more] ?? "9")).length,
        ) as [number, number];
        expect(other.sort.portfolio.slice(0, known * N)).toEqual(
          sort.sort.portfolio.slice(0, known * N),
        );
        sort.portfolios.forEach((before, p) => {
          const now = other.portfolios[p]!;
          // Turnover just before t is known; what the portfolio earns in t is not.
          for (const [key, dates] of [
            ["betas", known],
            ["turnover", known],
            ["excessReturns", earlier],
            ["netReturns", earlier],
          ] as const)
            expect(now[key].slice(0, dates)).toEqual(before[key].slice(0, dates));
          if (now.excessReturns[earlier] !== before.excessReturns[earlier]) after++;
        });
      });
      expect(after).toBeGreaterThan(0);
    },
  );

  it("would move if a sort used the beta of the month that follows", () => {
    const late = betaPath({ ...panel, markets: ["FIAT"] }, "walkForward", (coin, t) => [
      panel.coinLogReturns[t * panel.coins.length + coin]!,
    ]);
    const found = sortedPortfolios(panel, late, { definition: "sound", factors, ...OPTIONS });
    // Sorted by its own return, the high portfolio wins in every month.
    expect(Math.min(...found.portfolios[2]!.excessReturns)).toBeGreaterThan(0);
  });

  it("keeps the long-short return the difference of its legs, and costs what is traded", () => {
    for (const { portfolios, sort, definition } of sorts) {
      const [low, high, longShort] = [
        portfolios[0]!,
        portfolios[sort.quantiles - 1]!,
        portfolios[sort.quantiles]!,
      ];
      longShort.excessReturns.forEach((r, t) => {
        const difference = high.excessReturns[t]! - low.excessReturns[t]!;
        if (Number.isNaN(r)) expect(difference).toBeNaN();
        else expect(r).toBeCloseTo(difference, 12);
      });
      if (definition === "sound")
        for (const { excessReturns, netReturns, turnover } of portfolios)
          expect(netReturns).toEqual(excessReturns.map((r, t) => r - OPTIONS.cost * turnover[t]!));
    }
  });

  it("only relabels when coins change places", async () => {
    const turned = await sortsOf(
      {
        ...panel,
        coins: panel.coins.toReversed(),
        coinLogReturns: Float64Array.from(
          panel.dates.flatMap((_, t) =>
            [...panel.coinLogReturns.subarray(t * 4, t * 4 + 4)].reverse(),
          ),
        ),
      },
      factors,
    );
    sorts.forEach(({ portfolios }, s) => {
      portfolios.forEach(({ excessReturns }, p) => {
        turned[s]!.portfolios[p]!.excessReturns.forEach((r, t) => {
          if (Number.isNaN(r)) expect(excessReturns[t]).toBeNaN();
          else expect(r).toBeCloseTo(excessReturns[t]!, 12);
        });
      });
    });
  });

  it("refuses more quantiles than the coins fill", async () => {
    const path = betaPath(await studyPanel("FIAT"), "walkForward", (i) => [i]);
    const sortBy = (definition: "sound" | "single-coin") =>
      sortedPortfolios(panel, path, { definition, factors, ...OPTIONS, quantiles: 3 });
    expect(() => sortBy("sound")).toThrow(/^betaSort: quantiles must leave/);
    expect(sortBy("single-coin").sort.quantiles).toBe(4);
  });
});

describe("matchReportedSorts", () => {
  const printed = () => readRecords(shippedFile("reported/sorts.csv"));

  it("finds that January 2023 holds ETH, BTC and BCH, in this order, and misses LTC", async () => {
    const matches = matchReportedSorts(await printed(), panel, []);
    const january = matches.filter(({ date }) => date === "2023-01-31");
    expect(january.map(({ coin }) => coin)).toEqual(["ETH", "BTC", "BCH"]);
    for (const { difference, nextDifference } of january) {
      expect(difference).toBeLessThan(0.001);
      expect(nextDifference).toBeGreaterThan(0.015);
    }
    expect(missingCoins(matches, panel.coins, "2023-01-31")).toEqual(["LTC"]);
  });

  it("gives printed numbers, the nearest coin, its difference and the next one's", () => {
    const t = panel.dates.indexOf("2023-01-31");
    const returnOf = (series: Float64Array, width: number, i: number) => series[t * width + i]!;
    const eth = returnOf(panel.coinLogReturns, 4, 1) - returnOf(panel.marketLogReturns, 4, 2);
    const btc = returnOf(panel.coinLogReturns, 4, 0) - returnOf(panel.marketLogReturns, 4, 2);
    const ltc = returnOf(panel.coinLogReturns, 4, 2) - returnOf(panel.marketLogReturns, 4, 2);
    const record = {
      date: "2023-01-31",
      market: "GOLD",
      quantile: "2",
      meanBeta: "0.5",
      excessReturn: String(eth + 0.001),
    };
    const [match] = matchReportedSorts([record], panel, []);
    expect(match).toMatchObject({
      date: "2023-01-31",
      market: "GOLD",
      quantile: 2,
      meanBeta: 0.5,
      coin: "ETH",
      coinExcess: eth,
      ourCoins: [],
      ourMeanBeta: none,
      ourExcessReturn: none,
    });
    expect(match!.difference).toBeCloseTo(0.001, 12);
    expect(match!.nextDifference).toBeCloseTo(Math.min(ltc, btc) - eth - 0.001, 12);
  });

  it("sets our portfolio of the same date, market and number beside it", async () => {
    const ours = find(sorts, "FIAT", "single-coin");
    const matches = matchReportedSorts(await printed(), panel, [ours]);
    const t = ours.sort.dates.indexOf("2023-02-28");
    const held = panel.coins.filter(
      (_, i) => ours.sort.portfolio[t * panel.coins.length + i] === 2,
    );
    expect(matches[4]).toMatchObject({
      ourCoins: held,
      ourMeanBeta: ours.portfolios[1]!.betas[t],
      ourExcessReturn: ours.portfolios[1]!.excessReturns[t],
    });
    expect(held).toHaveLength(1);
  });

  it("is empty for a date or market that the panel does not have", () => {
    const record = { quantile: "1", meanBeta: "0", excessReturn: "0" };
    const matches = matchReportedSorts(
      [
        { ...record, date: "1999-01-31", market: "FIAT" },
        { ...record, date: "2023-01-31", market: "OIL" },
      ],
      panel,
      sorts,
    );
    for (const match of matches)
      expect(match).toMatchObject({
        coin: "",
        coinExcess: none,
        difference: none,
        nextDifference: none,
        ourCoins: [],
      });
  });
});
