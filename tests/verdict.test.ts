/** The rule by which claims stand or fall, and the measurements it is applied to. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { standing } from "../lib/src/report/claims/standing.js";
import { detectableEffect } from "../lib/src/report/detectable-effect.js";
import {
  bootstrapMeasurement,
  bootstrapMeasurements,
  exactMeasurement,
  loneMeasurement,
  type Measurement,
  seedMeasurement,
  seriesMeasurement,
  studentMeasurement,
} from "../lib/src/report/measurement.js";
import {
  intervalPlace,
  intervalPlaces,
  type Region,
  regionPValue,
  tooNarrow,
  verdict,
} from "../lib/src/report/verdict.js";
import { bootstrapInterval } from "../lib/src/stats/bootstrap.js";
import { mean } from "../lib/src/stats/moments.js";
import { circularResamples } from "../lib/src/stats/resamples.js";
import { rmseChange } from "../lib/src/stats/rmse-change.js";
import { RUNS } from "./support/helpers.js";

/** An interval of estimate plus and minus one, of a t with many degrees of freedom. */
const around = (estimate: number, n = 100): Measurement =>
  studentMeasurement({
    estimate,
    standardError: 1 / 1.959964,
    degreesOfFreedom: 1e6,
    n,
    method: "t",
  });
const above0: Region = { lower: 0, upper: Infinity };

const random = stream(1, "verdict");
const RETURNS = Float64Array.from({ length: 40 }, () => random.normal());
const average = (rows: Uint32Array) => mean(Array.from(rows, (t) => RETURNS[t]!));
const BOOTSTRAP = { draws: 999, seed: 7, blockLength: 3 };

describe("verdict", () => {
  const judge = (measurement: Measurement, region: Region, adjusted = 0.01) =>
    verdict(measurement, region, { holm: adjusted, ledger: adjusted });

  it("supports a claim whose region holds the whole interval, and contradicts one whose complement does", () => {
    expect(judge(around(1.1), above0)).toBe("supported");
    expect(judge(around(-1.1), above0)).toBe("contradicted");
    expect(judge(around(1.1), { lower: -Infinity, upper: 0 })).toBe("contradicted");
    expect(judge(around(0), { lower: -2, upper: 2 })).toBe("supported");
    expect(judge(around(4), { lower: -2, upper: 2 })).toBe("contradicted");
  });

  it("does not support one that the interval leaves in part", () => {
    expect(judge(around(0.9), above0)).toBe("undecided");
    expect(judge(around(-0.9), above0)).toBe("undecided");
    expect(judge(around(1.5), { lower: -2, upper: 2 })).toBe("undecided");
  });

  it("tests that something is near a number by two one-sided tests of 5 %, an interval of 90 %", () => {
    // 1.6449 / 1.9600 of the 95 % interval's half-width.
    expect(judge(around(0), { lower: -0.84, upper: 0.84 })).toBe("supported");
    expect(judge(around(0.2), { lower: -1.03, upper: 1.03 })).toBe("undecided");
    expect(judge(around(0.2), { lower: -1.04, upper: 1.04 })).toBe("supported");
    // Outside, and for a claim with one limit, the interval has 95 %.
    expect(judge(around(1.9), { lower: -1, upper: 1 })).toBe("undecided");
    expect(judge(around(2.1), { lower: -1, upper: 1 })).toBe("contradicted");
    expect(judge(around(0.9), above0)).toBe("undecided");
  });

  it("cannot test a region that the sample is too short for, unless it contradicts it", () => {
    const narrow = { lower: -0.5, upper: 0.5 };
    expect(tooNarrow(around(0), narrow)).toBe(true);
    expect(tooNarrow(around(0), { lower: -0.84, upper: 0.84 })).toBe(false);
    expect(tooNarrow(around(0), above0)).toBe(false);
    expect(judge(around(0), narrow)).toBe("cannot be tested");
    expect(judge(around(1.4), narrow)).toBe("cannot be tested");
    expect(judge(around(1.6), narrow)).toBe("contradicted");
    expect(judge(around(1.6), narrow, 0.05)).toBe("cannot be tested");
  });

  it("takes arithmetic as it is: inside or outside, whatever the number of values", () => {
    const region = { lower: -1, upper: 1 };
    expect(judge(exactMeasurement(0.5, 2), region, Number.NaN)).toBe("supported");
    expect(judge(exactMeasurement(1, 2), region, Number.NaN)).toBe("contradicted");
    expect(judge(exactMeasurement(Number.NaN, 2), region)).toBe("cannot be tested");
    expect(regionPValue(exactMeasurement(5, 100), region)).toBeNaN();
  });

  it("takes regions as open: an interval that ends on the edge is not inside, one that begins there is outside", () => {
    const touching = {
      ...around(1),
      lower: 0,
      upper: 2,
    };
    expect(judge(touching, above0)).toBe("undecided");
    expect(judge({ ...touching, lower: -2, upper: 0 }, above0)).toBe("contradicted");
    expect(judge(touching, { lower: -Infinity, upper: 0 })).toBe("contradicted");
  });

  it("asks for an adjusted p-value below 0.05 besides", () => {
    for (const estimate of [5, -5]) {
      const found = around(estimate);
      expect(verdict(found, above0, { holm: 0.01, ledger: 0.05 })).toBe("undecided");
      expect(verdict(found, above0, { holm: 0.05, ledger: 0.01 })).toBe("undecided");
      expect(judge(around(estimate), above0, 0.05)).toBe("undecided");
      expect(judge(around(estimate), above0, Number.NaN)).toBe("undecided");
    }
  });

  it("tests nothing on fewer than 24 dates, or without a number", () => {
    expect(judge(around(5, 24), above0)).toBe("supported");
    expect(judge(around(5, 23), above0)).toBe("cannot be tested");
    expect(judge(around(Number.NaN), above0)).toBe("cannot be tested");
    expect(judge(loneMeasurement(5, 12), above0)).toBe("cannot be tested");
  });
});

