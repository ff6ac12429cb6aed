/** Streams of chance: one per key, the same everywhere. */

import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { stream } from "../lib/src/random.js";
import { normalCdf } from "../lib/src/stats/distributions.js";
import { RUNS } from "./support/helpers.js";

const DRAWS = 10_000;
/** Five standard errors of the mean of DRAWS uniform numbers, sqrt(1 / 12 / DRAWS). */
const MEAN_TOLERANCE = 0.0145;

const draws = (n: number, ...key: (string | number)[]): number[] => {
  const { uniform } = stream(...key);
  return Array.from({ length: n }, uniform);
};

const keys = fc.array(fc.oneof(fc.integer(), fc.string()), { maxLength: 4 });

describe("stream", () => {
  it("gives the numbers of an independent implementation of xoroshiro128+", () => {
    // Python 3: hashlib's SHA-256, xoroshiro128+ on 64-bit integers with rotations 24, 16, 37.
    expect(draws(3, 1, "FIAT", 0)).toEqual([
      0.227557116998106, 0.8998156499197048, 0.8952881551586626,
    ]);
    expect(draws(2, 20180131, "FIAT+GOLD", "4 0.001 tanh", 3, "start")).toEqual([
      0.11367389227353575, 0.7855608692214623,
    ]);
  });

  it("gives the same numbers for the same key", () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(draws(5, ...key)).toEqual(draws(5, ...key));
      }),
      RUNS,
    );
  });

  it("gives other numbers for another key, be it only a number instead of its text", () => {
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(draws(2, ...a)).not.toEqual(draws(2, ...b));
      }),
      RUNS,
    );
    expect(draws(2, 1)).not.toEqual(draws(2, "1"));
    expect(draws(2, "a", "b")).not.toEqual(draws(2, "a,b"));
  });

  it("does not depend on what other streams do", () => {
    const alone = draws(4, "a");
    const [a, b] = [stream("a"), stream("b")];
    const beside = alone.map(() => {
      b.permutation(3);
      return a.uniform();
    });
    expect(beside).toEqual(alone);
  });

  it("never asks Math.random", () => {
    const random = vi.spyOn(Math, "random");
    stream("a").permutation(100);
    expect(random).not.toHaveBeenCalled();
    random.mockRestore();
  });

  it("is uniform on [0, 1)", () => {
    const values = draws(DRAWS, "uniform");
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    const mean = values.reduce((sum, v) => sum + v, 0) / DRAWS;
    expect(Math.abs(mean - 0.5)).toBeLessThan(MEAN_TOLERANCE);
    for (let decile = 0; decile < 10; decile++) {
      const share = values.filter((v) => Math.floor(v * 10) === decile).length / DRAWS;
      expect(Math.abs(share - 0.1)).toBeLessThan(MEAN_TOLERANCE);
    }
  });

  it("permutes: every number from 0 to n - 1 occurs once", () => {
    fc.assert(
      fc.property(keys, fc.nat({ max: 200 }), (key, n) => {
        const order = stream(...key).permutation(n);
        expect([...order].sort((a, b) => a - b)).toEqual([...Array(n).keys()]);
      }),
      RUNS,
    );
  });

  it("gives each of the six permutations of three about equally often", () => {
    const { permutation } = stream("six");
    const counts = new Map<string, number>();
    for (let i = 0; i < DRAWS; i++) {
      const order = permutation(3).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values())
      expect(Math.abs(count / DRAWS - 1 / 6)).toBeLessThan(MEAN_TOLERANCE);
  });

  describe("normal", () => {
    const normals = (n: number, ...key: (string | number)[]): number[] => {
      const { normal } = stream(...key);
      return Array.from({ length: n }, normal);
    };

    it("is Marsaglia's polar method on the stream's uniform numbers", () => {
      const uniforms = draws(400, "polar");
      const expected: number[] = [];
      for (let i = 0; i < uniforms.length; i += 2) {
        const [u, v] = [2 * uniforms[i]! - 1, 2 * uniforms[i + 1]! - 1];
        const s = u * u + v * v;
        if (s < 1) expected.push(u * Math.sqrt((-2 * Math.log(s)) / s));
      }
      expect(expected.length).toBeGreaterThan(120);
      const ours = normals(expected.length, "polar");
      ours.forEach((x, i) => {
        expect(x).toBeCloseTo(expected[i]!, 14);
      });
    });

    it("gives the same numbers for the same key", () => {
      expect(normals(9, "a", 1)).toEqual(normals(9, "a", 1));
      expect(normals(9, "a", 1)).not.toEqual(normals(9, "a", 2));
    });

    it("has the standard normal distribution, within five standard errors", () => {
      const n = 5 * DRAWS;
      const values = normals(n, "normal").sort((a, b) => a - b);
      const moment = (p: 1 | 2 | 3 | 4) =>
        values.reduce((sum, x) => sum + [x, x * x, x * x * x, x * x * x * x][p - 1]!, 0) / n;
      // Standard errors of the first four raw moments: their variances are 1, 2, 15 and 96 over n.
      expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / n));
      expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
      expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / n));
      expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
      // Kolmogorov: a normal sample is further off than 2 / sqrt(n) once in 1,500 times.
      const off = values.map((x, i) => Math.max(normalCdf(x) - i / n, (i + 1) / n - normalCdf(x)));
      expect(Math.max(...off)).toBeLessThan(2 / Math.sqrt(n));
    });

    it("has no memory: a number says nothing of the next", () => {
      const values = normals(DRAWS, "memory");
      const product = values.reduce((sum, x, i) => sum + x * (values[i - 1] ?? 0), 0);
      expect(Math.abs(product / DRAWS)).toBeLessThan(5 / Math.sqrt(DRAWS));
    });
  });
});
