/** Windows around events and betas of periods, each moment written out on seeded returns. */

import { describe, expect, it } from "vitest";
import { betaPeriods, commonReturns } from "../lib/src/comparing/beta-breaks.js";
import { eventWindows } from "../lib/src/comparing/event-windows.js";
import { seededPanel } from "./support/helpers.js";

const panel = seededPanel(60, ["A", "B"], ["X"]);
const x = [...panel.marketLogReturns];
const y = x.map((_, t) => (panel.coinLogReturns[2 * t]! + panel.coinLogReturns[2 * t + 1]!) / 2);
const all = x.map((_, t) => t);

const at = (values: readonly number[], rows: readonly number[]) => rows.map((t) => values[t]!);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const centred = (values: readonly number[]) => {
  const middle = sum(values) / values.length;
  return values.map((value) => value - middle);
};
const dot = (a: readonly number[], b: readonly number[]) => sum(a.map((value, i) => value * b[i]!));
/** Sample variance, by n - 1. */
const variance = (values: readonly number[]) =>
  dot(centred(values), centred(values)) / (values.length - 1);
const correlation = (a: readonly number[], b: readonly number[]) =>
  dot(centred(a), centred(b)) /
  Math.sqrt(dot(centred(a), centred(a)) * dot(centred(b), centred(b)));
const slope = (rows: readonly number[]) =>
  dot(at(x, rows), at(y, rows)) / dot(at(x, rows), at(x, rows));

describe("eventWindows", () => {
  const events = { first: panel.dates[20]!, second: panel.dates[40]! };
  const rows = eventWindows(panel, "X", { events, days: 70 });
  const inside = [18, 19, 20, 21, 22];
  const calm = all.filter((t) => !(t >= 18 && t <= 22) && !(t >= 38 && t <= 42));

  it("have the moments of their own dates and of those around no event", () => {
    expect(rows[0]!.correlation).toBeCloseTo(correlation(at(x, inside), at(y, inside)), 10);
    expect(rows[0]!.calmCorrelation).toBeCloseTo(correlation(at(x, calm), at(y, calm)), 10);
    expect(rows[0]!.varianceRatio).toBeCloseTo(variance(at(x, inside)) / variance(at(x, calm)), 10);
    expect(rows[0]!.beta).toBeCloseTo(slope(inside), 10);
    expect(rows[0]!.calmBeta).toBeCloseTo(slope(calm), 10);
    expect(rows[1]!.calmBeta).toBeCloseTo(slope(calm), 10);
    expect(rows[1]!.beta).toBeCloseTo(slope([38, 39, 40, 41, 42]), 10);
  });

  it("have the correlation that Forbes and Rigobon correct for the rise of the variance", () => {
    const { correlation: r, varianceRatio: ratio, adjustedCorrelation } = rows[0]!;
    expect(adjustedCorrelation).toBeCloseTo(r / Math.sqrt(1 + (ratio - 1) * (1 - r * r)), 10);
  });

  it("reach as many days as they are given, on either side", () => {
    // From the end of September 2019 there are 31 days to the end of October, 30 from the end of August.
    const september = { event: panel.dates[20]! };
    const monthsOf = (days: number) =>
      eventWindows(panel, "X", { events: september, days }).map(({ from, through }) => [
        from,
        through,
      ]);
    expect(monthsOf(61)).toEqual([[panel.dates[18], panel.dates[22]]]);
    expect(monthsOf(60)).toEqual([]);
    expect(monthsOf(92)).toEqual([[panel.dates[17], panel.dates[23]]]);
    expect(monthsOf(91)).toEqual([[panel.dates[18], panel.dates[22]]]);
  });
});

describe("betaPeriods", () => {
  it("has the ratio of standard deviations, and the mean of the coins' correlations", () => {
    const range = { from: panel.dates[5]!, through: panel.dates[11]! };
    const [row] = betaPeriods(panel, "X", [{ name: "seven", range }]);
    const rows = [5, 6, 7, 8, 9, 10, 11];
    expect([row!.n, row!.market, row!.period]).toEqual([7, "X", "seven"]);
    expect(row!.deviationRatio).toBeCloseTo(
      Math.sqrt(variance(at(x, rows)) / variance(at(y, rows))),
      10,
    );
    const coins = [0, 1].map((i) => rows.map((t) => panel.coinLogReturns[2 * t + i]!));
    const each = coins.map((own) => correlation(at(x, rows), own));
    expect(row!.meanCorrelation).toBeCloseTo((each[0]! + each[1]!) / 2, 10);
    expect(row!.beta).toBeCloseTo(slope(rows), 10);
  });

  it("has the beta of a single date", () => {
    const range = { from: panel.dates[5]!, through: panel.dates[5]! };
    const [row] = betaPeriods(panel, "X", [{ name: "one", range }]);
    expect([row!.n, row!.beta]).toEqual([1, expect.closeTo(y[5]! / x[5]!, 10)]);
  });
});

it("commonReturns are the dates on which the market and some coin have a return", () => {
  const gaps = {
    ...panel,
    coinLogReturns: panel.coinLogReturns.map((r, i) => (i === 2 || i === 6 || i === 7 ? NaN : r)),
    marketLogReturns: panel.marketLogReturns.with(2, Number.NaN),
  };
  const found = commonReturns(gaps, "X", (date) => date <= panel.dates[5]!);
  expect(found.rows).toEqual([0, 1, 4, 5]);
  expect(found.dates).toEqual(at([0, 1, 2, 3, 4, 5], [0, 1, 4, 5]).map((t) => panel.dates[t]));
  expect(found.x).toEqual(at(x, [0, 1, 4, 5]));
  expect(found.y).toEqual([y[0], panel.coinLogReturns[3], y[4], y[5]]);
});