describe("intervalPlace", () => {
  const region = { lower: 2, upper: 3 };
  const place = (lower: number, upper: number) => intervalPlace({ lower, upper }, region);

  it("takes what ends on an edge as overlapping and what begins there as outside", () => {
    expect([place(2.1, 2.9), place(2, 2.9), place(2.1, 3), place(2, 3)]).toEqual([
      "inside",
      "open",
      "open",
      "open",
    ]);
    expect([place(1, 2), place(3, 4), place(1, 2.1), place(2.9, 4)]).toEqual([
      "below",
      "above",
      "open",
      "open",
    ]);
  });

  it("is the place that the verdict goes by, edges included", () => {
    const expected = { inside: "supported", open: "undecided" } as const;
    const edge = fc.constantFrom(1, 2, 2.5, 3, 4);
    fc.assert(
      fc.property(edge, edge, (edge1, edge2) => {
        const ends = { lower: Math.min(edge1, edge2), upper: Math.max(edge1, edge2) };
        const name = intervalPlace(ends, region);
        const standing = name === "below" || name === "above" ? "contradicted" : expected[name];
        const found = { ...around(2.5), ...ends, interval: () => ends };
        const said = verdict(found, region, { holm: 0.01, ledger: 0.01 });
        const narrow = name === "open" && ends.upper - ends.lower >= 1;
        expect(said).toBe(narrow ? "cannot be tested" : standing);
      }),
    );
  });

  it("is counted over all rows that have an interval", () => {
    const rows = [
      [2.1, 2.9],
      [1, 2],
      [3, 4],
      [4, 5],
      [2, 3],
      [0, 9],
      [Number.NaN, Number.NaN],
    ].map(([lower, upper]) => ({ lower: lower!, upper: upper! }));
    expect(intervalPlaces(rows, region)).toEqual({ n: 6, inside: 1, below: 1, above: 2, open: 2 });
    expect(intervalPlaces([], region)).toEqual({ n: 0, inside: 0, below: 0, above: 0, open: 0 });
  });
});

