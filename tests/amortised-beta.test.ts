/** The amortised beta: what the trained network answers, on single series and panels, and its prior. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { amortisedBeta, amortisedPanelBeta } from "../lib/src/models/amortised/amortised-beta.js";
import { priorSeries } from "../lib/src/models/amortised/prior.js";
import { truthScores } from "../lib/src/models/amortised/prior-test.js";
import { PRIOR_PROCESSES } from "../lib/src/models/amortised/processes.js";
import { TRAINING_PLAN } from "../lib/src/models/amortised/training.js";
import { amortisedCard, WEIGHTS_FILE } from "../lib/src/models/amortised/weights.js";
import { BETA_PROCESSES, simulatedPanel } from "../lib/src/panel/simulate.js";
import { expectClose, seededPanel } from "./support/helpers.js";

const { x, y } = priorSeries("test of the beta", 1, { rows: 150 });

describe("amortisedBeta", () => {
  it("has betas from the sixth row on, and one for the row after the last", () => {
    const { betas, lower, upper } = amortisedBeta(y, x);
    expect(betas).toHaveLength(151);
    expect([...betas].findIndex(Number.isFinite)).toBe(5);
    betas.forEach((beta, t) => {
      if (t < 5) return;
      expect(lower[t]).toBeLessThan(beta);
      expect(upper[t]).toBeGreaterThan(beta);
    });
  });

  it("does not see the row of its own date, nor later ones", () => {
    const wild = (values: Float64Array, size: number) => values.map((v, t) => (t < 90 ? v : size));
    const before = amortisedBeta(y, x).betas.subarray(0, 91);
    expect(amortisedBeta(wild(y, -9), wild(x, 5)).betas.subarray(0, 91)).toEqual(before);
    expect(amortisedBeta(y.subarray(0, 90), x.subarray(0, 90)).betas).toEqual(before);
  });

  it("has no unit: returns times a thousand give the same betas, to 1e-6", () => {
    const large = (values: Float64Array) => values.map((v) => 1000 * v);
    const before = amortisedBeta(y, x);
    for (const [scaled, factor] of [
      [amortisedBeta(large(y), large(x)), 1],
      [amortisedBeta(large(y), x), 1000],
    ] as const)
      for (const name of ["betas", "lower", "upper"] as const)
        before[name].subarray(5).forEach((value, i) => {
          const off = Math.abs(scaled[name][i + 5]! / factor - value) / (1 + Math.abs(value));
          expect(off).toBeLessThan(1e-6);
        });
  });

  it("weighs 57 experts by weights that sum to one", () => {
    const { weights } = amortisedBeta(y, x);
    expect(weights.subarray(100 * 57, 101 * 57).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  it("refuses returns that do not fit, or are missing", () => {
    expect(() => amortisedBeta([1, 2], [1, 2, 3])).toThrow(
      "amortisedBeta: x must have as many numbers as y or a multiple of it, one column per market, got 3 for 2; give both at the same dates",
    );
    expect(() => amortisedBeta([1, NaN], [1, 2])).toThrow(/^amortisedBeta: y must be finite/);
    expect(() => amortisedBeta([], [])).toThrow(RangeError);
  });
});

describe("amortisedPanelBeta", () => {
  it("changes betas by less than a tenth of their error when the mean is rerun at growing distances", () => {
    const { panel, trueBeta } = simulatedPanel("step", {
      periods: 90,
      coins: 3,
      markets: 1,
      seed: 3,
    });
    const at = (renewal: number) => amortisedPanelBeta(panel, { from: "2000", renewal }).values;
    const [exact, cheap] = [at(1), at(1.05)];
    const rms = (a: Float64Array, b: Float64Array) => {
      const squares = [...a].flatMap((v, i) => (Number.isFinite(v) ? [(v - b[i]!) ** 2] : []));
      return Math.sqrt(squares.reduce((p, q) => p + q, 0) / squares.length);
    };
    expect(rms(cheap, exact)).toBeGreaterThan(0);
    expect(rms(cheap, exact)).toBeLessThan(0.1 * rms(exact, trueBeta.values));
  });

  it("is the network on the series itself where there is one coin", () => {
    const panel = seededPanel(60, ["A"], ["X", "Y"]);
    const { values, band } = amortisedPanelBeta(panel, { from: "" });
    const alone = amortisedBeta(panel.coinLogReturns, panel.marketLogReturns);
    expect(values).toEqual(alone.betas.subarray(0, 120));
    expect(band!.interval).toBe("network");
    for (const name of ["lower", "upper"] as const)
      expectClose(band![name].subarray(10), alone[name].subarray(10, 120));
  });

  it("has intervals that hold the beta of a constant process", () => {
    const { panel, trueBeta } = simulatedPanel("constant", {
      periods: 120,
      coins: 4,
      markets: 1,
      seed: 8,
    });
    const { values, band } = amortisedPanelBeta(panel, { from: "2000" });
    const inside = [...values].flatMap((v, at) =>
      Number.isFinite(v)
        ? [band!.lower[at]! <= trueBeta.values[at]! && trueBeta.values[at]! <= band!.upper[at]!]
        : [],
    );
    expect(inside.filter(Boolean).length / inside.length).toBeGreaterThan(0.9);
  });
});

describe("the prior", () => {
  it("has processes whose shares sum to one, and gives the same series for the same key", () => {
    expect(PRIOR_PROCESSES.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(priorSeries("a", 3, { rows: 40, markets: 2 })).toEqual(
      priorSeries("a", 3, { rows: 40, markets: 2 }),
    );
    expect(priorSeries("a", 3, { rows: 40 }).x).not.toEqual(priorSeries("a", 4, { rows: 40 }).x);
  });

  it("has markets and noise of variance one", () => {
    let [market, noise, rows] = [0, 0, 0];
    for (let i = 0; i < 400; i++) {
      const series = priorSeries("variance", i, { rows: 200 });
      series.x.forEach((f, t) => {
        market += f ** 2;
        noise += (series.y[t]! - series.betas[t]! * f) ** 2;
        rows++;
      });
    }
    expect(Math.abs(market / rows - 1)).toBeLessThan(0.1);
    expect(Math.abs(noise / rows - 1)).toBeLessThan(0.1);
  });

  it("keeps the size of the sum of several markets", () => {
    const { betas } = priorSeries("several", 1, { rows: 30, markets: 3, process: 0 });
    expect(betas.subarray(0, 3)).toEqual(betas.subarray(87));
  });
});

describe("the shipped weights", () => {
  it("are at most 100 KB, and what their card names", () => {
    const bytes = readFileSync(WEIGHTS_FILE);
    expect(bytes.length).toBeLessThanOrEqual(100_000);
    const { parameters, sha256, plan } = amortisedCard();
    expect(bytes.length).toBe(4 * parameters);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    expect(plan).toEqual(TRAINING_PLAN);
  });

  it("take more of least squares' error than the bank alone, on fresh series", () => {
    const fresh = Array.from({ length: 120 }, (_, i) =>
      priorSeries("fresh test", i, { rows: 121 }),
    );
    const [ols, , bank, network] = truthScores(fresh, [12, 24, 60, 120]);
    expect([ols!.share, bank!.estimator, network!.estimator]).toEqual([0, "bank", "amortised"]);
    expect(network!.share).toBeGreaterThan(0.3);
    expect(network!.share).toBeGreaterThan(bank!.share);
    expect(network!.coverage).toBeGreaterThan(0.88);
    expect(network!.coverage).toBeLessThan(0.98);
  });

  it("never leave a simulated process much worse than least squares", () => {
    for (const process of BETA_PROCESSES) {
      const { panel, trueBeta } = simulatedPanel(process, {
        periods: 120,
        coins: 4,
        markets: 1,
        degreesOfFreedom: 5,
        seed: 77,
      });
      const { values } = amortisedPanelBeta(panel, { from: "2000" });
      const off = [...values].flatMap((v, at) =>
        at >= 240 ? [(v - trueBeta.values[at]!) ** 2] : [],
      );
      expect(Math.sqrt(off.reduce((a, b) => a + b) / off.length), process).toBeLessThan(0.8);
    }
  });
});
