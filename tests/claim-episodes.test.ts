/** Claims about episodes, on weeks whose betas are known. */

import { describe, expect, it } from "vitest";
import { isoDate } from "../lib/src/panel/calendar.js";
import { datesAfter, HALVINGS, stressDates } from "../lib/src/panel/events.js";
import { stream } from "../lib/src/random.js";
import { DISCUSSION } from "../lib/src/report/claims/discussion.js";
import { claimLedger, measuredClaim } from "../lib/src/report/claims/ledger.js";
import {
  coinWeight,
  marketCorrelation,
  meanCoin,
  pooledOn,
  topDates,
} from "../lib/src/report/claims/samples.js";
import { STEP_5 } from "../lib/src/report/claims/step-5.js";
import { STUDY } from "../lib/src/study.js";
import type { Panel } from "../lib/src/types.js";
import { claimContextOf, printed } from "./support/claim-context.js";

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

const measured = async (id: string, weekly: Panel) =>
  [...STEP_5, ...DISCUSSION]
    .find((claim) => claim.id === id)!
    .measure(claimContextOf({ weekly, halvings: HALVINGS }));

describe("claims about episodes", () => {
  const verdicts = async (weekly: Panel) => {
    const context = claimContextOf({ weekly, halvings: HALVINGS });
    const regressions = STEP_5.filter(({ id }) => id.endsWith("-regression"));
    const found = await Promise.all(regressions.map((claim) => measuredClaim(claim, context)));
    return Object.fromEntries(
      claimLedger(
        found.map(({ id }) => printed(id, "5")),
        found,
      ).map(({ id, verdict }) => [id, verdict]),
    );
  };

  it("find betas that rise after halvings and decouple in the second year, and betas that do the opposite", async () => {
    const first = new Set(datesAfter(weeks(() => 0).dates, HALVINGS, 365));
    const rising = await verdicts(weeks((date) => (first.has(date) ? 1 : 0)));
    expect(rising).toMatchObject({
      "early-regression": "supported",
      "rising-halving-regression": "supported",
      "decoupling-regression": "supported",
    });
    const falling = await verdicts(weeks((date) => (first.has(date) ? 0 : 1)));
    expect(falling).toMatchObject({
      "early-regression": "contradicted",
      "rising-halving-regression": "contradicted",
      "decoupling-regression": "contradicted",
    });
  });

  it("support nothing where a beta does not move", async () => {
    const { "early-regression": _, ...moves } = await verdicts(weeks(() => 1));
    expect(Object.values(moves)).toEqual(["undecided", "undecided", "undecided"]);
  });

  it("find coins that make a portfolio of the markets safer, and coins that do not", async () => {
    // Coins with the markets' own risk make a portfolio safer; with ten times their beta they do not.
    const safe = await measured(
      "diversification",
      weeks(() => 0),
    );
    expect(safe.lower).toBeGreaterThan(0);
    const risky = await measured(
      "diversification",
      weeks(() => 10),
    );
    expect(risky.upper).toBeLessThan(0);
  });

  it("find betas that are higher in stress, and in the four weeks after it", async () => {
    const { dates } = weeks(() => 0);
    const stress = stressDates(
      weeks(() => 0),
      "EQUITY",
      0.1,
    );
    const isAfter = (date: string) =>
      [1, 2, 3, 4].some((lag) => stress.includes(dates[dates.indexOf(date) - lag] ?? ""));
    const weekly = weeks((date) => (stress.includes(date) ? 4 : isAfter(date) ? 2.5 : 1), 0);
    expect((await measured("contagion-regression", weekly)).estimate).toBeCloseTo(3, 10);
    expect((await measured("contagion-short-regression", weekly)).estimate).toBeCloseTo(1.5, 10);
  });

  it("find betas that are higher after quarters in which coins rose", async () => {
    const { dates, marketLogReturns } = weeks(() => 0);
    const markets = STUDY.markets.length;
    const k = STUDY.markets.indexOf("EQUITY");
    const betas: number[] = [];
    const coin: number[] = [];
    for (let t = 0; t < dates.length; t++) {
      const before = coin.slice(-13).reduce((sum, r) => sum + r, 0);
      betas.push(t >= 13 && before > 0 ? 2 : 0.5);
      coin.push(betas[t]! * marketLogReturns[t * markets + k]!);
    }
    const weekly = weeks((date) => betas[dates.indexOf(date)]!, 0);
    const { estimate, lower, upper } = await measured("bullish-equity-regression", weekly);
    expect([estimate, lower, upper]).toEqual([1.5, 1.5, 1.5].map((v) => expect.closeTo(v, 10)));
    expect((await measured("bullish-energy-regression", weekly)).lower).toBeLessThan(0);
  });

  it("find betas that are higher where coins were volatile in the quarter of weeks before", async () => {
    const wild = (date: string) => date >= "2020-01" && date < "2022-01";
    const weekly = weeks((date) => (wild(date) ? 3 : 1), 0);
    expect((await measured("rising-volatility-regression", weekly)).estimate).toBeGreaterThan(1.5);
    const calmer = weeks((date) => (wild(date) ? 1 : 3), 0);
    expect((await measured("rising-volatility-regression", calmer)).estimate).toBeGreaterThan(0);
  });

  it("take the thirteen weeks before each week for its quarter, and the wildest fourth of weeks", async () => {
    const weekly = weeks((date) => (Number(date.slice(-2)) % 5) / 2);
    const coin = meanCoin(weekly);
    const k = STUDY.markets.indexOf("EQUITY");
    const equity = weekly.dates.map((_, t) => weekly.marketLogReturns[4 * t + k]!);
    const before = weekly.dates.map((_, t) =>
      t < 13 ? Number.NaN : coin.subarray(t - 13, t).reduce((sum, r) => sum + r ** 2, 0),
    );
    const { inside, outside } = topDates(weekly.dates, before, 0.25);
    const [wild, calm] = [inside, outside].map((among) =>
      pooledOn(
        coin,
        equity,
        among.map((date) => weekly.dates.indexOf(date)),
      ),
    );
    const { estimate, n } = await measured("rising-volatility-regression", weekly);
    expect([n, inside.length + outside.length]).toEqual([inside.length, 361 - 13]);
    expect(estimate).toBeCloseTo(wild! - calm!, 12);
  });

  it("weigh coins where markets were correlated in the half year before", async () => {
    const weekly = weeks(() => 0.5);
    const { inside } = topDates(weekly.dates, marketCorrelation(weekly, 26), 0.25);
    const { estimate, n } = await measured("diversification-correlated", weekly);
    expect(n).toBe(inside.length);
    expect(estimate).toBe(coinWeight(weekly, inside, { draws: 99, seed: 1 }).estimate);
  });
});
