/** The block length of a bootstrap, against the published code and by its limits. */

import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { defaultBlockLength, optimalBlockLength } from "../lib/src/stats/block-length.js";
import { expectClose, reference } from "./support/helpers.js";

const { cases } = reference<{
  readonly cases: readonly {
    readonly values: readonly number[];
    readonly stationary: number;
    readonly circular: number;
  }[];
}>("block-length");

const noise = (n: number): number[] => {
  const { uniform } = stream("noise", n);
  return Array.from({ length: n }, uniform);
};

describe("optimalBlockLength", () => {
  it("agrees with arch on AR(1) series of 10 to 150 values, but never goes below one row as arch does", () => {
    expect(cases).toHaveLength(30);
    expect(cases.some(({ circular }) => circular < 1)).toBe(true);
    for (const { values, stationary, circular } of cases) {
      const found = optimalBlockLength(values);
      expectClose(found.stationary, Math.max(1, stationary));
      expectClose(found.circular, Math.max(1, circular));
    }
  });

  it("does not depend on the unit or the level of the series", () => {
    for (const { values } of cases) {
      const { circular } = optimalBlockLength(values);
      const moved = values.map((v) => 100 * v + 7);
      expectClose(optimalBlockLength(moved).circular, circular);
    }
  });

  it("is one for a series that does not vary", () => {
    const constant = new Array<number>(20).fill(0.1);
    expect(optimalBlockLength(constant)).toEqual({
      stationary: 1,
      circular: 1,
    });
  });

  it("refuses fewer than ten values, and missing ones", () => {
    expect(() => optimalBlockLength(noise(9))).toThrow(
      "optimalBlockLength: at least 10 values are needed, got 9; choose a block length by hand",
    );
    expect(() => optimalBlockLength([...noise(12), Number.NaN])).toThrow(
      /values must be finite, got NaN at index 12/,
    );
  });
});

describe("defaultBlockLength", () => {
  it("is 3 below 60 values, then the rounded estimate for circular blocks", () => {
    expect(defaultBlockLength(noise(2))).toBe(3);
    expect(defaultBlockLength(noise(59))).toBe(3);
    const dependent = cases.at(-1)!.values;
    expect(defaultBlockLength(dependent)).toBe(20);
    expect(defaultBlockLength(dependent.slice(0, 60))).toBe(
      Math.round(optimalBlockLength(dependent.slice(0, 60)).circular),
    );
  });
});
