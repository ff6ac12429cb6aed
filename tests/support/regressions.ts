/** The regressions that statsmodels and R's sandwich have fitted too, for several test files. */

import { expect } from "vitest";
import { type Regression, regression } from "../../lib/src/stats/ols.js";
import { AGREEMENT, reference } from "./helpers.js";

interface Reference {
  readonly name: string;
  readonly intercept: boolean;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly statsmodels: {
    readonly coefficients: readonly number[];
    readonly sigma: number;
    readonly r2Centred: number;
    readonly r2Uncentred: number;
    readonly statsmodelsR2: number;
    /** [k x k], by name. */
    readonly covariances: Readonly<Record<string, readonly number[]>>;
    readonly inferenceHac4: Readonly<Record<string, readonly number[]>>;
  };
}

export const REGRESSIONS: readonly (Reference & {
  readonly fit: Regression;
})[] = reference<{ readonly cases: readonly Reference[] }>("regression").cases.map((given) => ({
  ...given,
  fit: regression(given.x, given.y, given),
}));

/** Each number relative to its size, but entries of a matrix at least relative to a millionth of its largest. */
export function expectRelative(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number = AGREEMENT,
): void {
  expect(actual).toHaveLength(expected.length);
  const values = Array.from(expected);
  const largest = Math.max(...values.map(Math.abs));
  values.forEach((value, i) => {
    const size = Math.max(Math.abs(value), 1e-6 * largest);
    expect(Math.abs(actual[i]! - value), `${actual[i]} for ${value} at ${i}`).toBeLessThanOrEqual(
      tolerance * size,
    );
  });
}
