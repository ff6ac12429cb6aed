/** Betas of one regression per coin and date: rolling, exponentially weighted, Dimson's. */

import { describe, expect, it } from "vitest";
import { dimsonBeta } from "../lib/src/betas/dimson.js";
import { ewmaBeta } from "../lib/src/betas/ewma.js";
import { historicalBeta } from "../lib/src/betas/historical.js";
import { rollingBeta } from "../lib/src/betas/rolling.js";
import { onePair } from "../lib/src/panel/panel.js";
import { simulatedPanel } from "../lib/src/panel/simulate.js";
import { regression } from "../lib/src/stats/ols.js";
import type { BetaPath, Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const NAN = Number.NaN;
const FROM = "2000-01";
const near = (values: readonly number[]) =>
  values.map((v) => (Number.isNaN(v) ? NAN : expect.closeTo(v, 12)));

/** Share of intervals at the last date that hold the true beta: constant, with normal errors of one variance. */
function coverage(
  periods: number,
  K: number,
  beta: (panel: Panel) => BetaPath,
): { share: number; n: number } {
  let [held, n] = [0, 0];
  for (let seed = 1; seed <= 60; seed++) {
    const { panel, trueBeta } = simulatedPanel("constant", {
      periods: periods + 1,
      coins: 25,
      markets: K,
      seed,
    });
    const { band } = beta(panel);
    const cells = 25 * K;
    for (let at = periods * cells; at < (periods + 1) * cells; at++) {
      const truth = trueBeta.values[at]!;
      n++;
      if (band!.lower[at]! <= truth && truth <= band!.upper[at]!) held++;
    }
  }
  return { share: held / n, n };
}

describe("rollingBeta", () => {
  it("is sum(r f) / sum(f^2) over the window before each date, NaN until it is full", () => {
    const panel = onePair([0.02, -0.04, 0.06, 0.01], [0.01, -0.02, 0.03, 0]);
    expect([...rollingBeta(panel, { lookback: 3 }).values]).toEqual(near([NAN, NAN, NAN, 2]));
    const lastRatio = rollingBeta(onePair([1, 4, 9], [1, 2, 3]), { lookback: 1 });
    expect([...lastRatio.values]).toEqual(near([NAN, 1, 2]));
  });

  it("with minObs begins on shorter windows, and bridges gaps", () => {
    const panel = onePair([1, NAN, 4, 9, NAN, 1], [1, 1, 2, 3, NAN, 1]);
    const { values } = rollingBeta(panel, { lookback: 3, minObs: 1 });
    expect([...values]).toEqual(near([NAN, 1, 1, 9 / 5, 35 / 13, 35 / 13]));
    const two = rollingBeta(panel, { lookback: 3, minObs: 2 });
    expect([...two.values]).toEqual(near([NAN, NAN, NAN, 9 / 5, 35 / 13, 35 / 13]));
  });

  it("with a window of the whole past is historicalBeta", () => {
    const panel = seededPanel(20, ["A", "B"], ["X", "Y"]);
    expect(rollingBeta(panel, { lookback: 20, minObs: 2 })).toEqual(
      historicalBeta(panel, { from: "2018-01" }),
    );
  });

  it("has HC3 errors and t intervals, NaN where rows are as few as markets", () => {
    const x = [0.01, -0.02, 0.03, 0.01];
    const y = [0.03, -0.03, 0.05, 0];
    const { standardErrors, band } = rollingBeta(onePair(y, x), {
      lookback: 3,
      minObs: 1,
    });
    expect(standardErrors!.slice(0, 2)).toEqual(Float64Array.of(NAN, NAN));
    const fit = regression(x.slice(0, 3), y.slice(0, 3), { intercept: false });
    const squares = x.slice(0, 3).reduce((sum, f) => sum + f ** 2, 0);
    const meat = fit.residuals.reduce((sum, e, t) => {
      const leverage = x[t]! ** 2 / squares;
      return sum + (x[t]! * (e / (1 - leverage))) ** 2;
    }, 0);
    const error = Math.sqrt(meat) / squares;
    expect(standardErrors![3]).toBeCloseTo(error, 12);
    // 97.5 % of Student's t with two degrees of freedom.
    expect(band!.upper[3]).toBeCloseTo(fit.coefficients[0]! + 4.302652729749464 * error, 10);
    expect(band!.interval).toBe("hc3");
  });

  it("has none without intervals, and the same betas", () => {
    const panel = seededPanel(20, ["A", "B"], ["X"]);
    const { standardErrors, band, ...rest } = rollingBeta(panel, {
      lookback: 6,
    });
    expect(standardErrors && band).toBeDefined();
    const plain = rollingBeta(panel, { lookback: 6, intervals: false });
    expect(plain.standardErrors ?? plain.band).toBeUndefined();
    plain.values.forEach((beta, at) => {
      expect(beta).toEqual(near([rest.values[at]!])[0]);
    });
  });

  it.each([
    ["lookback", { lookback: 1.5 }, "lookback must be an integer of at least 2"],
    ["lookback", { lookback: 1 }, "lookback must be an integer of at least 2"],
    ["minObs", { lookback: 4, minObs: 1 }, "minObs must be an integer of at least 2"],
    [
      "minObs",
      { lookback: 4, minObs: 5 },
      "minObs must be at most lookback, 4, got 5; widen the window",
    ],
  ])("refuses a %s out of range", (_, options, message) => {
    const panel = seededPanel(12, ["A"], ["X", "Y"]);
    expect(() => rollingBeta(panel, options)).toThrow(`rollingBeta: ${message}`);
  });

  it.each([1, 2])(
    "has intervals that hold a constant beta in 93 to 97 of 100 cases, K = %d",
    (K) => {
      const { share, n } = coverage(24, K, (panel) => rollingBeta(panel, { lookback: 24 }));
      expect(n).toBe(1500 * K);
      expect(share).toBeGreaterThan(0.93);
      expect(share).toBeLessThan(0.97);
    },
  );
});

describe("ewmaBeta", () => {
  it("weighs a return half as much each half-life", () => {
    const panel = onePair([0.02, 0.01, 0, 0], [0.01, 0.01, 0, 0.01]);
    const short = ewmaBeta(panel, { from: FROM, halfLife: 1 });
    expect([...short.values]).toEqual(near([NAN, 2, 4 / 3, 4 / 3]));
    const two = ewmaBeta(panel, { from: FROM, halfLife: 2 }).values[2]!;
    expect(two).toBeCloseTo((2 * Math.SQRT1_2 + 1) / (Math.SQRT1_2 + 1), 12);
  });

  it("lets a return age over dates that have none", () => {
    const panel = onePair([0.02, NAN, 0.01, 0], [0.01, 0.01, 0.01, 0]);
    const { values } = ewmaBeta(panel, { from: FROM, halfLife: 1 });
    expect(values[3]).toBeCloseTo((0.25 * 2 + 1) / 1.25, 12);
  });

  it("begins at from, where minObs rows are there", () => {
    const panel = seededPanel(20, ["A"], ["X"]);
    const options = { from: "2018-05", halfLife: 6, minObs: 3 };
    const { values } = ewmaBeta(panel, options);
    expect(values.findIndex(Number.isFinite)).toBe(7);
    const later = {
      ...panel,
      coinLogReturns: panel.coinLogReturns.map((r, t) => (t < 4 ? 9 : r)),
    };
    expect(ewmaBeta(later, options)).toEqual(ewmaBeta(panel, options));
  });

  it("stays exact where old weights have no size left", () => {
    const panel = seededPanel(600, ["A"], ["X"]);
    const { values } = ewmaBeta(panel, { from: "2018-01", halfLife: 0.7 });
    const recent = {
      ...panel,
      coinLogReturns: panel.coinLogReturns.map((r, t) => (t < 520 ? 0 : r)),
    };
    const other = ewmaBeta(recent, { from: "2018-01", halfLife: 0.7 });
    expect(other.values[599]).toBeCloseTo(values[599]!, 12);
    expect(values.slice(1).every(Number.isFinite)).toBe(true);
  });

  it.each([0, -1, NAN, 0.01])("refuses a half-life of %d", (halfLife) => {
    const panel = seededPanel(20, ["A"], ["X"]);
    expect(() => ewmaBeta(panel, { from: "2018-01", halfLife })).toThrow(
      `ewmaBeta: halfLife must be above 0 and at least 1/900 of the 20 periods, got ${halfLife}; lengthen it`,
    );
  });

  it("refuses to begin after the panel", () => {
    expect(() => ewmaBeta(onePair([1], [1]), { from: "2001", halfLife: 3 })).toThrow(
      "ewmaBeta: from must not lie after the panel, which has 2000-01-31 to 2000-01-31, got 2001; choose an earlier date",
    );
  });

  it("has intervals that hold a constant beta in 93 to 97 of 100 cases", () => {
    const { share } = coverage(60, 2, (panel) =>
      ewmaBeta(panel, { from: FROM, halfLife: 12, minObs: 60 }),
    );
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.97);
  });
});

