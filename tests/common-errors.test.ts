/** Cells in which betas are compared, what each lacks, and losses by date, on a panel of four months. */

import { describe, expect, it } from "vitest";
import {
  commonCells,
  commonErrors,
  dateLosses,
  latePaths,
  meanByDate,
} from "../lib/src/comparing/common-errors.js";
import { leftOut } from "../lib/src/comparing/left-out.js";
import { betaPath, type Panel } from "../lib/src/types.js";

/** The market returns 1, 2, 3, 4; coin A ten times that, coin B has no return in the second month. */
const panel: Panel = {
  frequency: "monthly",
  dates: ["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30"],
  coins: ["A", "B"],
  markets: ["X"],
  coinLogReturns: Float64Array.of(10, 5, 20, NaN, 30, 7, 40, 9),
  marketLogReturns: Float64Array.of(1, 2, 3, 4),
};
const path = (beta: (coin: number, t: number) => number) => ({
  panel,
  path: betaPath(panel, "walkForward", (coin, t) => [beta(coin, t)]),
});
const whole = { from: "2020-01", through: "2020-04" };
const ones = path(() => 1);
/** No beta of A in March, none of B from March on. */
const twos = path((coin, t) => ((coin === 0 && t === 2) || (coin === 1 && t >= 2) ? NaN : 2));
/** Only the first beta of A. */
const seldom = path((coin, t) => (coin === 0 && t === 0 ? 3 : NaN));

describe("commonCells", () => {
  it("are those that all have, but for who comes too late", () => {
    const { common, rows, late, missing, missingDates } = commonCells(
      "test",
      [ones, twos, seldom],
      whole,
    );
    expect(late).toEqual([false, false, true]);
    expect([...common]).toEqual([1, 1, 1, 0, 0, 0, 1, 0]);
    expect(rows).toEqual([0, 1, 3]);
    expect(missing).toEqual([
      [0, 0],
      [1, 2],
      [3, 3],
    ]);
    // The second lacks betas in March and April; the third in every month.
    expect(missingDates).toEqual([0, 2, 4]);
  });

  it("count within the range alone", () => {
    const first = { from: "2020-01", through: "2020-01" };
    const cells = commonCells("test", [ones, ones, seldom], first);
    expect(cells.late).toEqual([false, false, false]);
    expect([...cells.common]).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
    expect(cells.missing).toEqual([
      [0, 0],
      [0, 0],
      [0, 1],
    ]);
    expect(cells.missingDates).toEqual([0, 0, 1]);
    const last = commonCells("test", [ones, ones, seldom], { from: "2020-04", through: "2020" });
    expect([...last.common]).toEqual([0, 0, 0, 0, 0, 0, 1, 1]);
    expect(last.late).toEqual([false, false, true]);
    expect(() => commonCells("test", [ones], { from: "2021", through: "2022" })).toThrow(
      "test: the range must hold a date of the panel, but 2021 to 2022 has none",
    );
  });
});

it("commonErrors are returns less beta times the market's, by coin and then by date", () => {
  const { dates, errors } = commonErrors("test", [ones, twos], whole);
  expect(dates).toEqual(["2020-01-31", "2020-02-29", "2020-04-30"]);
  expect(errors).toEqual([
    [
      [9, 18, 36],
      [4, NaN, NaN],
    ],
    [
      [8, 16, 32],
      [3, NaN, NaN],
    ],
  ]);
});

it("latePaths have fewer than half of the lower of the two in the middle", () => {
  expect(latePaths([4, 1, 8, 20])).toEqual([false, true, false, false]);
  expect(latePaths([1, 2, 4, 8, 16])).toEqual([true, false, false, false, false]);
  expect(latePaths([3, 6, 6])).toEqual([false, false, false]);
  expect(latePaths([2, 6, 6])).toEqual([true, false, false]);
});

it("meanByDate and dateLosses take the coins that are there", () => {
  const coins = [
    [1, NaN, NaN],
    [-3, 4, NaN],
  ];
  expect(meanByDate(coins)).toEqual([-1, 4, NaN]);
  expect(dateLosses(coins)).toEqual([5, 16, NaN]);
});

it("leftOut is the mean of the networks but one", () => {
  const seeds = [
    [1, 10],
    [2, 20],
    [6, 60],
  ].map((own) => Float64Array.from(own));
  const made = { ...ones.path, values: Float64Array.of(3, 30), seeds };
  expect(leftOut(made).map(({ values }) => [...values])).toEqual([
    [4, 40],
    [3.5, 35],
    [1.5, 15],
  ]);
  const pair = { ...made, values: Float64Array.of(1.5), seeds: seeds.slice(0, 2) };
  expect(leftOut(pair).map(({ values }) => [...values])).toEqual([[2], [1]]);
  expect(leftOut({ ...made, seeds: seeds.slice(0, 1) })).toEqual([]);
  expect(leftOut(ones.path)).toEqual([]);
});
