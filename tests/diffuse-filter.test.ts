/** The exact diffuse start of the Kalman filter. */

import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import {
  diffuseFilter,
  diffuseFilterOfOne,
  type Observations,
} from "../lib/src/stats/diffuse-filter.js";

/** Seeded rows; every ninth misses its response, the first regressors are zero. */
function seeded(n: number, k: number): Observations {
  const { normal } = stream("diffuse filter", n, k);
  const x = Float64Array.from({ length: n * k }, (_, at) => (at < k ? 0 : normal()));
  const y = Float64Array.from({ length: n }, normal);
  const isComplete = Uint8Array.from({ length: n }, (_, t) => (t % 9 === 4 ? 0 : 1));
  const complete = isComplete.filter((flag) => flag === 1).length;
  return { n, k, x, y, isComplete, complete, total: 1 };
}

const value = (rows: Observations, logs: readonly number[]) => {
  const { squares, logVariances, used } = diffuseFilter(rows, logs.map(Math.exp));
  return { squares, logVariances, used };
};

describe("diffuseFilter", () => {
  it.each([1, 2, 4])("has the derivatives of its sums by the logarithms of %d ratios", (k) => {
    const rows = seeded(60, k);
    const logs = Array.from({ length: k }, (_, j) => -2 - j);
    const found = diffuseFilter(rows, logs.map(Math.exp), true);
    const step = 1e-5;
    for (let j = 0; j < k; j++) {
      const at = (by: number) =>
        value(
          rows,
          logs.map((log, i) => (i === j ? log + by : log)),
        );
      const [up, down] = [at(step), at(-step)];
      expect(found.squaresBy[j]).toBeCloseTo((up.squares - down.squares) / (2 * step), 6);
      expect(found.logVariancesBy[j]).toBeCloseTo(
        (up.logVariances - down.logVariances) / (2 * step),
        6,
      );
    }
  });

  it("counts the rows after those that the diffuse start uses up", () => {
    const rows = seeded(60, 2);
    expect(diffuseFilter(rows, [0.1, 0.1])).toMatchObject({ used: rows.complete - 2, diffuse: 0 });
    expect(diffuseFilter({ ...rows, x: rows.x.map(() => 0) }, [0.1, 0.1]).diffuse).toBe(2);
  });
});

describe("diffuseFilterOfOne", () => {
  it.each([0, 0.03, 2])("has the bits of diffuseFilter, with a ratio of %d", (ratio) => {
    const rows = seeded(60, 1);
    for (const derivatives of [false, true])
      expect(diffuseFilterOfOne(rows, ratio, derivatives)).toEqual(
        diffuseFilter(rows, [ratio], derivatives),
      );
  });
});
