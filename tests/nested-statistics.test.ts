/** Statistics of nested and of many comparisons: references, identities, and size and coverage on simulated data. */

import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { clarkWest, clarkWestDifferential } from "../lib/src/stats/clark-west.js";
import { dieboldMariano, lossDifferential } from "../lib/src/stats/diebold-mariano.js";
import { encNew } from "../lib/src/stats/enc-new.js";
import { forbesRigobon } from "../lib/src/stats/forbes-rigobon.js";
import { grsTest } from "../lib/src/stats/grs.js";
import { circularResamples } from "../lib/src/stats/resamples.js";
import { rmseChange } from "../lib/src/stats/rmse-change.js";
import { romanoWolfPValues } from "../lib/src/stats/romano-wolf.js";
import { spanningTest } from "../lib/src/stats/spanning.js";
import { studentizedChange } from "../lib/src/stats/studentized-change.js";
import { reference } from "./support/helpers.js";

interface Nested {
  readonly spanning: readonly {
    readonly N: number;
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly statistic: number;
    readonly pValue: number;
    readonly degreesOfFreedom: readonly number[];
    readonly alphas: readonly number[];
    readonly deltas: readonly number[];
  }[];
  readonly encompassing: readonly {
    readonly small: readonly (readonly number[])[];
    readonly large: readonly (readonly number[])[];
    readonly statistic: number;
  }[];
}

const printed = reference<Nested>("nested");
const DRAWS = { draws: 199, seed: 1 };

/** Errors of the constant and of a larger forecast that adds `noise`, and `signal` of the target's own movement. */
function forecasts(seed: number, { noise, signal }: { noise: number; signal: number }) {
  const { normal } = stream(seed, "forecasts");
  const n = 47;
  const moves = Array.from({ length: n }, normal);
  const e1 = moves.map((move) => signal * move + normal());
  const e2 = e1.map((e, t) => e - signal * moves[t]! - noise * normal());
  return { e1, e2 };
}

const share = (draws: number, event: (seed: number) => boolean): number => {
  let count = 0;
  for (let seed = 0; seed < draws; seed++) if (event(seed)) count++;
  return count / draws;
};

describe("spanningTest", () => {
  it.each(printed.spanning)(
    "is the likelihood ratio of two regressions: N $N",
    ({ N, x, y, ...expected }) => {
      const found = spanningTest(x, y, { assets: N });
      expect(found.statistic).toBeCloseTo(expected.statistic, 8);
      expect(found.pValue).toBeCloseTo(expected.pValue, 8);
      expect(found.degreesOfFreedom).toEqual(expected.degreesOfFreedom);
      found.alphas.forEach((alpha, i) => {
        expect(alpha).toBeCloseTo(expected.alphas[i]!, 10);
      });
      found.deltas.forEach((delta, i) => {
        expect(delta).toBeCloseTo(expected.deltas[i]!, 10);
      });
    },
  );

  it("has the intercepts of GRS, and asks for more", () => {
    const { x, y, N } = printed.spanning[0]!;
    const grs = grsTest(x, y, N);
    const { alphas } = spanningTest(x, y, { assets: N });
    alphas.forEach((alpha, i) => {
      expect(alpha).toBeCloseTo(grs.alphas[i]!, 10);
    });
  });

  it("rejects assets that are spanned in 3 to 7 % of samples at 5 %", () => {
    const rejected = share(1000, (seed) => {
      const { normal } = stream(seed, "spanning");
      const x = Array.from({ length: 80 }, () => 0.01 + 0.05 * normal());
      // Two benchmarks; each asset half of both, and noise.
      const y = Array.from({ length: 80 }, (_, at) => {
        const t = Math.floor(at / 2);
        return (x[2 * t]! + x[2 * t + 1]!) / 2 + 0.1 * normal();
      });
      return spanningTest(x, y, { assets: 2 }).pValue < 0.05;
    });
    expect(rejected).toBeGreaterThan(0.03);
    expect(rejected).toBeLessThan(0.07);
  });
});

describe("encNew", () => {
  it("has the statistic of its formula", () => {
    for (const { small, large, statistic } of printed.encompassing)
      expect(encNew(small, large, DRAWS).statistic).toBeCloseTo(statistic, 10);
  });

  it("rejects forecasts that add noise only in 3 to 7 % of samples; Clark-West too, Diebold-Mariano nearly always", () => {
    const noisy = (seed: number) => forecasts(seed, { noise: 0.7, signal: 0 });
    const enc = share(800, (seed) => {
      const { e1, e2 } = noisy(seed);
      return encNew([e1], [e2], { draws: 199, seed }).pValue <= 0.05;
    });
    const cw = share(800, (seed) => {
      const { e1, e2 } = noisy(seed);
      return clarkWest(clarkWestDifferential(e1, e2), { lags: 0 }).pValue < 0.05;
    });
    const squares = (errors: readonly number[]) => errors.map((e) => e ** 2);
    const forConstant = share(800, (seed) => {
      const { e1, e2 } = noisy(seed);
      const d = lossDifferential(squares(e2), squares(e1));
      const { statistic, pValue } = dieboldMariano(d, { horizon: 1, variance: "acf" });
      return pValue < 0.05 && statistic > 0;
    });
    expect(enc).toBeGreaterThan(0.03);
    expect(enc).toBeLessThan(0.07);
    expect(cw).toBeGreaterThan(0.03);
    expect(cw).toBeLessThan(0.075);
    expect(forConstant).toBeGreaterThan(0.5);
  });

  it("finds what the larger forecast knows, though its noise makes it the worse one", () => {
    const found = share(200, (seed) => {
      const { e1, e2 } = forecasts(seed, { noise: 0.7, signal: 0.6 });
      return encNew([e1], [e2], { draws: 199, seed }).pValue <= 0.05;
    });
    expect(found).toBeGreaterThan(0.7);
  });

  it("leaves out dates on which a series is not there, and refuses an error on one side only", () => {
    const [small, large] = [
      [
        [1, -1, 2, -2],
        [0.5, 0.1, 0.2, 0.3],
      ],
      [
        [0.5, -0.5, 1, -1],
        [0.4, 0.3, 0.1, 0.2],
      ],
    ];
    const without = (series: number[][]) => [series[0]!, [Number.NaN, ...series[1]!.slice(1)]];
    const zeroed = (series: number[][]) => [series[0]!, [0, ...series[1]!.slice(1)]];
    expect(encNew(without(small), without(large), DRAWS)).toEqual(
      encNew(zeroed(small), zeroed(large), DRAWS),
    );
    expect(() => encNew(small, without(large), DRAWS)).toThrow(
      "encNew: errors must be finite, or NaN in both, got 0.5 in small[1] and NaN in large[1] at index 0",
    );
  });

  it("refuses series of other dates", () => {
    expect(() => encNew([[1, 2]], [[1]], DRAWS)).toThrow("encNew: arrays must have one length");
  });
});

