/** The expanding beta of one coin: all data through t - 1. */

import { describe, expect, it } from "vitest";
import { historicalBeta } from "../lib/src/betas/historical.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { onePair } from "../lib/src/panel/panel.js";
import { leastSquares } from "../lib/src/stats/ols.js";
import type { Panel } from "../lib/src/types.js";
import { expectClose, seededPanel } from "./support/helpers.js";

/** Relative: the same fit by another sequence of operations. */
const ROUNDING = 1e-9;
const NAN = Number.NaN;

/** Two coins on one market, three months from 2000-01. */
const TWO: Panel = {
  ...onePair([0, 0, 0], [0.01, -0.02, 0.05]),
  coins: ["A", "B"],
  coinLogReturns: Float64Array.of(0.02, 0.04, -0.04, 0.02, 9, 9),
};

describe("historicalBeta", () => {
  it("is each coin's own sum(r f) / sum(f^2) over the dates before", () => {
    const { values, kind } = historicalBeta(TWO, { from: "2000-01" });
    expect(kind).toBe("walkForward");
    expect([...values]).toEqual([
      NAN,
      NAN,
      expect.closeTo(2, 12),
      expect.closeTo(4, 12),
      expect.closeTo((0.02 * 0.01 + 0.04 * 0.02) / 0.0005, 12),
      expect.closeTo((0.04 * 0.01 - 0.02 * 0.02) / 0.0005, 12),
    ]);
  });

  it("is least squares over the dates before, at every date, on two markets", () => {
    const panel = seededPanel(40, ["A", "B", "C"], ["X", "Y"]);
    const first = 5;
    const { values } = historicalBeta(panel, { from: "2018-06" });
    panel.dates.forEach((_, t) => {
      for (const coin of [0, 1, 2]) {
        const at = (3 * t + coin) * 2;
        const ours = [...values.slice(at, at + 2)];
        if (t < first + 2) {
          expect(ours).toEqual([NAN, NAN]);
          continue;
        }
        const theirs = leastSquares(
          panel.marketLogReturns.slice(2 * first, 2 * t),
          panel.coinLogReturns.slice(3 * first, 3 * t).filter((_, i) => i % 3 === coin),
        );
        ours.forEach((beta, k) => {
          expect(Math.abs(beta / theirs[k]! - 1)).toBeLessThanOrEqual(ROUNDING);
        });
      }
    });
  });

  it("of one coin is the pooled constant", () => {
    const panel = seededPanel(20, ["A"], ["X", "Y"]);
    const options = { from: "2018-03", minObs: 4 };
    const [own, pooled] = [historicalBeta, pooledBeta].map((beta) =>
      beta(panel, options).values.slice(6 * 2),
    );
    expectClose(own!, pooled!);
    expect(historicalBeta(panel, options).values.slice(0, 12)).toEqual(
      pooledBeta(panel, options).values.slice(0, 12),
    );
  });

  it("begins where the coin itself has minObs rows", () => {
    const panel = seededPanel(8, ["A", "B"], ["X"]);
    const coinLogReturns = panel.coinLogReturns.slice();
    // B is not listed in the first three months.
    for (const t of [0, 1, 2]) coinLogReturns[2 * t + 1] = NAN;
    const { values } = historicalBeta({ ...panel, coinLogReturns }, { from: "2018-01", minObs: 2 });
    const begin = (coin: number) =>
      panel.dates.findIndex((_, t) => !Number.isNaN(values[2 * t + coin]));
    expect(begin(0)).toBe(2);
    expect(begin(1)).toBe(5);
  });

  it("of a coin does not move with the other coins, missing months included", () => {
    const panel = seededPanel(20, ["A", "B"], ["X", "Y"]);
    const coinLogReturns = panel.coinLogReturns.map((r, at) =>
      at % 2 === 0 ? r : at % 6 === 1 ? NAN : 7 - r,
    );
    const ofA = (known: Panel) =>
      historicalBeta(known, { from: "2018-01" }).values.filter((_, at) => at % 4 < 2);
    expect(ofA({ ...panel, coinLogReturns })).toEqual(ofA(panel));
  });

  it("leaves out rows with a missing return of the coin or of a market", () => {
    const panel = seededPanel(20, ["A"], ["X", "Y"]);
    const gone = [4, 9];
    const kept = <T>(values: ArrayLike<T>, width: number): T[] =>
      Array.from(values).filter((_, at) => !gone.includes(Math.floor(at / width)));
    const coinLogReturns = panel.coinLogReturns.slice();
    const marketLogReturns = panel.marketLogReturns.slice();
    coinLogReturns[4] = NAN;
    marketLogReturns[2 * 9 + 1] = NAN;
    const holes = historicalBeta(
      { ...panel, coinLogReturns, marketLogReturns },
      { from: "2018-01" },
    ).values;
    const without = historicalBeta(
      {
        ...panel,
        dates: kept(panel.dates, 1),
        coinLogReturns: Float64Array.from(kept(panel.coinLogReturns, 1)),
        marketLogReturns: Float64Array.from(kept(panel.marketLogReturns, 2)),
      },
      { from: "2018-01" },
    ).values;
    expect(kept(holes, 2)).toEqual([...without]);
    // The month after a hole has the estimate of the month with it.
    for (const t of gone)
      expect(holes.slice(2 * t + 2, 2 * t + 4)).toEqual(holes.slice(2 * t, 2 * t + 2));
  });

  it("leaves the panel unchanged", () => {
    const panel = seededPanel(20, ["A", "B"], ["X"]);
    const before = structuredClone(panel);
    historicalBeta(panel, { from: "2018-01" }).values.fill(0);
    expect(panel).toEqual(before);
  });
});

