/** Weights of sorted portfolios: long, short, and betting against beta. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betaSort } from "../lib/src/portfolios/sort.js";
import {
  babPortfolio,
  longShortPortfolio,
  quantilePortfolios,
} from "../lib/src/portfolios/weights.js";
import { RUNS } from "./support/helpers.js";
import { sortable } from "./support/portfolios.js";

/** Sums of a dozen weights. */
const ROUNDING = 1e-12;

const { NaN: none } = Number;

const sorted = (betas: readonly (readonly number[])[], quantiles = 2, fewest = 2) => {
  const { panel, path } = sortable(betas);
  return betaSort(panel, path, { market: "X", quantiles, fewest });
};

const betas = fc.uniqueArray(
  fc.double({ min: 0.1, max: 4, noNaN: true, noDefaultInfinity: true }),
  { minLength: 4, maxLength: 12 },
);
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

describe("quantilePortfolios", () => {
  it("weigh the coins of a portfolio equally, and no others", () => {
    const [low, high] = quantilePortfolios(sorted([[3, 1, 2, 4, 5]]));
    expect(low).toMatchObject({
      name: "1",
      weights: Float64Array.of(1 / 3, 1 / 3, 1 / 3, 0, 0),
      betas: Float64Array.of(2),
    });
    expect(high).toMatchObject({
      name: "2",
      weights: Float64Array.of(0, 0, 0, 1 / 2, 1 / 2),
      betas: Float64Array.of(4.5),
    });
  });

  it("hold every coin that has a beta once, and sum to one", () => {
    fc.assert(
      fc.property(betas, (row) => {
        const all = quantilePortfolios(sorted([[...row, none]]));
        for (const { weights } of all)
          expect(Math.abs(sum(weights) - 1)).toBeLessThanOrEqual(ROUNDING);
        [...row, none].forEach((beta, i) => {
          expect(all.filter(({ weights }) => weights[i] !== 0)).toHaveLength(
            Number.isNaN(beta) ? 0 : 1,
          );
        });
      }),
      RUNS,
    );
  });

  it("have a beta that rises with their number", () => {
    fc.assert(
      fc.property(betas, (row) => {
        const [low, high] = quantilePortfolios(sorted([row]));
        expect(low!.betas[0]).toBeLessThan(high!.betas[0]!);
      }),
      RUNS,
    );
  });

  it("are NaN on dates without a sort, and where a portfolio is empty", () => {
    const tied = quantilePortfolios(sorted([[1, 1, 1, 1]]));
    expect(tied.flatMap(({ weights }) => [...weights])).toEqual(Array(8).fill(none));
    const quartiles = quantilePortfolios(sorted([[2, 1, none, 3]], 4, 0));
    expect(quartiles.map(({ betas: [beta] }) => beta)).toEqual([1, 2, 3, none]);
    expect([...quartiles[3]!.weights]).toEqual(Array(4).fill(none));
  });
});

describe("longShortPortfolio", () => {
  it("is the last quantile minus the first", () => {
    const sort = sorted(
      [
        [3, 1, 2, 4, 5, 6],
        [1, 2, 3, 4, 5, 6],
      ],
      3,
    );
    const [low, , high] = quantilePortfolios(sort);
    const { weights, betas } = longShortPortfolio(sort);
    expect(weights).toEqual(high!.weights.map((w, i) => w - low!.weights[i]!));
    expect([...betas]).toEqual([4, 4]);
    expect(sum(weights)).toBe(0);
  });

  it("is NaN where the first or the last portfolio is empty", () => {
    const { weights } = longShortPortfolio(sorted([[2, 1, none, 3]], 4, 0));
    expect([...weights]).toEqual(Array(4).fill(none));
  });
});

describe("babPortfolio", () => {
  it("has no weights where the beta of a leg is zero, by which it would divide", () => {
    expect(babPortfolio(sorted([[0, 0, 2, 4]])).weights.every(Number.isNaN)).toBe(true);
    expect(babPortfolio(sorted([[0, 1e-9, 2, 4]])).weights.every(Number.isFinite)).toBe(true);
  });

  it("levers the rank-weighted low betas up to one and the high ones down", () => {
    const { name, weights, betas } = babPortfolio(sorted([[3, 1, 2, 4]]));
    // Ranks weigh 3 to 1: legs of beta (3 * 1 + 2) / 4 and (3 * 4 + 3) / 4.
    const expected = [-0.25 / 3.75, 0.75 / 1.25, 0.25 / 1.25, -0.75 / 3.75];
    weights.forEach((w, i) => {
      expect(w).toBeCloseTo(expected[i]!, 12);
    });
    expect(name).toBe("bab");
    expect(betas[0]).toBeCloseTo(0, 12);
  });

  it("does not hold the middle coin of an odd number, nor one without a beta", () => {
    const { weights } = babPortfolio(sorted([[5, 4, 1, none, 2, 3]]));
    expect([...weights].map(Math.sign)).toEqual([-1, -1, 1, 0, 1, 0]);
  });

  it("has legs with a beta of one each, so that its own is zero", () => {
    fc.assert(
      fc.property(betas, (row) => {
        const { weights, betas: own } = babPortfolio(sorted([row]));
        const leg = (sign: number) =>
          sum(row.map((b, i) => (weights[i]! * sign > 0 ? weights[i]! * b : 0)));
        expect(Math.abs(leg(1) - 1)).toBeLessThanOrEqual(ROUNDING);
        expect(Math.abs(leg(-1) + 1)).toBeLessThanOrEqual(ROUNDING);
        expect(Math.abs(own[0]!)).toBeLessThanOrEqual(ROUNDING);
      }),
      RUNS,
    );
  });

  it("borrows: the low leg is larger than the high one", () => {
    fc.assert(
      fc.property(betas, (row) => {
        expect(sum(babPortfolio(sorted([row])).weights)).toBeGreaterThan(0);
      }),
      RUNS,
    );
  });

  it("halves its weights when all betas double", () => {
    const once = babPortfolio(sorted([[3, 1, 2, 4]])).weights;
    const twice = babPortfolio(sorted([[6, 2, 4, 8]])).weights;
    expect(twice).toEqual(once.map((w) => w / 2));
  });

  it("is NaN where the low leg's beta is not above zero: no long position makes it one", () => {
    const { weights } = babPortfolio(
      sorted([
        [-3, -1, -2, -4],
        [-3, 1, 2, 4],
        [-1, 4, 5, 6],
      ]),
    );
    expect([...weights].map(Number.isNaN)).toEqual([
      ...Array(8).fill(true),
      ...Array(4).fill(false),
    ]);
  });

  it("does not depend on the number of portfolios", () => {
    const row = [3, 1, 2, 4, 6, 5];
    expect(babPortfolio(sorted([row], 2)).weights).toEqual(babPortfolio(sorted([row], 3)).weights);
  });
});
