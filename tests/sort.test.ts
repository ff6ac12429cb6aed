/** Portfolios sorted by beta: breakpoints of earlier dates only. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BetaSort,
  betaSort,
  fewestCoins,
  type SortOptions,
  usualQuantiles,
} from "../lib/src/portfolios/sort.js";
import { RUNS } from "./support/helpers.js";
import { sortable } from "./support/portfolios.js";

const { NaN: none } = Number;

const sorted = (
  betas: readonly (readonly number[])[],
  options: Omit<SortOptions, "market"> = { quantiles: 2 },
): BetaSort => {
  const { panel, path } = sortable(betas);
  return betaSort(panel, path, { market: "X", ...options });
};
const portfolios = (
  betas: readonly (readonly number[])[],
  options?: Omit<SortOptions, "market">,
) => [...sorted(betas, options).portfolio];

/** A month of up to twelve coins, with gaps and ties. */
const month = fc.array(
  fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -8, max: 8 }) }, fc.constant(none)),
  { minLength: 4, maxLength: 12 },
);

describe("betaSort", () => {
  it("puts two of four coins into each half, the lowest betas into portfolio 1", () => {
    expect(portfolios([[3, 1, 2, 4]])).toEqual([2, 1, 1, 2]);
    expect(portfolios([[-1, -2, -4, -3]])).toEqual([2, 2, 1, 1]);
  });

  it("sorts every date by its own betas", () => {
    expect(
      portfolios([
        [1, 2, 3, 4],
        [4, 3, 2, 1],
      ]),
    ).toEqual([1, 1, 2, 2, 2, 2, 1, 1]);
  });

  it("gives the lower portfolios the odd coin", () => {
    expect(portfolios([[1, 2, 3, 4, 5]])).toEqual([1, 1, 1, 2, 2]);
    expect(portfolios([[1, 2, 3, 4, 5, 6, 7]], { quantiles: 3 })).toEqual([1, 1, 1, 2, 2, 3, 3]);
  });

  it("ranks equal betas in the order of the coins", () => {
    expect(portfolios([[2, 1, 2, 2]])).toEqual([1, 1, 2, 2]);
    expect(portfolios([[0, -0, 1, 0]])).toEqual([1, 1, 2, 2]);
  });

  it("has no portfolios on a date on which all betas are equal, and counts it", () => {
    const { portfolio, counts } = sorted([
      [1, 1, 1, 1],
      [1, 1, 1, 2],
    ]);
    expect([...portfolio]).toEqual([0, 0, 0, 0, 1, 1, 2, 2]);
    expect(counts).toMatchObject({ sorted: 1, tied: 1 });
  });

  it("leaves a coin without a beta out of that date's sort, and counts it", () => {
    const { portfolio, counts } = sorted([
      [5, none, 3, 4, 1],
      [5, 2, 3, 4, 1],
    ]);
    expect([...portfolio]).toEqual([2, 0, 1, 2, 1, 2, 1, 1, 2, 1]);
    expect(counts).toEqual({ sorted: 2, tooFew: 0, tied: 0, withoutBeta: 1 });
  });

  it("has no portfolios on a date with too few coins for two in each, and counts it", () => {
    const { portfolio, counts } = sorted([[5, none, 3, 4]]);
    expect([...portfolio]).toEqual([0, 0, 0, 0]);
    expect(counts).toEqual({ sorted: 0, tooFew: 1, tied: 0, withoutBeta: 1 });
  });

  it("counts nothing on dates before the first estimate", () => {
    const { counts } = sorted([
      [none, none, none, none],
      [1, 2, 3, 4],
    ]);
    expect(counts).toEqual({ sorted: 1, tooFew: 0, tied: 0, withoutBeta: 0 });
  });

  it("can leave portfolios empty, as the report's January 2023: three coins, quartiles 1 to 3", () => {
    const quartiles = { quantiles: 4, fewest: 0 };
    expect(portfolios([[2, 1, none, 3]], quartiles)).toEqual([2, 1, 0, 3]);
    expect(portfolios([[2, 1, 4, 3]], quartiles)).toEqual([2, 1, 4, 3]);
  });

  it("fills every portfolio with two coins or more, in sizes that differ by one at most, betas in order", () => {
    fc.assert(
      fc.property(month, fc.integer({ min: 2, max: 4 }), (betas, quantiles) => {
        fc.pre(betas.length >= 2 * quantiles);
        const { portfolio, counts } = sorted([betas], { quantiles });
        fc.pre(counts.sorted === 1);
        const members = Array.from({ length: quantiles }, (_, q) =>
          betas.filter((_, i) => portfolio[i] === q + 1),
        );
        const sizes = members.map((group) => group.length);
        expect(Math.min(...sizes)).toBeGreaterThanOrEqual(2);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        for (let q = 1; q < quantiles; q++)
          expect(Math.max(...members[q - 1]!)).toBeLessThanOrEqual(Math.min(...members[q]!));
        betas.forEach((beta, i) => {
          expect(portfolio[i] === 0).toBe(Number.isNaN(beta));
        });
      }),
      RUNS,
    );
  });

  it("is the same when all betas are scaled by a positive number or shifted", () => {
    fc.assert(
      fc.property(month, (betas) => {
        const before = portfolios([betas]);
        expect(portfolios([betas.map((b) => 2.5 * b)])).toEqual(before);
        expect(portfolios([betas.map((b) => b - 100)])).toEqual(before);
      }),
      RUNS,
    );
  });

  it("only relabels when coins are permuted and no two betas are equal", () => {
    const betas = fc.uniqueArray(fc.integer({ min: -99, max: 99 }), {
      minLength: 4,
      maxLength: 9,
    });
    fc.assert(
      fc.property(betas, (row) => {
        expect(portfolios([row.toReversed()])).toEqual(portfolios([row]).toReversed());
      }),
      RUNS,
    );
  });

  it("takes the betas on the market that is asked for", () => {
    const { panel, path } = sortable([[0, 0, 0, 0]]);
    const two = {
      ...path,
      markets: ["X", "Y"],
      values: Float64Array.of(...[1, 4], ...[2, 3], ...[3, 2], ...[4, 1]),
    };
    const sortOn = (market: string) => betaSort(panel, two, { market, quantiles: 2 });
    expect([...sortOn("X").portfolio]).toEqual([1, 1, 2, 2]);
    expect([...sortOn("Y").portfolio]).toEqual([2, 2, 1, 1]);
    expect([...sortOn("Y").betas]).toEqual([4, 3, 2, 1]);
  });

  it("refuses a fitted path, another panel, an unknown market and quantiles without coins", () => {
    const { panel, path } = sortable([[1, 2, 3, 4]]);
    const sortOf = (changed: object, market = "X", quantiles = 2) =>
      betaSort(panel, { ...path, ...changed }, { market, quantiles });
    expect(() => sortOf({ kind: "fitted" })).toThrow(
      new RangeError(
        "betaSort: path must be walkForward, got fitted; a fitted beta saw the returns of its portfolio",
      ),
    );
    expect(() => sortOf({ coins: ["A", "B", "D", "C"] })).toThrow(
      /^betaSort: path and panel must share coins/,
    );
    expect(() => sortOf({ dates: [] })).toThrow(/^betaSort: path and panel must share dates/);
    expect(() => sortOf({}, "GOLD")).toThrow(
      new RangeError("betaSort: path must have betas on GOLD, it has them on X; name one of these"),
    );
    expect(() => sortOf({}, "X", 1)).toThrow(
      /^betaSort: quantiles must be an integer of at least 2, got 1/,
    );
    expect(() => sortOf({}, "X", 3)).toThrow(
      new RangeError(
        "betaSort: quantiles must leave at least 2 of the 4 coins to each portfolio, got 3; take fewer quantiles or more coins",
      ),
    );
  });

  it("leaves panel and path unchanged", () => {
    const { panel, path } = sortable([[3, 1, 2, 4]]);
    const before = structuredClone([panel, path]);
    betaSort(panel, path, { market: "X", quantiles: 2 }).betas.fill(0);
    expect([panel, path]).toEqual(before);
  });
});

describe("usualQuantiles", () => {
  it("takes more portfolios of more coins, and leaves each its fewest coins", () => {
    const numbers = [2, 5, 6, 9, 10, 19, 20, 49, 50, 500].map(usualQuantiles);
    expect(numbers).toEqual([2, 2, 3, 3, 4, 4, 5, 5, 10, 10]);
    for (let coins = 2; coins <= 200; coins++)
      expect(fewestCoins(coins) * usualQuantiles(coins)).toBeLessThanOrEqual(coins);
  });
});
