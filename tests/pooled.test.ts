/** The pooled constant: one beta for all coins, of a block or expanding. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hedgingRmse } from "../lib/src/betas/hedging.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { onePair } from "../lib/src/panel/panel.js";
import { leastSquares } from "../lib/src/stats/ols.js";
import { STUDY } from "../lib/src/study.js";
import type { Panel } from "../lib/src/types.js";
import { frozenPooled, RUNS, seededPanel, studyPanel } from "./support/helpers.js";

const ROUNDING = 1e-9;

const { inSample, validation } = STUDY.split;
/** Of a seeded panel, which begins in 2018-01. */
const FIT = { from: "2018-01", through: "2019-12" };

/** The betas of one coin at the last date. */
const lastBetas = (panel: Panel, coin = 0): number[] => {
  const { values } = frozenPooled(panel, FIT);
  const K = panel.markets.length;
  const at = ((panel.dates.length - 1) * panel.coins.length + coin) * K;
  return [...values.slice(at, at + K)];
};

describe("the pooled constant of a block", () => {
  it.each([
    ["FIAT", "0.2353"],
    ["EQUITY", "0.1957"],
    ["GOLD", "0.2401"],
    ["ENERGY", "0.2415"],
    ["FIAT+EQUITY+GOLD+ENERGY", "0.1966"],
  ])("hedges the validation year on %s with an RMSE of %s", async (marketSet, rmse) => {
    const panel = await studyPanel(marketSet);
    const path = frozenPooled(panel, inSample);
    expect(hedgingRmse(panel, path, validation).toFixed(4)).toBe(rmse);
  });

  it("is sum(r f) / sum(f^2) over the block, coins stacked", () => {
    const panel: Panel = {
      ...onePair([0, 0, 0], [0.01, -0.02, 0.05]),
      coins: ["A", "B"],
      coinLogReturns: Float64Array.of(0.02, 0.04, -0.04, 0.02, 9, 9),
    };
    const { values } = frozenPooled(panel, {
      from: "2000-01",
      through: "2000-02",
    });
    const beta =
      (0.02 * 0.01 + 0.04 * 0.01 + 0.04 * 0.02 - 0.02 * 0.02) / (2 * (0.01 ** 2 + 0.02 ** 2));
    expect(values[4]).toBeCloseTo(beta, 12);
    expect(values[5]).toBe(values[4]);
  });

  it("is NaN until the block is over, and one constant after it", () => {
    const path = frozenPooled(seededPanel(36, ["A", "B"], ["X"]), FIT);
    expect(path.kind).toBe("walkForward");
    path.dates.forEach((date, t) => {
      const [a, b] = path.values.slice(2 * t, 2 * t + 2);
      if (date <= "2019-12-31") {
        expect(a).toBeNaN();
        expect(b).toBeNaN();
      } else {
        expect(Number.isFinite(a)).toBe(true);
        expect(a).toBe(path.values.at(-1));
        expect(b).toBe(a);
      }
    });
  });

  it("ends the block on a day if it is given as one", () => {
    const { values } = frozenPooled(onePair([2, 4, 6], [1, 2, 3]), {
      from: "2000-01-31",
      through: "2000-02-29",
    });
    expect([...values]).toEqual([Number.NaN, Number.NaN, expect.closeTo(2, 12)]);
  });

  it("does not see returns before or after the block", () => {
    const panel = seededPanel(48, ["A", "B"], ["X", "Y"]);
    const block = { from: "2018-07", through: "2019-12" };
    const outside = (at: number) => at < 6 * 2 || at >= 24 * 2;
    const changed: Panel = {
      ...panel,
      coinLogReturns: panel.coinLogReturns.map((r, at) => (outside(at) ? 5 - r : r)),
      marketLogReturns: panel.marketLogReturns.map((r, at) => (outside(at) ? 5 - r : r)),
    };
    expect(frozenPooled(changed, block)).toEqual(frozenPooled(panel, block));
  });

  it("is 1 for a market hedged by itself", () => {
    const panel = seededPanel(30, ["A"], ["X"]);
    const itself = { ...panel, coinLogReturns: panel.marketLogReturns };
    expect(lastBetas(itself)[0]).toBeCloseTo(1, 12);
  });

  it("finds partial betas: the weights of a sum of markets", () => {
    const panel = seededPanel(30, ["A"], ["X", "Y"]);
    const sum = panel.dates.map((_, t) => {
      const [x, y] = panel.marketLogReturns.slice(2 * t, 2 * t + 2);
      return 2 * x! - 3 * y!;
    });
    const [x, y] = lastBetas({
      ...panel,
      coinLogReturns: Float64Array.from(sum),
    });
    expect(x).toBeCloseTo(2, 10);
    expect(y).toBeCloseTo(-3, 10);
  });

  it("grows with the coins' unit and shrinks with the market's", () => {
    const panel = seededPanel(30, ["A", "B"], ["X"]);
    const [beta] = lastBetas(panel);
    const units = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(units, units, (u, v) => {
        const [scaled] = lastBetas({
          ...panel,
          coinLogReturns: panel.coinLogReturns.map((r) => u * r),
          marketLogReturns: panel.marketLogReturns.map((f) => v * f),
        });
        expect(Math.abs((scaled! * v) / u - beta!)).toBeLessThanOrEqual(ROUNDING);
      }),
      RUNS,
    );
  });

  it("of two coins is the mean of their betas: both have the same markets", () => {
    const panel = seededPanel(30, ["A", "B"], ["X", "Y"]);
    const alone = [0, 1].map((coin) =>
      lastBetas({
        ...panel,
        coins: ["A"],
        coinLogReturns: panel.coinLogReturns.filter((_, at) => at % 2 === coin),
      }),
    );
    lastBetas(panel).forEach((beta, k) => {
      expect(beta).toBeCloseTo((alone[0]![k]! + alone[1]![k]!) / 2, 10);
    });
  });

  it("is NaN throughout if the block has fewer rows than markets", () => {
    const panel = seededPanel(5, ["A"], ["X", "Y"]);
    const { values } = frozenPooled(panel, {
      from: "2018-01",
      through: "2018-01",
    });
    expect(values).toEqual(new Float64Array(10).fill(Number.NaN));
  });

  it("refuses collinear markets", () => {
    const panel = seededPanel(30, ["A"], ["X"]);
    const twice: Panel = {
      ...panel,
      markets: ["X", "Y"],
      marketLogReturns: Float64Array.from([...panel.marketLogReturns].flatMap((f) => [f, -2 * f])),
    };
    expect(() => frozenPooled(twice, FIT)).toThrow(/must not be collinear/);
  });

  it("refuses a block without a date of the panel", () => {
    const panel = seededPanel(5, ["A"], ["X"]);
    expect(() => frozenPooled(panel, { from: "2030-01", through: "2030-12" })).toThrow(RangeError);
  });

  it("leaves the panel unchanged", () => {
    const panel = seededPanel(30, ["A", "B"], ["X"]);
    const before = structuredClone(panel);
    frozenPooled(panel, FIT).values.fill(0);
    expect(panel).toEqual(before);
  });
});