describe.each([
  ["historicalBeta", historicalBeta],
  ["pooledBeta", pooledBeta],
])("%s", (name, estimate) => {
  it.each([
    ["a month", "2018-05"],
    ["a day", "2018-05-31"],
    ["a day between two dates", "2018-05-01"],
  ])("uses no return before `from`, given as %s", (_, from) => {
    const panel = seededPanel(12, ["A"], ["X"]);
    const before = (values: Float64Array) => values.map((r, t) => (t < 4 ? 5 - r : r));
    const { values } = estimate(panel, { from });
    expect(
      estimate(
        {
          ...panel,
          coinLogReturns: before(panel.coinLogReturns),
          marketLogReturns: before(panel.marketLogReturns),
        },
        { from },
      ).values,
    ).toEqual(values);
    expect([...values.slice(0, 5)]).toEqual(new Array(5).fill(NAN));
    expect(values[5]).toBeCloseTo(panel.coinLogReturns[4]! / panel.marketLogReturns[4]!, 10);
  });

  it("is NaN throughout where `from` is the panel's last date: no return lies between", () => {
    const { values } = estimate(seededPanel(5, ["A"], ["X"]), {
      from: "2018-05",
    });
    expect(values).toEqual(new Float64Array(5).fill(NAN));
  });

  it("refuses a `from` after the panel", () => {
    const panel = seededPanel(5, ["A"], ["X"]);
    for (const from of ["2018-06", "2018-06-01", "2030-01-31"])
      expect(() => estimate(panel, { from })).toThrow(
        new RangeError(
          `${name}: from must not lie after the panel, which has 2018-01-31 to 2018-05-31, got ${from}; choose an earlier date`,
        ),
      );
  });

  it.each([0, 1, 2.5])(
    "refuses a minObs of %d on two markets: it must be an integer of at least K",
    (minObs) => {
      expect(() =>
        estimate(seededPanel(5, ["A"], ["X", "Y"]), {
          from: "2018-01",
          minObs,
        }),
      ).toThrow(new RangeError(`${name}: minObs must be an integer of at least 2, got ${minObs}`));
    },
  );

  it("refuses markets that are collinear throughout, and names them", () => {
    const panel = seededPanel(12, ["A"], ["X"]);
    const twice: Panel = {
      ...panel,
      markets: ["X", "Y"],
      marketLogReturns: Float64Array.from([...panel.marketLogReturns].flatMap((f) => [f, -2 * f])),
    };
    expect(() => estimate(twice, { from: "2018-01" })).toThrow(
      new RangeError(
        `${name}: the markets X, Y must not be collinear, but they are in every period from 2018-01 on (or one is zero); leave one out`,
      ),
    );
    const zero = { ...panel, marketLogReturns: new Float64Array(12) };
    expect(() => estimate(zero, { from: "2018-01" })).toThrow(
      `${name}: the markets X must not be collinear`,
    );
  });

  it("is NaN as long as the markets are collinear, and begins when they part", () => {
    const panel = seededPanel(8, ["A"], ["X", "Y"]);
    const marketLogReturns = panel.marketLogReturns.slice();
    for (const t of [0, 1, 2, 3]) marketLogReturns[2 * t + 1] = 3 * marketLogReturns[2 * t]!;
    const { values } = estimate({ ...panel, marketLogReturns }, { from: "2018-01" });
    expect([...values.slice(0, 10)]).toEqual(new Array(10).fill(NAN));
    expect(values.slice(10).every(Number.isFinite)).toBe(true);
  });

  it("is NaN throughout where complete rows never reach minObs, as where there are none", () => {
    const panel = seededPanel(6, ["A"], ["X"]);
    const none = new Float64Array(6).fill(NAN);
    expect(estimate(panel, { from: "2018-01", minObs: 6 }).values).toEqual(none);
    expect(estimate({ ...panel, coinLogReturns: none }, { from: "2018-01" }).values).toEqual(none);
  });
});
