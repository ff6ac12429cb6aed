/** Analysis of variance in one direction, against its references. */

import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { mean, standardDeviation } from "../lib/src/stats/moments.js";
import { type GroupMoments, oneWayTest, welchTest } from "../lib/src/stats/one-way.js";
import { expectClose, reference } from "./support/helpers.js";

const { cases } = reference<{
  readonly cases: readonly {
    readonly name: string;
    readonly groups: readonly (readonly number[])[];
    readonly f: readonly number[];
    readonly welch: readonly number[];
  }[];
}>("one-way");

const moments = (groups: readonly (readonly number[])[]): GroupMoments[] =>
  groups.map((values) => ({
    n: values.length,
    mean: mean(values),
    standardDeviation: standardDeviation(values, 1),
  }));
const flat = { n: 3, mean: 1, standardDeviation: 0 };
const varied = { n: 3, mean: 2, standardDeviation: 1 };

describe("oneWayTest", () => {
  it.each(cases)("has scipy's F and p: $name", ({ groups, f }) => {
    const ours = oneWayTest(moments(groups));
    expectClose([ours.statistic, ours.pValue], f);
    const count = groups.flat().length;
    expect(ours.degreesOfFreedom).toEqual([groups.length - 1, count - groups.length]);
  });

  it("is the same in other units, and from another origin", () => {
    for (const { groups, f } of cases) {
      const moved = groups.map((values) => values.map((v) => 8 * v - 3));
      expectClose(oneWayTest(moments(moved)).statistic, f[0]!);
    }
  });

  it("rejects a true null in one of twenty samples: 4 to 6 % of 2,000", () => {
    const chance = stream("one way");
    let rejected = 0;
    for (let draw = 0; draw < 2000; draw++) {
      const groups = Array.from({ length: 6 }, () =>
        Array.from({ length: 5 }, () => chance.normal()),
      );
      rejected += Number(oneWayTest(moments(groups)).pValue < 0.05);
    }
    expect(rejected / 2000).toBeGreaterThan(0.04);
    expect(rejected / 2000).toBeLessThan(0.06);
  });

  it("is NaN where nothing varies within the groups, and takes groups that do not beside one that does", () => {
    expect(oneWayTest([flat, flat]).pValue).toBeNaN();
    expect(oneWayTest([flat, varied]).statistic).toBe(3);
  });

  it("refuses one group, and a group of one value", () => {
    expect(() => oneWayTest([varied])).toThrow(
      /^oneWayTest: there must be two groups of two values each, got 1 groups; /,
    );
    expect(() => welchTest([varied, { ...varied, n: 1 }])).toThrow(/got 2 groups, one of 1; /);
  });
});

describe("welchTest", () => {
  it.each(cases)("has statsmodels' statistic, degrees of freedom and p: $name", (given) => {
    const { statistic, degreesOfFreedom, pValue } = welchTest(moments(given.groups));
    expectClose([statistic, ...degreesOfFreedom, pValue], given.welch);
  });

  it("is NaN where a group varies by rounding alone", () => {
    const rounded = { n: 3, mean: 0.2353, standardDeviation: 2e-17 };
    expect(welchTest([rounded, ...moments([[1, 2, 3]])]).statistic).toBeNaN();
  });

  it("is NaN where a group does not vary", () => {
    expect(welchTest([flat, varied])).toMatchObject({ statistic: Number.NaN, pValue: Number.NaN });
  });
});
