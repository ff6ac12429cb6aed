/** The test of monotonic relations, against its reference. */

import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { pattonTimmermann } from "../lib/src/stats/patton-timmermann.js";
import { stationaryResamples } from "../lib/src/stats/resamples.js";
import { expectClose, reference } from "./support/helpers.js";

interface Expected {
  readonly statistic: number;
  readonly pValue: number;
  readonly differences: readonly number[];
  readonly standardErrors: readonly number[];
}

const { cases } = reference<{
  readonly cases: readonly {
    readonly returns: readonly (readonly number[])[];
    readonly draws: number;
    readonly indices: readonly number[];
    readonly increasing: Expected;
    readonly decreasing: Expected;
  }[];
}>("patton-timmermann");

const resamplesOf = ({ returns, draws, indices }: (typeof cases)[0]) => ({
  rows: returns[0]!.length,
  draws,
  indices: Uint32Array.from(indices),
});

const ALTERNATIVES = ["increasing", "decreasing"] as const;

describe("pattonTimmermann", () => {
  it.each(ALTERNATIVES)("agrees with numpy on the same rows: %s", (alternative) => {
    for (const given of cases) {
      const found = pattonTimmermann(given.returns, resamplesOf(given), {
        alternative,
      });
      const theirs = given[alternative];
      expectClose(found.statistic, theirs.statistic);
      expectClose(found.pValue, theirs.pValue);
      expectClose(found.differences, theirs.differences);
      expectClose(found.standardErrors, theirs.standardErrors);
    }
  });

  it("finds falling means where rising ones are, once the portfolios are turned round or the returns negated", () => {
    for (const given of cases) {
      const resamples = resamplesOf(given);
      const rising = pattonTimmermann(given.returns, resamples, {
        alternative: "increasing",
      });
      const turned = given.returns.toReversed();
      const negated = given.returns.map((r) => r.map((v) => -v));
      for (const returns of [turned, negated]) {
        const falling = pattonTimmermann(returns, resamples, {
          alternative: "decreasing",
        });
        expectClose(falling.statistic, rising.statistic);
        expect(falling.pValue).toBe(rising.pValue);
      }
    }
  });

  it("rejects flat means in about 5 % of samples at size 5 %", () => {
    const [samples, n] = [1000, 60];
    const { uniform } = stream("flat");
    let rejected = 0;
    for (let sample = 0; sample < samples; sample++) {
      const returns = Array.from({ length: 3 }, () => Float64Array.from({ length: n }, uniform));
      const resamples = stationaryResamples(n, {
        blockLength: 1,
        draws: 199,
        seed: sample,
      });
      const { pValue } = pattonTimmermann(returns, resamples, {
        alternative: "increasing",
      });
      if (pValue <= 0.05) rejected++;
    }
    // Four Monte Carlo standard errors of 5 %: 0.028.
    expect(Math.abs(rejected / samples - 0.05)).toBeLessThan(0.028);
  });

  it("has no statistic where the difference of neighbours never varies", () => {
    const { returns } = cases[0]!;
    const found = pattonTimmermann(
      [returns[0]!, returns[0]!, returns[1]!],
      resamplesOf(cases[0]!),
      { alternative: "increasing" },
    );
    expect(found.differences[0]).toBe(0);
    // Whole numbers: their differences vary by nothing at all, though their means differ.
    const steady = pattonTimmermann(
      [
        [1, 2, 4, 1],
        [2, 3, 5, 2],
        [5, 4, 9, 6],
      ],
      stationaryResamples(4, { blockLength: 1, draws: 50, seed: 1 }),
      { alternative: "increasing" },
    );
    expect(steady.differences[0]).toBe(1);
    for (const { statistic, pValue } of [found, steady]) {
      expect(statistic).toBeNaN();
      expect(pValue).toBeNaN();
    }
  });

  it("refuses two portfolios, returns of two lengths, missing returns", () => {
    const resamples = stationaryResamples(3, {
      blockLength: 1,
      draws: 1,
      seed: 1,
    });
    const testOf = (returns: readonly number[][]) => () =>
      pattonTimmermann(returns, resamples, { alternative: "increasing" });
    expect(
      testOf([
        [1, 2, 3],
        [1, 2, 3],
      ]),
    ).toThrow(
      "pattonTimmermann: returns must be of at least three portfolios, got 2; test the difference of two by its t statistic",
    );
    expect(
      testOf([
        [1, 2, 3],
        [1, 2],
        [1, 2, 3],
      ]),
    ).toThrow(/portfolio 0 has 3, portfolio 1 has 2/);
    expect(
      testOf([
        [1, 2, 3],
        [1, 2, 3],
        [Number.NaN, 2, 3],
      ]),
    ).toThrow(/portfolio 2 must be finite, got NaN at index 0/);
  });
});