describe("pooledBeta", () => {
  const NAN = Number.NaN;

  it("is sum(r f) / sum(f^2) over the dates before, coins stacked, from its first date on", () => {
    const panel: Panel = {
      ...onePair([0, 0, 0, 0], [0.01, -0.02, 0.05, 0.03]),
      coins: ["A", "B"],
      coinLogReturns: Float64Array.of(9, 9, 0.02, 0.04, 0.1, -0.05, 9, 9),
    };
    const { values, kind } = pooledBeta(panel, { from: "2000-02" });
    expect(kind).toBe("walkForward");
    const second = (-0.02 * 0.02 - 0.02 * 0.04) / (2 * 0.0004);
    const third = (-0.02 * 0.02 - 0.02 * 0.04 + 0.05 * 0.1 - 0.05 * 0.05) / (2 * (0.0004 + 0.0025));
    expect([...values]).toEqual([
      ...[NAN, NAN, NAN, NAN],
      ...[second, second].map((beta) => expect.closeTo(beta, 12)),
      ...[third, third].map((beta) => expect.closeTo(beta, 12)),
    ]);
  });

  it("is least squares over the stacked rows before, at every date, on two markets", () => {
    const panel = seededPanel(40, ["A", "B"], ["X", "Y"]);
    const { values } = pooledBeta(panel, { from: "2018-04" });
    const first = 3;
    panel.dates.forEach((_, t) => {
      const [a, b] = [values.slice(4 * t, 4 * t + 2), values.slice(4 * t + 2, 4 * t + 4)];
      expect(b).toEqual(a);
      // Two coins give one month two rows, but of the same market returns: collinear.
      if (t < first + 2) {
        expect([...a]).toEqual([NAN, NAN]);
        return;
      }
      const stacked = Array.from({ length: 2 * (t - first) }, (_, row) => [
        ...panel.marketLogReturns.slice(
          2 * (first + Math.floor(row / 2)),
          2 * (first + Math.floor(row / 2)) + 2,
        ),
      ]);
      leastSquares(stacked.flat(), panel.coinLogReturns.slice(2 * first, 2 * t)).forEach(
        (beta, k) => {
          expect(Math.abs(a[k]! / beta - 1)).toBeLessThanOrEqual(ROUNDING);
        },
      );
    });
  });

  it("counts rows of all coins for minObs", () => {
    const panel = seededPanel(8, ["A", "B", "C"], ["X"]);
    const begin = (minObs: number) =>
      pooledBeta(panel, { from: "2018-01", minObs }).values.findIndex(Number.isFinite) / 3;
    expect([1, 3, 4, 6, 7].map(begin)).toEqual([1, 1, 2, 2, 3]);
  });

  it("leaves out the row of a coin whose return is missing, not the other coins' rows of that month", () => {
    const panel = seededPanel(10, ["A", "B"], ["X"]);
    const coinLogReturns = panel.coinLogReturns.slice();
    coinLogReturns[2 * 3 + 1] = NAN;
    const { values } = pooledBeta({ ...panel, coinLogReturns }, { from: "2018-01" });
    const kept = [0, 1, 2, 3, 4, 5, 6, 8, 9];
    const products = kept.map(
      (at) => panel.coinLogReturns[at]! * panel.marketLogReturns[Math.floor(at / 2)]!,
    );
    const squares = kept.map((at) => panel.marketLogReturns[Math.floor(at / 2)]! ** 2);
    const sum = (terms: readonly number[]) => terms.reduce((a, b) => a + b, 0);
    expect(values[2 * 5]).toBeCloseTo(sum(products) / sum(squares), 10);
  });

  it("leaves out a month whose market return is missing", () => {
    const panel = seededPanel(10, ["A", "B"], ["X"]);
    const marketLogReturns = panel.marketLogReturns.slice();
    marketLogReturns[4] = NAN;
    const { values } = pooledBeta({ ...panel, marketLogReturns }, { from: "2018-01" });
    expect(values[2 * 5]).toBe(values[2 * 4]);
    expect(values[2 * 6]).not.toBe(values[2 * 5]);
  });
});
