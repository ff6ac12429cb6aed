import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { stream } from "../lib/src/random.js";
import { RUNS } from "./helpers.js";

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
    expect(draws(2, 20180131, "FIAT+GOLD", "4 0.001 tanh", 3, "start")).toEqual(
      [0.11367389227353575, 0.7855608692214623],
    );
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
      const share =
        values.filter((v) => Math.floor(v * 10) === decile).length / DRAWS;
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
});
