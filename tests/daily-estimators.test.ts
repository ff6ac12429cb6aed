/** Estimators of days on a few made-up weeks: their defaults, fewest rows, and what they do without any. */

import { expect, it } from "vitest";
import { dccBeta } from "../lib/src/betas/dcc.js";
import { frazziniPedersenBeta } from "../lib/src/betas/frazzini-pedersen.js";
import { realisedBeta, realisedPeriods } from "../lib/src/betas/realised.js";
import { harBeta, realisedLevelBeta } from "../lib/src/betas/realised-forecasts.js";
import { welchBeta } from "../lib/src/betas/welch.js";
import { dayNumber, isoDate } from "../lib/src/panel/calendar.js";
import { onePair } from "../lib/src/panel/panel.js";
import { stream } from "../lib/src/random.js";
import type { Panel } from "../lib/src/types.js";

/** A Saturday: weeks end on Fridays. */
const SATURDAY = dayNumber("2000-01-01");

/** Days of a coin that moves with its market, and with noise; as many from each Saturday on as are said. */
function weeksOf(...counts: readonly number[]): Panel {
  const days = counts.flatMap((count, week) =>
    Array.from({ length: count }, (_, i) => SATURDAY + 7 * week + i),
  );
  const draw = stream("weeks", counts.length);
  const market = days.map(() => 0.01 * draw.normal());
  const coin = market.map((f) => 1.5 * f + 0.01 * draw.normal());
  return { ...onePair(coin, market), frequency: "daily", dates: days.map(isoDate) };
}
const years = (n: number): Panel => weeksOf(...Array.from({ length: n }, () => 7));
const isThere = (values: Float64Array) => [...values].map(Number.isFinite);

it("realised periods are those of the dates, however many these are", () => {
  const panel = weeksOf(3, 0, 1, 2);
  const dates = [2, 14, 22].map((day) => isoDate(SATURDAY + day));
  expect(realisedPeriods(panel, "weekly")).toEqual([
    { date: dates[0], first: 0, after: 3 },
    { date: dates[1], first: 3, after: 4 },
    { date: dates[2], first: 4, after: 6 },
  ]);
});

it("a realised beta needs twice as many days as regressors and one more, or as many as it is told", () => {
  const panel = weeksOf(1, 2, 3, 4, 5);
  const found = (options: { minObs?: number; lags?: number }) =>
    isThere(realisedBeta(panel, { period: "weekly", ...options }).values);
  expect(found({})).toEqual([false, false, true, true, true]);
  // One lag is one regressor more; the first day of all has none before it.
  expect(found({ lags: 1 })).toEqual([false, false, false, false, true]);
  expect(found({ minObs: 4 })).toEqual([false, false, false, true, true]);
  // An error needs a day more than there are regressors.
  expect(found({ minObs: 1 })).toEqual([false, true, true, true, true]);
});

it("an autoregression needs twice as many targets as coefficients", () => {
  const panel = weeksOf(5, 5, 5, 5, 5, 5, 5);
  const from = panel.dates[0]!;
  const finite = (horizons: readonly number[]) =>
    isThere(harBeta(panel, { from, period: "weekly", horizons }).values).indexOf(true);
  // Two coefficients: four targets are the second to the fifth week, which the sixth knows.
  expect(finite([1])).toBe(5 * 5);
  // A mean of two weeks: the third to the sixth.
  expect(finite([2])).toBe(6 * 5);
  expect(finite([3])).toBe(-1);
});

it("an autoregression has means of one, three and twelve periods", () => {
  const panel = weeksOf(...Array.from({ length: 30 }, () => 5));
  const options = { from: panel.dates[0]!, period: "weekly" } as const;
  const usual = harBeta(panel, options).values;
  expect(usual.some(Number.isFinite)).toBe(true);
  expect(usual).toEqual(harBeta(panel, { ...options, horizons: [1, 3, 12] }).values);
});