describe("regionPValue", () => {
  it("is the p-value of the edge, from either side", () => {
    expect(regionPValue(around(1), above0)).toBeCloseTo(0.05, 5);
    expect(regionPValue(around(-1), above0)).toBeCloseTo(0.05, 5);
    expect(regionPValue(around(0), above0)).toBe(1);
  });

  it("is the larger of both one-sided ones inside, two-sided of the nearer end outside", () => {
    const region = { lower: -1, upper: 3 };
    expect(regionPValue(around(0), region)).toBeCloseTo(0.025, 5);
    expect(regionPValue(around(1), region)).toBeLessThan(1e-4);
    expect(regionPValue(around(4), region)).toBeCloseTo(0.05, 5);
    expect(regionPValue(around(-2), region)).toBeCloseTo(0.05, 5);
  });

  it("is 0 where everything is allowed, NaN where nothing can be tested", () => {
    const all = { lower: -Infinity, upper: Infinity };
    expect(regionPValue(around(1), all)).toBe(0);
    expect(regionPValue(around(1, 23), above0)).toBeNaN();
    expect(regionPValue(around(Number.NaN), above0)).toBeNaN();
  });

  it("refuses a region without numbers", () => {
    expect(() => regionPValue(around(1), { lower: 1, upper: 1 })).toThrow(
      "regionPValue: a region's lower end must be below its upper end, got 1 and 1; exchange them",
    );
  });

  it("is below 0.05 exactly where the interval lies on one side", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 0.1, max: 4, noNaN: true }),
        (estimate, lower, width) => {
          const measurement = around(estimate);
          const region = { lower, upper: lower + width };
          const ends = [region.lower, region.upper];
          // Ends that lie on the interval's are a matter of rounding.
          const halves = [1, 1.6448536 / 1.959964];
          fc.pre(
            ends.every((end) =>
              halves.every((half) => Math.abs(Math.abs(estimate - end) - half) > 1e-5),
            ),
          );
          const p = regionPValue(measurement, region);
          const said = verdict(measurement, region, { holm: 0, ledger: 0 });
          expect(p < 0.05).toBe(said === "supported" || said === "contradicted");
        },
      ),
      RUNS,
    );
  });
});

describe("standing", () => {
  const place = (measured: number, region: Region) =>
    standing({ measured, lower: measured - 1, upper: measured + 1 }, region);

  it("counts half-widths from the edge, into the region", () => {
    expect(place(3, above0)).toEqual({ estimate: 3, lower: 2, upper: 4 });
    expect(place(3, { lower: -Infinity, upper: 0 })).toEqual({
      estimate: -3,
      lower: -4,
      upper: -2,
    });
  });

  it("takes the end that is crossed, else the one that is nearer", () => {
    const region = { lower: 0, upper: 10 };
    expect(place(3, region).estimate).toBe(3);
    expect(place(8, region).estimate).toBe(2);
    expect(place(12, region).estimate).toBe(-2);
    expect(place(-4, region).estimate).toBe(-4);
  });

  it("has the bar on one side of zero exactly where the rule sees the interval on one side", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 0.1, max: 8, noNaN: true }),
        (measured, down, up, from, width) => {
          const [lower, upper] = [measured - down, measured + up];
          const region = { lower: from, upper: from + width };
          const bar = standing({ measured, lower, upper }, region);
          const ends = { lower, upper };
          const found = { ...around(measured), ...ends, interval: () => ends };
          const said = verdict(found, region, { holm: 0, ledger: 0 });
          expect(bar.lower > 0).toBe(said === "supported");
          expect(bar.upper <= 0).toBe(said === "contradicted");
        },
      ),
      RUNS,
    );
  });

  it("is infinite for an interval of one point, and NaN for none", () => {
    const point = { measured: 1, lower: 1, upper: 1 };
    expect(standing(point, above0).estimate).toBe(Infinity);
    const none = { measured: 1, lower: Number.NaN, upper: Number.NaN };
    expect(standing(none, above0).estimate).toBeNaN();
  });
});

