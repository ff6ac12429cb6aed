/** Vasicek's beta: shrunk by its own uncertainty. */

import { describe, expect, it } from "vitest";
import { historicalBeta } from "../lib/src/betas/historical.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { vasicekBeta } from "../lib/src/betas/vasicek.js";
import { stream } from "../lib/src/random.js";
import { regression } from "../lib/src/stats/ols.js";
import type { Panel } from "../lib/src/types.js";
import { expectClose, seededPanel } from "./support/helpers.js";

const FROM = "2018-01";
const COINS = ["A", "B", "C"];

/** Least squares of a coin on one market over rows from … to - 1: beta and its variance. */
function fitted(panel: Panel, coin: number, from: number, to: number) {
  const N = panel.coins.length;
  const y = panel.coinLogReturns.filter((_, at) => at % N === coin);
  const fit = regression(panel.marketLogReturns.slice(from, to), y.slice(from, to), {
    intercept: false,
  });
  return { b: fit.coefficients[0]!, v: fit.covariance[0]! };
}

const combined = (b: number, v: number, p: number, w: number) => ({
  mean: (b / v + p / w) / (1 / v + 1 / w),
  error: Math.sqrt(1 / (1 / v + 1 / w)),
});

describe("vasicekBeta", () => {
  it("weighs a coin's beta and the pooled constant by the inverse of their variances", () => {
    const panel = seededPanel(25, COINS, ["X"]);
    const { values, standardErrors } = vasicekBeta(panel, { from: FROM });
    const own = COINS.map((_, i) => fitted(panel, i, 0, 24));
    const p = pooledBeta(panel, { from: FROM }).values[24 * 3]!;
    const spread = own.reduce((sum, { b }) => sum + (b - p) ** 2, 0) / 2;
    own.forEach(({ b, v }, i) => {
      const { mean, error } = combined(b, v, p, spread);
      expectClose(values[24 * 3 + i]!, mean);
      expectClose(standardErrors![24 * 3 + i]!, error);
    });
  });

  it("has a prior across two coins already", () => {
    const panel = seededPanel(25, ["A", "B"], ["X"]);
    const own = [0, 1].map((i) => fitted(panel, i, 0, 24));
    const p = pooledBeta(panel, { from: FROM }).values[24 * 2]!;
    const spread = own.reduce((sum, { b }) => sum + (b - p) ** 2, 0);
    const { values } = vasicekBeta(panel, { from: FROM });
    own.forEach(({ b, v }, i) => {
      expectClose(values[24 * 2 + i]!, combined(b, v, p, spread).mean);
    });
  });

  it("weighs betas on two markets by the inverse of their covariances", () => {
    const panel = seededPanel(25, COINS, ["X", "Y"]);
    type Square = readonly [number, number, number, number];
    const inverse = ([a, b, c, d]: Square): Square => {
      const det = a * d - b * c;
      return [d / det, -b / det, -c / det, a / det];
    };
    const sum = (u: Square, v: Square) => u.map((x, i) => x + v[i]!) as unknown as Square;
    const times = ([a, b, c, d]: Square, [x, y]: readonly [number, number]) =>
      [a * x + b * y, c * x + d * y] as const;
    const own = [0, 1, 2].map((coin) => {
      const y = panel.coinLogReturns.filter((_, at) => at % 3 === coin).slice(0, 24);
      const fit = regression(panel.marketLogReturns.slice(0, 48), y, { intercept: false });
      const [b, c] = fit.coefficients as unknown as [number, number];
      return { beta: [b, c] as const, variance: Array.from(fit.covariance) as unknown as Square };
    });
    const p = [...pooledBeta(panel, { from: FROM }).values.slice(24 * 6, 24 * 6 + 2)];
    // Squared distances of three coins from the pooled constant, over two.
    const spread = own
      .map(({ beta }) => beta.map((b, k) => b - p[k]!))
      .map(([x, y]): Square => [(x! * x!) / 2, (x! * y!) / 2, (y! * x!) / 2, (y! * y!) / 2])
      .reduce(sum);
    const { values, standardErrors } = vasicekBeta(panel, { from: FROM });
    own.forEach(({ beta, variance }, i) => {
      const precision = sum(inverse(variance), inverse(spread));
      const [own, prior] = [times(inverse(variance), beta), times(inverse(spread), [p[0]!, p[1]!])];
      const mean = times(inverse(precision), [own[0] + prior[0], own[1] + prior[1]]);
      const [first, , , last] = inverse(precision);
      const at = (24 * 3 + i) * 2;
      expectClose(values.slice(at, at + 2), mean);
      expectClose(standardErrors!.slice(at, at + 2), [Math.sqrt(first), Math.sqrt(last)]);
    });
    // Three rows for two betas and a variance.
    expect(values.findIndex(Number.isFinite)).toBe(3 * 6);
  });

  it("lies between the coin's own beta and the pooled constant, surer than the former", () => {
    const panel = seededPanel(40, COINS, ["X"]);
    const options = { from: FROM };
    const vasicek = vasicekBeta(panel, options);
    const own = historicalBeta(panel, options).values;
    const pooled = pooledBeta(panel, options).values;
    const alone = vasicekBeta(panel, { ...options, priorScale: Infinity });
    let seen = 0;
    vasicek.values.forEach((beta, at) => {
      if (Number.isNaN(beta)) return;
      seen++;
      const [low, high] = [own[at]!, pooled[at]!].sort((a, b) => a - b);
      expect(beta).toBeGreaterThanOrEqual(low! - 1e-12);
      expect(beta).toBeLessThanOrEqual(high! + 1e-12);
      expect(vasicek.standardErrors![at]!).toBeLessThan(alone.standardErrors![at]!);
    });
    expect(seen).toBe((40 - 2) * 3);
  });

  it("with the prior own weighs the window and what was before it", () => {
    const panel = seededPanel(31, COINS, ["X"]);
    const { values, standardErrors } = vasicekBeta(panel, {
      from: "2018-03",
      lookback: 12,
      prior: "own",
    });
    for (const i of [0, 1, 2]) {
      const [now, before] = [fitted(panel, i, 18, 30), fitted(panel, i, 2, 18)];
      const { mean, error } = combined(now.b, now.v, before.b, before.v);
      expectClose(values[30 * 3 + i]!, mean);
      expectClose(standardErrors![30 * 3 + i]!, error);
    }
    // Two rows before a window of twelve.
    expect(values.findIndex(Number.isFinite)).toBe((2 + 2 + 12) * 3);
  });

  it("with a lookback draws the beta of the window", () => {
    const panel = seededPanel(31, COINS, ["X"]);
    const at = { from: FROM, lookback: 12, priorScale: Infinity };
    const { values } = vasicekBeta(panel, at);
    for (const i of [0, 1, 2]) expectClose(values[30 * 3 + i]!, fitted(panel, i, 18, 30).b);
  });

  it("leaves a coin alone its own beta and error", () => {
    const panel = seededPanel(20, ["A"], ["X"]);
    const { values, standardErrors } = vasicekBeta(panel, { from: FROM });
    const { b, v } = fitted(panel, 0, 0, 19);
    expectClose(values[19]!, b);
    expectClose(standardErrors![19]!, Math.sqrt(v));
  });

  it("has errors that are right: normal truths around the prior's mean are met as often as they say", () => {
    // Coins whose true betas are apart by a standard deviation of 0.5, with normal errors, all sizes known.
    const N = 2000;
    const T = 10;
    const panel = seededPanel(T + 1, ["A"], ["X"]);
    const { normal: draw } = stream("vasicek");
    const truth = Array.from({ length: N }, () => 1 + 0.5 * draw());
    const many: Panel = {
      ...panel,
      coins: truth.map((_, i) => `C${i}`),
      coinLogReturns: Float64Array.from(
        panel.dates.flatMap((_, t) =>
          truth.map((beta) => beta * panel.marketLogReturns[t]! + 0.05 * draw()),
        ),
      ),
    };
    const { values, standardErrors } = vasicekBeta(many, { from: FROM });
    let [held, off, own] = [0, 0, 0];
    const raw = historicalBeta(many, { from: FROM, intervals: false }).values;
    truth.forEach((beta, i) => {
      const at = T * N + i;
      const error = values[at]! - beta;
      off += error ** 2 / N;
      own += (raw[at]! - beta) ** 2 / N;
      if (Math.abs(error) <= 1.96 * standardErrors![at]!) held++;
    });
    expect(off).toBeLessThan(0.75 * own);
    // The prior is as wide as the estimates, errors included, and each coin's variance is estimated from nine residuals.
    expect(held / N).toBeGreaterThan(0.9);
    expect(held / N).toBeLessThan(0.97);
  });

  it.each([
    [
      "the prior own without a lookback",
      { prior: "own" },
      /lookback must be given for the prior own/,
    ],
    [
      "a lookback of fewer than minObs",
      { lookback: 2, minObs: 3 },
      /lookback must be an integer of at least 3, got 2/,
    ],
    ["a negative scale", { priorScale: -1 }, /priorScale must be at least 0, got -1/],
    [
      "too few rows for a variance",
      { minObs: 1 },
      /minObs must be an integer of at least 2, got 1/,
    ],
  ] as const)("refuses %s", (_, options, message) => {
    const panel = seededPanel(20, COINS, ["X"]);
    expect(() => vasicekBeta(panel, { from: FROM, ...options })).toThrow(message);
  });
});