describe("dimsonBeta", () => {
  it("is the sum of the betas on this period's and the last's market", () => {
    const panel = onePair([0, 0.02, 0.03, 0.05], [0.01, 0.01, 0.02, 0.03]);
    const { values } = dimsonBeta(panel, { from: FROM });
    expect([...values]).toEqual(near([NAN, NAN, NAN, 2]));
  });

  it("finds what a coin does late, where the historical beta misses it", () => {
    const panel = seededPanel(400, ["A"], ["X"]);
    const f = panel.marketLogReturns;
    const late = {
      ...panel,
      coinLogReturns: f.map((now, t) => 0.5 * now + 0.7 * (f[t - 1] ?? 0)),
    };
    const last = (path: BetaPath) => path.values.at(-1)!;
    expect(last(dimsonBeta(late, { from: "2018-01" }))).toBeCloseTo(1.2, 12);
    expect(last(historicalBeta(late, { from: "2018-01" }))).toBeCloseTo(0.5, 1);
  });

  it("without lags is historicalBeta", () => {
    const panel = seededPanel(30, ["A", "B"], ["X", "Y"]);
    const options = { from: "2018-04" };
    expect(dimsonBeta(panel, { ...options, lags: 0 })).toEqual(historicalBeta(panel, options));
  });

  it("uses markets before from, and coins from there on", () => {
    const panel = seededPanel(20, ["A"], ["X"]);
    const { values } = dimsonBeta(panel, { from: "2018-03", lags: 2 });
    expect(values.findIndex(Number.isFinite)).toBe(5);
    const earlier = (at: number) => ({
      ...panel,
      marketLogReturns: panel.marketLogReturns.map((f, t) => (t === at ? 1 : f)),
    });
    const options = { from: "2018-04", lags: 2 };
    expect(dimsonBeta(earlier(0), options)).toEqual(dimsonBeta(panel, options));
    expect(dimsonBeta(earlier(1), options)).not.toEqual(dimsonBeta(panel, options));
  });

  it.each([-1, 0.5])("refuses %d lags", (lags) => {
    expect(() => dimsonBeta(onePair([1], [1]), { from: FROM, lags })).toThrow(
      `dimsonBeta: lags must be an integer of at least 0, got ${lags}`,
    );
  });
});