describe("bootstrapMeasurement", () => {
  const measured = bootstrapMeasurement(40, average, BOOTSTRAP);

  it("has the interval of bootstrapInterval on the same draws", () => {
    const interval = bootstrapInterval(average, circularResamples(40, BOOTSTRAP), { level: 0.95 });
    expect(measured).toMatchObject({
      estimate: interval.estimate,
      lower: interval.lower,
      upper: interval.upper,
      n: 40,
      method: "bootstrap, blocks of 3",
    });
  });

  it("has the p-value of rmseChange for no change", () => {
    const [a, b] = [0, 1].map((shift) =>
      RETURNS.map((v, t) => (v + shift * RETURNS[(t + 5) % 40]!) ** 2),
    ) as [Float64Array, Float64Array];
    const change = rmseChange(a, b, { resamples: circularResamples(40, BOOTSTRAP), level: 0.95 });
    const root = (values: Float64Array, rows: Uint32Array) =>
      Math.sqrt(mean(Array.from(rows, (t) => values[t]!)));
    const own = bootstrapMeasurement(40, (rows) => root(a, rows) - root(b, rows), BOOTSTRAP);
    expect(own.pValue(0)).toBe(change.pValue);
    expect(own.lower).toBeCloseTo(change.change.lower, 12);
  });

  it("has a p-value of 0.05 at the interval's ends, and 1 at most", () => {
    expect(measured.pValue(measured.lower)).toBeCloseTo(0.05, 2);
    expect(measured.pValue(measured.upper)).toBeCloseTo(0.05, 2);
    expect(measured.pValue(measured.estimate)).toBeGreaterThan(0.8);
    expect(measured.pValue(1e9)).toBe(2 / 1000);
  });

  it("moves the draws to the estimate where that is asked for", () => {
    // A maximum of a draw is at most that of the sample: not moved, no interval reaches beyond.
    const largest = (rows: Uint32Array) => Math.max(...Array.from(rows, (t) => RETURNS[t]!));
    const plain = bootstrapMeasurement(40, largest, BOOTSTRAP);
    const moved = bootstrapMeasurement(40, largest, {
      ...BOOTSTRAP,
      recentred: true,
    });
    expect(plain.upper).toBe(plain.estimate);
    expect(moved.upper).toBeGreaterThan(moved.estimate);
    expect(moved.upper - moved.lower).toBeCloseTo(plain.upper - plain.lower);
    expect(moved.method).toBe("recentred bootstrap, blocks of 3");
  });

  it("measures several statistics on the same draws", () => {
    const both = bootstrapMeasurements(40, (rows) => [average(rows), 2 * average(rows)], {
      ...BOOTSTRAP,
      n: 30,
    });
    expect(both.map(({ n }) => n)).toEqual([30, 30]);
    expect(both[0]!.lower).toBe(measured.lower);
    expect(both[1]!.upper).toBe(2 * measured.upper);
  });

  it("leaves out draws on which the statistic is not finite", () => {
    const some = bootstrapMeasurement(
      40,
      (rows) => (rows.includes(0) ? average(rows) : Number.NaN),
      BOOTSTRAP,
    );
    expect(Number.isFinite(some.lower)).toBe(true);
    expect(some.pValue(1e9)).toBeGreaterThan(2 / 1000);
  });
});

describe("measurements by Student's t", () => {
  it("have the textbook's interval of a mean: 1, 2, 3, 4 has 2.5, 0.446 to 4.554", () => {
    const measured = seedMeasurement([1, 2, 3, 4]);
    expect(measured.lower).toBeCloseTo(0.4457397, 6);
    expect(measured.upper).toBeCloseTo(4.5542603, 6);
    expect(measured.n).toBe(4);
    // t = 2.5 / 0.6455 = 3.873 on 3 degrees of freedom.
    expect(measured.pValue(0)).toBeCloseTo(0.0304662, 6);
    expect(measured.pValue(measured.lower)).toBeCloseTo(0.05, 8);
  });

  it("agree with the plain one for a series without lags, and widen where it is autocorrelated", () => {
    const plain = seedMeasurement(Array.from(RETURNS));
    expect(seriesMeasurement(RETURNS, 0).lower).toBeCloseTo(plain.lower, 12);
    const slow = RETURNS.map((_, t) => mean(RETURNS.slice(Math.max(0, t - 4), t + 1)));
    const width = (m: Measurement) => m.upper - m.lower;
    expect(width(seriesMeasurement(slow, 5))).toBeGreaterThan(
      1.5 * width(seedMeasurement(Array.from(slow))),
    );
  });

  it("have intervals of any coverage", () => {
    const measured = seedMeasurement([1, 2, 3, 4]);
    expect(measured.interval(0.95)).toEqual({ lower: measured.lower, upper: measured.upper });
    // t_0.95 on 3 degrees of freedom is 2.3534, the standard error 0.6455.
    expect(measured.interval(0.9).upper).toBeCloseTo(2.5 + 2.3533634 * 0.6454972, 6);
  });

  it("notice an effect of 1.96 and 0.84 standard errors, more with few degrees of freedom", () => {
    expect(detectableEffect(around(3))).toBeCloseTo((1.959964 + 0.841621) / 1.959964, 4);
    // t_0.975 and t_0.8 on 3 degrees of freedom: 3.1824 and 0.9785.
    expect(detectableEffect(seedMeasurement([1, 2, 3, 4]))).toBeCloseTo(
      (3.1824463 + 0.9784723) * 0.6454972,
      6,
    );
    const bootstrapped = bootstrapMeasurement(40, average, BOOTSTRAP);
    expect(detectableEffect(bootstrapped)).toBeCloseTo(2.801585 * bootstrapped.standardError, 5);
    expect(detectableEffect(loneMeasurement(1, 5))).toBeNaN();
    expect(detectableEffect(exactMeasurement(1, 5))).toBe(0);
  });

  it("are certain of values that do not vary", () => {
    const constant = seedMeasurement([1, 1, 1]);
    expect([constant.lower, constant.upper]).toEqual([1, 1]);
    expect(constant.pValue(0.5)).toBe(0);
    expect(constant.pValue(1)).toBe(1);
  });
});
