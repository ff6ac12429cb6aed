/** Where a claim stands to its region's edges: which of two counts where the estimate lies on one, or in the middle. */

import { expect, it } from "vitest";
import { standing } from "../lib/src/report/claims/standing.js";

const REGION = { lower: 0, upper: 10 };
const place = (measured: number, lower: number, upper: number) =>
  standing({ measured, lower, upper }, REGION).estimate;

it("an estimate on an edge stands at it, however far its interval reaches over the other", () => {
  expect(place(0, -1, 20)).toBe(0);
  expect(place(10, -20, 11)).toBe(0);
});

it("an interval in the middle counts from the upper edge", () => {
  expect(place(4.5, 4, 6)).toBe(5.5);
});

it("the nearer edge counts, wherever the region lies", () => {
  const region = { lower: 10, upper: 20 };
  expect(standing({ measured: 12, lower: 11, upper: 13 }, region).estimate).toBe(2);
  expect(standing({ measured: 18, lower: 17, upper: 19 }, region).estimate).toBe(2);
});
