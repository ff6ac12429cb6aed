/** The printed sorts beside our portfolios: the first date, dates and markets that are unknown, and portfolios that are missing. */

import { expect, it } from "vitest";
import type { PortfolioSort } from "../lib/src/comparing/portfolio-sorts.js";
import { matchReportedSorts } from "../lib/src/report/reported-sorts.js";
import { seededPanel } from "./support/helpers.js";

const panel = seededPanel(3, ["A", "B"], ["X"]);
const [first, second] = panel.dates as [string, string];
/** Coin A in portfolio 1 and B in 2 on the first date, the other way round on the second. */
const ours = {
  market: "X",
  sort: { dates: [first, second], coins: ["A", "B"], portfolio: Int32Array.of(1, 2, 2, 1) },
  portfolios: [
    { name: "1", betas: [0.5, 0.25], excessReturns: [0.1, 0.2] },
    { name: "2", betas: [1, 2], excessReturns: [0.3, 0.4] },
  ],
} as unknown as PortfolioSort;

const match = (date: string, quantile: string, market = "X") =>
  matchReportedSorts([{ date, market, quantile, meanBeta: "0", excessReturn: "0" }], panel, [
    ours,
  ])[0]!;

it("our portfolio of the same number has its coins, beta and return, from the first date on", () => {
  expect(match(first, "1")).toMatchObject({
    ...{ ourCoins: ["A"], ourMeanBeta: 0.5, ourExcessReturn: 0.1 },
    coin: expect.stringMatching(/^[AB]$/),
  });
  expect(match(second, "2")).toMatchObject({
    ...{ ourCoins: ["A"], ourMeanBeta: 2, ourExcessReturn: 0.4 },
  });
});

it("there is none of another number, date or market", () => {
  const none = { ourCoins: [], ourMeanBeta: Number.NaN, ourExcessReturn: Number.NaN };
  expect(match(first, "3")).toMatchObject(none);
  expect(match(panel.dates[2]!, "1")).toMatchObject(none);
  expect(match(first, "1", "Y")).toMatchObject({ ...none, coin: "", difference: Number.NaN });
  expect(match("1999-12-31", "1")).toMatchObject({ ...none, coin: "" });
});
