/** Tests of breaks against R's strucchange, their identities, and what the CUSUM finds on simulated data. */

import { describe, expect, it } from "vitest";
import { supWaldPValue } from "../lib/src/stats/break-distributions.js";
import { cusum } from "../lib/src/stats/cusum.js";
import { chowTest, supWald } from "../lib/src/stats/sup-wald.js";
import { SEARCH, share, simulated } from "./support/breaks.js";
import { reference } from "./support/helpers.js";

interface Process {
  readonly process: readonly number[];
  readonly statistic: number;
  readonly pValue: number;
}

interface Case {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly intercept: boolean;
  readonly chow: { readonly rows: number; readonly statistic: number; readonly pValue: number };
  readonly sup: Omit<Process, "process"> & {
    readonly rows: number;
  };
  readonly recursive: Process;
  readonly ols?: Process;
  readonly score?: Process;
}

const { cases } = reference<{ readonly cases: readonly Case[] }>("breaks");
/** p-values of the test that the break lies after `first`, `first` + 1, … rows. */
const { cases: intervals } = reference<{
  readonly cases: readonly {
    readonly name: string;
    readonly first: number;
    readonly pValues: readonly number[];
  }[];
}>("break-interval");
describe.each(cases)("breaks: $name", ({ name, x, y, intercept, chow, sup, ...processes }) => {
  it("Chow's test is R's", () => {
    const { statistic, pValue } = chowTest(x, y, { intercept, rows: chow.rows });
    expect(statistic).toBeCloseTo(chow.statistic, 8);
    expect(pValue).toBeCloseTo(chow.pValue, 8);
  });

  it("the largest of all and its date are R's; the p-value is Hansen's within 0.01 below 0.2", () => {
    const { statistic, pValue, rows } = supWald(x, y, { ...SEARCH, draws: 1, intercept });
    expect(statistic).toBeCloseTo(sup.statistic, 8);
    expect(rows).toBe(sup.rows);
    if (sup.pValue < 0.2) expect(Math.abs(pValue - sup.pValue)).toBeLessThan(0.01);
    else expect(pValue).toBeGreaterThan(0.2);
  });

  it("the date's interval is numpy's, but for dates whose p-value is 5 % within the noise of the draws", () => {
    const { first, pValues } = intervals.find((known) => known.name === name)!;
    const { lower, upper } = supWald(x, y, { ...SEARCH, draws: 999, intercept });
    const p = (rows: number) => pValues[rows - first] ?? 0;
    const noise = 0.02;
    for (const end of [lower, upper]) expect(p(end)).toBeGreaterThan(0.05 - noise);
    pValues.forEach((pValue, i) => {
      if (first + i < lower || first + i > upper) expect(pValue).toBeLessThan(0.05 + noise);
    });
  });

  it("the CUSUM processes are R's", () => {
    for (const kind of ["recursive", "ols", "score"] as const) {
      const printed = processes[kind];
      if (!printed) continue;
      const { process, statistic, pValue } = cusum(x, y, { kind, intercept });
      expect(process).toHaveLength(printed.process.length);
      process.forEach((value, t) => {
        expect(value).toBeCloseTo(printed.process[t]!, 8);
      });
      expect(statistic).toBeCloseTo(printed.statistic, 8);
      if (printed.pValue < 0.3) expect(Math.abs(pValue - printed.pValue)).toBeLessThan(0.002);
    }
  });
});

