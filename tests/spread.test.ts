/** Mean and range of a few values. */

import { expect, it } from "vitest";
import { spread } from "../lib/src/stats/spread.js";

it("spread is mean, lowest and highest", () => {
  expect(spread([6, 1, 2])).toEqual({ mean: 3, lowest: 1, highest: 6 });
  expect(spread([5])).toEqual({ mean: 5, lowest: 5, highest: 5 });
});

it("spread is NaN for no value, and where one is missing", () => {
  const none = { mean: Number.NaN, lowest: Number.NaN, highest: Number.NaN };
  expect(spread([])).toEqual(none);
  expect(spread([1, Number.NaN])).toEqual(none);
});