describe("romanoWolfPValues", () => {
  const resamples = circularResamples(40, { blockLength: 1, draws: 499, seed: 3 });
  const series = (seed: number, means: readonly number[]) => {
    const { normal } = stream(seed, "series");
    const common = Array.from({ length: 40 }, normal);
    return means.map((m) => common.map((c) => m + c + 0.3 * normal()));
  };

  it("is at most Holm's bound of the same p-values, and in the order of the statistics", () => {
    const all = series(1, [0, 0.2, 0.5, 0.1]);
    const joint = romanoWolfPValues(all, { resamples, lags: 0 });
    const alone = all.map(
      (candidate) => romanoWolfPValues([candidate], { resamples, lags: 0 })[0]!,
    );
    const order = [...alone.keys()].sort((a, b) => alone[a]! - alone[b]!);
    order.forEach((s, i) => {
      expect(joint[s]!).toBeGreaterThanOrEqual(alone[s]! - 1e-12);
      expect(joint[s]!).toBeLessThanOrEqual(Math.min(1, (4 - i) * alone[s]!) + 0.02);
    });
  });

  it("rejects any of ten true nulls in 3 to 9 % of samples", () => {
    const few = circularResamples(40, { blockLength: 1, draws: 199, seed: 3 });
    const rejected = share(300, (seed) =>
      romanoWolfPValues(series(seed, Array(10).fill(0)), { resamples: few, lags: 0 }).some(
        (p) => p <= 0.05,
      ),
    );
    expect(rejected).toBeGreaterThan(0.03);
    expect(rejected).toBeLessThan(0.09);
  });

  it("is NaN for a series that does not vary", () => {
    const [varying, constant] = romanoWolfPValues([series(1, [0])[0]!, Array(40).fill(1)], {
      resamples,
      lags: 0,
    });
    expect([Number.isFinite(varying), constant]).toEqual([true, Number.NaN]);
  });
});

describe("studentizedChange", () => {
  it("covers the change in 90 to 96 % of samples of 47 dates whose losses differ by an AR(1), where percentile intervals cover it in 83 to 91 %", () => {
    const resamples = circularResamples(47, { blockLength: 3, draws: 199, seed: 5 });
    const truth = Math.sqrt(1.2) - 1;
    const covered = { studentized: 0, percentile: 0 };
    for (let seed = 0; seed < 400; seed++) {
      const { normal } = stream(seed, "losses");
      let state = normal();
      const differences = Array.from({ length: 47 }, () => {
        state = 0.3 * state + Math.sqrt(0.91) * normal();
        return 0.2 + 0.25 * state;
      });
      const lossB = differences.map(() => Math.max(0.05, 1 + 0.2 * normal()));
      const lossA = lossB.map((loss, t) => Math.max(0, loss + differences[t]!));
      const { lower, upper } = studentizedChange(lossA, lossB, { resamples, level: 0.95, lags: 3 });
      if (lower <= truth && truth <= upper) covered.studentized++;
      const { change } = rmseChange(lossA, lossB, { resamples, level: 0.95 });
      if (change.lower <= truth && truth <= change.upper) covered.percentile++;
    }
    expect(covered.studentized / 400).toBeGreaterThan(0.9);
    expect(covered.studentized / 400).toBeLessThan(0.96);
    expect(covered.percentile / 400).toBeGreaterThan(0.83);
    expect(covered.percentile / 400).toBeLessThan(0.91);
  });
});

describe("forbesRigobon", () => {
  it("takes back what the source's variance alone does to a correlation", () => {
    // r = b f + e with b = 1: the correlation is sqrt(v / (v + 1)).
    const correlation = (v: number) => Math.sqrt(v / (v + 1));
    expect(forbesRigobon(correlation(4), { turbulent: 4, calm: 1 })).toBeCloseTo(
      correlation(1),
      12,
    );
    expect(forbesRigobon(0.5, { turbulent: 2, calm: 2 })).toBe(0.5);
  });

  it("refuses a correlation above 1, and a variance of zero", () => {
    expect(() => forbesRigobon(50, { turbulent: 2, calm: 1 })).toThrow("from -1 to 1, got 50");
    expect(() => forbesRigobon(0.5, { turbulent: 2, calm: 0 })).toThrow("above 0, got 2 and 0");
  });
});