it("forecasts of realised betas begin with the period after the first that they use", () => {
  const panel = weeksOf(...Array.from({ length: 8 }, () => 5));
  const first = (week: number) =>
    isThere(
      realisedLevelBeta(panel, { from: panel.dates[5 * week]!, period: "weekly" }).values,
    ).indexOf(true);
  // Three realised betas.
  expect([first(0), first(2)]).toEqual([3 * 5, 5 * 5]);
  const never = { from: "2031-01-01", period: "weekly" } as const;
  for (const path of [realisedLevelBeta(panel, never), harBeta(panel, never)])
    expect(path.values.every(Number.isNaN)).toBe(true);
});

it("Frazzini and Pedersen's beta has volatilities of a year, of 120 days at least, and correlations of five, of 750", () => {
  const panel = years(200);
  const from = panel.dates[0]!;
  const { values } = frazziniPedersenBeta(panel, { from });
  // 750 sums of three days end on the 752nd.
  expect(isThere(values).indexOf(true)).toBe(752);
  const windows = {
    volatility: { lookback: 252, minObs: 120 },
    correlation: { lookback: 1260, minObs: 750 },
  };
  expect(values).toEqual(
    frazziniPedersenBeta(panel, { from, overlap: 3, weight: 0.6, ...windows }).values,
  );
  const correlation = { lookback: 90, minObs: 50 };
  const begins = (panel: Panel) =>
    isThere(frazziniPedersenBeta(panel, { from, correlation }).values).indexOf(true);
  expect(begins(panel)).toBe(120);
  // A day without a return is passed over.
  const coinLogReturns = panel.coinLogReturns.with(40, NaN);
  expect(begins({ ...panel, coinLogReturns })).toBe(121);
});

it("Frazzini and Pedersen's beta takes windows of two days, and single returns", () => {
  const panel = weeksOf(7, 7);
  const two = { lookback: 2, minObs: 2 };
  const options = { from: panel.dates[0]!, volatility: two, correlation: two };
  const finite = (overlap: number) =>
    isThere(frazziniPedersenBeta(panel, { ...options, overlap }).values).indexOf(true);
  expect([finite(1), finite(2), finite(3)]).toEqual([2, 3, 4]);
  const single = { lookback: 2, minObs: 1 };
  for (const key of ["volatility", "correlation"])
    expect(() => frazziniPedersenBeta(panel, { ...options, [key]: single })).toThrow(
      "minObs must be an integer of at least 2, got 1",
    );
});

it("a dynamic correlation needs a year of days by default, and twenty at least", () => {
  const panel = years(40);
  const beta = (days: number, minObs?: number) =>
    dccBeta(panel, {
      fit: { from: panel.dates[0]!, through: panel.dates[days - 1]! },
      update: "frozen",
      ...(minObs === undefined ? {} : { minObs }),
    }).values;
  expect(beta(249).every(Number.isNaN)).toBe(true);
  expect(isThere(beta(250)).indexOf(true)).toBe(250);
  expect(isThere(beta(20, 20)).indexOf(true)).toBe(20);
  expect(() => beta(20, 19)).toThrow("minObs must be an integer of at least 20, got 19");
});

it("a dynamic correlation is estimated anew every year where it is updated", () => {
  const panel = years(110);
  const fit = { from: panel.dates[0]!, through: "2000-12" };
  const path = (refit?: "yearly" | "quarterly") =>
    dccBeta(panel, { fit, update: "updated", ...(refit ? { refit } : {}) }).values;
  expect(path()).toEqual(path("yearly"));
  expect(path()).not.toEqual(path("quarterly"));
});

it("Welch's beta bounds slopes by three about one, with weights that fall by 1 in 128 a day", () => {
  // Slopes of 9 and -9 count as 4 and -2: exponential weights of exp(-1 / 128) a day.
  const panel = { ...onePair([0.09, -0.09, 0], [0.01, 0.01, 0]), frequency: "daily" } as const;
  const decay = Math.exp(-1 / 128);
  const { values } = welchBeta(panel, { from: panel.dates[0]! });
  expect(values[1]).toBeCloseTo(4, 12);
  expect(values[2]).toBeCloseTo((4 * decay - 2) / (decay + 1), 12);
});
