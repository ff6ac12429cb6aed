/** The report's moments of betas: read, and possible or not. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRecords } from "../lib/src/data/panel-file.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import {
  type KurtosisConvention,
  kurtosisCheck,
  type ReportedStatistics,
  reportedStatistics,
} from "../lib/src/report/reported-statistics.js";
import { type SampleMoments, sampleMoments } from "../lib/src/stats/moments.js";
import { RUNS } from "./support/helpers.js";

const printed = reportedStatistics(await readRecords(shippedFile("reported/beta-statistics.csv")));

/** A row as somebody prints it: four decimals, in some conventions. */
function printedRow(
  values: readonly number[],
  kurtosis: (moments: SampleMoments) => number,
  [sd, skew]: readonly ["sampleSd" | "populationSd", "g1" | "G1"],
): ReportedStatistics {
  const moments = sampleMoments(values);
  const rounded = (value: number) => Number(value.toFixed(4));
  return {
    coin: "A",
    market: "X",
    n: values.length,
    mean: rounded(moments.mean),
    std: rounded(moments[sd]),
    skew: rounded(moments[skew]),
    kurtosis: rounded(kurtosis(moments)),
    min: rounded(moments.min),
    max: rounded(moments.max),
  };
}

const PRINTED_AS: Readonly<Record<KurtosisConvention, (moments: SampleMoments) => number>> = {
  b2: ({ b2 }) => b2,
  "G2 + 3": ({ G2 }) => G2 + 3,
  g2: ({ g2 }) => g2,
  G2: ({ G2 }) => G2,
  sampleKurtosis: ({ sampleKurtosis }) => sampleKurtosis,
};

describe("reportedStatistics", () => {
  it("are the eight rows of the report, as numbers", () => {
    expect(printed).toHaveLength(8);
    expect(printed[0]).toEqual({
      coin: "BCH",
      market: "ENERGY",
      n: 12,
      mean: -0.1109,
      std: 0.0465,
      skew: 0.5504,
      kurtosis: 2.321,
      min: -0.1688,
      max: -0.0193,
    });
    expect(printed.map(({ market }) => market)).toEqual([
      ...Array(4).fill("ENERGY"),
      ...Array(4).fill("EQUITY"),
    ]);
  });
});

describe("kurtosisCheck", () => {
  it("leaves the report's kurtosis two conventions, neither in excess of the normal's", () => {
    for (const row of printed) expect(kurtosisCheck(row).possible).toEqual(["b2", "G2 + 3"]);
  });

  it.each(Object.keys(PRINTED_AS) as KurtosisConvention[])(
    "gives back the b2 of a kurtosis printed as %s",
    (name) => {
      const values = [0.3, -0.1, 0.25, 0.9, -0.6, 0.02, 0.11, -0.33];
      const row = printedRow(values, PRINTED_AS[name], ["sampleSd", "g1"]);
      const { b2 } = sampleMoments(values);
      const { implied, possible } = kurtosisCheck(row);
      expect(Math.abs(implied[name] - b2)).toBeLessThan(0.0002);
      expect(possible).toContain(name);
    },
  );

  it("never rules out what a sample has, in whatever conventions it is printed", () => {
    const values = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: 4,
      maxLength: 30,
    });
    const conventions = fc.tuple(
      fc.constantFrom("sampleSd" as const, "populationSd" as const),
      fc.constantFrom("g1" as const, "G1" as const),
    );
    fc.assert(
      fc.property(values, conventions, (sample, as) => {
        // What is printed as a deviation of zero says nothing.
        fc.pre(sampleMoments(sample).populationSd > 0.01);
        const { b2 } = sampleMoments(sample);
        const { lowest, highest } = kurtosisCheck(printedRow(sample, PRINTED_AS.b2, as));
        expect(lowest).toBeLessThanOrEqual(b2 + 1e-9);
        expect(highest).toBeGreaterThanOrEqual(b2 - 1e-9);
      }),
      RUNS,
    );
  });

  /** The bounds are widest over both conventions of std: at n = 400 these differ by a quarter of a percent. */
  const WIDER = 1.01;
  const repeated = (...values: number[]) =>
    Array.from({ length: 400 }, (_, i) => values[i % values.length]!);

  it("has an upper bound that samples of least, mean and largest reach", () => {
    const sample = repeated(-2, 0, 0, 0, 0, 0, 0, 2);
    const row = printedRow(sample, PRINTED_AS.b2, ["populationSd", "g1"]);
    const { b2 } = sampleMoments(sample);
    expect(kurtosisCheck(row).highest / b2).toBeLessThan(WIDER);
  });

  it("takes for its bounds whatever is rounded to the printed numbers", () => {
    const row = { n: 4, mean: 0, std: 1, skew: 0, kurtosis: 1, min: -1, max: 1 };
    const { highest } = kurtosisCheck({ coin: "A", market: "X", ...row });
    // -ab from a = -(1 + e - c) / sd to b = (1 + e + c) / sd, and (a + b) g1, with c = g1 = e and sd = (1 - e) (3 / 4)^(1/2).
    const e = 0.00005;
    const sd = (1 - e) * Math.sqrt(3 / 4);
    expect(highest).toBeCloseTo(((1 + e) ** 2 - e ** 2) / sd ** 2 + (2 * e * e) / sd, 12);
  });

  it("has a lower bound that samples of two values reach", () => {
    const sample = repeated(-1, 1);
    const row = printedRow(sample, PRINTED_AS.b2, ["populationSd", "g1"]);
    expect(kurtosisCheck(row).lowest * WIDER).toBeGreaterThan(1);
  });

  it("refuses a sample of less than four, and one without deviation", () => {
    expect(() => kurtosisCheck({ ...printed[0]!, n: 3 })).toThrow(
      "kurtosisCheck: n must be an integer of at least 4, got 3",
    );
    expect(() => kurtosisCheck({ ...printed[0]!, std: 0 })).toThrow(
      "kurtosisCheck: std must be a finite number above 0, got 0",
    );
  });
});
