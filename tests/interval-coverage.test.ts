/** Coverage of intervals of a mean: levels at both ends, and every interval of a series written out. */

import { describe, expect, it } from "vitest";
import { intervalCoverage } from "../lib/src/comparing/interval-coverage.js";
import { stream } from "../lib/src/random.js";
import { defaultBlockLength } from "../lib/src/stats/block-length.js";
import { bootstrapInterval } from "../lib/src/stats/bootstrap.js";
import { mean } from "../lib/src/stats/moments.js";
import { circularResamples } from "../lib/src/stats/resamples.js";

const made = { n: 40, autocorrelation: 0.4, lags: 2, samples: 20, draws: 99, seed: 3 };

describe("intervalCoverage", () => {
  it("is all where intervals are wide, and nothing where they are points", () => {
    const wide = { ...made, autocorrelation: 0, n: 100, samples: 5, seed: 4, level: 0.999 };
    expect(intervalCoverage(wide)).toEqual({ percentile: 1, studentized: 1 });
    const points = intervalCoverage({ ...made, level: 0.001, draws: 9 });
    expect(points).toEqual({ percentile: 0, studentized: 0 });
  });

  it("is a share of the series that are drawn", () => {
    const { percentile } = intervalCoverage({ ...made, level: 0.5, samples: 3 });
    expect([0, 1, 2, 3]).toContain(Math.round(3 * percentile * 1e9) / 1e9);
  });

  it("is the share of intervals that hold zero, by a moving average of all shocks", () => {
    const options = { ...made, autocorrelation: 0.9, n: 10, samples: 80, draws: 49, level: 0.8 };
    const { normal } = stream(options.seed, "intervalCoverage");
    const { autocorrelation: a, n } = options;
    const held = [0, 0];
    for (let s = 0; s < options.samples; s++) {
      const start = normal();
      const shocks = Array.from({ length: n }, () => normal() * Math.sqrt(1 - a * a));
      const values = shocks.map((_, t) =>
        shocks.slice(0, t + 1).reduce((sum, e, j) => sum + e * a ** (t - j), start * a ** (t + 1)),
      );
      const blockLength = defaultBlockLength(values);
      const resamples = circularResamples(n, { blockLength, draws: 49, seed: options.seed + s });
      const drawn = (rows: Uint32Array) => [...rows].map((row) => values[row]!);
      const average = (rows: Uint32Array) => mean(drawn(rows));
      // Newey and West with two lags: weights of 2/3 and 1/3, each lag on both sides.
      const standardError = (rows: Uint32Array) => {
        const middle = average(rows);
        const deviations = drawn(rows).map((value) => value - middle);
        const product = (lag: number) =>
          deviations.slice(lag).reduce((sum, d, t) => sum + d * deviations[t]!, 0);
        return Math.sqrt(product(0) + (4 / 3) * product(1) + (2 / 3) * product(2)) / n;
      };
      [{}, { standardError }].forEach((by, kind) => {
        const interval = bootstrapInterval(average, resamples, { level: 0.8, ...by });
        if (interval.lower <= 0 && interval.upper >= 0) held[kind]!++;
      });
    }
    expect(held.every((count) => count > 5 && count < 75)).toBe(true);
    const { percentile, studentized } = intervalCoverage(options);
    expect([percentile * 80, studentized * 80]).toEqual(held.map((count) => expect.closeTo(count)));
  });

  it("refuses an autocorrelation of one on either side, and one that is no number", () => {
    for (const autocorrelation of [1, -1, Number.NaN])
      expect(() => intervalCoverage({ ...made, level: 0.9, autocorrelation })).toThrow(
        "intervalCoverage: autocorrelation must be between -1 and 1",
      );
  });
});