describe("supWald", () => {
  it("is the largest Chow statistic of the trimmed dates", () => {
    const { x, y, intercept } = cases[1]!;
    const every = Array.from({ length: 60 }, (_, i) =>
      chowTest(x, y, { intercept, rows: 12 + i }),
    ).map(({ statistic }) => statistic);
    const { statistic, rows } = supWald(x, y, { ...SEARCH, intercept });
    expect(statistic).toBeCloseTo(Math.max(...every), 9);
    expect(rows).toBe(12 + every.indexOf(Math.max(...every)));
  });

  it("does not change with the units of x and y", () => {
    const { x, y, intercept } = cases[1]!;
    const found = supWald(x, y, { ...SEARCH, intercept });
    const scaled = supWald(
      x.map((f) => 100 * f),
      y.map((r) => 7 * r),
      { ...SEARCH, intercept },
    );
    expect(scaled.statistic).toBeCloseTo(found.statistic, 6);
    expect([scaled.rows, scaled.lower, scaled.upper, scaled.bootstrapPValue]).toEqual([
      found.rows,
      found.lower,
      found.upper,
      found.bootstrapPValue,
    ]);
  });

  it("has p-values of 10, 5 and 1 % at the critical values that Andrews prints", () => {
    const p = (critical: number, coefficients: number) =>
      supWaldPValue(critical, { coefficients, trim: 0.15 });
    [
      [7.12, 8.68, 12.16],
      [10.0, 11.72, 15.56],
      [12.28, 14.13, 18.07],
    ].forEach((criticals, i) => {
      expect(Math.abs(p(criticals[0]!, i + 1) - 0.1)).toBeLessThan(0.01);
      expect(Math.abs(p(criticals[1]!, i + 1) - 0.05)).toBeLessThan(0.005);
      expect(Math.abs(p(criticals[2]!, i + 1) - 0.01)).toBeLessThan(0.0015);
    });
  });

  it("has the p-values of Csörgő and Horváth's expansion, with the gamma function by hand", () => {
    // Gamma(5 / 2) = 3 / 4 pi^(1 / 2), Gamma(3) = 2.
    for (const [k, gamma] of [
      [5, 0.75 * Math.sqrt(Math.PI)],
      [6, 2],
    ] as const) {
      const density = (Math.sqrt(20 / 2) ** k * Math.exp(-10)) / gamma;
      const expected = density * (2 * Math.log(17 / 3) * (1 - k / 20) + 2 / 20);
      expect(supWaldPValue(20, { coefficients: k, trim: 0.15 })).toBeCloseTo(expected, 12);
    }
  });

  it.each([0, 0.5, 0.01])("refuses a trim of %s", (trim) => {
    const { x, y, intercept } = cases[0]!;
    expect(() => supWald(x, y, { ...SEARCH, trim, intercept })).toThrow("supWald: trim must be");
  });

  it("refuses a side of as many rows as coefficients, which would leave no residual", () => {
    const [x, y] = [
      [1, 2, 3, 5, 8, 13, 21, 34],
      [1, 3, 2, 4, 8, 6, 9, 7],
    ];
    expect(supWald(x, y, { ...SEARCH, trim: 0.25, intercept: false }).rows).toBeGreaterThan(1);
    expect(() => supWald(x, y, { ...SEARCH, trim: 0.25, intercept: true })).toThrow(
      "leave more than 2 of the 8 rows on either side, got 0.25",
    );
  });
});

describe("cusum", () => {
  it("of scores ends at zero, and rejects constant betas in 1 to 5 % of samples", () => {
    const { x, y } = simulated(5, { n: 82, at: 82, jump: 0 });
    expect(cusum(x, y, { kind: "score", intercept: false }).process.at(-1)).toBeCloseTo(0, 10);
    const rejected = share(600, (seed) => {
      const drawn = simulated(seed, { n: 82, at: 82, jump: 0 });
      return cusum(drawn.x, drawn.y, { kind: "score", intercept: false }).pValue < 0.05;
    });
    expect(rejected).toBeGreaterThan(0.01);
    expect(rejected).toBeLessThan(0.05);
  });

  it("of scores finds a change of beta that recursive errors hardly see", () => {
    const power = (kind: "score" | "recursive") =>
      share(100, (seed) => {
        const { x, y } = simulated(seed, { n: 82, at: 40, jump: 1.5 });
        return cusum(x, y, { kind, intercept: false }).pValue < 0.05;
      });
    expect(power("score")).toBeGreaterThan(0.9);
    expect(power("recursive")).toBeLessThan(0.5);
  });

  it("refuses residuals without an intercept, and scores with one", () => {
    expect(() => cusum([1, 2], [1, 2], { kind: "ols", intercept: false })).toThrow("set intercept");
    expect(() => cusum([1, 2], [1, 2], { kind: "score", intercept: true })).toThrow(
      "cusum: kind score must have one regressor",
    );
  });
});
