/** The shape of a beta path. */

import { expect, it, vi } from "vitest";
import { betaPath, DataError } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

it("asks for every date, and for every coin of it, once and in order", () => {
  const panel = seededPanel(2, ["A", "B"], ["X", "Y", "Z"]);
  const estimate = vi.fn((coin: number, t: number) => [coin, t, 10 * t + coin]);
  const path = betaPath(panel, "fitted", estimate);
  expect(estimate.mock.calls).toEqual([
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ]);
  const values = Float64Array.of(...[0, 0, 0, 1, 0, 1, 0, 1, 10, 1, 1, 11]);
  const { dates, coins, markets } = panel;
  expect(path).toEqual({ dates, coins, markets, values, kind: "fitted" });
});

it("is told apart from other errors by its name", () => {
  expect(String(new DataError("prices: none"))).toBe("DataError: prices: none");
});
