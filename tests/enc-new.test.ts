/** ENC-NEW of regressions that are estimated as they go: its statistic against its limit, its bootstrap against its size. */

import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { encNew } from "../lib/src/stats/enc-new.js";
import { recursiveOls } from "../lib/src/stats/recursive-ols.js";
import { reference } from "./support/helpers.js";

it("has the statistic that R's forecastdom prints for its example", () => {
  const { small, large, printed } = reference<{
    readonly small: readonly number[];
    readonly large: readonly number[];
    readonly printed: number;
  }>("enc-new-example");
  const { statistic } = encNew([small], [large], { draws: 1, seed: 1 });
  expect(Math.abs(statistic - printed)).toBeLessThan(5e-5);
});

it("has in its p-value the samples whose statistic is as large, as one of all signs alike", () => {
  // No signs of four dates give more than those of the sample itself, one in sixteen.
  const { statistic, pValue } = encNew([[1, -1, 2, -2]], [[0.5, -0.5, 1, -1]], {
    draws: 9999,
    seed: 1,
  });
  expect(statistic).toBe(8);
  expect(Math.abs(pValue - 1 / 16)).toBeLessThan(0.01);
});

describe("encNew against the limit of Clark and McCracken", () => {
  const { limits } = reference<{
    readonly limits: readonly {
      readonly k2: number;
      readonly pi: number;
      readonly p95: number;
    }[];
  }>("enc-new");

  it.each(limits.filter(({ pi }) => pi === 0.4 || pi === 1))(
    "exceeds its 95 % quantile in 2 to 9 % of samples without a relation, and its bootstrap rejects as many: k2 = $k2, pi = $pi",
    ({ k2, pi, p95 }) => {
      const [first, samples] = [80, 400];
      const n = first + Math.round(pi * first);
      const counts = { limit: 0, bootstrap: 0 };
      for (let seed = 0; seed < samples; seed++) {
        const { normal } = stream(seed, "enc-new");
        const x = Array.from({ length: n * k2 }, normal);
        const small = Array.from({ length: n }, normal);
        const ols = recursiveOls(k2, 0);
        const large = small.map((y, t) => {
          const row = x.slice(t * k2, (t + 1) * k2);
          const forecast =
            t < first ? 0 : row.reduce((s, f, j) => s + f * ols.coefficients()[j]!, 0);
          ols.add(row, y);
          return y - forecast;
        });
        const found = encNew([small.slice(first)], [large.slice(first)], { draws: 99, seed });
        if (found.statistic > p95) counts.limit++;
        if (found.pValue <= 0.05) counts.bootstrap++;
      }
      for (const count of Object.values(counts)) {
        expect(count / samples).toBeGreaterThan(0.02);
        expect(count / samples).toBeLessThan(0.09);
      }
    },
  );
});
